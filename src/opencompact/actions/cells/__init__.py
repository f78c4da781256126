"""A field as the text of one cell, and back: `decode(field, encode(field, value)) == value` for every value of a field.

    list of codes    KEN; MEX                       also commas and new lines
    lines            one a line
    records          2025-06-30 | done | It opened  one a line; `\\|`, `\\n` and `\\\\` stand for |, a new line and \\
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from opencompact.actions import words
from opencompact.actions.cells.records import decode_milestones, decode_passages, decode_updates, iso, joined
from opencompact.actions.cells.several import (
    decode_areas,
    decode_choices,
    decode_goals,
    decode_letters,
    decode_lines,
    decode_links,
    decode_objectives,
    decode_principles,
    decode_provisions,
)
from opencompact.actions.cells.single import (
    CellFault,
    chosen,
    clean,
    decode_choice,
    decode_day,
    decode_indicator,
    decode_language,
    decode_line,
    decode_number,
    decode_recommendation,
    decode_text,
    format_number,
)
from opencompact.actions.fields import Field, empty
from opencompact.language import said

__all__ = ["CellFault", "clean", "decode", "encode"]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(field: Field, text: str) -> Any:
    """The value of a cell; raises CellFault for one that cannot be."""
    text = clean(text)
    if not text:
        return empty(field.form)
    if found := _CONTROL.search(text):
        raise CellFault(
            said("The text holds a control character."),
            said("Remove it, or paste the text without its format."),
            repr(found[0]),
        )
    return _DECODERS[field.form](field, text)


def encode(field: Field, value: Any) -> str:
    """The text of a cell."""
    if value is None or value == "" or value == ():
        return ""
    encoder = _ENCODERS.get(field.form)
    return encoder(value) if encoder else str(value)


_DECODERS: dict[str, Callable[[Field, str], Any]] = {
    "line": decode_line,
    "text": decode_text,
    "day": decode_day,
    "number": decode_number,
    "choice": decode_choice,
    "choices": decode_choices,
    "lines": lambda field, text: decode_links(field, text) if field.name == "links" else decode_lines(field, text),
    "areas": decode_areas,
    "objectives": decode_objectives,
    "principles": decode_principles,
    "goals": decode_goals,
    "letters": decode_letters,
    "provisions": decode_provisions,
    "indicator": decode_indicator,
    "recommendation": decode_recommendation,
    "language": decode_language,
    "speaker": lambda field, text: chosen(words.speakers(), text),
    "updates": decode_updates,
    "milestones": decode_milestones,
    "passages": decode_passages,
}

_ENCODERS: dict[str, Callable[[Any], str]] = {
    "day": iso,
    "number": format_number,
    "choices": "; ".join,
    "lines": "\n".join,
    "areas": "; ".join,
    "letters": "; ".join,
    "objectives": lambda value: "; ".join(map(str, value)),
    "principles": lambda value: "; ".join(map(str, value)),
    "goals": lambda value: "; ".join(map(str, value)),
    "provisions": "\n".join,
    "updates": lambda value: "\n".join(joined(iso(u.day), u.stage, u.text, u.evidence, u.reference) for u in value),
    "milestones": lambda value: "\n".join(joined(iso(m.due), m.text, iso(m.reached)) for m in value),
    "passages": lambda value: "\n".join(joined(p.reference, p.text) for p in value),
}
