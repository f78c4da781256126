"""From what someone typed to clean words: marks of direction, presentation forms, look-alikes and emoji are dealt with.

Compatibility forms by Unicode's NFKC (UAX 15), scripts by Unicode's names of characters; the lists of look-alikes and separators are our own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MOST_CHARACTERS = 400
"""A name is read up to here; the longest recorded personal names are shorter."""

_APOSTROPHES = "'’‘ʻʼʾʿ`´′ˈ＇ʹ"
_SEPARATORS = re.compile(r"[\s\-‐-―_゠,،;؛:.·・•‧∙/\\|\"“”„«»<>\[\]{}*+=~^!?؟。、፡-፨।॥|&@#$%]+")

# Letters of other scripts, and signs, that look like a Latin letter: (look-alike, Latin).
_LIKE_LATIN = dict(
    zip(
        "аеорсухіѕјһԁӏвкмнтгАЕОРСУХІЅЈВКМНТΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν",
        "aeopcyxisjhdlbkmhtrAEOPCYXISJBKMHTABEZHIKMNOPTYXoav",
        strict=True,
    )
)
_LIKE_LATIN |= dict(
    zip("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᎩᏃꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEGHiJKLMPRSTVWyZABCDEFGHIJKLMNOPRSTUVWXYZ", strict=True)
)
_LIKE_CYRILLIC = dict(zip("aeopcyxisjkmtbhĸACEHKMOPTXBIYi", "аеорсухіѕјкмтвнкАСЕНКМОРТХВІУі", strict=True))
_LIKE: dict[str, dict[str, str]] = {"LATIN": _LIKE_LATIN, "CYRILLIC": _LIKE_CYRILLIC, "GREEK": {}}
_DIGIT_LETTERS = str.maketrans("01345789", "oleastbg")


@cache
def script_of(character: str) -> str:
    """The script of a letter, as the first word of its Unicode name says it; `""` for what is no letter."""
    category = unicodedata.category(character)
    if category == "Lm" or not (character.isalpha() or category in ("Mc", "Mn", "Me")):
        return ""
    first = unicodedata.name(character, "").partition(" ")[0]
    return {"CJK": "HAN", "IDEOGRAPHIC": "HAN", "KATAKANA": "KANA", "HIRAGANA": "KANA", "COMBINING": ""}.get(
        first, first
    )


def clean(text: str) -> str:
    """Compatibility forms made plain, invisible characters gone, marks bounded, and no longer than can be a name."""
    text = unicodedata.normalize("NFKC", text[: MOST_CHARACTERS * 4]).translate(_seen)
    if not text.isascii():
        text = _with_few_marks(text)
    return text[:MOST_CHARACTERS].strip()


class _Seen(dict[int, str | None]):
    """What is read for a character, by its number: itself, a space, or nothing; found once for each."""

    def __missing__(self, number: int) -> str | None:
        character = chr(number)
        category = unicodedata.category(character)
        seen: str | None = character
        if category in ("Cf", "Cs", "Co", "Cn") or character == "ـ":
            seen = None
        elif category in ("Cc", "So", "Sk", "Zl", "Zp") and character not in _APOSTROPHES:
            seen = " "
        self[number] = seen
        return seen


_seen = _Seen()


@cache
def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _with_few_marks(text: str) -> str:
    """No letter bears more than three marks."""
    kept = []
    marks = 0
    for character in text:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= 3:
            kept.append(character)
    return "".join(kept)


_GLUED_ARTICLE = re.compile(rf"(?<=\w)[{_APOSTROPHES}](?=[AaEe]l-)")
"""An apostrophe that parts two names, because the article follows it: Judayʼal-Anizi."""


def pieces(text: str) -> list[str]:
    """What stands between the separators of a cleaned text."""
    return _SEPARATORS.split(_GLUED_ARTICLE.sub(" ", text))


def words(piece: str) -> list[str]:
    """The words of a piece, in its own case; hyphens have parted it before, joined capitals part it here, apostrophes do not."""
    return [word for word in _parted(_one_script(piece)) if word]


def _parted(word: str) -> list[str]:
    """`JanDaniel` → Jan, Daniel; a change of script parts words too."""
    if len(set(map(script_of, word))) < 2 and not any(map(str.isupper, word[1:])):
        return [word]
    pieces = [word[0]]
    for before, after, next_one in zip(word, word[1:], [*word[2:], ""], strict=False):
        joined_capital = before.islower() and after.isupper() and next_one.isalpha()
        scripts = script_of(before), script_of(after)
        if joined_capital or (all(scripts) and scripts[0] != scripts[1]):
            pieces.append(after)
        else:
            pieces[-1] += after
    if len(pieces) > 1 and (len(pieces[0]) < 3 or len(pieces) > 4) and len({script_of(p[0]) for p in pieces}) == 1:
        return [word]
    return pieces


def _one_script(word: str) -> str:
    """Look-alikes of the minority script in a word, and digits among letters, read as the letters they imitate."""
    if word.isascii() and word.isalpha():
        return word
    scripts = [script_of(character) for character in word]
    letters = [script for script in scripts if script]
    if not letters:
        return ""
    most = max(dict.fromkeys(letters), key=letters.count)
    if most in _LIKE and len(set(letters)) > 1:
        most, word = _imitated(word, most)
    if most == "LATIN" and any(c.isdigit() for c in word) and len(letters) * 2 > len(word):
        word = word.translate(_DIGIT_LETTERS)
    return "".join(c if c not in _APOSTROPHES else "ʼ" for c in word if not c.isdigit()).strip("ʼ()")


def _imitated(word: str, most: str) -> tuple[str, str]:
    """The script that all letters of a word of several scripts may belong to, and the word in it.

    Its most frequent script if it can be, else the other of Latin and Cyrillic; failing both what can be is read in the most frequent.
    """
    for script in dict.fromkeys([most, "LATIN", "CYRILLIC"]):
        read = "".join(c if script_of(c) in ("", script) else _LIKE[script].get(c, c) for c in word)
        if all(script_of(c) in ("", script) for c in read):
            return script, read
    return most, "".join(c if script_of(c) == most else _LIKE[most].get(c, c) for c in word)


def fold(word: str) -> str:
    """Lower case; Latin marks that change no sound are taken off, the others kept as letters of their own."""
    word = word.casefold().replace("i̇", "i") if script_of(word[0]) == "LATIN" else word.casefold()
    return unicodedata.normalize("NFC", word)
