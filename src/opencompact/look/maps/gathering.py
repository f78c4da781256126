"""Which of many places on a map get a circle of their own, and which share one.

A picture carries so many circles and no more. The places with most stand alone, each where it is. Of the rest, those that are
near to each other share a circle, which stands where the largest of them is: not in the middle of a square, which would lay
a grid over the land. A shared circle is no larger than the largest place, as far as the picture can carry that many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Circle: TypeAlias = tuple[float, float, float]  # across, down, value

MOST_CIRCLES = 1200
_NEAREST = 10.0  # units of the base: a pixel of a wide figure
_COARSER = 1.4


def gather(places: Iterable[Circle], most: int = MOST_CIRCLES) -> list[Circle]:
    """The circles of places, largest first: (x, y, value) in units of the base; values add up to those of the places."""
    ordered = sorted((place for place in places if place[2] > 0), key=lambda place: (-place[2], place))
    if len(ordered) <= most:
        return ordered
    alone, rest = ordered[: most // 2], ordered[most // 2 :]
    room = most - len(alone)
    largest = max(ordered[0][2], 4 * sum(value for *_place, value in rest) / room)
    near = _NEAREST
    while len(rest) > room:
        rest = _shared(rest, near, largest)
        near *= _COARSER
    return sorted([*alone, *rest], key=lambda place: (-place[2], place))


def _shared(places: Sequence[Circle], near: float, largest: float) -> list[Circle]:
    """Places, largest first, as circles: each takes in those within `near` of it, up to `largest`."""
    circles: list[list[float]] = []
    squares: dict[tuple[int, int], list[int]] = defaultdict(list)
    for x, y, value in places:
        column, row = int(x // near), int(y // near)
        around = (number for c in (-1, 0, 1) for r in (-1, 0, 1) for number in squares.get((column + c, row + r), ()))
        for number in around:
            circle = circles[number]
            if circle[2] + value <= largest and (circle[0] - x) ** 2 + (circle[1] - y) ** 2 <= near * near:
                circle[2] += value
                break
        else:
            squares[column, row].append(len(circles))
            circles.append([x, y, value])
    return sorted(((x, y, value) for x, y, value in circles), key=lambda place: (-place[2], place))
