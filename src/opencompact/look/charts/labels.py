"""How a chart writes its numbers and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from babel import numbers
from babel.core import Locale

from opencompact.language import N_, format_number, format_percent, translator
from opencompact.language import language as language_of
from opencompact.look.charts.chart import Key, NoValue, Number
from opencompact.look.svg import Canvas

SHORTENED = 10_000  # from here on a number is written with the word for thousand

ABSENCES: dict[NoValue, str] = {
    "missing": N_("No data"),
    "suppressed": N_("Suppressed"),
    "not-applicable": N_("Not applicable"),
}


def absence_label(absence: NoValue, language: str) -> str:
    """Why there is no value, in words."""
    return translator(language, "look")(ABSENCES[absence])


@lru_cache(maxsize=8192)
def value_label(value: float, number: Number, language: str) -> str:
    """A value as it stands beside its mark: three figures or the decimals asked for.

    What stands in Chinese before 万 may have four: 1128万 beside a sentence that says 1130万 would look like another value.
    """
    if number.compact and number.kind != "percent" and number.decimals is None and abs(value) >= SHORTENED:
        value = float(f"{value:.3g}")
    return _write(value, number, language, _decimals_of(value, number) if number.decimals is None else number.decimals)


def tick_labels(values: Sequence[float], number: Number, language: str) -> list[str]:
    """The labels of an axis, all with the same decimals: as few as tell them apart."""
    return list(_tick_labels(tuple(values), number, language))


@lru_cache(maxsize=2048)
def _tick_labels(values: tuple[float, ...], number: Number, language: str) -> tuple[str, ...]:
    if any(0 < abs(value) < SHORTENED for value in values):
        number = replace(number, compact=False)  # an axis that mixes 8,000 and "10 thousand" is read twice
    for decimals in range(5):
        written = tuple(_write(value, number, language, decimals) for value in values)
        exact = all(
            abs(value * 10**decimals - round(value * 10**decimals)) < 1e-6 for value in values if abs(value) < 1000
        )
        if len(set(written)) == len(set(values)) and exact:
            return written
    return written


def _decimals_of(value: float, number: Number) -> int:
    """Three figures as in a sentence, with no zeros at their end; a percentage one decimal, as sentences write it."""
    size = abs(value)
    if size >= 100 or size == round(size):
        return 0
    if number.kind == "percent":
        return 1 if size >= 1 else 2 if size >= 0.1 else 3
    most = 1 if size >= 10 else 2 if size >= 1 else 3
    return next(d for d in range(1, most + 1) if abs(round(value, d) - round(value, most)) < 1e-9)


def _write(value: float, number: Number, language: str, decimals: int) -> str:
    if number.kind == "percent":
        text = format_percent(value, language, decimals)
    elif number.compact and abs(value) >= SHORTENED:
        text = _compact(value, language)
    else:
        text = format_number(value, language, decimals)
    return number.pattern.format(_negative(text, language) if value < 0 else text)


def _negative(text: str, language: str) -> str:
    """The sign of subtraction before the digits; beside Arabic words the two are kept together in their own order."""
    text = text.replace("\u200e", "").replace("-", "\u2212", 1)
    if language_of(language).direction != "rtl":
        return text
    return re.sub("\u2212[\\d.,]+", lambda found: f"\u2066{found[0]}\u2069", text)


def _compact(value: float, language: str) -> str:
    """2.4M, 240万, 2,4 млн: the language's own short form, with three figures at most."""
    locale = _locale(language)
    size = abs(value)
    for power in (12, 8, 4) if language == "zh" else (12, 9, 6, 3):
        if size >= 10**power:
            break
    lead = size / 10**power
    digits = 0 if lead >= 99.5 else 1 if lead >= 9.95 else 2
    digits = next((d for d in range(digits) if abs(round(lead, d) - round(lead, digits)) < 1e-9), digits)
    return str(numbers.format_compact_decimal(value, locale=locale, fraction_digits=digits, numbering_system="latn"))


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(language_of(language).locale)


def legend(
    canvas: Canvas, y: float, keys: Iterable[Key], *, marks: str = "marker", extra: Sequence[tuple[str, str]] = ()
) -> float:
    """Entries in a row from the start of the line, wrapped where they must be; gives the y below them.

    `marks` is `marker` or `swatch`; `extra` are (fill or "tick" or "outline", words).
    """
    x, size = 0.0, canvas.size
    start = canvas.width if canvas.rtl and not canvas.mirror else 0.0
    sign = -1 if start else 1
    entries = [(key.role, key.label) for key in keys] + list(extra)
    if not entries:
        return y
    for mark, label in entries:
        width = canvas.measure(label) + 38
        if x and x + width - 18 > canvas.width:
            x, y = 0.0, y + canvas.line_height + 4
        middle = y + canvas.line_height / 2
        place = start + sign * (x + 6)
        _entry_mark(canvas, mark, marks, place, middle)
        label = label if width - 18 <= canvas.width else canvas.wrapped(label, canvas.width - 24, 1)[0]
        anchor = "end" if sign < 0 else "start"
        canvas.text(start + sign * (x + 20), middle + size * 0.34, label, anchor="end" if anchor == "end" else "start")
        x += width
    return y + canvas.line_height + 10


def _entry_mark(canvas: Canvas, mark: str, marks: str, x: float, y: float) -> None:
    if mark == "tick":
        canvas.line(x, y - 8, x, y + 8, stroke="ink", width=2.5)
    elif mark == "outline":
        canvas.rect(x - 6, y - 6, 12, 12, fill="none", stroke="ink", extra=' stroke-width="1.5"')
    elif mark.startswith(("url(", "#")) or marks == "swatch":
        canvas.rect(x - 6, y - 6, 12, 12, fill=mark)
    else:
        canvas.marker(mark, x, y, 5)  # type: ignore[arg-type]
