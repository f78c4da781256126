"""Files beside the records: results of a kinship search, and the truth of a synthetic world."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.missing.candidates.search import Dna
from opencompact.missing.evidence.compare import dna_evidence
from opencompact.missing.evidence.ledger import Evidence
from opencompact.tables import read_table


def read_dna(path: Path) -> Dna:
    """What `opencompact kinship search --json` printed: the hits of a missing person and remains.

    A record sought is the one whose id is that of the missing person, alone or as family/id; or that of the family, where all its hits
    are of one person. Raises InputError where the file is no such result.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        hits = [_hit(one) for one in content["hits"]]
    except OSError as problem:
        raise InputError(
            said("The file cannot be read: {reason}.", reason=problem.strerror), file=path, remedy="Check its name."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            "This is no result of a kinship search.",
            file=path,
            remedy="Write one with: opencompact kinship search CASE.json --json > FILE.",
        ) from None
    missed: dict[str, set[str]] = defaultdict(set)
    for family, missing, _, _ in hits:
        missed[family].add(missing)
    stated = [(_names(family, missing, len(missed[family]) == 1), remains) for family, missing, remains, _ in hits]
    entries = {
        (name, remains): hit[3] for hit, (names, remains) in zip(hits, stated, strict=True) for name in reversed(names)
    }
    return Dna(entries, tuple(stated))


def _hit(one: dict[str, Any]) -> tuple[str, str, str, Evidence]:
    """Family ("" where none is named), missing person, remains, and what the DNA says."""
    evidence = dna_evidence(float(one["log10_LR"]), len(one.get("markers", ())) or None)
    return str(one.get("family", "")), str(one["missing"]), str(one["remains"]), evidence


def _names(family: str, missing: str, alone: bool) -> tuple[str, ...]:
    """The ids that a record of the missing person can have, the likeliest first."""
    person = missing.removeprefix(f"{family}/")
    return tuple(dict.fromkeys(filter(None, (missing, family and f"{family}/{person}", family if alone else ""))))


def read_truth(path: Path) -> list[tuple[str, str]]:
    """Pairs of ids (first two columns) that are known to be one person."""
    table = read_table(path)
    if len(table.columns) < 2:
        raise InputError("The truth has two columns of ids.", file=path, remedy="Give the columns sought, found.")
    first, second = table.columns[:2]
    return [(str(a), str(b)) for a, b in table.cells.select(first, second).iter_rows() if a and b]
