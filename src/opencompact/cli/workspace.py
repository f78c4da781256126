"""`opencompact init`, `import` and `sources`: a workspace, what is loaded into it, and where it is to be had."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.output import columns_named, headings, json_option, number, print_json, print_table, progress, say
from opencompact.cli.speaking import cells, tell
from opencompact.errors import plain
from opencompact.language import N_, counted, said

if TYPE_CHECKING:
    import polars as pl

    from opencompact.statistics.importing import Report

workspace_option = click.option(
    "--workspace",
    "-w",
    type=click.Path(path_type=Path),
    envvar="OPENCOMPACT_WORKSPACE",
    default=Path("workspace"),
    show_default=True,
    help="The workspace (or OPENCOMPACT_WORKSPACE).",
)


@click.command(epilog="Example: opencompact init workspace")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("workspace"))
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Make a workspace: the folder that holds what you import.

    One that is there already stays as it is.
    """
    from opencompact.statistics import Workspace

    loaded = Workspace.create(folder).editions().height
    if as_json:
        print_json({"workspace": str(folder), "tables": loaded})
    else:
        tables = counted("{n:,} table", "{n:,} tables", loaded)
        say(
            "{folder} is a workspace with {tables}. Next: opencompact import FILE --workspace {folder}",
            folder=folder,
            tables=tables,
        )


@click.command(name="import", epilog="Example: opencompact import --all downloads --workspace workspace")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--all", "folder", is_flag=True, help="PATH is a folder: recognise and import every file below it.")
@click.option("--include-derived", is_flag=True, help="Also keep third parties' reductions, for cross-checks.")
@click.option("--vintage", help="Date of the edition (2025-04-29), where the file does not say it.")
@workspace_option
@json_option
def import_(
    path: Path, folder: bool, include_derived: bool, vintage: str | None, workspace: Path, as_json: bool
) -> None:
    """Import a published file, or every file of a folder.

    Each file is recognised by its content. Every row ends in the workspace or is set aside with its reason:
    read = kept + set aside. A file that is there already changes nothing; an import that is stopped leaves the workspace
    as it was.
    """
    from opencompact.statistics.importing import Options, import_file, import_folder

    options = Options(include_derived=include_derived, vintage=vintage)
    if not folder:
        report = import_file(workspace, path, options)
    else:
        with progress(quiet=as_json) as bar:
            task = bar.add_task(tell("Importing"), total=None)
            report = import_folder(
                workspace,
                path,
                options,
                progress=lambda done, total, name: bar.update(
                    task, completed=done, total=total, description=name[-48:]
                ),
                waiting=lambda: say("Another import is at work in this workspace; waiting for it.", err=True),
            )
    _make_ready(workspace, quiet=as_json)
    _tell(report, as_json=as_json)
    if report.failures:
        raise SystemExit(report.failures[0].exit_code)


def _make_ready(workspace: Path, *, quiet: bool) -> None:
    """Finds the current values now, so that no review has to; where they cannot be kept, a review finds them."""
    from opencompact.errors import OutputError
    from opencompact.statistics import Workspace
    from opencompact.statistics.current import Current

    with progress(quiet=quiet) as bar, suppress(OutputError):
        task = bar.add_task(tell("Which values are current"), total=None)
        Current(Workspace(workspace)).prepare(lambda done, total, _name: bar.update(task, completed=done, total=total))


def _tell(report: Report, *, as_json: bool) -> None:
    from dataclasses import asdict

    from opencompact.statistics.importing import summary

    totals = summary(report.files)
    if as_json:
        errors = [error.as_dict() for error in report.failures]
        files = [asdict(record) for record in report.files]
        notes = list(report.notes)
        print_json({"files": files, "unchanged": report.unchanged, "summary": totals, "errors": errors, "notes": notes})
        return
    if len(report.files) <= 40:
        heads = headings("file", "what became of it", "source", "vintage", "read", "kept", "set aside", "")
        rows = [
            [f.file, said(f.outcome), f.source, f.vintage, f.read, f.kept, f.set_aside, said(f.unit)]
            for f in report.files
        ]
        print_table(heads, rows, right=[4, 5, 6])
    _tell_totals(totals, report.unchanged)
    for note in report.notes:
        _say_entry(said("Note"), note)
    for error in report.failures:
        say("Not imported: {problem}", problem=error.sentence, err=True)


def _tell_totals(totals: dict[str, dict[str, int]], unchanged: int) -> None:
    heads = headings(
        "what became of them", "files", "rows read", "kept", "set aside", "cells read", "kept", "set aside"
    )
    keys = ["files", *(f"{unit}_{name}" for unit in ("rows", "cells") for name in ("read", "kept", "set_aside"))]
    rows: list[list[Any]] = [[outcome, *(entry.get(key, 0) for key in keys)] for outcome, entry in totals.items()]
    rows.append([N_("all"), *(sum(entry.get(key, 0) for entry in totals.values()) for key in keys)])
    print_table(heads, [[said(row[0]), *(number(one, ",") for one in row[1:])] for row in rows], right=range(1, 8))
    say("Read = kept + set aside, for every file. 'opencompact sources --files' lists them with their reasons.")
    if unchanged:
        say(
            counted(
                "{n:,} file was there already and changed nothing.",
                "{n:,} files were there already and changed nothing.",
                unchanged,
            )
        )


@click.command(epilog="Example: opencompact sources --set-aside iom.missing-migrants@2025-04-29")
@click.argument("source", required=False)
@click.option("--loaded", is_flag=True, help="The editions that are in the workspace.")
@click.option("--files", is_flag=True, help="Every file that was imported, and what became of it.")
@click.option("--set-aside", "edition", metavar="EDITION", help="What was set aside of an edition, and why.")
@workspace_option
@json_option
def sources(source: str | None, loaded: bool, files: bool, edition: str | None, workspace: Path, as_json: bool) -> None:
    """Where publishers offer what can be imported, what it is called there, under which licence; and what is loaded.

    Without options: every source, or with SOURCE that one in full. The other options look into the workspace.
    """
    if edition or files or loaded:
        _tell_workspace(workspace, edition=edition, files=files, as_json=as_json)
    else:
        _tell_sources(source, as_json=as_json)


def _tell_workspace(workspace: Path, *, edition: str | None, files: bool, as_json: bool) -> None:
    from opencompact.statistics import Workspace

    opened = Workspace(workspace)
    if edition:
        table, numbers = opened.set_aside(edition), ["count"]
    elif files:
        table, numbers = opened.files().drop("sha256", "digest"), ["read", "kept", "set_aside"]
    else:
        table, numbers = (
            opened.editions().drop("sha256", "indicators", "name"),
            ["read", "kept", "set_aside", "observations"],
        )
    if as_json:
        print_json(table.to_dicts())
        return
    shown = table.drop("notes", "derived", "dated", strict=False)
    right = [shown.columns.index(name) for name in numbers]
    print_table(columns_named(shown.columns), _worded(shown), right=right)
    if edition:
        say("{n:,} set aside.", n=table["count"].sum())
    elif files:
        say(counted("{n:,} file.", "{n:,} files.", table.height))
    else:
        say(counted("{n:,} table.", "{n:,} tables.", table.height))
        _tell_undated(table)


def _tell_undated(editions: pl.DataFrame) -> None:
    """Which of the editions do not say their date: their vintage is the last day that they speak of."""
    sources = sorted(set(editions.filter(~editions["dated"])["source"]))
    if sources:
        say(
            "The files of these sources do not state their date; the vintage is the last day of their data: {sources}. "
            "Where you know the date, import with --vintage.",
            sources=", ".join(sources),
        )


# What may become of a file, and what its account counts.
OUTCOMES = (
    N_("kept"),
    N_("unchanged"),
    N_("set aside"),
    N_("not recognised"),
    N_("same edition"),
    N_("no observations"),
    N_("failed"),
    N_("rows"),
    N_("cells"),
)
# Columns of the account of an import whose cells are words of ours.
_WORDED = ("outcome", "unit", "grain")


def _worded(table: pl.DataFrame) -> list[list[Any]]:
    return [[_word(name, cell) for name, cell in row.items()] for row in table.to_dicts()]


def _word(column: str, cell: Any) -> Any:
    from opencompact.statistics.reasons import recalled

    if cell is None or column not in (*_WORDED, "reason"):
        return cell
    return recalled(cell) if column == "reason" else plain(cell)


def _tell_sources(identifier: str | None, *, as_json: bool) -> None:
    from dataclasses import asdict

    from opencompact.statistics.sources import contract

    chosen = [contract.source(identifier)] if identifier else list(contract.sources().values())
    if as_json:
        print_json([asdict(entry) for entry in chosen])
    elif identifier:
        _tell_source(chosen[0])
    else:
        rows = [[entry.id, entry.publisher, entry.name, entry.licence, entry.offered_at] for entry in chosen]
        print_table(["source", "publisher", "what", "licence", "offered at"], rows)
        say(
            counted(
                "{n} source. 'opencompact sources SOURCE' tells what its files are called.",
                "{n} sources. 'opencompact sources SOURCE' tells what its files are called.",
                len(rows),
            )
        )


def _say_entry(label: str, text: str) -> None:
    label = tell(label)
    click.echo(f"{label}{' ' * max(1, 12 - cells(label))}{text}")


def _tell_source(entry: Any) -> None:
    for label, text in (
        (said("Source"), entry.id),
        (said("Publisher"), entry.publisher),
        (said("What"), entry.name),
        (said("Licence"), entry.licence),
        (said("Offered at"), entry.offered_at),
    ):
        _say_entry(label, text)
    for note in entry.notes:
        _say_entry(said("Note"), note)
    rows = [[table.name, table.called, table.url, table.without_observations or table.note] for table in entry.tables]
    print_table(["table", "called there", "stable address", ""], rows)
