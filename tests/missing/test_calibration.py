"""Misses and false leads are counted as a reader counts them."""

import numpy as np
import pytest

from opencompact.missing.candidates.calibration import Leads, Weighed, calibrate, records_of_world, weigh

from .conftest import TODAY


def weighed() -> Weighed:
    """Three records found, of which the second has no name and the third is alive; the first two are of people sought."""
    return Weighed(
        rows=np.array([0, 0, 1, 1], np.int32),
        columns=np.array([0, 1, 1, 2], np.int32),
        probability=np.array([0.995, 0.2, 0.6, 0.95]),
        came=np.array([True, False, True, False]),
        named=np.array([True, False, True]),
        alive=np.array([False, False, True]),
        true=frozenset([(0, 0), (1, 1)]),
        missed=0.0,
        search=None,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("least", "expected"),
    [(0.5, (2, 3, 0.0, 100 / 3)), (0.9, (2, 2, 50.0, 50.0)), (0.99, (2, 1, 50.0, 0.0)), (0.999, (2, 0, 100.0, 0.0))],
)
def test_misses_and_false_leads_are_of_a_hundred(least: float, expected: tuple[int, int, float, float]) -> None:
    assert weighed().leads(least) == Leads(least, *(pytest.approx(value) for value in expected))


def test_groups_are_of_records_found() -> None:
    told = weighed()
    assert told.leads(0.5, ~told.named) == Leads(0.5, 1, 1, 0.0, 0.0)
    assert told.leads(0.9, told.alive) == Leads(0.9, 0, 1, 0.0, 100.0)


def test_what_is_calibrated_is_what_candidates_shows() -> None:
    sought, found, truth = records_of_world(41, 120)
    told = weigh(sought, found, truth, TODAY)
    shown = {(one.sought, one.found): one.probability for group in told.search.candidates(20) for one in group}
    ids = [(sought[row].id, found[column].id) for row, column in zip(told.rows, told.columns, strict=True)]
    assert set(ids) == set(shown)
    assert told.probability == pytest.approx([shown[pair] for pair in ids], abs=5e-3)
    assert calibrate(sought, found, truth, TODAY).true_pairs == len(told.true) == len(truth)
