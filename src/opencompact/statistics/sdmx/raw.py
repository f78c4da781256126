"""Data messages of SDMX as they stand: one row an observation, one column of text a component, nothing translated.

XML 2.1 and 3.0 (generic and structure-specific), JSON 1.0 and 2.0, CSV 1.0 and 2.0.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from xml.parsers import expat

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.statistics.sdmx.csv_records import csv_records
from opencompact.statistics.sdmx.json_records import json_records
from opencompact.statistics.sdmx.message import Message
from opencompact.statistics.sdmx.records import Raw
from opencompact.statistics.sdmx.xml_records import xml_records


def read_raw(content: bytes, message: Message, name: str) -> Raw:
    """All observations of a data message. Raises InvalidDataError, with the file's name, where it is not well-formed."""
    readers = {"xml": xml_records, "json": json_records, "csv1": csv_records, "csv2": csv_records}
    try:
        return readers[message.format](content)
    except (
        ET.ParseError,
        expat.ExpatError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        pl.exceptions.PolarsError,
    ) as problem:
        raise InvalidDataError(
            said("The SDMX message cannot be understood: {reason}.", reason=str(problem).splitlines()[0]),
            file=name,
            row=_line(problem),
            rule="sdmx/message",
            remedy="Download it again, and check that it is whole.",
        ) from problem


def _line(problem: Exception) -> int | None:
    """The line at which an XML message breaks."""
    if isinstance(problem, ET.ParseError):
        return problem.position[0]
    return problem.lineno if isinstance(problem, expat.ExpatError) else None
