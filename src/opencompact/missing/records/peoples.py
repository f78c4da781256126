"""Countries as families and officers say them: by the short names of the UN, by common names, by the name of a people, and by the names
that Unicode's CLDR has for them in the languages of `LANGUAGES`."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from babel import Locale

from opencompact.compact import area, countries
from opencompact.errors import UnknownCodeError
from opencompact.missing.records.sayings import folded, plain

LANGUAGES = (
    "am", "az", "be", "bg", "bm", "bn", "ckb", "cs", "da", "de", "el", "fa", "ff", "fi", "fil", "ga", "gu", "ha", "he", "hi", "hr", "hu",
    "hy", "id", "ig", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "ln", "lo", "mg", "mk", "ml", "mn", "mr", "ms", "my", "nb",
    "ne", "nl", "om", "pa", "pl", "ps", "pt", "qu", "rn", "ro", "rw", "sd", "si", "sk", "sl", "sn", "so", "sq", "sr", "sv", "sw", "ta",
    "te", "tg", "th", "ti", "tk", "tr", "ug", "uk", "ur", "uz", "vi", "wo", "yo", "zu",
)  # fmt: skip
"""ISO 639-1 codes (639-2 where there is none) of the languages in which countries are known, beside the six."""


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    with files("opencompact.missing.records").joinpath("peoples.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found |= {plain(name): row["area"] for name in row["names"].split("|")}
    return found


@cache
def _in_languages() -> dict[str, str]:
    """ISO 3166 alpha-3 code by the folded name of a country, where that is the name of one country only."""
    alpha3 = {country.iso2: country.code for country in countries() if country.iso2}
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for alpha2, name in Locale.parse(language).territories.items():
            if alpha2 in alpha3:
                found.setdefault(folded(name), set()).add(alpha3[alpha2])
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def country_called(name: str) -> str | None:
    """ISO 3166 alpha-3 code of the country of this name in one of `LANGUAGES`."""
    return _in_languages().get(folded(name))


def areas_of(text: str) -> tuple[str, ...]:
    """ISO 3166 alpha-3 codes of a country in any of these languages, or of those where a people lives: one of Eritreans, two of Rohingya,
    four of Kurds. Own list: the countries in which most of a people are. Raises UnknownCodeError."""
    try:
        return (area(text).code,)
    except UnknownCodeError:
        codes = _names().get(plain(text)) or country_called(text)
        if codes is None:
            raise
        return tuple(codes.split())


def area_of(text: str) -> str:
    """The code of a country, or of the people of one ("Eritrean", "سوري"). Raises UnknownCodeError, for a people of several countries too."""
    found = areas_of(text)
    if len(found) > 1:
        raise UnknownCodeError("This people lives in several countries.", value=text, remedy="Name the country.")
    return found[0]
