"""One name made ready: its spellings, their parts, and every run of parts that may stand as one in another's spelling.

Own.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from opencompact.missing.names.nameless import names_nobody
from opencompact.missing.names.parts import SYLLABIC, Part, alternatives, parts_of
from opencompact.missing.names.readings import OTHERWISE, Reading, readings
from opencompact.missing.names.sounds import alphabet
from opencompact.missing.names.vocabulary import known_as, recognise

MOST_INFORMATION = 9.0
"""What the rarest name tells, in nats: one person in about eight thousand (compare the long tail of surnames)."""

LIGHT_INFORMATION = 2.0
"""What a particle or a title of full weight would tell; it is multiplied by its weight."""


class Element(NamedTuple):
    """One part of a name, or two or three neighbours read as one: where it stands, how it is read, what it tells.

    `information` in nats; `concept` is the number of the well-known name that it is, or -1; `groups` are those of names
    that go for one another; `sure`: 0 where it may be another name, else 1, or more
    where it is a name of `different.tsv`.
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
    sure: int = 0


class Spelling(NamedTuple):
    """One spelling of a name: its parts in order, and its elements."""

    parts: tuple[Part, ...]
    elements: tuple[Element, ...]


class Prepared(NamedTuple):
    """A name as given, and the spellings that it holds (a field may hold several)."""

    text: str
    spellings: tuple[Spelling, ...]


def prepare(text: str) -> Prepared:
    """Reads a name in whatever script; never fails, whatever the text holds. What names nobody has one spelling without parts."""
    spelled = (
        [] if names_nobody(text) else [_spelling(piece) for piece in alternatives(text) if not names_nobody(piece)]
    )
    return Prepared(text, tuple(spelling for spelling in spelled if spelling.parts) or (Spelling((), ()),))


def _spelling(text: str) -> Spelling:
    parts = tuple(parts_of(text))
    found: list[Element | None] = []
    for start, part in enumerate(parts):
        found.append(_single(start, part))
        if _may_join(parts[start : start + 2]):
            found.append(_joined(start, parts[start : start + 2]))
        if start == 0 and _is_short_name(parts):
            found.append(_joined(0, parts))
    return Spelling(parts, tuple([element for element in found if element is not None]))


_NEVER_JOINED = frozenset({"title", "initial", "article"})


def _may_join(run: tuple[Part, ...]) -> bool:
    """Two neighbours of one script, but never the article, which readings allow for."""
    if len(run) < 2 or run[0].script != run[1].script:
        return False
    return (
        run[0].kind not in _NEVER_JOINED
        and run[1].kind not in _NEVER_JOINED
        and run[1].kind not in ("particle", "kunya")
    )


def _is_short_name(parts: tuple[Part, ...]) -> bool:
    """Three syllables, of Han or Hangul, that may be a whole name."""
    if len(parts) != 3 or parts[0].script not in SYLLABIC:
        return False
    return all(part.script == parts[0].script and part.kind not in _NEVER_JOINED for part in parts)


def _single(start: int, part: Part) -> Element | None:
    read = _read(part.text, part.script)
    if not read.readings:
        return None
    told = read.information if part.weight >= 1 else min(read.information, LIGHT_INFORMATION * part.weight + 0.3)
    return Element(start, 1, part.text, part.script, part.kind, read.readings, told, *read[2:])


def _joined(start: int, run: tuple[Part, ...]) -> Element | None:
    text, script = "".join([part.text for part in run]), run[0].script
    read = _read_together(text, script)
    if not read.readings:
        return None
    return Element(start, len(run), text, script, "joined", read.readings, *read[1:])


class _Read(NamedTuple):
    readings: tuple[Reading, ...]
    information: float = 0.0
    concept: int = -1
    groups: tuple[int, ...] = ()
    sure: int = 0


@cache
def _told() -> list[float]:
    """What each letter tells, in nats: a list, which is read faster than an array."""
    return [float(nats) for nats in alphabet().information]


@lru_cache(maxsize=100_000)
def _read(text: str, script: str) -> _Read:
    """The readings of a part; most of a list come again."""
    return _heard(text, script)


@lru_cache(maxsize=20_000)
def _read_together(text: str, script: str) -> _Read:
    """The readings of two or three parts as one: few come again, and they must not crowd out the parts that do."""
    return _heard(text, script)


def _heard(text: str, script: str) -> _Read:
    """The readings of a text; what it tells grows with its letters, and is less for a well-known name."""
    found = readings(Part(text, script))
    if not found:
        return _Read(())
    told = _told()
    usual = [sum([told[slot] for slot in reading.slots]) for reading in found[:2] if reading.cost != OTHERWISE]
    information = min(MOST_INFORMATION, 0.5 + sum(usual) / len(usual))
    known, sure = known_as(text, script), True
    if known is None:
        known, sure = recognise(found)
        sure = sure and len(found) == 1  # Cumar may be Kumar, or Omar as Somali writes it
        if (
            known is not None and known.syllabic and known.beside and script == "LATIN"
        ):  # Fan is not Fang, and as common as it
            return _Read(found, min(information, known.information))
    if known is None:
        return _Read(found, information)
    return _Read(
        found,
        min(information, known.information),
        known.concept,
        known.groups,
        (1 + known.beside) * (sure and known.settled),
    )
