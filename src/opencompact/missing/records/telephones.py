"""Telephone numbers, so that one written with its country's code is the same without it: "+216 98 123 456", "98 123 456".

`telephones.csv` has the calling codes of countries (ITU-T E.164) and how many digits a number has behind the code, where those are
eight or fewer and no nine digits tell it from the code. How a number is read is our own.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from opencompact.missing.records.sayings import plain

FEWEST = 7
"""Digits: no country's telephones have fewer, save those of short codes and of a few islands."""
COMPARED = 9
"""Digits from the end that are compared: trunk digits before them are written or not."""


def telephone(written: str) -> tuple[str, str]:
    """The digits by which a telephone is compared, and the country whose calling code is written (ISO 3166 alpha-3), "" where none is.

    A code is read after + or 00, and before a number that is just so long with it. No digits are returned for fewer than `FEWEST`.
    """
    signs = plain(written)
    digits = re.sub(r"\D", "", signs)
    international = bool(re.match(r"[\s(]*\+", signs)) or digits.startswith("00")
    digits = digits.lstrip("0")
    code = next((digits[:length] for length in (3, 2, 1) if digits[:length] in _codes()), "")
    country, lengths = _codes().get(code, ("", ()))
    behind = digits[len(code) :].lstrip("0")
    if not code or not (international or len(behind) in lengths):
        behind, country = digits, ""
    return (behind[-COMPARED:] if len(behind) >= FEWEST else ""), country


@cache
def _codes() -> dict[str, tuple[str, tuple[int, ...]]]:
    with files("opencompact.missing.records").joinpath("telephones.csv").open(encoding="utf-8") as stream:
        return {
            row["code"]: (row["country"], tuple(int(digits) for digits in row["digits"].split("|") if digits))
            for row in csv.DictReader(stream)
        }
