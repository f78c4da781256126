"""A finding: what is wrong in a table, where, how badly, and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Literal

from opencompact.errors import Place, plain, sentence
from opencompact.language import said

#: More equal findings of one column than this, or more of one rule than that, are told once.
SAME, DIFFERENT = 20, 1000

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """One fault of one cell, row, column or table. `row` is its place in the file (1 = the first line).

    `count`: in how many places it stands, where one finding tells of many; `row` is then the first of them.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    severity: Severity
    message: str
    remedy: str
    sheet: str | None = None
    count: int = 1

    def as_dict(self) -> dict[str, object]:
        """The finding as `opencompact check --json` gives it; keys are stable."""
        return asdict(self)

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> str:
        """Place, message, value and remedy, to be told in the reader's language."""
        place = Place(None, self.sheet, self.row, self.column)
        message = self.message
        if self.count > 1:
            message = said("{problem} The same in {n:,} places.", problem=plain(message), n=self.count)
        return sentence(place, message, self.value, self.remedy, whole=said("table"))


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """The same fault in more than twenty places of a column is one finding with its count, not a thousand."""
    alike: dict[tuple[str, str | None, str], list[Finding]] = defaultdict(list)
    for one in findings:
        alike[(one.rule, one.column, one.message)].append(one)
    by_rule: dict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for (rule, column, _), group in alike.items():
        by_rule[(rule, column)] += [_first(group)] if len(group) > SAME else group
    return [one for group in by_rule.values() for one in ([_first(group)] if len(group) > DIFFERENT else group)]


def _first(group: list[Finding]) -> Finding:
    first = min(group, key=lambda one: one.row or 0)
    return replace(first, count=sum(one.count for one in group))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then by row, column and rule."""
    return sorted(
        findings, key=lambda one: (one.severity != "error", one.row or 0, one.column or "", one.rule, one.message)
    )
