"""A register: many records made ready once, to be compared with many others.

Own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from copy import copy
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.births import told_birth
from opencompact.missing.candidates.blocking import KeyIndex, Keys, index_keys
from opencompact.missing.candidates.coded import Coded, Sets, coded, sets_of, with_others
from opencompact.missing.candidates.journeyed import journeyed
from opencompact.missing.candidates.namesakes import names_count
from opencompact.missing.candidates.naming import (
    BITS,
    Bearers,
    Spellings,
    Values,
    bearers,
    prepare_values,
    record_keys,
    spellings_of,
    told_by_parts,
)
from opencompact.missing.evidence.again import SOUGHT, role_of
from opencompact.missing.evidence.age import Birth, birth_range, is_age_at_death, missing_by_age
from opencompact.missing.evidence.compare import companions, full_names
from opencompact.missing.evidence.groups import documents_of, languages_of, number_code, numbers_of, telephones_of
from opencompact.missing.evidence.marks import concepts, marks_of
from opencompact.missing.evidence.parts import parts_of
from opencompact.missing.evidence.relatives import mothers
from opencompact.missing.evidence.stature import stature_of
from opencompact.missing.evidence.where_when import last_known
from opencompact.missing.records.places import Place, Point
from opencompact.missing.records.record import Record

Ints = NDArray[np.int32]
FEW = 5_000
SHARE_OF_ITS_OWN = 4
"""Fewer than one in so many records are made ready anew where they are looked at exactly, instead of all."""
SINGLES_UP_TO = 200_000
"""Up to so many records a part of a name alone is a key; beyond, only pairs of parts."""


class Register:
    """Records of one file, ready. `today` is the day on which ages without a date are taken to be told.

    Prepared at about 400,000 records a minute; afterwards one record is compared with all in milliseconds. So that there are few
    distinct values, births are taken to a part of a year and places of discovery to a tenth of a degree, unless `exact`.
    """

    def __init__(self, records: Sequence[Record], today: datetime.date, exact: bool = False) -> None:
        self.records = tuple(records)
        self.today, self.exact = today, exact
        self.values, self.spelled = _names([full_names(record) for record in self.records])
        self.mothers = _names([mothers(record) for record in self.records])
        self.companions = _names([companions(record) for record in self.records])
        self.languages = coded(languages_of(record) or None for record in self.records)
        self.sex = coded(record.sex for record in self.records)
        self.birth = self._births()
        self.origin = coded(tuple(sorted({*record.nationality, *record.origins})) or None for record in self.records)
        self.last = with_others(coded(_place(record) for record in self.records), _others)
        self.last_days = coded(_last_days(record) for record in self.records)
        self.found = self._found(None if exact else 1)
        self.found_days = coded(_found_days(record) for record in self.records)
        self.journeyed = journeyed(self.records)
        self.stature = coded(stature_of(record, today) for record in self.records)
        self.traits = coded(record.traits or None for record in self.records)
        self.teeth = coded(record.teeth or None for record in self.records)
        words: dict[str, int] = {}
        self.words = words
        told = [marks_of(record) for record in self.records]
        self.marks = sets_of([_numbered(words, mark) for marks in told for mark in marks])
        ends = np.cumsum([0, *map(len, told)])
        self.marks_of = np.stack([ends[:-1], ends[1:]], axis=1).astype(np.int32)  # per record, its marks
        self.parts = np.array([parts_of(record) for record in self.records], np.int64).reshape(-1, 4)
        self.objects = sets_of([_numbered(words, concepts(record.objects)) for record in self.records])
        self.numbers = sets_of(
            [map(number_code, numbers_of(record)) for record in self.records]
        )  # of all kinds: the keys
        self.documents = sets_of([map(number_code, documents_of(record)) for record in self.records])
        phones = [(record.phones, (*record.phones, *record.reporter_phones)) for record in self.records]
        own, every = (sets_of([map(number_code, telephones_of(one[k])) for one in phones]) for k in (0, 1))
        self.telephones = own, every  # their own, and with those of who reports
        self.worked_out: Any = None

    def __len__(self) -> int:
        return len(self.records)

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it (`kept`): not `worked_out` (by `sides.side_of`) nor `_exactly`, which are soon done again."""
        return {name: value for name, value in self.__dict__.items() if name != "_exactly"} | {"worked_out": None}

    def _births(self) -> Coded:
        if self.exact:
            return coded(told_birth(record, self.today) for record in self.records)
        parts = 64 if len(self.records) <= FEW else 4  # of a year: finer days would only make more distinct values
        return coded(_birth(record, self.today, parts) for record in self.records)

    def _found(self, digits: int | None) -> Coded:
        places = (stop.place if (stop := record.stop("found")) else None for record in self.records)
        return with_others(
            coded(_as_found(place, digits) if place and place.point else None for place in places), _others_found
        )

    def exactly(self, rows: Ints) -> tuple[Register, Ints]:
        """A register in which these records are `exact`, and where each of them is in it: one of their own where they are few."""
        chosen, places = np.unique(rows, return_inverse=True)
        if len(chosen) * SHARE_OF_ITS_OWN >= len(self):
            return self._exactly, rows
        records = [self.records[row] for row in chosen.tolist()]
        return Register(records, self.today, exact=True), places.astype(np.int32)

    @cached_property
    def _exactly(self) -> Register:
        found = copy(self)
        found.exact, found.worked_out = True, None
        found.birth = found._births()
        found.found = found._found(None)
        return found

    def at_departures(self) -> Register:
        """The register as if everyone had been found where and when the departure is told to have been; nowhere and never where its day or
        place is not (`evidence.where_when.first_known`)."""
        told, found = self.journeyed, copy(self)
        known = (told.days.codes >= 0) & (told.places.codes >= 0)
        found.worked_out = None
        found.found_days = Coded(
            tuple((start, start + length - 1) for start, length in told.days.values),
            np.where(known, told.days.codes, -1),
        )
        places = tuple(_as_found(place, None) for place in told.places.values)
        found.found = with_others(Coded(places, np.where(known, told.places.codes, -1)), _others_found)
        return found

    @cached_property
    def place_of(self) -> dict[str, int]:
        """id → position."""
        return {record.id: at for at, record in enumerate(self.records)}

    @cached_property
    def roles(self) -> Ints:
        """Of each record, whether it is of a person sought, of one alive, or of remains (`evidence.again`)."""
        return np.array([role_of(record) for record in self.records], np.int32)

    @cached_property
    def sides(self) -> frozenset[bool]:
        """Whether there are people sought among the records (True), and whether there are others (False)."""
        return frozenset((self.roles == SOUGHT).tolist())

    @cached_property
    def names_count(self) -> float | None:
        """How much names count among these people (`namesakes`); None where too few have one."""
        return names_count(self.values, self.spelled)

    @cached_property
    def bearers(self) -> Bearers:
        """How many records bear each key of a part of a name."""
        return bearers(self.values, self.spelled)

    def keys(self, other: Bearers) -> Keys:
        """Keys of names and of numbers of all records; what a part tells is how rare it is among `other`."""
        everyone = (0, len(self))
        return keys_of(
            self.values,
            self.spelled,
            told_by_parts(self.values, other),
            self.numbers,
            everyone,
            len(self) <= SINGLES_UP_TO,
        )

    @cached_property
    def index(self) -> KeyIndex:
        """The inverted index of the keys."""
        found = self.keys(self.bearers)
        return index_keys(found.keys, found.owners, found.counts)


NUMBER = 12.0
"""What a shared number of a document or telephone, or a shared text, tells in the rough order (nats)."""


def keys_of(
    values: Values,
    spelled: Spellings,
    told: NDArray[np.float32],
    numbers: Sets | None,
    rows: tuple[int, int],
    singles: bool,
    number: float = NUMBER,
) -> Keys:
    """The blocking keys of the records `rows[0]` to `rows[1] - 1`, numbered from 0, ascending by record."""
    keys, owners, masks, tells, counts = record_keys(
        values.parts, values.full, values.less, values.full_keys, values.less_keys, told,
        spelled.values, spelled.spellings, spelled.records[rows[0] : rows[1]], singles,
    )  # fmt: skip
    if numbers is not None and len(numbers.held):
        ranges = numbers.ranges[rows[0] : rows[1]]
        held = numbers.held[ranges[0, 0] : ranges[-1, 1]] if len(ranges) else numbers.held[:0]
        each = np.repeat(np.arange(len(ranges), dtype=np.int32), np.diff(ranges, axis=1).ravel())
        last = BITS - 1
        tells[np.unique(each), last] = number
        signs = (held >> 16).astype(np.uint64)  # without the country, which one side may not know
        keys = np.concatenate([keys, signs * np.uint64(0xD6E8FEB86659FD93)])
        masks = np.concatenate([masks, np.full(len(held), 1 << last | 1 << (last + BITS), np.int32)])
        owners = np.concatenate([owners, each])
        order = np.argsort(owners, kind="stable")
        keys, owners, masks = keys[order], owners[order], masks[order]
    return Keys(keys, owners, masks, tells, counts)


def _names(each: Sequence[Sequence[str]]) -> tuple[Values, Spellings]:
    numbers: dict[str, int] = {}
    records = [[[numbers.setdefault(text, len(numbers))] for text in texts] for texts in each]
    return prepare_values(list(numbers)), spellings_of(records)


def _birth(record: Record, today: datetime.date, parts: int) -> Birth | None:
    born = birth_range(record, today)
    if born is None:
        return None
    days = _found_days(record) or _last_days(record)
    year = round(days[0] / 365.25) if days else 0
    if not days and record.kind != "sought":
        year = round(missing_by_age(record, today) or 0.0)
    return round(born[0] * parts) / parts, round(born[1] * parts) / parts, born[2], year, is_age_at_death(record)


def _last_days(record: Record) -> tuple[int, int] | None:
    stop = last_known(record)
    return (stop.days.start.toordinal(), stop.days.end.toordinal()) if stop and stop.days else None


def _found_days(record: Record) -> tuple[int, int] | None:
    stop = record.stop("found")
    return (stop.days.start.toordinal(), stop.days.end.toordinal()) if stop and stop.days else None


def _place(record: Record) -> Any:
    stop = last_known(record)
    return stop.place if stop and stop.place and stop.place.point else None


def _others(place: Place) -> Sequence[tuple[float, Place]]:
    return place.others


def _as_found(place: Place, digits: int | None) -> Any:
    """Degrees north and east and km about them, and where the name is that of several what each of them is, with its share."""
    point = place.point or Point(0.0, 0.0)
    told = point.latitude, point.longitude, place.radius
    told = told if digits is None else (round(told[0], digits), round(told[1], digits), round(told[2], digits))
    return (*told, tuple((share, _as_found(one, digits)) for share, one in place.others)) if place.others else told


def _others_found(value: Any) -> Sequence[tuple[float, Any]]:
    return value[3] if len(value) > 3 else ()


def _numbered(words: dict[str, int], found: Iterable[str]) -> list[int]:
    return [words.setdefault(word, len(words)) for word in found]
