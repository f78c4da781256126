"""Joint identification: `joint`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.kinship.group import case_argument, chance, findings_of, kinship, say_findings
from opencompact.cli.output import json_option, number, print_json, print_table, say
from opencompact.language import said

if TYPE_CHECKING:
    from opencompact.missing.joint import Joint


@kinship.command(epilog="Example: opencompact kinship joint event.json --top 5")
@case_argument
@click.option(
    "--top", type=click.IntRange(min=1), help="List so many assignments (default: all up to 20 000, else 1 000)."
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="Of the sampler, where an exact sum is out of reach.",
)
@json_option
def joint(case_file: Path, top: int | None, seed: int, as_json: bool) -> None:
    """Which remains are which missing persons, all at once: assignments with their posterior, and marginals."""
    from opencompact.missing import joint as joint_room
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    room.find_missing(case)
    room.find_remains(case)
    result = joint_room.identify(case, listed=top, seed=seed)
    if as_json:
        print_json(room.plain({"id": case.id, **result.as_dict(), **findings_of(case)}))
        return
    rows = [
        [
            ", ".join(f"{r} = {m}" for r, m in one.assignment.items() if m != "*") or said("nobody"),
            number(one.ln_LR_vs_null, ".3f"),
            chance(one.posterior),
        ]
        for one in result.assignments[: top or 10]
    ]
    print_table(["assignment", "ln LR", "posterior"], rows, right=(1, 2))
    found = [
        [one.family, one.missing, _or_alike(one.remains, result), chance(one.posterior), chance(one.posterior_found)]
        for one in result.identified
    ]
    print_table(["family", "missing", "likeliest remains", "posterior", "found at all"], found, right=(3, 4))
    for match in result.symmetric:
        say(
            "{missing} of family {family} cannot be told apart ({reason}): {remains} are theirs with probability {posterior}.",
            missing=", ".join(match.missing),
            family=match.family,
            reason=said(match.reason),
            remains=", ".join(match.remains),
            posterior=chance(match.posterior),
        )
    for note in result.notes:
        say(note)
    say_findings(case)
    how = said("exact") if result.exact else said("sampled, standard error {error:.2g}", error=result.standard_error)
    say(
        "{remains} remains, {missing} missing; {assignments}; {how}.",
        remains=len(result.remains),
        missing=len(result.missing),
        assignments=_counted(result),
        how=how,
    )


def _or_alike(remains: str | None, result: Joint) -> str | None:
    """The likeliest remains, with those that have the same profile: between them the DNA cannot choose."""
    others = [name for same in result.same_profiles if remains in same.remains for name in same.remains]
    return " / ".join([str(remains), *(name for name in others if name != remains)]) if others else remains


def _counted(result: Joint) -> str:
    """How many assignments there are, and how many of them are possible, where that can be counted."""
    if result.evaluated is None:
        return said("more assignments than can be counted")
    if result.number is None:
        return said("{n:,} assignments weighed", n=result.evaluated)
    return said("{n:,} assignments weighed, {possible:,.0f} possible", n=result.evaluated, possible=result.number)
