"""Countries as a text names them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opencompact import compact
from opencompact.documents.model import Span


@dataclass(frozen=True)
class Place:
    area: str
    at: Span
    written: str


def places_in(text: str, language: str) -> tuple[Place, ...]:
    """Every country that a text names, in order, by its official name or the shorter ones in `facts/places.toml`."""
    codes, pattern = _names(language)
    return tuple(Place(codes[match.group().lower()], match.span(), match.group()) for match in pattern.finditer(text))


@cache
def _names(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    source = files("opencompact.documents").joinpath("facts", "places.toml")
    facts = tomllib.loads(source.read_text(encoding="utf-8"))
    # No text of the United Nations names a country of the sample.
    codes = {area.name(language).lower(): area.code for area in compact.countries() if not area.fictional}
    codes |= {name.lower(): code for name, code in facts.get(language, {}).items()}
    names = sorted((name for name in codes if len(name) > 1), key=len, reverse=True)
    body = "|".join(re.escape(name) for name in names)
    unless = "|".join(facts.get("not_followed_by", {}).get(language, ())) or r"(?!)"
    if language == "zh":
        inside = "".join(f"(?<!{word})" for word in facts.get("not_preceded_by", {}).get("zh", ()))
        return codes, re.compile(f"{inside}(?:{body})(?!{unless})", re.I)
    return codes, re.compile(rf"(?<!\w)(?:{body})(?!\w)(?!{unless})", re.I)
