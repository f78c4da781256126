"""Recipes: which observations say what a claim says. Read from `recipes.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@dataclass(frozen=True)
class Recipe:
    """How a subject's figure is computed; the fields are explained in `recipes.toml`."""

    subject: str
    kind: Literal["value", "total", "parts", "share", "rest", "growth"]
    indicators: tuple[str, ...]
    sources: tuple[str, ...]
    of: str | None = None
    sex: str = "_T"
    breakdown: str = "_T"
    ages: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    interpolate: bool = False
    average: bool = False
    definition: str | None = None


@cache
def recipes() -> dict[str, tuple[Recipe, ...]]:
    """Every recipe, by subject, in order."""
    found: dict[str, list[Recipe]] = {}
    for entry in _file()["recipe"]:
        settings: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
        }
        single = settings.pop("indicator", None)
        settings["indicators"] = settings.get("indicators") or (single,)
        found.setdefault(settings["subject"], []).append(Recipe(**settings))
    return {subject: tuple(entries) for subject, entries in found.items()}


@cache
def unavailable() -> dict[str, str]:
    """Subjects that no open table tells of, and the code of the sentence that says why."""
    return {entry["subject"]: entry["code"] for entry in _file()["unavailable"]}


@cache
def _file() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files(__package__).joinpath("recipes.toml").read_text("utf-8"))
