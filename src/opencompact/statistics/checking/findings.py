"""A finding: what is wrong in a table, where, how badly, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """One fault of one cell, row, column or table. `row` is its place in the file (1 = the first line)."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    severity: Severity
    message: str
    remedy: str
    sheet: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The finding as `opencompact check --json` gives it; keys are stable."""
        return asdict(self)

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                f"sheet {self.sheet}" if self.sheet else "",
                f"row {self.row}" if self.row is not None else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        found = f" (found: {self.value!r})" if self.value is not None else ""
        return f"{place or 'table'}: {self.message}{found} {self.remedy}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then by row, column and rule."""
    return sorted(
        findings, key=lambda one: (one.severity != "error", one.row or 0, one.column or "", one.rule, one.message)
    )
