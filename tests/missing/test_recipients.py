"""To whom a record goes: a refusal holds however the body is written, a permission for the name alone, and enforcement gets nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.missing import missing
from opencompact.errors import InvalidDataError
from opencompact.missing.records.bodies import bodies_of, is_enforcement
from opencompact.missing.records.consent import IDENTIFY, SEARCH, SHARE, permits, read_consent
from opencompact.missing.records.reading import allowed, read_records
from opencompact.missing.records.record import Consent, Record


def record(*said: str) -> Record:
    return Record("a", "sought", consents=tuple(read_consent(text) for text in said))


REFUSALS = [
    "Red Cross no", "ICRC no", "Croix-Rouge non", "Cruz Roja no", "الصليب الأحمر لا", "Красному Кресту нет", "红十字会 否", "I.C.R.C. no",
    "Libyan Red Cross no", "Red Cros no", "Redcross no", "Red Crоss no", "Red  Crescent refused", "CICR non",
    "no Red Cross", "no: Red Cross", "non à la Croix-Rouge", "لا للصليب الأحمر", "нет Красному Кресту", "not the Red Cross",
]  # fmt: skip
NAMES = [
    "Red Cross", "International Committee of the Red Cross", "ICRC", "Red Cros", "Red Crоss", "RED-CROSS", "Croix-Rouge française",
    "الصليب الأحمر", "Красный Крест", "中国红十字会",
]  # fmt: skip


def _read(folder: Path, cell: str) -> Record:
    path = folder / "sought.csv"
    path.write_text(f'id,name,consent\n1,Ali,"{cell}"\n', encoding="utf-8")
    return read_records(path).records[0]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_holds_in_every_language_order_and_spelling(refusal: str, tmp_path: Path) -> None:
    one = _read(tmp_path, f"share: all yes; share: {refusal}")
    assert [name for name in NAMES if permits(one, SHARE, name) or permits(one, SEARCH, name)] == []


@pytest.mark.parametrize("refusal", [one for one in REFUSALS if one not in ("no: Red Cross", "not the Red Cross")])
def test_a_refusal_of_one_body_leaves_the_others(refusal: str, tmp_path: Path) -> None:
    one = _read(tmp_path, f"share: all yes; share: {refusal}")
    assert permits(one, SHARE, "Alarm Phone")
    assert permits(one, SHARE, "Médecins Sans Frontières")


def test_a_permission_reaches_no_other_name_of_the_body() -> None:
    one = record("share: Red Cross yes")
    assert permits(one, SHARE, "the Red Cross")
    assert not any(
        permits(one, SHARE, name) for name in ("ICRC", "Croix-Rouge", "Red Cros", "Red Crоss", "Libyan Red Cross")
    )


def test_a_no_beside_a_yes_holds_unless_it_is_of_a_narrower_name() -> None:
    assert not permits(record("share: Red Cross yes", "partage: Croix-Rouge non"), SHARE, "Red Cross")
    narrower = record("share: Red Cross yes", "share: Libyan Red Cross no")
    assert permits(narrower, SHARE, "Red Cross")
    assert not permits(narrower, SHARE, "Libyan Red Cross")


def test_a_condition_after_a_no_is_no_recipient(tmp_path: Path) -> None:
    """ "no police until asked" says more than whom it refuses: nothing is allowed."""
    assert not permits(_read(tmp_path, "share: all yes; share: no police until asked"), SHARE, "Alarm Phone")


@pytest.mark.parametrize(
    "name",
    [
        "Frontex", "Frоntex", "FRONTEX Warsaw", "Fr0ntex", "ICE", "I.C.E.", "US Border Patrol", "Border Force", "Immigration Service", "Imigration police",
        "Police aux frontières", "Policía de Fronteras", "Пограничная служба", "миграционная служба", "جهاز مكافحة الهجرة غير الشرعية", "حرس الحدود",
        "国家移民管理局", "边防",
    ],
)  # fmt: skip
def test_enforcement_gets_nothing_whatever_a_record_says(name: str, tmp_path: Path) -> None:
    one = Record("a", "sought", consents=(Consent(SHARE, "all", True), Consent(SHARE, name, True)))
    assert not permits(one, SHARE, name)
    path = tmp_path / "sought.csv"
    path.write_text("id,name,consent\n1,Ali,share: all yes\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="enforcement"):
        allowed(read_records(path), recipient=name)


@pytest.mark.parametrize(
    "name",
    [
        "Doctors Without Borders", "Médecins Sans Frontières", "Врачи без границ", "无国界医生", "International Organisation for Migration",
        "المنظمة الدولية للهجرة", "国际移民组织", "Immigration lawyers of Rome", "Border Forensics", "Alice Smith", "Nice City Council",
    ],
)  # fmt: skip
def test_who_helps_is_no_enforcement(name: str) -> None:
    assert not is_enforcement(name)


def test_the_bodies_of_a_name() -> None:
    assert bodies_of("UNHCR Libya") == bodies_of("Haut Commissariat") == {"unhcr"}
    assert bodies_of("Alarm Phone") == frozenset()


@pytest.mark.parametrize("name", ["nobody", "all", "", " ", "no", "personne", "لا أحد", "?", "没有人"])
def test_nobody_is_no_recipient(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sought.csv"
    path.write_text("id,name,consent\n1,Ali,share: all yes\n", encoding="utf-8")
    with pytest.raises(InvalidDataError):
        allowed(read_records(path), recipient=name)


def test_who_may_not_identify_is_given_nothing_to_identify_with() -> None:
    refused = record("identification: all no", "humanitarian search: all yes")
    assert permits(refused)
    assert not permits(refused, SEARCH, "Red Cross")
    assert not permits(refused, IDENTIFY)
    assert permits(
        record("identification: all no", "identification: Red Cross yes", "share: Red Cross yes"), SHARE, "Red Cross"
    )


def test_identification_that_was_refused_is_not_decided(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "id,name,consent\nk9,Omar,\nk10,Sira Dembo,identification: all no; humanitarian search: all yes\n",
        encoding="utf-8",
    )
    (tmp_path / "b.csv").write_text("id,name\nr1,Sira Dembo\n", encoding="utf-8")
    kept = tmp_path / "decisions.jsonl"
    for first, allowed_to in (("k10", False), ("k9", True)):
        arguments = ["judge", first, "r1", "same", "--by", "Dr A", "--why", "x", "--decisions", str(kept)]
        files = ["--sought", str(tmp_path / "a.csv"), "--found", str(tmp_path / "b.csv")]
        result = CliRunner().invoke(missing, [*arguments, *files])
        assert kept.exists() == allowed_to
        if not allowed_to:
            assert isinstance(result.exception, InvalidDataError)
            assert (result.exception.place.row, result.exception.place.column) == (3, "consent")


@pytest.mark.parametrize(
    "said_no", ["identification: all no; humanitarian search: all yes", "humanitarian search: all no"]
)
def test_a_decision_that_nobody_looked_at_the_records_for_is_not_used_where_identification_was_refused(
    said_no: str, tmp_path: Path
) -> None:
    people = ["Omar Sesay", "Sira Dembo", "Ali Hassan", "Fatou Diallo"]
    lines = [f"a{n},{name},M,{said_no if n == 1 else ''}" for n, name in enumerate(people)]
    (tmp_path / "a.csv").write_text("\n".join(["id,name,sex,consent", *lines]), encoding="utf-8")
    lines = [f"b{n},{name},M" for n, name in enumerate(people)]
    (tmp_path / "b.csv").write_text("\n".join(["id,name,sex", *lines]), encoding="utf-8")
    files, kept = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], ["--decisions", str(tmp_path / "decisions.jsonl")]
    stated = ["--by", "Dr A", "--why", "x", "--evidence", "DNA", "--without-records"]
    for n in range(3):
        judged = CliRunner().invoke(missing, ["judge", f"a{n}", f"b{n}", "same", *stated, *kept])
        assert judged.exit_code == 0
        assert "Nobody looked" in judged.stderr
    learned = CliRunner().invoke(missing, ["learn", *files, *kept, "--json"])
    assert (json.loads(learned.stdout)["judgements"], json.loads(learned.stdout)["people"]) == (2, 2)
    for command in ("learn", "calibrate", "candidates"):
        told = CliRunner().invoke(missing, [command, *files, *kept])
        assert told.exit_code == 0, told.output
        assert (
            "1 decision is about a record that is set aside or whose giver has not agreed to identification"
            in told.stderr
        )
        assert "a1" in told.stderr


def test_dna_does_not_identify_whom_the_giver_does_not_want_identified(tmp_path: Path) -> None:
    """The record may be searched with, and what relatives' DNA says of it stays out of its ledger; so does DNA of one that is set aside."""
    refusals = ["", "identification: all no; humanitarian search: all yes", "humanitarian search: all no"]
    lines = [f"a{n},Omar Sesay,M,{no}" for n, no in enumerate(refusals)]
    (tmp_path / "a.csv").write_text("\n".join(["id,name,sex,consent", *lines]), encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,name,sex\nb0,Omar Sesay,M\nb1,Umaru Sesay,M\n", encoding="utf-8")
    hits = [{"family": "", "missing": f"a{n}", "remains": "b0", "log10_LR": 6.0} for n in (0, 1, 2, 9)]
    (tmp_path / "dna.json").write_text(json.dumps({"hits": hits, "pairs": len(hits)}), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    done = CliRunner().invoke(missing, ["candidates", *files, "--dna", str(tmp_path / "dna.json"), "--json"])
    assert done.exit_code == 0, done.output
    pairs = json.loads(done.stdout)["pairs"]
    with_dna = {(x["sought"], x["found"]) for x in pairs if any(one["field"] == "dna" for one in x["evidence"])}
    assert with_dna == {("a0", "b0")}
    assert {x["sought"] for x in pairs} == {"a0", "a1"}
    assert (
        "2 results are of records that are set aside or whose givers have not agreed to identification" in done.stderr
    )
    assert "1 of 2 result" in done.stderr  # a9 is nobody's


def test_a_recipient_that_no_giver_names_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "id,name,consent\ns1,Omar,share: all yes\ns2,Ali,share: Red Cross yes\n", encoding="utf-8"
    )
    (tmp_path / "b.csv").write_text("id,name,consent\nr1,Omar,share: Red Cross yes; share: all yes\n", encoding="utf-8")
    files = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--json"]
    named = CliRunner().invoke(missing, ["candidates", *files, "--recipient", "Red Cross"])
    other = CliRunner().invoke(missing, ["candidates", *files, "--recipient", "Caritas"])
    assert "Is that the body that is meant?" not in named.stderr
    assert other.stderr.count("Is that the body that is meant?") == 2


@pytest.mark.parametrize(
    "name",
    [
        "BAMF", "Bundesamt für Migration und Flüchtlinge", "Ministry of Interior", "Ministero dell'Interno", "ministère de l’Intérieur", "МВД России",
        "وزارة الداخلية", "Questura di Agrigento", "Küstenwache", "Hellenic Coast Guard", "Garde-côtes libyens", "Guardia Costiera", "Migrationsverket",
    ],
)  # fmt: skip
def test_authorities_of_immigration_and_of_the_coast_are_given_nothing_in_any_language(name: str) -> None:
    assert is_enforcement(name)
    assert not permits(record("share: all yes", "humanitarian search: all yes"), SHARE, name)


@pytest.mark.parametrize(
    "name",
    [
        "Red Cross Rome Office", "Ministry of Health", "Ministero della Salute", "Croce Rossa Italiana", "Organisation internationale pour les migrations",
        "Médecins Sans Frontières", "Commissario straordinario per le persone scomparse", "Hospital Costa del Sol",
    ],
)  # fmt: skip
def test_who_searches_or_heals_is_no_enforcement(name: str) -> None:
    assert not is_enforcement(name)


def test_nobody_alone_is_an_answer_and_allows_nothing(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("id,name,consent\n1,Awa Traoré,nobody\n2,Ali Keita,personne\n", encoding="utf-8")
    reading = read_records(file)
    assert reading.unread == ()
    for one in reading.records:
        assert not any(permits(one, purpose, to) for purpose in (SEARCH, SHARE, IDENTIFY) for to in (None, "Red Cross"))
