"""A record serves the purpose it was given for, and goes to those whom its giver named; nothing opens a way to enforcement."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from opencompact.cli.missing import missing
from opencompact.errors import InvalidDataError
from opencompact.missing.records.consent import IDENTIFY, PURPOSES, SEARCH, SHARE, STATISTICS, permits, read_consent
from opencompact.missing.records.reading import allowed, read_records
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import folded


def record(*said: str) -> Record:
    return Record("a", "sought", consents=tuple(read_consent(text) for text in said))


def test_without_a_word_the_holder_searches_and_nobody_else_has_it() -> None:
    assert permits(record())
    assert permits(record(), IDENTIFY)
    assert not permits(record(), STATISTICS)
    assert not permits(record(), SEARCH, "Red Cross")


def test_a_no_is_a_no_and_a_yes_reaches_whom_it_names() -> None:
    assert not permits(record("no"))
    named = record("humanitarian search: all yes", "share: Red Cross yes", "share: Police no")
    assert permits(named, SHARE, "red cross")
    assert not permits(named, SHARE, "Police")
    assert not permits(named, SEARCH, "Police")
    assert permits(named, SEARCH, "Consulate")


def test_what_is_said_of_one_recipient_goes_before_what_is_said_of_all_and_a_no_before_a_yes() -> None:
    assert permits(record("share: all no", "share: Red Cross yes"), SHARE, "Red Cross")
    assert not permits(record("share: Red Cross yes", "share: Red Cross no"), SHARE, "Red Cross")


@pytest.mark.parametrize("purpose", ["immigration enforcement", "return", "police"])
def test_no_other_purpose_can_be_agreed_to_or_asked_for(purpose: str) -> None:
    assert purpose not in PURPOSES
    with pytest.raises(InvalidDataError):
        read_consent(f"{purpose}: all yes")
    with pytest.raises(InvalidDataError):
        permits(record(), purpose)


def test_records_that_may_not_go_to_a_recipient_are_set_aside_and_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "sought.csv"
    path.write_text("id,name,consent\n1,Ali,\n2,Omar,share: Red Cross yes\n3,Musa,no\n", encoding="utf-8")
    reading = read_records(path)
    own, sent = allowed(reading), allowed(reading, recipient="Red Cross")
    assert [record.id for record in own.records] == ["1", "2"]
    assert [record.id for record in sent.records] == ["2"]
    for one in (own, sent):
        assert one.rows == len(one.records) + len(one.set_aside)
    assert [line.row for line in sent.set_aside] == [2, 4]


def test_the_command_gives_a_recipient_only_what_givers_agreed_to(tmp_path: Path) -> None:
    for name, rows in (
        ("sought", "S1,Ali Hassan,\nS2,Omar Musa,share: all yes"),
        ("found", "R1,Omar Moussa,share: all yes"),
    ):
        (tmp_path / f"{name}.csv").write_text(f"id,name,consent\n{rows}\n", encoding="utf-8")
    arguments = [
        "candidates",
        str(tmp_path / "sought.csv"),
        str(tmp_path / "found.csv"),
        "--recipient",
        "Red Cross",
        "--json",
    ]
    content = json.loads(CliRunner().invoke(missing, arguments).stdout)
    assert {pair["sought"] for pair in content["pairs"]} == {"S2"}
    assert content["files"][0]["set_aside"] == 1


@pytest.mark.parametrize(
    "answer",
    [
        "No.",
        "NO",
        "refused",
        "Withdrawn",
        "no consent",
        "humanitarian search：all no",
        "recherche humanitaire: non",
        "لا",
        "否。",
    ],
)
def test_a_no_is_read_as_people_write_it(answer: str) -> None:
    assert not permits(record(answer))


@pytest.mark.parametrize(
    "answer", ["nein", "No, do not use", "only my cousin", "?", "unknown", "immigration enforcement: all yes"]
)
def test_an_answer_that_cannot_be_read_allows_nothing_and_is_told(tmp_path: Path, answer: str) -> None:
    path = tmp_path / "sought.csv"
    path.write_text(f'id,name,consent\n1,Ali,\n2,Omar,"{answer}"\n', encoding="utf-8")
    reading = read_records(path)
    kept = allowed(reading)
    assert [record.id for record in kept.records] == ["1"]
    assert any(line.column == "consent" and line.value == answer for line in kept.unread)
    assert [line.row for line in kept.set_aside] == [3]


@pytest.mark.parametrize(
    "cell",
    [
        "humanitarian search: nobody", "humanitarian search: never", "humanitarian search: no one", "humanitarian search: none",
        "humanitarian search: not yet asked", "humanitarian search: no for now", "humanitarian search: all, no",
        "share: all yes; humanitarian search: personne", "recherche humanitaire: jamais", "búsqueda humanitaria: nadie",
        "гуманитарный поиск: никому", "البحث الإنساني: لا أحد", "人道主义搜寻：没有人", "humanitarian search: ｎｏ",
    ],
)  # fmt: skip
def test_a_refusal_in_other_words_is_no_yes(tmp_path: Path, cell: str) -> None:
    assert not permits(_read(tmp_path, cell))
    assert not permits(_read(tmp_path, cell), IDENTIFY)


@pytest.mark.parametrize(
    "cell",
    [
        "share: all yes; share: Red Cross, no", "share: all yes; share: Red Cross - no", "share: all yes; share: the Red Cross no",
        "share: all yes; share: Libyan Red Cross no", "share: all yes; share: Red Cross not yet", "share: all yes; share: no Red Cross",
        "share: all except Red Cross yes", "share: Red Cross", "share: all but Red Cross yes", "share: Red Cross no; hm",
        "share: Red Cross yes; who knows", "share: tous sauf Red Cross oui", "share: Red Cross yes no",
    ],
)  # fmt: skip
def test_whom_the_giver_did_not_say_yes_to_does_not_get_the_record(tmp_path: Path, cell: str) -> None:
    assert not permits(_read(tmp_path, cell), SHARE, "Red Cross")


def test_signs_and_articles_make_no_other_recipient() -> None:
    assert permits(record("share: the Red Cross, yes."), SHARE, "Red Cross")
    assert permits(record("share: Médecins sans frontières oui"), SHARE, "Medecins Sans Frontieres")
    assert not permits(record("share:红十字会不同意"), SHARE, "红十字会")
    assert permits(record("share:红十字会同意"), SHARE, "红十字会")


_YES = ("yes", "agreed", "oui", "sí", "نعم", "да", "同意")
_DOUBT = (
    "no", "not", "never", "nobody", "except", "but", "only", "if", "pas", "sauf", "excepto", "salvo", "не", "кроме", "нет", "إلا", "ليس", "لا", "不", "未", "?", "don't", "yet",
)  # fmt: skip


def _read(folder: Path, cell: str) -> Record:
    path = folder / "sought.json"
    path.write_text(json.dumps([{"id": "1", "name": "Ali", "consent": cell}]), encoding="utf-8")
    return read_records(path).records[0]


@given(
    st.lists(st.sampled_from(("Red", "Cross", "police", ",", "-", *_YES, *_DOUBT)), max_size=6).map(" ".join),
    st.sampled_from((*PURPOSES, "partage", "تبادل")),
)
def test_nothing_but_a_recipient_and_a_known_yes_allows(said: str, purpose: str) -> None:
    words = said.replace(",", " ").replace("-", " ").split()
    plain_yes = words[-1:] and words[-1] in _YES and not {*_YES, *_DOUBT} & {*words[:-1]}
    try:
        given_ = read_consent(f"{purpose}: {said}").given
    except InvalidDataError:
        given_ = False
    assert bool(plain_yes) == given_


@given(st.text(max_size=30))
def test_any_text_that_is_no_yes_allows_nothing(said: str) -> None:
    try:
        allowed_by = [one for one in (read_consent(text) for text in (said, f"share: {said}")) if one.given]
    except InvalidDataError:
        allowed_by = []
    assert not allowed_by or any(
        folded(said).rstrip(" .!。").endswith(folded(yes)) for yes in (*_YES, "y", "true", "1", "si", "是")
    )


@pytest.mark.parametrize(
    ("text", "purpose", "given"),
    [
        ("مشاركة: الصليب الأحمر نعم", SHARE, True),
        ("обмен: Красный Крест нет", SHARE, False),
        ("搜寻：红十字会 是", SEARCH, True),
        ("identificación: todos sí", IDENTIFY, True),
        ("statistiques : tous non", STATISTICS, False),
        ("تحديد الهوية: الجميع نعم", IDENTIFY, True),
    ],
)
def test_purposes_are_read_in_six_languages(text: str, purpose: str, given: bool) -> None:
    consent = read_consent(text)
    assert (consent.purpose, consent.given) == (purpose, given)
