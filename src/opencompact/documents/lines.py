"""The lines of a source, and what each one is by itself: furniture, a label, or text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from opencompact.documents.grammar import Grammar
from opencompact.documents.sources.source import PAGE_BREAK

_LINE = re.compile(r"[^\n\r\f]*(?:\r\n|\n|\r|\f|\Z)")
_BOLD_TAIL = re.compile(r"^(?P<before>.*?\S)\s*\*\*(?P<bold>[^*]+)\*\*\s*$")
_RULE = re.compile(r"^\s*[_＿—–-]{5,}\s*$")
_ORNAMENT = re.compile(r"^\s*[-*•·–—=~#|]+\s*$")
_LINK = re.compile(r"^\s*https?://\S+\s*$")
_PAGE = re.compile(
    r"^\s*(?:[-–—]?\s*\d{1,4}\s*[-–—]?|\d{1,4}\s*/\s*\d{1,4}|(?:page|página|стр\.?|第)\s*\d{1,4}\s*(?:页|/\s*\d+)?)\s*$",
    re.I,
)
_JOB = re.compile(
    r"^\s*(?:\d+/\d+\s+)?\d{2}-\d{5}\s*(?:\*+)?\s*(?:\([A-Z]\))?(?:\s+\d{1,4}\s*/\s*\d{1,4})?(?:\s*\(?[A-Z]\)?)?\s*$"
)
_BARCODE = re.compile(r"^\s*\*\d{6,8}\*\s*$|^\s*\d{6}(?:\s+\d{6})*\s*$")
_HEAD = re.compile(r"^\s*(?:\d{1,4}(?:/\d{1,4})?\s*)?[AESTC](?:/[A-Z0-9.]+)*/\d{1,3}(?:/[\w.]+)*(?=\s|$)")
_NARROWEST, _FEWEST_CUT, _SHARE_CUT = 16, 5, 0.02
SPACES_BEFORE = re.compile(r"^[ \t\u3000\u00a0]*")


@dataclass(frozen=True)
class Line:
    """A line of the source: its span, newline included; its words; how far it is set in; what it follows.

    `furniture` names what it is where that can be said of the line alone; `page_starts` is true for the first line of a
    page, `after_blank` for one that follows a blank line, `cut` for one that goes on where a copy of fixed width broke the
    line before, `after_full` for one that stands right under a line of that width.
    """

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool
    page_starts: bool
    furniture: str | None = None
    bold: bool = False
    cut: bool = False
    after_full: bool = False

    @property
    def words(self) -> str:
        return self.text.strip()

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def lines_of(text: str, grammar: Grammar) -> list[Line]:
    """Every line of the source, in order; together they are the source."""
    lines = _cut_at_a_width(_split(text), grammar)
    heads = _running_heads(lines)
    lines = [replace(line, furniture=_furniture(line, heads)) for line in lines]
    return _turn_pages(lines) if _double_spaced(lines) else lines


def _cut_at_a_width(lines: list[Line], grammar: Grammar) -> list[Line]:
    """Marks what a copy of fixed width broke off: no line is longer than that width, and many are just as long.

    Such a line goes on with the one before, whatever it looks like: the rest of a note that begins with a number, a link,
    a year alone. Where the line before ends a sentence nothing is sure, and the line is read like any other.
    """
    text = [line for line in lines if not line.blank]
    width = max((len(line.text) for line in text), default=0)
    full = sum(len(line.text) == width for line in text)
    if width < _NARROWEST or full < max(_FEWEST_CUT, _SHARE_CUT * len(text)):
        return lines
    made = lines[:1]
    for above, line in pairwise(lines):
        under = len(above.text) == width and not line.blank
        made.append(replace(line, cut=under and not complete(above.words, grammar), after_full=under))
    return made


def is_wrapped(lines: list[Line], grammar: Grammar) -> bool:
    """True where paragraphs run over several lines: many lines then end in the middle of a sentence."""
    text = [line for line in lines if not line.blank and line.furniture is None]
    if len(text) < 8:
        return any(not complete(line.words, grammar) for line in text[:-1] if len(line.words) > 30)
    open_ended = sum(not complete(line.words, grammar) for line in text if len(line.words) > 15)
    return open_ended > 0.3 * len(text)


def complete(words: str, grammar: Grammar) -> bool:
    """True where a paragraph may end with these words: a full stop, maybe a closing mark and a footnote's number."""
    bare = re.sub(r"(?:[⁰¹²³⁴-⁹]+|\^[a-z]|(?<=[.。!?！？;；:：”\")）])\d{1,3})\s*$", "", words.rstrip())
    bare = bare.rstrip(" \"'”’)）」』»*")
    return bool(bare) and bare[-1] in grammar.terminal


def _split(text: str) -> list[Line]:
    lines: list[Line] = []
    blank, page = False, False
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            continue
        words = match.group().rstrip("\n\r\f")
        if (bold := _BOLD_TAIL.match(words)) and not bold["before"].lstrip().startswith("*"):
            middle = match.start() + bold.end("before")
            lines.append(_line(match.start(), middle, words[: bold.end("before")], blank, page))
            lines.append(replace(_line(middle, match.end(), bold["bold"], False, False), bold=True))
        else:
            lines.append(_line(match.start(), match.end(), words, blank, page))
        blank = not words.strip()
        page = match.group().endswith(PAGE_BREAK) or (page and blank)
    return lines


def _line(start: int, end: int, words: str, after_blank: bool, page_starts: bool) -> Line:
    indent = SPACES_BEFORE.match(words)
    return Line(start, end, words, len(indent.group()) if indent else 0, after_blank, page_starts)


def _furniture(line: Line, heads: frozenset[str]) -> str | None:
    words = line.words
    if not words or line.cut:
        return None
    for kind, pattern in (
        ("rule", _RULE),
        ("link", _LINK),
        ("job-number", _JOB),
        ("barcode", _BARCODE),
        ("page-number", _PAGE),
        ("ornament", _ORNAMENT),
    ):
        if pattern.match(words):
            return kind
    return "running-head" if words in heads or _bare(words) in heads else None


def _running_heads(lines: list[Line]) -> frozenset[str]:
    """Lines that begin with a document's symbol and are short, and words that come back at the edges of pages."""
    heads = {
        line.words
        for line in lines
        if _HEAD.match(line.words) and len(line.words) < 80 and line.words[-1] not in "。.;；"
    }
    edges = Counter(
        _bare(line.words)
        for index, line in enumerate(lines)
        if line.words and (line.page_starts or (index + 1 < len(lines) and lines[index + 1].page_starts))
    )
    return frozenset(heads | {words for words, times in edges.items() if times >= 3 and len(words) > 3})


def _bare(words: str) -> str:
    return re.sub(r"^\s*\d{1,4}(?:/\d{1,4})?\s+|\s+\d{1,4}(?:/\d{1,4})?\s*$", "", words.strip())


def _double_spaced(lines: list[Line]) -> bool:
    """True for text taken from a PDF with a blank line after every line: a line without one before it starts a page."""
    text = [line for line in lines[1:] if line.words and line.furniture is None]
    whole = [line for line in text if not line.after_full]
    lone = sum(not line.after_blank for line in whole)
    length = sum(len(line.words) for line in text) / max(len(whole), 1)
    return len(whole) > 20 and 0 < lone < 0.25 * len(whole) and length < 90


def _turn_pages(lines: list[Line]) -> list[Line]:
    return [
        replace(line, page_starts=True)
        if index
        and line.words
        and not (line.after_blank or line.bold or line.after_full or line.furniture)
        and line.indent
        else line
        for index, line in enumerate(lines)
    ]
