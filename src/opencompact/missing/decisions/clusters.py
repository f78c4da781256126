"""Which records are one person, by the judgements that stand: recomputed each time, never stored as a merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from opencompact.missing.decisions.judgements import Judgement


@dataclass(frozen=True)
class Conflict:
    """Two records judged not the same that other judgements put together: a person has to look again."""

    judgement: Judgement
    cluster: tuple[str, ...]


def clusters(judgements: Iterable[Judgement]) -> list[tuple[str, ...]]:
    """Groups of records that standing judgements call the same, directly or through others, each sorted."""
    parent: dict[str, str] = {}

    def root(record: str) -> str:
        parent.setdefault(record, record)
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for judgement in judgements:
        if judgement.verdict == "same":
            parent[root(judgement.left)] = root(judgement.right)
    groups: dict[str, list[str]] = defaultdict(list)
    for record in parent:
        groups[root(record)].append(record)
    return sorted(tuple(sorted(group)) for group in groups.values())


def conflicts(judgements: Iterable[Judgement]) -> list[Conflict]:
    """Judgements "not the same" within one group."""
    judgements = list(judgements)
    of = {record: group for group in clusters(judgements) for record in group}
    return [
        Conflict(one, of[one.left])
        for one in judgements
        if one.verdict == "not-same" and one.left in of and of[one.left] == of.get(one.right)
    ]
