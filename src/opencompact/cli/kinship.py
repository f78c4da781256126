"""`opencompact kinship`: likelihood ratios, blind search, joint identification, power, evidence, from DNA profiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.output import json_option, print_json, print_table

if TYPE_CHECKING:
    from opencompact.missing.kinship import Case

case_argument = click.argument("case_file", metavar="CASE.json", type=click.Path(path_type=Path))


@click.group()
def kinship() -> None:
    """Whose remains are these? Exact kinship likelihoods, search and joint identification.

    Example: opencompact kinship lr case.json
    """


@kinship.command()
@case_argument
@json_option
def lr(case_file: Path, as_json: bool) -> None:
    """Likelihood of each hypothesis of a case, by marker and in all, and its ratio to the reference hypothesis.

    Example: opencompact kinship lr parent-or-stranger.json --json
    """
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    result = room.likelihood_ratios(case)
    if as_json:
        print_json({"id": case.id, **room.plain(result.as_dict()), **_findings(case)})
        return
    names = list(result.ln_likelihood)
    rows: list[list[Any]] = [
        [marker.name, *(f"{result.ln_likelihood_per_marker[name][marker.name]:.6f}" for name in names)]
        for marker in case.markers
    ]
    rows.append(["total ln-likelihood", *(f"{result.ln_likelihood[name]:.6f}" for name in names)])
    rows.append(["log10 LR", *(f"{result.log10_LR[name]:.4f}" for name in names)])
    print_table(["marker", *names], rows, right=range(1, len(names) + 1))
    _say_findings(case)
    click.echo(f"{len(case.markers)} markers, {len(names)} hypotheses, LR against {result.reference}.")


def _findings(case: Case) -> dict[str, Any]:
    return {"findings": [finding.as_dict() for finding in case.findings]} if case.findings else {}


def _say_findings(case: Case) -> None:
    for finding in case.findings:
        click.echo(f"{finding.level}: {finding.message} (found: {finding.value})", err=True)
