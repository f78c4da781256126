"""Text comes out as it went in, or the refusal says where it stops being UTF-8 and what it seems to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencompact.errors import InputError
from opencompact.tables import decode, read_table

HEADING = "area,name,value\n"
NAMES = {
    "windows-1256": "الجمهورية العربية السورية",
    "windows-1251": "Российская Федерация",
    "gb18030": "墨西哥合众国",
    "windows-1252": "Población",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    text = HEADING + "MEX,Mexico,1\n"
    assert decode(text.encode(encoding), "table.csv") == text


@pytest.mark.parametrize(("encoding", "name"), NAMES.items())
def test_another_encoding_is_refused_with_its_place_and_how_it_would_read(encoding: str, name: str) -> None:
    content = (HEADING + f"MEX,Mexico,1\nXXX,{name},2\n").encode(encoding)
    with pytest.raises(InputError) as caught:
        decode(content, "table.csv")
    error = caught.value
    assert (error.place.row, error.place.column, error.value) == (3, "name", name)
    assert encoding in error.problem
    assert "UTF-8" in str(error.remedy)


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\x01\x00\x00\x00", bytes(range(256)) * 20])
def test_binary_data_is_said_to_be_binary(content: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode(content, "table.csv")


def test_utf_16_cut_within_a_character_is_truncated() -> None:
    with pytest.raises(InputError, match="middle of a character"):
        decode((HEADING + "MEX,México,1\n").encode("utf-16")[:-1], "table.csv")


def test_a_comma_within_quotation_marks_does_not_shift_the_column(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes('area,name,value\n"Bolivia, Plurinational State of",Población,2\n'.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert caught.value.place.column == "name"
