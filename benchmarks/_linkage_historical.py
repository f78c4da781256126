"""Case (a) of `benchmarks/linkage.py`: all pairs of historical_50k, one file with some ten records of each of five thousand people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks._linkage_measure import Clock, Figures, measure, report
from opencompact.missing.candidates.columns import Plan, link

PLAN = Plan(
    ("first_name", "surname"),
    ("gender", "occupation", "birth_place"),
    (),
    ("dob", "postcode_fake"),
    keep=60,
    largest=3_000,
    singles=200_000,
)
# Splink's own published model of this data set, with rules for its places and halves of postcodes besides.
RULES = (
    ("substr(first_name,1,3)", "substr(surname,1,4)"),
    ("surname", "dob"),
    ("first_name", "dob"),
    ("postcode_fake", "first_name"),
    ("postcode_fake", "surname"),
    ("dob", "birth_place"),
    ("substr(postcode_fake,1,3)", "dob"),
    ("substr(postcode_fake,1,3)", "first_name"),
    ("substr(postcode_fake,1,3)", "surname"),
    ("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
)
Pairs = tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.floating]]


def case_a(folder: Path) -> None:
    """The whole file is linked; the pairs of one half of its people are cut at the best threshold of the other half's, and the other way round."""
    table = pl.read_parquet(folder / "record_linkage_historical_50k.parquet").drop("full_name", "first_and_surname")
    label = table["cluster"].rank("dense").cast(pl.Int64).to_numpy()
    fold = np.random.default_rng(5).integers(0, 2, int(label.max()) + 1)[label]
    print("(a) historical_50k, all pairs of one file, thresholds of the other half of its people", flush=True)
    sides: tuple[tuple[str, Callable[[pl.DataFrame], Pairs]], ...] = (("ours", own_pairs), ("splink 5", splink_pairs))
    for who, side in sides:
        clock = Clock()
        left, right, score = side(table)
        spent = float(clock)
        same = label[left] == label[right]
        true = _pairs_of_one(label)
        at = _of_the_other_half(same, score, fold[left], [_pairs_of_one(label[fold == half]) for half in (0, 1)])
        report(who, len(table), at, measure(same, score, true), float(same.sum() / true), spent)


def _pairs_of_one(label: NDArray[np.integer]) -> int:
    sizes = np.bincount(label)
    return int((sizes * (sizes - 1) // 2).sum())


def _of_the_other_half(
    same: NDArray[np.bool_], score: NDArray[np.floating], fold: NDArray[np.integer], true: list[int]
) -> Figures:
    """Both halves together, each cut where the other is best; the mean of the two thresholds."""
    cuts = [measure(same[fold == half], score[fold == half], true[half]).threshold for half in (0, 1)]
    kept = score >= np.array(cuts)[1 - fold]
    hits = int(same[kept].sum())
    return Figures(hits / int(kept.sum()), hits / sum(true), 2 * hits / (int(kept.sum()) + sum(true)), sum(cuts) / 2)


def own_pairs(table: pl.DataFrame) -> Pairs:
    """Our scored pairs."""
    linked = link(table, table, PLAN, itself=True)
    return linked.left, linked.right, linked.score


def splink_pairs(table: pl.DataFrame) -> Pairs:
    """Splink's scored pairs."""
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    named = [
        library.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)
        for name in ("first_name", "surname")
    ]
    texts = [library.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in ("dob", "postcode_fake")]
    exact = [
        library.ExactMatch(name).configure(term_frequency_adjustments=True) for name in ("birth_place", "occupation")
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*named, *texts, *exact],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        probability_two_random_records_match=10 / len(table),
    )
    numbered = table.with_columns(unique_id=pl.int_range(len(table)))
    linker = Linker(
        DuckDBAPI().register(numbered.to_arrow(), dataset_display_name="sample"), settings, log_level="ERROR"
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("first_name", "surname"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_weight=-10).as_duckdbpyrelation().pl()
    return found["unique_id_l"].to_numpy(), found["unique_id_r"].to_numpy(), found["match_weight"].to_numpy()
