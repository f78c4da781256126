"""The areas that ship, and those of a file: M49's countries and regions, and groups whose members are facts with a source."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from opencompact.compact.geography import Area, Kind
from opencompact.compact.names import Citation, cited, six
from opencompact.errors import InputError, InvalidDataError
from opencompact.language import LANGUAGES, said
from opencompact.tables.refusals import unreadable

DEFINITIONS = Path(__file__).parent / "definitions"


# Which SDG region a country is in follows from its M49 region; where two fit, the finer one is meant.
_SDG_REGIONS = {
    "150": "513", "021": "513", "015": "747", "145": "747", "034": "062", "143": "062", "030": "753", "035": "753",
    "419": "419", "202": "202", "053": "053", "054": "543", "057": "543", "061": "543",
}  # fmt: skip


def other_names() -> tuple[tuple[str, str], ...]:
    """(name, code) of names under which areas are written elsewhere."""
    with (DEFINITIONS / "area_aliases.csv").open(encoding="utf-8", newline="") as stream:
        return tuple((row["alias"], row["code"]) for row in csv.DictReader(stream))


def shipped_areas() -> tuple[Area, ...]:
    """Every area that ships: regions, groups, countries, special areas."""
    with (DEFINITIONS / "areas.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with (DEFINITIONS / "area_groups.toml").open("rb") as stream_:
        entries = tomllib.load(stream_)
    groups: list[dict[str, Any]] = entries["group"]
    lands = [_country(row, groups) for row in rows if row["kind"] == "country"]
    regions = [_region(row, lands) for row in rows if row["kind"] != "country"]
    made = [_group(entry, lands) for entry in groups]
    return (*regions, *made, *lands, *(_special(entry) for entry in entries["special"]))


def _codes(entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    return tuple(str(entry.get(field, "")).split())


def _country(row: Mapping[str, str], groups: Iterable[Mapping[str, Any]]) -> Area:
    code = row["code"]
    seats = [g for g in groups if g["kind"] == "commission" and code in _codes(g, "members")]
    near = [g for g in groups if g["kind"] == "commission" and code in _codes(g, "associates")]
    home = [g["code"] for g in (*seats, *near) if code not in _codes(g, "not_home")]
    return Area(
        names=six(row),
        official_names=frozenset(LANGUAGES),
        citations=(Citation("M49", "countries and areas"),),
        code=code,
        kind="country",
        m49=row["m49"],
        iso2=row["iso2"],
        region=row["region"] or None,
        subregion=row["subregion"] or None,
        intermediate=row["intermediate"] or None,
        sdg_region=_SDG_REGIONS.get(row["subregion"]) or _SDG_REGIONS.get(row["region"]),
        commission=home[0] if home else None,
        commissions=tuple(g["code"] for g in seats),
        income_group=row["income_group"] or None,
        ldc=bool(row["ldc"]),
        lldc=bool(row["lldc"]),
        sids=bool(row["sids"]),
        point=(float(row["lat"]), float(row["lon"])) if row["lat"] else None,
    )


def _region(row: Mapping[str, str], lands: Iterable[Area]) -> Area:
    code, kind = row["code"], row["kind"]
    field = {"region": "region", "subregion": "subregion", "intermediate-region": "intermediate"}.get(kind)
    return Area(
        names=six(row),
        official_names=frozenset(LANGUAGES),
        citations=(Citation("M49", "geographic regions"),),
        code=code,
        kind=cast(Kind, kind),
        m49=code,
        region=row["region"] or None,
        subregion=row["subregion"] or None,
        members=tuple(a.code for a in lands if field is None or getattr(a, field) == code),
    )


def _group(entry: Mapping[str, Any], lands: Iterable[Area]) -> Area:
    code: str = entry["code"]
    if entry["kind"] == "sdg-region":
        members = tuple(a.code for a in lands if a.sdg_region == code)
    elif "flag" in entry:
        members = tuple(a.code for a in lands if getattr(a, entry["flag"]))
    elif "income_group" in entry:
        members = tuple(a.code for a in lands if a.income_group == entry["income_group"])
    else:
        members = tuple(sorted(_codes(entry, "members")))
    return Area(
        names=six(entry["name"]),
        official_names=frozenset(),
        citations=cited(entry),
        code=code,
        kind=entry["kind"],
        m49=entry.get("m49") or (code if code.isdecimal() else None),
        members=members,
        aliases=tuple(entry.get("aliases", ())),
    )


def _special(entry: Mapping[str, Any]) -> Area:
    return Area(
        names=six(entry["name"]),
        official_names=frozenset(),
        citations=cited(entry),
        code=entry["code"],
        kind="special",
        aliases=tuple(entry.get("aliases", ())),
        part_of=entry.get("part_of"),
        members=tuple(entry.get("parts_of", ())),
        origin_only=bool(entry.get("origin_only", False)),
    )


def areas_in_file(path: Path) -> tuple[Area, ...]:
    """The fictional areas of a TOML file. Raises InputError and InvalidDataError as `register_areas` says."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["area"]
    except OSError as problem:
        raise unreadable(path, problem) from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as problem:
        raise InputError(
            said("This is not a file of areas: {reason}.", reason=problem),
            file=path,
            remedy="It is TOML with one [[area]] for each area.",
        ) from problem
    return tuple(_fictional(entry, path) for entry in entries)


def _fictional(entry: Mapping[str, Any], path: Path) -> Area:
    plain = {"m49", "iso2", "region", "subregion", "intermediate", "sdg_region", "commission", "income_group"}
    try:
        return Area(
            names=six(entry["name"]),
            official_names=frozenset(),
            citations=cited(entry),
            code=entry["code"],
            kind=entry["kind"],
            point=tuple(entry["point"]) if "point" in entry else None,
            members=tuple(entry.get("members", ())),
            aliases=tuple(entry.get("aliases", ())),
            fictional=True,
            **{field: entry[field] for field in plain & entry.keys()},
        )
    except KeyError as problem:
        raise InvalidDataError(
            "An area lacks a field.",
            file=path,
            value=entry.get("code"),
            column=str(problem.args[0]),
            remedy="Each has code, kind and a name in six languages.",
        ) from problem
