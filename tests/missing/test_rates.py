"""Parameters of one's own: shown, learned from decisions, written, read again, used and told; refused where they cannot be."""

import datetime
import json
import math
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from opencompact.cli.missing import missing
from opencompact.errors import InputError, InvalidDataError, NoDataError, OpenCompactError, UnknownCodeError
from opencompact.language import translator
from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.decisions import append, judge
from opencompact.missing.evidence import Setting, compare, defaults
from opencompact.missing.evidence.described import every_parameter, leaves
from opencompact.missing.evidence.own_rates import OwnRates, read_rates

TODAY = datetime.date(2026, 11, 28)
PEOPLE = 200


def run(*arguments: str) -> Result:
    result = CliRunner(env={"COLUMNS": "160"}).invoke(missing, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Two files of real people, so to speak, and decisions by DNA about each: one body in eight bears the other sex."""
    folder = tmp_path_factory.mktemp("decided")
    rng = random.Random(4)
    sought, found = ["id,kind,sex,age"], ["id,kind,sex,age"]
    for number in range(PEOPLE):
        sex = rng.choice("FM")
        sought.append(f"S{number},sought,{sex},{20 + number % 9}")
        found.append(
            f"R{number},remains,{'MF'[sex == 'M'] if number % 8 == 0 else sex},{18 + number % 9}-{24 + number % 9}"
        )
        at = datetime.datetime(2026, 11, 1, 12, number % 60, tzinfo=datetime.UTC)
        append(folder / "decisions.jsonl", judge(f"S{number}", f"R{number}", "same", by="Dr A", at=at, why="DNA"))
    for name, lines in (("sought.csv", sought), ("found.csv", found)):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "sought.csv", folder / "found.csv", folder / "decisions.jsonl"


def learn(decided: tuple[Path, Path, Path], *more: str) -> dict[str, Any]:
    sought, found, decisions = map(str, decided)
    told: dict[str, Any] = json.loads(run("learn", sought, found, "--decisions", decisions, "--json", *more).stdout)
    return told


def test_every_parameter_is_shown_with_value_source_and_what_it_stands_for() -> None:
    told = json.loads(run("rates", "--json").stdout)["parameters"]
    assert {one["name"] for one in told} == {name for name, _ in leaves(defaults())}
    assert [one["name"] for one in told if not (one["meaning"] and one["source"])] == []
    assert [one["name"] for one in told if one["learned"] and not one["between"]] == []
    shown = " ".join(run("rates", "sex").stdout.split())
    assert "sex.errors.skeletal 0.06" in shown
    assert "traits.errors.hair" not in shown
    assert shown.count("Klales 2020") == 1
    with pytest.raises(NoDataError):
        run("rates", "hair")


def test_every_default_is_what_it_may_be() -> None:
    for one in every_parameter():
        if one.described and one.described.between:
            values = one.value if isinstance(one.value, list) else [one.value]
            for value, (least, most) in zip(values, one.described.between, strict=True):
                assert least <= float(value) <= most, one.name


@pytest.mark.parametrize("code", ["ar", "es", "fr", "ru", "zh"])
def test_what_a_parameter_stands_for_is_told_in_the_readers_language(code: str) -> None:
    tell = translator(code, "missing")
    told = [one for one in every_parameter() if one.described and tell(one.described.meaning) == one.described.meaning]
    assert [one.name for one in told] == []


def test_rates_are_learned_from_decisions_and_shown_with_what_they_rest_on(
    decided: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """25 of 200 bodies; the default of 1 in 50 counts as 25 cases, and the family, known to err once in 500, bears next to nothing."""
    told = learn(decided, "--out", str(tmp_path / "rates.toml"))
    assert (told["judgements"], told["people"], told["synthetic"]) == (PEOPLE, PEOPLE, False)
    one = next(rate for rate in told["rates"] if rate["name"] == "sex.errors.external")
    assert (one["default"], one["prior_weight"], one["people"]) == (0.02, 25, PEOPLE)
    assert one["value"] == pytest.approx((25 + 0.5) / (PEOPLE + 25), rel=0.06)
    assert one["low"] < 0.125 < one["high"]
    assert one["prior_share"] == pytest.approx(25 / (25 + one["cases_worth"]))
    shown = " ".join(run("learn", *map(str, decided[:2]), "--decisions", str(decided[2])).stdout.split())
    assert "Learned from 200 decisions that say same; people of whom both files have a record: 200." in shown
    assert "cannot tell how often such entries are wrong" in shown


def test_what_was_learned_is_written_with_where_it_comes_from_and_of_nobody(
    decided: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "rates.toml"
    values = learn(decided, "--out", str(file))["values"]
    own = read_rates(file)
    assert dict(own.changed) == values
    assert own.parameters["sex"]["errors"]["external"] == values["sex.errors.external"]
    assert own.parameters["sex"]["errors"]["dna"] == defaults()["sex"]["errors"]["dna"]
    assert defaults()["sex"]["errors"]["external"] == 0.02
    text = file.read_text(encoding="utf-8")
    for stated in (f"judgements = {PEOPLE}", f"people = {PEOPLE}", "synthetic = false", "0.02 before, as 25 cases"):
        assert stated in text
    for person in ("S1", "R1", "Dr A"):
        assert person not in text
    nothing_read = tmp_path / "elsewhere" / "rates.toml"
    with pytest.raises(OpenCompactError):
        learn(decided, "--rates", str(nothing_read))


def test_a_rate_that_few_people_tell_of_is_shown_and_not_written(
    decided: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(decided[2].read_text(encoding="utf-8").splitlines(keepends=True)[:9]), encoding="utf-8")
    told = learn((*decided[:2], few), "--out", str(tmp_path / "rates.toml"))
    assert (told["people"], told["values"]) == (9, {})
    assert {one["written"] for one in told["rates"]} == {False}
    assert dict(read_rates(tmp_path / "rates.toml").changed) == {}


def test_the_weight_of_the_default_can_be_stated(decided: tuple[Path, Path, Path]) -> None:
    light, heavy = (
        {one["name"]: one for one in learn(decided, "--prior-weight", weight)["rates"]} for weight in ("1", "100000")
    )
    assert heavy["sex.errors.external"]["value"] == pytest.approx(0.02, abs=0.001)
    # Light enough, neither side is known to err more: that one of the two does in an eighth is all that is learned.
    both = light["sex.errors.external"]["value"] + light["sex.errors.reported"]["value"]
    assert both == pytest.approx(25 / PEOPLE, rel=0.05)


def test_rates_of_ones_own_are_where_the_next_are_learned_from(
    decided: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    stated, out = tmp_path / "stated.toml", tmp_path / "rates.toml"
    stated.write_text("[sex.errors]\nexternal = 0.1\n[teeth]\nerror = 0.04\n", encoding="utf-8")
    told = learn(decided, "--rates", str(stated), "--out", str(out))
    one = next(rate for rate in told["rates"] if rate["name"] == "sex.errors.external")
    assert one["default"] == 0.1
    assert read_rates(out).changed["teeth.error"] == 0.04


def test_without_decisions_about_both_files_nothing_is_learned(
    decided: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(NoDataError):
        learn((decided[0], decided[0], decided[2]))
    with pytest.raises(InputError):
        learn(decided, "--out", str(decided[2]))


@pytest.mark.parametrize(
    ("text", "kind", "name", "value", "remedy"),
    [
        ("[sex.errors]\nexternal = 0.7\n", InvalidDataError, "sex.errors.external", 0.7, "Write a number from 0.000001 to 0.5."),
        ("[sex.errors]\nexternal = true\n", InvalidDataError, "sex.errors.external", True, "Write a number from 0.000001 to 0.5."),
        ("[group]\nerror = 'high'\n", InvalidDataError, "group.error", "high", "Write a number from 0.000001 to 0.9."),
        ("[group]\nerror = nan\n", InvalidDataError, "group.error", None, "Write a number from 0.000001 to 0.9."),
        ("[time]\nsoon = 0.5\n", InvalidDataError, "time.soon", 0.5,
         "Write a list of two: a number from 0 to 1, and a number from 0.1 to 36500."),
        ("[time]\nsoon = [0.5, 20.0]\n", InvalidDataError, "time.soon", 0.9, "Correct them, or state them all."),
        ("[teeth.frequencies]\nsound = 0.5\n", InvalidDataError, "teeth.frequencies.sound", 0.72, "Correct them, or state them all."),
        ("[sex.errors]\nexternl = 0.1\n", UnknownCodeError, "sex.errors.externl", 0.1, "Did you mean sex.errors.external?"),
        ("[hair]\nzzz = 0.1\n", UnknownCodeError, "hair.zzz", 0.1, "List them with: opencompact missing rates."),
        ("[stature.growth]\nages = [1, 2]\n", UnknownCodeError, "stature.growth.ages", None, None),
        ("about = 3\n", InvalidDataError, "about", 3, "Write [about], and below it what is known of the rates."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_name_value_range_and_remedy(
    text: str, kind: type[OpenCompactError], name: str, value: object, remedy: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "rates.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(kind) as error:
        read_rates(file)
    assert (Path(str(error.value.place.file)).name, error.value.place.column) == ("rates.toml", name)
    assert value is None or error.value.value == value
    assert remedy is None or error.value.remedy == remedy


HOSTILE = [b"[sex\n", b"\xff\xfe", b"x = {", b"x = " + b"[" * 9000, b"x = 1" + b"0" * 9000, b"a." * 5000 + b"a = 1"]


@pytest.mark.parametrize("content", HOSTILE)
def test_a_file_that_is_no_toml_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "rates.toml"
    file.write_bytes(content)
    with pytest.raises(InputError):
        read_rates(file)
    with pytest.raises(InputError):
        read_rates(tmp_path / "absent.toml")


VALUES = st.one_of(st.floats(), st.integers(), st.booleans(), st.sampled_from(['""', "[]", "[0.5, 1.0]", "1979-05-27"]))


@given(st.dictionaries(st.sampled_from([name for name, _ in leaves(defaults())]), VALUES, max_size=3))
def test_whatever_a_file_states_is_taken_as_it_is_or_refused_with_its_name(stated: dict[str, object]) -> None:
    lines = [f"{name} = {str(value).lower() if isinstance(value, bool) else value}" for name, value in stated.items()]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rates.toml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        own, refused = _read(file)
    if refused:
        assert refused.place.column in stated
    if own:
        usual = dict(leaves(defaults()))
        assert dict(own.changed) == {name: value for name, value in leaves(own.parameters) if value != usual[name]}


def _read(file: Path) -> tuple[OwnRates | None, OpenCompactError | None]:
    try:
        return read_rates(file), None
    except OpenCompactError as error:
        return None, error


def test_what_a_file_states_as_it_was_is_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "rates.toml"
    file.write_text(
        f"[sex.errors]\nexternal = {defaults()['sex']['errors']['external']}\ndna = 0.01\n", encoding="utf-8"
    )
    assert dict(read_rates(file).changed) == {"sex.errors.dna": 0.01}


OWN = "[sex.errors]\nexternal = 0.2\nreported = 0.2\n[age.outside]\nexternal = 0.3\n[marks]\nrecall = 0.8\n[names]\nleast = -3.0\n"


def test_results_are_worked_out_with_own_rates_and_say_so(decided: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Of a man and a woman by rates of error of a fifth: (0.2 x 0.8 x 2) / P(woman sought) / P(man found), which shares tell."""
    rates = tmp_path / "own.toml"
    rates.write_text(OWN, encoding="utf-8")
    files = tuple(map(str, decided[:2]))
    different = next(
        n for n, (one, other) in enumerate(
            zip(*(Path(file).read_text(encoding="utf-8").splitlines()[1:] for file in files), strict=True)
        ) if one.split(",")[2] == "F" and other.split(",")[2] == "M"
    )  # fmt: skip
    told = json.loads(run("explain", *files, f"S{different}", f"R{different}", "--rates", str(rates), "--json").stdout)
    share = defaults()["sex"]["share_female"]
    joint = share * 0.8 * 0.2 + (1 - share) * 0.2 * 0.8
    expected = joint / (share * 0.8 + (1 - share) * 0.2) / (1 - share)
    sex = next(entry for entry in told["evidence"] if entry["field"] == "sex")
    assert sex["log10_likelihood_ratio"] == pytest.approx(math.log10(expected), abs=1e-3)
    assert told["rates"]["file"] == "own.toml"
    assert told["rates"]["changed"]["names.least"] == -3.0
    sentence = "Error rates of your own were used: 5 parameters of own.toml are other than the defaults"
    found = json.loads(run("candidates", *files, "--rates", str(rates), "--top", "1", "--json").stdout)
    assert found["rates"] == told["rates"]
    assert {pair["rates"] for pair in found["pairs"]} == {told["rates"]["id"]}
    assert json.loads(run("candidates", *files, "--top", "1", "--json").stdout)["rates"] is None
    for command in (("candidates", *files, "--top", "1"), ("explain", *files, "S1", "R1"), ("duplicates", files[0])):
        assert sentence in " ".join(run(*command, "--rates", str(rates)).stdout.split())
    in_french = run("explain", *files, "S1", "R1", "--rates", str(rates), "--lang", "fr").stdout
    assert "Vos propres taux d’erreur ont servi" in in_french
    measured = run("calibrate", *files, "--decisions", str(decided[2]), "--rates", str(rates))
    assert sentence in " ".join(measured.stdout.split())


def test_the_fast_scores_take_the_same_rates_as_the_ledger(searched: Any, tmp_path: Path) -> None:
    rates = tmp_path / "own.toml"
    rates.write_text(OWN, encoding="utf-8")
    usual, _ = searched
    sought, found = usual.sought.records, usual.found.records
    base = Setting(usual.setting.today, read_rates(rates).parameters)
    search = Search(usual.sought, usual.found, setting_of(sought, found, base.today, base))
    rows, columns, _ = search.best(3)
    scores = search.exact(rows[:60], columns[:60])
    moved = 0
    for row, column, score in zip(rows[:60].tolist(), columns[:60].tolist(), scores.tolist(), strict=True):
        full = compare(sought[row], found[column], search.setting).ln_likelihood_ratio
        assert score == pytest.approx(full, abs=0.1)  # parts of a name in fields of their own may be read as one
        moved += abs(full - compare(sought[row], found[column], usual.setting).ln_likelihood_ratio) > 0.5
    assert moved > 10


def test_a_kept_index_answers_with_the_rates_that_are_given(world_folder: Path, tmp_path: Path) -> None:
    rates, report, index = tmp_path / "own.toml", tmp_path / "report.csv", tmp_path / "index"
    rates.write_text(OWN, encoding="utf-8")
    lines = (world_folder / "sought.csv").read_text(encoding="utf-8").splitlines()
    report.write_text("\n".join(lines[:4]) + "\n", encoding="utf-8")
    asked = ("search", str(report), str(world_folder / "found.csv"), "--top", "3", "--json")

    def pairs(*more: str) -> Any:
        return json.loads(run(*asked, *more).stdout)["pairs"]

    usual, own = pairs(), pairs("--rates", str(rates))
    assert usual != own
    rates.write_text(f"{OWN}[departure]\nwell = [0.5, 3.0]\nroughly = [0.5, 30.0]\n", encoding="utf-8")
    own = pairs("--rates", str(rates))  # how departures are spread in the files is told by the error of their days
    for _ in range(2):
        assert pairs("--index", str(index), "--rates", str(rates)) == own
        assert pairs("--index", str(index)) == usual


@pytest.mark.parametrize("command", ["candidates", "search", "duplicates", "explain", "judge", "learn", "calibrate"])
def test_rates_learned_from_people_who_never_lived_are_refused_beside_real_ones(
    command: str, decided: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    rates, kept = tmp_path / "own.toml", tmp_path / "decisions.jsonl"
    rates.write_text(f"{OWN}[about]\nsynthetic = true\n", encoding="utf-8")
    sought, found, decisions = map(str, decided)
    arguments = {
        "duplicates": (sought,),
        "explain": (sought, found, "S1", "R1"),
        "judge": ("S1", "R1", "same", "--by", "x", "--why", "x", "--sought", sought, "--found", found, "--decisions", str(kept)),
        "learn": (sought, found, "--decisions", decisions),
        "calibrate": (sought, found, "--decisions", decisions),
    }.get(command, (sought, found))  # fmt: skip
    with pytest.raises(InvalidDataError) as error:
        run(command, *arguments, "--rates", str(rates))
    assert (error.value.place.column, Path(str(error.value.place.file)).name) == ("about.synthetic", "own.toml")
    assert not kept.exists()


def test_a_synthetic_world_gives_synthetic_rates_that_may_be_tried_on_it(world_folder: Path, tmp_path: Path) -> None:
    kept, rates = tmp_path / "decisions.jsonl", tmp_path / "rates.toml"
    files = [str(world_folder / f"{name}.csv") for name in ("sought", "found")]
    for line in (world_folder / "truth.csv").read_text(encoding="utf-8").splitlines()[1:]:
        pair = line.split(",")[:2]
        append(kept, judge(*pair, "same", by="x", at=datetime.datetime.now(datetime.UTC), why="truth"))  # type: ignore[arg-type]
    told = run("learn", *files, "--decisions", str(kept), "--out", str(rates)).stdout
    assert "Synthetic data: these people do not exist." in told
    assert read_rates(rates).synthetic
    assert json.loads(run("candidates", *files, "--rates", str(rates), "--json").stdout)["rates"]["synthetic"] is True


def test_a_decision_keeps_which_rates_its_evidence_was_worked_out_with(
    decided: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    rates, kept = tmp_path / "own.toml", str(tmp_path / "kept.jsonl")
    rates.write_text(OWN, encoding="utf-8")
    sides = ("--sought", str(decided[0]), "--found", str(decided[1]))
    run("judge", "S1", "R1", "same", "--by", "x", "--why", "x", *sides, "--rates", str(rates), "--decisions", kept)
    (one,) = json.loads(run("decisions", "--decisions", kept, "--json").stdout)["history"]
    assert {x["field"]: x["reason"] for x in one["evidence"]}["rates"] == read_rates(rates).id


def test_registers_are_made_ready_once_for_any_rates(searched: Any, tmp_path: Path) -> None:
    """A register keeps what it worked out under other parameters to itself."""
    rates = tmp_path / "own.toml"
    rates.write_text(OWN, encoding="utf-8")
    usual, _ = searched
    register = Register(usual.sought.records, TODAY)
    first = Search(register, register, usual.setting).compare.sex.values
    own = Search(register, register, Setting(TODAY, read_rates(rates).parameters)).compare.sex.values
    assert not (first == own).all()
    assert (Search(register, register, usual.setting).compare.sex.values == first).all()
