"""What other rooms may add to the pages of objectives: provisions of the texts, what a country did, its actions.

Each is a hook that gives blocks; the review does not know where they come from. `Links()` adds nothing. A caller that has
texts or actions loaded hands in its own:

    Links(provisions=lambda objective, language: (…,), examples=lambda objective, area, language: (…,), …)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opencompact.look.blocks import Block, Page

Blocks = tuple[Block, ...]


def _no_provisions(objective: int, language: str) -> Blocks:
    return ()


def _no_blocks(objective: int, area: str, language: str) -> Blocks:
    return ()


def _no_reports(area: str, language: str) -> Blocks:
    return ()


def _no_pages(language: str) -> tuple[Page, ...]:
    return ()


def _no_files() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Links:
    """Hooks by what they tell. `state` is text that changes when what they tell changes: a page is rebuilt then.

    `pages` are whole pages that stand before that of sources (the ledger of claims), `files` what they link to: path from the
    root of the site → text.
    """

    provisions: Callable[[int, str], Blocks] = _no_provisions
    examples: Callable[[int, str, str], Blocks] = _no_blocks
    actions: Callable[[int, str, str], Blocks] = _no_blocks
    recommendations: Callable[[str, str], Blocks] = _no_reports
    pages: Callable[[str], tuple[Page, ...]] = _no_pages
    files: Callable[[], Mapping[str, str]] = _no_files
    state: str = ""
