"""`opencompact provisions`: what the texts commit to, request and recommend, by objective."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.known import Known, one_of_the_known
from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.cli.speaking import plainly, spoken
from opencompact.language import counted, said

if TYPE_CHECKING:
    from collections.abc import Collection

    from opencompact.documents import Provision, Reason

KINDS = ("commitment", "request", "recommendation", "recognition", "fact", "country-example")


@click.command(epilog="Example: opencompact provisions --objective 8 --kind commitment")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--objective", type=click.IntRange(1, 23), help="Only those that bear on this objective.")
@click.option("--principle", type=click.IntRange(1, 10), help="Only those that bear on this principle.")
@click.option("--kind", type=Known(KINDS), help="Only those with a clause of this kind.")
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
    from opencompact.documents.blocks import ADDRESSEE_NAMES

    one_of_the_known(addressee, ADDRESSEE_NAMES, "--addressee")
    code = find_area(area).code if area else None
    stock = provisions_in(read(file)) if file else shelf().provisions()
    one_of_the_known(document, dict.fromkeys(entry.document for entry in stock), "--document")
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
    _print(found)


def _print(found: Collection[Provision]) -> None:
    print_table(("provision", "kinds", "addressees", "objectives", "due", "wording"), [_row(entry) for entry in found])
    loaded = sum(entry.wording is not None for entry in found)
    say(
        counted(
            "{n:,} provision, {loaded:,} with its wording.",
            "{n:,} provisions, {loaded:,} with their wording.",
            len(found),
            loaded=loaded,
        )
    )


def _row(entry: Provision) -> tuple[str, ...]:
    """The cells of a provision in the language that the terminal speaks."""
    from opencompact.documents.blocks import ADDRESSEE_NAMES, KIND_NAMES
    from opencompact.documents.citing import paragraph_name
    from opencompact.language import format_apart, format_list, translator

    code, _ = spoken(), translator(spoken(), "documents")
    return (
        plainly(paragraph_name(entry.document, entry.paragraph, code)),
        plainly(format_list([_(KIND_NAMES[kind]) for kind in entry.kinds], code)),
        plainly(format_list([_(ADDRESSEE_NAMES[name]) for name in entry.addressees], code)),
        plainly(format_apart([_because(reason) for reason in entry.objectives], code)),
        ", ".join(entry.by),
        _short(entry.wording),
    )


def _because(reason: Reason) -> str:
    """An objective, and why the provision bears on it: "20 (remittances)"."""
    from opencompact.cli.speaking import tell
    from opencompact.documents.topics import topics

    topic = topics()[reason.detail].name(spoken()) if reason.detail in topics() else None
    if topic is None:
        return tell(said("{number} (named in the text)", number=reason.number))
    if reason.by == "heading":
        return tell(said("{number} (heading: {topic})", number=reason.number, topic=topic))
    return tell(said("{number} ({topic})", number=reason.number, topic=topic))


def _short(text: str | None, longest: int = 40) -> str:
    return "" if text is None else text if len(text) <= longest else f"{text[:longest]}…"
