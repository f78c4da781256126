"""`opencompact catalogue`: the state of the official list, loading it, and files of the format."""

from __future__ import annotations

from pathlib import Path

import click

from opencompact.cli.groups import Group
from opencompact.cli.indicators import indicator_object, state_object
from opencompact.cli.known import Known
from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.cli.speaking import spoken
from opencompact.cli.workspace import workspace_option


@click.group(cls=Group, invoke_without_command=True, epilog="Example: opencompact catalogue load official-list.xlsx")
@workspace_option
@json_option
@click.pass_context
def catalogue(context: click.Context, workspace: Path, as_json: bool) -> None:
    """Say whether the official list of core and additional indicators is loaded; load it; list, show, begin a file.

    The 27 core and 83 additional indicators that the UN Network on Migration proposed (A/79/590, ¶59) do not ship: who
    has them loads them. What ships is derived from the SDG framework (tier provisional) or is context.
    """
    if context.invoked_subcommand is None:
        _state(workspace, as_json)


@catalogue.command("list", epilog="Example: opencompact catalogue list --json")
@workspace_option
@json_option
def list_(workspace: Path, as_json: bool) -> None:
    """Count the indicators by objective and tier, and say whether the official list is loaded."""
    _state(workspace, as_json)


@catalogue.command(epilog="Example: opencompact catalogue load official-list.xlsx --workspace my-workspace")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--incomplete", is_flag=True, help="Load a list that does not hold 27 core and 83 additional indicators.")
@workspace_option
@json_option
def load(file: Path, incomplete: bool, workspace: Path, as_json: bool) -> None:
    """Check a file with the official list (TOML, CSV or XLSX) and keep it in the workspace.

    Nothing is written unless the whole file is sound. All faults are printed, each with its row and column.
    """
    from datetime import date

    from opencompact.compact import CatalogueFaults, catalogue, load_official_list

    try:
        state = load_official_list(file, workspace, today=date.today(), incomplete=incomplete)
    except CatalogueFaults as faults:
        if not as_json:
            for fault in faults.faults[1:]:
                say(fault, err=True)
        raise
    if as_json:
        print_json(state_object(catalogue(workspace=workspace)))
    else:
        say("The {state}. Kept in {folder}.", state=str(state), folder=workspace / "catalogue")


@catalogue.command(epilog="Example: opencompact catalogue show 10.c.1")
@click.argument("indicator")
@workspace_option
@json_option
def show(indicator: str, workspace: Path, as_json: bool) -> None:
    """Show everything that the catalogue says of one indicator."""
    from opencompact.compact import catalogue

    found = indicator_object(catalogue(workspace=workspace).indicator(indicator))
    if as_json:
        print_json(found)
        return
    print_table(["", indicator], [(key, _line(value)) for key, value in found.items() if value not in (None, [], "")])


@catalogue.command(epilog="Example: opencompact catalogue template --format csv > my-indicators.csv")
@click.option("--format", "kind", type=Known(["toml", "csv"]), default="toml", show_default=True)
def template(kind: str) -> None:
    """Print a file of the catalogue format to begin with."""
    from opencompact.compact.template import csv_template, toml_template

    click.echo(csv_template() if kind == "csv" else toml_template(), nl=False)


def _state(workspace: Path, as_json: bool) -> None:
    from opencompact.compact import catalogue, objectives

    found = catalogue(workspace=workspace)
    tiers = ("core", "additional", "provisional", "context")
    counts = {o.number: {t: len(found.indicators(o.number, t)) for t in tiers} for o in objectives()}  # type: ignore[arg-type]
    if as_json:
        print_json({**state_object(found), "indicators": len(found.indicators()), "by_objective": counts})
        return
    shown = tiers if found.official_list.loaded else tiers[2:]
    rows = [(o.number, o.short(spoken()), *(counts[o.number][tier] for tier in shown)) for o in objectives()]
    print_table(["objective", "", *shown], rows, right=(0, *range(2, 2 + len(shown))))
    say("{n} indicators; {state}.", n=len(found.indicators()), state=str(found.official_list))
    if not found.official_list.loaded:
        say("Who has the list loads it with 'opencompact catalogue load FILE'.")


def _line(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, list):
        return "\n".join(_line(one) for one in value)
    return str(value)
