"""What texts and actions add to a review: provisions and country examples, the ledger of claims, promises and progress."""

from __future__ import annotations

import dataclasses
import datetime
from functools import cache
from pathlib import Path

from opencompact.documents import shelf
from opencompact.look.blocks import Page
from opencompact.review.claims import Entry, kept_ledger, ledger_files, ledger_page, links_of_texts
from opencompact.review.links import Links
from opencompact.statistics import Workspace

ACTION_FILES = (".csv", ".xlsx", ".json")


def links_of(workspace: Workspace, today: str, texts: Path | None = None, *, synthetic: bool = False) -> Links:
    """The hooks of a review made from a workspace.

    The wording of the UN texts is shown where they are loaded: `texts`, else OPENCOMPACT_DOCUMENTS, else `documents` in the
    workspace. Actions are those of the files in `actions` in the workspace. The ledger checks what the texts say of the
    real world: beside synthetic data it is left out.
    """
    stock = shelf(texts, workspace.folder)
    links = links_of_texts(stock)

    @cache
    def entries() -> tuple[Entry, ...]:
        return () if synthetic else kept_ledger(stock.claims(), workspace, stock.dates())

    @cache
    def pages(language: str) -> tuple[Page, ...]:
        return (ledger_page(entries(), language),) if entries() else ()

    links = dataclasses.replace(links, pages=pages, files=lambda: ledger_files(entries()))
    return _with_actions(links, workspace.folder / "actions", datetime.date.fromisoformat(today))


def _with_actions(links: Links, folder: Path, today: datetime.date) -> Links:
    """The actions of every file of the folder; rows that are at fault are for `opencompact actions check` to tell."""
    files = sorted(path for path in folder.glob("*") if path.suffix in ACTION_FILES) if folder.is_dir() else []
    if not files:  # most workspaces have none, and what tells of them takes a twentieth of a second to load
        return links
    from opencompact.actions import read_actions
    from opencompact.actions.for_review import Told

    actions = tuple(entry.action for path in files for entry in read_actions(path) if entry.action is not None)
    told = Told(actions, today)
    return dataclasses.replace(
        links,
        actions=told.objective,
        recommendations=told.recommendations,
        state=f"{links.state} actions {told.state}",
    )
