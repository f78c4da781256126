"""The map of flows, and areas that have no place on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from opencompact import compact
from opencompact.review.holdings import Counterpart
from opencompact.review.pages.flows import flow_map
from opencompact.review.words import Words
from opencompact.statistics.assessment import Point


def test_an_area_without_a_place_has_no_map_of_flows() -> None:
    islands = cast(Any, SimpleNamespace(area=compact.area("XCX"), words=Words("en")))
    born_in_britain = Counterpart("GBR", Point("2020", 2020.0, 1000.0), None)
    assert flow_map(islands, [born_in_britain], []) == []
