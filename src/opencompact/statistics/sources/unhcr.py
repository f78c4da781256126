"""UNHCR's tables: bilateral counts, asylum procedures, age and sex; always by the ISO columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from opencompact.statistics.observations import breakdown, observations
from opencompact.statistics.sources.contract import (
    Reading,
    Recognition,
    recognise_by_columns,
    set_aside,
    source,
)
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition, last_day_in, number
from opencompact.statistics.sources.totals import of_groups, sums, without_gaps

_PAIRS = ["year", "coo_name", "coo", "coo_iso", "coa_name", "coa", "coa_iso", "total"]
_ZERO_STANDS_FOR_BOTH = "0 stands for none and for not reported"
_UNITS = {"P": "persons", "C": "cases"}
_AGES = ("Y0T4", "Y5T11", "Y12T17", "Y18T59", "Y_GE60", "_U", "_T")
_SEXES = ("F", "M", "_T")
_NOT_COUNTED = "0 in a row that stands for another group: the publisher writes it for none and for not reported"


def recognise(file: SourceFile) -> Recognition | None:
    """By the columns; the two tables of one header by whether people are counted where they come from."""
    if file.header() == _PAIRS:
        table = pl.read_csv(file.content, columns=["coo_iso", "coa_iso"], n_rows=200, infer_schema=False)
        same = bool((table["coo_iso"] == table["coa_iso"]).all())
        return Recognition("unhcr.idmc", "idmc") if same else Recognition("unhcr.unrwa", "unrwa")
    for identifier in ("unhcr.refugee-statistics", "hdx.returnees"):
        found = recognise_by_columns(file, source(identifier))
        if found is not None:
            return found
    return None


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """One of the tables."""
    table = _with_iso_areas(file.csv())
    match recognition.table:
        case "asylum_applications":
            return _applications(table)
        case "asylum_decisions":
            return _decisions(table)
        case "demographics":
            return _demographics(table)
        case "returnees":
            return _returnees(table)
        case name:
            return _counts(table, definition("unhcr")["measures"][name])


def _with_iso_areas(table: pl.DataFrame) -> pl.DataFrame:
    """UNHCR writes some origins that are no country in its own codes even in the ISO columns."""
    special = definition("unhcr")["special_areas"]
    return table.with_columns(pl.col("^co[oa]_iso$").replace(special))


def _counts(table: pl.DataFrame, measures: Mapping[str, Any]) -> Reading:
    """Columns of counts, a row for each pair of origin and asylum."""
    values, zeros, aside = [], [], []
    for column, meaning in measures.items():
        cells = table.select(
            "row", "year", "coo_iso", "coa_iso", pl.col(column).alias("content"), number(column).alias("value")
        )
        if "elsewhere" in meaning:
            reason = f"the same figures stand in the table '{meaning['elsewhere']}' of this edition"
            aside.append(_cells(column, reason, cells.filter(pl.col("value") > 0).height))
            continue
        nothing = cells.filter(pl.col("value") == 0)
        values.append(_meant(cells.filter(pl.col("value") != 0), meaning))
        zeros.append(_meant(nothing, meaning).with_columns(pl.lit("_T").alias("origin")))
        aside.append(_cells(column, "empty: not known, not 0", int(cells["content"].is_null().sum())))
        aside.append(_cells(column, _NOT_COUNTED, nothing.height))
        odd = cells.filter(pl.col("content").is_not_null() & pl.col("value").is_null())
        aside.append(set_aside(odd, column=column, reason="no number"))
    found = pl.concat(values)
    rows = table.join(found.select("row").unique(), on="row", how="anti").select("row")
    aside.append(set_aside(rows, reason="nothing is counted in the row but what another table of this edition gives"))
    totals = _totals(found, pl.concat(zeros), measures)
    return _reading(pl.concat([found, totals], how="diagonal"), aside, table, "persons")


def _cells(column: str, reason: str, count: int) -> pl.DataFrame:
    """A line for all cells of a column that are set aside for one reason, if there are any."""
    line = pl.DataFrame({"row": [None]}, schema={"row": pl.Int64}).head(min(count, 1))
    return set_aside(line, column=column, reason=reason, count=count)


def _meant(cells: pl.DataFrame, meaning: Mapping[str, Any]) -> pl.DataFrame:
    """The cells of a column as observations of what it means."""
    origin = pl.col(f"{meaning['origin']}_iso") if "origin" in meaning else pl.lit("_T")
    return cells.filter(pl.col("value").is_not_null()).select(
        "row",
        "value",
        pl.lit(meaning["indicator"]).alias("indicator"),
        pl.col(f"{meaning['area']}_iso").alias("area"),
        pl.col("year").alias("period"),
        origin.alias("origin"),
        pl.lit(meaning.get("breakdown", "_T")).alias("breakdown"),
    )


def _totals(found: pl.DataFrame, zeros: pl.DataFrame, measures: Mapping[str, Any]) -> pl.DataFrame:
    """By area over all origins, by origin over all areas, and both for regions and the world.

    An area of which only zeros are told in a year has the total 0, of low reliability.
    """
    own = found.drop("row").filter(pl.col("origin") == "_T")
    pairs = found.drop("row").filter(pl.col("origin") != "_T")
    by_area = sums(pairs, "origin", "origins")
    told = pl.concat([own, by_area], how="diagonal")
    only_zeros = (
        zeros.drop("row")
        .unique()
        .join(told, on=["indicator", "area", "period", "breakdown"], how="anti")
        .with_columns(pl.lit("U").alias("status"), pl.lit(_ZERO_STANDS_FOR_BOTH).alias("note"))
    )
    by_origin = _by_origin(pairs, measures)
    told = pl.concat([told, only_zeros, by_origin], how="diagonal")
    return pl.concat([by_area, only_zeros, by_origin, of_groups(told)], how="diagonal")


def _by_origin(pairs: pl.DataFrame, measures: Mapping[str, Any]) -> pl.DataFrame:
    """Sums by country of origin, for the columns that name an indicator for them."""
    names = {
        meaning["indicator"]: meaning["origin_total"] for meaning in measures.values() if "origin_total" in meaning
    }
    named = pairs.filter(pl.col("indicator").is_in(list(names))).with_columns(pl.col("indicator").replace(names))
    turned = named.rename({"area": "origin", "origin": "area"})
    return sums(turned, "origin", "areas of asylum")


def _applications(table: pl.DataFrame) -> Reading:
    """Applications, by kind of procedure, of application and of decision, in people or cases as the row says."""
    found = table.select(
        "row",
        number("applied").alias("value"),
        pl.lit("asylum.applications").alias("indicator"),
        pl.col("coa_iso").alias("area"),
        pl.col("coo_iso").alias("origin"),
        pl.col("year").alias("period"),
        pl.col("app_pc").replace_strict(_UNITS, default=None).alias("unit"),
        breakdown(
            procedure=pl.col("procedure_type"),
            type=pl.col("app_type"),
            level=pl.col("dec_level"),
            unit=pl.col("app_pc").replace_strict(_UNITS, default=None),
        ).alias("breakdown"),
    )
    return _procedures(found, table)


def _decisions(table: pl.DataFrame) -> Reading:
    """Decisions in total and by outcome; where the outcomes do not add up to the total, the total says so."""
    outcomes = definition("unhcr")["outcomes"]
    adds_up = pl.sum_horizontal(number(column) for column in outcomes) == number("dec_total")
    named = {**outcomes, "dec_total": None}
    found = pl.concat(
        table.select(
            "row",
            number(column).alias("value"),
            pl.lit("asylum.decisions").alias("indicator"),
            pl.col("coa_iso").alias("area"),
            pl.col("coo_iso").alias("origin"),
            pl.col("year").alias("period"),
            pl.col("dec_pc").replace_strict(_UNITS, default=None).alias("unit"),
            breakdown(
                procedure=pl.col("procedure_type"),
                level=pl.col("dec_level"),
                outcome=pl.lit(outcome, dtype=pl.String),
                unit=pl.col("dec_pc").replace_strict(_UNITS, default=None),
            ).alias("breakdown"),
            pl.when(adds_up | pl.lit(outcome is not None)).then(pl.lit("A")).otherwise(pl.lit("U")).alias("status"),
            pl.when(adds_up | pl.lit(outcome is not None))
            .then(None)
            .otherwise(pl.lit("the outcomes do not add up to this total"))
            .alias("note"),
        )
        for column, outcome in named.items()
    )
    return _procedures(found, table)


def _procedures(found: pl.DataFrame, table: pl.DataFrame) -> Reading:
    """Rows of asylum procedures, and their sums over origins within one kind, level and unit.

    An outcome that was given to nobody between two countries is left to the sums, which keep their zeros.
    """
    without = found.filter(pl.col("value").is_null() | pl.col("unit").is_null())
    found = found.join(without.select("row").unique(), on="row", how="anti")
    totals = sums(found.drop("row"), "origin", "origins")
    totals = pl.concat([totals, _first_of_all(totals)])
    nobody = (pl.col("value") == 0) & pl.col("breakdown").str.contains("outcome=")
    aside = [
        set_aside(without.select("row").unique("row"), reason="no number, or neither people nor cases"),
        _cells(
            "outcome",
            "0 of one outcome between two countries; the total of the row is kept",
            found.filter(nobody).height,
        ),
    ]
    rows = found.filter(~nobody)
    return _reading(pl.concat([rows, totals, of_groups(totals)], how="diagonal"), aside, table, None)


def _first_of_all(totals: pl.DataFrame) -> pl.DataFrame:
    """New applications, or first decisions, of an area over all procedures and offices, people and cases apart.

    totals: by area, period and breakdown, over all origins. Repeated applications, appeals and reviews are left out, so
    that none is counted for a person who has been counted; outcomes are parts and are left out as well.
    """
    again = "|".join(definition("unhcr")["again"]["parts"])
    stage = pl.col("indicator").replace_strict(definition("unhcr")["stages"])
    first = totals.filter(~pl.col("breakdown").str.contains(rf"outcome=|(^|;)({again})(;|$)"))
    unit = pl.when(pl.col("unit") == "cases").then(pl.lit("cases")).otherwise(pl.lit("persons"))
    named = first.drop("note").with_columns(breakdown(stage=stage, unit=unit).alias("breakdown"))
    named = named.with_row_index("procedure").with_columns(pl.col("procedure").cast(pl.String))
    return sums(named, "procedure", "procedures and offices").select(totals.columns)


def _demographics(table: pl.DataFrame) -> Reading:
    """People by sex and age, added over places and origins; the counts without sex are those of sex not known.

    Rows without any sex are set aside: their totals stand in the table 'population'.
    """
    meanings = definition("unhcr")["groups"]
    ages = definition("unhcr")["ages"]
    of_group = {name: {code: entry[name] for code, entry in meanings.items()} for name in ("indicator", "area")}
    place = pl.col("pop_type").replace_strict(of_group["area"], default=None)
    people = table.select(
        "row",
        pl.col("pop_type").replace_strict(of_group["indicator"], default=None).alias("indicator"),
        pl.when(place == "coo").then(pl.col("coo_iso")).otherwise(pl.col("coa_iso")).alias("area"),
        pl.col("year").alias("period"),
        *(number(f"{sex}_{age}").alias(f"{sex.upper()} {code}") for sex in ("f", "m") for age, code in ages.items()),
        number("total").alias("total"),
    )
    # The cells that no one tells of are those of both sexes at all ages: they stand in 'population'.
    by_sex = people.filter(pl.col("indicator").is_not_null() & (pl.col("F _T") + pl.col("M _T") > 0))
    rest = people.join(by_sex.select("row"), on="row", how="anti").select("row")
    aside = [
        set_aside(rest, reason="no sex or age is told; the total stands in the table 'population' of this edition"),
        set_aside(
            by_sex.filter(pl.col("F _T") + pl.col("M _T") != pl.col("total")).select("row"),
            column="total",
            reason="women and men do not add up to the total: the others are counted as of sex not known",
        ),
    ]
    found = _by_sex_and_age(by_sex)
    return _reading(pl.concat([found, of_groups(found)], how="diagonal"), aside, table, "persons", by_sex.height)


def _by_sex_and_age(people: pl.DataFrame) -> pl.DataFrame:
    """One row a sex and age, for women, men and both; children and adults beside the published age groups."""
    cells = people.columns[4:-1]
    added = people.group_by("indicator", "area", "period").agg(
        pl.col(cells).sum(), (pl.col("total") - pl.col("F _T") - pl.col("M _T")).sum().alias("_U _T")
    )
    both = [(pl.col(f"F {age}") + pl.col(f"M {age}")).alias(f"_T {age}") for age in _AGES if age != "_T"]
    added = added.with_columns(both)
    added = added.with_columns(
        *(
            pl.sum_horizontal(f"{sex} {age}" for age in ("Y0T4", "Y5T11", "Y12T17")).alias(f"{sex} Y0T17")
            for sex in _SEXES
        ),
        *(pl.sum_horizontal(f"{sex} {age}" for age in ("Y18T59", "Y_GE60")).alias(f"{sex} Y_GE18") for sex in _SEXES),
    )
    long = added.unpivot(index=["indicator", "area", "period"], variable_name="cell", value_name="value")
    unknown = (pl.col("sex") == "_U") | (pl.col("age") == "_U")
    return (
        long.with_columns(
            pl.col("cell").str.split(" ").list.get(0).alias("sex"),
            pl.col("cell").str.split(" ").list.get(1).alias("age"),
        )
        .filter(~(unknown & (pl.col("value") == 0)))
        .drop("cell")
        .with_columns(pl.lit("computed: sum over places and origins of which sex and age are told").alias("note"))
    )


def _returnees(table: pl.DataFrame) -> Reading:
    """Returnees by sex and age; rows of 'all' are the totals. A row with an error is set aside with the error's words."""
    meanings = definition("unhcr")["groups"]
    wrong = table.filter(pl.col("error").is_not_null())
    found = table.filter(pl.col("error").is_null()).select(
        "row",
        number("population").alias("value"),
        pl.col("population_group").replace_strict({code: one["indicator"] for code, one in meanings.items()}, default=None).alias("indicator"),
        pl.col("origin_location_code").alias("area"),
        pl.col("reference_period_start").str.head(4).alias("period"),
        pl.col("gender").replace_strict({"f": "F", "m": "M", "all": "_T"}, default=None).alias("sex"),
        pl.when(pl.col("age_range") == "all").then(pl.lit("_T"))
        .when(pl.col("max_age").is_null()).then(pl.format("Y_GE{}", "min_age"))
        .otherwise(pl.format("Y{}T{}", "min_age", "max_age")).alias("age"),
    )  # fmt: skip
    odd = found.filter(pl.any_horizontal(pl.col("value", "indicator", "sex", "age").is_null()))
    found = found.join(odd.select("row"), on="row", how="anti")
    aside = [
        set_aside(wrong.select("row", pl.col("error").alias("reason"), pl.col("population").alias("content"))),
        set_aside(odd.select("row"), reason="no number, or a group, gender or age that is not known"),
    ]
    return _reading(pl.concat([found, of_groups(found.drop("row"))], how="diagonal"), aside, table, "persons")


def _reading(
    found: pl.DataFrame, aside: list[pl.DataFrame], table: pl.DataFrame, unit: str | None, kept: int | None = None
) -> Reading:
    whole = observations(found, unit=unit) if unit else observations(found)
    return Reading(without_gaps(whole), set_aside(*aside), table.height, last_day_in(whole), kept=kept, dated=False)
