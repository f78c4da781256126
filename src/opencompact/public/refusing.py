"""Why a step is not taken: somebody was first, or something lacks."""

from __future__ import annotations

from opencompact.errors import OpenCompactError


class Conflict(OpenCompactError):
    """Somebody else saved first: what they wrote stands, what was typed now is kept on the page."""

    def __init__(self, found: int, expected: int) -> None:
        super().__init__(f"Version {found} was saved while you wrote from version {expected}.", rule="version")


class NotReady(OpenCompactError):
    """The step cannot be taken yet: `problem` says what lacks."""
