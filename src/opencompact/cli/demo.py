"""`opencompact demo`: everything in one command, with a fictional country or with real tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.known import languages_option, listed
from opencompact.cli.output import json_option, progress, say
from opencompact.cli.review import FORMATS, LANGUAGES, day, report
from opencompact.cli.speaking import tell

if TYPE_CHECKING:
    from opencompact.statistics.importing import Report

DEFAULT_AREA = "MEX"


@click.command(epilog="Example: opencompact demo --out demo --data downloads --area MEX --lang en --lang es")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("demo"), show_default=True, help="The folder to write to."
)
@click.option("--data", "folder", type=click.Path(path_type=Path), help="A folder with publishers' files.")
@click.option("--area", help="A country, region or the world; the fictional country if no data folder is given.")
@languages_option()
@click.option("--formats", default=",".join(FORMATS), show_default=True, help="Which of them, joined by commas.")
@click.option("--texts", type=click.Path(path_type=Path), help="A folder with the UN texts, to show their wording.")
@click.option("--date", "today", help="The day that the review bears, as 2026-11-21; today if not given.")
@json_option
def demo(
    out: Path,
    folder: Path | None,
    area: str | None,
    languages: tuple[str, ...],
    formats: str,
    texts: Path | None,
    today: str | None,
    as_json: bool,
) -> None:
    """Build a review from nothing: of a fictional country, or of a real one from a folder of publishers' files.

    Without --data, a country that does not exist is made up from a seed, with neighbours and a world, and everything
    says that it is synthetic. With --data, every file of the folder is imported first. What was imported is kept in
    OUT/workspace, of the fictional country in OUT/synthetic-workspace, and used again; the review is in OUT/AREA.
    """
    from opencompact.compact import area as known_area
    from opencompact.errors import UsageError
    from opencompact.review import Library, Request, build, links_of
    from opencompact.statistics import Workspace
    from opencompact.statistics.sample import places

    if folder is None and area is not None and area.upper() not in places.codes():
        raise UsageError(
            "There is no data of a real area without a folder of publishers' files.",
            value=known_area(area).code,
            remedy="'opencompact sources' says where each file is offered; save them in a folder and add --data FOLDER. "
            "Without --area, the review of a fictional country is built.",
        )
    place = area or (places.focus() if folder is None else DEFAULT_AREA)
    with progress(quiet=as_json) as bar:
        task = bar.add_task(tell("Importing"), total=None)
        workspace = out / ("synthetic-workspace" if folder is None else "workspace")
        Workspace.create(workspace)
        if folder is None:
            _import_sample(workspace, out)
        else:
            _import(
                workspace,
                folder,
                lambda done, total, name: bar.update(task, completed=done, total=total, description=name[-48:]),
            )
        opened = Workspace(workspace)
        links = links_of(opened, day(today), texts, synthetic=folder is None)
        request = Request(place, day(today), languages or LANGUAGES, listed(formats), links)
        bar.reset(task, total=len(request.languages) + 1, description=tell("Review"))
        built = build(
            Library(opened),
            request,
            out / place,
            progress=lambda step: bar.update(task, advance=1, description=step),
        )
    report(built, as_json=as_json)


def _import_sample(workspace: Path, out: Path) -> None:
    from opencompact.statistics.importing import import_folder
    from opencompact.statistics.sample import places
    from opencompact.statistics.sample.writing import write_sample

    places.register()
    files = out / "synthetic-files"
    write_sample(files)
    import_folder(workspace, files)


def _import(workspace: Path, folder: Path, tell: object) -> None:
    """Imports what is there; a file at fault is told and does not stop the others.

    Raises NoDataError where the folder has no file that gives an observation.
    """
    from opencompact.statistics.importing import import_folder

    done = import_folder(workspace, folder, progress=tell)  # type: ignore[arg-type]
    for failure in done.failures:
        say("Left out: {problem}", problem=failure.sentence, err=True)
    if not any(record.outcome in ("kept", "same edition") for record in done.files):
        _refuse_empty(folder, done)


def _refuse_empty(folder: Path, done: Report) -> None:
    from opencompact.errors import NoDataError

    raise NoDataError(
        "No file in this folder is a published table that can be imported." if done.files else "This folder is empty.",
        file=folder,
        remedy="'opencompact sources' says where each table is offered, and 'opencompact fetch' downloads those with a "
        "stable address; save them in the folder. Without --data, the review of a fictional country is built.",
    )
