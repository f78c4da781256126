"""The map of flows, and areas that have no place on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from opencompact import compact
from opencompact.review.holdings import Counterpart
from opencompact.review.pages.flows import _table, flow_map
from opencompact.review.words import Words
from opencompact.statistics.assessment import Point


def test_an_area_without_a_place_has_no_map_of_flows() -> None:
    islands = cast(Any, SimpleNamespace(area=compact.area("XCX"), words=Words("en")))
    born_in_britain = Counterpart("GBR", Point("2020", 2020.0, 1000.0), None)
    assert flow_map(islands, [born_in_britain], []) == []


def test_the_table_of_the_map_has_both_directions_of_a_place_of_which_one_is_drawn() -> None:
    def counterpart(code: str, number: float) -> Counterpart:
        return Counterpart(code, Point("2024", 2024.0, number), None)

    def cell(point: Point | None, indicator: str) -> str:
        return f"{point.number:g}" if point else "no data"

    account = cast(Any, SimpleNamespace(words=Words("en"), cell=cell))
    honduras, canada = counterpart("HND", 166_398), counterpart("CAN", 103_620)
    table = _table(
        account, [honduras, canada], [honduras, counterpart("CAN", 14_431)], [canada, counterpart("PER", 4_077)]
    )
    assert table.rows == (("Honduras", "166398", "no data"), ("Canada", "14431", "103620"))
