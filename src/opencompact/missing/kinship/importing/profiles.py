"""Profiles from laboratories: CSV or XLSX, one row per sample, in any of the usual shapes.

wide      an id column, then one column per locus (`12,14`, `12/14`, `12 14`) or two (`FGA 1`, `FGA 2`; `FGA` and an
          unnamed one; the same heading twice)
long      sample, marker, allele 1, allele 2 (…): one row per sample and marker, as GeneMapper exports
Columns of sex, family and role (`Specimen Category`) are kept; amelogenin and Y loci are told from the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.case import Finding
from opencompact.missing.kinship.importing.grid import Grid, sheets_of
from opencompact.missing.kinship.loci import is_amelogenin, is_y_locus, locus_key

_IDS = {
    "ID",
    "SAMPLE",
    "SAMPLENAME",
    "SAMPLEID",
    "SPECIMENID",
    "SPECIMENIDENTIFIER",
    "SPECIMEN",
    "PERSON",
    "NAME",
    "CASEID",
}
_ABOUT = {
    "SEX": "sex", "GENDER": "sex", "FAMILY": "family", "FAMILYID": "family", "PEDIGREE": "family", "ROLE": "role",
    "SPECIMENCATEGORY": "role", "CATEGORY": "role", "RELATION": "role", "POP": "population", "POPULATION": "population",
}  # fmt: skip
_MARKER = {"MARKER", "LOCUS", "SYSTEM"}
_SPLIT = re.compile(r"[,;/|\s]+")


@dataclass(frozen=True)
class Profiles:
    """id → marker → alleles as written; id → what else the file says of the sample; haplotypes; what was set aside."""

    genotypes: Mapping[str, Mapping[str, list[str]]]
    about: Mapping[str, Mapping[str, str]]
    haplotypes: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...]

    def victims(self) -> list[dict[str, str]]:
        """The samples as remains of a case file."""
        return [{"id": sample, "sex": self.about[sample].get("sex", "unknown")} for sample in self.genotypes]


class _Reading:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.genotypes: dict[str, dict[str, list[str]]] = {}
        self.about: dict[str, dict[str, str]] = {}
        self.haplotypes: dict[str, dict[str, str]] = {}
        self.findings: list[Finding] = []

    def put(self, sample: str, locus: str, alleles: Sequence[str], row: int) -> None:
        """One call; the same call twice is one, two that differ are a fault."""
        shown = [allele for allele in alleles if allele]
        if not shown:
            return
        pair = shown * 2 if len(shown) == 1 and not is_y_locus(locus) and locus_key(locus)[:2] != "DX" else shown
        if is_y_locus(locus):
            self.haplotypes.setdefault(sample, {})[locus] = "/".join(shown)
            return
        known = self.genotypes.setdefault(sample, {}).get(locus)
        if known is not None and sorted(known) != sorted(pair):
            raise InvalidDataError(
                said("Sample {sample} has two different calls at {locus}: {choices} and {pair}.", sample=sample, locus=locus, choices='/'.join(known), pair='/'.join(pair)),
                file=self.path, row=row, column=locus, value="/".join(pair), rule="kinship.call-twice",
                remedy="Keep the one that stands, or give the second sample a name of its own.",
            )  # fmt: skip
        self.genotypes[sample][locus] = pair
        if is_amelogenin(locus):
            shown_sex = "male" if "Y" in {one.upper() for one in pair} else "female"
            self.about.setdefault(sample, {}).setdefault("sex", shown_sex)


def read_profiles(path: Path, sheet: str | None = None) -> Profiles:
    """Reads profiles from CSV or XLSX (the first sheet by default). Raises where no id or no locus column is found."""
    sheets = sheets_of(path)
    if sheet is not None and sheet not in sheets:
        raise InvalidDataError("There is no such sheet.", file=path, sheet=sheet, rule="kinship.sheet", remedy=said("There are {sheets}.", sheets=', '.join(sheets)))  # fmt: skip
    grid = sheets[sheet] if sheet else next(iter(sheets.values()))
    top = next((n for n, row in enumerate(grid) if any(locus_key(cell) in _IDS for cell in row)), None)
    if top is None:
        raise InvalidDataError(
            "No column says which sample a row is of.",
            file=path,
            rule="kinship.profiles-shape",
            remedy="Name one column `Sample`, `ID` or `Specimen ID`.",
        )
    reading = _Reading(Path(path))
    keys = [locus_key(cell) for cell in grid[top]]
    identity = next(place for place, key in enumerate(keys) if key in _IDS)
    if any(key in _MARKER for key in keys):
        _long(reading, grid, top, keys, identity)
    else:
        _wide(reading, grid, top, keys, identity)
    for sample in reading.genotypes:
        reading.about.setdefault(sample, {})
    return Profiles(reading.genotypes, reading.about, reading.haplotypes, tuple(reading.findings))


def _long(reading: _Reading, grid: Grid, top: int, keys: list[str], identity: int) -> None:
    marker = next(place for place, key in enumerate(keys) if key in _MARKER)
    alleles = [place for place, key in enumerate(keys) if re.fullmatch(r"ALLELE\d*", key)]
    for number, row in enumerate(grid[top + 1 :], start=top + 2):
        if len(row) > identity and row[identity]:
            reading.genotypes.setdefault(row[identity], {})
            reading.put(row[identity], row[marker], [row[a] for a in alleles if a < len(row)], number)


def _wide(reading: _Reading, grid: Grid, top: int, keys: list[str], identity: int) -> None:
    columns = _columns(grid[top], keys, identity)
    seen: set[str] = set()
    for number, row in enumerate(grid[top + 1 :], start=top + 2):
        sample = row[identity] if len(row) > identity else ""
        if not sample:
            if any(row):
                reading.findings.append(
                    Finding("kinship.no-sample", said("Row {number} names no sample; it was set aside.", number=number))
                )
            continue
        if sample in seen:
            raise InvalidDataError(
                "The same sample is listed twice.",
                file=reading.path, row=number, value=sample, rule="kinship.person-twice",
                remedy="Give the second sample a name of its own.",
            )  # fmt: skip
        seen.add(sample)
        reading.genotypes.setdefault(sample, {})
        about = reading.about.setdefault(sample, {})
        about.update({_ABOUT[key]: row[p] for p, key in enumerate(keys) if key in _ABOUT and p < len(row) and row[p]})
        for locus, places in columns.items():
            cells = [part for place in places if place < len(row) for part in _SPLIT.split(row[place])]
            reading.put(sample, locus, cells, number)


def _columns(heading: list[str], keys: list[str], identity: int) -> dict[str, list[int]]:
    """locus → its columns: one, or two of which the second may be numbered, repeated or unnamed."""
    columns: dict[str, list[int]] = {}
    last: str | None = None
    for place, (name, key) in enumerate(zip(heading, keys, strict=True)):
        if place == identity or key in _ABOUT:
            last = None
        elif not name:
            if last is not None:
                columns[last].append(place)
        else:
            plain = (
                re.sub(r"[\s_.\-]*(allele[\s_]*)?[12]$", "", name, flags=re.IGNORECASE)
                if _is_numbered(name, heading)
                else name
            )
            last = next((known for known in columns if locus_key(known) == locus_key(plain)), plain)
            columns.setdefault(last, []).append(place)
    return columns


def _is_numbered(name: str, heading: list[str]) -> bool:
    """Whether a heading is one of a pair `X 1`, `X 2` (and not a locus whose own name ends so)."""
    if name[-1] not in "12" or not re.search(r"[\s_.\-](allele[\s_]*)?[12]$", name, flags=re.IGNORECASE):
        return False
    return name[:-1] + ("2" if name[-1] == "1" else "1") in heading


def as_case(
    remains: Profiles, markers: Sequence[Mapping[str, Any]], families: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A case file of these remains, with the markers (and families) of another; calls at other loci are set aside."""
    from opencompact.missing.kinship.loci import matching

    known = [str(marker["name"]) for marker in markers]
    base = dict(families or {"format": "opencompact-kinship/1", "kind": "joint_dvi", "markers": list(markers)})
    samples = dict(base.get("samples") or {})
    for sample, haplotype in remains.haplotypes.items():
        samples[sample] = {**samples.get(sample, {}), "haplotypes": {"Y": dict(haplotype)}}
    genotypes = {
        sample: {locus: calls for locus, calls in found.items() if is_amelogenin(locus) or matching(locus, known)}
        for sample, found in remains.genotypes.items()
    }
    return {**base, "victims": remains.victims(), "genotypes_victims": genotypes, "samples": samples}
