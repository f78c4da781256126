"""What was found about the claims of texts, kept beside a workspace: the next review need not check them again.

One file in `cache`, whose name says what it was made from: the claims and the dates of their texts, the editions that the
workspace holds, the program that checks. So what is there is never stale; where it cannot be read or written, the claims
are checked as if there were none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from opencompact.documents.claims import Claim
from opencompact.documents.explaining import Finding
from opencompact.errors import OutputError
from opencompact.review.claims.checking import Check
from opencompact.review.claims.ledger import Entry, ledger
from opencompact.review.claims.measuring import Measured, Row
from opencompact.review.program import digest, made_by
from opencompact.statistics import Workspace
from opencompact.tables import write_text


def kept_ledger(claims: Sequence[Claim], workspace: Workspace, dates: Mapping[str, str | None]) -> tuple[Entry, ...]:
    """The ledger of these claims, as `ledger` makes it: read where it is kept, else made and kept from now on."""
    path = _place(claims, workspace, dates)
    checks = _kept(path)
    if checks is not None and len(checks) == len(claims):
        return tuple(Entry(claim, each, dates.get(claim.document)) for claim, each in zip(claims, checks, strict=True))
    entries = ledger(claims, workspace, dict(dates))
    _keep(path, entries)
    return entries


def _place(claims: Sequence[Claim], workspace: Workspace, dates: Mapping[str, str | None]) -> Path:
    manifest = hashlib.sha256((workspace.folder / "manifest.json").read_bytes()).hexdigest()
    key = digest(made_by(), manifest, repr(claims), repr(sorted(dates.items())))
    return workspace.folder / "cache" / f"claims.{key}.json"


def _kept(path: Path) -> list[Check] | None:
    try:
        return [_check(entry) for entry in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, entries: Sequence[Entry]) -> None:
    """Keeps checks in place of those of other claims, editions or rules; nothing where the folder is not for writing."""
    with suppress(OutputError, OSError):
        path.parent.mkdir(exist_ok=True)
        write_text(path, json.dumps([asdict(entry.check) for entry in entries], ensure_ascii=False))
        for older in set(path.parent.glob("claims.*.json")) - {path}:
            older.unlink(missing_ok=True)


def _check(entry: dict[str, Any]) -> Check:
    then = entry["then"]
    return Check(
        **entry
        | {
            "findings": tuple(Finding(each["code"], _tuples(each["values"])) for each in entry["findings"]),
            "then": None if then is None else Measured(**_tuples(then) | {"rows": _rows(then["rows"])}),
            "rows": _rows(entry["rows"]),
        }
    )


def _rows(entries: Sequence[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(Row(**entry) for entry in entries)


def _tuples(value: Any) -> Any:
    """Lists as the tuples that they were before they were written as JSON."""
    if isinstance(value, dict):
        return {name: _tuples(each) for name, each in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
