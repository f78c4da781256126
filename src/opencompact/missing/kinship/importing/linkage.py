"""LINKAGE / ped files: family, person, father, mother, sex, (status,) then two alleles per marker; 0 is unknown.

The names of the markers come from a heading line, from a MERLIN-style .dat file (`M name` lines) or a PLINK .map file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.importing.grid import content_of, sheets_of
from opencompact.tables import decode

_SEX = {"1": "male", "2": "female", "m": "male", "f": "female", "male": "male", "female": "female"}


def read_linkage(path: Path, names: Path | None = None, *, missing: Sequence[str] = ()) -> dict[str, Any]:
    """`families`, `missing` and `genotypes_references` of a case file, people named `family/person` where typed.

    `missing` are the people sought, as `family/person` or `person`. Raises `InvalidDataError` naming the line.
    """
    lines = [line.split() for line in decode(content_of(Path(path)), Path(path)).splitlines()]
    start, markers = _markers(lines, names)
    families: dict[str, list[dict[str, Any]]] = {}
    genotypes: dict[str, dict[str, list[str | None]]] = {}
    for number, cells in enumerate(lines, start=1):
        if number <= start or not cells or cells[0].startswith("#"):
            continue
        extra = len(cells) - 5 - 2 * len(markers)
        if extra not in (0, 1):
            raise InvalidDataError(
                said(
                    "The line has {cells} fields; {fields} or one more were expected.",
                    cells=len(cells),
                    fields=5 + 2 * len(markers),
                ),
                file=path,
                row=number,
                rule="kinship.ped-fields",
                remedy="Name the markers in a heading line, a .dat or a .map file.",
            )
        family, person, father, mother, sex = cells[:5]
        parents = [None if parent in ("0", "-9") else parent for parent in (father, mother)]
        families.setdefault(family, []).append(
            {"id": person, "father": parents[0], "mother": parents[1], "sex": _SEX.get(sex.lower(), "unknown")}
        )
        alleles = cells[5 + extra :]
        calls = {
            marker: [None if allele in ("0", "-9", ".") else allele for allele in alleles[2 * place : 2 * place + 2]]
            for place, marker in enumerate(markers)
        }
        typed = {marker: call for marker, call in calls.items() if any(call)}
        if typed:
            genotypes[f"{family}/{person}"] = typed
    return {
        "families": [{"name": name, "members": _with_parents(members)} for name, members in families.items()],
        "missing": list(missing),
        "genotypes_references": genotypes,
    }


def _markers(lines: list[list[str]], names: Path | None) -> tuple[int, list[str]]:
    """(lines of heading, the markers' names)."""
    if names is not None:
        grid = [" ".join(row).split() for rows in sheets_of(names).values() for row in rows]
        if any(row and row[0] == "M" for row in grid):
            return 0, [row[1] for row in grid if row and row[0] == "M"]
        return 0, [row[1] for row in grid if len(row) >= 3]
    first = next((line for line in lines if line), [])
    if first and first[0].lstrip("#").lower() in ("family", "fid", "famid", "ped"):
        rest = (
            first[6:]
            if len(first) > 5 and first[5].lower() in ("status", "affection", "phenotype", "pheno")
            else first[5:]
        )
        return 1, list(dict.fromkeys(name.removesuffix("_1").removesuffix("_2").removesuffix(".1").removesuffix(".2") for name in rest))  # fmt: skip
    width = len(first) - 5 - (len(first) - 5) % 2
    return 0, [f"marker{number + 1}" for number in range(width // 2)]


def _with_parents(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parents that are named but have no line of their own become founders."""
    known = {member["id"] for member in members}
    added = {}
    for member in members:
        for role, sex in (("father", "male"), ("mother", "female")):
            parent = member[role]
            if parent is not None and parent not in known:
                added[parent] = {"id": parent, "father": None, "mother": None, "sex": sex}
    return [*members, *added.values()]
