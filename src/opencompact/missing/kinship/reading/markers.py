"""Markers as a case states them: alleles, frequencies that add up, mutation, rare alleles that profiles show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.case import Array, Finding, Marker
from opencompact.missing.kinship.loci import allele_label, is_nothing, is_off_ladder, matching
from opencompact.missing.kinship.mutation import read_mutation
from opencompact.missing.kinship.reading.stated import Reading

_SUM_TOLERANCE = 1e-6


def markers_of(reading: Reading) -> tuple[Marker, ...]:
    """The markers of a case, each once, with frequencies that add up and the mutation that is stated."""
    used = _labels_used(reading) if reading.stated.get("rare_alleles") else {}
    markers: list[Marker] = []
    for place, stated in enumerate(reading.stated.get("markers") or []):
        marker = _marker(reading, stated, f"markers[{place}]", used)
        if matching(marker.name, [other.name for other in markers]):
            reading.fail("A marker is given twice.", f"markers[{place}].name", marker.name, "marker-twice")
        markers.append(marker)
    if not markers:
        reading.fail("The case has no markers.", "markers", None, "no-markers")
    return tuple(markers)


def _marker(reading: Reading, stated: Mapping[str, Any], place: str, used: Mapping[str, set[str]]) -> Marker:
    name = str(stated["name"])
    chromosome = str(stated.get("chromosome") or "autosomal")
    if chromosome not in ("autosomal", "X"):
        reading.fail(said("Marker {name} is neither autosomal nor on X.", name=name), f"{place}.chromosome", chromosome, "chromosome", "Y and mitochondrial markers go under `haplotypes`.")  # fmt: skip
    alleles = [allele_label(allele) for allele in stated["alleles"]]
    frequencies = _numbers(reading, name, stated["frequencies"], place)
    _check_frequencies(reading, name, alleles, frequencies, place)
    alleles, frequencies = _with_rare(reading, name, alleles, frequencies, used)
    silent = stated.get("silent_allele")
    if silent is not None and allele_label(silent) not in alleles:
        reading.fail(said("The silent allele of {name} is none of its alleles.", name=name), f"{place}.silent_allele", silent, "silent-allele")  # fmt: skip
    silent_index = None if silent is None else alleles.index(allele_label(silent))
    try:
        mutation = read_mutation(stated.get("mutation"), alleles, frequencies, silent_index)
    except InvalidDataError as error:
        reading.fail(said("Marker {name}: {problem}", name=name, problem=error.problem), f"{place}.mutation", error.value, (error.rule or "").removeprefix("kinship."), error.remedy)  # fmt: skip
    founders = stated.get("untyped_founders") or reading.stated.get("untyped_founders")
    if founders not in (None, "kept", "pruned"):
        reading.fail("Untyped founders are kept or pruned.", f"{place}.untyped_founders", founders, "untyped-founders")
    # Silent alleles come from Familias, which prunes; a case that has them is computed as it was there.
    prunes = founders == "pruned" or (founders is None and silent is not None)
    return Marker(name, tuple(alleles), frequencies, chromosome == "X", mutation, silent_index, prunes)


def _numbers(reading: Reading, name: str, stated: Any, place: str) -> Array:
    try:
        return np.array(stated, dtype=np.float64).reshape(-1)
    except (TypeError, ValueError):
        reading.fail(said("The frequencies of marker {name} are no list of numbers.", name=name), f"{place}.frequencies", stated, "frequencies")  # fmt: skip


def _check_frequencies(reading: Reading, name: str, alleles: list[str], frequencies: Any, place: str) -> None:
    if len(set(alleles)) < len(alleles):
        twice = next(allele for allele in alleles if alleles.count(allele) > 1)
        reading.fail(said("Marker {name} has an allele twice.", name=name), f"{place}.alleles", twice, "allele-twice")
    if len(alleles) != len(frequencies) or not alleles:
        reading.fail(said("Marker {name} has {alleles} alleles and {frequencies} frequencies.", name=name, alleles=len(alleles), frequencies=len(frequencies)), place, None, "frequencies")  # fmt: skip
    for allele, frequency in zip(alleles, frequencies, strict=True):
        if not 0 < frequency <= 1:
            reading.fail(said("The frequency of allele {allele} of marker {name} is not above 0 and at most 1.", allele=allele, name=name), f"{place}.frequencies", float(frequency), "frequencies", "Give an allele that was never seen a small frequency, such as 5/(2N).")  # fmt: skip
    total = float(frequencies.sum())
    if abs(total - 1) > _SUM_TOLERANCE:
        reading.fail(said("The frequencies of marker {name} do not add up to 1.", name=name), f"{place}.frequencies", total, "frequencies", "Correct them, or add an allele `other` for what is left.")  # fmt: skip


def _with_rare(
    reading: Reading, name: str, alleles: list[str], frequencies: Any, used: Mapping[str, set[str]]
) -> tuple[list[str], Any]:
    """Alleles that profiles show and the table lacks, at the frequency that the case states for such alleles."""
    unknown = sorted(used.get(name, set()) - set(alleles))
    if not unknown:
        return alleles, frequencies
    frequency = float(reading.stated["rare_alleles"]["frequency"])
    if not 0 < frequency < 0.5:
        reading.fail("The frequency of rare alleles is not between 0 and 0.5.", "rare_alleles.frequency", frequency, "rare-alleles")  # fmt: skip
    for allele in unknown:
        reading.findings.append(
            Finding(
                "kinship.rare-allele",
                said(
                    "Allele {allele} is not in the table of {name}; it has the stated frequency {frequency:g}.",
                    allele=allele,
                    name=name,
                    frequency=frequency,
                ),
                marker=name,
                value=allele,
                level="note",
            )
        )
    frequencies = np.append(frequencies, [frequency] * len(unknown))
    return [*alleles, *unknown], frequencies / frequencies.sum()


def _labels_used(reading: Reading) -> dict[str, set[str]]:
    names = [str(marker["name"]) for marker in reading.stated.get("markers") or []]
    used: dict[str, set[str]] = {}
    tables = [reading.stated.get(key) or {} for key in ("genotypes", "genotypes_references", "genotypes_victims")]
    for genotypes in (genotypes for table in tables for genotypes in table.values()):
        for marker, alleles in genotypes.items():
            name = matching(marker, names)
            labels = {allele_label(allele) for allele in alleles if allele is not None}
            if name and len(alleles) <= 2:
                used.setdefault(name, set()).update(
                    label for label in labels if not is_nothing(label) and not is_off_ladder(label)
                )
    return used
