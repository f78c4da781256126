"""From what a row says, field by field, to a record.

Own: one schema over what families are asked and what INTERPOL's AM and PM forms ask of bodies; notation of teeth ISO 3950 (FDI).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast, get_args

from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.language import said
from opencompact.missing.records.ages import OLDEST, read_age
from opencompact.missing.records.agreement import (
    Finding,
    check_age,
    check_day_order,
    check_stature,
    check_stops,
    years_between,
)
from opencompact.missing.records.births_and_ages import in_their_fields
from opencompact.missing.records.consent import REFUSED, read_consent
from opencompact.missing.records.dates import REACH, read_days
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.mapping import FieldMapping
from opencompact.missing.records.named import NAME_FIELDS, SEVERAL_PEOPLE, names_of
from opencompact.missing.records.peoples import areas_of
from opencompact.missing.records.places import Place, check_order, read_point
from opencompact.missing.records.record import (
    Age,
    Consent,
    Document,
    HowKnown,
    Mark,
    PersonName,
    Record,
    Sex,
    StatureHow,
    Stop,
)
from opencompact.missing.records.statures import read_stature
from opencompact.missing.records.whereabouts import may_be_several, read_place
from opencompact.missing.records.written_dates import DayOrder

Fault = Callable[[str, InvalidDataError | UnknownCodeError], None]
T = TypeVar("T")

MARK_FIELDS = {
    "scars": "scar",
    "tattoos": "tattoo",
    "piercings": "piercing",
    "prostheses": "prosthesis",
    "birthmarks": "birthmark",
    "marks": "other",
}
# Fields that hold several things: what two columns say of one is put together.
SEVERAL = frozenset(NAME_FIELDS) | frozenset(MARK_FIELDS) | {
    "language", "nationality", "origin", "companions", "means", "objects", "medical", "transit_places", "document_number",
    "phone", "reporter_phone", "consent", "route", "hair", "eyes", "skin", "build", "teeth", "reporter", "reporter_relation",
}  # fmt: skip
SAYS_NOTHING = {"id", "kind", "synthetic", "consent", "form_point"}
"""Fields that say nothing of a person: a record of these alone is none."""
STATELESS = "XXA"
POINTS = {"coordinates": ("latitude", "longitude"), "form_point": ("form_latitude", "form_longitude")}
"""Fields of a point that two columns may hold."""
HOW_FIELDS = ("sex_how", "birth_how", "age_how")
KINDS = ("sought", "remains", "found")
HOW = get_args(HowKnown)
STATURE_HOW = get_args(StatureHow)


def build_record(
    said: Mapping[str, str],
    mapping: FieldMapping,
    fault: Fault,
    finding: Finding,
    file: str,
    row: int,
    today: datetime.date,
    rows: int = 1,
) -> Record | None:
    """A record of what is said; a field that cannot be read is told to `fault` and stays unknown, fields that do not fit together are
    told to `finding` and kept. None for an empty row."""
    if not set(said) - SAYS_NOTHING:
        return None
    reader = _Reader(said := in_their_fields(said), mapping, fault, today)
    kind = reader.kind(mapping.kind)
    seen = "reported" if kind == "sought" else "external"
    stops = reader.stops(kind)
    birth, age, stature = reader.birth(stops), reader.age(seen), reader.read("stature", read_stature)
    when = _when(stops) or Days(today, today)
    check_age(birth, age, when, kind, finding)
    check_stature(stature, birth, age, when, finding)
    check_stops(stops, finding)
    check_day_order(said, cast(DayOrder, mapping.day_order), finding)
    names, notes = reader.names(finding)
    return Record(
        id=said.get("id") or f"{file}:{row}",
        kind=cast(Any, kind),
        names=names,
        notes=notes,
        sex=reader.sex(seen),
        birth=birth,
        birth_how=reader.birth_how(kind, birth),
        age=age,
        nationality=reader.areas("nationality"),
        origins=reader.areas("origin"),
        languages=reader.several("language"),
        stops=stops,
        route=reader.route(),
        companions=reader.several("companions"),
        means=reader.means(),
        stature=stature,
        stature_how=reader.how("stature_how", "living" if kind != "remains" else "body", STATURE_HOW),
        traits=reader.traits(),
        marks=reader.marks(),
        objects=reader.several("objects"),
        medical=reader.several("medical"),
        teeth=reader.teeth(),
        documents=reader.documents(),
        phones=reader.phones("phone"),
        reporter_phones=reader.phones("reporter_phone"),
        reporter=said.get("reporter"),
        reporter_relation=said.get("reporter_relation"),
        consents=reader.consents(),
        synthetic=said.get("synthetic", "").lower() in ("yes", "true", "1"),
        file=file,
        row=row,
        rows=rows,
    )


def _when(stops: tuple[Stop, ...]) -> Days | None:
    """When somebody was last heard of, or found."""
    return next((stop.days for stop in stops if stop.days and stop.kind in ("last-contact", "found")), None)


class _Reader:
    """Reads the fields of one row."""

    def __init__(self, said: Mapping[str, str], mapping: FieldMapping, fault: Fault, today: datetime.date) -> None:
        self.said, self.order, self.calendar = said, cast(DayOrder, mapping.day_order), mapping.calendar
        self.separator, self.fault, self.today = mapping.separator, fault, today

    def read(self, name: str, read: Callable[[str], T]) -> T | None:
        """The value of a field, or None where it is not said or cannot be read."""
        if name not in self.said:
            return None
        try:
            return read(self.said[name])
        except (InvalidDataError, UnknownCodeError) as error:
            self.fault(name, error)
            return None

    def how(self, name: str, usual: str, allowed: tuple[str, ...]) -> Any:
        """How something is known, of those that evidence has error rates for; the usual way where none of them is said."""
        stated = self.said.get(name, usual).lower()
        if stated in allowed:
            return stated
        self.fault(
            name,
            InvalidDataError(
                "This is no way of knowing it.",
                value=stated,
                remedy=said("Write one of: {choices}.", choices=", ".join(allowed)),
            ),
        )
        return "unknown"

    def kind(self, usual: str) -> str:
        if (kind := self.said.get("kind", usual)) in KINDS:
            return kind
        self.fault("kind", InvalidDataError("This is no kind of record.", remedy="Write sought, remains or found."))
        return "sought"

    def several(self, name: str) -> tuple[str, ...]:
        """The parts of a cell that holds several."""
        return tuple(
            part.strip()
            for part in re.split(re.escape(self.separator) + r"|\n|؛|；", self.said.get(name, ""))
            if part.strip()
        )

    def names(self, finding: Finding) -> tuple[tuple[PersonName, ...], tuple[str, ...]]:
        """The names, and what is noted where they are of several people."""
        parts = {name: self.several(name) for name in NAME_FIELDS}
        names, several = names_of(parts, self.said.get("name_language"), self.fault, finding)
        return names, (SEVERAL_PEOPLE,) if several else ()

    def sex(self, how: str) -> Sex | None:
        def read(text: str) -> Sex:
            if text not in ("F", "M"):
                raise InvalidDataError(
                    "This is no sex that the list knows.", value=text, remedy="Write F, M, or leave it empty."
                )
            return Sex(cast(Any, text), self.how("sex_how", how, HOW))

        return self.read("sex", read)

    def days(self, name: str, reach: int = REACH) -> Days | None:
        """The days of a field; refused where all of them are still to come."""

        def read(text: str) -> Days | None:
            days = read_days(text, order=self.order, calendar=self.calendar, reach=reach)
            if days is not None and days.start > self.today:
                raise InvalidDataError(
                    "This day is still to come.", value=text, remedy="Check the year and the calendar."
                )
            return days

        return self.read(name, read)

    def birth(self, stops: tuple[Stop, ...]) -> Days | None:
        """The birth date, else the birth year; refused where the person was last heard of, or found, before it, or at an age that
        nobody reaches."""
        born = self.days("birth_date", OLDEST) or self.days("birth_year", OLDEST)
        if born is None:
            return None
        problem = None
        if any(stop.days.end < born.start for stop in stops if stop.days):
            problem = said("The birth is later than the last contact or the discovery.")
        elif self._too_old(born, stops):
            problem = said("The birth is so early that nobody reaches that age.")
        if problem is None:
            return born
        self.fault(
            "birth_date" if "birth_date" in self.said else "birth_year",
            InvalidDataError(problem, value=born.text, remedy="Check the year and the calendar."),
        )
        return None

    def _too_old(self, born: Days, stops: tuple[Stop, ...]) -> bool:
        """Whether somebody was older than people get when last heard of or found, or is today where no day is told."""
        seen = [stop.days.start for stop in stops if stop.days] or [self.today]
        return years_between(born.end, max(seen)) > OLDEST

    def birth_how(self, kind: str, birth: Days | None) -> Any:
        """How the birth is known; where nobody says, a day is one of documents, and what is told of somebody roughly ("about 1998") is told by
        people. Of remains nobody tells."""
        usual = "reported" if birth is not None and birth.length > 1 and kind != "remains" else "documents"
        return self.how("birth_how", usual, HOW) if birth else usual

    def age(self, how: str) -> Age | None:
        years = self.read("age", read_age)
        if years is None:
            return None
        return Age(years, self.days("age_date"), self.how("age_how", how, HOW))

    def areas(self, name: str) -> tuple[str, ...]:
        found: list[str] = []
        for text in self.several(name):
            try:
                found += areas_of(text)
            except UnknownCodeError as error:
                self.fault(name, error)
        if STATELESS in found:
            problem = said("Whoever is stateless comes from somewhere too: this counts neither for nor against anyone.")
            remedy = said("Write the country that the person comes from, or the people.")
            self.fault(name, InvalidDataError(problem, value=self.said[name], remedy=remedy))
        return tuple(code for code in dict.fromkeys(found) if code != STATELESS)

    def stops(self, of: str) -> tuple[Stop, ...]:
        """The journey. Coordinates are those of the discovery; of a person sought of whom none is told, those of the last contact."""
        sought = of == "sought" and not ({"found_place", "found_date"} & set(self.said))
        pointed = "last-contact" if sought else "found"
        found = []
        for kind, name in (("departure", "departure"), ("last-contact", "last_contact"), ("found", "found")):
            place, days = self.place(f"{name}_place"), self.days(f"{name}_date")
            if kind == pointed:
                place = self.point("coordinates", place) or place
            if kind == "found" and place is None and of != "sought":
                place = self.point("form_point", None)
            if place or days:
                found.append(Stop(place, days, cast(Any, kind)))
        passed = (self.told("transit_places", read_place(text)) for text in self.several("transit_places"))
        return (*found, *(Stop(place, None, "transit") for place in passed if place))

    def place(self, name: str) -> Place | None:
        return self.told(name, self.read(name, read_place))

    def told(self, name: str, place: Place | None) -> Place | None:
        """The place; told where it is in no list, or may be several, and so says nothing."""
        if place is not None and place.point is None:
            several = may_be_several(place.text)
            problem = (
                said(
                    "Several places may have this name: it is kept as said, and counts neither for nor against anyone."
                )
                if several
                else said(
                    "No place that is known is named here: it is kept as said, and counts neither for nor against anyone."
                )
            )
            remedy = (
                said("Name its country too, as in Tripoli, Lebanon, or add its coordinates.")
                if several
                else said("Add its coordinates, or name a town that is known.")
            )
            self.fault(name, InvalidDataError(problem, value=place.text, remedy=remedy))
        return place

    def point(self, name: str, named: Place | None) -> Place | None:
        """The point of a field; refused where it fits the named place only the other way round."""

        def read(text: str) -> Place | None:
            point = read_point(text)
            check_order(point, named, text)
            return point

        return self.read(name, read)

    def traits(self) -> tuple[tuple[str, str], ...]:
        """Hair, eyes, skin and build in their words; told where no word of a cell is in the lists, so that it says nothing."""
        from opencompact.missing.evidence.trait_words import named_classes  # evidence is built upon records

        kept = tuple((name, self.said[name]) for name in ("hair", "eyes", "skin", "build") if name in self.said)
        for name, text in kept:
            if not named_classes(name, text):
                problem = said("No colour or build that is known is named here: it is kept as said, and says nothing.")
                self.fault(
                    name, InvalidDataError(problem, value=text, remedy="Write a usual word: black, brown, slim.")
                )
        return kept

    def means(self) -> tuple[str, ...]:
        """Means of travel in their words; told where none is in the list."""
        from opencompact.missing.evidence.journey_words import named_on_the_way

        for text in (kept := self.several("means")):
            if not named_on_the_way("means", text):
                problem = said("No means of travel that is known is named here: it is kept as said, and says nothing.")
                self.fault(
                    "means", InvalidDataError(problem, value=text, remedy="Write a usual word: boat, truck, on foot.")
                )
        return kept

    def phones(self, field: str) -> tuple[str, ...]:
        """Telephones as they are written; told where one is too short, or fills a field, so that it says nothing."""
        from opencompact.missing.evidence.groups import telephone_of

        for text in (kept := self.several(field)):
            if telephone_of(text) is None:
                problem = said(
                    "This is too short for a telephone, or fills a field: it is kept as said, and says nothing."
                )
                remedy = said("Write the whole number, best with its country's code: +216 …")
                self.fault(field, InvalidDataError(problem, value=text, remedy=remedy))
        return kept

    def route(self) -> str | None:
        """The route in its words; told where neither a route nor a town of it is known."""
        from opencompact.missing.evidence.journey import names_a_route

        text = self.said.get("route")
        if text is not None and not names_a_route(text):
            problem = said("No route or town that is known is named here: it is kept as said, and says nothing.")
            remedy = said("Name the route (Central Mediterranean, Darién) or towns: Agadez – Sabha.")
            self.fault("route", InvalidDataError(problem, value=text, remedy=remedy))
        return text

    def marks(self) -> tuple[Mark, ...]:
        return tuple(Mark(cast(Any, kind), text) for field, kind in MARK_FIELDS.items() for text in self.several(field))

    def teeth(self) -> tuple[tuple[int, str], ...]:
        from opencompact.missing.records.teeth import read_chart

        return self.read("teeth", read_chart) or ()

    def documents(self) -> tuple[Document, ...]:
        country = next(iter(self.areas("document_country")), None)
        return tuple(
            Document(self.said.get("document_kind", "document"), number, country)
            for number in self.several("document_number")
        )

    def consents(self) -> tuple[Consent, ...]:
        """ "search: all yes; share: Red Cross no" → consents per purpose and recipient; with one that cannot be read nothing is allowed."""
        found: list[Consent] = []
        readable = True
        for text in self.several("consent"):
            try:
                found.append(read_consent(text))
            except InvalidDataError as error:
                self.fault("consent", error)
                readable = False
        return tuple(found) if readable else REFUSED
