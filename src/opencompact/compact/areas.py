"""Areas: countries by ISO 3166 alpha-3, groups by M49 or a short code of their own, special areas, fictional ones.

Codes and names are the United Nations' own (M49); membership of commissions, income groups and the like are facts with
their source beside them in `definitions/`. An area is found by any of its codes (`MEX`, `MX`, `484`, `"004"`, `4`) or names.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import count
from pathlib import Path

from opencompact.compact.area_files import areas_in_file, other_names, shipped_areas
from opencompact.compact.geography import Area
from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.language import one_of, said
from opencompact.saying import Name

# ISO 3166-1 leaves these alpha-3 codes to users; fictional areas take theirs from here.
_USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z][A-Z0-9]|ZZ[A-Z]")

# The final letters that are written with and without their dots, and the stroke that only lengthens a word.
_ARABIC_FORMS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})

_numbers = count(1)


class _Register:
    """All areas by code, and what finds them."""

    def __init__(self, areas: Iterable[Area], other_names: Iterable[tuple[str, str]]) -> None:
        self.number = next(_numbers)
        self.by_code = {area.code: area for area in areas}
        self.other_names = tuple(other_names)

    @cached_property
    def index(self) -> dict[str, str]:
        """Every way to write an area → its code; made when something is asked for that is no code as it stands."""
        index: dict[str, str] = {}
        everyone = self.by_code.values()
        # A code goes before a name, an English name before the others; a name that means two areas means none.
        _add(index, ((key, a.code) for a in everyone for key in (a.code, a.m49, a.iso2, *a.aliases) if key))
        _add(index, ((a.names["en"], a.code) for a in everyone))
        _add(index, ((name, a.code) for a in everyone for name in a.names.values()))
        _add(index, self.other_names)
        return index


def _add(index: dict[str, str], keys: Iterable[tuple[str, str]]) -> None:
    found: dict[str, set[str]] = {}
    for key, code in keys:
        found.setdefault(_key(key), set()).add(code)
    for key, codes in found.items():
        if key and key not in index and len(codes) == 1:
            index[key] = codes.pop()


def areas() -> tuple[Area, ...]:
    """Every area: the world, regions, groups, countries, special areas, and those that were registered."""
    return tuple(_register().by_code.values())


def countries() -> tuple[Area, ...]:
    """Every country or territory of ISO 3166, in the order of its code; fictional ones where a sample registered them."""
    return tuple(area for area in areas() if area.kind == "country")


def areas_known() -> int:
    """A number that stands for the areas there are now: what was derived from them holds while it stays the same."""
    return _register().number


def area(code: str | int) -> Area:
    """The area of a code or a name.

    Takes ISO alpha-3 and alpha-2 (Namibia's `NA` is a code like any other), M49 as text or number with or without its
    zeros, codes of groups, and names in the six languages. Raises UnknownCodeError, with near names, for anything else.
    """
    found = area_or_none(code)
    if found is None:
        raise UnknownCodeError("There is no such area.", value=code, rule="area", remedy=_near(str(code), _register()))
    return found


def area_or_none(code: str | int) -> Area | None:
    """The area of a code or a name, as `area` takes them; None where there is none, without a search for near names."""
    register = _register()
    found = register.by_code.get(code) if isinstance(code, str) else None
    return found or register.by_code.get(register.index.get(_key(str(code)), ""))


def register_areas(extra: Path | Iterable[Area]) -> tuple[Area, ...]:
    """Adds fictional areas for a sample, from a TOML file or as objects; registering the same ones again changes nothing.

    In a file, each `[[area]]` has `code`, `kind`, the table `name` with six languages, and what else Area holds. Codes
    of fictional countries come from the part of ISO 3166 that is left to users (XAA–XZZ, say), and never from an area
    that exists. Raises InputError for a file that cannot be read and InvalidDataError for an area that may not be added.
    """
    global _current
    added = areas_in_file(extra) if isinstance(extra, Path) else tuple(extra)
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
    if not fictional.items() <= register.by_code.items():
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
        _current = _Register(shipped_areas(), other_names())
    return _current


def _key(text: str) -> str:
    """What two spellings have in common: letters and digits, no accents, case or leading zeros (`3.7.2` is no number).

    In Arabic neither hamza nor the forms of a final letter part them.
    """
    if text.strip().isdecimal():
        return text.strip().lstrip("0")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum()).translate(_ARABIC_FORMS)
    return "" if plain.isdecimal() else plain


def _near(text: str, register: _Register) -> str:
    near = difflib.get_close_matches(_key(text), register.index, n=3, cutoff=0.7)
    found = dict.fromkeys(register.index[key] for key in near)
    if not found:
        return said("Use an ISO 3166 alpha-3 code (MEX), an M49 code (145), or a name in one of the six languages.")
    names = (said("{code} ({name})", code=code, name=Name(register.by_code[code].names)) for code in found)
    return said("Did you mean {found}?", found=one_of(names))
