"""Teeth: two charts in FDI notation, tooth by tooth, with time running from the first to the second.

A sound tooth may be filled or lost later; a filled one does not become sound, a lost one does not come back: such a discrepancy
cannot be explained and counts as a charting error. Logic: Adams 2003, J Forensic Sci 48:522; rates of charting errors: Brown & Jephcote 2017, Dent
Update 44:254. Neighbours share their fate, so the sum of logs is tempered by `dependence`; one tooth that has come back shares nobody's fate and counts in
full, further ones as the rest, since a chart that errs once errs more often than another. A chart may be another person's or turned: then it says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from opencompact.language import N_, said
from opencompact.missing.evidence.ledger import Evidence, all_told, unless_mistaken
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


GONE = ("missing", "implant")


def came_back(before: str, after: str) -> bool:
    """Whether a tooth that was gone is there again. Adams 2003."""
    return before in GONE and after not in GONE


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
    logs, back, agreeing, explained, unexplained = [], [0.0], 0, 0, []
    for tooth in both:
        same = tooth_probability(first[tooth], second[tooth], error=settings["error"], new_work=settings["new_work"])
        logs.append(math.log(same / settings["frequencies"][second[tooth]]))
        if came_back(first[tooth], second[tooth]):
            back.append(logs[-1])
        if first[tooth] == second[tooth]:
            agreeing += 1
        elif second[tooth] in LATER[first[tooth]]:
            explained += 1
        else:
            unexplained.append(tooth)
    reason, values = _reason(len(both), agreeing, explained, unexplained)
    right = settings["dependence"] * math.fsum(logs) + (1 - settings["dependence"]) * min(back)
    told = float(unless_mistaken(right, settings["mistaken"]))
    return Evidence("teeth", told, reason, values, told_teeth(first), told_teeth(second))


def _reason(both: int, same: int, later: int, never: list[int]) -> tuple[str, dict[str, object]]:
    """How the charts compare, with the numbers of the teeth that cannot have changed so."""
    values: dict[str, object] = {"teeth": both, "same": same, "later": later, "never": len(never)}
    if not never:
        reason = N_(
            "Teeth on both charts: {teeth}. The same: {same}; changed as teeth do: {later}; cannot have changed so: {never}."
        )
        return reason, values
    reason = N_(
        "Teeth on both charts: {teeth}. The same: {same}; changed as teeth do: {later}; cannot have changed so: {never} ({which})."
    )
    return reason, {**values, "which": _runs(never)}


STATE_WORDS = {
    "filled": N_("{tooth} filled"),
    "crowned": N_("{tooth} crowned"),
    "missing": N_("{tooth} missing"),
    "implant": N_("{tooth} implant"),
    "root-treated": N_("{tooth} root-treated"),
}


def told_teeth(chart: dict[int, str]) -> str:
    """The whole chart: each tooth that is not sound, then those that are, in runs."""
    told = [said(STATE_WORDS[state], tooth=tooth) for tooth, state in sorted(chart.items()) if state in STATE_WORDS]
    sound = [tooth for tooth, state in chart.items() if state not in STATE_WORDS]
    return all_told([*told, *([said("{teeth} sound", teeth=_runs(sound))] if sound else [])])


def _runs(teeth: Iterable[int]) -> str:
    """Numbers of teeth, those that follow one another put together: 11–13, 36."""
    runs: list[list[int]] = []
    for tooth in sorted(teeth):
        if runs and runs[-1][-1] == tooth - 1:
            runs[-1].append(tooth)
        else:
            runs.append([tooth])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
