"""Which records are one person, by the judgements that stand: recomputed each time, never stored as a merge.

Two records about which people disagree are not put together until one of them withdraws.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from opencompact.missing.decisions.judgements import Judgement


@dataclass(frozen=True)
class Conflict:
    """Two records judged not the same that other judgements put together, or would: a person has to look again."""

    judgement: Judgement
    cluster: tuple[str, ...]


def clusters(judgements: Iterable[Judgement]) -> list[tuple[str, ...]]:
    """Groups of records that standing judgements call the same, directly or through others, each sorted."""
    judgements = list(judgements)
    disputed = _disputed(judgements)
    parent: dict[str, str] = {}

    def root(record: str) -> str:
        parent.setdefault(record, record)
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for judgement in judgements:
        if judgement.verdict == "same" and (judgement.left, judgement.right) not in disputed:
            parent[root(judgement.left)] = root(judgement.right)
    groups: dict[str, list[str]] = defaultdict(list)
    for record in parent:
        groups[root(record)].append(record)
    return sorted(tuple(sorted(group)) for group in groups.values())


def _disputed(judgements: list[Judgement]) -> set[tuple[str, str]]:
    """Pairs that one person calls the same and another not."""
    same, other = (
        {(one.left, one.right) for one in judgements if one.verdict == verdict} for verdict in ("same", "not-same")
    )
    return same & other


def conflicts(judgements: Iterable[Judgement]) -> list[Conflict]:
    """Judgements "not the same" within one group, or about a pair that someone else calls the same."""
    judgements = list(judgements)
    disputed = _disputed(judgements)
    of = {record: group for group in clusters(judgements) for record in group}
    found = []
    for one in judgements:
        together = one.left in of and of[one.left] == of.get(one.right)
        if one.verdict == "not-same" and (together or (one.left, one.right) in disputed):
            found.append(Conflict(one, of[one.left] if together else (one.left, one.right)))
    return found
