"""`opencompact review`: one area's review as a site, a PDF, a document and data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.known import languages_option, listed
from opencompact.cli.output import json_option, print_json, progress, say
from opencompact.cli.speaking import tell
from opencompact.cli.workspace import workspace_option
from opencompact.language import Said, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opencompact.review import Built
    from opencompact.review.many import Done, Order

LANGUAGES = ("en", "ar", "zh", "es", "fr", "ru")
FORMATS = ("site", "pdf", "docx", "data")


@click.command(epilog="Example: opencompact review MEX --out review-mexico --lang en --lang es")
@click.argument("areas", metavar="AREA...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every country, region and the world of which there is data.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write to.")
@languages_option()
@click.option("--formats", default=",".join(FORMATS), show_default=True, help="Which of them, joined by commas.")
@workspace_option
@click.option("--texts", type=click.Path(path_type=Path), help="A folder with the UN texts, to show their wording.")
@click.option("--date", "today", help="The day that the review bears, as 2026-11-21; today if not given.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    help="Of several areas, how many at a time; as many as there are cores if not given.",
)
@json_option
def review(
    areas: tuple[str, ...],
    every: bool,
    out: Path,
    languages: tuple[str, ...],
    formats: str,
    workspace: Path,
    texts: Path | None,
    today: str | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Build the review of AREA: a country (MEX), a region of the United Nations (145) or the world (001).

    A second build into the same folder makes anew only what has changed. Of several areas, or of all, each gets a folder of
    its own in the one that --out names, with a page that leads to them; a run that was stopped goes on where it stopped.
    """
    import gc

    gc.disable()  # what is imported stays until the end: there is no waste to look for
    from opencompact.review.building import seldom_collect
    from opencompact.review.many import Order
    from opencompact.statistics.sample import places

    seldom_collect()
    if bool(areas) == every:
        raise click.UsageError(tell("Name one area or several, or all of them with --all."))
    places.register_if_asked(areas)
    order = Order(workspace, out, day(today), languages or LANGUAGES, listed(formats), texts)
    if len(areas) == 1:
        _one(areas[0], order, as_json=as_json)
    else:
        _several(areas, order, jobs, as_json=as_json)


def _one(area: str, order: Order, *, as_json: bool) -> None:
    from opencompact.compact import catalogue
    from opencompact.review import Library, Request, build, links_of
    from opencompact.statistics import Workspace
    from opencompact.statistics.sample import places

    opened = Workspace(order.workspace)
    links = links_of(opened, order.today, order.texts, synthetic=area.upper() in places.codes())
    request = Request(area, order.today, order.languages, order.formats, links)
    with progress(quiet=as_json) as bar:
        task = bar.add_task(tell("Review"), total=len(request.languages) + 1)
        built = build(
            Library(opened),
            request,
            order.out,
            catalogue=catalogue(workspace=order.workspace),
            progress=lambda step: bar.update(task, advance=1, description=step),
            waiting=_waiting,
        )
    report(built, as_json=as_json)


def _waiting() -> None:
    say("Another process is building a review in this folder; waiting for it.", err=True)


def _several(areas: Sequence[str], order: Order, jobs: int | None, *, as_json: bool) -> None:
    from opencompact.review import Library
    from opencompact.review.many import areas_with_data, build_many
    from opencompact.statistics import Workspace

    wanted = areas or areas_with_data(Library(Workspace(order.workspace)))
    with progress(quiet=as_json) as bar:
        task = bar.add_task(tell("Reviews"), total=None)
        done = build_many(
            order,
            wanted,
            jobs=jobs,
            progress=lambda number, total, area: bar.update(task, completed=number, total=total, description=area),
        )
    _report_many(done, order.out, as_json=as_json)
    if done.failed:
        raise SystemExit(done.failed[0][1].exit_code)


def _report_many(done: Done, out: Path, *, as_json: bool) -> None:
    if as_json:
        failed = [{"area": area, **problem.as_dict()} for area, problem in done.failed]
        print_json({"out": str(out), "reviews": [_as_json(built) for built in done.built], "failed": failed})
        return
    for area, problem in done.failed:
        say("{area} is not built: {problem}", area=area, problem=problem.sentence, err=True)
    say(
        "{reviews}, {size:,.1f} MB; {files}, {kept:,} taken over from the build before.",
        reviews=counted("{n:,} review", "{n:,} reviews", len(done.built)),
        size=sum(built.size for built in done.built) / 1e6,
        files=_files_made(sum(len(built.made) for built in done.built)),
        kept=sum(len(built.kept) for built in done.built),
    )
    say("The page that leads to them is {out}", out=out / "index.html")


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
        print_json(_as_json(built))
        return
    say(
        "{pages} and {figures} {languages}, {observations}, {size:.1f} MB; {files}, {kept:,} taken over from the build before.",
        pages=counted("{n:,} page", "{n:,} pages", built.pages),
        figures=counted("{n:,} figure", "{n:,} figures", built.figures),
        languages=counted("in {n:,} language", "in {n:,} languages", len(built.languages)),
        observations=counted("{n:,} observation", "{n:,} observations", built.observations),
        size=built.size / 1e6,
        files=_files_made(len(built.made)),
        kept=len(built.kept),
    )
    say("The review is in {out}", out=built.out / "index.html")


def _files_made(number: int) -> Said:
    return counted("{n:,} file made", "{n:,} files made", number)


def _as_json(built: Built) -> dict[str, object]:
    return {
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
