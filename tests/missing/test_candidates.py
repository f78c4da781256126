"""Candidates: nothing true is lost on the way, the fast scores are those of the ledger, and each pair explains itself."""

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from opencompact.cli.kinship import kinship
from opencompact.cli.missing import missing
from opencompact.errors import InputError
from opencompact.missing.candidates import (
    Dna,
    Register,
    Search,
    explain,
    read_dna,
    recall,
    setting_of,
    shared_probability,
)
from opencompact.missing.candidates.competition import left_by_rivals, odds_of
from opencompact.missing.candidates.explaining import reason_of
from opencompact.missing.evidence.compare import Setting, compare, dna_evidence
from opencompact.missing.evidence.ledger import Ledger, Prior
from opencompact.missing.evidence.relatives import as_relatives
from opencompact.missing.records.record import Mark, PersonName, Record

from .conftest import TODAY

FIELDS = (
    "sex",
    "age",
    "origin",
    "time",
    "place",
    "stature",
    "traits",
    "marks",
    "objects",
    "teeth",
    "numbers",
    "mother",
    "companions",
    "languages",
    "departure",
    "journey",
)


@pytest.mark.parametrize("field", FIELDS)
def test_the_fast_twin_says_what_the_ledger_says(searched, field: str) -> None:
    search, truth = searched
    generator = np.random.default_rng(3)
    rows = np.array([a for a, _ in truth[:30]] + list(generator.integers(0, len(search.sought), 60)), np.int32)
    columns = np.array([b for _, b in truth[:30]] + list(generator.integers(0, len(search.found), 60)), np.int32)
    # What it says of two of a family is held to the ledger in `test_relatives.py`.
    first, second = (
        [side.records[at] for at in rows] for side, rows in ((search.sought, rows), (search.found, columns))
    )
    strangers = np.array([not as_relatives(one, other) for one, other in zip(first, second, strict=True)])
    rows, columns = rows[strangers], columns[strangers]
    fast = search.compare.told(field, rows, columns, search.names(rows, columns))
    slow, share = [], search.compare.counts[field]
    for row, column in zip(rows, columns, strict=True):
        ledger = compare(search.sought.records[row], search.found.records[column], search.setting)
        slow.append(next((x.ln_likelihood_ratio / share for x in ledger.evidence if x.field == field), 0.0))
    # Births are taken to the eighth of a year, places of discovery to a tenth of a degree; the way there also bears on the time.
    rough = {"age": 0.6, "place": 0.4, "time": 0.05, "departure": 0.05}.get(field, 1e-5)
    assert np.abs(fast - np.array(slow)).max() <= rough
    assert np.median(np.abs(fast - np.array(slow))) <= rough / 4


def test_pairs_that_are_kept_are_scored_as_the_ledger_scores_them(searched) -> None:
    """Births to the day and places as told. Only names may differ a little: parts of a name in fields of their own may be read as one."""
    search, truth = searched
    rows, columns, fast = search.best(20)
    chosen = np.random.default_rng(4).choice(len(rows), 200)
    rows = np.append(rows[chosen], np.array([a for a, _ in truth[:40]], np.int32))
    columns = np.append(columns[chosen], np.array([b for _, b in truth[:40]], np.int32))
    ledgers = [search.ledger(row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True)]
    told = np.array([ledger.ln_likelihood_ratio for ledger in ledgers])
    apart = np.abs(search.exact(rows, columns) - told)
    assert np.quantile(apart, 0.97) <= 1e-4
    assert apart.max() <= 0.1
    assert np.abs(fast[chosen] - told[:200]).max() > 0.1, "the tables are coarser"


def test_pairs_without_a_name_are_compared_by_everything_else(searched) -> None:
    """Whatever is kept of them: what is lost is what shares no key of its names."""
    search, truth = searched
    nameless = np.flatnonzero(~search.names.named[1])[:5].tolist()
    assert search.share_compared([(0, column) for column in nameless]) == 1
    rows, columns = search.compared
    met = set(zip(rows.tolist(), columns.tolist(), strict=True))
    named = [column for column in np.flatnonzero(search.names.named[1]).tolist() if (0, column) not in met][:5]
    assert search.share_compared([(0, column) for column in (*nameless, *named)]) == 0.5
    assert search.share_compared(truth) >= recall(search.compared, truth)


def test_a_few_records_are_scored_alone_as_among_all(searched) -> None:
    search, _ = searched
    rows, columns, scores = search.likeliest
    few = np.flatnonzero(rows == rows[0])
    assert search.exact(rows[few], columns[few]) == pytest.approx(scores[few], abs=1e-5)
    assert len(search.sought.exactly(rows[few])[0]) == 1


def test_nearly_every_true_pair_is_compared_and_most_rank_first(searched) -> None:
    search, truth = searched
    pairs = search.pairs(20)
    assert recall(pairs, truth) >= 0.98
    assert len(pairs[0]) < 0.9 * len(search.sought) * len(search.found)
    rows, columns, _ = search.best(1)
    best = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    sought = {a for a, _ in truth}
    assert sum(best.get(a) == b for a, b in truth) / len(sought) >= 0.75


def test_candidates_are_ranked_by_the_probability_that_is_printed(searched) -> None:
    search, _ = searched
    disagree = 0
    for group in search.candidates(3):
        assert [one.rank for one in group] == list(range(1, len(group) + 1))
        told = [one.probability for one in group]
        assert told == sorted(told, reverse=True)
        alike = [
            search.same_found(search.found.place_of[group[0].found], search.found.place_of[x.found]) for x in group[1:]
        ]
        assert sum(told) <= 1 + sum(alike) + 1e-9
        disagree += [one.ledger.ln_likelihood_ratio for one in group] != sorted(
            (one.ledger.ln_likelihood_ratio for one in group), reverse=True
        )
    assert disagree  # what others claim counts


def test_an_explanation_gives_the_probability_of_the_candidates(searched) -> None:
    search, _ = searched
    prior = search.prior()
    for group in list(search.candidates(3, prior))[:15]:
        for one in group:
            alone = search.candidate(search.sought.place_of[one.sought], search.found.place_of[one.found], prior)
            assert alone.probability == pytest.approx(one.probability, abs=0.02)
            assert alone.ledger == one.ledger
    stranger = search.candidate(0, len(search.found) - 1, prior)
    assert 0 <= stranger.probability < 0.01
    assert stranger.rank > 1


def test_an_explanation_says_whether_other_candidates_count(searched) -> None:
    search, truth = searched
    ledger = search.ledger(*truth[0], Prior(100, 100))
    assert "left out of account" in explain(ledger, "en").total
    assert explain(ledger, "en", 0.25).total.endswith(
        "taken into account, the probability that they are one person is 25.00 %."
    )


def test_one_new_record_finds_what_the_whole_file_found(searched) -> None:
    search, truth = searched
    row, _ = truth[0]
    alone = Search(Register([search.sought.records[row]], TODAY), search.found, search.setting)
    rows, columns, _scores = search.best(5)
    assert alone.best(5)[1].tolist() == columns[rows == row].tolist()


def test_dna_enters_the_same_ledger_and_is_compared_whatever_the_names_say(searched, tmp_path: Path) -> None:
    search, _ = searched
    first, second = search.sought.records[0], search.found.records[-1]
    path = tmp_path / "dna.json"
    path.write_text(
        json.dumps({"hits": [{"missing": first.id, "family": "F1", "remains": second.id, "log10_LR": 8.0}]})
    )
    dna = read_dna(path)
    with_dna = Search(search.sought, search.found, search.setting, dna=dna)
    assert (0, len(search.found) - 1) in set(zip(*(x.tolist() for x in with_dna.pairs(1)), strict=True))
    gained = with_dna.ledger(0, len(search.found) - 1).ln_likelihood_ratio
    assert gained == pytest.approx(search.ledger(0, len(search.found) - 1).ln_likelihood_ratio + 8 * np.log(10))
    assert isinstance(dna, Dna)


def test_dna_of_a_family_is_that_of_the_person_it_misses(tmp_path: Path) -> None:
    hits = [
        {"missing": "F1/son", "family": "F1", "remains": "R1", "log10_LR": 3.0},
        {"missing": "F2/son", "family": "F2", "remains": "R1", "log10_LR": 1.0},
        {"missing": "daughter", "family": "F2", "remains": "R1", "log10_LR": 2.0},
        {"missing": "alone", "family": "F3", "remains": "R2", "log10_LR": 4.0},
    ]
    path = tmp_path / "dna.json"
    path.write_text(json.dumps({"hits": hits}))
    dna = read_dna(path)
    power = {key: round(entry.log10_likelihood_ratio, 6) for key, entry in dna.entries.items()}
    assert (power["F1/son", "R1"], power["F2/son", "R1"], power["F2/daughter", "R1"], power["daughter", "R1"]) == (
        3,
        1,
        2,
        2,
    )
    assert (power["F3", "R2"], power["F3/alone", "R2"], power["alone", "R2"], power["F1", "R1"]) == (4, 4, 4, 3)
    # Two are missing from the family, and two families miss a son: neither name is one person's.
    assert ("F2", "R1") not in power
    assert ("son", "R1") not in power
    assert dna.unplaced({"F1", "F2/son", "daughter"}, {"R1"}) == [("alone", "R2")]


def test_what_dna_excludes_is_in_the_ledger_as_the_how_to_says_to_get_it(tmp_path: Path) -> None:
    """The documented commands: an example event, its search, its result given to `missing candidates`."""
    event, result = tmp_path / "event.json", tmp_path / "dna.json"
    runner = CliRunner()
    assert runner.invoke(kinship, ["example", "--out", str(event)]).exit_code == 0
    result.write_text(runner.invoke(kinship, ["search", str(event), "--json"]).stdout, encoding="utf-8")
    (tmp_path / "a.csv").write_text("id,name,sex,age\nBo,Bo Zerihunesh,M,20\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,kind,name,sex,age\nR3,remains,Bo Zerihunesh,M,18-23\n", encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    (pair,) = json.loads(runner.invoke(missing, ["candidates", *files, "--dna", str(result), "--json"]).stdout)["pairs"]
    assert pair["probability"] < 1e-6
    assert next(one for one in pair["evidence"] if one["field"] == "dna")["log10_likelihood_ratio"] < -15


@pytest.mark.parametrize("excluded", [-17.7, "-Inf"])
def test_pairs_under_the_floor_come_from_the_matrix_and_without_it_they_are_demanded(
    tmp_path: Path, excluded: float | str
) -> None:
    path = tmp_path / "dna.json"
    hit = {"missing": "F1/son", "family": "F1", "remains": "R1", "log10_LR": 3.0}
    values = {"rows": ["R1", "R2"], "columns": ["F1/son"], "values": [[3.0], [excluded]]}
    whole = {"hits": [hit], "pairs": 2, "floor": 0.0, "pairwise": {"log10_LR": values}}
    path.write_text(json.dumps(whole))
    entries = read_dna(path).entries
    assert entries["F1", "R1"].log10_likelihood_ratio == pytest.approx(3)
    assert -400 < entries["F1", "R2"].log10_likelihood_ratio < -15
    path.write_text(json.dumps({**whole, "pairwise": None}))
    with pytest.raises(InputError) as refused:
        read_dna(path)
    assert "--floor" in str(refused.value.remedy)
    second = {**hit, "remains": "R2", "log10_LR": -17.7}
    path.write_text(json.dumps({**whole, "hits": [hit, second], "pairwise": None}))
    assert read_dna(path).entries["F1", "R2"].log10_likelihood_ratio == pytest.approx(-17.7)


@pytest.mark.parametrize("matrix", [False, True])
@given(
    value=st.sampled_from(
        ["NaN", '"NaN"', "1e400", "-1e400", "Infinity", '"Inf"', "true", "null", '"x"', "[]", "{}", '"3.0"']
    )
    | st.floats(allow_nan=False).filter(lambda one: abs(one) > 1e6).map(json.dumps)
    | st.integers(min_value=10**6).map(str)
)
def test_a_bad_likelihood_ratio_is_refused_with_its_place(tmp_path_factory, matrix: bool, value: str) -> None:
    if matrix and value == "null":
        return  # A pair that was not compared.
    path = tmp_path_factory.mktemp("dna") / "dna.json"
    good = '{"missing": "a", "remains": "R1", "log10_LR": 2.0}'
    bad = f'{{"missing": "a", "remains": "R2", "log10_LR": {value}}}'
    table = f', "pairwise": {{"log10_LR": {{"rows": ["R1", "R2"], "columns": ["a"], "values": [[2.0], [{value}]]}}}}'
    path.write_text(f'{{"hits": [{good}]{table}}}' if matrix else f'{{"hits": [{good}, {bad}]}}')
    with pytest.raises(InputError) as refused:
        read_dna(path)
    place = refused.value.place
    assert (place.file, place.row, place.column) == (str(path), 2, "log10_LR")
    assert refused.value.remedy


def test_a_file_that_is_no_kinship_search_is_refused(tmp_path: Path) -> None:
    for content in (
        "",
        "[]",
        '{"hits": [{"missing": 1}]}',
        '{"hits": [{"missing": "a", "remains": "b", "log10_LR": "x"}]}',
    ):
        path = tmp_path / "dna.json"
        path.write_text(content)
        with pytest.raises(InputError):
            read_dna(path)
    with pytest.raises(InputError):
        read_dna(tmp_path / "none.json")


def test_duplicates_of_one_file_are_found_once_each(world_folder: Path) -> None:
    from opencompact.missing.records.reading import read_records
    from opencompact.missing.world import make_world

    records = read_records(world_folder / "sought.csv").records
    register = Register(records, TODAY)
    search = Search(register, register, setting_of(records, records, TODAY), itself=True)
    rows, columns = search.pairs(20)
    assert (rows < columns).all()
    pairs = set(zip(rows.tolist(), columns.tolist(), strict=True))
    for a, b in make_world(101, 160).duplicates:
        assert tuple(sorted((register.place_of[a], register.place_of[b]))) in pairs


def test_a_record_is_no_rival_of_its_own_twin(world_folder: Path) -> None:
    """What pairs that do not compete say is asked of each pair once: a record beside itself, or a pair turned, would outweigh every duplicate."""
    from opencompact.missing.records.reading import read_records
    from opencompact.missing.world import make_world

    records = read_records(world_folder / "sought.csv").records
    register = Register(records, TODAY)
    search = Search(register, register, setting_of(records, records, TODAY), itself=True)
    likely = {(one.sought, one.found) for many in search.candidates(1) for one in many if one.probability > 0.9}
    true = {tuple(sorted(pair)) for pair in make_world(101, 160).duplicates}
    assert len(true & {tuple(sorted(pair)) for pair in likely}) > 0.6 * len(true)


def by_enumeration(rows: list[int], columns: list[int], odds: np.ndarray) -> np.ndarray:
    """Share of each pair in all assignments in which every record is in one pair at most."""
    totals, whole = np.zeros(len(rows)), 0.0
    for chosen in itertools.product((False, True), repeat=len(rows)):
        taken = [k for k, is_in in enumerate(chosen) if is_in]
        if len({rows[k] for k in taken}) == len({columns[k] for k in taken}) == len(taken):
            weight = float(np.prod(odds[taken]))
            whole += weight
            totals[taken] += weight
    return totals / whole


@given(st.lists(st.floats(-8, 12), min_size=7, max_size=7))
def test_competing_pairs_have_their_share_in_all_assignments(scores: list[float]) -> None:
    """A tree of pairs: the messages give what counting every assignment gives."""
    rows, columns = [0, 0, 1, 1, 2, 3, 3], [0, 1, 1, 2, 2, 2, 3]
    odds = np.exp(np.array(scores)) * 0.01 / 0.99
    found = shared_probability(np.array(rows, np.int32), np.array(columns, np.int32), np.array(scores), 0.01)
    assert found == pytest.approx(by_enumeration(rows, columns, odds), abs=5e-3)


@given(st.lists(st.floats(-8, 12), min_size=7, max_size=7))
def test_what_rivals_leave_gives_the_same_shares_row_by_row(scores: list[float]) -> None:
    rows, columns = np.array([0, 0, 1, 1, 2, 3, 3], np.int32), np.array([0, 1, 1, 2, 2, 2, 3], np.int32)
    left = left_by_rivals(rows, columns, np.array(scores), 0.01).of_pairs
    odds = odds_of(np.array(scores), 0.01) * left
    shares = odds / (1 + np.bincount(rows, odds)[rows])
    assert shares == pytest.approx(shared_probability(rows, columns, np.array(scores), 0.01), abs=5e-3)


def test_a_pair_alone_has_its_posterior() -> None:
    alone = shared_probability(np.zeros(1, np.int32), np.zeros(1, np.int32), np.array([2.0]), 0.1)
    odds = np.exp(2.0) / 9
    assert alone[0] == pytest.approx(odds / (1 + odds))
    assert len(shared_probability(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), 0.1)) == 0


def test_a_name_that_nobody_has_changes_no_other_evidence(searched) -> None:
    search, truth = searched
    row, column = truth[0]
    nameless = replace(search.sought.records[row], names=())
    fields = {x.field for x in compare(nameless, search.found.records[column], search.setting).evidence}
    assert "names" not in fields


@pytest.mark.parametrize("code", ["en", "ar", "zh", "es", "fr", "ru"])
def test_a_candidate_is_explained_in_six_languages(searched, code: str) -> None:
    search, truth = searched
    said = explain(search.ledger(*truth[0], Prior(100, 100)), code)
    assert len(said.lines) >= 4
    assert all(line.reason and "{" not in line.reason for line in said.lines)
    assert said.closing
    if code != "en":
        assert said.closing != explain(search.ledger(*truth[0], Prior(100, 100)), "en").closing


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ar", ["ذراع", "شعر", "مفقود"]),
        ("zh", ["手臂", "头发", "缺失"]),
        ("es", ["brazo", "cabello", "ausente", "10^7,8"]),
        ("fr", ["bras", "cheveux", "absente", "10^7,8"]),
        ("ru", ["рука", "волосы", "отсутствует", "10^7,8"]),
    ],
)
def test_nothing_of_an_explanation_stays_english(code: str, words: list[str]) -> None:
    arms = [Mark("tattoo", "rose, left arm")]
    one = Record("a", "sought", marks=tuple(arms), traits=(("hair", "noir"),), teeth=((36, "missing"), (11, "filled")))
    ledger = compare(one, replace(one, kind="remains"), Setting(TODAY))
    told = explain(replace(ledger, evidence=(*ledger.evidence, dna_evidence(7.8))), code)
    text = " ".join(" ".join((x.field, x.sought, x.found, x.likelihood_ratio, x.reason)) for x in told.lines)
    for word in words:
        assert word in text
    for line in told.lines:
        shown = [line.field, line.reason] + ([] if "rose" in line.sought else [line.sought, line.found])
        assert not re.search(r"\b(arm|left|rose|hair|missing|filled|the|and)\b", " ".join(shown).replace("rose", ""))


def test_haplotypes_count_with_the_markers_and_the_ledger_says_so(tmp_path: Path) -> None:
    path = tmp_path / "dna.json"
    content = {
        "hits": [{"family": "F", "missing": "A", "remains": "R", "log10_LR": 3.0}],
        "pairwise": {"log10_LR": {"rows": ["R", "Q"], "columns": ["A"], "values": [[3.0], [-2.0]]}},
        "pairs": 2,
        "lineages": [
            {"missing": "A", "remains": "R", "log10_LR": 1.5},
            {"missing": "A", "remains": "Q", "log10_LR": "-Inf"},
        ],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    entries = read_dna(path).entries
    assert entries["A", "R"].log10_likelihood_ratio == pytest.approx(4.5)
    assert "of which 10^1.5 of Y or mitochondrial DNA" in reason_of(entries["A", "R"], "en")
    assert entries["A", "Q"].log10_likelihood_ratio == pytest.approx(-308)
    content["lineages"][0]["log10_LR"] = "NaN"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="a number of at most six digits"):
        read_dna(path)


@pytest.mark.parametrize(
    ("power", "said"),
    [
        (2.0, "100 times as likely if this is one person as if these are two"),
        (8.6, "400\N{NO-BREAK SPACE}million times as likely if this is one person"),
        (-2.0, "100 times as likely if these are two people as if this is one"),
        (21.3, "10^21.3 times as likely if this is one person"),
    ],
)
def test_what_it_all_comes_to_is_said_in_words(power: float, said: str) -> None:
    assert said in explain(Ledger((dna_evidence(power),)), "en").total


def test_names_are_shown_as_they_were_written() -> None:
    one, other = (
        Record(kind, kind, names=(PersonName(name),))
        for kind, name in (("sought", "Mamadou Yaya TOURÉ"), ("found", "mamadou Tourré"))
    )
    (names,) = (line for line in compare(one, other, Setting(TODAY)).evidence if line.field == "names")
    assert (
        reason_of(names, "en")
        == "The names were compared part by part: Mamadou = mamadou; TOURÉ = Tourré. Without a counterpart: Yaya."
    )


def test_dna_counts_markers_only_where_they_are_told() -> None:
    assert dna_evidence(3.0).values == {"power": 3.0}
    assert dna_evidence(3.0, 21).values == {"power": 3.0, "markers": 21}


def test_empty_files_give_no_candidates() -> None:
    nobody = Register([], TODAY)
    assert list(Search(nobody, nobody, setting_of([], [], TODAY)).candidates(3)) == []
