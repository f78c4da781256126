"""Scripts that write consonants and leave most vowels out: Arabic (with Persian, Urdu, Pashto, Kurdish letters) and Hebrew.

The letters and what each may stand for are in `letters/arabic.tsv` and `letters/hebrew.tsv`; between two consonants stands
the hidden vowel `◌` of the table, which may be any short vowel or none. Kurdish (Sorani) and Uyghur write their vowels: what a word with one
of their own letters writes for a vowel is in `letters/kurdish.tsv`, and says no more than that of a Latin word.
The letters' sounds follow the romanisations of BGN/PCGN, ALA-LC and ISO; the hidden vowel and the shares are our own.
"""

from __future__ import annotations

from opencompact.missing.names.reading import Reader, Reading
from opencompact.missing.names.sounds import table

_TWO_FOR_ONE = {"تش": "چ", "تس": "څ", "تز": "څ"}
"""Arabic writes the tʃ and the ts of foreign names by two letters (تشاد, Chad; فيسوتسكي), for which Persian and Pashto have one."""

TWO_FOR_ONE = 0.1
"""What it costs to read two letters so: ت and ش may stand side by side (تشرين)."""

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
        found = [Reading(tuple(slots), name)]
        for pair, sound in _TWO_FOR_ONE.items():
            if name == "arabic" and pair in word and sound not in word:
                found += [Reading(each.slots, name, TWO_FOR_ONE) for each in read(word.replace(pair, sound))]
                break
        return found

    return read
