"""Case (b) of `benchmarks/linkage.py`: the synthetic world, beside Splink 5 with every pair allowed.

Splink is given what our records hold, as columns: names in Latin letters (anyascii) and their metaphones, sex, year of birth as the middle of what is known,
origin, stature, days and places, departure and means of travel. Its rule is "all pairs", so that nothing is lost before scoring; both
sides are mutual bests. Its levels are the best of a search, one at a time, on seeds 5 and 6 of the worlds before they told departures and erred by group
(mean F1 0.755, 0.642 before): three sets of levels of names (with one of sound, with one of exchanged names), days apart with and without order, levels of
births, statures, distances and traits. Of six sets of rules to train on, with 10 rounds, those are taken that are best (mean F1 of seeds 5 and 6 0.666) among the three whose
EM ends on all of seeds 5, 6 and 202: with the pair of names as a rule a level falls below the least number that Splink takes.
"""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks._linkage_measure import Clock, measure, mutual_best, report
from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.candidates.competition import shared_probability
from opencompact.missing.evidence.age import birth_range
from opencompact.missing.evidence.journey import means_of
from opencompact.missing.records.reading import read_records
from opencompact.missing.records.record import Record
from opencompact.missing.world import make_world, write_world

TODAY = datetime.date(2026, 11, 21)
SIZE, TUNED, SCORED = 700, 5, 202
NAMES = ("given", "father", "family")
JARO_WINKLER = (0.94, 0.88, 0.80, 0.70)
TRAINED_ON = (("given",), ("family",))
ROUNDS = 10
"""Rounds of Splink's EM."""
Records = tuple[Record, ...]
Pairs = tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.floating]]


def world_records(seed: int, size: int) -> tuple[Records, Records, list[tuple[str, str]]]:
    """Records sought and found of a world, as its files are read, and which are one person."""
    world = make_world(seed, size)
    with tempfile.TemporaryDirectory() as folder:
        write_world(world, Path(folder))
        sought, found = (tuple(read_records(Path(folder) / f"{name}.csv").records) for name in ("sought", "found"))
    return sought, found, list(world.truth)


def case_b() -> None:
    """Both sides at the best threshold of the tuning seed; a person reported twice is two true pairs, of which one to one finds one."""
    print(f"(b) synthetic worlds of {SIZE} people, tuned on seed {TUNED}, scored on {SCORED}", flush=True)
    for who, side in (("ours", own_pairs), ("splink 5", splink_pairs)):
        threshold: float | None = None
        for seed in (TUNED, SCORED):
            sought, found, truth = world_records(seed, SIZE)
            at = [{record.id: n for n, record in enumerate(records)} for records in (sought, found)]
            true = {(at[0][a], at[1][b]) for a, b in truth}
            clock = Clock()
            rows, columns, score = side(sought, found)
            spent = float(clock)
            right = np.array([pair in true for pair in zip(rows.tolist(), columns.tolist(), strict=True)], bool)
            chosen = mutual_best(rows, columns, score)
            best = measure(right[chosen], score[chosen], len(true))
            if threshold is not None:
                given = measure(right[chosen], score[chosen], len(true), threshold)
                report(who, len(found), given, best, float(right.sum() / len(true)), spent)
            threshold = best.threshold


def own_pairs(sought: Records, found: Records) -> Pairs:
    """The likeliest twenty of each, by probability."""
    search = Search(Register(sought, TODAY), Register(found, TODAY), setting_of(sought, found, TODAY))
    rows, columns, scores = search.best(20)
    return rows, columns, shared_probability(rows, columns, scores, search.prior().if_no_other, beyond=search.beyond)


def _plain(record: Record) -> dict[str, object]:
    """A record as plain columns."""
    from anyascii import anyascii

    names = {name.kind: anyascii(name.text).lower() for name in reversed(record.names)}
    born = birth_range(record, TODAY)
    stop = record.stop("found") or record.stop("last-contact")
    point = stop.place.point if stop and stop.place else None
    return {
        "given": names.get("given"),
        "father": names.get("father"),
        "family": names.get("family"),
        "sex": record.sex.value if record.sex else None,
        "born": (born[0] + born[1]) / 2 if born else None,
        "origin": record.nationality[0] if record.nationality else None,
        "stature": (record.stature.low + record.stature.high) / 2 if record.stature else None,
        "day": float(stop.days.start.toordinal()) if stop and stop.days else None,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        **{trait: record.trait(trait) for trait in ("hair", "eyes", "build")},
        **_departure(record),
        "means": " ".join(sorted(*means)) if len(means := means_of(record)) == 1 else None,
    }


def _departure(record: Record) -> dict[str, object]:
    """Day and place of the departure that a record tells."""
    stop = record.stop("departure")
    return {
        "left_day": float(stop.days.start.toordinal()) if stop and stop.days else None,
        "left_place": stop.place.text if stop and stop.place else None,
    }


def _columns(records: Records) -> pl.DataFrame:
    from jellyfish import metaphone

    numbers = ("born", "stature", "day", "latitude", "longitude", "left_day")
    table = [_plain(record) for record in records]
    plain = pl.DataFrame(table, schema={name: pl.Float64() if name in numbers else pl.String() for name in table[0]})
    sounds = (
        pl.Series(f"{name}_m", [metaphone(text or "") or None for text in plain[name]], pl.String()) for name in NAMES
    )
    return plain.with_columns(*sounds)


def _named(name: str) -> object:
    """A name: the same by how frequent it is, near, of one sound, less near."""
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    first, *further = JARO_WINKLER
    told = [
        levels.NullLevel(name),
        levels.ExactMatchLevel(name, term_frequency_adjustments=True),
        levels.JaroWinklerLevel(name, first),
        levels.CustomLevel(f"{name}_m_l = {name}_m_r", "of one sound"),
        *(levels.JaroWinklerLevel(name, least) for least in further),
        levels.ElseLevel(),
    ]
    return library.CustomComparison(output_column_name=name, comparison_levels=told)


def _comparisons() -> list[object]:
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    def apart(name: str, *steps: object) -> object:
        told = [levels.NullLevel(name), *steps, levels.ElseLevel()]
        return library.CustomComparison(output_column_name=name, comparison_levels=told)

    def within(name: str, *most: int) -> list[object]:
        return [levels.CustomLevel(f"abs({name}_l - {name}_r) <= {n}", f"within {n}") for n in most]

    later = "(case when source_dataset_l = 'a' then day_r - day_l else day_l - day_r end)"
    days = [levels.CustomLevel(f"{later} between -15 and {n}", f"found within {n} days") for n in (30, 120, 365)]
    return [
        *(_named(name) for name in NAMES),
        *(library.ExactMatch(name) for name in ("sex", "hair", "eyes", "build")),
        library.ExactMatch("origin").configure(term_frequency_adjustments=True),
        apart("born", *within("born", 1, 3, 6, 10)),
        apart("stature", *within("stature", 2, 5, 9)),
        apart("day", *days, levels.CustomLevel(f"{later} < -15", "found before")),
        library.DistanceInKMAtThresholds("latitude", "longitude", [100, 500, 1500]),
        apart("left_day", *within("left_day", 1, 7, 31)),
        *(library.ExactMatch(name) for name in ("left_place", "means")),
    ]


def splink_pairs(sought: Records, found: Records) -> Pairs:
    """Splink's match weights of all pairs."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="link_only",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=["1=1"],
        probability_two_random_records_match=0.5 / max(len(sought), len(found)),
        max_iterations=ROUNDS,
    )
    api = DuckDBAPI()
    tables = [
        api.register(
            _columns(side).with_columns(unique_id=pl.int_range(len(side))).to_arrow(), dataset_display_name=name
        )
        for name, side in (("a", sought), ("b", found))
    ]
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in TRAINED_ON:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    told = linker.inference.predict(threshold_match_weight=-20).as_duckdbpyrelation().pl()
    turned = (told["source_dataset_l"] != "a").to_numpy()
    left, right = (told[f"unique_id_{side}"].to_numpy() for side in "lr")
    return np.where(turned, right, left), np.where(turned, left, right), told["match_weight"].to_numpy()
