"""Decisions: a person judges, dated and with reasons; a judgement can be withdrawn; nothing is ever merged.

A file of judgements is a list of events that only grows. Which records are one person is recomputed from the judgements
that stand, so that withdrawing one undoes all that followed from it. A score never makes a judgement.
"""

from opencompact.missing.decisions.clusters import Conflict, clusters, conflicts
from opencompact.missing.decisions.file import append, read_events
from opencompact.missing.decisions.judgements import (
    OWN_RATES,
    RECORDS,
    STATED,
    STATES,
    Judgement,
    Kept,
    Withdrawal,
    contradicted,
    history,
    judge,
    standing,
    withdraw,
)

__all__ = [
    "OWN_RATES",
    "RECORDS",
    "STATED",
    "STATES",
    "Conflict",
    "Judgement",
    "Kept",
    "Withdrawal",
    "append",
    "clusters",
    "conflicts",
    "contradicted",
    "history",
    "judge",
    "read_events",
    "standing",
    "withdraw",
]
