"""What the indicators say, next to what was promised: the newest values of a workspace, each with its period and source."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from opencompact import compact
from opencompact.errors import OpenCompactError
from opencompact.public.remembering import remembered

# The store's engine answers one question at a time.
_lock = threading.Lock()


@dataclass(frozen=True)
class Value:
    """The newest total of an indicator in an area; `value` is None where the newest row is withheld or missing."""

    indicator: compact.Indicator
    area: str
    period: str
    value: float | None
    unit: str
    status: str
    source: str
    vintage: str


@cache
def _workspace() -> Any:
    from opencompact.statistics import Workspace

    return Workspace(Path(settings.WORKSPACE)) if settings.WORKSPACE else None


def latest(id: str, areas: Sequence[str]) -> list[Value]:
    """The newest total of an indicator in each area that has one; nothing where no workspace is loaded."""
    if not settings.WORKSPACE or not areas:
        return []
    return remembered(f"latest {id} {' '.join(areas)}", lambda: _read(id, list(areas)))


def _read(id: str, areas: list[str]) -> list[Value]:
    import polars as pl

    entry = compact.catalogue().indicator(id)
    try:
        with _lock:
            frame = _workspace().values(entry.canonical, areas)
    except OpenCompactError:
        return []
    totals = dict.fromkeys(("sex", "age", "migratory_status", "origin", "breakdown"), "_T")
    rows = (
        frame.filter(*(pl.col(name) == value for name, value in totals.items())).sort("period").group_by("area").last()
    )
    return [
        Value(entry, r["area"], r["period"], r["value"], r["unit"], r["status"], r["source"], r["vintage"])
        for r in rows.sort("area").iter_rows(named=True)
    ]


def of_objective(number: int, area: str, code: str) -> list[tuple[compact.Indicator, Value | None]]:
    """Every indicator under an objective, with its newest value in the area where there is one."""
    found = []
    for entry in compact.catalogue().indicators(number):
        values = latest(entry.id, [area])
        found.append((entry, values[0] if values else None))
    return found
