"""Peer review of practices: one UN and two outside reviewers, conflicts of interest first, a further one where they disagree.

The rule is the one that the Migration Network Hub tells its reviewers (reference in docs/reference/actions.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Standing = Literal["un", "outside"]
UN_NEEDED, OUTSIDE_NEEDED = 1, 2


@dataclass(frozen=True)
class Opinion:
    """One reviewer's part so far: `conflict` is "", "none" or "yes"; `opinion` "", "publish" or "not"."""

    standing: Standing
    conflict: str
    opinion: str


@dataclass(frozen=True)
class Outcome:
    """What the review comes to: who is still to be asked, how many have not answered, and the outcome where there is one."""

    un_missing: int
    outside_missing: int
    waiting: int
    further: bool
    publish: bool | None


def outcome(opinions: Iterable[Opinion]) -> Outcome:
    """The outcome of the opinions so far; a reviewer with a conflict counts for nothing and has to be replaced."""
    counted = [each for each in opinions if each.conflict != "yes"]
    un = sum(each.standing == "un" for each in counted)
    outside = sum(each.standing == "outside" for each in counted)
    waiting = sum(not each.opinion for each in counted)
    missing = max(0, UN_NEEDED - un), max(0, OUTSIDE_NEEDED - outside)
    yes, no = (sum(each.opinion == word for each in counted) for word in ("publish", "not"))
    if any(missing) or waiting:
        return Outcome(*missing, waiting, False, None)
    if yes and no and len(counted) == UN_NEEDED + OUTSIDE_NEEDED:
        return Outcome(0, 0, 0, True, None)
    return Outcome(0, 0, 0, yes == no, None if yes == no else yes > no)
