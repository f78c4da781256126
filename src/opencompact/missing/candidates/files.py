"""Files beside the records: results of a kinship search, and the truth of a synthetic world."""

from __future__ import annotations

import json
from pathlib import Path

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.missing.candidates.search import Dna
from opencompact.missing.evidence.compare import dna_evidence
from opencompact.tables import read_table


def read_dna(path: Path) -> Dna:
    """What `opencompact kinship search --json` printed: the hits of a missing person (or family) and remains.

    The ids are those of the records sought and found. Raises InputError where the file is no such result.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        entries = {}
        for hit in content["hits"]:
            evidence = dna_evidence(float(hit["log10_LR"]), len(hit.get("markers", ())) or None)
            for sought in {str(hit["missing"]), str(hit.get("family", hit["missing"]))}:
                entries[sought, str(hit["remains"])] = evidence
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
    return Dna(entries)


def read_truth(path: Path) -> list[tuple[str, str]]:
    """Pairs of ids (first two columns) that are known to be one person."""
    table = read_table(path)
    if len(table.columns) < 2:
        raise InputError("The truth has two columns of ids.", file=path, remedy="Give the columns sought, found.")
    first, second = table.columns[:2]
    return [(str(a), str(b)) for a, b in table.cells.select(first, second).iter_rows() if a and b]
