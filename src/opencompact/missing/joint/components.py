"""Parts of an event that have nothing to do with each other: families and remains that some option connects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Component:
    """Places of families and of remains that can only be assigned among themselves."""

    families: tuple[int, ...]
    remains: tuple[int, ...]


def components_of(candidates: Sequence[Iterable[int]], remains: int) -> list[Component]:
    """The connected parts of the candidate graph; remains that no family may have are parts without a family.

    `candidates` gives, for every family, the places of the remains that some option of it uses.
    """
    families = len(candidates)
    root = list(range(families + remains))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for place, used in enumerate(candidates):
        for one in used:
            root[find(families + one)] = find(place)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for node in range(len(root)):
        members = groups.setdefault(find(node), ([], []))
        members[node >= families].append(node if node < families else node - families)
    return [Component(tuple(f), tuple(r)) for f, r in groups.values()]
