"""Markers that are computed as independent and are not: pairs close together on one chromosome, and all those on X.

Linkage changes likelihood ratios wherever the relation hangs on more than one meiosis: siblings, half-siblings,
grandparents, uncles; not between a parent and a child alone. For vWA and D12S391 ignoring it was found slightly cautious
on average, and up to 25-30 times too strong where parents are related (O'Connor and Tillmar 2012).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from opencompact.missing.kinship.case import Marker, Profile
from opencompact.missing.kinship.loci import locus_key


@dataclass(frozen=True)
class LinkedMarkers:
    """Markers that were typed and are handed on together; the share of meioses that part them, where known; the source."""

    markers: tuple[str, ...]
    recombination: float | None
    source: str

    def as_dict(self) -> dict[str, object]:
        return {**vars(self), "markers": list(self.markers)}


def linked_markers(markers: Sequence[Marker], profiles: Iterable[Profile]) -> list[LinkedMarkers]:
    """The linked markers among those that one profile shows together, the closest pairs first, X last."""
    shown = [profile.calls.keys() for profile in profiles]
    names = {locus_key(marker.name): marker.name for marker in markers}
    pairs, x_source = _known()
    made = [
        LinkedMarkers((names[a], names[b]), one.recombination, one.source)
        for one in pairs
        for a, b in [one.markers]
        if a in names and b in names and any(names[a] in calls and names[b] in calls for calls in shown)
    ]
    on_x = [marker.name for marker in markers if marker.x_linked]
    typed = tuple(name for name in on_x if any(name in calls and _several(calls, on_x) for calls in shown))
    return [*made, *([LinkedMarkers(typed, None, x_source)] if typed else [])]


def _several(calls: Iterable[str], on_x: Sequence[str]) -> bool:
    return len(set(calls) & set(on_x)) > 1


@cache
def _known() -> tuple[tuple[LinkedMarkers, ...], str]:
    stated = tomllib.loads(resources.files(__package__).joinpath("linked.toml").read_text(encoding="utf-8"))
    pairs = tuple(
        LinkedMarkers(tuple(locus_key(locus) for locus in one["loci"]), one.get("recombination"), one["source"])
        for one in stated["pairs"]
    )
    return pairs, stated["x"]["source"]
