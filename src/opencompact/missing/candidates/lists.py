"""Files of people as plain columns, for `columns.link`: large lists in which each row is a name, a sex, a year, a country, a place.

Headings, words, calendars and consents are those of records; every distinct value is read once, so that a million rows take seconds. What
a full record has besides (marks, teeth, statures, days) is not looked at: `missing candidates` weighs that.
Own choice of columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import polars as pl

from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.missing.candidates.columns import Linked, Plan, one_to_one
from opencompact.missing.records.consent import REFUSED, SEARCH, check_recipient, permits, read_consent
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.mapping import FieldMapping, fields_of, read_mapping
from opencompact.missing.records.peoples import area_of
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import folded, is_unknown
from opencompact.missing.records.telephones import telephone
from opencompact.missing.records.written_dates import DayOrder
from opencompact.tables import ROW, read_table

NAMES = ("given_name", "father_name", "grandfather_name", "family_name")
"""Columns of names in the order in which they are spoken; `name` where a list has no parts."""
PLACES = ("last_contact_place", "found_place", "departure_place")
NUMBERS = ("document_number", "phone")
LEAST_DIGITS = 4


@dataclass(frozen=True)
class PeopleList:
    """A file as plain columns: `table` has one row a person (given_name, father_name, grandfather_name, family_name, name; sex F or M;
    country ISO 3166 or as written; place as written; birth_year; birth_date and numbers as texts), null where unknown.

    `ids` are those of the rows; `rows` of the file were read, `refused` of them are left out because their givers did not agree; `unread` says how
    many cells of a field could not be read; `not_used` are columns that linking does not look at.
    """

    file: Path
    ids: tuple[str, ...]
    table: pl.DataFrame
    rows: int
    refused: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)
    not_used: tuple[str, ...] = ()
    synthetic: bool = False


def read_list(path: Path, mapping: Path | None = None, *, recipient: str | None = None) -> PeopleList:
    """Reads a list of people (CSV, XLSX, Parquet) for `plan_of` and `columns.link`.

    Raises InputError for a file or mapping that cannot be read, InvalidDataError for an id that stands twice and for a recipient who is
    given nothing.
    """
    if recipient is not None:
        check_recipient(recipient)
    raw, rules = read_table(path), read_mapping(mapping)
    fields = fields_of(raw.columns, rules, path)
    cells = raw.cells.with_columns(pl.col(raw.columns).str.strip_chars())
    may = _permitted(cells, fields, rules, recipient)
    kept = cells.filter(may)
    reader = _Columns(kept, fields, rules)
    table = reader.table()
    used = {column for name in reader.used for column in fields[name]} | set(fields.get("id", ()))
    return PeopleList(
        path,
        _ids(kept, fields, rules, path),
        table,
        len(cells),
        len(cells) - len(kept),
        reader.unread,
        tuple(column for column in raw.columns if column not in used),
        _made_up(reader.cell("synthetic"), path),
    )


def _made_up(told: pl.Series, path: Path) -> bool:
    made = told.str.to_lowercase().is_in(["yes", "true", "1"]).fill_null(False)
    if made.any() and not made.all():
        raise _not_side_by_side(path)
    return bool(made.any())


def made_up(left: PeopleList, right: PeopleList) -> bool:
    """Whether the people of both lists never lived. Raises InvalidDataError where those of one did."""
    if left.synthetic is not right.synthetic:
        raise _not_side_by_side(left.file if left.synthetic else right.file)
    return left.synthetic


def _not_side_by_side(path: Path) -> InvalidDataError:
    return InvalidDataError(
        "Records of real people and synthetic ones are not put side by side.",
        file=path,
        column="synthetic",
        remedy="Leave the synthetic ones out; or write yes in the column synthetic where the people are made up.",
    )


def _ids(cells: pl.DataFrame, fields: Mapping[str, list[str]], rules: FieldMapping, path: Path) -> tuple[str, ...]:
    """The ids of the rows, or file and row where none is given. Raises InvalidDataError for one that stands twice."""
    stated = cells[fields["id"][0]] if "id" in fields else pl.Series([None] * len(cells), dtype=pl.String)
    repeated = cells.filter(stated.is_duplicated() & stated.is_not_null())
    if len(repeated):
        raise InvalidDataError(
            "The identifier stands in another row too.",
            file=path,
            row=int(repeated[ROW][0]),
            column=fields["id"][0],
            value=str(repeated[fields["id"][0]][0]),
            remedy="Give every row its own.",
        )
    rows = cells[ROW].to_list()
    return tuple(rules.id_of(one) if one else f"{path.name}:{row}" for one, row in zip(stated, rows, strict=True))


def _permitted(
    cells: pl.DataFrame, fields: Mapping[str, list[str]], rules: FieldMapping, recipient: str | None
) -> pl.Series:
    """Which rows may be used, as their givers agreed."""
    columns = fields.get("consent", [])
    if not columns or not len(cells):
        return pl.Series([recipient is None] * len(cells), dtype=pl.Boolean)
    said_of = cells.select(pl.concat_str(columns, separator=rules.separator, ignore_nulls=True)).to_series()

    def may(text: str) -> bool:
        try:
            consents = tuple(read_consent(part) for part in text.split(rules.separator) if part.strip())
        except InvalidDataError:
            consents = REFUSED
        return permits(Record(id="", kind="sought", consents=consents), SEARCH, recipient)

    answers = {text: may(text) for text in said_of.fill_null("").unique().to_list()}
    return said_of.fill_null("").replace_strict(answers, return_dtype=pl.Boolean)


class _Columns:
    """Reads the fields of a list column by column, every distinct value once."""

    def __init__(self, cells: pl.DataFrame, fields: Mapping[str, list[str]], rules: FieldMapping) -> None:
        self.cells, self.fields, self.rules = cells, fields, rules
        self.unread: dict[str, int] = {}
        self.used: set[str] = set()

    def cell(self, name: str) -> pl.Series:
        """What a field says, the first of its columns that says anything."""
        columns = self.fields.get(name, [])
        if not columns:
            return pl.Series(name, [None] * len(self.cells), dtype=pl.String)
        return self.cells.select(pl.coalesce(columns).alias(name)).to_series()

    def read(self, name: str, read: Callable[[str], str | int | None], kind: type[pl.DataType]) -> pl.Series:
        """The column of a field; cells that cannot be read are counted and unknown."""
        told = self.cell(name)
        values: dict[str, str | int | None] = {}
        faulty: set[str] = set()
        for text in told.drop_nulls().unique().to_list():
            try:
                values[text] = None if is_unknown(text) else read(text)
            except (InvalidDataError, UnknownCodeError):
                faulty.add(text)
        if faulty:
            self.unread[name] = int(told.is_in(list(faulty)).sum())
        column = told.replace_strict(values, default=None, return_dtype=kind)
        if column.is_not_null().any():
            self.used.add(name)
        return column.alias(name)

    def table(self) -> pl.DataFrame:
        """The columns that linking can use."""
        texts = {name: self.read(name, lambda text: text, pl.String) for name in (*NAMES, "name", *PLACES)}
        country = self.read("nationality", self._country, pl.String)
        origin = self.read("origin", self._country, pl.String)
        born = self.read("birth_date", self._born, pl.String)
        year = self.read("birth_year", self._year, pl.Int64)
        return pl.DataFrame(
            {
                **{name: texts[name] for name in (*NAMES, "name")},
                "sex": self.read("sex", self._sex, pl.String),
                "country": country.fill_null(origin),
                "place": texts[PLACES[0]].fill_null(texts[PLACES[1]]).fill_null(texts[PLACES[2]]),
                "birth_year": year.fill_null(born.str.slice(0, 4).cast(pl.Int64, strict=False)),
                "birth_date": born.set(born.str.len_chars() < 10, None),
                "document_number": self.read("document_number", self._number, pl.String),
                "phone": self.read("phone", self._telephone, pl.String),
            }
        )

    def _sex(self, text: str) -> str:
        code = self.rules.values.get("sex", {}).get(folded(text), text)
        if code not in ("F", "M"):
            raise InvalidDataError("This is no sex that the list knows.", value=text)
        return code

    def _country(self, text: str) -> str:
        """The country, or what stands there: two lists may use the same names for what no list of countries has."""
        first = text.split(self.rules.separator)[0].strip()
        try:
            return area_of(first)
        except UnknownCodeError:
            return folded(first)

    def _born(self, text: str) -> str | None:
        """A day as 2003-05-31, a year as 2003; None where more than a year may be meant."""
        days = read_days(text, order=cast(DayOrder, self.rules.day_order), calendar=self.rules.calendar)
        if days is None or days.start.year != days.end.year:
            return None
        return days.start.isoformat() if days.start == days.end else f"{days.start.year:04d}"

    def _year(self, text: str) -> int | None:
        born = self._born(text)
        return int(born[:4]) if born else None

    def _number(self, text: str) -> str | None:
        signs = "".join(sign for sign in folded(text).upper() if sign.isalnum())
        return signs if len(signs) >= LEAST_DIGITS else None

    def _telephone(self, text: str) -> str | None:
        """The number without its country's code, which one list may write and the other not."""
        return telephone(text)[0] or self._number(text)


def plan_of(left: PeopleList, right: PeopleList) -> Plan:
    """Which columns of two lists are compared: those of which both know something.

    Where a list has whole names only, the names of both are compared whole (`with_whole_names`). Raises InvalidDataError where no names can be compared,
    or a list has nobody.
    """
    for side in (left, right):
        _check_people(side)
    known = [name for name in left.table.columns if _known(left, name) and _known(right, name)]
    names = tuple(name for name in NAMES if name in known)
    if "given_name" not in names and "family_name" not in names:
        names = ("name",) if "name" in known else names
    if not names:
        raise InvalidDataError(
            "The two lists share no column of names.",
            file=right.file,
            remedy="Name the columns in a mapping file: given_name, father_name, family_name, or name.",
        )
    texts = tuple(name for name in ("birth_date", *NUMBERS) if name in known)
    # A day of birth says the year too.
    years = ("birth_year",) if "birth_year" in known and "birth_date" not in texts else ()
    country = "country" in known
    return Plan(
        names,
        tuple(name for name in ("sex", "country", "place") if name in known),
        years,
        texts,
        within={"place": "country"} if country and "place" in known else {},
        group="country" if country else None,
    )


def _check_people(side: PeopleList) -> None:
    """Raises InvalidDataError for a list without rows, and for one of which nobody may be compared."""
    if not side.rows:
        raise InvalidDataError(
            "The list has no rows.", file=side.file, remedy="Give a list with a row for each person."
        )
    if not side.ids:
        raise InvalidDataError(
            "All rows are set aside by what their givers agreed to: nobody of the list may be compared.",
            file=side.file,
            column="consent",
            value=str(side.refused),
            remedy="Ask those who gave the data, and record in the column consent what they agree to, and for whom.",
        )


def _known(side: PeopleList, name: str) -> bool:
    return bool(side.table[name].is_not_null().any())


def with_whole_names(left: PeopleList, right: PeopleList) -> tuple[PeopleList, PeopleList]:
    """The lists with parts put together as one name where one of them has whole names and not their parts."""
    parts = [any(_known(side, name) for name in ("given_name", "family_name")) for side in (left, right)]
    if all(parts):
        return left, right
    return _whole(left), _whole(right)


def _whole(side: PeopleList) -> PeopleList:
    together = pl.concat_str([pl.col(name) for name in NAMES], separator=" ", ignore_nulls=True)
    table = side.table.with_columns(name=pl.col("name").fill_null(pl.when(together != "").then(together)))
    blank = [pl.lit(None, pl.String).alias(name) for name in NAMES]
    return replace(side, table=table.with_columns(blank))


@dataclass(frozen=True)
class ListedPair:
    """Two rows that are likely one person: their ids, the probability, the ln likelihood ratio, and what each column says of it."""

    left: str
    right: str
    probability: float
    ln_likelihood_ratio: float
    columns: Mapping[str, float]


def listed_pairs(linked: Linked, left: Sequence[str], right: Sequence[str], least: float) -> list[ListedPair]:
    """The pairs of at least this probability, each row once, the likeliest first."""
    chosen = one_to_one(linked, least).nonzero()[0]
    chosen = chosen[(-linked.probability[chosen]).argsort(kind="stable")]
    return [
        ListedPair(
            left[linked.left[at]],
            right[linked.right[at]],
            float(linked.probability[at]),
            float(linked.score[at]),
            {name: float(told[at]) for name, told in linked.fields.items()},
        )
        for at in chosen.tolist()
    ]
