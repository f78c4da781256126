"""Teeth: two charts in FDI notation, tooth by tooth, with time running from the first to the second.

A sound tooth may be filled or lost later; a filled one does not become sound, a lost one does not come back: such a discrepancy
cannot be explained and counts as a charting error. Logic: Adams 2003, J Forensic Sci 48:522; neighbours share their fate, so
the sum of logs is tempered by `dependence`.
"""

from __future__ import annotations

import math

from opencompact.language import N_, said
from opencompact.missing.evidence.ledger import Evidence, all_told
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.record import Record
from opencompact.missing.records.teeth import STATES

# What a tooth of the first state may be later, without any error.
LATER = {
    "sound": {"sound", "filled", "crowned", "root-treated", "missing", "implant"},
    "filled": {"filled", "crowned", "root-treated", "missing", "implant"},
    "root-treated": {"root-treated", "crowned", "missing", "implant"},
    "crowned": {"crowned", "root-treated", "missing", "implant"},
    "missing": {"missing", "implant"},
    "implant": {"implant", "missing"},
}


def tooth_probability(before: str, after: str, *, error: float, new_work: float) -> float:
    """P(the later chart says `after` | one person whose earlier chart says `before`)."""
    possible = LATER[before]
    if after == before:
        true = 1 - new_work * (len(possible) > 1)
    elif after in possible:
        true = new_work / (len(possible) - 1)
    else:
        true = 0.0
    return (1 - error) * true + error / len(STATES)


def compare_teeth(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the two charts say; None where no tooth is on both."""
    settings = (parameters or defaults())["teeth"]
    first, second = dict(sought.teeth), dict(found.teeth)
    both = sorted(first.keys() & second.keys())
    if not both:
        return None
    logs, agreeing, explained, unexplained = [], 0, 0, []
    for tooth in both:
        same = tooth_probability(first[tooth], second[tooth], error=settings["error"], new_work=settings["new_work"])
        logs.append(math.log(same / settings["frequencies"][second[tooth]]))
        if first[tooth] == second[tooth]:
            agreeing += 1
        elif second[tooth] in LATER[first[tooth]]:
            explained += 1
        else:
            unexplained.append(tooth)
    reason = N_(
        "Teeth on both charts: {teeth}. The same: {same}; changed as teeth do: {later}; cannot have changed so: {never}."
    )
    values: dict[str, object] = {"teeth": len(both), "same": agreeing, "later": explained, "never": len(unexplained)}
    return Evidence("teeth", settings["dependence"] * math.fsum(logs), reason, values, _said(first), _said(second))


STATE_WORDS = {
    "filled": N_("{tooth} filled"),
    "crowned": N_("{tooth} crowned"),
    "missing": N_("{tooth} missing"),
    "implant": N_("{tooth} implant"),
    "root-treated": N_("{tooth} root-treated"),
}


def _said(chart: dict[int, str]) -> str:
    told = [said(STATE_WORDS[state], tooth=tooth) for tooth, state in sorted(chart.items()) if state in STATE_WORDS]
    return all_told(told) if told else said("all sound")
