"""The words in which people say where something was, as patterns: `places.toml`.

Own grammar; the words are of the six languages, and Italian.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.missing.records.sayings import folded

_HAN = "\u4e00-\u9fff"
_GAP = rf"(?:\s+|(?<=[{_HAN}'])\s*)"
_END = r"(?:\s*(?:处|远|左右|的地方|的海域|away))?"


@cache
def place_words() -> dict[str, Any]:
    """The lists of `places.toml`."""
    return tomllib.loads(files("opencompact.missing.records").joinpath("places.toml").read_text(encoding="utf-8"))


def _any(words: Any) -> str:
    """The words as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(folded(word)) for word in sorted(words, key=len, reverse=True))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The patterns of this module, by what they read."""
    table = place_words()
    word = {key: f"(?:{_any(words)})" for key, words in table.items() if isinstance(words, list)}
    units = f"(?P<unit>{_any(word for words in table['units'].values() for word in words)})"
    bearing = f"(?P<bearing>{_any(word for words in table['bearings'].values() for word in words)})"
    amount = r"(?P<amount>\d+(?:[.,]\d+)?)(?:\s*-\s*(?P<most>\d+(?:[.,]\d+)?))?"
    source = {
        "lead-in": rf"(?:{word['lead_in']}|{word['from']}){_GAP}(?=\S)",
        "setting": rf"(?P<setting>{word['setting']})(?:[\s,;:-]+|(?<=[{_HAN}]))(?P<rest>\S.*)",
        "and": rf"\s+{word['and']}\s+|\s+و\s*(?=\S)|(?<=[\w{_HAN}])\s*(?:和|与|至|到)\s*|\s*(?:->|→|>|/|-)\s*",
        "between": rf"(?:{word['between']}{_GAP})?(?P<rest>.+?)\s*{word['between_after']}?",
        "beside": rf"(?P<wide>.+?)[\s,]+(?P<rest>(?:{word['near']}|{word['off']}){_GAP}.+)",
        "near": rf"{word['near']}{_GAP}(?P<place>.+)|(?P<before>.+?)\s*{word['near_after']}",
        "off": rf"{word['off']}{_GAP}(?P<place>.+)|(?P<before>.+?)\s*{word['off_after']}",
        "away": rf"(?:{word['about']}\s*){{0,2}}{amount}\s*{units}(?:{_GAP}{bearing})?(?:{_GAP}(?:{word['from']}|{word['off']}))?{_GAP}(?P<place>.+)",
        "away-after": rf"{word['from_before']}?\s*(?P<place>.+?)\s*{bearing}?(?:方向)?\s*{word['about']}?\s*{amount}\s*{units}{_END}",
        "aside": rf"{bearing}(?:{_GAP}{word['from']})?{_GAP}(?P<place>.+)",
        "spot": rf"(?:{word['spot']}{_GAP}{word['from']}|{word['spot_alone']}){_GAP}(?P<place>.+)|(?P<before>.+?)\s*{word['spot_after']}",
        "about-town": rf"{word['about_town']}{_GAP}{word['from']}{_GAP}(?P<place>.+)|(?P<before>.+?)\s*{word['about_town_after']}",
        "aside-after": rf"(?P<place>[{_HAN}]+?){bearing}",
    }[name]
    return re.compile(source)


@cache
def no_place() -> frozenset[str]:
    """Words that are no place by themselves, though a town somewhere bears the name."""
    return frozenset(folded(word) for word in place_words()["no_place"])
