"""`opencompact wording`: terms that take people's dignity, and what to write instead."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opencompact.cli.known import lang_option
from opencompact.cli.output import json_option, print_json, print_table, say_found
from opencompact.cli.speaking import spoken


@click.command(epilog="Example: opencompact wording speech.docx")
@click.argument("file", type=click.Path(path_type=Path))
@lang_option("language", "The language of the text; found by itself if not given.")
@json_option
def wording(file: Path, language: str | None, as_json: bool) -> None:
    """Find words that do not respect people, in a text, DOCX, HTML or PDF: why, what to write instead, and the source.

    A/72/643, ¶18 asks for it. Ends with exit code 4 where something was found, as checks in an editor's office expect.
    """
    from opencompact.documents.sources import open_source
    from opencompact.documents.wording import remarks

    found = remarks(open_source(file).text, language)
    if as_json:
        print_json([remark.as_dict() for remark in found])
    else:
        print_table(
            ("line", "found", "write instead", "because", "source"),
            [
                (
                    remark.line,
                    remark.written,
                    remark.term.instead,
                    remark.term.reason(spoken()),
                    "; ".join(remark.term.sources),
                )
                for remark in found
            ],
            right=(0,),
        )
        say_found(len(found))
    if found:
        sys.exit(4)
