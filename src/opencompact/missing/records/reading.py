"""Records from files: CSV, XLSX, JSON, ODK/Kobo exports, and numbered field blocks; with a mapping file where needed.

Every row is accounted for: it becomes a record, or a part of one, or is set aside with its reason. A field that cannot be read is
left unknown in its record and listed with row, column, value and remedy: a family's report is not lost for a date. What was read
but contradicts itself is a finding.
Own: each row is kept or set aside, so that rows read = rows kept + rows set aside.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from opencompact.errors import InputError, InvalidDataError, UnknownCodeError
from opencompact.language import said
from opencompact.missing.records.consent import SEARCH, check_recipient, permits
from opencompact.missing.records.fields import HOW_FIELDS, POINTS, SEVERAL, build_record
from opencompact.missing.records.forms import read_form
from opencompact.missing.records.mapping import FieldMapping, fields_of, likeness_to_headings, read_mapping
from opencompact.missing.records.places import likelier_in
from opencompact.missing.records.record import Record, Stop
from opencompact.missing.records.sayings import folded, is_unknown
from opencompact.tables import ROW, RawTable, read_table

__all__ = ["FieldMapping", "Reading", "Unread", "accounted", "allowed", "read_mapping", "read_records"]


@dataclass(frozen=True)
class Unread:
    """A cell that could not be read, or (with `column` None) rows that were set aside: `rows` of the file, the first of them `row`."""

    row: int
    column: str | None
    value: str
    reason: str
    remedy: str
    rows: int = 1


@dataclass(frozen=True)
class Reading:
    """What a file gave, in rows of the file: `rows` read = `kept` in records + the rows of `set_aside`.

    A row is a record, save in numbered field blocks, where a record is made of several. `unread` are cells left unknown in kept records;
    `findings` are cells that were read but do not fit together; `merged` are fields that several columns hold. `beyond` are answers
    that a service holds and this page of them does not, None where their number is not said. `other_sheets` are the sheets of a workbook that were
    not read: only one is. `fields` are the fields and the columns that each was read from.
    """

    file: Path
    rows: int
    kept: int
    records: tuple[Record, ...]
    set_aside: tuple[Unread, ...]
    unread: tuple[Unread, ...]
    columns_not_used: tuple[str, ...]
    findings: tuple[Unread, ...] = ()
    merged: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beyond: int | None = 0
    other_sheets: tuple[str, ...] = ()
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class _Told:
    """What a file says of one record: its first row, how many rows say it, and field → (column, text) in the order of the mapping."""

    row: int
    rows: int
    cells: Mapping[str, Sequence[tuple[str, str]]]


@dataclass
class _Account:
    """What has become of the rows so far."""

    set_aside: list[Unread] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    findings: list[Unread] = field(default_factory=list)
    beyond: int | None = 0


def read_records(path: Path, mapping: FieldMapping | None = None, today: datetime.date | None = None) -> Reading:
    """Reads records; `today` is the day that an age without a day is taken for, where it is compared with a date of birth.

    Raises InputError where the file cannot be read or has no column that any field knows.
    """
    mapping = mapping or read_mapping()
    account = _Account()
    table = _table(path, mapping, account)
    rows = table.cells.height + len(account.set_aside)
    account.unread += _beyond(table)
    if mapping.blocks and {"record", "field", "value"} <= {folded(name) for name in table.columns}:
        told, fields = _blocks(table, mapping, account), {"": list(table.columns)}
    else:
        fields = fields_of(table.columns, mapping, path)
        told = _rows(table, fields)
    records, kept = [], 0
    seen: dict[str, int] = {}
    for one in told:
        record = _record(one, mapping, path, today or datetime.date.today(), account)
        if record is None:
            reason, remedy = said("The row says nothing that a search can use."), said("Complete it or delete it.")
            account.set_aside.append(Unread(one.row, None, "", reason, remedy, one.rows))
        elif record.id in seen:
            reason = said("Row {seen} has the same id.", seen=seen[record.id])
            remedy = said("Give each record an id of its own.")
            account.set_aside.append(Unread(one.row, None, record.id, reason, remedy, one.rows))
        else:
            seen[record.id] = one.row
            records.append(record)
            kept += one.rows
    used = {column for columns in fields.values() for column in columns}
    return Reading(
        path,
        rows,
        kept,
        tuple(records),
        tuple(sorted(account.set_aside, key=lambda line: line.row)),
        tuple(account.unread),
        tuple(name for name in table.columns if name not in used),
        tuple(account.findings),
        tuple((name, tuple(columns)) for name, columns in fields.items() if name and len(columns) > 1),
        account.beyond,
        table.other_sheets,
        tuple((name, tuple(columns)) for name, columns in fields.items() if name),
    )


def _beyond(table: RawTable) -> list[Unread]:
    """The cells right of the last heading: no column says what they are."""
    reason = said("The cell stands right of the last heading: nothing says what it is.")
    remedy = said("Give its column a heading; or look for a separator too many in the row.")
    return [Unread(row, str(place), text, reason, remedy) for row, place, text in table.beyond]


def _table(path: Path, mapping: FieldMapping, account: _Account) -> RawTable:
    """The file as a table; answers of a form that are none are set aside."""
    form = read_form(path, mapping.separator)
    if form is None:
        table = read_table(path, likeness=likeness_to_headings(mapping))
        _tell_above(table, mapping, account)
        return table
    account.beyond = form.beyond
    for row, value in form.no_answers:
        reason = said("This is no answer to a form.")
        remedy = said("Give an object for each answer, or delete it.")
        account.set_aside.append(Unread(row, "", value, reason, remedy))
    return form.table


def _tell_above(table: RawTable, mapping: FieldMapping, account: _Account) -> None:
    """Tells in which row the headings were found where it is not the first. Raises InputError where the file has no row of the mapping."""
    if mapping.header_row is not None and table.header_row != mapping.header_row:
        raise InputError(
            "The row that the mapping says to hold the headings holds nothing.",
            file=table.file,
            row=mapping.header_row,
            remedy="Look in which row the headings stand, and write its number as header_row.",
        )
    if mapping.header_row is None and table.header_row > 1 and table.above:
        account.findings.append(
            Unread(
                table.header_row,
                None,
                ", ".join(table.columns[:3]),
                said("The headings were found in this row; what stands above it was not read."),
                said("If they stand in another row, write header_row and its number into a mapping file."),
            )
        )


def _rows(table: RawTable, fields: Mapping[str, Sequence[str]]) -> list[_Told]:
    """A record from each row."""
    columns = list(dict.fromkeys(column for held in fields.values() for column in held))
    told = []
    for row, *cells in table.cells.select(ROW, *columns).iter_rows():
        texts = {column: text for column, text in zip(columns, cells, strict=True) if text}
        said_of = {name: [(c, texts[c]) for c in held if c in texts] for name, held in fields.items()}
        told.append(_Told(int(row), 1, {name: held for name, held in said_of.items() if held}))
    return told


def _blocks(table: RawTable, mapping: FieldMapping, account: _Account) -> list[_Told]:
    """Rows `record, field, value` of numbered field blocks, put together by record; those that fit nowhere are set aside."""
    names = {folded(name): name for name in table.columns}
    grouped: dict[str, dict[str, list[tuple[str, str]]]] = {}
    rows: dict[str, list[int]] = {}
    for row, record, number, value in table.cells.select(
        ROW, *(names[n] for n in ("record", "field", "value"))
    ).iter_rows():
        name = mapping.blocks.get(str(number or "").strip())
        if not record:
            reason, remedy = said("The row names no record."), said("Name the record of each row.")
            account.set_aside.append(Unread(int(row), names["record"], str(value or ""), reason, remedy))
        elif name is None:
            reason = said("The mapping has no field for this number.")
            remedy = said("Add the number to [blocks] of the mapping, or leave the row out.")
            account.set_aside.append(Unread(int(row), str(number or ""), str(value or ""), reason, remedy))
        else:
            rows.setdefault(record, []).append(int(row))
            held = grouped.setdefault(record, {"id": [(names["record"], record)]})
            if value:
                held.setdefault(name, []).append((str(number), value))
    return [_Told(rows[record][0], len(rows[record]), cells) for record, cells in grouped.items()]


def _record(told: _Told, mapping: FieldMapping, path: Path, today: datetime.date, account: _Account) -> Record | None:
    known: dict[str, str] = {}
    for name, cells in told.cells.items():
        # "Not known" is no answer to whether a record may be used: only an empty cell is without a word.
        answers = [(column, text) for column, text in cells if name == "consent" or not is_unknown(text)]
        codes = mapping.values.get("how" if name in HOW_FIELDS else name, {})
        one = _as_one(name, [(column, _coded(text, codes)) for column, text in answers if text.strip()], mapping)
        if one is None and answers:
            account.unread.append(_at_odds(told.row, name, answers))
        elif one:
            known[name] = one

    _join_points(known)

    def fault(name: str, error: InvalidDataError | UnknownCodeError) -> None:
        account.unread.append(Unread(told.row, name, known.get(name, ""), error.problem, error.remedy or ""))

    def finding(name: str, problem: str, remedy: str) -> None:
        account.findings.append(Unread(told.row, name, known.get(name, ""), problem, remedy))

    record = build_record(known, mapping, fault, finding, path.name, told.row, today, told.rows)
    return record and replace(record, id=mapping.id_of(record.id), stops=tuple(_by_origin(record)))


def _coded(text: str, codes: Mapping[str, str]) -> str:
    """The code of a word, with or without the point of a shortened one ("Fém."); else the text."""
    word = folded(text)
    return codes.get(word) or codes.get(word.rstrip(" ."), text)


def _by_origin(record: Record) -> Iterator[Stop]:
    """The stops of a record, where of several places of a name those of the person's own country weigh more."""
    own = {*record.nationality, *record.origins}
    for stop in record.stops:
        yield replace(stop, place=likelier_in(stop.place, own)) if stop.place and stop.place.others and own else stop


def _join_points(known: dict[str, str]) -> None:
    """A latitude and a longitude of two columns as one point; one of them alone is left to be told that it is none."""
    for name, parts in POINTS.items():
        halves = [known.pop(part, "") for part in parts]
        if any(halves) and name not in known:
            known[name] = ", ".join(half.replace(",", ".") for half in halves)


FIRST_OF = ("id", "coordinates", *(part for parts in POINTS.values() for part in parts))
"""Fields of which one column is enough: a form writes its own id and point beside what was asked for."""


def _as_one(name: str, cells: Sequence[tuple[str, str]], mapping: FieldMapping) -> str | None:
    """What the columns of a field say together; None where they say different things and the field can hold but one."""
    texts = list({folded(text): text for _, text in reversed(cells)}.values())[::-1]
    if len(texts) < 2 or name in FIRST_OF:
        return texts[0] if texts else ""
    return f"{mapping.separator} ".join(texts) if name in SEVERAL else None


def _at_odds(row: int, name: str, cells: Sequence[tuple[str, str]]) -> Unread:
    columns = ", ".join(dict.fromkeys(column for column, _ in cells))
    return Unread(
        row,
        name,
        " / ".join(text for _, text in cells),
        said("The columns {columns} say different things: the field is left unknown.", columns=columns),
        said("Correct one of them, or name one column in the mapping."),
    )


def accounted(reading: Reading) -> pl.DataFrame:
    """What was set aside, what was left unknown and what does not fit together: what, row, rows, column, value, reason, remedy."""
    lines = [
        {"what": what, **vars(line)}
        for what, listed in (
            ("set aside", reading.set_aside),
            ("not read", reading.unread),
            ("finding", reading.findings),
        )
        for line in listed
    ]
    text = dict.fromkeys(("column", "value", "reason", "remedy"), pl.String)
    return pl.DataFrame(lines, schema={"what": pl.String, "row": pl.Int64, **text, "rows": pl.Int64})


def allowed(reading: Reading, purpose: str = SEARCH, recipient: str | None = None) -> Reading:
    """The reading with the records set aside that may not be used so; rows stay accounted for.

    Raises InvalidDataError for a recipient that is nobody, or a body of border or immigration enforcement.
    """
    if recipient is not None:
        check_recipient(recipient)
    kept = tuple(record for record in reading.records if permits(record, purpose, recipient))
    reason = said("Its giver has not agreed to this use.")
    remedy = said("Ask the giver, and record the consent.")
    may = {record.id for record in kept}
    aside = [
        Unread(record.row or 0, None, record.id, reason, remedy, record.rows)
        for record in reading.records
        if record.id not in may
    ]
    rows = reading.kept - sum(line.rows for line in aside)
    return replace(reading, records=kept, kept=rows, set_aside=(*reading.set_aside, *aside))
