"""What people say in numbers, read as ranges: "about 20", "in her twenties", "1.75 m", "does not know".

Nothing is guessed: what is in no list is refused with its value, so that a person decides. Days and times are read in `dates`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.records.intervals import Range

OLDEST = 110
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹০১২৩৪৫৬৭৮৯०१२३४५६७८९", "0123456789" * 4)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@cache
def words() -> dict[str, Any]:
    """The lists of `sayings.toml`."""
    return tomllib.loads(files("opencompact.missing.records").joinpath("sayings.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """The text without bidi marks and zero-width characters, Western digits, single blanks, lower case."""
    return re.sub(r"\s+", " ", INVISIBLE.sub("", text).translate(_DIGITS)).strip().casefold()


def is_unknown(text: str) -> bool:
    """Whether this says that nothing is known."""
    return not plain(text) or plain(text) in words()["unknown"]


def alternatives(name: str) -> str:
    """The words of a list as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words()[name], key=len, reverse=True))


def read_range(text: str, *, field: str, lowest: float, highest: float, slack: float = 0.1) -> Range | None:
    """A number and how sure it is: "20", "20-25", "about 20", "over 30", "between 20 and 25"; None for "does not know".

    `slack` is the half-width of "about" as a share of the number. Raises InvalidDataError outside `lowest`–`highest`.
    """
    spoken = plain(text)
    if is_unknown(spoken):
        return None
    number = r"(\d{1,4}(?:[.,]\d+)?)"
    unit = r"(?:\s*(?:cm|kg|years?(?: old)?|yrs?|y/?o|ans|años|лет|год[а]?|سنة|岁))?"
    if match := re.fullmatch(
        rf"(?:{alternatives('between')})?\s*{number}{unit}\s*(?:{alternatives('and')})\s*{number}{unit}", spoken
    ):
        return _range(_number(match[1]), _number(match[2]), text, field, lowest, highest)
    if match := re.fullmatch(rf"(?:{alternatives('about')})\s*{number}{unit}", spoken):
        middle = _number(match[1])
        half = max(2.0, slack * middle)
        return _range(max(lowest, middle - half), min(highest, middle + half), text, field, lowest, highest)
    if match := re.fullmatch(rf"(?:{alternatives('over')})\s*{number}{unit}|{number}{unit}\s*\+", spoken):
        return _range(_number(match[1] or match[2]), highest, text, field, lowest, highest)
    if match := re.fullmatch(rf"(?:{alternatives('under')})\s*{number}{unit}", spoken):
        return _range(lowest, _number(match[1]), text, field, lowest, highest)
    if match := re.fullmatch(rf"{number}{unit}", spoken):
        return _range(_number(match[1]), _number(match[1]), text, field, lowest, highest)
    raise InvalidDataError(
        said("The {field} cannot be read.", field=field),
        column=field,
        value=text,
        remedy="Write 20, 20-25, 'about 20' or 'unknown'.",
    )


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _range(low: float, high: float, text: str, field: str, lowest: float, highest: float) -> Range:
    if low > high or low < lowest or high > highest:
        raise InvalidDataError(
            said("The {field} is impossible.", field=field),
            column=field,
            value=text,
            remedy=said(
                "It lies between {lowest:g} and {highest:g}, the lower end first.", lowest=lowest, highest=highest
            ),
        )
    return Range(low, high, text)


def read_age(text: str) -> Range | None:
    """An age in completed years, as a range: "about 20" → 17–23, "20s" → 20–29, "child" → 0–17."""
    said = plain(text)
    known: dict[str, list[int]] = words()["ages"]
    if said in known:
        return Range(known[said][0], known[said][1], text)
    if (decade := _decade(said)) is not None:
        return Range(*decade, text)
    if match := re.fullmatch(r"(\d{1,2})\s*(?:months?|mois|meses|месяц\w*|شهر)", said):
        return Range(int(match[1]) // 12, int(match[1]) // 12, text)
    if match := re.fullmatch(rf"(.+?)(?:\s*|-)(?:{alternatives('roughly')})", said):
        return read_range(f"about {_in_digits(match[1])}", field="age", lowest=0, highest=OLDEST, slack=0.15)
    found = read_range(_in_digits(said), field="age", lowest=0, highest=OLDEST, slack=0.15)
    return None if found is None else Range(found.low, found.high, text)


def _decade(said: str) -> tuple[int, int] | None:
    """ "in her late twenties" → 26–29; None where no decade is said."""
    parts = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}
    match = re.fullmatch(
        r"(?:in (?:his|her|their|the) )?(early |mid |late )?(?:([1-9]0)['’]?s|(.+))", said.replace("mid-", "mid ")
    )
    if match is None:
        return None
    start = int(match[2]) if match[2] else words()["decades"].get(match[3])
    if start is None:
        return None
    low, high = parts[match[1].strip()] if match[1] else (0, 9)
    return start + low, start + high


_HAN = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


def _in_digits(said: str) -> str:
    """Chinese numbers up to ninety-nine in digits: 二十五岁 → 25岁."""

    def digits(match: re.Match[str]) -> str:
        tens, _, ones = match[0].partition("十")
        if "十" not in match[0]:
            return str(_HAN[match[0]]) if len(match[0]) == 1 else match[0]
        return str(10 * _HAN.get(tens, 1) + _HAN.get(ones, 0))

    return re.sub("[零一二三四五六七八九]?十[一二三四五六七八九]?|[零一二三四五六七八九]", digits, said)


def read_stature(text: str) -> Range | None:
    """A stature in cm: "171", "1.71 m", "5'7\"", "about 170"; None for "does not know"."""
    said = plain(text)
    if match := re.fullmatch(r"(\d)\s*(?:'|’|′|ft|feet|foot)\s*(?:(\d{1,2})\s*(?:\"|”|″|in|inches|'')?)?", said):
        cm = round(30.48 * int(match[1]) + 2.54 * int(match[2] or 0), 1)
        return Range(cm - 1.3, cm + 1.3, text)  # told to the inch

    def in_cm(match: re.Match[str]) -> str:
        return f"{100 * _number(match[1]):g}"

    metres = re.sub(
        r"(?<![\d.,])([12][.,]\d{1,2})(?:\s*(?:metres?|meters?|mètres?|metros?|م|м|米|m))?(?![\d.,a-z])", in_cm, said
    )
    found = read_range(metres, field="stature", lowest=25, highest=250, slack=0.03)
    return None if found is None else Range(found.low, found.high, text)
