"""The page of sayings is true: every line of it is read as it says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from opencompact.errors import InvalidDataError
from opencompact.missing.evidence.journey_words import Kind, named_on_the_way
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Range
from opencompact.missing.records.statures import read_stature
from opencompact.missing.records.whereabouts import read_place

PAGE = Path(__file__).parents[2] / "docs/reference/sayings.md"
TOLD = "told, unknown"


def _range(read: Callable[[str], Range | None], said: str) -> str:
    try:
        found = read(said)
    except InvalidDataError:
        return TOLD
    if found is None:
        return "unknown"
    return f"{found.low:g}" if found.low == found.high else f"{found.low:g}–{found.high:g}"


def _days(said: str) -> str:
    found = read_days(said)
    return f"{found.start}" if found.start == found.end else f"{found.start} to {found.end}"


def _place(said: str) -> str:
    place = read_place(said)
    if place.point is None:
        return "told, no point"
    ends = [end for end in (place.point, place.towards) if end is not None]
    return " to ".join(f"{end.latitude:.1f}, {end.longitude:.1f}" for end in ends) + f" ± {place.radius:.0f} km"


def _on_the_way(kind: Kind, said: str) -> str:
    return "; ".join(sorted(" or ".join(sorted(one)) for one in named_on_the_way(kind, said))) or "nothing"


READERS = {
    "Ages": lambda said: _range(read_age, said),
    "Statures": lambda said: _range(read_stature, said),
    "Dates": _days,
    "Places": _place,
    "Means": lambda said: _on_the_way("means", said),
    "Routes": lambda said: _on_the_way("routes", said),
}


@pytest.mark.parametrize("section", list(READERS))
def test_every_line_of_the_page_is_read_as_it_says(section: str) -> None:
    text = PAGE.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\| (.+?) \| (.+?) \|$", text, re.MULTILINE)[1:]
    assert len(lines) > 20
    assert [(said, READERS[section](said)) for said, _ in lines] == lines
