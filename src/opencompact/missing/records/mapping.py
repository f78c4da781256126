"""Which column of a file is which field of a record: the standard headings of six languages, and a mapping file's over them.

Own lists of headings, in `mapping.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.missing.records.forms import REPEATED
from opencompact.missing.records.sayings import folded
from opencompact.tables.raw import HEADINGS_WITHIN, Likeness
from opencompact.tables.refusals import unreadable


@dataclass(frozen=True)
class FieldMapping:
    """Which column is which field, and how values are meant."""

    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]]
    blocks: Mapping[str, str]
    kind: str
    day_order: str
    calendar: str
    separator: str
    id_prefix: str = ""
    header_row: int | None = None
    named: frozenset[str] = frozenset()
    beside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def id_of(self, stated: str) -> str:
        """The id of a record by the one that its file states: with the name of its office before it, where the mapping gives one."""
        return f"{self.id_prefix}:{stated}" if self.id_prefix else stated


@cache
def _standard() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.records").joinpath("mapping.toml").read_text(encoding="utf-8"))


def read_mapping(path: Path | None = None, **usual: str) -> FieldMapping:
    """The standard mapping with a file's changes over it; `usual` stands for what the file does not say (`kind`).

    Raises InputError for a broken file or a field that is none.
    """
    standard, own = _standard(), _own(path) if path else {}
    columns = {name: tuple(headings) for name, headings in standard["columns"].items()}
    for name, heading in own.get("columns", {}).items():
        columns[name] = (heading,) if isinstance(heading, str) else tuple(heading)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for source in (standard, own):
        for name, codes in source.get("values", {}).items():
            values[name] |= {folded(word): code for code, words in codes.items() for word in (code, *words)}
    if own.get("id_prefix") and not _PREFIX.fullmatch(own["id_prefix"]):
        raise InputError(
            "The name that stands before ids is a word of letters, digits, points, hyphens and underscores.",
            file=path,
            column="id_prefix",
            value=own["id_prefix"],
            remedy='Write a short one, as id_prefix = "camp".',
        )
    settings = {key: own.get(key, usual.get(key, standard[key])) for key in SETTINGS}
    return FieldMapping(
        columns,
        values,
        {str(number): name for number, name in own.get("blocks", {}).items()},
        **settings,
        header_row=own.get("header_row"),
        named=frozenset(own.get("columns", {})),
        beside={bare_heading(heading): parts for heading, parts in standard["beside"].items()},
    )


_PREFIX = re.compile(r"[\w.-]{1,40}")
SETTINGS: dict[str, tuple[str, ...]] = {
    "kind": ("sought", "remains", "found"),
    "day_order": ("unknown", "day-month", "month-day"),
    "calendar": ("gregorian", "hijri", "ethiopian", "solar-hijri"),
    "separator": (),
    "id_prefix": (),
}
"""What a mapping file may set, and what it may be set to; any text where nothing is listed. Beside them `header_row`, a number."""


def _own(path: Path) -> dict[str, Any]:
    """What a mapping file says. Raises InputError where it is broken, of another shape, or names what records do not have."""
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise unreadable(path, problem) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(
            said("The mapping is not TOML: {reason}.", reason=problem),
            file=path,
            remedy="'opencompact manual import-records' shows how it is written.",
        ) from None
    known = _standard()["columns"]
    for name in (*_shaped(own, path), *own.get("blocks", {}).values()):
        if name not in known:
            raise InputError(
                "The mapping names a field that records do not have.",
                file=path,
                value=name,
                remedy=said("Fields: {columns}.", columns=", ".join(known)),
            )
    return own


def _shaped(own: dict[str, Any], path: Path) -> tuple[str, ...]:
    """The fields whose columns a mapping names, once its shape is looked at."""
    tables = {name: own.get(name, {}) for name in ("columns", "values", "blocks")}
    wrong = [name for name, table in tables.items() if not isinstance(table, dict)]
    if not wrong:
        wrong = [name for name, heading in tables["columns"].items() if not _words(heading)]
        wrong += [
            name
            for name, codes in tables["values"].items()
            if not (isinstance(codes, dict) and all(map(_words, codes.values())))
        ]
        wrong += [number for number, name in tables["blocks"].items() if not isinstance(name, str)]
        wrong += [key for key, allowed in SETTINGS.items() if key in own and not _setting(key, own[key], allowed)]
        wrong += [
            "header_row"
            for row in (own.get("header_row", 1),)
            if type(row) is not int or not 1 <= row <= HEADINGS_WITHIN
        ]
        wrong += [key for key in own if key not in (*SETTINGS, *tables, "header_row")]
    if wrong:
        raise InputError(
            "The mapping says something that no mapping says.",
            file=path,
            value=wrong[0],
            remedy="'opencompact manual import-records' shows how it is written.",
        )
    return tuple(tables["columns"])


def _words(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _setting(key: str, value: Any, allowed: tuple[str, ...]) -> bool:
    return isinstance(value, str) and (bool(value) or key == "id_prefix") and (not allowed or value in allowed)


def known_headings() -> Iterator[tuple[str, str]]:
    """(field, heading) of every heading that the standard mapping knows."""
    for name, headings in _standard()["columns"].items():
        yield from ((name, heading) for heading in headings)


@cache
def words_for_others(kind: Literal["words", "kin"] = "words") -> frozenset[str]:
    """Words by which a heading is of somebody else than the person sought: who asks, who reports; a relative (`kin`)."""
    return frozenset(folded(word) for word in _standard()["somebody_else"][kind])


def likeness_to_headings(mapping: FieldMapping) -> Likeness | None:
    """How many fields a row names, of the first rows of a file: what stands above the headings, a title or the names of groups, names none or
    fewer. The row that the mapping says is the heading goes before all. None for numbered field blocks, whose headings are three."""
    if mapping.header_row is not None:
        return lambda row, cells: float(len(cells)) if row == mapping.header_row else 0.0
    if mapping.blocks:
        return None
    known = {bare_heading(heading): name for name, headings in mapping.columns.items() for heading in headings}

    def likeness(_: int, cells: list[str]) -> float:
        names = (known.get(bare_heading(cell)) or known.get(_without_unit(cell)) for cell in cells if len(cell) < _LONG)
        fields = set(names) - {None}
        return float(len(fields)) if len(fields) > 1 else 0.0

    return likeness


_LONG = 120
"""Characters: a longer cell is no heading."""

OF_THE_WHOLE = ("id", "kind", "synthetic")
"""Fields of a record that no question within a repeated group is: the kind of a mark is not that of the record."""


def fields_of(columns: Iterable[str], mapping: FieldMapping, file: Path) -> dict[str, list[str]]:
    """field → the columns that hold it, in the order of the mapping. A form's group ("person/age", "group_1.age") is left out of the name.

    Raises InputError where the mapping names a column that the file does not have, or no column is a field.
    """
    columns = list(columns)
    available: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        for name in dict.fromkeys((bare_heading(column), _without_unit(column))):
            available[name].append(column)
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    # What the mapping file says of a column goes before what its heading says.
    for name, headings in sorted(mapping.columns.items(), key=lambda entry: entry[0] not in mapping.named):
        held = [column for heading in headings for column in available.get(bare_heading(heading), ())]
        held = [column for column in dict.fromkeys(held) if name in mapping.named or column not in taken]
        if name in OF_THE_WHOLE:
            held = [column for column in held if REPEATED not in column]
        if held:
            found[name] = held
            taken |= set(held)
    if lost := sorted(mapping.named - set(found)):
        raise InputError(
            "The mapping names a column that this file does not have.",
            file=file,
            value=mapping.columns[lost[0]][0],
            remedy=said("Columns of the file: {columns}.", columns=", ".join(columns[:40])),
        )
    if not set(found) - {"id", "kind"}:
        raise InputError(
            "No column of this file is a field of a record.",
            file=file,
            value=", ".join(columns[:6]),
            remedy="Give a mapping file (--mapping): 'opencompact manual import-records' shows how it is written.",
        )
    free = [column for column in columns if column not in taken] if "name" in mapping.named else found.get("name", [])
    return _beside(found, free, mapping)


def _beside(found: dict[str, list[str]], free: Iterable[str], mapping: FieldMapping) -> dict[str, list[str]]:
    """ "Nom" beside "Prénom" is the family name: columns whose heading means a part of the name where another part has its own. `free` are
    those that the mapping file does not say to be anything."""
    moved = {
        column: part
        for column in free
        for other, part in mapping.beside.get(bare_heading(column), {}).items()
        if other in found
    }
    if not moved:
        return found
    kept = {name: [column for column in held if column not in moved] for name, held in found.items()}
    for column, part in moved.items():
        kept.setdefault(part, []).append(column)
    return {name: held for name, held in kept.items() if held}


def bare_heading(heading: str) -> str:
    """A heading without its group, its number and the case, accents and signs that make no difference."""
    last = (
        re.split(r"[/.](?=[^\s/.])", re.sub(r"^\s*\d+\s*[.)]\s*", "", heading))[-1]
        if heading.count(".") < 2
        else heading
    )
    return re.sub(r"[\s_]+", " ", folded(last)).strip(" :*?.")


_OTHER_UNITS = re.compile(r"ft|feet|inch|\bin\b|pied|pie|фут|قدم|英尺|month|mois|mes|месяц|شهر|月")


def _without_unit(heading: str) -> str:
    """The heading without a remark in brackets (years, cm), save one that says another unit than ours."""
    match = re.fullmatch(r"(.+?)\s*[(\[（](.*)[)\]）]\s*", heading)
    return (
        bare_heading(heading) if match is None or _OTHER_UNITS.search(match[2].casefold()) else bare_heading(match[1])
    )
