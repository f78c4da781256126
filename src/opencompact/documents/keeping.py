"""What was read of a user's texts, kept beside a workspace: the next review need not read them again.

One file in `cache`, whose name says what it was made from: the files of the texts, byte by byte, and the rules that read them.
So what is there is never stale; where it cannot be read or written, the texts are read as if there were none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from opencompact import __version__
from opencompact.documents.claims import Claim
from opencompact.documents.clauses import Clause
from opencompact.documents.provisions import Provision, Reason, TextLink
from opencompact.documents.structure import TextStructure
from opencompact.errors import OutputError
from opencompact.tables import write_text

READS = (".py", ".toml", ".csv", ".json")


def place(cache_folder: Path, paths: Sequence[Path]) -> Path:
    """Where the structures of these texts are kept, or would be. Raises OSError where a text cannot be read."""
    contents = [f"{path.name} {_digest_of(path)}" for path in paths]
    key = hashlib.sha256("\x1f".join((_program(), *contents)).encode()).hexdigest()[:16]
    return cache_folder / f"texts.{key}.json"


def kept(path: Path) -> list[TextStructure] | None:
    """The structures that are kept there, with their wording; None where there are none that can be read."""
    try:
        return [_text(entry) for entry in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(path: Path, texts: Sequence[TextStructure]) -> None:
    """Keeps structures in place of those of earlier texts or rules; does nothing where the folder is not for writing."""
    with suppress(OutputError, OSError):
        path.parent.mkdir(exist_ok=True)
        write_text(path, json.dumps([asdict(text) for text in texts], ensure_ascii=False))
        for older in set(path.parent.glob("texts.*.json")) - {path}:
            older.unlink(missing_ok=True)


@cache
def _program() -> str:
    """The rules that read a text: the files of this room, and the version."""
    found = sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in READS)
    return hashlib.sha256("\x1f".join((__version__, *map(_digest_of, found))).encode()).hexdigest()


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _text(entry: dict[str, Any]) -> TextStructure:
    return TextStructure(
        **entry
        | {
            "provisions": tuple(_provision(each) for each in entry["provisions"]),
            "claims": tuple(Claim(**each | {"at": tuple(each["at"])}) for each in entry["claims"]),
        }
    )


def _provision(entry: dict[str, Any]) -> Provision:
    return Provision(
        **entry
        | {
            "clauses": tuple(_clause(each) for each in entry["clauses"]),
            "objectives": tuple(Reason(**each) for each in entry["objectives"]),
            "principles": tuple(Reason(**each) for each in entry["principles"]),
            "links": tuple(TextLink(**each) for each in entry["links"]),
            "by": tuple(entry["by"]),
            "topics": tuple(entry["topics"]),
        }
    )


def _clause(entry: dict[str, Any]) -> Clause:
    return Clause(entry["kind"], tuple(entry["at"]), tuple(entry["addressees"]), tuple(entry["areas"]))
