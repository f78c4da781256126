"""`opencompact fetch`: downloads a source's files from its publisher."""

from __future__ import annotations

from pathlib import Path

import click

from opencompact.cli.output import json_option, print_json, print_table, progress, say
from opencompact.language import counted, said


@click.command(epilog="Example: opencompact fetch uk.sdg-data --table 10-7-3 --into data")
@click.argument("source")
@click.option(
    "--into", "folder", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Folder."
)
@click.option("--table", "tables", multiple=True, help="Only this table of the source; may be given several times.")
@json_option
def fetch(source: str, folder: Path, tables: tuple[str, ...], as_json: bool) -> None:
    """Download the files of SOURCE where its publisher has a stable address.

    A download that broke off goes on where it stopped; a file that has not changed is not fetched again; a newer one
    never takes the place of an older. 'opencompact sources' lists the sources and where a person finds those that have
    no stable address.
    """
    from dataclasses import asdict

    from opencompact.statistics import fetching

    with progress(quiet=as_json) as bar:
        tasks: dict[str, object] = {}

        def told(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)  # type: ignore[arg-type]

        found = fetching.fetch(source, folder, tables=tables, told=told)
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    rows = [
        (
            entry.path,
            entry.bytes,
            entry.vintage,
            said("unchanged") if entry.unchanged else said("new"),
            entry.sha256[:12],
        )
        for entry in found
    ]
    print_table(("File", "Bytes", "Vintage", "", "SHA-256"), rows, right=(1,))
    files = counted("{n:,} file in {folder}.", "{n:,} files in {folder}.", len(found), folder=folder)
    say("{files} To load them: opencompact import --all {folder}", files=files, folder=folder)
