"""Areas: countries by ISO 3166 alpha-3, groups by M49 or a short code of their own, special areas, fictional ones.

Codes and names are the United Nations' own (M49); membership of commissions, income groups and the like are facts with
their source beside them in `definitions/`. An area is found by any of its codes (`MEX`, `MX`, `484`, `"004"`, `4`) or names.
"""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from opencompact.compact.names import Citation, Named, cited, six
from opencompact.errors import InputError, InvalidDataError, UnknownCodeError
from opencompact.language import LANGUAGES, said

DEFINITIONS = Path(__file__).parent / "definitions"

Kind = Literal[
    "world", "region", "subregion", "intermediate-region", "sdg-region", "commission", "income-group", "group", "union",
    "country", "special",
]  # fmt: skip

# Which SDG region a country is in follows from its M49 region; where two fit, the finer one is meant.
_SDG_REGIONS = {
    "150": "513", "021": "513", "015": "747", "145": "747", "034": "062", "143": "062", "030": "753", "035": "753",
    "419": "419", "202": "202", "053": "053", "054": "543", "057": "543", "061": "543",
}  # fmt: skip
# ISO 3166-1 leaves these alpha-3 codes to users; fictional areas take theirs from here.
_USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z][A-Z0-9]|ZZ[A-Z]")


@dataclass(frozen=True)
class Area(Named):
    """A country, a group of countries or a special area.

    `code` is ISO 3166 alpha-3 for a country, M49 for a region, else a short code (`ESCAP`, `LIC`). `region`,
    `subregion`, `intermediate` and `sdg_region` are M49 codes, None where M49 says none. `commission` is the regional
    commission for whose region the country is compared, `commissions` all that it is a member of. `members` are the
    ISO codes of the countries in a group. `point` is a latitude and longitude within the country, for maps.
    """

    code: str
    kind: Kind
    m49: str | None = None
    iso2: str | None = None
    region: str | None = None
    subregion: str | None = None
    intermediate: str | None = None
    sdg_region: str | None = None
    commission: str | None = None
    commissions: tuple[str, ...] = ()
    income_group: str | None = None
    ldc: bool = False
    lldc: bool = False
    sids: bool = False
    point: tuple[float, float] | None = None
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    origin_only: bool = False
    fictional: bool = False

    @property
    def is_group(self) -> bool:
        """Whether this is made of countries."""
        return self.kind not in ("country", "special")


class _Register:
    """All areas by code, and what finds them."""

    def __init__(self, areas: Iterable[Area], other_names: Iterable[tuple[str, str]]) -> None:
        self.by_code = {area.code: area for area in areas}
        self.other_names = tuple(other_names)
        self.index: dict[str, str] = {}
        everyone = self.by_code.values()
        # A code goes before a name, an English name before the others; a name that means two areas means none.
        self._add((key, a.code) for a in everyone for key in (a.code, a.m49, a.iso2, *a.aliases) if key)
        self._add((a.names["en"], a.code) for a in everyone)
        self._add((name, a.code) for a in everyone for name in a.names.values())
        self._add(self.other_names)

    def _add(self, keys: Iterable[tuple[str, str]]) -> None:
        found: dict[str, set[str]] = {}
        for key, code in keys:
            found.setdefault(_key(key), set()).add(code)
        for key, codes in found.items():
            if key and key not in self.index and len(codes) == 1:
                self.index[key] = codes.pop()


def areas() -> tuple[Area, ...]:
    """Every area: the world, regions, groups, countries, special areas, and those that were registered."""
    return tuple(_register().by_code.values())


def countries() -> tuple[Area, ...]:
    """Every country or territory of ISO 3166, in the order of its code; fictional ones where a sample registered them."""
    return tuple(area for area in areas() if area.kind == "country")


def area(code: str | int) -> Area:
    """The area of a code or a name.

    Takes ISO alpha-3 and alpha-2 (Namibia's `NA` is a code like any other), M49 as text or number with or without its
    zeros, codes of groups, and names in the six languages. Raises UnknownCodeError, with near names, for anything else.
    """
    register = _register()
    found = register.by_code.get(code) if isinstance(code, str) else None
    if found is not None:
        return found
    key = _key(str(code))
    if key in register.index:
        return register.by_code[register.index[key]]
    raise UnknownCodeError("There is no such area.", value=code, rule="area", remedy=_near(str(code), register))


def register_areas(extra: Path | Iterable[Area]) -> tuple[Area, ...]:
    """Adds fictional areas for a sample, from a TOML file or as objects; registering the same ones again changes nothing.

    In a file, each `[[area]]` has `code`, `kind`, the table `name` with six languages, and what else Area holds. Codes
    of fictional countries come from the part of ISO 3166 that is left to users (XAA–XZZ, say), and never from an area
    that exists. Raises InputError for a file that cannot be read and InvalidDataError for an area that may not be added.
    """
    global _current
    added = _from_file(extra) if isinstance(extra, Path) else tuple(extra)
    register = _register()
    for entry in added:
        known = register.by_code.get(entry.code)
        if known is not None and not known.fictional:
            raise InvalidDataError(
                "An area of this code exists.", value=entry.code, rule="fictional-area", remedy="Use a free code."
            )
        if entry.kind == "country" and not _USER_ASSIGNED.fullmatch(entry.code):
            raise InvalidDataError(
                "The code of a fictional country is not one that ISO 3166 leaves to users.",
                value=entry.code,
                rule="fictional-area",
                remedy="Use a code from XAA to XZZ.",
            )
    fictional = {entry.code: replace(entry, fictional=True) for entry in added}
    _current = _Register({**register.by_code, **fictional}.values(), register.other_names)
    return tuple(fictional.values())


@contextmanager
def registered_areas(extra: Path | Iterable[Area]) -> Iterator[tuple[Area, ...]]:
    """Areas that are registered for the length of a block, then forgotten."""
    global _current
    before = _register()
    try:
        yield register_areas(extra)
    finally:
        _current = before


_current: _Register | None = None


def _register() -> _Register:
    global _current
    if _current is None:
        _current = _Register(_shipped(), _other_names())
    return _current


def _key(text: str) -> str:
    """What two spellings have in common: letters and digits, no accents, case or leading zeros (`3.7.2` is no number)."""
    if text.strip().isdecimal():
        return text.strip().lstrip("0")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())
    return "" if plain.isdecimal() else plain


def _near(text: str, register: _Register) -> str:
    near = difflib.get_close_matches(_key(text), register.index, n=3, cutoff=0.7)
    found = dict.fromkeys(register.index[key] for key in near)
    if not found:
        return said("Use an ISO 3166 alpha-3 code (MEX), an M49 code (145), or a name in one of the six languages.")
    return said(
        "Did you mean {found}?", found=" or ".join(f"{code} ({register.by_code[code].name()})" for code in found)
    )


def _other_names() -> tuple[tuple[str, str], ...]:
    with (DEFINITIONS / "area_aliases.csv").open(encoding="utf-8", newline="") as stream:
        return tuple((row["alias"], row["code"]) for row in csv.DictReader(stream))


def _shipped() -> tuple[Area, ...]:
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


def _from_file(path: Path) -> tuple[Area, ...]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["area"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as problem:
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
