"""`opencompact search`: provisions, figures and country examples, in six languages."""

from __future__ import annotations

from pathlib import Path

import click

from opencompact.cli.known import Known, lang_option
from opencompact.cli.output import json_option, print_json, print_table, say, say_found
from opencompact.cli.speaking import language_of, plainly
from opencompact.language import N_, counted, said

_SORTS = {"provision": N_("provision"), "claim": N_("figure"), "example": N_("country example")}


@click.command(epilog="Example: opencompact search 失踪移民 --language zh")
@click.argument("words", nargs=-1)
@lang_option("language", "The language of the labels (default: the language of the terminal).")
@click.option("--sort", type=Known(tuple(_SORTS)), help="Only these.")
@click.option("--limit", default=15, show_default=True, type=click.IntRange(1, 500))
@click.option("--index", "out", type=click.Path(path_type=Path), help="Write the index for a site to this JSON file.")
@json_option
def search(
    words: tuple[str, ...], language: str | None, sort: str | None, limit: int, out: Path | None, as_json: bool
) -> None:
    """Search what the texts provide, state and tell of countries. The words may be in any of the six languages."""
    from opencompact.documents import shelf
    from opencompact.documents.search import Index
    from opencompact.errors import UsageError
    from opencompact.tables import write_text

    index = Index.of(shelf())
    if out:
        write_text(out, index.as_json())
        say(
            counted("{n} entry written to {out}.", "{n} entries written to {out}.", len(index.entries), out=out),
            err=as_json,
        )
    if not words:
        if not out:
            raise UsageError("There is nothing to search for.", remedy="Give one or more words.")
        return
    hits = index.search(" ".join(words), language_of(language, as_json=as_json), limit=limit, sort=sort)
    if as_json:
        print_json([hit.as_dict() for hit in hits])
        return
    print_table(("what", "label"), [(said(_SORTS[hit.sort]), plainly(hit.label)) for hit in hits])
    say_found(len(hits))
