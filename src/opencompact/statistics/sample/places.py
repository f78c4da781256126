"""The places of the sample: a fictional country, its neighbours, two regions and their world."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DEFINITION = Path(__file__).parent / "places.toml"


@dataclass(frozen=True)
class Land:
    """What the generator knows of a fictional country; `gdp_per_person` in US dollars of 2024."""

    code: str
    region: str
    population: int
    gdp_per_person: int


@cache
def definition() -> dict[str, Any]:
    """The definition file as it stands."""
    return tomllib.loads(DEFINITION.read_text("utf-8"))


@cache
def lands() -> tuple[Land, ...]:
    """The fictional countries."""
    return tuple(
        Land(entry["code"], entry["region"], entry["population"], entry["gdp_per_person"])
        for entry in definition()["area"]
        if entry["kind"] == "country"
    )


def codes() -> frozenset[str]:
    """The codes of all fictional areas, groups included."""
    return frozenset(entry["code"] for entry in definition()["area"])


def focus() -> str:
    """The country that the sample's review is about."""
    return str(definition()["focus"])


def world() -> str:
    """The group of all fictional countries."""
    return str(definition()["world"])


def register_if_asked(areas: Iterable[str]) -> None:
    """Makes the fictional areas known where one of them is asked for: nobody else meets them."""
    if not codes().isdisjoint(area.upper() for area in areas):
        register()


def register() -> None:
    """Makes the fictional areas known to `opencompact.compact`, with their names; again changes nothing."""
    from opencompact.compact import register_areas

    register_areas(DEFINITION)
