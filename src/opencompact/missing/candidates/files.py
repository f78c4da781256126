"""Files beside the records: results of a kinship search, and the truth of a synthetic world.

Own forms of result and truth.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.missing.candidates.dna import Dna
from opencompact.missing.evidence.compare import dna_evidence
from opencompact.missing.evidence.ledger import Evidence
from opencompact.tables import read_table
from opencompact.tables.refusals import unreadable

Pair = tuple[str, str, str, Evidence]
"""Family ("" where none is named), missing person, remains, and what the DNA says."""
EXCLUDED = -308.0
"""log10 of the likelihood ratio of an exclusion: as small as a number of double precision can be."""
MOST_POWER = 999_999
NO_FLOOR = -1_000_000


def read_dna(path: Path) -> Dna:
    """What `opencompact kinship search --json` printed: every pair of a missing person and remains, those that DNA excludes too.

    The hits are those above the search's floor; the other pairs come from its matrix. Haplotypes of Y and mitochondrial DNA count with
    the markers, as independent of them; what a case says besides DNA does not: the records say it. A record sought is the one whose id is that of the
    missing person, alone or as family/id; or that of the family, where all its pairs are of one person. Raises InputError where the
    file is no such result, a value is no likelihood ratio, or pairs were scored that it does not list.
    """
    content = _content(path)
    try:
        lineages = _lineages(content, path)
        hits = [_hit(one, at, path, lineages) for at, one in enumerate(content["hits"], 1)]
        listed = {(missing, remains) for _, missing, remains, _ in hits}
        matrix = [one for one in _matrix(content, hits, path, lineages) if (one[1], one[2]) not in listed]
        _check_whole(len(hits), content, path)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _no_result(path) from None
    pairs = [*hits, *matrix]
    missed: dict[str, set[str]] = defaultdict(set)
    for family, missing, _, _ in pairs:
        missed[family].add(missing)
    stated = [(_names(family, missing, len(missed[family]) == 1), remains) for family, missing, remains, _ in pairs]
    entries = {
        (name, remains): pair[3]
        for pair, (names, remains) in zip(pairs, stated, strict=True)
        for name in reversed(names)
    }
    return Dna(entries, tuple(stated[: len(hits)] or stated))


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise unreadable(path, problem) from None
    except ValueError:
        raise _no_result(path) from None
    if not isinstance(content, dict):
        raise _no_result(path)
    return content


def _no_result(path: Path) -> InputError:
    return InputError(
        "This is no result of a kinship search.",
        file=path,
        remedy="Write one with: opencompact kinship search CASE.json --json > FILE.",
    )


Lineages = dict[tuple[str, str], float]
"""(missing person, remains) → log10 LR of the haplotypes of Y and mitochondrial DNA."""


def _lineages(content: dict[str, Any], path: Path) -> Lineages:
    return {
        (str(one["missing"]), str(one["remains"])): _power(one["log10_LR"], row, path)
        for row, one in enumerate(content.get("lineages", ()), 1)
    }


def _hit(one: dict[str, Any], row: int, path: Path, lineages: Lineages) -> Pair:
    missing, remains = str(one["missing"]), str(one["remains"])
    power, lineage = _power(one["log10_LR"], row, path), lineages.get((missing, remains))
    return (
        str(one.get("family", "")),
        missing,
        remains,
        dna_evidence(power, len(one.get("markers", ())) or None, lineage),
    )


def _power(value: Any, row: int, path: Path) -> float:
    """A log10 likelihood ratio: a finite number; "-Inf", that of an exclusion, is a number as small as any."""
    if value == "-Inf":
        return EXCLUDED
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST_POWER:
        raise InputError(
            "The log10 of a likelihood ratio is a number of at most six digits.",
            file=path,
            row=row,
            column="log10_LR",
            value=str(value),
            remedy="Write the result again with: opencompact kinship search CASE.json --json > FILE.",
        )
    return float(value)


def _matrix(content: dict[str, Any], hits: Sequence[Pair], path: Path, lineages: Lineages) -> Iterator[Pair]:
    """The pairs of the matrix; those of the wrong sex were not compared and are null."""
    if not content.get("pairwise"):
        return
    table = content["pairwise"]["log10_LR"]
    family_of = {missing: family for family, missing, _, _ in hits}
    family_of |= {str(one["missing"]): str(one["family"]) for one in content.get("targets", ())}
    for row, (remains, values) in enumerate(zip(table["rows"], table["values"], strict=True), 1):
        for missing, value in zip(table["columns"], values, strict=True):
            if value is not None:
                family = family_of.get(missing, str(missing).rpartition("/")[0])
                lineage = lineages.get((str(missing), str(remains)))
                yield family, str(missing), str(remains), dna_evidence(_power(value, row, path), lineage=lineage)


def _check_whole(hits: int, content: dict[str, Any], path: Path) -> None:
    """Raises InputError where pairs were scored and are not in the file: DNA that excludes would never be heard."""
    pairs = int(content.get("pairs", hits))
    if content.get("pairwise") or hits >= pairs:
        return
    raise InputError(
        said(
            "Of {pairs} pairs that were scored {hits} are listed: what DNA excludes is not in the file.",
            pairs=pairs,
            hits=hits,
        ),
        file=path,
        column="floor",
        value=str(content.get("floor", "")),
        remedy=said(
            "Search again with --floor {floor} and a --top of as many as there are remains or missing people.",
            floor=NO_FLOOR,
        ),
    )


def _names(family: str, missing: str, alone: bool) -> tuple[str, ...]:
    """The ids that a record of the missing person can have, the likeliest first."""
    person = missing.removeprefix(f"{family}/")
    return tuple(dict.fromkeys(filter(None, (missing, family and f"{family}/{person}", family if alone else ""))))


def read_truth(path: Path) -> list[tuple[str, str]]:
    """Pairs of ids (first two columns) that are known to be one person; an id that is not given is ""."""
    table = read_table(path)
    if len(table.columns) < 2:
        raise InputError("The truth has two columns of ids.", file=path, remedy="Give the columns sought, found.")
    first, second = table.columns[:2]
    return [(str(a or ""), str(b or "")) for a, b in table.cells.select(first, second).iter_rows()]
