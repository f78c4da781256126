"""What other rooms may add to the pages of objectives: provisions of the texts, what a country did, its actions.

Each is a hook that gives blocks; the review does not know where they come from. `Links()` adds nothing. A caller that has
texts or actions loaded hands in its own:

    Links(provisions=lambda objective, language: (…,), examples=lambda objective, area, language: (…,), …)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opencompact.look.blocks import Block

Blocks = tuple[Block, ...]


def _no_provisions(objective: int, language: str) -> Blocks:
    return ()


def _no_blocks(objective: int, area: str, language: str) -> Blocks:
    return ()


def _no_reports(area: str, language: str) -> Blocks:
    return ()


@dataclass(frozen=True)
class Links:
    """Hooks by what they tell. `state` is text that changes when what they tell changes: a page is rebuilt then."""

    provisions: Callable[[int, str], Blocks] = _no_provisions
    examples: Callable[[int, str, str], Blocks] = _no_blocks
    actions: Callable[[int, str, str], Blocks] = _no_blocks
    recommendations: Callable[[str, str], Blocks] = _no_reports
    state: str = ""
