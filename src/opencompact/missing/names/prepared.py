"""One name made ready: its spellings, their parts, and every run of parts that may stand as one in another's spelling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from opencompact.missing.names.parts import SYLLABIC, Part, alternatives, parts_of
from opencompact.missing.names.readings import Reading, readings
from opencompact.missing.names.sounds import alphabet
from opencompact.missing.names.vocabulary import recognise

MOST_INFORMATION = 9.0
"""What the rarest name tells, in nats: one person in about eight thousand (compare the long tail of surnames)."""

LIGHT_INFORMATION = 2.0
"""What a particle or a title of full weight would tell; it is multiplied by its weight."""


@dataclass(frozen=True)
class Element:
    """One part of a name, or two or three neighbours read as one: where it stands, how it is read, what it tells.

    `information` in nats; `concept` is the number of the well-known name that it is, or -1; `groups` are those of names
    that go for one another.
    """

    start: int
    span: int
    text: str
    script: str
    kind: str
    readings: tuple[Reading, ...]
    information: float
    concept: int = -1
    groups: tuple[int, ...] = ()


@dataclass(frozen=True)
class Spelling:
    """One spelling of a name: its parts in order, and its elements."""

    parts: tuple[Part, ...]
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Prepared:
    """A name as given, and the spellings that it holds (a field may hold several)."""

    text: str
    spellings: tuple[Spelling, ...]


def prepare(text: str) -> Prepared:
    """Reads a name in whatever script; never fails, whatever the text holds."""
    return Prepared(text, tuple(_spelling(piece) for piece in alternatives(text)))


def _spelling(text: str) -> Spelling:
    parts = tuple(parts_of(text))
    runs = [(start, parts[start : start + span]) for start in range(len(parts)) for span in (1, 2, 3)]
    found = (_element(start, run) for start, run in dict.fromkeys(runs) if _may_join(run, len(parts)))
    return Spelling(parts, tuple(element for element in found if element is not None))


def _may_join(run: tuple[Part, ...], parts: int) -> bool:
    """Two neighbours of one script, but never the article, which readings allow for; a whole name of three syllables."""
    if len(run) == 1:
        return True
    if len({part.script for part in run}) > 1 or any(part.kind in ("title", "initial", "article") for part in run):
        return False
    if len(run) == 3:
        return parts == 3 and run[0].script in SYLLABIC
    return run[1].kind != "particle"


def _element(start: int, run: tuple[Part, ...]) -> Element | None:
    text, script = "".join(part.text for part in run), run[0].script
    read = _read(text, script)
    if not read.readings:
        return None
    kind = run[0].kind if len(run) == 1 else "joined"
    light = len(run) == 1 and run[0].weight < 1
    information = min(read.information, LIGHT_INFORMATION * run[0].weight + 0.3) if light else read.information
    return Element(start, len(run), text, script, kind, read.readings, information, read.concept, read.groups)


@dataclass(frozen=True)
class _Read:
    readings: tuple[Reading, ...]
    information: float = 0.0
    concept: int = -1
    groups: tuple[int, ...] = ()


@lru_cache(maxsize=100_000)
def _read(text: str, script: str) -> _Read:
    """The readings of a text; what it tells grows with its letters, and is less for a well-known name."""
    found = readings(Part(text, script))
    if not found:
        return _Read(())
    told = alphabet().information
    usual = [sum(float(told[slot]) for slot in reading.slots) for reading in found[:2]]
    information = min(MOST_INFORMATION, 0.5 + sum(usual) / len(usual))
    known = recognise(found)
    if known is None:
        return _Read(found, information)
    return _Read(found, min(information, known.information), known.concept, known.groups)
