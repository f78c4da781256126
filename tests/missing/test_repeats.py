"""Two reports of one person are no rivals for him, and what is asked for never changes who is first."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.missing.candidates import Register, Search, setting_of, shared_probability
from opencompact.missing.candidates.competition import Links, Repeats, shares_of_one
from opencompact.missing.candidates.repeats import judged_pairs, repeats_of
from opencompact.missing.records.record import PersonName, Record, Sex

from .conftest import TODAY


def linked(same: float) -> Links:
    return Links(np.array([0, 1], np.int32), np.array([1, 0], np.int32), np.array([same, same]))


@given(st.floats(-5, 25), st.floats(-5, 25), st.floats(0, 1))
def test_a_rival_that_may_be_the_same_person_counts_by_its_probability(own: float, other: float, same: float) -> None:
    """The share is the mean of that with the rival and that without it."""
    rows, columns, scores = np.array([0, 1], np.int32), np.zeros(2, np.int32), np.array([own, other])
    odds = np.exp(scores) / 99
    found = shared_probability(rows, columns, scores, 0.01, Repeats(in_column=linked(same)))
    expected = same * odds / (1 + odds) + (1 - same) * odds / (1 + odds.sum())
    assert found == pytest.approx(expected, rel=1e-6)
    assert shares_of_one(odds, linked(same)) == pytest.approx(expected, rel=1e-6)


def again(search: Search, row: int, **changes: object) -> Search:
    """The search with a copy of one report at the end of those sought."""
    records = [*search.sought.records, replace(search.sought.records[row], id="again", **changes)]
    return Search(Register(records, TODAY), search.found, search.setting)


def sure_pair(search: Search) -> tuple[int, int, float]:
    """The pair of the likeliest candidate, and its probability."""
    best = max(itertools.chain.from_iterable(search.candidates(1, search.prior(0.7))), key=lambda one: one.probability)
    return search.sought.place_of[best.sought], search.found.place_of[best.found], best.probability


def test_two_relatives_who_report_one_person_do_not_halve_his_probability(searched) -> None:
    search, _ = searched
    row, column, before = sure_pair(search)
    twice = again(search, row)
    prior = twice.prior(0.7)
    for sought in (row, len(search.sought)):
        one = twice.candidate(sought, column, prior)
        assert one.probability == pytest.approx(before, abs=0.01)
        assert one.rank == 1
    assert one.also_sought == (search.sought.records[row].id,)


def test_a_judgement_goes_before_what_two_reports_say(searched) -> None:
    search, _ = searched
    row, column, before = sure_pair(search)
    copied = again(search, row)
    report = search.sought.records[row].id
    for judged, least, most in (
        (judged_pairs([("again", report)]), before - 0.01, 1),
        (judged_pairs([], [("again", report)]), 0, 0.6),
    ):
        told = Search(copied.sought, search.found, search.setting, judged=judged)
        assert least <= told.candidate(row, column, told.prior(0.7)).probability <= most


def test_another_person_of_the_same_family_stays_a_rival() -> None:
    def named(record: str, *names: str) -> Record:
        kinds = ("given", "father", "family")
        told = tuple(PersonName(text, kind) for text, kind in zip(names, kinds, strict=True))  # type: ignore[arg-type]
        return Record(record, "sought", names=told, sex=Sex("M"))

    sought = [named("S1", "Yonas", "Tekle", "Habtemariam"), named("S2", "Dawit", "Tekle", "Habtemariam")]
    found = [replace(named("R1", "Yonas", "Tekle", "Habtemariam"), kind="found")]
    search = Search(Register(sought, TODAY), Register(found, TODAY), setting_of(sought, found, TODAY))
    assert search.same_sought(0, 1) < 0.1
    rows, columns = np.array([0, 1], np.int32), np.zeros(2, np.int32)
    links = repeats_of(rows, columns, np.array([100.0, 1.0]), search.same_sought, search.same_found).in_column
    assert all(links.same < 0.1)


def test_what_is_asked_for_never_changes_who_is_first_nor_any_probability(searched) -> None:
    search, _ = searched
    prior = search.prior()
    told = {
        top: [[(x.found, x.probability) for x in group] for group in search.candidates(top, prior)]
        for top in (1, 3, 40)
    }
    for one, three, forty in zip(*told.values(), strict=True):
        assert forty[:3] == three
        assert three[:1] == one
        assert len({found for found, _ in forty}) == len(forty)
    assert max(map(len, told[40])) == 40


def run(*arguments: str) -> str:
    from click.testing import CliRunner

    from opencompact.cli.missing import missing

    result = CliRunner().invoke(missing, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_reader_is_told_of_the_other_report(world_folder: Path, tmp_path: Path, searched) -> None:
    search, _ = searched
    row, column, _ = sure_pair(search)
    report, found = search.sought.records[row].id, search.found.records[column].id
    lines = (world_folder / "sought.csv").read_text(encoding="utf-8").splitlines()
    copy = next(line for line in lines if line.startswith(f"{report},")).replace(report, "again", 1)
    twice = tmp_path / "sought.csv"
    twice.write_text("\n".join([*lines, copy]) + "\n", encoding="utf-8")
    files = (str(twice), str(world_folder / "found.csv"))
    pairs = json.loads(run("candidates", *files, "--top", "1", "--json"))["pairs"]
    one = next(pair for pair in pairs if pair["sought"] == "again")
    assert (one["found"], one["also_sought"]) == (found, [report])
    sentence = f"Another report, {report}, is likely of the same person as again: neither is the other's rival."
    assert sentence in " ".join(run("candidates", *files, "--top", "1").split())
    assert sentence in " ".join(run("explain", *files, "again", found).split())
    decided = tmp_path / "decisions.jsonl"
    run(
        "judge",
        report,
        "again",
        "not-same",
        "--by",
        "Dr A",
        "--why",
        "twins",
        "--sought",
        str(twice),
        "--found",
        str(twice),
        "--decisions",
        str(decided),
    )
    pairs = json.loads(run("candidates", *files, "--top", "1", "--json", "--decisions", str(decided)))["pairs"]
    assert not any(pair["also_sought"] for pair in pairs if pair["sought"] == "again")


def test_usual_colours_are_told_in_the_readers_language_and_others_as_they_were_recorded() -> None:
    from opencompact.missing.candidates import explain

    one = Record("S", "sought", traits=(("hair", "Black"), ("eyes", "dark brown"), ("build", "wiry")))
    ledger = Search(Register([one], TODAY), Register([one], TODAY), setting_of([one], [one], TODAY)).ledger(0, 0)
    told = {code: explain(ledger, code).lines[0].sought for code in ("en", "fr", "ru")}
    assert told == {
        "en": "black hair, dark brown eyes, build: wiry",
        "fr": "cheveux noirs, yeux marron foncé, corpulence\N{NO-BREAK SPACE}: wiry",
        "ru": "чёрные волосы, тёмно-карие глаза, телосложение: wiry",
    }
