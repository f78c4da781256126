"""What a record says, field by field and in its own words, whether or not it can be compared.

Own order of fields. Who reported is told by how they are related: their own name stays in the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from opencompact.language import N_, format_period, said, told, translator
from opencompact.missing.candidates.explaining import named_areas
from opencompact.missing.evidence.age import SOURCES
from opencompact.missing.evidence.marks_told import told_marks
from opencompact.missing.evidence.sex import WORDS
from opencompact.missing.evidence.stature import told_stature
from opencompact.missing.evidence.teeth import told_teeth
from opencompact.missing.evidence.traits import told_traits
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.record import Document, PersonName, Record, Stop

NAMED = {
    "given": N_("given name: {name}"),
    "father": N_("father's name: {name}"),
    "grandfather": N_("grandfather's name: {name}"),
    "mother": N_("mother's name: {name}"),
    "family": N_("family name: {name}"),
    "nickname": N_("nickname: {name}"),
    "document": N_("name on documents: {name}"),
}
_ISO = re.compile(r"\d{4}(-\d\d){0,2}")
Telling = Callable[[Record, str], Iterable[str]]
"""What a record says of one field in a language: its parts, each a line."""


def recorded(first: Record, second: Record, code: str) -> list[tuple[str, str, str]]:
    """(field, what the first says, what the second says) in a language, of every field that either knows; "" where one does not."""
    _ = translator(code, "missing")
    rows = [(_(label), _lines(tell(first, code)), _lines(tell(second, code))) for label, tell in _FIELDS]
    return [row for row in rows if row[1] or row[2]]


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _name(name: PersonName, code: str) -> str:
    return told(said(NAMED[name.kind], name=name.text), code) if name.kind in NAMED else name.text


def _sex(record: Record, code: str) -> list[str]:
    if record.sex is None:
        return []
    return [_known(told(said(WORDS[record.sex.value]), code), record.sex.how, code)]


def _known(what: str, how: str, code: str) -> str:
    """Something and how it is known."""
    return told(said("{what} ({how})", what=what, how=said(SOURCES[how])), code)


def _birth(record: Record, code: str) -> list[str]:
    return [_known(days(record.birth, code), record.birth_how, code)] if record.birth else []


def _age(record: Record, code: str) -> list[str]:
    if record.age is None:
        return []
    years = record.age.years
    words: str = years.text or f"{years.low:g}–{years.high:g}"
    if record.age.at:
        words = told(said("{age}, on {day}", age=words, day=days(record.age.at, code)), code)
    return [_known(words, record.age.how, code)]


def days(known: Days, code: str) -> str:
    """Days as they were said; where the words are not the days themselves, with the days that they were read as."""
    if known.calendar == "gregorian" and _ISO.fullmatch(known.text):
        return format_period(known.text, code)
    first, last = (format_period(str(day), code) for day in (known.start, known.end))
    read = first if first == last else told(said("{first} to {last}", first=first, last=last), code)
    return told(said("{what} ({how})", what=known.text, how=read), code) if known.text else read


def _stop(kind: str) -> Telling:
    """When and where, of the stops of a kind."""

    def tell(record: Record, code: str) -> Iterable[str]:
        for stop in record.stops:
            if stop.kind == kind:
                yield from _told_stop(stop, code)

    return tell


def _told_stop(stop: Stop, code: str) -> Iterable[str]:
    if stop.days:
        yield days(stop.days, code)
    if stop.place:
        yield stop.place.text


def _document(document: Document, code: str) -> str:
    parts = [document.kind if document.kind != "document" else "", document.number]
    return " ".join([*filter(None, parts), *([named_areas(document.country, code)] if document.country else [])])


def _reporters_telephones(record: Record, code: str) -> list[str]:
    """That there are some: whose they are stays in the record."""
    return [told(said("known"), code)] if record.reporter_phones else []


_FIELDS: tuple[tuple[str, Telling], ...] = (
    (N_("Names"), lambda record, code: (_name(name, code) for name in record.names)),
    (N_("Sex"), _sex),
    (N_("Date of birth"), _birth),
    (N_("Age"), _age),
    (N_("Nationality"), lambda record, code: (named_areas(one, code) for one in record.nationality)),
    (N_("Origin"), lambda record, code: (named_areas(one, code) for one in record.origins)),
    (N_("Languages"), lambda record, code: record.languages),
    (N_("Departure"), _stop("departure")),
    (N_("Places passed"), _stop("transit")),
    (N_("Last contact"), _stop("last-contact")),
    (N_("Discovery"), _stop("found")),
    (N_("Route"), lambda record, code: [record.route or ""]),
    (N_("Means of travel"), lambda record, code: record.means),
    (N_("Companions"), lambda record, code: record.companions),
    (N_("Stature"), lambda record, code: [told(told_stature(record.stature), code)] if record.stature else []),
    (N_("Hair, eyes, skin, build"), lambda record, code: [told(told_traits(record), code)]),
    (N_("Marks and medical findings"), lambda record, code: [told(told_marks(record), code)]),
    (N_("Clothing and objects"), lambda record, code: record.objects),
    (N_("Teeth"), lambda record, code: [told(told_teeth(dict(record.teeth)), code)] if record.teeth else []),
    (N_("Documents"), lambda record, code: (_document(one, code) for one in record.documents)),
    (N_("Telephone"), lambda record, code: record.phones),
    (N_("Telephone of who reports"), _reporters_telephones),
    (N_("Who reports"), lambda record, code: [record.reporter_relation or ""]),
    (N_("Notes"), lambda record, code: (told(note, code) for note in record.notes)),
)
