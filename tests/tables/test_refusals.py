"""What the operating system and a parser refuse is one sentence each, in the reader's language."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from opencompact.errors import InputError, OutputError
from opencompact.language import LANGUAGES, told
from opencompact.tables import write_text
from opencompact.tables.reading import read_table
from opencompact.tables.refusals import _JSON, _REASONS, broken_json, reason, reason_of, unreadable, unwritable


def test_an_absent_file_has_one_sentence_whoever_reads_it(tmp_path: Path) -> None:
    from opencompact.actions.reading import lines
    from opencompact.documents import read
    from opencompact.missing.kinship import stated_case
    from opencompact.missing.names.files import read_rows
    from opencompact.statistics import Workspace
    from opencompact.statistics.importing import import_file
    from opencompact.statistics.sdmx.mapping import read_mapping

    Workspace.create(tmp_path / "w")
    absent = tmp_path / "absent.csv"
    readers = (
        read_table,
        read,
        stated_case,
        read_mapping,
        lambda path: list(lines(path)),
        lambda path: read_rows(path, ["id", "name"]),
        lambda path: import_file(tmp_path / "w", path),
    )
    for reader in readers:
        with pytest.raises(InputError) as caught:
            reader(absent)
        assert (caught.value.problem, caught.value.remedy) == (
            "There is no such file.",
            "Check the name and the folder.",
        )


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_reason_of_the_system_has_words_in_every_language(code: str) -> None:
    for number in _REASONS:
        words = reason_of(number)
        assert told(words, code) != str(words)
    for words in _JSON.values():
        assert told(words, code) != words


def test_a_number_that_is_not_in_the_list_is_named_and_an_error_without_a_number_keeps_its_words() -> None:
    assert reason_of(errno.EXDEV) == "the system reports EXDEV"
    assert told(reason_of(errno.EXDEV), "fr") == "le système signale EXDEV"
    assert reason(OSError("the archive is cut short")) == "the archive is cut short"


def test_an_error_is_told_whole_in_another_language() -> None:
    denied = unreadable("t.csv", PermissionError(errno.EACCES, "Permission denied", "t.csv"))
    assert told(denied.sentence, "fr") == (
        "t.csv\u00a0: Le fichier ne peut pas être lu\u00a0: l’accès est refusé. Vérifiez son nom, et que vous pouvez le lire."
    )


def test_a_file_in_the_place_of_a_folder_is_said_and_space_is_not_blamed(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n1\n")
    with pytest.raises(OutputError, match="a file stands where a folder is wanted") as caught:
        write_text(tmp_path / "t.csv" / "manifest.json", "{}")
    assert caught.value.remedy == "Choose a folder that you may write to."


def test_a_full_disk_asks_for_space() -> None:
    full = unwritable("out.csv", OSError(errno.ENOSPC, "No space left on device"))
    assert str(full) == (
        "out.csv: The file cannot be written: no space is left on the device. Free space there, or choose another folder."
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "a value is missing"),
        ('{"a": 1,}', "a name in double quotation marks is missing"),
        ('{"a": 1 "b"}', "a comma is missing"),
        ('{"a" 1}', "a colon is missing"),
        ("[] []", "something follows after its end"),
        ('"a', "a quotation mark is not closed"),
        ('"a\n"', "a text holds a line break or another control character"),
        (r'"\q"', "a backslash stands before a character that it cannot mark"),
    ],
)
def test_what_is_wrong_with_a_json_is_said_in_words(text: str, wrong: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    assert broken_json(caught.value) == wrong


def test_a_broken_case_names_its_line_and_column(tmp_path: Path) -> None:
    from opencompact.missing.kinship import read_case

    (tmp_path / "case.json").write_text('{\n "id": ,\n}')
    with pytest.raises(InputError, match="a value is missing") as caught:
        read_case(tmp_path / "case.json")
    assert (caught.value.place.row, caught.value.place.column) == (2, "8")
    assert "opencompact manual kinship-case" in str(caught.value.remedy)
