"""SDG 10.7.4 beyond its last release: refugees by country of origin, per 100,000 of those who live there and of them."""

from __future__ import annotations

import polars as pl

from opencompact.statistics.observations import observations

PER = 100_000


def refugees_per_population(refugees: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """10.7.4 computed from `refugees.origin` and `population` where both have a value, as observations.

    refugees, population: observations of people, of one edition each; only totals (`_T`) of countries and years are taken.
    The denominator is the resident population and the refugees abroad: so the published series behaves (its values of
    2000–2019 lie nearer to this quotient than to that without the refugees, and most of all for the countries that lost a
    large part of their people). Status E; source and vintage are those of the refugees, the note names the population's.
    """
    left, right = _totals(refugees, "refugees.origin"), _totals(population, "population")
    both = left.join(right, on=["area", "period"], suffix=" of population").filter(pl.col("value of population") > 0)
    share = PER * pl.col("value") / (pl.col("value") + pl.col("value of population"))
    note = pl.format(
        "computed: refugees from the country per 100,000 of its residents and of them; population: {} of {}",
        pl.col("source of population").fill_null("not stated"),
        pl.col("vintage of population").fill_null("no date"),
    )
    found = both.with_columns(share.alias("value"), note.alias("note"), pl.lit(None).alias("row"))
    return observations(found, indicator="10.7.4", unit="per 100000 population", status="E").sort("area", "period")


def _totals(table: pl.DataFrame, indicator: str) -> pl.DataFrame:
    dimensions = ("sex", "age", "migratory_status", "origin", "breakdown")
    return table.filter(
        (pl.col("indicator") == indicator)
        & pl.all_horizontal(pl.col(name) == "_T" for name in dimensions)
        & pl.col("value").is_not_null()
        & pl.col("period").str.contains(r"^\d{4}$")
    )
