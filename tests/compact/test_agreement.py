"""What the Compact says stands in the data: how many, in which order, under which name, from which paragraph."""

import json
import re
from pathlib import Path

import pytest

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES

EVERYTHING = (
    *compact.objectives(),
    *compact.actions(),
    *compact.principles(),
    *compact.round_tables(),
    *compact.thematic_areas(),
    *compact.recommendation_groups(),
    *compact.recommendations(),
    *compact.stakeholders(),
)


def test_there_are_as_many_as_the_texts_have() -> None:
    assert [o.number for o in compact.objectives()] == list(range(1, 24))
    assert len(compact.actions()) == 187
    assert [p.number for p in compact.principles()] == list(range(1, 11))
    assert len(compact.round_tables()) == 4
    assert [a.code for a in compact.thematic_areas()] == ["A", "B", "C", "D", "E"]
    # A/79/590, annex: 13 + 6 + 2 + 2 + 3.
    groups = [r.group for r in compact.recommendations()]
    assert [groups.count(n) for n in range(1, 6)] == [13, 6, 2, 2, 3]
    assert len(compact.stakeholders()) == 13


def test_every_entry_has_a_name_in_six_languages_and_says_where_it_was_read() -> None:
    for entry in EVERYTHING:
        assert set(entry.names) == set(LANGUAGES)
        assert all(entry.name(code).strip() for code in LANGUAGES)
        assert entry.citations
        assert all(c.symbol.startswith("A/") and c.place for c in entry.citations)


def test_every_short_name_of_an_objective_is_short_and_in_six_languages() -> None:
    for objective in compact.objectives():
        assert set(objective.short_names) == set(LANGUAGES)
        assert all(len(objective.short(code)) <= 40 for code in LANGUAGES)


def test_every_round_table_says_in_six_languages_what_it_is_about() -> None:
    for table in compact.round_tables():
        assert set(table.subjects) == set(LANGUAGES)
        assert len({table.subject(code) for code in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(("code", "script"), [("ar", "؀-ۿ"), ("zh", "一-鿿"), ("ru", "Ѐ-ӿ")])
def test_a_name_is_written_in_the_letters_of_its_language(code: str, script: str) -> None:
    for entry in EVERYTHING:
        assert re.search(f"[{script}]", entry.name(code)), entry.name(code)


def test_no_name_stands_in_another_language_unchanged_by_oversight() -> None:
    for entry in (*compact.objectives(), *compact.recommendations()):
        names = [entry.name(code) for code in LANGUAGES]
        assert len(set(names)) == len(names)


def test_codes_are_unique() -> None:
    for codes in (
        [a.code for a in compact.actions()],
        [r.code for r in compact.recommendations()],
        [s.code for s in compact.stakeholders()],
    ):
        assert len(set(codes)) == len(codes)


def test_every_objective_is_at_exactly_one_round_table() -> None:
    seats = [number for table in compact.round_tables() for number in table.objectives]
    assert sorted(seats) == list(range(1, 24))
    for table in compact.round_tables():
        assert all(compact.objective(number).round_table == table.number for number in table.objectives)


def test_the_round_tables_hold_the_objectives_that_the_declaration_names() -> None:
    # A/RES/76/266, annex, headings before ¶24, 30, 37 and 45.
    assert [table.objectives for table in compact.round_tables()] == [
        (2, 5, 6, 12, 18),
        (4, 8, 9, 10, 11, 13, 21),
        (14, 15, 16, 19, 20, 22),
        (1, 3, 7, 17, 23),
    ]


def test_every_objective_is_in_exactly_one_thematic_area() -> None:
    assert sorted(n for area in compact.thematic_areas() for n in area.objectives) == list(range(1, 24))


def test_an_action_is_cited_by_the_paragraph_of_its_objective() -> None:
    assert str(compact.action("8e").citations[0]) == "A/RES/73/195, annex, ¶24(e)"
    assert [a.letter for a in compact.actions_of(22)] == ["a", "b", "c"]


def test_what_is_not_there_is_an_error_that_says_what_is() -> None:
    with pytest.raises(UnknownCodeError, match="1 to 23"):
        compact.objective(24)
    with pytest.raises(UnknownCodeError, match="8e"):
        compact.action("8z")
    with pytest.raises(UnknownCodeError):
        compact.objective(1).name("de")


def test_only_checked_names_are_official() -> None:
    for objective in compact.objectives():
        assert [code for code in LANGUAGES if objective.official(code)] == ["en", "zh"]
    assert not any(action.official_names for action in compact.actions())


def test_english_titles_are_those_of_the_transcription(data: Path) -> None:
    source = json.loads((data / "gcm-text" / "gcm_objectives_and_actions_long.json").read_text(encoding="utf-8"))
    for entry in source:
        assert compact.objective(entry["objective"]).name("en") == entry["title"].strip()


def test_actions_are_those_of_the_transcription_in_words_of_our_own(data: Path) -> None:
    source = json.loads((data / "gcm-text" / "gcm_objectives_and_actions_long.json").read_text(encoding="utf-8"))
    texts = {f"{entry['objective']}{a['letter']}": a["text"] for entry in source for a in entry["actions"]}
    assert [a.code for a in compact.actions()] == list(texts)
    for action in compact.actions():
        assert len(action.name("en").split()) <= 8
        assert len(action.name("en")) < len(texts[action.code]) / 2


def test_chinese_titles_are_those_of_the_footnotes(texts: Path) -> None:
    declaration = re.sub(r"\s+", "", (texts / "A-RES-76-266.zh.txt").read_text(encoding="utf-8"))
    for objective in compact.objectives():
        assert f"目标{objective.number}：{objective.name('zh')}" in declaration


def test_chinese_principles_and_headings_are_those_of_the_texts(texts: Path) -> None:
    declaration = re.sub(r"\s+", "", (texts / "A-RES-76-266.zh.txt").read_text(encoding="utf-8"))
    listed = "以下一套贯穿各领域和相互依存的指导原则："
    sentence = declaration[declaration.index(listed) + len(listed) :].split("。")[0].replace("和全社会", "、全社会")
    assert sentence.split("、") == [p.name("zh") for p in compact.principles()]
    for table in compact.round_tables():
        numbers = "、".join(map(str, table.objectives[:-1]))
        assert f"{table.name('zh')}(目标{numbers}和{table.objectives[-1]})" in declaration
    report = (texts / "A-79-590.zh.txt").read_text(encoding="utf-8")
    for area in compact.thematic_areas():
        assert f"{area.code}. {area.name('zh')}\n" in report


def test_recommendations_stand_in_the_annex_under_their_letters(texts: Path) -> None:
    annex = (texts / "A-79-590.zh.txt").read_text(encoding="utf-8").split("\n附件\n")[-1]
    parts = re.split(r"\n(?=[1-5]\. )", annex)[1:]
    found = [f"{part[0]}{letter}" for part in parts for letter in re.findall(r"\(([a-m])\) ", part)]
    assert found == [r.code for r in compact.recommendations()]
