"""A field as the text of one cell, and back: `decode(field, encode(field, value)) == value` for every value of a field.

    list of codes    KEN; MEX                       also commas and new lines
    lines            one a line
    records          2025-06-30 | done | It opened  one a line; `\\|`, `\\n` and `\\\\` stand for |, a new line and \\
"""

from __future__ import annotations

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
from opencompact.language import control_sign, said, turning_sign

__all__ = ["CellFault", "clean", "decode", "encode"]


def decode(field: Field, text: str) -> Any:
    """The value of a cell; raises CellFault for one that cannot be."""
    text = clean(text)
    if not text:
        return empty(field.form)
    if not text.isprintable():
        _refuse_signs(text)
    return _DECODERS[field.form](field, text)


def _refuse_signs(text: str) -> None:
    if sign := control_sign(text):
        raise CellFault(
            said("The text holds a control character."),
            said("Remove it, or paste the text without its format."),
            sign,
        )
    if sign := turning_sign(text):
        raise CellFault(
            said("The text holds a sign that nobody sees and that turns the direction of writing around."),
            said("Remove {sign}: with it a text reads otherwise than it is.", sign=sign),
            sign,
        )


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
    "updates": lambda value: "\n".join(
        joined(iso(u.day), u.stage, u.text, u.evidence, u.reference, iso(u.taken_back), u.because) for u in value
    ),
    "milestones": lambda value: "\n".join(joined(iso(m.due), m.text, iso(m.reached)) for m in value),
    "passages": lambda value: "\n".join(joined(p.reference, p.text) for p in value),
}
