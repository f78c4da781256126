"""One record against many: what is kept of a register, and what is put together of it, changes nothing of what is said."""

import numpy as np
import pytest

from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.candidates.sides import side_of
from opencompact.missing.evidence.age import FoundBirths, birth_table
from opencompact.missing.evidence.routes import Ends, breadth, way, ways, ways_between, widths_between
from opencompact.missing.records.places import Place, Point

from .conftest import TODAY


def test_names_of_the_few_that_are_met_score_as_among_all(searched) -> None:
    search, _ = searched
    one, many = search.sought, search.found
    scores = NameScores(one.values, one.spelled, many.values, many.spelled)
    generator = np.random.default_rng(4)
    rows = generator.integers(0, len(one), 2_000).astype(np.int32)
    columns = generator.integers(0, len(many), 2_000).astype(np.int32)
    together = scores(rows, columns)
    few = [scores(rows[at : at + 3], columns[at : at + 3]) for at in range(0, 2_000, 3)]
    assert np.array_equal(np.concatenate(few), together)
    assert np.count_nonzero(together) > 500


def test_a_register_that_was_searched_before_says_the_same(searched) -> None:
    search, _ = searched
    fresh = Register(search.found.records, TODAY)
    for record in search.sought.records[:10]:
        alone = Register([record], TODAY)
        again = Search(alone, search.found, search.setting).best(5)
        first = Search(alone, fresh, search.setting).best(5)
        assert [x.tolist() for x in again] == [x.tolist() for x in first]


def test_other_parameters_are_not_answered_with_what_was_kept(searched) -> None:
    search, _ = searched
    setting = setting_of((), search.found.records, TODAY)
    before = side_of(search.found, setting.parameters, TODAY.year)
    assert side_of(search.found, setting.parameters, TODAY.year) is before
    other = {**setting.parameters, "marks": {**setting.parameters["marks"], "recall": 0.9}}
    assert side_of(search.found, other, TODAY.year) is not before
    assert not np.array_equal(side_of(search.found, other, TODAY.year).weights["marks"], before.weights["marks"])
    assert side_of(search.found, setting.parameters, TODAY.year + 1) is not before


@pytest.mark.parametrize("field", ["stature", "time"])
def test_what_is_looked_up_in_a_table_is_what_is_worked_out(searched, monkeypatch, field: str) -> None:
    search, _ = searched
    generator = np.random.default_rng(5)
    rows = generator.integers(0, len(search.sought), 3_000).astype(np.int32)
    columns = generator.integers(0, len(search.found), 3_000).astype(np.int32)
    looked_up = search.compare.fields[field](rows, columns)
    for module in ("tables", "going"):
        monkeypatch.setattr(f"opencompact.missing.candidates.{module}.LARGEST_TABLE", 0)
    worked_out = Comparison(search.sought, search.found, search.setting).fields[field](rows, columns)
    np.testing.assert_allclose(looked_up, worked_out, atol=1e-5)
    assert np.count_nonzero(worked_out) > 100


def test_births_that_are_kept_are_those_worked_out_anew(searched) -> None:
    search, _ = searched
    found, sought = search.found.birth.values, search.sought.birth.values
    kept = FoundBirths(found, TODAY.year)
    each = np.vstack([kept.table([one]) for one in sought[:40]])
    np.testing.assert_allclose(each, birth_table(sought[:40], found, TODAY.year), atol=1e-5)


def test_ends_made_ready_give_the_way_of_each() -> None:
    points = [Point(36.8, 10.2), Point(32.9, 13.2), Point(-20.0, -70.0)]
    starts = [
        Place("Agadez", Point(16.97, 7.99), 15.0),
        Place("on the way", Point(16.97, 7.99), 5.0, Point(27.0, 14.4)),
    ]
    expected = np.array([[way(start, point) for point in points] for start in starts], float)
    np.testing.assert_allclose(ways(starts, Ends(points)), expected, rtol=1e-6)
    rows, columns = np.array([1, 0, 1, 0], np.int32), np.array([2, 0, 1, 2], np.int32)
    np.testing.assert_allclose(ways_between(starts, Ends(points), rows, columns), expected[rows, columns], rtol=1e-6)
    radii = np.array([0.0, 40.0, 300.0])
    broad = [breadth(starts[a], points[b], radii[b]) for a, b in zip(rows, columns, strict=True)]
    np.testing.assert_allclose(widths_between(starts, Ends(points), radii, rows, columns), broad, rtol=1e-6)


def test_a_place_as_wide_as_a_land_begins_at_the_first_of_the_towns_within_it() -> None:
    """All towns within a circle are equally near: one function and the other take the same ones."""
    libya, tunis = Place("Libya", Point(27.0, 17.0), 900.0), Point(36.8, 10.2)
    assert ways([libya], [tunis])[0, 0] == pytest.approx(way(libya, tunis))
