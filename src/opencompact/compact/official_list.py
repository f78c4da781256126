"""The official list of core and additional indicators, once a user has it: checked, kept in the workspace, shown.

The UN Network on Migration proposed 27 core and 83 additional indicators (A/79/590, ¶59). They do not ship. A user who
has them as a file loads it; the workspace then keeps the file as it was, with the day and its digest.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opencompact.compact.catalogue_file import CatalogueFile, read_catalogue
from opencompact.errors import InputError, InvalidDataError, StoreError
from opencompact.language import said

#: How many indicators the official list holds (A/79/590, ¶59).
EXPECTED = {"core": 27, "additional": 83}
FOLDER = "catalogue"
POINTER = "official-list.json"


@dataclass(frozen=True)
class ListState:
    """Whether the official list of core and additional indicators is loaded, and from which file.

    The list was proposed by the UN Network on Migration (A/79/590, ¶59) and does not ship: until a user loads it,
    `loaded` is false and every place that would show it says "official list not loaded".
    """

    loaded: bool
    core: int = 0
    additional: int = 0
    file: str | None = None
    loaded_on: str | None = None

    @property
    def complete(self) -> bool:
        """Whether it holds as many indicators as the report says."""
        return self.loaded and {"core": self.core, "additional": self.additional} == EXPECTED

    def __str__(self) -> str:
        if not self.loaded:
            return said("official list not loaded")
        counts = {"core": self.core, "additional": self.additional}
        if self.complete:
            return said("official list loaded: {core} core and {additional} additional indicators", **counts)
        return said(
            "official list loaded: {core} core and {additional} additional indicators "
            "(the report speaks of {core_expected} and {additional_expected})",
            core_expected=EXPECTED["core"],
            additional_expected=EXPECTED["additional"],
            **counts,
        )


def workspace_folder(named: Path | None = None) -> Path:
    """The workspace that is named, else OPENCOMPACT_WORKSPACE, else `workspace` in the current folder."""
    return named or Path(os.environ.get("OPENCOMPACT_WORKSPACE") or "workspace")


def load_official_list(path: Path, workspace: Path, *, today: date, incomplete: bool = False) -> ListState:
    """Checks a file with the official list and keeps it in the workspace, in place of an earlier one.

    Raises InputError or CatalogueFaults for a bad file, and InvalidDataError where it does not hold the 27 core and 83
    additional indicators of which A/79/590 speaks, unless `incomplete` says that this is meant. Nothing is written then.
    """
    from opencompact.tables import write_bytes

    read = read_catalogue(path)
    counts = _counts(read)
    _check_tiers(read)
    if counts != EXPECTED and not incomplete:
        raise InvalidDataError(
            said(
                "The list has {core} core and {additional} additional indicators; A/79/590, ¶59 speaks of {core_x} and {additional_x}.",
                core=counts["core"],
                additional=counts["additional"],
                core_x=EXPECTED["core"],
                additional_x=EXPECTED["additional"],
            ),
            file=path,
            rule="official-list",
            remedy="Complete it, or say --incomplete to load what there is.",
        )
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    kept = f"{digest[:16]}{path.suffix.lower()}"
    # The file first, under a name of its own content; then the one pointer to it: a reader sees the old list or the new.
    write_bytes(workspace / FOLDER / kept, content)
    pointer = {"file": path.name, "kept": kept, "sha256": digest, "loaded_on": today.isoformat(), **counts}
    write_bytes(workspace / FOLDER / POINTER, json.dumps(pointer, indent=2).encode())
    for older in (workspace / FOLDER).glob("*"):
        if older.name not in (kept, POINTER):
            older.unlink(missing_ok=True)
    return ListState(True, counts["core"], counts["additional"], path.name, today.isoformat())


def official_list(workspace: Path) -> tuple[CatalogueFile, ListState] | None:
    """The official list that a workspace keeps, or None; raises StoreError where it was changed or lost since."""
    pointer = workspace / FOLDER / POINTER
    if not pointer.exists():
        return None
    try:
        pointed = json.loads(pointer.read_text(encoding="utf-8"))
        kept = workspace / FOLDER / pointed["kept"]
        if hashlib.sha256(kept.read_bytes()).hexdigest() != pointed["sha256"]:
            raise ValueError("its digest differs")
        read = read_catalogue(kept)
        state = ListState(True, pointed["core"], pointed["additional"], pointed["file"], pointed["loaded_on"])
    except (OSError, ValueError, KeyError, InputError) as problem:
        raise StoreError(
            said("The official list that the workspace keeps is damaged: {reason}.", reason=problem),
            file=pointer,
            remedy="Load it again with 'opencompact catalogue load FILE'.",
        ) from problem
    return read, state


def _counts(read: CatalogueFile) -> dict[str, int]:
    tiers = Counter(indicator.tier for indicator in read.indicators)
    return {"core": tiers["core"], "additional": tiers["additional"]}


def _check_tiers(read: CatalogueFile) -> None:
    for indicator, row in zip(read.indicators, read.rows, strict=True):
        if not indicator.official:
            raise InvalidDataError(
                "This indicator is not of the official list.",
                file=read.path,
                row=row,
                column="tier",
                value=indicator.tier,
                rule="official-list",
                remedy="An official list has core and additional indicators only; keep your own in another file.",
            )
