"""From what a row says, field by field, to a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from opencompact.compact import area
from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.language import said
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.places import Place, read_place
from opencompact.missing.records.record import Age, Consent, Document, Mark, PersonName, Record, Sex, Stop
from opencompact.missing.records.sayings import DayOrder, read_age, read_days, read_range

Fault = Callable[[str, InvalidDataError | UnknownCodeError], None]
T = TypeVar("T")
LONGEST_NAME = 300

NAME_FIELDS = {
    "name": "full",
    "given_name": "given",
    "father_name": "father",
    "grandfather_name": "grandfather",
    "family_name": "family",
    "nickname": "nickname",
    "document_name": "document",
}
MARK_FIELDS = {
    "scars": "scar",
    "tattoos": "tattoo",
    "piercings": "piercing",
    "prostheses": "prosthesis",
    "birthmarks": "birthmark",
    "marks": "other",
}
KINDS = ("sought", "remains", "found")


def build_record(
    said: Mapping[str, str], kind: str, order: str, calendar: str, separator: str, fault: Fault, file: str, row: int
) -> Record | None:
    """A record of what is said; a field that cannot be read is told to `fault` and stays unknown. None for an empty row."""
    if not set(said) - {"id", "kind", "synthetic", "consent"}:
        return None
    reader = _Reader(said, order, calendar, separator, fault)
    kind = said.get("kind", kind)
    if kind not in KINDS:
        fault("kind", InvalidDataError("This is no kind of record.", remedy="Write sought, remains or found."))
        kind = "sought"
    seen = "reported" if kind == "sought" else "external"
    return Record(
        id=said.get("id") or f"{file}:{row}",
        kind=cast(Any, kind),
        names=reader.names(),
        sex=reader.sex(seen),
        birth=reader.days("birth_date") or reader.days("birth_year"),
        age=reader.age(seen),
        nationality=reader.areas("nationality"),
        origins=reader.areas("origin"),
        languages=reader.several("language"),
        stops=reader.stops(),
        route=said.get("route"),
        companions=reader.several("companions"),
        stature=reader.read(
            "stature", lambda text: read_range(text, field="stature", lowest=25, highest=250, slack=0.03)
        ),
        stature_how=cast(Any, said.get("stature_how", "living" if kind != "remains" else "body")),
        traits=tuple((name, said[name]) for name in ("hair", "eyes", "skin", "build") if name in said),
        marks=reader.marks(),
        objects=reader.several("objects"),
        medical=reader.several("medical"),
        teeth=reader.teeth(),
        documents=reader.documents(),
        phones=reader.several("phone"),
        reporter=said.get("reporter"),
        reporter_relation=said.get("reporter_relation"),
        consents=reader.consents(),
        synthetic=said.get("synthetic", "").lower() in ("yes", "true", "1"),
        file=file,
        row=row,
    )


class _Reader:
    """Reads the fields of one row."""

    def __init__(self, said: Mapping[str, str], order: str, calendar: str, separator: str, fault: Fault) -> None:
        self.said, self.order, self.calendar = said, cast(DayOrder, order), calendar
        self.separator, self.fault = separator, fault

    def read(self, name: str, read: Callable[[str], T]) -> T | None:
        """The value of a field, or None where it is not said or cannot be read."""
        if name not in self.said:
            return None
        try:
            return read(self.said[name])
        except (InvalidDataError, UnknownCodeError) as error:
            self.fault(name, error)
            return None

    def several(self, name: str) -> tuple[str, ...]:
        """The parts of a cell that holds several."""
        return tuple(
            part.strip()
            for part in re.split(re.escape(self.separator) + r"|\n|؛|；", self.said.get(name, ""))
            if part.strip()
        )

    def names(self) -> tuple[PersonName, ...]:
        found = []
        for field, kind in NAME_FIELDS.items():
            for text in self.several(field):
                if len(text) > LONGEST_NAME:
                    self.fault(
                        field,
                        InvalidDataError(
                            "The name is longer than any name.",
                            value=text[:20],
                            remedy=said("Give at most {most} characters.", most=LONGEST_NAME),
                        ),
                    )
                elif any(letter.isalpha() for letter in text):
                    found.append(PersonName(text, cast(Any, kind)))
                else:
                    self.fault(
                        field,
                        InvalidDataError(
                            "The name has no letter.", value=text[:20], remedy="Give a name, or leave it empty."
                        ),
                    )
        return tuple(found)

    def sex(self, how: str) -> Sex | None:
        def read(text: str) -> Sex:
            if text not in ("F", "M"):
                raise InvalidDataError(
                    "This is no sex that the list knows.", value=text, remedy="Write F, M, or leave it empty."
                )
            return Sex(cast(Any, text), cast(Any, self.said.get("sex_how", how)))

        return self.read("sex", read)

    def days(self, name: str) -> Days | None:
        return self.read(name, lambda text: read_days(text, order=self.order, calendar=self.calendar))

    def age(self, how: str) -> Age | None:
        years = self.read("age", read_age)
        if years is None:
            return None
        return Age(years, self.days("age_date"), cast(Any, self.said.get("age_how", how)))

    def areas(self, name: str) -> tuple[str, ...]:
        found = []
        for text in self.several(name):
            try:
                found.append(area(text).code)
            except UnknownCodeError as error:
                self.fault(name, error)
        return tuple(found)

    def stops(self) -> tuple[Stop, ...]:
        found = []
        for kind, name in (("departure", "departure"), ("last-contact", "last_contact"), ("found", "found")):
            place, days = self.place(f"{name}_place"), self.days(f"{name}_date")
            if kind == "found" and (place is None or place.point is None):
                place = self.place("coordinates") or place
            if place or days:
                found.append(Stop(place, days, cast(Any, kind)))
        return tuple(found)

    def place(self, name: str) -> Place | None:
        return self.read(name, read_place)

    def marks(self) -> tuple[Mark, ...]:
        return tuple(Mark(cast(Any, kind), text) for field, kind in MARK_FIELDS.items() for text in self.several(field))

    def teeth(self) -> tuple[tuple[int, str], ...]:
        from opencompact.missing.records.teeth import read_chart

        return self.read("teeth", read_chart) or ()

    def documents(self) -> tuple[Document, ...]:
        return tuple(
            Document(self.said.get("document_kind", "document"), number) for number in self.several("document_number")
        )

    def consents(self) -> tuple[Consent, ...]:
        """ "search: all; share: Red Cross no" → consents per purpose and recipient."""
        found = []
        for text in self.several("consent"):
            match = re.fullmatch(r"([\w -]+?)\s*:\s*([\w .'-]+?)(?:\s+(yes|no))?", text)
            if match:
                found.append(Consent(match[1].strip(), match[2].strip(), match[3] != "no"))
            elif text.lower() in ("yes", "no"):
                found.append(Consent("humanitarian search", "all", text.lower() == "yes"))
            else:
                self.fault(
                    "consent",
                    InvalidDataError(
                        "The consent cannot be read.",
                        value=text,
                        remedy="Write 'purpose: recipient yes' or 'yes' / 'no'.",
                    ),
                )
        return tuple(found)
