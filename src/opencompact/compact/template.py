"""A catalogue file to begin with, as TOML and as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from opencompact.compact.catalogue_records import COLUMNS

_TEMPLATE = Path(__file__).parent / "definitions" / "template.toml"


def toml_template() -> str:
    """A TOML catalogue with one indicator and a comment on each key."""
    return _TEMPLATE.read_text(encoding="utf-8")


def csv_template() -> str:
    """A CSV catalogue with its heading and the indicator of the TOML template."""
    from opencompact.compact.catalogue_file import read_catalogue

    entry = read_catalogue(_TEMPLATE).indicators[0]
    target = entry.targets[0]
    row = {
        "id": entry.id,
        "objectives": "; ".join(map(str, entry.objectives)),
        "tier": entry.tier,
        "official": str(entry.official).lower(),
        **{f"name_{code}": name for code, name in entry.names.items()},
        "unit": entry.unit,
        "direction": entry.direction,
        "target_comparison": target.comparison,
        "target_value": f"{target.value:g}",
        "target_year": str(target.year),
        "target_citation": str(target.citations[0]),
        "disaggregations": "; ".join(entry.disaggregations),
        "sources": "; ".join(entry.sources),
        "computation": "published",
        "questions": "; ".join(question.id for question in entry.questions),
        "citations": "; ".join(map(str, entry.citations)),
    }
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return stream.getvalue()
