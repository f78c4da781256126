"""Periods as a text writes them: years, quarters, spans, since a year, until a day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opencompact.documents.grammar import Grammar
from opencompact.documents.model import Span


@dataclass(frozen=True)
class Period:
    """ISO 8601 `iso`: 2023, 2023-05, 2021-Q3, 2019/2021 for a span; `goal` where it is a year by which, `since` where it runs
    until the text was written."""

    iso: str
    at: Span
    read_from: str = "text"
    goal: bool = False
    since: bool = False


def periods_in(text: str, rules: Grammar, date: str | None) -> tuple[Period, ...]:
    """Every period that a text names, in order; `date` is the text's own, where a span runs until now."""
    found: list[Period] = []
    taken: list[Span] = []
    for entry in rules.tables.get("periods", ()):
        for match in re.compile(entry["pattern"], re.I).finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if iso := _iso(entry["iso"], match, rules, date):
                found.append(Period(iso, match.span(), goal=entry.get("goal", False), since=entry.get("since", False)))
    return tuple(sorted(found, key=lambda period: period.at))


def _iso(template: str, match: re.Match[str], rules: Grammar, date: str | None) -> str | None:
    """The template with its fields filled: {year}, {last}, {quarter}, {month}, {day}, {now}."""
    values = {name: value for name, value in match.groupdict().items() if value is not None}
    if "quarter" in values:
        number = rules.number(values["quarter"]) or rules.tables.get("ordinals", {}).get(values["quarter"].lower())
        if number not in (1, 2, 3, 4):
            return None
        values["quarter"] = str(number)
    if "month" in values:
        from opencompact.documents.front import month_number

        month = month_number(values["month"], rules)
        if month is None:
            return None
        values["month"] = f"{month:02d}"
    if "day" in values:
        values["day"] = f"{int(values['day']):02d}"
    if "last" in values and len(values["last"]) == 2:
        values["last"] = values["year"][:2] + values["last"]
    values["now"] = (date or "")[:4]
    try:
        iso = template.format(**values)
    except KeyError:
        return None
    # A span that is still open, of a text without a date: 2014/.. (ISO 8601-2, 4.4).
    return f"{iso}.." if iso.endswith("/") else iso
