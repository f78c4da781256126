"""An import: each file is recognised, read, accounted for to the last row, and kept in one step with the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from opencompact.compact import Catalogue, catalogue
from opencompact.errors import InputError, InvalidDataError, OpenCompactError, UsageError
from opencompact.language import said
from opencompact.statistics import store
from opencompact.statistics.accounting import Accounted, accounted, whole_file
from opencompact.statistics.observations import CELL, SCHEMA
from opencompact.statistics.sources import contract
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.store import FileRecord

DERIVED = said("a third party's reduction of a publisher's table: not the source of record")
UNKNOWN = said("no source knows a table of this form")


@dataclass(frozen=True)
class Options:
    """How to import. vintage: the date of the edition where the file does not say it, or says it wrongly; definitions:
    the catalogue by which a user's own table is read, that of the workspace if not given; workspace: where that table is
    compared with the populations that are loaded, the one imported into if not given.
    """

    include_derived: bool = False
    vintage: str | None = None
    definitions: Catalogue | None = None
    workspace: Path | None = None


@dataclass(frozen=True)
class Report:
    """What an import did, file by file. `unchanged` counts files that were there already, byte for byte.

    `notes` are what a reader of one file's values should know: a silent truncation, the warnings of one's own table.
    """

    files: tuple[FileRecord, ...]
    unchanged: int
    failures: tuple[OpenCompactError, ...] = ()
    notes: tuple[str, ...] = ()


def import_file(workspace: Path, path: Path, options: Options | None = None) -> Report:
    """Imports one file. Raises the error of whatever is wrong with it; the workspace is then as it was before.

    A file that no source knows is an InputError here (in a folder it is listed).
    """
    options = _with_definitions(options, workspace)
    with store.writing(workspace) as session:
        file = SourceFile(path)
        known = session.manifest.file_called(file.name, file.sha256)
        if known is not None and not _asked_again(known, options):
            return Report((known,), unchanged=1)
        result = _read(file, options)
        if result.record.outcome == "not recognised":
            raise _unknown(file)
        record = _keep(session, result)
        session.commit()
    return Report((record,), unchanged=0, notes=result.part.notes if result.part else ())


def _with_definitions(options: Options | None, workspace: Path) -> Options:
    known = options or Options()
    return replace(
        known,
        definitions=known.definitions or catalogue(workspace=workspace),
        workspace=known.workspace or workspace,
    )


def _unknown(file: SourceFile) -> InputError:
    """Why no source knows a file: it is empty, a web page, a picture … or a table of another form."""
    from opencompact.tables import read_table

    if file.format not in ("json", "xls"):
        try:
            read_table(file.path)
        except InputError as problem:
            return problem
    return InputError(
        "No source of OpenCompact knows a table of this form.",
        file=file.name,
        rule="unknown-dataset",
        remedy="'opencompact sources' lists what can be imported, and what each file is called at its publisher; "
        "'opencompact check' says what a table of your own lacks.",
    )


def import_folder(
    workspace: Path,
    folder: Path,
    options: Options | None = None,
    *,
    progress: Callable[[int, int, str], None] | None = None,
    waiting: Callable[[], None] | None = None,
) -> Report:
    """Imports every file below a folder; each ends in the report, with what became of it and why.

    A file at fault is listed as failed and the others are imported. All of it appears at once, at the end.
    progress: called with (files done, files in all, the file's name).
    """
    options = _with_definitions(options, workspace)
    paths = files_below(folder)
    records: list[FileRecord] = []
    failures: list[OpenCompactError] = []
    unchanged = 0
    with store.writing(workspace, told=waiting) as session:
        for number, path in enumerate(paths):
            file = SourceFile(path, folder)
            if progress is not None:
                progress(number, len(paths), file.name)
            try:
                known = session.manifest.file_called(file.name, file.sha256)
                if known is not None and not _asked_again(known, options):
                    unchanged += 1
                    records.append(known)
                else:
                    records.append(_keep(session, _read(file, options)))
            except OpenCompactError as problem:
                failures.append(problem)
                records.append(FileRecord(file.name, "", "", "failed", str(problem)))
        session.commit()
    return Report(tuple(records), unchanged, tuple(failures))


def files_below(folder: Path) -> list[Path]:
    """Every file below a folder, in order of name; hidden ones are left out.

    Raises InputError where there is no such folder, UsageError where it is a file.
    """
    if not folder.exists():
        raise InputError("There is no such folder.", file=folder, remedy="Check its name.")
    if not folder.is_dir():
        raise UsageError("This is no folder.", file=folder, remedy="To import one file, leave out --all.")
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _asked_again(known: FileRecord, options: Options) -> bool:
    """Whether a file that was set aside as derived is now asked for, or a vintage is given that it does not have."""
    if known.outcome == "set aside" and known.reason == DERIVED:
        return options.include_derived
    return known.outcome in ("failed", "not recognised") or (
        options.vintage is not None and known.vintage is not None and options.vintage != known.vintage
    )


def _read(file: SourceFile, options: Options) -> Accounted:
    recognition = contract.recognise(file)
    if recognition is None:
        return Accounted(whole_file(file, "not recognised", UNKNOWN))
    if recognition.reason is not None:
        return Accounted(whole_file(file, "no observations", recognition.reason, recognition))
    if recognition.derived and not options.include_derived:
        return Accounted(whole_file(file, "set aside", DERIVED, recognition))
    known = {"catalogue": options.definitions, "workspace": options.workspace}
    reading = _reading(file, replace(recognition, details={**recognition.details, **known}))
    _refuse_endless(file, reading.observations)
    dated = replace(reading, dated=reading.dated or options.vintage is not None)
    return accounted(file, recognition, dated, _vintage(file, options.vintage or reading.vintage))


def _reading(file: SourceFile, recognition: contract.Recognition) -> contract.Reading:
    """What the source's reader finds. A reader that stumbles over a form that it does not expect is no traceback."""
    try:
        return contract.reader(recognition.source).read(file, recognition)
    except (pl.exceptions.PolarsError, LookupError, ValueError, TypeError, AttributeError) as problem:
        raise InvalidDataError(
            said(
                "It begins as a file of {source} does and then is not one: {reason}",
                source=recognition.source,
                reason=str(problem).splitlines()[0],
            ),
            file=file.name,
            rule="form",
            remedy="Compare it with the publisher's file; if the publisher changed its form, please report it.",
        ) from problem


def _refuse_endless(file: SourceFile, found: pl.DataFrame) -> None:
    """No value is infinite, none is "not a number": neither can be added up, drawn or written as JSON."""
    for column in ("value", "lower", "upper"):
        if column in found.columns:
            odd = found.filter(~pl.col(column).cast(pl.Float64).is_finite())
            if odd.height:
                raise InvalidDataError(
                    "This is not a number.",
                    file=file.name,
                    row=odd["row"][0] if "row" in odd.columns else None,
                    value=str(odd[column][0]),
                    rule="number-endless",
                    remedy="Give a finite number.",
                )


def _vintage(file: SourceFile, vintage: str) -> str:
    try:
        return date.fromisoformat(vintage).isoformat()
    except ValueError as problem:
        raise UsageError(
            "A vintage is a day.", file=file.name, value=vintage, remedy="Write it as 2025-04-29."
        ) from problem


def _keep(session: store.Writing, result: Accounted) -> FileRecord:
    """Stages what was read, unless the same table is there already in another format."""
    record, part, reading, shapes = result.record, result.part, result.reading, result.shapes
    if part is not None and reading is not None and shapes is not None:
        twin = session.manifest.part(part.source, part.vintage, part.table)
        if twin is None:
            tables = {"observations": reading.observations, "set_aside": reading.set_aside, **reading.tables}
            session.stage(part, tables, shapes)
        elif _same_values(pl.read_parquet(session.staged_observations(twin)), reading.observations):
            record = replace(
                record, outcome="same edition", reason=said("the same table as {file}, in another file", file=twin.file)
            )
        else:
            raise InvalidDataError(
                said(
                    "{edition}, table {table}, was imported from {file} with other values.",
                    edition=twin.edition,
                    table=twin.table,
                    file=twin.file,
                ),
                file=part.file,
                rule="same-vintage",
                remedy="If this file is a later one, say of which date with --vintage.",
            )
    session.record(record)
    return record


def _same_values(known: pl.DataFrame, new: pl.DataFrame) -> bool:
    """Whether two tables say the same, whatever files and rows they come from."""
    columns = [name for name in SCHEMA if name not in ("file", "row")]
    return known.select(columns).sort(CELL).equals(new.select(columns).sort(CELL))


def summary(records: Iterable[FileRecord]) -> dict[str, dict[str, int]]:
    """By outcome: files, and what was read, kept and set aside in rows and in cells."""
    totals: dict[str, dict[str, int]] = {}
    for record in records:
        entry = totals.setdefault(record.outcome, {"files": 0})
        entry["files"] += 1
        for name in ("read", "kept", "set_aside"):
            key = f"{record.unit}_{name}"
            entry[key] = entry.get(key, 0) + int(getattr(record, name))
    return dict(sorted(totals.items()))
