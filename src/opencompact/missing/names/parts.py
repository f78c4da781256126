"""The parts of a name: names, particles, titles and initials, compounds taken apart, in the order they stand.

Own: particles and titles are listed in `words.tsv`, compounds in `compounds.tsv`, both by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from opencompact.missing.names.nameless import is_placeholder
from opencompact.missing.names.normalise import clean, fold, pieces, script_of, words
from opencompact.missing.names.sounds import rows
from opencompact.missing.names.written import written

MOST_PARTS = 14
"""Parts beyond this many are set aside; the longest chains of fathers in passports have nine."""

MOST_SYLLABLES = 4
"""A longer run of Han characters or Hangul syllables is one word, as foreign names are written."""

_DOTTED = re.compile(r"[·・•‧]")
"""In Chinese a dot stands between the words of a foreign name, never within a Chinese one."""

_FOREIGN = re.compile(r"[\u4e00-\u9fff]{4}|[\uac00-\ud7a3]{4}")

SYLLABIC = ("HAN", "HANGUL")


class Part(NamedTuple):
    """One part of a name.

    `text` as written (folded), `script` as Unicode names it, `kind`: name, article, particle, kunya, title, initial or ending;
    `weight`: how much it counts when it is missing, 1 for a full name.
    """

    text: str
    script: str
    kind: str = "name"
    weight: float = 1.0


@cache
def _known_words() -> dict[str, tuple[str, float]]:
    """Particles and titles: folded word → kind, weight."""
    known: dict[str, tuple[str, float]] = {}
    for row in rows("words.tsv"):
        for word in row["words"].split() if row["kind"] != "short" else ():
            known.setdefault(fold(word), (row["kind"], float(row["weight"])))
    return known


@cache
def _short_for() -> dict[str, tuple[str, float]]:
    """Written abbreviations: folded word → the name it stands for, weight."""
    found = {}
    for row in rows("words.tsv"):
        for written_, _sign, name in (word.partition("=") for word in row["words"].split() if row["kind"] == "short"):
            found[fold(clean(written_))] = (fold(clean(name)), float(row["weight"]))
    return found


_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*(?:[)）\]】]|$)")
_REMARK = re.compile(r"(?<=\w)[\s,;]+(?:born|né|née|dob|date of birth)?[\s:]*\d{1,4}(?=[\s./-]).*$", re.IGNORECASE)

_SOMALI_ABD = re.compile(r"(?<!\w)[AaCc]/(?=\w{3})")
"""Somali and Sudanese write Abdi- or Abdel- so: C/raxmaan, A/qadir."""

_OFFSPRING = re.compile(r"\b(?:son|daughter) of\b", re.IGNORECASE)
_NOT_AVAILABLE = re.compile(r"(?<=\w)\s+na$")
"""Lists put `na` where a part of a name is not available; the Korean name Na has a capital."""


def alternatives(text: str) -> list[str]:
    """A field often holds several spellings: `A / B`, `A; B`, `A, B, C`. The whole, then each; at most six.

    Four Han characters are read as a name of so many syllables, and as one foreign word.
    """
    text = _SOMALI_ABD.sub("abd ", _OFFSPRING.sub(" bin ", clean(text)))
    bare = _BRACKETED.sub(" ", text)
    text = bare if any(map(str.isalpha, bare)) else text
    text = _REMARK.sub("", text) if any(map(str.isdecimal, text)) else text
    text = _NOT_AVAILABLE.sub("", text) if any(map(str.isupper, text)) else text
    for separator in ("/", ";", "،", ","):
        if separator not in text:
            continue
        found = [piece.strip() for piece in text.split(separator) if any(map(str.isalpha, piece))]
        if separator == "/" and any(sum(map(str.isalpha, piece)) < 2 for piece in found):
            continue
        if len(found) > 2 or (len(found) == 2 and (separator in "/;" or _much_alike(*found))):
            return [text, *found[:6]] if separator in ",،" else found[:6]
    # Four characters may be one foreign word (穆罕默德), which a dot behind them makes one word.
    return [text, f"{text}·"] if _FOREIGN.fullmatch(text) else [text]


def _much_alike(one: str, other: str) -> bool:
    """Two spellings of one name, rather than a family name and a given name."""
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= 0.6


def parts_of(text: str) -> list[Part]:
    """The parts of one spelling of a name."""
    found: list[Part | None] = []
    dotted = bool(_DOTTED.search(text))
    for piece in pieces(text):
        found += _parts_of_piece(piece, dotted)
        if len(found) >= MOST_PARTS:
            break
    weighed = [part for part in found[:MOST_PARTS] if part is not None]
    if not any(part.weight > 0.5 for part in weighed):  # nothing but particles and titles: they are the name
        return [part if part.kind == "initial" else Part(part.text, part.script) for part in weighed]
    return list(_without_worn_articles(weighed))


def _without_worn_articles(parts: list[Part]) -> Iterator[Part]:
    """Saiful Islam, সাইফুল ইসলাম → saif, islam: the article of the second word, which Arabic writes with that word."""
    for part, after in zip_longest(parts, parts[1:]):
        rest = _bare(part, after.text) if after and part.kind == "name" else part.text
        yield part._replace(text=rest)


def _bare(part: Part, after: str) -> str:
    """A part without the article of what comes after it; its l turns into a sun letter: ziaur rahman, qamruz zaman."""
    worn = _worn(part.script)
    if after not in worn.definite or part.text in worn.kept:
        return part.text
    for article in worn.articles:
        if part.text.endswith(article) and (article[-1] in "lлলल" or after.startswith(article[-1])):
            rest = part.text.removesuffix(article)
            return rest if len(rest) >= LEAST_REST.get(part.script, 3) else part.text
    return part.text


@lru_cache(maxsize=50_000)
def _parts_of_piece(piece: str, dotted: bool) -> tuple[Part | None, ...]:
    """The parts of what stands between two separators, weighed; kept, because most words of a list come again."""
    return tuple(_weighed(part) for word in words(piece) for part in _parts_of_word(word, dotted))


def _parts_of_word(word: str, dotted: bool) -> list[Part]:
    script = next((script_of(c) for c in word if script_of(c)), "")
    if not script:
        return []
    if script in SYLLABIC:
        joints = _by_table(script)(word)
        if joints != [word] or written(word, script):
            return [Part(joint, script) for joint in joints]
    if script in SYLLABIC and len(word) <= MOST_SYLLABLES and not dotted:
        return [Part(syllable, script) for syllable in word if script_of(syllable) == script]
    word = fold(word)
    joints = [word] if word in _known_words() else _JOINTS.get(script, _unjoined)(word)
    return [Part(joint, script) for joint in joints if joint]


def _weighed(part: Part) -> Part | None:
    """Particles, titles and initials weigh little; what has no letter, or names nobody, is no part."""
    if is_placeholder(part.text):
        return None
    if part.text in _short_for():
        name, weight = _short_for()[part.text]
        return Part(name, part.script, "name", weight)
    if part.text in _known_words():
        kind, weight = _known_words()[part.text]
        return Part(part.text, part.script, kind, weight)
    letters = sum(c.isalpha() or unicodedata.category(c) in ("Mc", "Mn") for c in part.text)
    if letters == 1 and part.script not in SYLLABIC:
        return Part(part.text, part.script, "initial", 0.3)
    return part if letters else None


def _unjoined(word: str) -> list[str]:
    return [word]


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
    if word in ("abdul", "abdel", "abdal", "abdou", "abdur", "abdol", "abdoul", "abdus", "abdun", "abduz"):
        return ["abd"]
    if word in ("abdullah", "abdallah", "abdulla", "abdalla", "abdoullah", "abdollah", "abdellah", "abdulah"):
        return ["abd", "allah"]
    abd = _LATIN_ABD.match(word)
    if abd:
        rest = word[abd.end() :]
        optional = "ľ" if abd.group(1) == "l" and rest[0] in "aeiou" else ""
        return ["abd", optional + rest]
    if (joined := _LATIN_DIN.match(word)) and len(word) > 7:
        return [joined.group(1), joined.group(2)]
    if joined := _LATIN_JOINED.match(word) or _LATIN_FAMILY.match(word):
        return [joined.group(1), joined.group(2)]
    if word not in ("allah", "ullah") and (joined := _LATIN_ALLAH.match(word)):
        return [joined.group(1), "allah"]
    if word in ("ullah", "ollah", "allah", "lah", "laahi", "lahi"):
        return ["allah"]
    return [word]


_BURMESE_SYLLABLE = re.compile(r"[က-ဪ][ျ-ှ]*[ါ-ဲံ့း]*(?:[က-အ][့း]*(?:်|္)[့း]*)*(?:်[့း]*)?")


def _myanmar(word: str) -> list[str]:
    """Burmese is written without spaces; in Latin letters its syllables stand apart."""
    found: list[str] = []
    for joint in _by_table("MYANMAR")(word):
        found += [joint] if written(joint, "MYANMAR") else _BURMESE_SYLLABLE.findall(joint) or [joint]
    return found


class _Worn(NamedTuple):
    """The articles that a word may wear at its end, the longest first; the words they belong to; words that only look so."""

    articles: list[str]
    definite: frozenset[str]
    kept: frozenset[str]


@cache
def _worn(script: str) -> _Worn:
    """What `compounds.tsv` states for a script."""
    return _Worn(
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
def _by_table(script: str) -> Callable[[str], list[str]]:
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
        script: _by_table(script)
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
