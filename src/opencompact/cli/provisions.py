"""`opencompact provisions`: what the texts commit to, request and recommend, by objective."""

from __future__ import annotations

from pathlib import Path

import click

from opencompact.cli.output import json_option, print_json, print_table, say

KINDS = ("commitment", "request", "recommendation", "recognition", "fact", "country-example")


@click.command(epilog="Example: opencompact provisions --objective 8 --kind commitment")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--objective", type=click.IntRange(1, 23), help="Only those that bear on this objective.")
@click.option("--principle", type=click.IntRange(1, 10), help="Only those that bear on this principle.")
@click.option("--kind", type=click.Choice(KINDS), help="Only those with a clause of this kind.")
@click.option("--addressee", help="Only those that address it: states, secretary-general, network, …")
@click.option("--document", help="Only those of this text, as A/RES/76/266.")
@click.option("--area", help="Only country examples of this country: what the texts say it did.")
@json_option
def provisions(
    file: Path | None,
    objective: int | None,
    principle: int | None,
    kind: str | None,
    addressee: str | None,
    document: str | None,
    area: str | None,
    as_json: bool,
) -> None:
    """List provisions of the texts: each paragraph's kinds, addressees, objectives with the reason, dates and links.

    The texts are those that OpenCompact knows, and FILE where one is given. Their wording is shown where the texts are in the
    folder that OPENCOMPACT_DOCUMENTS names, or in `documents` of the workspace.
    """
    from opencompact.compact import area as find_area
    from opencompact.documents import provisions_in, read, shelf

    code = find_area(area).code if area else None
    stock = provisions_in(read(file)) if file else shelf().provisions()
    found = [
        entry
        for entry in stock
        if (objective is None or entry.bears_on(objective))
        and (principle is None or any(reason.number == principle for reason in entry.principles))
        and (kind is None or kind in entry.kinds)
        and (addressee is None or addressee in entry.addressees)
        and (document is None or entry.document == document)
        and (code is None or code in entry.areas)
    ]
    if as_json:
        print_json([entry.as_dict() for entry in found])
        return
    print_table(
        ("provision", "kinds", "addressees", "objectives", "why", "by", "wording"),
        [
            (
                entry.id,
                ", ".join(entry.kinds),
                ", ".join(entry.addressees),
                ", ".join(str(reason.number) for reason in entry.objectives),
                "; ".join(f"{reason.number}: {reason.by} {reason.detail}" for reason in entry.objectives),
                ", ".join(entry.by),
                _short(entry.wording),
            )
            for entry in found
        ],
    )
    loaded = sum(entry.wording is not None for entry in found)
    say("{n} provisions, {loaded} with their wording.", n=len(found), loaded=loaded)


def _short(text: str | None, longest: int = 40) -> str:
    return "" if text is None else text if len(text) <= longest else f"{text[:longest]}…"
