"""Blocking keys that survive transliteration: the consonants of a part in coarse classes, with one of them left out.

Two spellings of one name, in whatever scripts, share their firm consonants up to voice and place (p b f v, t d, s z sh j, k g q kh).
A sound that may be silent or belongs to two classes gives several skeletons; leaving one consonant out at a time lets a typing
slip through (the neighbourhood of Bocek, Hunt and Stiller 2007, *Fast similarity search in large dictionaries*). A key
of a record is an unordered pair of parts, so that order, a missing father's name and a swapped family name do no harm.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product

from opencompact.missing.names.sounds import alphabet

# Sounds in classes; a sound in no class (vowels, glides, the throat) is left out.
CLASSES = (
    "pbfv",
    "tdθð",
    ("s", "z", "ʃ", "ʒ", "ts", "dz", "tʃ", "dʒ", "θ", "ð"),
    ("k", "g", "q", "x", "ɣ"),
    "mnŋ",
    "l",
    "r",
)
LIKELY = 1.2
"""A sound of a letter counts when it is no dearer than this beside the likeliest, in nats."""
MOST_FORMS = 3
MOST_SHORTENED = 4


@cache
def _classes() -> tuple[tuple[str, ...], ...]:
    """Per slot of the alphabet, the classes it may stand for, the likeliest first; "" where it may be left out."""
    found = []
    for slot in alphabet().slots:
        kinds: list[str] = []
        for sound, cost in sorted(slot, key=lambda one: one[1]):
            if cost <= LIKELY:
                kinds += [str(n) for n, members in enumerate(CLASSES) if sound in members] or [""]
        found.append(tuple(dict.fromkeys(kinds)))
    return tuple(found)


def skeletons(slots: tuple[int, ...]) -> tuple[str, ...]:
    """The coarse skeletons of a reading, the likeliest first; at most MOST_FORMS. Doubled classes count once."""
    choices = [_classes()[slot] for slot in slots if _classes()[slot] != ("",)]
    found: dict[str, None] = {}
    for chosen in _likeliest(choices):
        found.setdefault(_single("".join(chosen)))
        if len(found) == MOST_FORMS:
            break
    return tuple(found)


def _likeliest(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The likeliest choice of all, then those that differ from it in one place, then some more."""
    first = tuple(choice[0] for choice in choices)
    found = [first]
    for at, choice in enumerate(choices):
        found += [(*first[:at], other, *first[at + 1 :]) for other in choice[1:]]
    if len(found) < MOST_FORMS:
        found += list(product(*(choice[:2] for choice in choices[:4])))
    return found


def _single(text: str) -> str:
    return "".join(letter for letter, before in zip(text, "\0" + text, strict=False) if letter != before)


def shortened(skeleton: str) -> tuple[str, ...]:
    """The skeleton with one class left out, of those that stay two classes long."""
    if len(skeleton) < 3:
        return ()
    return tuple(dict.fromkeys(_single(skeleton[:at] + skeleton[at + 1 :]) for at in range(len(skeleton))))[
        :MOST_SHORTENED
    ]


@lru_cache(maxsize=200_000)
def part_keys(readings: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers of the full skeletons of a part over its readings, and of the shortened ones of its first reading."""
    full = dict.fromkeys(one for slots in readings[:4] for one in skeletons(slots))
    less = dict.fromkeys(one for text in list(full)[:1] for one in shortened(text))
    return tuple(_number(one) for one in list(full)[: 2 * MOST_FORMS]), tuple(
        _number(one) for one in less if one not in full
    )


def _number(skeleton: str) -> int:
    """A number of 48 bits: base eight with the length, mixed, the same on every machine."""
    value = len(skeleton) + 1
    for letter in skeleton[:14]:
        value = value * 8 + int(letter)
    return (value * 0x9E3779B97F4A7C15 >> 8) & 0xFFFFFFFFFFFF
