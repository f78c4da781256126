"""The group of the kinship commands, and what all of them say of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.groups import Group
from opencompact.cli.output import number, say
from opencompact.language import N_, said

if TYPE_CHECKING:
    from opencompact.missing.kinship import Case

case_argument = click.argument("case_file", metavar="CASE.json", type=click.Path(path_type=Path))
MOST_CERTAIN = 0.999999
LEVELS = (N_("note"), N_("warning"), N_("error"))


@click.group(cls=Group, epilog="Example: opencompact kinship lr case.json")
def kinship() -> None:
    """Whose remains are these? Exact kinship likelihoods, search and joint identification."""


def chance(posterior: float) -> str:
    """A posterior probability for a table: never certainty, and never nothing, since what it rests on is not certain either."""
    if posterior > MOST_CERTAIN:
        return f"> {number(MOST_CERTAIN, '.6f')}"
    if posterior < 1 - MOST_CERTAIN:
        return f"< {number(1 - MOST_CERTAIN, '.6f')}"
    return number(posterior, ".6f")


def findings_of(case: Case) -> dict[str, Any]:
    """What JSON says beside a result: the findings of the reading, and what changes how the result is to be read."""
    from opencompact.missing import kinship as room

    found = [*case.findings, *room.cautions(case)]
    return {
        **({"synthetic": True} if case.synthetic else {}),
        **({"findings": [finding.as_dict() for finding in found]} if found else {}),
    }


def say_findings(case: Case, *, cautions: bool = True) -> None:
    """The same in words: cautions belong to the result, findings of the reading to the file."""
    from opencompact.missing import kinship as room

    for finding in case.findings:
        level = said(finding.level)
        if finding.value is None:
            say("{level}: {message}", level=level, message=finding.message, err=True)
        else:
            say(
                "{level}: {message} (found: {value})",
                level=level,
                message=finding.message,
                value=finding.value,
                err=True,
            )
    for finding in room.cautions(case) if cautions else ():
        say("{level}: {message}", level=said(finding.level), message=finding.message)
    if case.synthetic:
        say("Synthetic data: these people do not exist.")
