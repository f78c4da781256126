"""`opencompact review`: one area's review as a site, a PDF, a document and data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.output import json_option, print_json, progress, say
from opencompact.cli.speaking import tell
from opencompact.cli.workspace import workspace_option

if TYPE_CHECKING:
    from opencompact.review import Built

LANGUAGES = ("en", "ar", "zh", "es", "fr", "ru")
FORMATS = ("site", "pdf", "docx", "data")


@click.command(epilog="Example: opencompact review MEX --out review-mexico --lang en --lang es")
@click.argument("area")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write to.")
@click.option("--lang", "languages", multiple=True, help="A language (en, ar, zh, es, fr, ru); all six if not given.")
@click.option("--formats", default=",".join(FORMATS), show_default=True, help="Which of them, joined by commas.")
@workspace_option
@click.option("--texts", type=click.Path(path_type=Path), help="A folder with the UN texts, to show their wording.")
@click.option("--date", "today", help="The day that the review bears, as 2026-11-21; today if not given.")
@json_option
def review(
    area: str,
    out: Path,
    languages: tuple[str, ...],
    formats: str,
    workspace: Path,
    texts: Path | None,
    today: str | None,
    as_json: bool,
) -> None:
    """Build the review of AREA: a country (MEX), a region of the United Nations (145) or the world (001).

    A second build into the same folder makes anew only what has changed.
    """
    from opencompact.compact import catalogue
    from opencompact.review import Library, Request, build, links_of
    from opencompact.statistics import Workspace
    from opencompact.statistics.sample import places

    if area.upper() in places.codes():
        places.register()
    opened = Workspace(workspace)
    library = Library(opened)
    links = links_of(opened, day(today), texts, synthetic=area.upper() in places.codes())
    request = Request(area, day(today), languages or LANGUAGES, tuple(formats.split(",")), links)
    with progress(quiet=as_json) as bar:
        task = bar.add_task(tell("Review"), total=len(request.languages) + 1)
        built = build(
            library,
            request,
            out,
            catalogue=catalogue(workspace=workspace),
            progress=lambda step: bar.update(task, advance=1, description=step),
        )
    report(built, as_json=as_json)


def day(text: str | None) -> str:
    """An ISO day; today where none is given. Raises UsageError for what is none."""
    from datetime import date

    from opencompact.errors import UsageError

    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError("This is not a day.", value=text, remedy="Write it as 2026-11-21.") from None


def report(built: Built, *, as_json: bool) -> None:
    """What was built, in two lines; the last says where it is."""
    if as_json:
        print_json(
            {
                "area": built.area,
                "out": str(built.out),
                "languages": list(built.languages),
                "pages": built.pages,
                "figures": built.figures,
                "observations": built.observations,
                "bytes": built.size,
                "made": len(built.made),
                "kept": len(built.kept),
            }
        )
        return
    say(
        "{pages} pages and {figures} figures in {languages} languages, {observations:,} observations, {size:.1f} MB; {made} files made, {kept} taken over from the build before.",
        pages=built.pages,
        figures=built.figures,
        languages=len(built.languages),
        observations=built.observations,
        size=built.size / 1e6,
        made=len(built.made),
        kept=len(built.kept),
    )
    say("The review is in {out}", out=built.out / "index.html")
