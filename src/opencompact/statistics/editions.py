"""Which value is current (design, "Which value is current").

An edition declares which areas and periods it covers. In each cell the current value of a source is that of its newest
edition that covers the cell; an edition that covers the whole of a period goes before one that covers a part of it.
Among sources, a user's own table goes first, then the first in the indicator's declared order that has a value there; a value that is missing
(status O, M, L) gives way to the next source, one that is suppressed does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from opencompact.statistics.observations import CELL
from opencompact.statistics.sources.contract import Coverage
from opencompact.statistics.store import Part, Shapes

#: A user's own checked table: in the cells that it has, it goes before every published source.
OWN = "own.table"
_DIMENSIONS = ["sex", "age", "migratory_status", "origin"]
_MISSING = ["O", "M", "L"]
_WHOLE = 1_000_000  # more than any vintage's ordinal: covering the whole of a period goes before being newer


def frequency() -> pl.Expr:
    """A, S, Q, M or D, by the form of the period."""
    length = pl.col("period").str.len_chars()
    marked = pl.col("period").str.slice(5, 1)
    return (
        pl.when(length == 4)
        .then(pl.lit("A"))
        .when(marked.is_in(["Q", "S"]))
        .then(marked)
        .when(length == 7)
        .then(pl.lit("M"))
        .otherwise(pl.lit("D"))
    )


def shape() -> pl.Expr:
    """By what a cell is broken down: "", "sex", "origin sex", "cause", "route sex" …"""
    named = [pl.when(pl.col(name) != "_T").then(pl.lit(name)) for name in sorted(_DIMENSIONS)]
    keys = pl.col("breakdown").str.extract_all(r"(?:^|;)[^=;]+").list.join(" ").str.replace_all(";", "", literal=True)
    return pl.concat_str([*named, pl.when(pl.col("breakdown") != "_T").then(keys)], separator=" ", ignore_nulls=True)


def shapes_of(observations: pl.DataFrame, declared: Sequence[Coverage] | None) -> Shapes:
    """What a part covers: as declared; of an indicator that is not declared, its areas × the span of its periods."""
    marked = observations.select("indicator", "area", "period", "breakdown", *_flags())
    kinds = _kinds(marked)
    placed = marked.unique().join(kinds, on=kinds.columns[: -len(_KIND)])
    shapes = frozenset((str(a), str(b), str(c)) for a, b, c in placed.select("indicator", "_f", "_s").unique().rows())
    declared = list(declared or [])
    if all(entry.indicators is not None for entry in declared):
        named = frozenset[str]().union(*(entry.indicators or () for entry in declared))
        declared += _default(placed.filter(~pl.col("indicator").is_in(list(named))))
    return Shapes(tuple(declared), shapes)


def _default(placed: pl.DataFrame) -> list[Coverage]:
    groups = placed.group_by("indicator").agg(pl.col("area").unique(), pl.col("_start").min(), pl.col("_end").max())
    return [
        Coverage(start, end, frozenset(areas), frozenset([indicator]))
        for indicator, areas, start, end in groups.sort("indicator").rows()
    ]


def first_day() -> pl.Expr:
    """The first day of the period."""
    return pl.date(pl.col("period").str.head(4).cast(pl.Int32), _first_month(), _day_of_month(1))


def last_day() -> pl.Expr:
    """The last day of the period."""
    months = frequency().replace_strict({"A": 12, "S": 6, "Q": 3, "M": 1, "D": 0}, return_dtype=pl.Int32)
    start = first_day()
    end = start.dt.offset_by(pl.format("{}mo", months)).dt.offset_by("-1d")
    return pl.when(months == 0).then(start).otherwise(end)


def _first_month() -> pl.Expr:
    number = pl.col("period").str.slice(6, 1).cast(pl.Int32, strict=False)
    return (
        pl.when(frequency() == "Q")
        .then(number * 3 - 2)
        .when(frequency() == "S")
        .then(number * 6 - 5)
        .when(frequency() == "A")
        .then(1)
        .otherwise(pl.col("period").str.slice(5, 2).cast(pl.Int32, strict=False))
    )


def _day_of_month(otherwise: int) -> pl.Expr:
    return (
        pl.when(frequency() == "D")
        .then(pl.col("period").str.slice(8, 2).cast(pl.Int32, strict=False))
        .otherwise(otherwise)
    )


def current(candidates: pl.DataFrame, parts: Sequence[tuple[Part, Shapes]], order: Sequence[str]) -> pl.DataFrame:
    """The rows of `candidates` that are current, one a cell, in the order of the cells.

    candidates: observations of one indicator. parts: every part that has the indicator, with what it covers.
    order: ids of sources as the indicator declares them; others come after them by name. A user's own table is first of all.
    """
    if candidates.is_empty():
        return candidates
    by_source = candidates.partition_by("source", maintain_order=True)
    kept = [
        _current_of_source(rows, [entry for entry in parts if entry[0].source == rows["source"][0]])
        for rows in by_source
    ]
    return _first_source(pl.concat(kept), order)


def _current_of_source(rows: pl.DataFrame, parts: Sequence[tuple[Part, Shapes]]) -> pl.DataFrame:
    """The rows whose edition is the best that covers their cell. One edition alone is always that."""
    vintages = sorted({part.vintage for part, _ in parts})
    if len(vintages) == 1:
        return rows
    flagged = rows.with_columns(_flags())
    kinds = _kinds(flagged)
    marked = flagged.join(kinds, on=kinds.columns[: -len(_KIND)], maintain_order="left")
    ranks = [_rank(part, what).alias(str(number)) for number, (part, what) in enumerate(parts)]
    best = [
        pl.max_horizontal([str(number) for number, (part, _) in enumerate(parts) if part.vintage == vintage]).alias(
            vintage
        )
        for vintage in vintages
    ]
    ranked = marked.select("vintage", *ranks).select("vintage", *best)
    own = pl.coalesce(pl.when(pl.col("vintage") == vintage).then(vintage) for vintage in vintages)
    return rows.filter(ranked.select(own == pl.max_horizontal(vintages)).to_series())


_KIND = ["_f", "_s", "_start", "_end"]


def _flags() -> list[pl.Expr]:
    return [(pl.col(name) != "_T").alias(f"_{name}") for name in _DIMENSIONS]


def _kinds(flagged: pl.DataFrame) -> pl.DataFrame:
    """Frequency, shape, first and last day of each kind of cell: there are few kinds and many cells."""
    keys = ["period", "breakdown", *(f"_{name}" for name in _DIMENSIONS)]
    distinct = flagged.select(keys).unique()
    named = [pl.when(f"_{name}").then(pl.lit("x")).otherwise(pl.lit("_T")).alias(name) for name in _DIMENSIONS]
    kinds = distinct.with_columns(named).with_columns(
        frequency().alias("_f"), shape().alias("_s"), first_day().alias("_start"), last_day().alias("_end")
    )
    return kinds.select(*keys, *_KIND)


def _rank(part: Part, what: Shapes) -> pl.Expr:
    """How good a part is in each cell: null where it says nothing, more for newer ones, most for a whole period."""
    by_frequency: dict[str, list[str]] = {}
    for _, freq, kind in sorted(what.shapes):
        by_frequency.setdefault(freq, []).append(kind)
    shapes = pl.any_horizontal(
        (pl.col("_f") == freq) & pl.col("_s").is_in(kinds) for freq, kinds in by_frequency.items()
    )
    newness = date.fromisoformat(part.vintage).toordinal()
    declared = [_rank_declared(entry) for entry in what.declared]
    return pl.when(shapes).then(pl.max_horizontal(declared) + newness)


def _rank_declared(entry: Coverage) -> pl.Expr:
    speaks = pl.lit(True)
    if entry.areas is not None:
        speaks = speaks & pl.col("area").is_in(list(entry.areas))
    whole = (pl.col("_start") >= entry.start) & (pl.col("_end") <= entry.end)
    part = (pl.col("_start") <= entry.end) & (pl.col("_end") >= entry.start)
    return pl.when(speaks & whole).then(_WHOLE).when(speaks & part).then(0)


def _first_source(rows: pl.DataFrame, order: Sequence[str]) -> pl.DataFrame:
    """Of several sources, or several tables of one edition, the first in order; published ones before computed ones."""
    if rows.select("source", "vintage", "file").n_unique() == 1:
        return rows.sort(CELL)
    first = [OWN, *(source for source in order if source != OWN)]
    places = {source: place for place, source in enumerate([*first, *sorted(set(rows["source"]) - set(first))])}
    missing = pl.col("value").is_null() & pl.col("status").is_in(_MISSING)
    computed = pl.col("note").str.starts_with("computed").fill_null(False)
    ranked = rows.with_columns(
        (
            missing.cast(pl.Int32) * 10_000
            + pl.col("source").replace_strict(places, return_dtype=pl.Int32) * 2
            + computed.cast(pl.Int32)
        ).alias("_place")
    ).sort(*CELL, "_place", maintain_order=True)
    begins = pl.any_horizontal(pl.col(name) != pl.col(name).shift(1) for name in CELL).fill_null(True)
    return ranked.filter(begins).drop("_place")
