"""The entries of a catalogue file as they stand in it: TOML as people write it, or one row an indicator as CSV or XLSX."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.errors import InputError
from opencompact.language import LANGUAGES, said
from opencompact.tables.refusals import absent, unreadable

#: Columns of a table, in the order of the template. A list is written with ";" between its parts.
COLUMNS = (
    "id", "official_code", "same_as", "objectives", "tier", "official", *(f"name_{code}" for code in LANGUAGES),
    "unit", "direction", "target_comparison", "target_value", "target_year", "target_citation",
    "disaggregations", "sources", "computation", "questions", "citations",
)  # fmt: skip

_LISTS = ("objectives", "disaggregations", "sources", "questions", "citations")


@dataclass(frozen=True)
class Record:
    """One entry as it stands in the file: its row (1 = the first line) and its values by key."""

    row: int
    values: Mapping[str, Any]


REMEDY_FORMAT = said("'opencompact catalogue template' writes one to begin with.")


def records_of_toml(path: Path) -> dict[str, tuple[Record, ...]]:
    """The entries of a TOML file by their kind. Raises InputError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    except UnicodeDecodeError as problem:
        raise InputError("The catalogue is not UTF-8 text.", file=path, remedy="Save it as UTF-8.") from problem
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"at line (\d+)", str(problem))
        raise InputError(
            said("This is not TOML: {reason}.", reason=problem),
            file=path,
            row=int(place[1]) if place else None,
            remedy=REMEDY_FORMAT,
        ) from problem
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line):
            lines.setdefault(found[1], []).append(number)
    return {name: _records(path, name, entries, lines.get(name, [])) for name, entries in tables.items()}


def _records(path: Path, name: str, entries: Any, lines: list[int]) -> tuple[Record, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(
            said("'{name}' is not a list of entries.", name=name),
            file=path,
            column=name,
            remedy=said("Write [[{name}]] before each.", name=name),
        )
    rows = lines if len(lines) == len(entries) else [1] * len(entries)
    return tuple(Record(row, entry) for row, entry in zip(rows, entries, strict=True))


def records_of_table(path: Path) -> dict[str, tuple[Record, ...]]:
    """The indicators of a CSV or XLSX file, one a row. Raises InputError where its heading is another."""
    from opencompact.tables import ROW, read_table

    if not path.is_file():
        raise absent(path)
    raw = read_table(path)
    missing = [column for column in ("id", "objectives", "tier", "name_en") if column not in raw.columns]
    if missing:
        raise InputError(
            said("The heading lacks {missing}.", missing=", ".join(missing)),
            file=path,
            row=raw.header_row,
            remedy=REMEDY_FORMAT,
        )
    unknown = [column for column in raw.columns if column not in COLUMNS]
    if unknown:
        raise InputError(
            said("The heading has a column that the format does not know: {unknown}.", unknown=unknown[0]),
            file=path,
            row=raw.header_row,
            column=unknown[0],
            remedy=said("Its columns are {columns}.", columns=", ".join(COLUMNS)),
        )
    rows = raw.cells.to_dicts()
    return {"indicator": tuple(Record(row[ROW], _cells(row)) for row in rows if any(row[c] for c in raw.columns))}


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a row as the values that TOML would give; what does not read as one stays text, for the checks."""
    texts = {key: str(value).strip() for key, value in row.items() if key in COLUMNS and value not in (None, "")}
    values: dict[str, Any] = {
        key: value for key, value in texts.items() if not key.startswith(("name_", "target_")) and key not in _LISTS
    }
    for key in _LISTS:
        if key in texts:
            values[key] = [_number(part.strip()) for part in texts[key].split(";") if part.strip()]
    values["name"] = {code: texts[f"name_{code}"] for code in LANGUAGES if f"name_{code}" in texts}
    if "official" in texts:
        values["official"] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
            texts["official"].casefold(), texts["official"]
        )
    if "target_value" in texts:
        values["targets"] = [
            {
                "comparison": texts.get("target_comparison", "="),
                "value": _number(texts["target_value"]),
                "year": _number(texts["target_year"]) if "target_year" in texts else None,
                "citations": [texts["target_citation"]] if "target_citation" in texts else [],
            }
        ]
    return values


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text
