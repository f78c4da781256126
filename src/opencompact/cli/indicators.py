"""`opencompact indicators`: what can be asked for, under which objective."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.known import Known, lang_option
from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.cli.speaking import language_of, spoken
from opencompact.cli.workspace import workspace_option
from opencompact.language import N_, said

if TYPE_CHECKING:
    from opencompact.compact import Catalogue, Indicator

_TIERS = (N_("core"), N_("additional"), N_("provisional"), N_("context"))


@click.command(epilog="Example: opencompact indicators --objective 8 --json")
@click.option("--objective", type=click.IntRange(1, 23), help="Only those that bear on this objective.")
@click.option("--tier", type=Known(_TIERS), help="Only those of this tier.")
@lang_option("language", "Language of the names: en, ar, zh, es, fr, ru (default: the language of the terminal).")
@workspace_option
@json_option
def indicators(objective: int | None, tier: Any, language: str | None, workspace: Path, as_json: bool) -> None:
    """List indicators: those that ship, and the official list where the workspace has it.

    With --json: an object with official_list (loaded, core, additional, expected, file, loaded_on) and indicators, a
    list of objects with the keys that `opencompact catalogue show` gives.
    """
    from opencompact.compact import catalogue

    found = catalogue(workspace=workspace)
    chosen = found.indicators(objective, tier)
    if as_json:
        print_json({"official_list": state_object(found), "indicators": [indicator_object(one) for one in chosen]})
        return
    rows = [
        (
            one.id,
            said(one.tier),
            ", ".join(map(str, one.objectives)),
            unit_named(one.unit, found),
            one.short(language_of(language, as_json=False)),
        )
        for one in chosen
    ]
    print_table(["id", "tier", "objectives", "unit", "name"], rows)
    say("{n} indicators; {state}.", n=len(chosen), state=str(found.official_list))


def unit_named(unit: str, known: Catalogue) -> str:
    """The name of a unit in the language that the terminal speaks; one that is in no list stays as its publisher writes it."""
    return next((word.name(spoken()) for word in known.units if word.id == unit), unit)


def state_object(found: Catalogue) -> dict[str, object]:
    """The state of the official list, as `--json` shows it; keys are stable."""
    from opencompact.compact.official_list import EXPECTED

    state = found.official_list
    return {
        "state": str(state),
        "loaded": state.loaded,
        "core": state.core,
        "additional": state.additional,
        "expected": EXPECTED,
        "file": state.file,
        "loaded_on": state.loaded_on,
    }


def indicator_object(one: Indicator) -> dict[str, object]:
    """An indicator, as `--json` shows it; keys are stable."""
    return {
        "id": one.id,
        "official_code": one.official_code,
        "same_as": one.same_as,
        "objectives": list(one.objectives),
        "tier": one.tier,
        "official": one.official,
        "name": dict(one.names),
        "official_names": sorted(one.official_names),
        "short": dict(one.short_names),
        "unit": one.unit,
        "direction": one.direction,
        "targets": [
            {"comparison": t.comparison, "value": t.value, "year": t.year, "citations": list(map(str, t.citations))}
            for t in one.targets
        ],
        "disaggregations": list(one.disaggregations),
        "sources": list(one.sources),
        "computation": one.computation.name() if one.computation else None,
        "questions": [question.name() for question in one.questions],
        "citations": list(map(str, one.citations)),
    }
