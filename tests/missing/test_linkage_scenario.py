"""The scenario that linkage is measured on distorts as often as it says: counted in its pairs."""

import numpy as np
import polars as pl
import pytest
from benchmarks._linkage_scenario import NAMES, RATES, Names, scenario

SIZE = 10_000
INVENTED = Names(
    ("A", "B"),
    [{"F": np.array(["selamit", "rahwa", "bett"], object), "M": np.array(["yonas", "omar", "tedros"], object)}] * 2,
    [np.array(["kebede", "diallo", "jallow", "okonkwo"], object)] * 2,
    {"omar": ["umar"]},
)


def pairs(*rates: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both records of each person who is in both lists, with only these distortions."""
    a, b, whose = scenario(INVENTED, 5, SIZE, {rate: RATES[rate] for rate in rates})
    assert (whose >= 0).sum() == 0.30 * SIZE
    return a[whose[whose >= 0]], b.filter(pl.Series(whose >= 0))


def share_changed(column: str, *rates: str) -> float:
    one, other = pairs(*rates)
    return float((one[column] != other[column]).mean())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_transliterated_otherwise_at_its_rate(name: str) -> None:
    assert share_changed(name, "transliteration") == pytest.approx(0.45, abs=0.03)


def test_a_letter_is_mistyped_in_one_name_of_fifteen_records_in_a_hundred() -> None:
    shares = [share_changed(name, "typing") for name in NAMES]
    assert sum(shares) == pytest.approx(0.15, abs=0.03)
    assert shares == pytest.approx([0.05] * 3, abs=0.02)


@pytest.mark.parametrize(
    ("rate", "column", "share"), [("other year", "birth_year", 0.35), ("other place", "place", 0.30)]
)
def test_years_and_places_are_changed_at_their_rates(rate: str, column: str, share: float) -> None:
    assert share_changed(column, rate) == pytest.approx(share, abs=0.03)


def test_years_are_two_off_at_most_and_places_stay_in_the_country() -> None:
    one, other = pairs("other year", "other place")
    assert set((one["birth_year"] - other["birth_year"]).unique()) == {-2, -1, 0, 1, 2}
    assert (one["place"].str.split("/").list[0] == other["place"].str.split("/").list[0]).all()


def test_given_and_family_name_are_swapped_in_eight_of_a_hundred() -> None:
    one, other = pairs("swapped")
    swapped = (one["given"] == other["family"]) & (one["family"] == other["given"])
    assert swapped.mean() == pytest.approx(0.08, abs=0.015)


@pytest.mark.parametrize(
    ("rate", "column", "share"),
    [("no father", "father", 0.30), ("no year", "birth_year", 0.20), ("no country", "country", 0.15)],
)
def test_what_is_unknown_is_as_often_unknown_among_the_others(rate: str, column: str, share: float) -> None:
    a, b, whose = scenario(INVENTED, 5, SIZE, {rate: RATES[rate]})
    assert a[column].null_count() == 0
    for chosen in (whose >= 0, whose < 0):
        assert b.filter(pl.Series(chosen))[column].is_null().mean() == pytest.approx(share, abs=0.03)


def test_without_distortion_the_records_of_a_person_are_the_same() -> None:
    one, other = pairs()
    assert one.equals(other)
