"""Records from files: CSV, XLSX, JSON, ODK/Kobo exports, and numbered field blocks; with a mapping file where needed.

Every row is accounted for: it becomes a record, or is set aside with its reason. A field that cannot be read is left unknown in
its record and listed with row, column, value and remedy: a family's report is not lost for a date.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from opencompact.errors import InputError, InvalidDataError, UnknownCodeError
from opencompact.language import said
from opencompact.missing.records.consent import SEARCH, permits
from opencompact.missing.records.fields import build_record
from opencompact.missing.records.forms import read_form
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import is_unknown, plain
from opencompact.tables import ROW, RawTable, read_table


@dataclass(frozen=True)
class Unread:
    """A cell that could not be read, or (with `column` None) a row that was set aside."""

    row: int
    column: str | None
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Reading:
    """What a file gave: `rows` read = records kept + rows set aside; `unread` are cells left unknown in kept records."""

    file: Path
    rows: int
    records: tuple[Record, ...]
    set_aside: tuple[Unread, ...]
    unread: tuple[Unread, ...]
    columns_not_used: tuple[str, ...]


@dataclass(frozen=True)
class FieldMapping:
    """Which column is which field, and how values are meant."""

    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]]
    blocks: Mapping[str, str]
    kind: str
    day_order: str
    calendar: str
    separator: str
    named: frozenset[str] = frozenset()


@cache
def _standard() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.records").joinpath("mapping.toml").read_text(encoding="utf-8"))


def read_mapping(path: Path | None = None, **overrides: str) -> FieldMapping:
    """The standard mapping with a file's changes over it. Raises InputError for a broken file or a field that is none."""
    standard = _standard()
    own: dict[str, Any] = {}
    if path is not None:
        try:
            own = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError("There is no such mapping file.", file=path, remedy="Check its name.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise InputError(
                said("The mapping is not TOML: {reason}.", reason=problem),
                file=path,
                remedy="See docs/how-to/import-records.md.",
            ) from None
    unknown = [
        name for name in (*own.get("columns", {}), *own.get("blocks", {}).values()) if name not in standard["columns"]
    ]
    if unknown:
        raise InputError(
            "The mapping names a field that records do not have.",
            file=path,
            value=unknown[0],
            remedy=said("Fields: {columns}.", columns=", ".join(standard["columns"])),
        )
    columns = {name: tuple(headings) for name, headings in standard["columns"].items()}
    for name, heading in own.get("columns", {}).items():
        columns[name] = (heading,) if isinstance(heading, str) else tuple(heading)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for source in (standard, own):
        for name, codes in source.get("values", {}).items():
            values[name] |= {plain(word): code for code, words in codes.items() for word in (code, *words)}
    settings = {
        key: overrides.get(key) or own.get(key, standard[key]) for key in ("kind", "day_order", "calendar", "separator")
    }
    return FieldMapping(columns, values, own.get("blocks", {}), **settings, named=frozenset(own.get("columns", {})))


def read_records(path: Path, mapping: FieldMapping | None = None) -> Reading:
    """Reads records. Raises InputError where the file cannot be read or has no column that any field knows."""
    mapping = mapping or read_mapping()
    table = read_form(path, mapping.separator) or read_table(path)
    blocks: list[Unread] = []
    if mapping.blocks and {"record", "field", "value"} <= {plain(name) for name in table.columns}:
        rows, blocks = _block_rows(table, mapping)
        used = set(table.columns)
    else:
        headings = _headings(table, mapping)
        rows = [
            (int(row[0]), {name: text for name, text in zip(headings, row[1:], strict=True) if text})
            for row in table.cells.select(ROW, *headings.values()).iter_rows()
        ]
        used = set(headings.values())
    records, aside, unread = [], [], blocks
    seen: dict[str, int] = {}
    for row, told in rows:
        record, faults = _record(row, told, mapping, path)
        unread += faults
        if record is None:
            aside.append(
                Unread(
                    row,
                    None,
                    "",
                    said("The row says nothing that a search can use."),
                    said("Complete it or delete it."),
                )
            )
        elif record.id in seen:
            aside.append(
                Unread(
                    row,
                    None,
                    record.id,
                    said("Row {seen} has the same id.", seen=seen[record.id]),
                    said("Give each record an id of its own."),
                )
            )
        else:
            seen[record.id] = row
            records.append(record)
    idle = tuple(name for name in table.columns if name not in used)
    return Reading(path, len(rows), tuple(records), tuple(aside), tuple(unread), idle)


def _headings(table: RawTable, mapping: FieldMapping) -> dict[str, str]:
    """field → heading. A form's group ("person/age", "group_1.age") is left out of the name."""
    available = {_bare(heading): heading for heading in reversed(table.columns)}
    found = {
        name: available[_bare(heading)]
        for name, headings in mapping.columns.items()
        for heading in reversed(headings)
        if _bare(heading) in available
    }
    if lost := sorted(mapping.named - set(found)):
        raise InputError(
            "The mapping names a column that this file does not have.",
            file=table.file,
            value=mapping.columns[lost[0]][0],
            remedy=said("Columns of the file: {columns}.", columns=", ".join(table.columns[:40])),
        )
    if not set(found) - {"id", "kind"}:
        raise InputError(
            "No column of this file is a field of a record.",
            file=table.file,
            value=", ".join(table.columns[:6]),
            remedy="Give a mapping file (--mapping): see docs/how-to/import-records.md.",
        )
    return found


def _bare(heading: str) -> str:
    return re.sub(r"[\s_]+", " ", plain(re.split(r"[/.](?=[^\s/.])", heading)[-1]))


def _block_rows(table: RawTable, mapping: FieldMapping) -> tuple[list[tuple[int, dict[str, str]]], list[Unread]]:
    """Rows `record, field, value` of numbered field blocks, put together by record, and the rows that fit nowhere."""
    names = {plain(name): name for name in table.columns}
    grouped: dict[str, dict[str, str]] = {}
    first: dict[str, int] = {}
    idle: list[Unread] = []
    wanted = [names["record"], names["field"], names["value"]]
    for row, record, number, value in table.cells.select(ROW, *wanted).iter_rows():
        if not record:
            idle.append(
                Unread(row, "record", str(value or ""), "The row names no record.", "Name the record of each row.")
            )
            continue
        first.setdefault(record, row)
        held = grouped.setdefault(record, {})
        name = mapping.blocks.get(str(number).strip())
        if name is None:
            remedy = said("Add the number to [blocks] of the mapping, or leave the row out.")
            idle.append(Unread(row, str(number), str(value or ""), "The mapping has no field for this number.", remedy))
        elif value:
            held[name] = f"{held[name]}{mapping.separator} {value}" if name in held else value
    return [(row, {"id": record, **grouped[record]}) for record, row in first.items()], idle


def _record(row: int, said: dict[str, str], mapping: FieldMapping, path: Path) -> tuple[Record | None, list[Unread]]:
    # "Not known" is no answer to whether a record may be used: only an empty cell is without a word.
    known = {name: text for name, text in said.items() if not is_unknown(text) or (name == "consent" and text.strip())}
    for name in ("sex", "kind"):
        if name in known:
            known[name] = mapping.values.get(name, {}).get(plain(known[name]), known[name])
    faults: list[Unread] = []

    def fault(name: str, error: InvalidDataError | UnknownCodeError) -> None:
        faults.append(Unread(row, name, known.get(name, ""), error.problem, error.remedy or ""))

    record = build_record(
        known, mapping.kind, mapping.day_order, mapping.calendar, mapping.separator, fault, path.name, row
    )
    return record, faults


def accounted(reading: Reading) -> pl.DataFrame:
    """What was set aside and what was left unknown: row, column, value, reason, remedy."""
    lines = (*reading.set_aside, *reading.unread)
    return pl.DataFrame(
        [vars(line) for line in lines],
        schema={"row": pl.Int64, "column": pl.String, "value": pl.String, "reason": pl.String, "remedy": pl.String},
    )


def allowed(reading: Reading, purpose: str = SEARCH, recipient: str | None = None) -> Reading:
    """The reading with the records set aside that may not be used so; rows stay accounted for."""
    kept = tuple(record for record in reading.records if permits(record, purpose, recipient))
    reason = said("Its giver has not agreed to this use.")
    remedy = said("Ask the giver, and record the consent.")
    may = {record.id for record in kept}
    aside = [
        Unread(record.row or 0, None, record.id, reason, remedy) for record in reading.records if record.id not in may
    ]
    return replace(reading, records=kept, set_aside=(*reading.set_aside, *aside))
