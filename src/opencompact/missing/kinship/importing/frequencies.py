"""Allele-frequency tables in the shapes in which publishers give them.

long     columns population, locus, allele, frequency (one row each)
wide     a row per allele, a column per locus; `,`, `;` or tab; zero and empty mean not seen; a row N is the sample size
blocks   the locus on a line, then `allele TAB frequency` lines, then an empty line
XLSX     a sheet per population, each long or wide, the heading wherever it stands
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.case import Finding
from opencompact.missing.kinship.importing.grid import Grid, sheets_of
from opencompact.missing.kinship.loci import allele_label, is_amelogenin, is_y_locus, matching

_ROUNDING = 0.02


@dataclass(frozen=True)
class Frequencies:
    """population → locus → allele → frequency, as published; sample sizes where given; what was set aside."""

    populations: Mapping[str, Mapping[str, Mapping[str, float]]]
    sizes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class _Table:
    def __init__(self) -> None:
        self.values: dict[str, dict[str, dict[str, float]]] = {}
        self.sizes: dict[str, dict[str, int]] = {}
        self.findings: list[Finding] = []

    def put(self, population: str, locus: str, allele: str, text: str, where: str) -> None:
        number = _number(text)
        if number is None or not 0 <= number <= 1:
            message = said("{where}: this is no frequency; it was set aside.", where=where)
            self.findings.append(Finding("kinship.frequency", message, marker=locus, value=text))
        elif number > 0:
            alleles = self.values.setdefault(population, {}).setdefault(locus, {})
            alleles[allele_label(allele)] = number


def read_frequencies(path: Path) -> Frequencies:
    """Reads a table of allele frequencies. Raises `InvalidDataError` where it has none of the shapes."""
    table = _Table()
    for name, grid in sheets_of(path).items():
        if not (_long(name, grid, table) or _wide(name, grid, table) or _blocks(name, grid, table)):
            table.findings.append(
                Finding(
                    "kinship.sheet", said("Sheet {name} holds no frequencies.", name=name), value=name, level="note"
                )
            )
    if not table.values:
        raise InvalidDataError(
            "No allele frequencies were found.",
            file=path,
            rule="kinship.frequencies-shape",
            remedy="Give columns population, locus, allele, frequency; or a column `Allele` and one for each locus.",
        )
    _check_sums(table)
    return Frequencies(table.values, table.sizes, tuple(table.findings))


def _long(name: str, grid: Grid, table: _Table) -> bool:
    heading = [cell.lower() for cell in grid[0]] if grid else []
    if not {"locus", "allele", "frequency"} <= set(heading):
        return False
    locus, allele, frequency = (heading.index(one) for one in ("locus", "allele", "frequency"))
    population = heading.index("population") if "population" in heading else None
    for number, row in enumerate(grid[1:], start=2):
        if any(row):
            whose = name if population is None else row[population]
            table.put(whose, row[locus], row[allele], row[frequency], f"{name}, row {number}")
    return True


def _wide(name: str, grid: Grid, table: _Table) -> bool:
    starts = [number for number, row in enumerate(grid) if row and row[0].strip().lower() == "allele"]
    if not starts:
        return False
    # Beside the table, some publishers put another of something else, with a heading `Allele` of its own.
    heading = grid[starts[0]]
    end = next(
        (place for place, cell in enumerate(heading) if place and cell.strip().lower() == "allele"), len(heading)
    )
    loci = heading[:end]
    for number, row in enumerate(grid[starts[0] + 1 :], start=starts[0] + 2):
        label = row[0] if row else ""
        if label == "N" or label.lower().startswith("sample size"):
            sizes = table.sizes.setdefault(name, {})
            sizes.update(
                {
                    locus: int(float(cell))
                    for locus, cell in zip(loci[1:], row[1:], strict=False)
                    if locus and _number(cell)
                }
            )
        elif _number(label) is not None:
            for locus, cell in zip(loci[1:], row[1:], strict=False):
                if locus and cell:
                    table.put(name, locus, label, cell, f"{name}, row {number}, column {locus}")
        elif label and label.lower() != "allele":
            message = said("{name}, row {number}: a row that is no allele was set aside.", name=name, number=number)
            table.findings.append(Finding("kinship.frequency-row", message, value=label, level="note"))
    return True


def _blocks(name: str, grid: Grid, table: _Table) -> bool:
    locus, found = "", False
    for number, row in enumerate(grid, start=1):
        cells = [cell for cell in row if cell]
        if len(cells) == 1 and _number(cells[0]) is None:
            locus = cells[0]
        elif len(cells) == 2 and locus:
            table.put(name, locus, cells[0], cells[1], f"{name}, line {number}")
            found = True
        elif cells:
            message = said(
                "{name}, line {number}: neither a locus nor an allele with its frequency.", name=name, number=number
            )
            table.findings.append(Finding("kinship.frequency-row", message, value=" ".join(cells)))
    return found


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if re.search(r"\d", text) else None
    except ValueError:
        return None


def _check_sums(table: _Table) -> None:
    for population, loci in table.values.items():
        for locus, alleles in loci.items():
            total = sum(alleles.values())
            if abs(total - 1) > _ROUNDING:
                table.findings.append(
                    Finding(
                        "kinship.frequencies",
                        said(
                            "The frequencies of {locus} in {population} add up to {total:.4f}.",
                            locus=locus,
                            population=population,
                            total=total,
                        ),
                        marker=locus,
                        value=f"{total:.6f}",
                    )
                )


def markers_of(
    table: Mapping[str, Mapping[str, float]],
    *,
    mutation: Mapping[str, Any] | None = None,
    loci: Iterable[str] | None = None,
    least: float = 0.0,
    rest: Literal["scale", "other"] = "scale",
) -> list[dict[str, Any]]:
    """The `markers` of a case file from one population's table: autosomal loci, in the order of `loci` or the table.

    `least` raises rarer alleles to it; what then misses to 1 is scaled away, or becomes an allele `other`. A locus
    whose frequencies add up to nothing near 1 is refused.
    """
    wanted = list(loci) if loci is not None else [n for n in table if not is_amelogenin(n) and not is_y_locus(n)]
    made = []
    for wish in wanted:
        name = matching(wish, table)
        if name is None:
            raise InvalidDataError("The frequency table has no such locus.", value=wish, rule="kinship.locus-unknown")
        alleles = {allele: max(value, least) for allele, value in table[name].items()}
        total = sum(alleles.values())
        if abs(total - 1) > 5 * _ROUNDING:
            raise InvalidDataError(
                said("The frequencies of {name} do not add up to 1.", name=name),
                value=round(total, 6),
                rule="kinship.frequencies",
            )
        if rest == "other" and total < 1 - 1e-9:
            alleles["other"] = 1 - total
        total = sum(alleles.values())
        labels = sorted(alleles, key=lambda label: (_number(label) is None, _number(label) or 0.0, label))
        marker = {"name": wish, "alleles": labels, "frequencies": [alleles[label] / total for label in labels]}
        made.append({**marker, "chromosome": "autosomal", "mutation": dict(mutation) if mutation else None})
    return made
