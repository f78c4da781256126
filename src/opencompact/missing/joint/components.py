"""Parts of an event that have nothing to do with each other: families and remains that some option connects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opencompact.missing.joint.options import FamilyOptions


@dataclass(frozen=True)
class Component:
    """Places of families and of remains that can only be assigned among themselves."""

    families: tuple[int, ...]
    remains: tuple[int, ...]


def components_of(families: Sequence[FamilyOptions], remains: int) -> list[Component]:
    """The connected parts of the candidate graph; remains without any option are parts without a family."""
    root = list(range(len(families) + remains))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for place, family in enumerate(families):
        for used in {remains for option in family.options for remains in option.used}:
            root[find(len(families) + used)] = find(place)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for node in range(len(root)):
        members = groups.setdefault(find(node), ([], []))
        members[node >= len(families)].append(node if node < len(families) else node - len(families))
    return [Component(tuple(f), tuple(r)) for f, r in groups.values()]
