"""Where a page must begin so that no chapter ends on one that is nearly empty (docs/decisions/0062).

Typst sets a text line by line and cannot look ahead to the end of a chapter. So the text is laid out once, its chapters' last
pages are looked at, and it is laid out again where one of them is nearly empty: a heading of the page before goes over to the
last one, or, where none fits, the chapter is set a little closer. One that is set closer is looked at once more: its text ends
elsewhere then, and may still reach over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from opencompact.look.typesetting import Pagination

# pt: A4 less the margins of the template.
_TOP, _HEIGHT = 73.7, 841.9 - 2 * 73.7
_ENOUGH = 1 / 3  # of a page: less on a chapter's last one looks like a mistake
_FULL = 0.95  # of a page: more would not find room on the last one
_NEXT = 0.055  # of a page: a heading so near above another has no text of its own between them
_USED = 0.85  # what of the lower part of a page is words and not the room that a picture left

_AS_IT_IS = Pagination()


class Place(NamedTuple):
    """Where something stands: its name, the page from 1, how far down the text of that page, from 0 to 1."""

    name: str
    page: int
    down: float


def paginate(layout: Mapping[str, Any], made: Pagination = _AS_IT_IS) -> Pagination:
    """How to set a text again whose `layout` (see `typesetting.layout`) was `made` so; as it was made where all is well."""
    ends, headings = ([_place(found) for found in layout[kind]] for kind in ("ends", "headings"))
    begin: list[str] = []
    closer: list[str] = []
    for before, end in pairwise([Place("", layout["first"] - 1, 0.0), *ends]):
        if end.page - before.page < 2 or end.down >= _ENOUGH:
            continue
        is_closer = end.name in made.closer
        found = _turning([h for h in headings if h.page == end.page - 1], end.down, any_is_better=is_closer)
        begin += [found] if found else []
        closer += [] if found or is_closer else [end.name]
    return Pagination((*made.begin, *begin), (*made.closer, *closer))


def _turning(headings: Sequence[Place], last: float, *, any_is_better: bool) -> str | None:
    """The lowest heading of the page before the last that takes enough with it and leaves enough behind; else, where any is
    better than none, the one that takes most.

    A heading that another stands directly above does not go over without it: that one would be left at the foot of its page.
    """
    lowest_first = sorted(headings, key=lambda place: -place.down)
    above = {below.name for below, heading in pairwise(lowest_first) if below.down - heading.down < _NEXT}
    moved = {h.name: (1 - h.down) * _USED + last for h in lowest_first if h.name not in above and h.down >= _ENOUGH}
    enough = [name for name, length in moved.items() if _ENOUGH <= length <= _FULL]
    less = [name for name, length in moved.items() if length < _ENOUGH] if any_is_better else []
    return next(iter((*enough, *less[::-1])), None)


def _place(found: Mapping[str, Any]) -> Place:
    return Place(str(found["name"]), int(found["page"]), (float(found["y"]) - _TOP) / _HEIGHT)
