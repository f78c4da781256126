"""A column of births and ages, as offices have one (Date de naissance / âge): each saying goes into its own field.

Own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from opencompact.errors import InvalidDataError
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.sayings import folded


def in_their_fields(said: Mapping[str, str]) -> Mapping[str, str]:
    """What a column of births and ages holds (Date de naissance / âge), each in its own field: "19 ans" is no birth, "born in 1998" no age."""
    for name, other, read, none in (
        ("birth_date", "age", read_age, read_days),
        ("age", "birth_date", read_days, read_age),
    ):
        text = said.get(name, "")
        if other in said or not text or _can(none, text) or not _can(read, text):
            continue
        if any(letter.isalpha() for letter in text) or re.search(r"\d{4}", folded(text)):
            return {**{field: held for field, held in said.items() if field != name}, other: text}
    return said


def _can(read: Callable[[str], object], text: str) -> bool:
    """Whether a saying can be read so, even if not in which way."""
    try:
        read(text)
    except InvalidDataError:
        return read is read_days and _A_DAY.search(text) is not None
    return True


_A_DAY = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(?:\d{4}|\d{2})(?!\d)")
