"""Scripts that write consonants and leave most vowels out: Arabic (with Persian, Urdu, Pashto, Kurdish letters) and Hebrew.

The letters and what each may stand for are in `letters/arabic.tsv` and `letters/hebrew.tsv`; between two consonants stands
the hidden vowel `◌` of the table, which may be any short vowel or none.
"""

from __future__ import annotations

from opencompact.missing.names.reading import Reader, Reading
from opencompact.missing.names.sounds import table

_LONG = frozenset("اآىאהةه")
_LONG_BEFORE = frozenset("اآأإאהى")


def unvowelled(name: str) -> Reader:
    """The reader of an abjad by its letter table."""

    def read(word: str) -> list[Reading]:
        known = table(name)
        letters = [letter for letter in word if letter in known.anywhere]
        hidden = known.anywhere["◌"]
        slots: list[int] = []
        for index, letter in enumerate(letters):
            if index and letter not in _LONG and letters[index - 1] not in _LONG_BEFORE:
                slots += hidden
            slots += known.find(letter, first=index == 0, last=index == len(letters) - 1)
        return [Reading(tuple(slots), name)]

    return read
