"""Splink behind the same interface works on the backend that it is given."""

import random
from typing import Any

import polars as pl
import pytest

from opencompact.missing.candidates.columns import Linked, Plan
from opencompact.missing.candidates.splinking import link_with_splink

pytest.importorskip("splink")
NAMES = {
    "given": ("Selam", "Yonas", "Rahel", "Dawit", "Amina", "Omar", "Maryam", "Khalid", "Fatima", "Tesfaye"),
    "father": ("Haile", "Tekle", "Girma", "Bekele", "Hassan", "Ibrahim", "Yusuf", "Ali"),
    "family": ("Diallo", "Traore", "Keita", "Camara", "Sow", "Barry", "Sesay", "Konate"),
    "country": ("ETH", "MLI", "SDN"),
}
PLAN = Plan(names=("given", "father", "family"), categories=("country",), years=("year",))


def lists() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two lists of made-up people; the last 200 of the first are the first 200 of the second."""
    draw = random.Random(3)
    rows = [{name: draw.choice(words) for name, words in NAMES.items()} | {"year": draw.randint(1970, 2008)} for _ in range(400)]  # fmt: skip
    return pl.DataFrame(rows[:300]), pl.DataFrame(rows[100:])


def found(linked: Linked) -> set[tuple[int, int]]:
    likely = linked.probability > 0.5
    return set(zip(linked.left[likely].tolist(), linked.right[likely].tolist(), strict=True))


def test_the_backend_that_is_given_does_the_work() -> None:
    from splink import DuckDBAPI

    class Counted(DuckDBAPI):  # type: ignore[misc]
        registered = 0

        def register(self, *arguments: Any, **options: Any) -> Any:
            self.registered += 1
            return super().register(*arguments, **options)

    backend = Counted()
    pairs = found(link_with_splink(*lists(), PLAN, backend=backend))
    assert backend.registered >= 2  # both lists, and what Splink makes of them
    assert len(pairs & {(at + 100, at) for at in range(200)}) >= 190
