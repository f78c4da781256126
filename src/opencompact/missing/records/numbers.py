"""Numbers in words: "vingt-cinq", "двадцати пяти", "خمسة وعشرون", "二十五", "፳፭". The words are in `numbers.csv`.

Tens come before ones, save in Arabic, which says "five and twenty"; French counts on after sixty and four twenties. Han says
seventeen or eighteen as 十七八 and twenty to thirty as 二三十.
Own grammar over own lists.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from opencompact.missing.records.phrases import Literal, Phrase

NUMBER, WORD = "N", "#"
_HAN = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_ETHIOPIC = {chr(0x1369 + at): at + 1 for at in range(9)} | {chr(0x1372 + at): 10 * (at + 1) for at in range(9)}
_JOINTS = ("-", "et", "y", "و", "and")


@cache
def number_words() -> tuple[tuple[str, str, tuple[int, str]], ...]:
    """(word, kind, (value, language)) of each word of the table."""
    with files("opencompact.missing.records").joinpath("numbers.csv").open(encoding="utf-8") as stream:
        return tuple(
            (word, WORD, (int(row["value"]), row["language"]))
            for row in csv.DictReader(stream)
            for word in row["words"].split("|")
        )


def _number(low: float, high: float | None = None, text: str = "") -> Phrase:
    return Phrase(text, (NUMBER,), (low, low if high is None else high))


def literals() -> tuple[Literal, ...]:
    """Numbers in digits and in signs for numbers."""
    return (
        (re.compile(r"\d{1,4}(?:[.,]\d+)?"), lambda text: _number(float(text.replace(",", ".")), text=text)),
        (re.compile(f"[{''.join(_HAN)}十百廿卅]+"), lambda text: Phrase(text, (NUMBER,), han(text))),
        (re.compile("[\u1369-\u137b]+"), lambda text: _number(ethiopic(text), text=text)),
    )


def han(text: str) -> tuple[float, float]:
    """二十五 → 25; 十七八 → 17–18; 二三十 → 20–30; digits that stand alone as in 二〇二三 make one number."""
    said = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in said and "百" not in said:
        values = [_HAN[sign] for sign in said]
        if len(values) == 2 and values[0] + 1 == values[1] and values[0]:
            return float(values[0]), float(values[1])
        return (float("".join(map(str, values))),) * 2
    hundreds, _, rest = said.rpartition("百")
    above = 100 * _HAN.get(hundreds[-1:], 1) if "百" in said else 0
    if "十" not in rest:
        ones = [_HAN[sign] for sign in rest if sign in _HAN]
        # 一百七 is a hundred and seventy.
        return (float(above + (10 * ones[0] if len(rest) == 1 and ones else ones[-1] if ones else 0)),) * 2
    tens, _, after = rest.rpartition("十")
    counts = [_HAN[sign] for sign in tens.replace("十", "") if sign in _HAN and sign not in "零〇"] or [1]
    ones = [_HAN[sign] for sign in after] or [0]
    ends = [above + 10 * ten + one for ten in counts for one in ones]
    return float(min(ends)), float(max(ends))


def ethiopic(text: str) -> int:
    """፳፭ → 25; ፳፻፲፭ → 2015."""
    total = part = 0
    for sign in text:
        if sign == "፻":
            total, part = total + max(part, 1) * 100, 0
        else:
            part += _ETHIOPIC.get(sign, 0)
    return total + part


def put_together(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases with words of one number made one: twenty, five → 25."""
    return list(_numbers(list(phrases)))


def _numbers(phrases: list[Phrase]) -> Iterator[Phrase]:
    at = 0
    while at < len(phrases):
        if WORD not in phrases[at].kinds:
            yield phrases[at]
            at += 1
            continue
        value, at = _spoken(phrases, at)
        yield _number(value)


def _spoken(phrases: list[Phrase], at: int) -> tuple[int, int]:
    """The number that begins at a place, and where it ends."""
    total, language = phrases[at].value
    at += 1
    while at < len(phrases):
        joint = phrases[at].text if phrases[at].text in _JOINTS else ""
        following = at + bool(joint)
        if following >= len(phrases) or WORD not in phrases[following].kinds:
            break
        value, of = phrases[following].value
        added = _added(total, value, of, joint, language)
        if added is None:
            break
        total, at = added, following + 1
    return total, at


def _added(total: int, value: int, language: str, joint: str, first: str) -> int | None:
    """The number with the next word, or None where the word begins another."""
    end = total % 100
    if language == "ar" == first:
        inverted = 1 <= end <= 9 and ((value == 10 and not joint) or (value in range(20, 100, 10) and joint == "و"))
        hundreds = end == 0 and total >= 100 and value < 100 and joint == "و"
        multiplied = value == 100 and 3 <= total <= 9 and not joint
        return total * 100 if multiplied else total + value if inverted or hundreds else None
    tens = end in range(20, 100, 10) and 0 < value < 10
    counted_on = end in (60, 80) and 10 <= value < 20 and language == "fr"
    seventeen = end in (10, 70, 90) and 7 <= value <= 9 and joint in ("", "-") and language == "fr"
    hundreds = end == 0 and total >= 100 and value < 100 and joint in ("", "and", "-", "و")
    if value == 100 and 1 <= total <= 9 and not joint:
        return total * 100
    return total + value if tens or counted_on or seventeen or hundreds else None
