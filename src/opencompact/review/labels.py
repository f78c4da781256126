"""Names that publishers write in English (routes, causes, hazards, publishers, publications), in six languages."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("labels.csv").read_text("utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}


def label(key: str, code: str) -> str | None:
    """The name of a category in a language; None for one that is in no list, which is then shown as it was published."""
    entry = _labels().get(key)
    return None if entry is None else entry[code]


@cache
def _short_names() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("short_names.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


def short_name(area: str, code: str) -> str | None:
    """The name of an area with a long one as charts and their tables write it; lists of countries keep the whole name."""
    entry = _short_names().get(area)
    return None if entry is None else entry[code]


def known() -> frozenset[str]:
    """Every category that has a name in six languages."""
    return frozenset(_labels())
