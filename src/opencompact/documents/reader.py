"""A file becomes a document: paragraphs with their notes and citations, and the furniture around them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from pathlib import Path

from opencompact.documents.assembly import Assembly, Piece, RawNote
from opencompact.documents.citations import citations_in
from opencompact.documents.front import Front, front_of
from opencompact.documents.grammar import Grammar, detect, grammar
from opencompact.documents.lines import is_wrapped, lines_of
from opencompact.documents.marks import (
    Mark,
    glued_marks,
    raised_in_headings,
    raised_marks,
    without_marks,
)
from opencompact.documents.mending import Mended, in_one_width, mend
from opencompact.documents.model import Document, Footnote, Furniture, Paragraph, Part, Section, Span, Trouble
from opencompact.documents.sources import Source, open_source
from opencompact.language import said


def read(path: Path) -> Document:
    """Reads a United Nations text: plain text, DOCX, HTML or PDF, in one of the six languages.

    Raises InputError where the file cannot be read or holds no text, InvalidDataError where it is in another language.
    What is wrong but can be lived with is in `troubles`.
    """
    return read_source(open_source(Path(path)))


def read_source(source: Source) -> Document:
    """Reads a text that is already open."""
    rules = grammar(detect(source.text, source.file.name))
    lines = lines_of(in_one_width(source.text), rules)
    wrapped = is_wrapped(lines, rules)
    assembly = Assembly(rules, lines, wrapped=wrapped)
    assembly.read()
    if not assembly.paragraphs:
        assembly = Assembly(rules, lines, wrapped=wrapped, in_front=False)
        assembly.read()
    front = front_of(assembly, source, rules)
    return _Finish(source, rules, assembly, front).document()


class _Finish:
    """From raw paragraphs to finished ones: lines mended, notes tied, citations found, spans counted."""

    def __init__(self, source: Source, rules: Grammar, assembly: Assembly, front: Front) -> None:
        self.source, self.rules, self.raw, self.front = source, rules, assembly, front
        self.texts = [self._mend(paragraph.pieces) for paragraph in assembly.paragraphs]
        titles = [(heading.first, heading.title) for heading in assembly.headings]
        marks = raised_marks(self.texts, assembly.notes) + raised_in_headings(titles, assembly.notes)
        if not marks:
            marks = glued_marks(self.texts, titles, assembly.notes)
        self.marks = self._settle(marks)
        self.spans = self._spans()
        self.titles = {
            heading.title: without_marks(heading.title, [note.mark for note in assembly.notes])
            for heading in assembly.headings
        }

    def document(self) -> Document:
        paragraphs = tuple(self._paragraph(index) for index in range(len(self.raw.paragraphs)))
        return Document(
            symbol=self.front.symbol,
            symbol_from=self.front.symbol_from,
            title=self.front.title,
            date=self.front.date,
            date_from=self.front.date_from,
            language=self.rules.code,
            kind=self.front.kind,
            parts=self._parts(paragraphs),
            paragraphs=paragraphs,
            furniture=self._furniture(),
            source=self.source.as_dict(),
            troubles=self._troubles(),
            session=self.front.session,
            agenda_items=self.front.agenda_items,
            text=self.source.text,
        )

    def _mend(self, pieces: list[Piece]) -> Mended:
        return mend(
            [(piece.line.start + piece.skip, piece.line.text[piece.skip :]) for piece in pieces],
            without_space=self.rules.joins_without_space,
        )

    def _settle(self, marks: list[Mark]) -> dict[int, list[Mark]]:
        """The marks of each paragraph; a note without any is given to the paragraph in hand where it stands."""
        found: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            found[min(mark.paragraph, len(self.texts) - 1)].append(mark)
        marked = {mark.note for mark in marks}
        self._unmarked = [note for note in range(len(self.raw.notes)) if note not in marked]
        for note in self._unmarked:
            after = self.raw.notes[note].after
            if after >= 0 and not self.raw.notes[note].mark.startswith("*"):
                found[after].append(Mark(note, after, None))
        return found

    def _paragraph(self, index: int) -> Paragraph:
        raw = self.raw.paragraphs[index]
        marks = sorted(self.marks.get(index, ()), key=lambda mark: mark.span or (-1, -1))
        cut = [mark.span for mark in marks if mark.span]
        text = self.texts[index].without(cut)
        own = f"{self.front.symbol}#{raw.place}"
        return Paragraph(
            id=own,
            number=raw.number,
            kind=raw.kind,
            part=raw.part,
            sections=tuple(self.titles.get(title, title) for title in raw.sections),
            text=text.text,
            offsets=self.spans["paragraph", index],
            footnotes=tuple(self._note(mark, self.texts[index], text) for mark in marks),
            citations=citations_in(text.text, self.rules, self.front.symbol),
        )

    def _note(self, mark: Mark, before: Mended, after: Mended) -> Footnote:
        raw = self.raw.notes[mark.note]
        text = self._mend(raw.pieces).text
        at = None
        if mark.span:
            at = bisect_right(after.origins, before.origins[mark.span[0]] - 1)
        return Footnote(
            mark=raw.mark.lstrip("^"),
            text=text,
            offsets=self.spans["note", mark.note],
            at=at,
            citations=citations_in(text, self.rules, self.front.symbol),
            mended=raw.mended,
        )

    def _spans(self) -> dict[tuple[str, int], tuple[Span, ...]]:
        """Who owns which stretch of the source; blank lines belong to what stands before them."""
        starts: list[tuple[int, tuple[str, int]]] = []
        for index, paragraph in enumerate(self.raw.paragraphs):
            starts += [(piece.line.start, ("paragraph", index)) for piece in paragraph.pieces]
        for index, note in enumerate(self.raw.notes):
            starts += [(piece.line.start, ("note", index)) for piece in note.pieces]
        starts += [(line.start, ("furniture", index)) for index, (_, line) in enumerate(self.raw.furniture)]
        starts.sort()
        found: dict[tuple[str, int], list[Span]] = defaultdict(list)
        ends = [start for start, _ in starts[1:]] + [len(self.source.text)]
        for position, ((start, owner), end) in enumerate(zip(starts, ends, strict=True)):
            begin = 0 if position == 0 else start
            own = found[owner]
            if own and own[-1][1] == begin:
                own[-1] = (own[-1][0], end)
            else:
                own.append((begin, end))
        return {owner: tuple(spans) for owner, spans in found.items()}

    def _furniture(self) -> tuple[Furniture, ...]:
        pieces = [
            Furniture(self.front.kinds.get(line.start, kind), line.words, span)
            for index, (kind, line) in enumerate(self.raw.furniture)
            for span in self.spans["furniture", index]
        ]
        tied = {mark.note for marks in self.marks.values() for mark in marks}
        pieces += [
            Furniture("note", self._mend(note.pieces).text, span)
            for index, note in enumerate(self.raw.notes)
            if index not in tied
            for span in self.spans["note", index]
        ]
        return tuple(sorted(pieces, key=lambda piece: piece.offsets))

    def _parts(self, paragraphs: tuple[Paragraph, ...]) -> tuple[Part, ...]:
        found = []
        for part in self.raw.parts:
            own = [paragraph for paragraph in paragraphs if paragraph.part == part.id]
            if not own and part.kind in {"front", "main"}:
                continue
            found.append(Part(part.id, part.kind, part.title, self._sections(part.id, paragraphs), len(own)))
        return tuple(found)

    def _sections(self, part: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Section, ...]:
        found = []
        headings = self.raw.headings
        for position, heading in enumerate(headings):
            if heading.part != part:
                continue
            end = next(
                (later.first for later in headings[position + 1 :] if later.level <= heading.level), len(paragraphs)
            )
            own = [entry for entry in paragraphs[heading.first : end] if entry.part == part]
            first, last = (own[0].id, own[-1].id) if own else (None, None)
            found.append(Section(self.titles[heading.title], heading.level, first, last))
        return tuple(found)

    def _troubles(self) -> tuple[Trouble, ...]:
        found = [*self.source.troubles, *self.raw.troubles]
        if not any(paragraph.kind == "paragraph" for paragraph in self.raw.paragraphs):
            found.append(
                Trouble(
                    "no-numbered-paragraphs",
                    said("No numbered paragraph was found: is this the right document?"),
                    partial=False,
                )
            )
        elif self._cut_short():
            found.append(
                Trouble(
                    "cut-short",
                    said("The text ends in the middle of a sentence: the file may be cut short."),
                    partial=True,
                )
            )
        for note in self._unmarked:
            mark = self.raw.notes[note].mark
            if not mark.startswith("*"):
                found.append(
                    Trouble(
                        "note-without-mark", said("Footnote {mark} has no mark in the text.", mark=mark), partial=False
                    )
                )
        found += _missing_notes(self.raw.notes)
        return tuple(found)

    def _cut_short(self) -> bool:
        from opencompact.documents.lines import complete

        last = self.texts[-1].text if self.texts else ""
        return bool(last) and not complete(last, self.rules)


def _missing_notes(notes: list[RawNote]) -> list[Trouble]:
    numbers = [int(note.mark) for note in notes if note.mark.isdecimal()]
    missing = [number for number in range(1, max(numbers, default=0)) if number not in numbers]
    if not missing:
        return []
    return [
        Trouble(
            "notes-missing", said("Footnotes not found: {missing}.", missing=", ".join(map(str, missing))), partial=True
        )
    ]
