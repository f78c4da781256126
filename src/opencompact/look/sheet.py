"""A sheet: a page or a few that go into a file, as PDF, or as one HTML file that needs neither script nor network.

A sheet has no cover and no contents (docs/decisions/0014). It is made of the blocks of a publication that a page of words and tables
needs. Names in any script are shown with the fonts of the package; what none of them has is told in words (`look.letters`).
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from markupsafe import Markup

from opencompact.errors import InputError
from opencompact.language import LANGUAGES, translator
from opencompact.look.blocks import BulletList, Callout, Cell, Heading, Paragraph, Span, Table, as_cell
from opencompact.look.letters import breakable, harmless, lacking, legible
from opencompact.look.outline import shares
from opencompact.look.tokens import families, tokens
from opencompact.look.typesetting import as_pdf
from opencompact.look.words import whole
from opencompact.tables import replace_atomically

SheetBlock: TypeAlias = Paragraph | Heading | Table | BulletList | Callout
SUFFIXES = (".pdf", ".html")
ANY = "und"
"""The language of words that a record says: none that is known. They run from the side of their own letters."""
_NOT_SHOWN = ("href", "anchor", "language", "date")
_SHORT_ROW, _SHORT_LINES = 700, 16
"""Letters, and lines, up to which the cells of a row stay on one page."""
_WIDEST = 60
"""Letters of a cell that count for the width of its column."""


@dataclass(frozen=True)
class Sheet:
    """A sheet in one language. `running` stands at the foot of every page (synthetic, confidential); `date` is ISO 8601."""

    language: str
    title: str
    blocks: tuple[SheetBlock, ...]
    subtitle: str = ""
    running: str = ""
    synthetic: bool = False
    date: str = ""


def check_suffix(path: Path) -> None:
    """Raises InputError for a file that is to be neither PDF nor HTML."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            "A sheet is written as PDF or HTML.",
            file=path,
            value=path.suffix,
            remedy="Let its name end in .pdf or .html.",
        )


def write_sheet(sheet: Sheet, path: Path, mode: int = 0o600) -> Path:
    """Writes a sheet in the form that the file's name asks for, whole or not at all; a sheet is about people, so that its owner alone
    can read it unless `mode` says otherwise.

    Raises InputError for another form, OutputError where the file cannot be written.
    """
    check_suffix(path)
    content = typeset(sheet) if path.suffix.lower() == ".pdf" else as_html(sheet).encode()
    with replace_atomically(path, mode) as temporary:
        temporary.write_bytes(content)
    return path


def typeset(sheet: Sheet) -> bytes:
    """A sheet as the bytes of a PDF, the same bytes for the same sheet; tagged (PDF/UA-1)."""
    content = json.dumps(_content(sheet), ensure_ascii=False)
    return as_pdf(b'#import "sheet.typ": sheet\n#sheet', {"sheet": content}, sheet.date)


def as_html(sheet: Sheet) -> str:
    """A sheet as one HTML file: style within, and the letters that its reader may lack; no script, nothing fetched."""
    from opencompact.look.lettering import FAMILY, carried, rules
    from opencompact.look.site import rendered, stylesheet

    clean = _mapped(sheet, harmless)
    code = sheet.language
    return rendered(
        code,
        "sheet.html",
        sheet=clean,
        blocks=[(type(block).__name__.lower(), block) for block in clean.blocks],
        code=code,
        direction=LANGUAGES[code].direction,
        style=Markup(stylesheet(code)),
        faces=Markup(rules(carried(code, "\n".join(_texts(clean))))),
        families=Markup(", ".join(f'"{family}"' for family in families(code)) + f', sans-serif, "{FAMILY}"'),
        any=ANY,
        colour=tokens().colour["signal" if sheet.synthetic else "quiet"],
        foot=_foot(clean.running, LANGUAGES[code].direction),
    )


def _foot(running: str, direction: str) -> tuple[Markup, Markup]:
    """What stands at the foot of each printed page of an HTML sheet, at its left and at its right, as a string of CSS."""
    escaped = re.sub(r'[\\"<>&\n]', lambda sign: f"\\{ord(sign[0]):06x}", running)
    return (Markup(escaped), Markup("")) if direction == "ltr" else (Markup(""), Markup(escaped))


def _mapped(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """The sheet with every text changed."""

    def mapped(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, tuple):
            return tuple(mapped(one) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{name: mapped(held) for name, held in vars(value).items() if name not in _NOT_SHOWN}
            )
        return value

    changed: Sheet = mapped(sheet)
    return changed


def _content(sheet: Sheet) -> dict[str, Any]:
    """What the template reads."""
    shown = _mapped(sheet, lambda text: breakable(legible(harmless(text))))
    unread = _told_apart(sheet)
    code = sheet.language
    return {
        "language": code,
        "direction": LANGUAGES[code].direction,
        "families": list(families(code)),
        "leading": tokens().leading[code],
        "colour": tokens().colour,
        "title": shown.title,
        "subtitle": shown.subtitle,
        "running": shown.running,
        "synthetic": shown.synthetic,
        "date": _day(sheet.date),
        "blocks": [_block(block, code) for block in shown.blocks] + ([_block(unread, code)] if unread else []),
    }


def _told_apart(sheet: Sheet) -> Paragraph | None:
    """What the reader is told where a sign is given by its name."""
    if not any(lacking(text) for text in _texts(sheet)):
        return None
    _ = translator(sheet.language, "look")
    words = _(
        "Signs for which this page has no letters stand in square brackets, by their names in Unicode. The record has them."
    )
    return Paragraph((Span(words),), "note")


def _texts(value: Any) -> Iterator[str]:
    """Every text within a sheet."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        yield from _texts(tuple(held for name, held in vars(value).items() if name not in _NOT_SHOWN))


def _block(block: SheetBlock, code: str) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "role": block.role, "spans": _spans(block.spans)}
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Callout():
            return {"kind": "callout", "of": block.kind, "title": block.title, "spans": _spans(block.spans)}
        case BulletList():
            return {"kind": "list", "items": [_spans(item) for item in block.items]}
        case Table():
            return _table(block, code)


def _spans(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    return [_run(span.text, span.strong, span.language, span.href) for span in spans]


def _run(text: str, strong: bool, language: str | None, href: str | None) -> dict[str, Any]:
    """Words as the template takes them; those of a record isolated, from the side of their own letters (Unicode TR9, FSI … PDI)."""
    if language == ANY:
        text = "\n".join(f"\u2068{line}\u2069" for line in text.split("\n"))
    return {"text": text, "strong": strong, "href": href}


def _table(table: Table, code: str) -> dict[str, Any]:
    rows = [
        [
            _run(
                whole(cell.text, code) if column.kind == "number" else cell.text, cell.strong, cell.language, cell.href
            )
            for cell, column in zip(map(as_cell, row), table.columns, strict=True)
        ]
        for row in table.rows
    ]
    columns = zip(table.columns, shares(replace(table, rows=tuple(map(_clipped, table.rows)))), strict=True)
    return {
        "kind": "table",
        "columns": [
            {"title": column.title, "number": column.kind == "number", "share": share} for column, share in columns
        ],
        "rows": [{"cells": row, "whole": all(map(_is_short, row))} for row in rows],
        "caption": table.caption,
        "note": table.note,
    }


def _clipped(row: tuple[str | Cell, ...]) -> tuple[str | Cell, ...]:
    """As much of a row as decides how wide its columns are: a long text gets lines, not all of the width."""
    return tuple(as_cell(cell).text[:_WIDEST] for cell in row)


def _is_short(cell: dict[str, Any]) -> bool:
    return len(cell["text"]) <= _SHORT_ROW and cell["text"].count("\n") < _SHORT_LINES


def _day(date: str) -> dict[str, int] | None:
    day = datetime.date.fromisoformat(date) if date else None
    return {"year": day.year, "month": day.month, "day": day.day} if day else None
