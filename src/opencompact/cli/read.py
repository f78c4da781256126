"""`opencompact read`: a UN document as paragraphs."""

from __future__ import annotations

from pathlib import Path

import click

from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.language import said


@click.command(
    epilog=(
        "\b\n"
        "Example:\n"
        "  opencompact read A-RES-76-266.docx\n"
        "  opencompact read A-RES-76-266.docx --json | jq '.paragraphs[] | select(.number == \"14\").text'"
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source-text", is_flag=True, help="Print the text that offsets count in, and nothing else.")
@json_option
def read(file: Path, source_text: bool, as_json: bool) -> None:
    """Read a United Nations document: text, DOCX, HTML or PDF, in any of the six languages."""
    from opencompact.documents import read as read_document

    document = read_document(file)
    if source_text:
        click.echo(document.text, nl=False)
    elif as_json:
        print_json(document.as_dict())
    else:
        print_table(
            ("place", "section", "text", "notes", "citations"),
            [
                (
                    paragraph.place,
                    paragraph.section,
                    _short(paragraph.text),
                    len(paragraph.footnotes) or "",
                    len(paragraph.citations) or "",
                )
                for paragraph in document.paragraphs
            ],
            right=(3, 4),
        )
        say(
            "{symbol}  {title}  ({language}, {date})",
            symbol=document.symbol,
            title=document.title,
            language=document.language,
            date=document.date or said("no date"),
        )
        for part in document.parts:
            numbered = sum(
                paragraph.kind == "paragraph" for paragraph in document.paragraphs if paragraph.part == part.id
            )
            say(
                "  {part}: {numbered} numbered paragraphs, {paragraphs} pieces of text",
                part=part.id,
                numbered=numbered,
                paragraphs=part.paragraphs,
            )
        for trouble in document.troubles:
            say(
                "  {kind}: {message}",
                kind=said("Partial") if trouble.partial else said("Note"),
                message=trouble.message,
            )


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
