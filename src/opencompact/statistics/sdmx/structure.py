"""What the observations are described by in SDMX: components, code lists, concepts, with names in six languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Protocol

import polars as pl

from opencompact.errors import OpenCompactError
from opencompact.statistics.sdmx.encoding import TOTAL, breakdown_code, indicator_code

Names = Mapping[str, str]
"""A name by language code; at least `en`."""


@dataclass(frozen=True)
class Component:
    """A dimension, the measure or an attribute: its SDMX `id` and the `column` of the observation that it carries."""

    id: str
    column: str | None
    names: Names
    role: Literal["dimension", "time", "measure", "attribute"]
    codelist: str | None = None
    type: str = "String"
    attachment: Literal["observation", "series"] = "observation"
    mandatory: bool = False


@dataclass(frozen=True)
class CodeList:
    """Codes and their names, by language."""

    id: str
    names: Names
    codes: Mapping[str, Names]


@dataclass(frozen=True)
class Structure:
    """A data structure definition with its code lists; `components` in the order of the key, then measure, attributes."""

    agency: str
    id: str
    version: str
    names: Names
    components: tuple[Component, ...]
    codelists: Mapping[str, CodeList]

    @property
    def dimensions(self) -> tuple[Component, ...]:
        """The dimensions, time last."""
        return tuple(one for one in self.components if one.role in ("dimension", "time"))

    @property
    def attributes(self) -> tuple[Component, ...]:
        """The attributes, those of a series first."""
        return tuple(one for one in self.components if one.role == "attribute")

    @property
    def measure(self) -> Component:
        """The one measure."""
        return next(one for one in self.components if one.role == "measure")

    @property
    def reference(self) -> str:
        """`AGENCY:ID(VERSION)`, as SDMX-CSV names it."""
        return f"{self.agency}:{self.id}({self.version})"

    @property
    def urn(self) -> str:
        """The structure's URN."""
        return f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={self.reference}"


class Naming(Protocol):
    """Who knows the names of areas and indicators: None for one that is in no list."""

    def area(self, code: str) -> Names | None: ...
    def indicator(self, indicator: str) -> Names | None: ...


class CompactNaming:
    """The names of areas and of the catalogue's indicators, as `opencompact.compact` has them."""

    def area(self, code: str) -> Names | None:
        """The names of an area, by ISO 3166 alpha-3 or M49."""
        from opencompact.compact import area
        from opencompact.language import LANGUAGES

        try:
            known = area(code)
        except OpenCompactError:
            return None
        return {language: known.name(language) for language in LANGUAGES} if known.code == code else None

    def indicator(self, indicator: str) -> Names | None:
        """The names of an indicator of the catalogue."""
        from opencompact.compact import catalogue
        from opencompact.language import LANGUAGES

        try:
            known = catalogue().indicator(indicator)
        except OpenCompactError:
            return None
        return {language: known.name(language) for language in LANGUAGES}


def structure_of(observations: pl.DataFrame, naming: Naming | None = None) -> Structure:
    """The structure that describes these observations, with the codes that occur in them.

    Codes of sex, migratory status, observation and confidentiality status are SDMX's own lists, whole. Areas, indicators and
    ages are listed when they are known; one that is not stays out of the list, and the check before writing names it.
    """
    naming = naming or CompactNaming()
    listed = _lists()
    components = _components()

    def used(column: str) -> list[str]:
        return sorted(observations[column].drop_nulls().unique().to_list())

    areas = {code: naming.area(code) for code in sorted({*used("area"), *used("origin")} - {TOTAL})}
    indicators = {indicator_code(one): naming.indicator(one) for one in used("indicator")}
    codes: dict[str, dict[str, Names | None]] = {
        "CL_AREA": {**listed["CL_AREA"].codes, **areas},
        "CL_INDICATOR": dict(indicators),
        "CL_AGE": {**listed["CL_AGE"].codes, **{age: age_names(age) for age in used("age")}},
        "CL_BREAKDOWN": {
            **{breakdown_code(one): {"en": one} for one in used("breakdown")},
            **listed["CL_BREAKDOWN"].codes,
        },
        "CL_UNIT_MEASURE": {breakdown_code(one): {"en": one} for one in used("unit")},
    }
    lists = {
        name: CodeList(name, one.names, {code: says for code, says in codes.get(name, one.codes).items() if says})
        for name, one in listed.items()
    }
    definition = _definition("structure.toml")
    return Structure(
        definition["agency"], definition["id"], definition["version"], definition["names"], components, lists
    )


def age_names(age: str) -> Names | None:
    """The names of an age code; None for one that is none (`Y0T17`, `Y_GE65`, `Y_LT5`, `Y7`, `_T`, `_U`)."""
    definition = _definition("codes.toml")["CL_AGE"]
    if age in definition["codes"]:
        names: Names = definition["codes"][age]
        return names
    for pattern, templates in definition["patterns"].items():
        numbers = re.fullmatch(pattern, age)
        if numbers:
            return {language: template.format(**numbers.groupdict()) for language, template in templates.items()}
    return None


def statuses() -> Mapping[str, str]:
    """Each code of CL_OBS_STATUS, and whether a value goes with it: `yes`, `no` or `either`."""
    return {code: entry["value"] for code, entry in _definition("codes.toml")["CL_OBS_STATUS"]["codes"].items()}


@cache
def _definition(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def _lists() -> dict[str, CodeList]:
    """The code lists that do not depend on the data (and the heads of those that do)."""
    return {
        name: CodeList(
            name,
            entry["names"],
            {
                code: {language: text for language, text in names.items() if language != "value"}
                for code, names in entry.get("codes", {}).items()
            },
        )
        for name, entry in _definition("codes.toml").items()
    }


@cache
def _components() -> tuple[Component, ...]:
    definition = _definition("structure.toml")
    dimensions = [
        Component(one["id"], one.get("column"), one["names"], one.get("role", "dimension"), one.get("codelist"))
        for one in definition["dimension"]
    ]
    measure = definition["measure"]
    attributes = [
        Component(
            one["id"],
            one["column"],
            one["names"],
            "attribute",
            one.get("codelist"),
            one.get("type", "String"),
            one.get("attachment", "observation"),
            one.get("mandatory", False),
        )
        for one in definition["attribute"]
    ]
    return (
        *dimensions,
        Component(measure["id"], measure["column"], measure["names"], "measure", type="Double"),
        *attributes,
    )
