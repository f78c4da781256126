"""`opencompact claims`: every figure of a text, checked against the values of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.cli.speaking import language_of
from opencompact.cli.workspace import workspace_option
from opencompact.language import said

if TYPE_CHECKING:
    from opencompact.statistics import Workspace


@click.command(epilog="Example: opencompact claims A-79-590.docx --workspace workspace --json")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--language", "--lang", "language", help="The language of the explanations (default: the language of the terminal)."
)
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
    from opencompact.language import language as known_language
    from opencompact.review.claims import ledger

    language = language_of(language, as_json=as_json)
    known_language(language)
    if file:
        text = read(file)
        stated, dates = claims_in(text), {text.symbol: text.date}
    else:
        stated, dates = shelf().claims(document), shelf().dates()
    entries = [entry for entry in ledger(stated, _open(workspace), dates) if status in (None, entry.check.status)]
    if as_json:
        print_json([entry.as_dict(language) for entry in entries])
        return
    print_table(
        ("paragraph", "figure", "subject", "period", "found", "value now", "explanation"),
        [
            (
                f"{entry.claim.document} ¶{entry.claim.paragraph}",
                f"{entry.claim.value:,.10g} {entry.claim.unit}",
                entry.subject(language) or entry.claim.subject,
                entry.claim.period,
                entry.check.name(language),
                None if entry.check.value is None else f"{entry.check.value:,.10g}",
                entry.check.explanation(language),
            )
            for entry in entries
        ],
        right=(5,),
    )
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.check.status] = counts.get(entry.check.status, 0) + 1
    told = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
    say("{n} figures: {counts}.", n=len(entries), counts=told or said("none"))


def _open(workspace: Path) -> Workspace | None:
    """The workspace, or None where there is none: a folder that is damaged still says so."""
    from opencompact.statistics import Workspace

    return Workspace(workspace) if workspace.is_dir() else None
