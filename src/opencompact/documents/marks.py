"""Footnotes are tied to their marks: raised digits, letters after ^, or digits glued to a word, as copies write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opencompact.documents.assembly import RawNote
from opencompact.documents.mending import Mended

_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+|\^[a-z](?![a-z])")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# A number that is glued to the word before it and is followed by a space, a stop or another word, is a mark …
_GLUED = re.compile(
    r"(?<=[^\s\d/(（《“‘第\-–—%])(?<!\d[.,])(?P<mark>\d{1,3})(?=\s|$|[，。；：、）)》”,.;:]|[\u4e00-\u9fff])"
)
# … unless what follows makes it a quantity, a date or a reference.
_QUANTITY = re.compile(r"\s*(?:[年月日号段条届次届名人个亿万千百%％℃种起项级岁第世周]|美元|/)")
_AFTER_STOP = '。，；：、》”）)」.,;:»"'


@dataclass(frozen=True)
class Mark:
    """A mark in the text of paragraph number `paragraph`, or in the heading before it (`span` is None)."""

    note: int
    paragraph: int
    span: tuple[int, int] | None


def raised_marks(texts: Sequence[Mended], notes: Sequence[RawNote], first: int = 0) -> list[Mark]:
    """Marks written with raised digits or a letter after ^."""
    found = []
    for paragraph, mended in enumerate(texts):
        for match in _RAISED.finditer(mended.text):
            written = match.group().translate(_PLAIN)
            note = _note_of(written, paragraph, notes)
            if note is not None:
                found.append(Mark(note, paragraph, match.span()))
    return found


def _note_of(written: str, paragraph: int, notes: Sequence[RawNote]) -> int | None:
    """The note of that mark; where marks come again (a, b, … in each box), the one that stands nearest after."""
    same = [index for index, note in enumerate(notes) if note.mark == written]
    if not same:
        return None
    return min(same, key=lambda index: (notes[index].after < paragraph - 12, abs(notes[index].after - paragraph)))


def glued_marks(texts: Sequence[Mended], headings: Sequence[tuple[int, str]], notes: Sequence[RawNote]) -> list[Mark]:
    """Marks that are plain digits: each note's mark is looked for after the mark of the note before it.

    `headings` are (index of the paragraph after it, title). A note's number may come back later, after a full stop.
    """
    found: list[Mark] = []
    at = (0, 0)
    for index, note in enumerate(notes):
        if not note.mark.isdecimal() or any(mark.note == index for mark in found):
            continue
        mark = _first_mark(note, index, texts, headings, at)
        if mark is not None:
            found.append(mark)
            at = (mark.paragraph, mark.span[1] if mark.span else 0)
    return found + list(_repeated(texts, notes, found))


def _first_mark(
    note: RawNote, index: int, texts: Sequence[Mended], headings: Sequence[tuple[int, str]], at: tuple[int, int]
) -> Mark | None:
    candidates: list[tuple[int, Mark]] = []
    for paragraph in range(at[0], min(note.after + 1, len(texts) - 1) + 1):
        if any(first == paragraph and _ends_with(title, note.mark) for first, title in headings):
            candidates.append((0, Mark(index, paragraph, None)))
        begin = at[1] if paragraph == at[0] else 0
        for match in _marks_in(texts[paragraph].text, note.mark):
            if match.start() >= begin:
                strong = texts[paragraph].text[match.start() - 1] in _AFTER_STOP
                candidates.append((0 if strong else 1, Mark(index, paragraph, match.span())))
        if candidates and candidates[-1][0] == 0:
            break
    return min(candidates, key=lambda entry: entry[0])[1] if candidates else None


def _marks_in(text: str, mark: str) -> Iterator[re.Match[str]]:
    for match in _GLUED.finditer(text):
        if match["mark"] == mark and not _QUANTITY.match(text, match.end()):
            yield match


def _ends_with(title: str, mark: str) -> bool:
    return re.search(rf"[^\s\d]{re.escape(mark)}\s*$", title) is not None


def _repeated(texts: Sequence[Mended], notes: Sequence[RawNote], found: Sequence[Mark]) -> Iterator[Mark]:
    by_mark = {note.mark: index for index, note in enumerate(notes) if note.mark.isdecimal()}
    taken = {(mark.paragraph, mark.span) for mark in found}
    first = {mark.note: mark.paragraph for mark in found}
    for paragraph, mended in enumerate(texts):
        for match in _GLUED.finditer(mended.text):
            note = by_mark.get(match["mark"])
            if note is None or (paragraph, match.span()) in taken or paragraph < first.get(note, len(texts)):
                continue
            if mended.text[match.start() - 1] in "。」.”" and not _QUANTITY.match(mended.text, match.end()):
                yield Mark(note, paragraph, match.span())


def raised_in_headings(headings: Sequence[tuple[int, str]], notes: Sequence[RawNote]) -> list[Mark]:
    found = []
    for first, title in headings:
        for match in _RAISED.finditer(title):
            note = _note_of(match.group().translate(_PLAIN), first, notes)
            if note is not None:
                found.append(Mark(note, first, None))
    return found


def without_marks(title: str, marks: Sequence[str]) -> str:
    """A heading without the mark at its end."""
    bare = _RAISED.sub("", title).rstrip("* ")
    for mark in marks:
        if _ends_with(bare, mark):
            bare = re.sub(rf"(?<=[^\s\d]){re.escape(mark)}\s*$", "", bare)
    return bare.strip()
