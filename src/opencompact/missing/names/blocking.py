"""Keys that two records of one person share although their names are written in different scripts or spellings.

A part is reduced to the classes of its firm consonants: what transliterations, dialects and typing mix up is one class, and
vowels and weak consonants are left out. A letter that may stand for two classes gives two keys. A name gives keys for
every two of its parts together, in any order, so that a missing or an added part loses nothing, and for each telling part
by itself. Well-known names that go for one another (John and Yohannes, Diallo and Jallow) share the name of their group. How much these keys keep and how many pairs they spare is measured by `benchmarks/names.py`.
Classes of consonants as in Soundex (Russell 1918, US patent 1261167); classes across scripts, the pairs of parts and the groups are our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations, product

from opencompact.missing.names.prepared import Element, Spelling, prepare
from opencompact.missing.names.readings import Reading
from opencompact.missing.names.sounds import alphabet, sound_classes
from opencompact.missing.names.vocabulary import kindred_names

LIKELY = 1.1
"""Sounds of a letter that cost no more than this (nats) give a key of their own."""

MOST_FRAMES = 6
MOST_KEYS = 64
MOST_FORMS = 4
"""Forms of a part that are put together with those of another: first the well-known names that it goes for."""

LONGEST_FRAME = 4
TELLING = 5.0
"""A part that tells at least this much (nats) is a key by itself."""


@lru_cache(maxsize=4096)
def _slot_classes(slot: int) -> tuple[str, ...]:
    likely = (sound for sound, cost in alphabet().slots[slot] if cost <= LIKELY)
    return tuple(dict.fromkeys(each for sound in likely for each in sound_classes(sound)))


def frames(readings: Iterable[Reading]) -> list[str]:
    """The frames of a part, its consonants by class, in all readings, at most six: `محمد`, Mohammed, Мухаммед give `MMT`."""
    found: dict[str, None] = {}
    for reading in readings:
        choices = [_slot_classes(slot) for slot in reading.slots]
        for letters in product(*_bounded(choices)):
            found[_squeezed(letters)] = None
            if len(found) >= MOST_FRAMES:
                return list(found)
    return list(found)


def _bounded(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """At most three letters of a reading keep two classes: eight frames."""
    open_ones = 0
    bounded = []
    for choice in choices:
        open_ones += len(choice) > 1
        bounded.append(choice[:2] if open_ones <= 3 else choice[:1])
    return bounded


def _squeezed(letters: Iterable[str]) -> str:
    frame = ""
    for letter in letters:
        if letter and not frame.endswith(letter):
            frame += letter
    return frame[:LONGEST_FRAME]


def blocking_keys(name: str) -> list[str]:
    """The keys of a name, sorted; two names that share none are hardly ever the same person's.

    At most 64 keys; none for a text in which no name can be read.
    """
    keys: dict[str, None] = {}
    for spelling in prepare(name).spellings:
        keys.update(dict.fromkeys(_keys_of(spelling)))
    return sorted(list(keys)[:MOST_KEYS])


def _keys_of(spelling: Spelling) -> Iterable[str]:
    full = [element for element in spelling.elements if element.kind in ("name", "joined", "child")]
    parts = {element.start: _forms(element) for element in full if element.span == 1}
    for element in full:
        if element.information >= TELLING or len(parts) == 1:
            yield from (form for form in _forms(element) if _tells(form, element, len(parts)))
    for one, other in combinations(sorted(parts), 2):
        for pair in product(parts[one][:MOST_FORMS], parts[other][:MOST_FORMS]):
            yield "+".join(sorted(pair))


def _forms(element: Element) -> list[str]:
    """Two of the well-known names that a part goes for, then its frames."""
    return [*kindred_names(element.groups)[:2], *frames(element.readings)]


def _tells(form: str, element: Element, parts: int) -> bool:
    return len(form) >= 3 or parts == 1 or (element.script == "HAN" and element.span > 1)
