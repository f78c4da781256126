"""The parts of a name: names, particles, titles and initials, compounds taken apart, in the order they stand.

Own: particles and titles are listed in `words.tsv`, compounds in `compounds.tsv`, both by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from opencompact.missing.names.joints import LEAST_REST, by_table, endings_of_god, joints_of, servants, worn_by
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

_SPACED_HANGUL = re.compile(r"(?=.*[\uac00-\ud7a3]{2}.* |.* .*[\uac00-\ud7a3]{2})[\uac00-\ud7a3 ]+")
"""A Korean name is written as one word; what stands in several is mostly foreign."""

_FOREIGN = re.compile(r"[\u4e00-\u9fff]{4}|[\uac00-\ud7a3]{4}")

SYLLABIC = ("HAN", "HANGUL")


class Part(NamedTuple):
    """One part of a name.

    `text` as written (folded), `script` as Unicode names it, `kind`: name, child (behind a kunya), article, particle, kunya, title, initial or ending;
    `weight`: how much it counts when it is missing, 1 for a full name; `bound`: it belongs to the part before it (Rahman to Abd, -zai
    to Noor), and what is bound is missing with that.
    """

    text: str
    script: str
    kind: str = "name"
    weight: float = 1.0
    bound: bool = False

    @property
    def held(self) -> float:
        """The weight as the compiled part holds it: below zero where the part is bound."""
        return -self.weight if self.bound else self.weight


@cache
def _known_words() -> dict[str, tuple[str, float]]:
    """Particles and titles: folded word → kind, weight."""
    known: dict[str, tuple[str, float]] = {}
    for row in rows("words.tsv"):
        for word in row["words"].split() if row["kind"] not in ("short", "herself") else ():
            known.setdefault(fold(word), (_KIND.get(row["kind"], row["kind"]), float(row["weight"])))
    return known


_KIND = {"behind": "title", "mother": "kunya", "father": "kunya"}
"""Rows of `words.tsv` that are told apart within a kind."""


@cache
def _short_for() -> dict[str, tuple[str, float]]:
    """Written abbreviations: folded word → the name it stands for, weight."""
    found = {}
    for row in rows("words.tsv"):
        for written_, _sign, name in (word.partition("=") for word in row["words"].split() if row["kind"] == "short"):
            found[fold(clean(written_))] = (fold(clean(name)), float(row["weight"]))
    return found


def stands_for(word: str) -> str:
    """The name that a folded word is short for, as Md for Mohammed; any other word itself."""
    return _short_for().get(word, (word, 0.0))[0]


_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*(?:[)）\]】]|$)")
_REMARK = re.compile(r"(?<=\w)[\s,;]+(?:born|né|née|dob|date of birth)?[\s:]*\d{1,4}(?=[\s./-]).*$", re.IGNORECASE)

_SOMALI_ABD = re.compile(r"(?<!\w)[AaCc]/(?=\w{3})")
"""Somali and Sudanese write Abdi- or Abdel- so: C/raxmaan, A/qadir."""

_LABEL = re.compile(
    r"^\W*(?:(?:(?:married|maiden|birth|full|real|former|other|true) name|original script|aka)\s*:|also known as\b|a\.k\.a\.)\s*",
    re.IGNORECASE,
)
"""What a list puts before a name to say which of them it is."""

_OFFSPRING = re.compile(r"\b(?:son|daughter) of\b", re.IGNORECASE)
_NOT_AVAILABLE = re.compile(r"(?<=\w)\s+na$")
"""Lists put `na` where a part of a name is not available; the Korean name Na has a capital."""


def alternatives(text: str) -> list[str]:
    """A field often holds several spellings: `A / B`, `A; B`, `A, B, C`. The whole, then each; at most six.

    Four Han characters are read as a name of so many syllables, and as one foreign word; so are words in Hangul that stand apart.
    """
    text = _LABEL.sub("", _SOMALI_ABD.sub("abd ", _OFFSPRING.sub(" bin ", clean(text))))
    if len(called := _also_called(text)) > 1:
        return list(dict.fromkeys(spelling for name in called for spelling in alternatives(name)))[:6]
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
        if separator in ",،" and _one_word(found):
            return found[:6]
        if len(found) > 2 or (len(found) == 2 and (separator in "/;" or _much_alike(*found))):
            return [text, *found[:6]] if separator in ",،" else found[:6]
    # Four characters may be one foreign word (穆罕默德), which a dot behind them makes one word; so may each of several words in Hangul (조 바이든).
    return [text, f"{text}·"] if _FOREIGN.fullmatch(text) or _SPACED_HANGUL.fullmatch(text) else [text]


_ALSO_CALLED = re.compile(
    r"[\s,;(\[]+(?:(?:also |better |otherwise |commonly )?(?:known|called) as|nicknamed|a\.?k\.?a\.?|alias|dite?(?: aussi)?|(?:plus )?connue? sous le nom de"
    r"|surnommée?|detto|detta|noto come|conocid[oa] como|apodad[oa]|también llamad[oa]|conhecid[oa] como|он же|она же|по прозвищу|известн(?:ый|ая) как"
    r"|المعروفة? ب(?:اسم)?ـ?|الملقبة? ب(?:اسم)?ـ?|الشهيرة? ب(?:اسم)?ـ?|المكن(?:ى|اة) ب(?:اسم)?ـ?|معروف به|مشهور به|lakabı|takma adı)(?:\s*[:«“\"']\s*|(?<=ب)|(?<=ـ)|(?<=باسم)\s*|\s+)"
    r"|\s*[,(（]?\s*(?:又名|别名|別名|化名|绰号|綽號)[:：]?\s*",
    re.IGNORECASE,
)
"""What stands between a name and another by which the same person is called."""

_ALIAS_AHEAD = re.compile(r"^(?:alias|dite?|detto|detta|nicknamed)\s+(?=\w)", re.IGNORECASE)
_LAST_BRACKET = re.compile(r"^([^()（）\[\]【】]+?)\s*[(（\[【]([^()（）\[\]【】:：\d]+)[)）\]】]?$")
_MOST_OF_ALIAS = 3


def _also_called(text: str) -> list[str]:
    """The names of a text that tells by what else somebody is called: "Hassan also known as Abu Bakr", "Karim alias Junior", "Hassan (Ali)".

    What stands in brackets at the end is another name where it has no number, no colon and few words: "(32 ans)", "(mother: Fatima)" are none.
    """
    found = [name.strip(" ,;()[]«»“”\"'") for name in _ALSO_CALLED.split(_ALIAS_AHEAD.sub("", text))]
    found = [name for name in found if any(map(str.isalpha, name))]
    if len(found) == 1 and (bracketed := _LAST_BRACKET.match(text)) and len(bracketed[2].split()) <= _MOST_OF_ALIAS:
        return [name for name in bracketed.groups() if any(map(str.isalpha, name))]
    return found if len(found) > 1 else found if _ALIAS_AHEAD.match(text) else [text]


def _one_word(pieces: list[str]) -> bool:
    """Whether a list holds one word only, in several spellings, or twice the same."""
    if any(" " in piece for piece in pieces) or len(pieces) < 2:
        return False
    alike = all(_much_alike(pieces[0], piece) for piece in pieces[1:])
    return alike if len(pieces) > 2 else pieces[0].casefold() == pieces[1].casefold()


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
    weighed = _with_last_title(_bound_parts([part for part in found[:MOST_PARTS] if part is not None]))
    if not any(part.weight > 0.5 for part in weighed):  # nothing but particles and titles: they are the name
        return [part if part.kind == "initial" else Part(part.text, part.script) for part in weighed]
    return _called_by_children(list(_without_worn_articles(weighed)))


def _called_by_children(parts: list[Part]) -> list[Part]:
    """Umm Ahmed is not Ahmed: the name behind a kunya is a child's, of one who has a name of her own besides.

    Behind the word for a mother always, but in Umm Kulthum, who is called so herself; behind the word for a father where nothing else is told, since Abu Sayed Mia is Sayed Mia too. Who is told by a
    kunya alone is told by one part.
    """
    names = [at for at, part in enumerate(parts) if part.weight > 0.5]
    for at, (before, part) in enumerate(pairwise(parts)):
        alone = names == [at + 1]
        if part.kind == "name" and part.text not in _herself() and before.text in (_parents() if alone else _mothers()):
            child = part._replace(kind="child", bound=alone)
            kunya = before._replace(weight=KUNYA_ALONE) if alone else before
            return [*parts[:at], kunya, child, *parts[at + 2 :]]
    return parts


KUNYA_ALONE = 0.2
"""What a kunya that is the whole name weighs when it is missing: it stands beside any name of its bearer and disputes none."""


@cache
def _herself() -> frozenset[str]:
    return _words_of("herself")


@cache
def _mothers() -> frozenset[str]:
    return _words_of("mother")


@cache
def _parents() -> frozenset[str]:
    return _words_of("mother") | _words_of("father")


def _bound_parts(parts: list[Part]) -> list[Part]:
    """Endings belong to the part before them, and the parts of a compound to one another, written as one or apart."""
    return [
        part._replace(bound=before is not None and _belongs(part, before))
        for before, part in zip([None, *parts], parts, strict=False)
    ]


def _belongs(part: Part, before: Part) -> bool:
    """-zai to Noor, Rahman to Abd, and Allah or Din to what stands before them."""
    if before.script != part.script or before.kind not in ("name", "initial"):
        return False
    return part.kind == "ending" or (
        part.kind == "name" and (before.text in servants() or part.text in endings_of_god())
    )


def _with_last_title(parts: list[Part]) -> list[Part]:
    """What would be an article for the next word is a name where it stands last: Van An. A title that stands last may be: Ahmad Sayyed; one that stands behind names only where there is one name alone: Gul Agha."""
    full = sum(part.weight > 0.5 for part in parts)
    last = parts[-1] if parts else None
    if last is not None and len(parts) > 1 and last.kind == "article" and last.script == "LATIN":
        return [*parts[:-1], Part(last.text, last.script)]  # nothing follows it: Nguyen Van An
    if last is None or last.kind != "title" or not full or (full > 1 and last.text in _behind()):
        return parts
    return [*parts[:-1], last._replace(kind="name", weight=0.5)]


@cache
def _behind() -> frozenset[str]:
    return _words_of("behind")


def _words_of(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for row in rows("words.tsv") if row["kind"] == kind for word in row["words"].split())


def _without_worn_articles(parts: list[Part]) -> Iterator[Part]:
    """Saiful Islam, সাইফুল ইসলাম → saif, islam: the article of the second word, which Arabic writes with that word."""
    for part, after in zip_longest(parts, parts[1:]):
        rest = _bare(part, after.text) if after and part.kind == "name" else part.text
        yield part._replace(text=rest)


def _bare(part: Part, after: str) -> str:
    """A part without the article of what comes after it; its l turns into a sun letter: ziaur rahman, qamruz zaman."""
    worn = worn_by(part.script)
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
    return tuple(part for word in words(piece) for part in _told_together(_parts_of_word(word, dotted)))


def _told_together(parts: list[Part]) -> list[Part | None]:
    """The parts of one word, weighed; Hafiz is a title, and no title in Hafizullah."""
    weighed = [_weighed(part) for part in parts]
    of_god = len(parts) > 1 and parts[-1].text in endings_of_god()
    return [
        Part(part.text, part.script) if of_god and part is not None and part.kind == "title" else part
        for part in weighed
    ]


def _parts_of_word(word: str, dotted: bool) -> list[Part]:
    script = next((script_of(c) for c in word if script_of(c)), "")
    if not script:
        return []
    if script in SYLLABIC:
        joints = by_table(script)(word)
        if joints != [word] or written(word, script):
            return [Part(joint, script) for joint in joints]
    if script in SYLLABIC and len(word) <= MOST_SYLLABLES and not dotted:
        return [Part(syllable, script) for syllable in word if script_of(syllable) == script]
    word = fold(word)
    joints = [word] if word in _known_words() else joints_of(word, script)
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
