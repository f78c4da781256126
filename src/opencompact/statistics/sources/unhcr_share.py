"""SDG 10.7.4 beyond its last release: refugees by country of origin, per 100,000 of those who live there and of them."""

from __future__ import annotations

import polars as pl

from opencompact import compact
from opencompact.statistics import areas
from opencompact.statistics.observations import observations

PER = 100_000


def refugees_per_population(
    refugees: pl.DataFrame, population: pl.DataFrame, protected: pl.DataFrame | None = None
) -> pl.DataFrame:
    """10.7.4 computed from `refugees.origin` and `population` where both have a value, as observations.

    refugees, population: observations of people, of one edition each; only totals (`_T`) of countries and years are taken.
    The denominator is the resident population and the refugees abroad: so the published series behaves (its values of
    2000–2019 lie nearer to this quotient than to that without the refugees, and most of all for the countries that lost a
    large part of their people). protected: `protection.other` by origin, counted with the refugees as the published series
    counts them (of Venezuela they are 38 of 39 in 2019). Status E; source and vintage are those of the refugees, the note names the population's.
    """
    left, right = _totals(refugees, "refugees.origin"), _totals(population, "population")
    if protected is not None:
        left = _with(left, protected)
    both = left.join(right, on=["area", "period"], suffix=" of population").filter(pl.col("value of population") > 0)
    share = PER * pl.col("value") / (pl.col("value") + pl.col("value of population"))
    note = pl.format(
        "computed: refugees and others who need international protection from the country per 100,000 of its residents and of them; population: {} of {}",
        pl.col("source of population").fill_null("not stated"),
        pl.col("vintage of population").fill_null("no date"),
    )
    found = both.with_columns(share.alias("value"), note.alias("note"), pl.lit(None).alias("row"))
    return observations(found, indicator="10.7.4", unit="per 100000 population", status="E").sort("area", "period")


def _with(refugees: pl.DataFrame, protected: pl.DataFrame) -> pl.DataFrame:
    """The refugees of each country or group of origin and the others from there, over all countries that host them."""
    groups = [{"area": code, "origin": member} for code, members in areas.groups().items() for member in members]
    inside = pl.DataFrame(groups, schema={"area": pl.String, "origin": pl.String})
    countries = [area.code for area in compact.areas() if area.kind == "country"]
    others = (
        protected.filter(
            pl.col("area").is_in(countries),
            pl.col("origin") != "_T",
            pl.all_horizontal(pl.col(name) == "_T" for name in ("sex", "age", "migratory_status", "breakdown")),
        )
        .group_by("origin", "period")
        .agg(pl.col("value").sum().alias("others"))
    )
    of_groups = others.join(inside, on="origin").group_by("area", "period").agg(pl.col("others").sum())
    others = pl.concat([others.rename({"origin": "area"}), of_groups.select("area", "period", "others")])
    joined = refugees.join(others, on=["area", "period"], how="left")
    return joined.with_columns(pl.col("value") + pl.col("others").fill_null(0)).drop("others")


def _totals(table: pl.DataFrame, indicator: str) -> pl.DataFrame:
    dimensions = ("sex", "age", "migratory_status", "origin", "breakdown")
    return table.filter(
        (pl.col("indicator") == indicator)
        & pl.all_horizontal(pl.col(name) == "_T" for name in dimensions)
        & pl.col("value").is_not_null()
        & pl.col("period").str.contains(r"^\d{4}$")
    )
