"""Names and cells as people and systems really write them: handled or told, never a crash, every row accounted for."""

import csv
import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.cli.main import opencompact
from opencompact.cli.missing import missing
from opencompact.errors import InvalidDataError, OpenCompactError
from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.reading import read_records
from opencompact.missing.records.record import PersonName, Record
from opencompact.missing.records.statures import read_stature
from opencompact.missing.records.whereabouts import read_place

from .conftest import TODAY

HOSTILE = [
    "\u202eمحمد\u202c", "ﻣﺤﻤﺪ", "م\u200dحمد", "Моhаmеd", "😀", "😀 Ali", "a" * 10_000, "", " ", "\x00", "'; DROP", "-", "ʿAbd",
    "1445-13-40 AH", "2023-02-30", "190, 12", "12.5, 95", "0", "-3", "999", "about", "between and", "١٤٤٥", "nan", "\ufeff",
]  # fmt: skip
COLUMNS = [
    "id",
    "name",
    "given_name",
    "sex",
    "age",
    "birth_date",
    "found_date",
    "coordinates",
    "stature",
    "teeth",
    "scars",
    "consent",
]
cell = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))


@settings(max_examples=settings.default.max_examples // 2)
@given(st.lists(st.lists(cell, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=5))
def test_every_row_of_a_hostile_file_is_accounted_for(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "hostile.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *[[text.replace("\x00", "") for text in row] for row in rows]])
    try:
        reading = read_records(path)
    except OpenCompactError as error:
        assert error.remedy  # noqa: PT017  (either outcome is right: read, or refused with a remedy)
        return
    assert reading.rows == reading.kept + sum(line.rows for line in reading.set_aside)
    assert reading.kept == len(reading.records)
    assert all(line.reason and line.remedy for line in (*reading.set_aside, *reading.unread, *reading.findings))


@settings(max_examples=settings.default.max_examples // 4)
@given(st.lists(cell, min_size=1, max_size=4), st.lists(cell, min_size=1, max_size=4))
def test_hostile_names_are_compared_without_a_crash(one: list[str], other: list[str]) -> None:
    sides = [
        [Record(f"{side}{at}", "sought", names=(PersonName(text[:300]),)) for at, text in enumerate(texts)]
        for side, texts in (("a", one), ("b", other))
    ]
    search = Search(Register(sides[0], TODAY), Register(sides[1], TODAY), setting_of(*sides, TODAY))
    for group in search.candidates(2):
        for candidate in group:
            assert 0 <= candidate.probability <= 1
            json.dumps(candidate.ledger.ln_likelihood_ratio, allow_nan=False)


@pytest.mark.parametrize("text", ["190, 12", "12.5, 195"])
def test_swapped_coordinates_are_told_with_value_and_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "one.csv"
    path.write_text(f'id,name,coordinates\n1,Ali,"{text}"\n', encoding="utf-8")
    (line,) = read_records(path).unread
    assert (line.row, line.column, line.value) == (2, "coordinates", text)
    assert line.remedy


def _words_of_the_tables() -> list[str]:
    """Every word that the readers of sayings know, with numbers and signs between them."""

    def within(content: object) -> Iterator[str]:
        if isinstance(content, str):
            yield content
        elif isinstance(content, dict | list):
            for one in content.values() if isinstance(content, dict) else content:
                yield from within(one)
            yield from map(str, content if isinstance(content, dict) else ())

    folder = files("opencompact.missing.records")
    words = [
        tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in ("measures", "dates", "places")
    ]
    numbers = ["0", "3", "12", "25", "60", "171", "1.71", "2023", "1445", "20-25", "二十", "፳", "-", "/", ",", "±"]
    return [*dict.fromkeys(within(words)), *numbers * 20]


@settings(max_examples=settings.default.max_examples * 4)
@given(st.lists(st.sampled_from(_words_of_the_tables()), min_size=1, max_size=7), st.sampled_from([" ", "", ", "]))
def test_known_words_in_any_order_are_read_within_bounds_or_refused_with_a_remedy(
    words: list[str], between: str
) -> None:
    said = between.join(words)
    for read, lowest, highest in ((read_age, 0, 110), (read_stature, 25, 250)):
        try:
            found = read(said)
        except InvalidDataError as error:
            assert error.remedy  # noqa: PT017  (either outcome is right)
        else:
            assert found is None or lowest <= found.low <= found.high <= highest
    for time_or_place in (read_days, read_place):
        try:
            time_or_place(said)
        except InvalidDataError as error:
            assert error.remedy  # noqa: PT017


def test_a_part_of_a_name_without_a_letter_is_told_as_one_and_no_sign_turns_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("id,name\n1,\x1b]0;pwn\x07Ali\u202eHassan\n", encoding="utf-8")
    result = CliRunner().invoke(missing, ["check", str(path)])
    assert "A part of the name has no letter." in result.output
    assert not {"\x1b", "\x07", "\u202e"} & set(result.output)


def test_headings_of_candidates_are_in_the_language_asked_for(tmp_path: Path) -> None:
    for name in ("sought", "found"):
        (tmp_path / f"{name}.csv").write_text(f"id,name\n{name},Ali Hassan\n", encoding="utf-8")
    arguments = ["missing", "candidates", str(tmp_path / "sought.csv"), str(tmp_path / "found.csv")]
    for code, heading in (("ru", "искомая запись"), ("es", "registro buscado"), ("fr", "fiche recherchée")):
        assert heading in CliRunner(env={"COLUMNS": "160"}).invoke(opencompact, ["--language", code, *arguments]).output
