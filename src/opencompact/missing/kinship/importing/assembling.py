"""One case file from what other programs wrote: the reader by the file's name, the markers from a frequency table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from opencompact.errors import UsageError
from opencompact.language import said
from opencompact.missing.kinship.importing.familias import read_familias
from opencompact.missing.kinship.importing.frequencies import markers_of, read_frequencies
from opencompact.missing.kinship.importing.linkage import read_linkage
from opencompact.missing.kinship.importing.profiles import as_case, read_profiles
from opencompact.missing.kinship.loci import is_amelogenin, is_y_locus


def case_from(
    file: Path,
    frequencies: Path | None = None,
    population: str | None = None,
    names: Path | None = None,
    missing: Sequence[str] = (),
    mutation_rate: float | None = None,
) -> dict[str, Any]:
    """What a case file holds, from a .fam, a .ped or .pre, or a table of profiles.

    Raises `UsageError` where a table of frequencies is needed and not given, or the population is not said.
    """
    if file.suffix.lower() == ".fam":
        return read_familias(file)
    if frequencies is None:
        raise UsageError("Profiles and ped files hold no allele frequencies.", remedy="Give --frequencies TABLE.")
    table = _population(frequencies, population)
    mutation = None if mutation_rate is None else {"model": "proportional", "rate": mutation_rate}
    if file.suffix.lower() in (".ped", ".pre"):
        families = read_linkage(file, names, missing=missing)
        loci = {locus for calls in families["genotypes_references"].values() for locus in calls}
        markers = markers_of(table, mutation=mutation, loci=[*_in_order(loci, table)])
        return {"format": "opencompact-kinship/1", "id": file.stem, "kind": "joint_dvi", "markers": markers, **families}
    profiles = read_profiles(file)
    shown = {locus for calls in profiles.genotypes.values() for locus in calls if not is_amelogenin(locus)}
    markers = markers_of(table, mutation=mutation, loci=[*_in_order(shown, table)])
    return {**as_case(profiles, markers), "id": file.stem}


def _population(frequencies: Path, population: str | None) -> dict[str, dict[str, float]]:
    found = read_frequencies(frequencies).populations
    if population is None and len(found) > 1:
        raise UsageError(
            "The table has several populations.", remedy=said("Name one of {found}.", found=", ".join(found))
        )
    name = population or next(iter(found))
    if name not in found:
        raise UsageError(
            "The table has no such population.", value=name, remedy=said("It has {found}.", found=", ".join(found))
        )
    return {locus: dict(alleles) for locus, alleles in found[name].items()}


def _in_order(loci: set[str], table: dict[str, dict[str, float]]) -> list[str]:
    """The loci that were typed, in the order of the table, then those that it lacks (which `markers_of` refuses)."""
    from opencompact.missing.kinship.loci import matching

    places = {locus: place for place, locus in enumerate(table)}
    wanted = [locus for locus in loci if not is_y_locus(locus)]
    return sorted(wanted, key=lambda locus: (places.get(matching(locus, table) or "", len(places)), locus))
