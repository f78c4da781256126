"""What stands before the text: symbol, title, date, session, agenda items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from opencompact.documents.assembly import Assembly
from opencompact.documents.grammar import Grammar
from opencompact.documents.lines import Line
from opencompact.documents.sources import Source
from opencompact.documents.texts import Text, known_texts

_SYMBOL = re.compile(
    r"(?<![\w/])(?P<symbol>[AES](?:/[A-Z][A-Z0-9.]*)*/\d{1,3}(?:/[A-Z]*\.?\d+)*(?:/(?:Add|Rev|Corr)\.\d+)*)(?![\w/])"
)
_FILE_SYMBOL = re.compile(r"^(?P<symbol>[AES]-(?:[A-Z]+-)*\d{1,3}(?:-(?:L\.)?\d+)*)(?=[._ -]|$)", re.I)


@dataclass(frozen=True)
class Front:
    """What the front matter tells; `kinds` are finer kinds of furniture for the lines that begin there."""

    symbol: str
    symbol_from: str
    title: str
    date: str | None
    date_from: str | None
    kind: str
    session: str | None = None
    agenda_items: tuple[str, ...] = ()
    kinds: dict[int, str] = field(default_factory=dict)


def front_of(assembly: Assembly, source: Source, rules: Grammar) -> Front:
    """Reads the front matter; what the text does not tell comes from the list of texts that are known, or the file."""
    lines = _front_lines(assembly)
    words = "\n".join(line.words for line in lines)
    title_lines, kind = _title(lines, assembly, rules)
    joint = "" if rules.joins_without_space else " "
    title = joint.join(line.words for line in title_lines).rstrip("* ")
    resolution = rules.pattern("front", "resolution_title").match(title)
    number = resolution["number"] if resolution else None
    title = resolution["title"].strip() if resolution else title
    if not title:
        title, kind = source.title or source.file.stem, "text"
    matter = "\n".join(line.words for line in assembly.front)
    session = rules.pattern("front", "session").search(matter)
    agenda = rules.pattern("front", "agenda").search(matter)
    symbol, symbol_from = _symbol(number, words, title, assembly, source, rules)
    date, date_from = _date(words, symbol, source.text, rules)
    return Front(
        symbol=symbol,
        symbol_from=symbol_from,
        title=title,
        date=date,
        date_from=date_from,
        kind="resolution" if symbol.startswith("A/RES/") else kind,
        session=session.group().strip() if session else None,
        agenda_items=tuple(re.findall(r"\d+(?:\s*\([a-z]\))?", agenda["items"])) if agenda else (),
        kinds={line.start: "title" for line in title_lines},
    )


def _front_lines(assembly: Assembly) -> list[Line]:
    """What stands before the first numbered paragraph."""
    numbered = (paragraph for paragraph in assembly.paragraphs if paragraph.kind == "paragraph")
    before = next((paragraph.pieces[0].line.start for paragraph in numbered), None)
    return [line for line in assembly.lines if before is None or line.start < before]


def _title(lines: list[Line], assembly: Assembly, rules: Grammar) -> tuple[list[Line], str]:
    pattern = rules.pattern
    for index, line in enumerate(lines):
        if pattern("front", "resolution_title").match(line.words):
            return [line, *_rest_of_title(lines[index + 1 :], line, assembly)], "resolution"
    named = [line for line in lines if line.furniture is None and not _is_formal(line, rules)]
    for line in lines:
        if pattern("front", "author").match(line.words):
            before = [entry for entry in named if entry.start < line.start]
            return before[-1:] or [line], "report"
    adopted = [line for line in lines if pattern("front", "adopted").search(line.words)]
    if adopted:
        return [entry for entry in named if entry.start < adopted[0].start][-1:], "resolution"
    in_front = [line for line in named if line in assembly.front]
    return in_front[:1], "text"


def _rest_of_title(lines: list[Line], first: Line, assembly: Assembly) -> list[Line]:
    rest = []
    for line in lines:
        if line not in assembly.front or line.indent or not line.words or len(first.words) < 25:
            break
        rest.append(line)
    return rest


def _is_formal(line: Line, rules: Grammar) -> bool:
    formal = ("session", "agenda", "plain_meta", "meeting", "date_line", "distribution", "author")
    return any(rules.pattern("front", name).search(line.words) for name in formal) or bool(
        _SYMBOL.fullmatch(line.words)
    )


def _symbol(
    number: str | None, words: str, title: str, assembly: Assembly, source: Source, rules: Grammar
) -> tuple[str, str]:
    if number:
        return f"A/RES/{number}", "title"
    if adopted := rules.pattern("front", "adopted").search(words):
        return f"A/RES/{adopted['number']}", "text"
    heads = [line.words for kind, line in assembly.furniture if kind == "running-head"]
    for head in [*heads, *(line.words for line in assembly.front)]:
        if (match := _SYMBOL.search(head)) and match.start() < 12:
            return match["symbol"], "text"
    if known := _known(words, title):
        return known.symbol, "list of known texts"
    if match := _FILE_SYMBOL.match(source.file.name):
        return match["symbol"].upper().replace("-", "/"), "file name"
    return _plain_name(source.file), "file name"


def _known(words: str, title: str) -> Text | None:
    def bare(text: str) -> str:
        return re.sub(r"[\W_]+", "", text)

    front = bare(words)
    for text in known_texts():
        if any(bare(name) == bare(title) for name in text.titles) and (not text.session or bare(text.session) in front):
            return text
    return None


def _plain_name(file: Path) -> str:
    return re.sub(r"[^\w/.-]+", "-", file.stem).strip("-") or "document"


def _date(words: str, symbol: str, text: str, rules: Grammar) -> tuple[str | None, str | None]:
    for name, source in (("adopted", "adoption"), ("reissued", "reissue"), ("date_line", "date line")):
        matches = (rules.pattern("front", name).search(line) for line in words.splitlines())
        if match := next(filter(None, matches), None):
            return iso_date(match["date"], rules), source
    if known := next((entry for entry in known_texts() if entry.symbol == symbol and entry.date), None):
        return known.date, "list of known texts"
    newest = newest_date(text, rules)
    return newest, "newest date in the text" if newest else None


def iso_date(written: str, rules: Grammar) -> str | None:
    """2022 年 6 月 7 日 → 2022-06-07; a month → 2022-06; None for what is no date."""
    for name in ("day", "day_first", "month"):
        if match := rules.pattern("dates", name).search(written):
            parts = match.groupdict()
            month = month_number(parts["month"], rules)
            if month is None:
                continue
            day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
            return f"{int(parts['year']):04d}-{month:02d}{day}"
    return None


def month_number(written: str, rules: Grammar) -> int | None:
    if written.isdecimal():
        return int(written) if 1 <= int(written) <= 12 else None
    months: list[str] = rules.tables["dates"].get("months", [])
    folded = written.lower()
    return next((index for index, name in enumerate(months, start=1) if folded in name.split("|")), None)


def newest_date(text: str, rules: Grammar) -> str | None:
    """The newest month that a text names and that is not in the future tense of a plan: the month it was written after."""
    found = {
        iso
        for name in ("day", "day_first", "month")
        for match in rules.pattern("dates", name).finditer(text)
        if (iso := iso_date(match.group(), rules))
    }
    return max((iso[:7] for iso in found), default=None)
