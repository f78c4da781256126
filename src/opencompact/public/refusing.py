"""Why a step is not taken: somebody was first, or something lacks."""

from __future__ import annotations

import datetime

from django.http import Http404

from opencompact.errors import OpenCompactError


class Conflict(OpenCompactError):
    """Somebody else saved first: what they wrote stands, what was typed now is kept on the page."""

    def __init__(self, found: int, expected: int) -> None:
        super().__init__(f"Version {found} was saved while you wrote from version {expected}.", rule="version")


class Withdrawn(Http404):
    """An action that was public, and was withdrawn on a day."""

    def __init__(self, identifier: str, on: datetime.date) -> None:
        super().__init__(identifier)
        self.identifier, self.on = identifier, on


class TakenBack(Http404):
    """A review that was signed and public, and was taken back on a day, for a reason."""

    def __init__(self, area: str, on: datetime.date, because: str) -> None:
        super().__init__(area)
        self.area, self.on, self.because = area, on, because


class NotReady(OpenCompactError):
    """The step cannot be taken yet: `problem` says what lacks."""
