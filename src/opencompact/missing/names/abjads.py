"""Scripts that write consonants and leave most vowels out: Arabic (with Persian, Urdu, Pashto, Kurdish letters) and Hebrew.

The letters and what each may stand for are in `letters/arabic.tsv` and `letters/hebrew.tsv`; between two consonants stands
the hidden vowel `◌` of the table, which may be any short vowel or none. Kurdish (Sorani) and Uyghur write their vowels: what a word with one
of their own letters writes for a vowel is in `letters/kurdish.tsv`, and says no more than that of a Latin word.
The letters' sounds follow the romanisations of BGN/PCGN, ALA-LC and ISO; the hidden vowel and the shares are our own.
"""

from __future__ import annotations

from opencompact.missing.names.reading import Reader, Reading
from opencompact.missing.names.sounds import table

_NONE: dict[str, tuple[int, ...]] = {}
_LONG = frozenset("اآىאהةه")
_LONG_BEFORE = frozenset("اآأإאהى")
_DOUBLED = frozenset("ويی")
_ONLY_WHERE_ALL_VOWELS_ARE_WRITTEN = frozenset("ەێۆۇۈۋڵڕ")


def unvowelled(name: str) -> Reader:
    """The reader of an abjad by its letter table."""

    def read(word: str) -> list[Reading]:
        known = table(name)
        vowels = _NONE if _ONLY_WHERE_ALL_VOWELS_ARE_WRITTEN.isdisjoint(word) else table("kurdish").anywhere
        letters = [letter for letter in word if letter in known.anywhere or letter in vowels]
        hidden = known.anywhere["◌"]
        slots: list[int] = []
        for index, letter in enumerate(letters):
            if letter in _DOUBLED and letter == letters[index - 1] and index:  # داوود is داود
                continue
            if index and letter not in _LONG and letters[index - 1] not in _LONG_BEFORE:
                slots += hidden
            slots += vowels.get(letter) or known.find(letter, first=index == 0, last=index == len(letters) - 1)
        return [Reading(tuple(slots), name)]

    return read
