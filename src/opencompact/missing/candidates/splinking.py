"""Splink as another batch engine behind `link`: the same lists and plan, for those who outgrow one machine (DuckDB, Spark).

Splink compares in SQL, so it is fed with what our engine works out: for every column of names the skeleton of its consonants, which
transliteration leaves as it is, beside the written form. Optional: `pip install 'opencompact[splink]'` (Splink 5, MIT).
The model is Splink's (Linacre et al. 2022, Int J Population Data Science 7:3); the features are own.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from opencompact.errors import MissingExtraError
from opencompact.missing.candidates.columns import Linked, Plan
from opencompact.missing.candidates.competition import shared_probability
from opencompact.missing.candidates.keys import skeletons
from opencompact.missing.names.prepared import prepare


def skeleton_of(text: str | None) -> str | None:
    """The coarse consonants of the parts of a name, parts in order; None where nothing can be read."""
    if not text:
        return None
    spelling = prepare(text).spellings[0]
    read = [
        skeletons(e.readings[0].slots)[:1] for e in spelling.elements if e.span == 1 and e.kind in ("name", "child")
    ]
    return "-".join(one[0] for one in read if one and one[0]) or None


def with_features(side: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The list with a column `<name>_skeleton` per column of names and a `unique_id`."""
    added = [
        side[name].cast(pl.String).map_elements(skeleton_of, return_dtype=pl.String).alias(f"{name}_skeleton")
        for name in plan.names
    ]
    years = [pl.col(name).cast(pl.String) for name in plan.years]  # compared as texts, a slip or two apart
    return side.with_columns(*years, *added, unique_id=pl.int_range(len(side)))


def link_with_splink(
    left: pl.DataFrame, right: pl.DataFrame, plan: Plan, *, seed: int = 1, backend: Any = None
) -> Linked:
    """As `columns.link`, by Splink: EM on the lists themselves, its own match weights (Linacre et al. 2022, Int J Popul Data Sci 7:1794;
    Fellegi & Sunter 1969, JASA 64:1183).

    `backend` is one of Splink's database APIs: `SparkAPI(spark_session=session)` works on a cluster, and without one DuckDB on this machine
    does. Raises MissingExtraError without Splink.
    """
    try:
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError:
        raise MissingExtraError("Splink is not installed.", remedy="pip install 'opencompact[splink]'") from None
    rules = _rules(plan, block_on)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=_comparisons(plan),
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=0.3 / max(len(left), len(right)),
    )
    api = DuckDBAPI() if backend is None else backend
    tables = [
        api.register(with_features(side, plan).to_arrow(), dataset_display_name=name)
        for name, side in (("a", left), ("b", right))
    ]
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=seed)
    linker.training.estimate_parameters_using_expectation_maximisation(rules[0])
    linker.training.estimate_parameters_using_expectation_maximisation(rules[-1])
    found = pl.DataFrame(pl.from_arrow(linker.inference.predict(threshold_match_weight=-10).as_pyarrow_table()))
    return _linked(found, max(len(left), len(right)))


def _rules(plan: Plan, block_on: Any) -> list[Any]:
    """Pairs of skeletons of two names, and one skeleton with a year or a category."""
    names = [f"{name}_skeleton" for name in plan.names]
    pairs = [block_on(a, b) for at, a in enumerate(names) for b in names[:at]]
    other = [*plan.years, *plan.categories[1:2]]
    return pairs + [block_on(name, column) for name in names for column in other]


def _comparisons(plan: Plan) -> list[Any]:
    import splink.comparison_library as library

    named = [
        library.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)
        for name in plan.names
    ]
    plain = [library.ExactMatch(name).configure(term_frequency_adjustments=True) for name in plan.categories]
    texts = [library.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in (*plan.texts, *plan.years)]
    return [*named, *plain, *texts]


def _linked(found: pl.DataFrame, size: int) -> Linked:
    """Splink's pairs as ours, the left list first; its match weight is a likelihood ratio in bits with the prior added."""
    swapped = found["source_dataset_l"] != "a"
    ids = [found[f"unique_id_{side}"].to_numpy() for side in "lr"]
    turned = swapped.to_numpy()
    rows = np.where(turned, ids[1], ids[0]).astype(np.int32)
    columns = np.where(turned, ids[0], ids[1]).astype(np.int32)
    prior = 0.3 / size
    score = np.asarray(found["match_weight"].to_numpy() * np.log(2) - np.log(prior / (1 - prior)), np.float32)
    return Linked(
        rows,
        columns,
        score,
        shared_probability(rows, columns, score, prior).astype(np.float32),
        {},
        len(found),
        {"splink": score},
    )
