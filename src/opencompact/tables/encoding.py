"""The text of a file, or in one sentence why it is none: which row, which column, and what the bytes seem to be.

Only UTF-8 and UTF-16 are read. Any other encoding would be a guess, and a wrong guess changes names without a sound; what
it probably is stands in the refusal, with the words as they would read, so that a person can tell.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable
from pathlib import Path

from opencompact.errors import InputError
from opencompact.language import said

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 1 << 16
_DELIMITERS = ",;\t|"


def decode(content: bytes, file: str | Path) -> str:
    """The text of a file in UTF-8, UTF-16 or UTF-32; anything else is refused with row, column and likely encoding."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None) or _unmarked(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise _refusal(content, problem.start, encoding, file) from None
    if "\x00" in text:
        raise _binary(file)
    return text


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark shows by a zero at every second byte of Latin text; all else must be UTF-8."""
    head = content[:200]
    if len(head) >= 4 and len(head) % 2 == 0 and b"\x00" in head:
        even, odd = head[::2], head[1::2]
        if odd.count(0) > 0.6 * len(odd) and not even.count(0):
            return "utf-16-le"
        if even.count(0) > 0.6 * len(even) and not odd.count(0):
            return "utf-16-be"
    return "utf-8"


def _binary(file: str | Path) -> InputError:
    return InputError(
        "The file holds binary data, not text.", file=file, rule="encoding", remedy="Give CSV, XLSX or Parquet."
    )


def _refusal(content: bytes, start: int, encoding: str, file: str | Path) -> InputError:
    if encoding.startswith("utf-16") or encoding == "utf-32":
        return InputError(
            "The text ends in the middle of a character.", file=file, rule="truncated", remedy="Write the file again."
        )
    if b"\x00" in content[:_SAMPLE]:
        return _binary(file)
    row = content.count(b"\n", 0, start) + 1
    column, cell = _cell(content, start)
    likely = likely_encoding(content[:_SAMPLE] if start < _SAMPLE else content[start - 2 : start + _SAMPLE])
    if likely is None:
        problem = said("The file is not UTF-8 text.")
    else:
        problem = said("The file is not UTF-8 text; it seems to be {encoding}.", encoding=likely)
    return InputError(
        problem,
        file=file,
        row=row,
        column=column,
        value=cell.decode(likely or "latin-1", errors="replace").strip(' "'),
        rule="encoding",
        remedy="Save it as 'CSV UTF-8' (in a spreadsheet: Save as, CSV UTF-8).",
    )


def _cell(content: bytes, start: int) -> tuple[str | None, bytes]:
    """Heading and bytes of the cell in which a byte stands; of prose, no heading and the line."""
    begin, end = content.rfind(b"\n", 0, start) + 1, content.find(b"\n", start)
    line = content[begin : end if end >= 0 else None].rstrip(b"\r")
    heading = content[: content.find(b"\n")].decode("utf-8", errors="replace").strip("\r")
    delimiter = max(_DELIMITERS, key=heading.count)
    if delimiter not in heading:
        return None, line[:60]
    try:
        before = next(csv.reader([line[: start - begin].decode("latin-1")], delimiter=delimiter), [""])
        cells = next(csv.reader([line.decode("latin-1")], delimiter=delimiter), [""])
        names = next(csv.reader([heading], delimiter=delimiter), [""])
    except csv.Error:
        return None, line[:60]
    index = max(len(before) - 1, 0)
    name = names[index].strip() if index < len(names) and "\ufffd" not in names[index] else ""
    return name or str(index + 1), cells[min(index, len(cells) - 1)].encode("latin-1")[:60]


def likely_encoding(sample: bytes) -> str | None:
    """The name of the encoding in which the bytes read best, among those of the six languages; None where none reads well.

    Judged by the letters: Arabic ones, Cyrillic ones that are small inside words, Chinese ones in runs, accented Latin ones
    beside plain ones.
    """
    for name, letters in (
        ("windows-1252", _latin),
        ("windows-1256", _arabic),
        ("windows-1251", _cyrillic),
        ("gb18030", _chinese),
    ):
        text = _decoded(sample, name)
        foreign = sum(character > "\x7f" for character in text or "")
        if text and foreign and letters(text) >= 0.9 * foreign:
            return name
    return None


def _decoded(sample: bytes, name: str) -> str | None:
    for end in range(4):  # a sample may end in the middle of a character
        try:
            return sample[: len(sample) - end].decode(name)
        except UnicodeDecodeError:
            continue
    return None


def _count(pattern: str) -> Callable[[str], int]:
    compiled = re.compile(pattern)
    return lambda text: sum(len(found[0]) for found in compiled.finditer(text))


_arabic = _count("(?<![A-Za-z])[\u0621-\u064a\u0671-\u06d3\u060c\u061b\u061f]+(?![A-Za-z])")
_cyrillic = _count("(?<![а-яёА-ЯЁA-Za-z])[А-ЯЁ]?[а-яё]+(?![A-Za-z])|[«»—№]")
_chinese = _count("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{2,}")
_latin = _count("(?<=[A-Za-z])[À-ÖØ-öø-ÿŒœ]{1,2}|[À-ÖØ-öø-ÿŒœ]{1,2}(?=[A-Za-z])|[’‘“”–—«»°€£¿¡ºª]")
