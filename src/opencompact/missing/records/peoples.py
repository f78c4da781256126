"""Countries as families and officers say them: by the short names of the UN, by common names, by the name of a people."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from opencompact.compact import area
from opencompact.errors import UnknownCodeError
from opencompact.missing.records.sayings import plain


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    with files("opencompact.missing.records").joinpath("peoples.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found |= {plain(name): row["area"] for name in row["names"].split("|")}
    return found


def area_of(text: str) -> str:
    """ISO 3166 alpha-3 code of a country, or of the people of one ("Eritrean", "سوري"). Raises UnknownCodeError."""
    try:
        return area(text).code
    except UnknownCodeError:
        code = _names().get(plain(text))
        if code is None:
            raise
        return code
