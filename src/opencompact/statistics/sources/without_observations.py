"""Files that hold no observations: an import says what they are, and sets them aside whole."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.statistics.sources.contract import Reading, Recognition, source
from opencompact.statistics.sources.file import SourceFile

SOURCE = "no.observations"


@cache
def _definition() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def recognise(file: SourceFile) -> Recognition | None:
    """By the header of a table, or by how the file begins."""
    header = set(file.header())
    beginning = file.head[:4096].decode("utf-8", errors="replace") if file.format in ("text", "json") else ""
    for table, patterns in _definition()["patterns"].items():
        if any(re.match(pattern, beginning) for pattern in patterns):
            return _recognition(table)
    for table, lists in _definition()["columns"].items():
        if any(header >= set(columns) for columns in lists):
            return _recognition(table)
    return None


def _recognition(table: str) -> Recognition:
    return Recognition(SOURCE, table, source(SOURCE).table(table).without_observations)


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """Never called: every table here says that it holds no observations."""
    raise InvalidDataError("This file holds no observations.", file=file.name, value=recognition.table)
