"""Decisions: a person judges, dated and with reasons; a judgement can be withdrawn; nothing is ever merged.

A file of judgements is a list of events that only grows. Which records are one person is recomputed from the judgements
that stand, so that withdrawing one undoes all that followed from it. A score never makes a judgement.
"""

from opencompact.missing.decisions.clusters import Conflict, clusters, conflicts
from opencompact.missing.decisions.judgements import (
    Judgement,
    Withdrawal,
    append,
    judge,
    read_events,
    standing,
    withdraw,
)

__all__ = [
    "Conflict",
    "Judgement",
    "Withdrawal",
    "append",
    "clusters",
    "conflicts",
    "judge",
    "read_events",
    "standing",
    "withdraw",
]
