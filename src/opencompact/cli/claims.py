"""`opencompact claims`: every figure of a text, checked against the values of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.known import lang_option, one_of_the_known
from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.cli.speaking import language_of, plainly, tell
from opencompact.cli.workspace import workspace_option
from opencompact.language import counted, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opencompact.documents import Claim
    from opencompact.review.claims import Entry
    from opencompact.statistics import Workspace


@click.command(epilog="Example: opencompact claims A-79-590.docx --workspace workspace --json")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@lang_option("language", "The language of the explanations (default: the language of the terminal).")
@click.option(
    "--status", help="Only those found so: confirmed, revised, other-definition, differs, target, cannot-be-checked."
)
@click.option("--document", help="Only those of this text, as A/RES/76/266.")
@workspace_option
@json_option
def claims(
    file: Path | None, language: str | None, status: str | None, document: str | None, workspace: Path, as_json: bool
) -> None:
    """Check the figures that a text states: the value today, the value at the time of the text, and why they differ.

    Without FILE: the figures of the texts that OpenCompact knows. Without a workspace the figures are listed unchecked.
    """
    from opencompact.documents import claims_in, read, shelf
    from opencompact.documents.explaining import STATUSES
    from opencompact.review.claims import ledger

    language = language_of(language, as_json=as_json)
    one_of_the_known(status, STATUSES, "--status")
    if file:
        text = read(file)
        stated, dates = claims_in(text), {text.symbol: text.date}
    else:
        one_of_the_known(document, shelf().texts, "--document")
        stated, dates = shelf().claims(document), shelf().dates()
    entries = [entry for entry in ledger(stated, _open(workspace), dates) if status in (None, entry.check.status)]
    if as_json:
        print_json([entry.as_dict(language) for entry in entries])
        return
    _print(entries, language)


def _print(entries: Sequence[Entry], language: str) -> None:
    from opencompact.documents.explaining import STATUSES, amount, status_name
    from opencompact.language import format_apart

    print_table(
        ("paragraph", "figure", "subject", "period", "found", "value now", "explanation"),
        [_row(entry, language) for entry in entries],
        right=(5,),
    )
    counts = [(name, sum(entry.check.status == name for entry in entries)) for name in STATUSES]
    each = [
        tell(said("{n} {name}", n=amount(number, "count", language), name=status_name(name, language)))
        for name, number in counts
        if number
    ]
    if entries:
        told = plainly(format_apart(each, language))
        say(counted("{n:,} figure: {counts}.", "{n:,} figures: {counts}.", len(entries), counts=told))
    else:
        say("Nothing found.")


def _row(entry: Entry, language: str) -> tuple[str | None, ...]:
    """The cells of a figure, each as a sentence of that language says it."""
    from opencompact.documents.citing import paragraph_name
    from opencompact.documents.explaining import amount, period_name

    claim, check = entry.claim, entry.check
    cells = (
        paragraph_name(claim.document, claim.paragraph, language),
        _figure(claim, language),
        entry.subject(language) or "",
        period_name(claim.period, language) if claim.period else "",
        check.name(language),
        "" if check.value is None else amount(check.value, claim.unit, language),
        check.explanation(language),
    )
    return tuple(map(plainly, cells))


def _figure(claim: Claim, language: str) -> str:
    """The figure with its unit: money and shares have theirs, of what is counted the name stands behind it."""
    from opencompact.documents.explaining import UNITS, stated
    from opencompact.language import translator

    figure = stated(claim.value, claim.unit, language)
    if claim.unit not in UNITS or claim.unit == "count":
        return figure
    _ = translator(language, "documents")
    return _("{number} ({what})", number=figure, what=_(UNITS[claim.unit]))


def _open(workspace: Path) -> Workspace | None:
    """The workspace, or None where there is none: a folder that is damaged still says so."""
    from opencompact.statistics import Workspace

    return Workspace(workspace) if workspace.is_dir() else None
