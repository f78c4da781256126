"""Compounds taken apart: ʿAbd-, -allah, -al-din, the endings of families, and the article that a word wears for the next.

Own: the patterns of Arabic and Latin letters here, those of the other scripts in `compounds.tsv`, by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from opencompact.missing.names.normalise import clean, fold
from opencompact.missing.names.sounds import rows
from opencompact.missing.names.written import written


def joints_of(word: str, script: str) -> list[str]:
    """The parts that a folded word is made of, itself where it is no compound."""
    taken_apart = _JOINTS.get(script)
    return taken_apart(word) if taken_apart else [word]


@cache
def servants() -> frozenset[str]:
    """Abd, as each script writes it."""
    return frozenset({"abd", "عبد"} | {row["part"] for row in rows("compounds.tsv") if row["place"] == "first"})


@cache
def endings_of_god() -> frozenset[str]:
    """Allah, and the Din of -al-din, as each script writes them at the end of a compound."""
    return frozenset(
        {"allah", "din", "دين", "دین", _GOD} | {row["part"] for row in rows("compounds.tsv") if row["place"] == "last"}
    )


_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed]")
_ABD = re.compile(r"^عبد(?=\S{3})(ال)?")
_ARABIC_JOINED = re.compile(r"^(\S{2,}?)(?:ال|ٱل)(دين|دین|حق|اسلام|إسلام|زمان|رحمن|رحمان|رحیم|رحيم)$")
_ARABIC_FAMILY = re.compile(r"^(\S{3,})(زی|زئی|زاده|نژاد|پور|خیل)$")
_GOD = "اله"  # written with the double l that readings leave out
_ALLAH = re.compile(r"^(\S{2,})(?:الله|اللہ|ٱلله|الّله)$")


def _arabic(word: str) -> list[str]:
    """ʿabd, al-, -allah and -al-din stand as parts of their own."""
    word = _ARABIC_MARKS.sub("", word).replace("اللہ", "الله")
    if word in ("الله", "لله"):
        return [_GOD]
    if word == "عبد":
        return [word]
    joined = _ALLAH.match(word)
    if joined:
        return [*_arabic(joined.group(1)), _GOD]
    abd = _ABD.match(word)
    if abd:
        return ["عبد", word[abd.end() :]]
    joined = _ARABIC_JOINED.match(word) or _ARABIC_FAMILY.match(word)
    if joined:
        return [joined.group(1), joined.group(2)]
    if word.startswith("ال") and len(word) > 4:
        return ["ال", word[2:]]
    return [word]


_LATIN_ABD = re.compile(
    r"^[ʼ]?abd(?:[aeiou]{1,2}(l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|d(?=d)|t(?=t)|ch(?=ch)|sh(?=sh))?|(?=[rlhk]))(?=\w{3})"
)
_LATIN_DIN = re.compile(r"^(\w{3,}?)ʼ?(?:[aeiou]{1,2}(?:d|l)?)(d(?:i|ee|ie|e|y)n[e]?)$")
_LATIN_JOINED = re.compile(
    r"^(\w{3,}?)ʼ?[aeiou]{1,2}(?:l|r(?=r)|z(?=z)|n(?=n)|s(?=s))"
    r"(r[ae]h?m[ae]n|ha[qk]{1,2}|[ai]slam|zaman|aziz|nabi|ha[sz]+an|huda|malik|qadir|karim)$"
)
_LATIN_FAMILY = re.compile(r"^(\w{3,}?)ʼ?(z[ae][iy]|zad[ae]h?|oghl(?:o?u|y)|ne(?:jad|zhad|jat)|pour|khel)$")
"""Noorzai, Hasanzadeh, Zibaynejad: the endings of families may be left out."""

_LATIN_ALLAH = re.compile(r"^(\w{3,}?)(?:[ou]u?|a)?ll?[ao]h$")


def _latin(word: str) -> list[str]:
    """Abdelkarim → abd, karim; Salaheddine → salah, din; Habibullah → habib, allah; Shamsurrahman → shams, rahman."""
    if word.startswith("cabd"):  # Somali writes ʿayn c and ħ x: Cabdiraxmaan
        word = word[1:].replace("x", "h").replace("aa", "a")
    if word in ("abdul", "abdel", "abdal", "abdou", "abdur", "abdol", "abdoul", "abdus", "abdun", "abduz"):
        return ["abd"]
    if word in ("abdullah", "abdallah", "abdulla", "abdalla", "abdoullah", "abdollah", "abdellah", "abdulah"):
        return ["abd", "allah"]
    abd = _LATIN_ABD.match(word)
    if abd:
        rest = word[abd.end() :]
        if rest in ("lahi", "laahi", "lahy"):
            return ["abd", "allah"]
        optional = "ľ" if abd.group(1) == "l" and rest[0] in "aeiou" else ""
        return ["abd", optional + rest]
    if (joined := _LATIN_DIN.match(word)) and len(word) > 7:
        return [joined.group(1), joined.group(2)]
    if joined := _LATIN_JOINED.match(word) or _LATIN_FAMILY.match(word):
        return [joined.group(1), joined.group(2)]
    if word not in ("allah", "ullah") and word not in _kindred() and (joined := _LATIN_ALLAH.match(word)):
        return [joined.group(1), "allah"]
    if word in ("ullah", "ollah", "allah", "lah", "laahi", "lahi"):
        return ["allah"]
    return [word]


@cache
def _kindred() -> frozenset[str]:
    """Names that are listed whole: Jalloh is no Jal of Allah."""
    return frozenset(name for row in rows("kindred.tsv") for name in row["names"].split())


_BURMESE_SYLLABLE = re.compile(r"[က-ဪ][ျ-ှ]*[ါ-ဲံ့း]*(?:[က-အ][့း]*(?:်|္)[့း]*)*(?:်[့း]*)?")


def _myanmar(word: str) -> list[str]:
    """Burmese is written without spaces; in Latin letters its syllables stand apart."""
    found: list[str] = []
    for joint in by_table("MYANMAR")(word):
        found += [joint] if written(joint, "MYANMAR") else _BURMESE_SYLLABLE.findall(joint) or [joint]
    return found


class Worn(NamedTuple):
    """The articles that a word may wear at its end, the longest first; the words they belong to; words that only look so."""

    articles: list[str]
    definite: frozenset[str]
    kept: frozenset[str]


@cache
def worn_by(script: str) -> Worn:
    """What `compounds.tsv` states for a script."""
    return Worn(
        sorted(_written(script, "worn"), key=len, reverse=True),
        frozenset(_written(script, "definite")),
        frozenset(_written(script, "kept")),
    )


def _written(script: str, place: str) -> list[str]:
    """The words that `compounds.tsv` gives for a script at one place."""
    found = (row for row in rows("compounds.tsv") if (row["script"], row["place"]) == (script, place))
    return [fold(clean(word)) for row in found for word in row["written"].split()]


class _Compounds(NamedTuple):
    """How one script writes ʿabd, -allah and -al-din into a word: what is written → the parts that it stands for.

    `first` and `last` begin and end a longer word, the longest first.
    """

    whole: dict[str, list[str]]
    first: list[tuple[str, str]]
    last: list[tuple[str, str]]


LEAST_REST = {"ETHIOPIC": 2, "HAN": 2, "HANGUL": 2, "KANA": 2, "KHMER": 2, "MYANMAR": 2}
"""Signs that are left at least, beside what is taken off a word: three letters, or two signs that are syllables."""


def _compounds(script: str) -> _Compounds:
    """What `compounds.tsv` states for a script."""
    found: dict[str, list[tuple[str, str]]] = {"whole": [], "first": [], "last": []}
    for row in rows("compounds.tsv"):
        if row["script"] == script and row["place"] in found:
            found[row["place"]] += [(fold(clean(written)), row["part"]) for written in row["written"].split()]
    first, last = (sorted(found[place], key=lambda entry: -len(entry[0])) for place in ("first", "last"))
    return _Compounds({written: part.split() for written, part in found["whole"]}, first, last)


@cache
def by_table(script: str) -> Callable[[str], list[str]]:
    """Абдулкарим → абд, карим; Хабибулла → хабиб, аллах: by the table of compounds."""
    whole, first, last = _compounds(script)
    rest = LEAST_REST.get(script, 3)

    def joints(word: str) -> list[str]:
        if word in whole:
            return whole[word]
        for sign, part in first:
            if word == sign:
                return [part]
            if word.startswith(sign) and len(word) >= len(sign) + rest:
                return [part, word[len(sign) :]]
        for sign, part in last:
            if word.endswith(sign) and len(word) >= len(sign) + rest:
                return [word[: -len(sign)], part]
        return [word]

    return joints


_JOINTS = {
    "ARABIC": _arabic,
    "LATIN": _latin,
    "MYANMAR": _myanmar,
    **{
        script: by_table(script)
        for script in (
            "CYRILLIC",
            "ETHIOPIC",
            "BENGALI",
            "DEVANAGARI",
            "HEBREW",
            "GEORGIAN",
            "ARMENIAN",
            "THAI",
            "HAN",
            "HANGUL",
            "KANA",
            "KHMER",
        )
    },
}
"""How the compounds of a script are taken apart."""
