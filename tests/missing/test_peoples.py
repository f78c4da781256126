"""Peoples of several countries, the stateless, and how much a country says of them."""

import datetime
import math
from pathlib import Path

import numpy as np
import pytest

from opencompact.errors import UnknownCodeError
from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.evidence.groups import compare_origin
from opencompact.missing.records.peoples import area_of, areas_of
from opencompact.missing.records.reading import read_records
from opencompact.missing.records.record import Record

TODAY = datetime.date(2026, 1, 1)
SHARES = {"IRN": 0.1, "IRQ": 0.2, "SYR": 0.2, "TUR": 0.1, "ERI": 0.4}


def _said(sought: str, found: str) -> float:
    one, other = (Record("a", "sought", nationality=areas_of(text)) for text in (sought, found))
    evidence = compare_origin(one, other, frequencies=SHARES)
    assert evidence is not None
    return math.exp(evidence.ln_likelihood_ratio)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Rohingya", ("BGD", "MMR")),
        ("kurde", ("IRN", "IRQ", "SYR", "TUR")),
        ("Hazara", ("AFG", "IRN", "PAK")),
        ("ትግርኛ", ("ERI", "ETH")),
        ("sahraoui", ("DZA", "ESH", "MAR")),
        ("géorgienne", ("GEO",)),
        ("somalo", ("SOM",)),
        ("maliana", ("MLI",)),
    ],
)
def test_a_people_is_of_the_countries_where_it_lives(text: str, codes: tuple[str, ...]) -> None:
    assert areas_of(text) == codes


def test_a_country_that_is_asked_for_is_one() -> None:
    assert area_of("ivoriano") == "CIV"
    with pytest.raises(UnknownCodeError):
        area_of("Kurdish")


def test_a_people_agrees_with_each_of_its_countries_and_says_less_than_one_country() -> None:
    assert _said("Kurdish", "Iraq") > 1
    assert _said("Kurdish", "Iraq") < _said("Iraq", "Iraq")
    assert _said("Kurdish", "Eritrea") < 1
    assert _said("Kurdish", "Iraq") == pytest.approx(_said("Iraq", "Kurdish"))


def test_over_everybody_who_is_found_a_people_says_one_on_average() -> None:
    mean = sum(share * _said("Kurdish", country) for country, share in SHARES.items())
    assert mean == pytest.approx(1)


def test_the_fast_origin_of_a_people_is_that_of_the_ledger() -> None:
    texts = ("Kurdish", "Iraq", "Eritrea", "Rohingya", "Bangladesh", "Yazidi")
    sought = tuple(Record(f"s{at}", "sought", nationality=areas_of(text)) for at, text in enumerate(texts))
    found = tuple(Record(f"r{at}", "remains", nationality=areas_of(text)) for at, text in enumerate(texts))
    setting = setting_of(sought, found, TODAY)
    search = Search(Register(sought, TODAY), Register(found, TODAY), setting)
    rows, columns = (grid.ravel() for grid in np.indices((len(texts), len(texts))))
    fast = search.compare.origin(rows, columns)
    slow = [
        compare_origin(sought[row], found[column], frequencies=search.setting.origins)
        for row, column in zip(rows, columns, strict=True)
    ]
    assert [one.ln_likelihood_ratio for one in slow if one] == pytest.approx(list(fast), abs=1e-5)


def test_whoever_is_stateless_is_of_no_other_country_and_that_is_told(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text(
        "id,name,nationality\n1,Ahmad,stateless\n2,Omar,Palestine\n3,Ali,Kuwait; stateless\n", encoding="utf-8"
    )
    reading = read_records(file)
    assert [record.nationality for record in reading.records] == [(), ("PSE",), ("KWT",)]
    assert [(line.row, line.column) for line in reading.unread] == [(2, "nationality"), (4, "nationality")]
    assert compare_origin(*reading.records[:2]) is None
