"""Linkage beside Splink 5: (a) historical_50k, (c) a fixed scenario of two registers.

    OPENCOMPACT_REFERENCE=<folder of reference results> python benchmarks/linkage.py [a] [c] [--sizes N …] [--alone N …]

Splink is tuned on one seed and scored on another at its best threshold there; ours takes pairs likelier than not. (c): given, father's and family name, sex, birth year, country, place; 30 % of B are people of A, distorted by
transliteration (45 % a name), typing (15 % a name), swapped order (8 %), father's name missing (30 %), year missing (20 %), country missing
(15 %), year within two (35 %), another place (30 %). The names are read from the reference's files when this runs.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from opencompact.missing.candidates.columns import Linked, Plan, link, one_to_one

TUNED, SCORED = 11, 23
COLUMNS = ("given", "father", "family", "sex", "birth_year", "country", "place")
PLAN = Plan(
    ("given", "father", "family"),
    ("sex", "country", "place"),
    ("birth_year",),
    within={"place": "country"},
    group="country",
)
# Words that the source puts before names of legislators and that are nobody's name.
TITLES = {
    "shri",
    "smt",
    "sri",
    "deputada",
    "deputado",
    "senator",
    "senadora",
    "hon",
    "honourable",
    "sir",
    "dame",
    "the",
    "prof",
}
SWAPS = (
    ("ou", "u"), ("oo", "u"), ("u", "ou"), ("ee", "i"), ("i", "ee"), ("i", "y"), ("y", "i"), ("kh", "h"), ("kh", "k"),
    ("h", "kh"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "ch"), ("ch", "sh"), ("dj", "j"), ("j", "dj"), ("j", "y"),
    ("q", "k"), ("k", "q"), ("c", "k"), ("k", "c"), ("ph", "f"), ("f", "ph"), ("v", "w"), ("w", "v"), ("z", "s"), ("s", "z"),
    ("e", "a"), ("a", "e"), ("o", "u"), ("x", "ks"), ("ck", "k"), ("tz", "z"), ("ai", "ay"), ("ei", "ey"), ("iy", "i"),
)  # fmt: skip


class Names:
    """Given and family names of countries, and how each may be spelled otherwise."""

    def __init__(self, folder: Path) -> None:
        table = pl.read_csv(folder / "everypolitician_person_names.tsv", separator="\t", quote_char=None).filter(
            (pl.col("script") == "Latin") & pl.col("lang_tags").str.contains("main")
        )
        given: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        family: dict[str, list[str]] = defaultdict(list)
        for name, country, gender in table.select("name", "country", "gender").iter_rows():
            words = [
                word
                for word in name.lower().replace(".", " ").split()
                if word.replace("'", "").replace("-", "").isalpha() and len(word) > 2 and word not in TITLES
            ]
            if len(words) >= 2:
                sexes = "F" if (gender or "").lower() in ("female", "f", "femme") else "M"
                given[country][sexes].append(words[0])
                family[country].append(words[-1])
        # The source states few sexes: where a country has too few women, its given names stand for both.
        self.countries = sorted((c for c in family if len(family[c]) >= 150), key=lambda c: -len(family[c]))[:40]
        self.given = [
            {
                sex: np.array(given[c][sex] if len(given[c]["F"]) >= 40 else [*given[c]["M"], *given[c]["F"]])
                for sex in "FM"
            }
            for c in self.countries
        ]
        self.family = [np.array(family[c]) for c in self.countries]
        self.other: dict[str, list[str]] = {}
        shared: dict[tuple[str, str], list[str]] = defaultdict(list)
        for script in ("arabic", "russian", "hebrew"):
            rows = pl.read_csv(folder / f"tokens_latin_{script}.tsv", separator="\t", quote_char=None)
            for latin, native in rows.select(rows.columns[:2]).iter_rows():
                shared[script, native].append(latin)
        for spellings in shared.values():
            for one in spellings:
                self.other.setdefault(one, []).extend(s for s in spellings if s != one and _near(s, one))

    def spelled(self, rng: np.random.Generator, name: str) -> str:
        """Another transliteration: one of the tables' where they have it, else one exchange of letters."""
        others = self.other.get(name)
        if others and rng.random() < 0.5:
            return others[int(rng.integers(len(others)))]
        fitting = [pair for pair in SWAPS if pair[0] in name[1:]]
        if not fitting:
            return name
        old, new = fitting[int(rng.integers(len(fitting)))]
        at = name.index(old, 1)
        return name[:at] + new + name[at + len(old) :]


def _near(one: str, other: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other) <= 2


def slip(rng: np.random.Generator, name: str) -> str:
    """A letter dropped, doubled, exchanged with its neighbour, or another one."""
    if len(name) < 3:
        return name
    at, kind = int(rng.integers(len(name) - 1)), int(rng.integers(4))
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[: at + 1] + name[at:]
    if kind == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + "abcdefghijklmnopqrstuvwxyz"[int(rng.integers(26))] + name[at + 1 :]


def _people(rng: np.random.Generator, names: Names, size: int) -> dict[str, np.ndarray]:
    country = rng.integers(0, len(names.countries), size)
    sex = np.where(rng.random(size) < 0.3, "F", "M")
    out = {key: np.empty(size, object) for key in ("given", "father", "family")}
    for number in range(len(names.countries)):
        for code in "FM":
            at = np.flatnonzero((country == number) & (sex == code))
            out["given"][at] = rng.choice(names.given[number][code], len(at))
            out["father"][at] = rng.choice(names.given[number]["M"], len(at))
            out["family"][at] = rng.choice(names.family[number], len(at))
    place = _towns(rng, size)
    return {
        **out,
        "sex": sex.astype(object),
        "birth_year": 2020 - np.clip(rng.lognormal(np.log(26), 0.4, size), 1, 85).astype(np.int64),
        "country": np.array(names.countries, object)[country],
        "place": np.array([f"{c}/{p}" for c, p in zip(country, place, strict=True)], object),
    }


def _towns(rng: np.random.Generator, size: int) -> np.ndarray:
    """One of a country's hundred towns, of sizes as Zipf's law has them (the second has half the people of the first)."""
    weights = 1 / np.arange(1, 101)
    return rng.choice(100, size, p=weights / weights.sum())


def scenario(names: Names, seed: int, size: int) -> tuple[pl.DataFrame, pl.DataFrame, np.ndarray]:
    """(A, B, for each row of B its row in A or -1)."""
    rng = np.random.default_rng(seed)
    first = _people(rng, names, size)
    true = rng.permutation(size)[: round(0.3 * size)]
    second = _people(rng, names, size)
    whose = np.full(size, -1)
    whose[: len(true)] = true
    n = len(true)
    for key in first:
        second[key][:n] = first[key][true]
    for key in ("given", "father", "family"):
        column = second[key]
        for at in np.flatnonzero(rng.random(n) < 0.45):
            column[at] = names.spelled(rng, column[at])
        for at in np.flatnonzero(rng.random(n) < 0.15):
            column[at] = slip(rng, column[at])
    swapped = np.flatnonzero(rng.random(n) < 0.08)
    second["given"][swapped], second["family"][swapped] = (
        second["family"][swapped].copy(),
        second["given"][swapped].copy(),
    )
    year = second["birth_year"].astype(object)
    moved = np.flatnonzero(rng.random(n) < 0.35)
    year[moved] = (second["birth_year"][moved] + rng.choice((-2, -1, 1, 2), len(moved))).astype(object)
    second["birth_year"] = year
    moved = np.flatnonzero(rng.random(n) < 0.30)
    country = {c: i for i, c in enumerate(names.countries)}
    second["place"][moved] = [
        f"{country[second['country'][at]]}/{town}" for at, town in zip(moved, _towns(rng, n)[moved], strict=True)
    ]
    # Unknown fields are as frequent among the others of B: what is missing gives nobody away.
    for key, share in (("father", 0.30), ("birth_year", 0.20), ("country", 0.15)):
        second[key][rng.random(size) < share] = None
    order = rng.permutation(size)
    frames = [
        pl.DataFrame(
            {
                key: pl.Series([*values], dtype=pl.Int64 if key == "birth_year" else pl.String)
                for key, values in side.items()
            }
        )
        for side in (first, {key: values[order] for key, values in second.items()})
    ]
    return frames[0], frames[1], whose[order]


def measure(
    right_pairs: np.ndarray, scores: np.ndarray, true: int, threshold: float | None = None
) -> tuple[float, float, float, float]:
    """(precision, recall, F1, threshold), at the best threshold or at a given one."""
    order = np.argsort(-scores, kind="stable")
    hits, ordered = np.cumsum(right_pairs[order]), scores[order]
    if threshold is not None:
        k = int((scores >= threshold).sum())
        found = int(hits[k - 1]) if k else 0
        return found / max(1, k), found / true, 2 * found / (k + true), threshold
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + true)
    last = np.append(ordered[1:] != ordered[:-1], True)
    best = int(np.where(last, f1, 0).argmax())
    return float(hits[best] / (best + 1)), float(hits[best] / true), float(f1[best]), float(ordered[best])


def ours(
    a: pl.DataFrame, b: pl.DataFrame, whose: np.ndarray, plan: Plan = PLAN
) -> tuple[np.ndarray, np.ndarray, float, Linked]:
    """(which pairs are true, probability of mutual bests, blocking recall, everything)."""
    linked = link(a, b, plan)
    right = whose[linked.right] == linked.left
    chosen = one_to_one(linked, 0.0)
    return right[chosen], linked.probability[chosen], right.sum() / (whose >= 0).sum(), linked


def report(name: str, size: int, figures: Sequence[float], blocking: float, cpu: float, wall: float) -> None:
    precision, recall, f1, _ = figures
    print(
        f"{name:8} {size:>9,}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.4f}  blocking recall {blocking:.4f}"
        f"  {cpu:.1f} CPU s  {wall:.1f} s wall  peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB",
        flush=True,
    )


def splink_own_rules(a: pl.DataFrame, b: pl.DataFrame, prior: float) -> pl.DataFrame:
    """Splink 5 on scenario (c) under its own best rules (chosen on the tuning seed): pairs and match weights."""
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    swapped = "l.given = r.family and l.family = r.given"
    rules = [
        block_on("given", "family"),
        block_on("given", "father"),
        block_on("father", "family"),
        block_on("family", "birth_year"),
        block_on("given", "birth_year"),
        block_on("father", "birth_year"),
        block_on("place", "birth_year", "sex"),
        block_on("substr(given,1,2)", "substr(family,1,2)", "country"),
        block_on("substr(given,1,3)", "place"),
        block_on("substr(family,1,3)", "place"),
        block_on("substr(family,1,3)", "birth_year", "country"),
        block_on("substr(given,1,3)", "birth_year", "country"),
        block_on("family", "country", "sex"),
        swapped,
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(
                library.JaroWinklerAtThresholds(name, [0.92, 0.82]).configure(term_frequency_adjustments=True)
                for name in ("given", "father", "family")
            ),
            library.ExactMatch("sex"),
            library.CustomComparison(
                output_column_name="birth_year",
                comparison_levels=[
                    {
                        "sql_condition": "birth_year_l IS NULL OR birth_year_r IS NULL",
                        "label_for_charts": "null",
                        "is_null_level": True,
                    },
                    {"sql_condition": "birth_year_l = birth_year_r", "label_for_charts": "same"},
                    {"sql_condition": "abs(birth_year_l - birth_year_r) <= 2", "label_for_charts": "two"},
                    {"sql_condition": "ELSE", "label_for_charts": "else"},
                ],
            ),
            library.ExactMatch("country").configure(term_frequency_adjustments=True),
            library.ExactMatch("place").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=prior,
    )
    api = DuckDBAPI()
    tables = [
        api.register(side.with_columns(unique_id=pl.int_range(len(side))).to_arrow(), dataset_display_name=name)
        for name, side in (("a", a), ("b", b))
    ]
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (rules[0], block_on("birth_year", "place", "sex")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker.inference.predict(threshold_match_weight=-10).as_duckdbpyrelation().pl()


def of_splink(a: pl.DataFrame, b: pl.DataFrame, whose: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """(which pairs are true, match weight of mutual bests, blocking recall): the same one-to-one step as ours."""
    found = splink_own_rules(a, b, 0.3 / len(a))
    turned = (found["source_dataset_l"] != "a").to_numpy()
    left, right = (found[f"unique_id_{side}"].to_numpy() for side in "lr")
    rows, columns = np.where(turned, right, left), np.where(turned, left, right)
    weight, true = found["match_weight"].to_numpy(), whose[columns] == rows
    chosen = _best(rows, weight) & _best(columns, weight)
    return true[chosen], weight[chosen], true.sum() / (whose >= 0).sum()


def _best(owner: np.ndarray, score: np.ndarray) -> np.ndarray:
    best = np.full(int(owner.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, owner, score)
    return score == best[owner]


OURS_AT = 0.5
"""Ours needs no tuning: pairs likelier than not."""


def case_c(folder: Path, sizes: Sequence[int], alone: Sequence[int]) -> None:
    """(c): both sides at `sizes`, ours alone at `alone`; Splink's threshold is the best of the tuning seed at the same size."""
    names = Names(folder)
    print(
        f"(c) fixed scenario, names of {len(names.countries)} countries; tuned on seed {TUNED}, scored on seed {SCORED}",
        flush=True,
    )
    for size in [*sizes, *alone]:
        a, b, whose = scenario(names, SCORED, size)
        true = int((whose >= 0).sum())
        wall, cpu = time.perf_counter(), time.process_time()
        right, said, blocking, linked = ours(a, b, whose)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        report("ours", size, measure(right, said, true, OURS_AT), blocking, cpu, wall)
        print(
            f"{'':8} {linked.compared:,} pairs compared; best possible threshold: F1 {measure(right, said, true)[2]:.4f}",
            flush=True,
        )
        del linked
        if size in sizes:
            tuning = scenario(names, TUNED, size)
            right, said, _ = of_splink(*tuning)
            theirs = measure(right, said, int((tuning[2] >= 0).sum()))[3]
            wall, cpu = time.perf_counter(), time.process_time()
            right, said, blocking = of_splink(a, b, whose)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            report("splink 5", size, measure(right, said, true, theirs), blocking, cpu, wall)
            print(f"{'':8} best possible threshold: F1 {measure(right, said, true)[2]:.4f}", flush=True)


HISTORICAL = Plan(
    ("first_name", "surname"),
    ("gender", "occupation", "birth_place"),
    (),
    ("dob", "postcode_fake"),
    keep=60,
    largest=3_000,
)


def case_a(folder: Path) -> None:
    """(a): all pairs of historical_50k in one file; each side's threshold is the best on one half of its people, scored on all."""
    table = pl.read_parquet(folder / "record_linkage_historical_50k.parquet").drop("full_name", "first_and_surname")
    people = table["cluster"].unique().sort().shuffle(seed=5)
    thresholds: dict[str, float] = {}
    print("(a) historical_50k, all pairs of one file", flush=True)
    for chosen in (people[: len(people) // 2], people):
        sample = table.filter(pl.col("cluster").is_in(chosen.implode()))
        label = sample["cluster"].rank("dense").to_numpy()
        sizes = np.bincount(label)
        true = int((sizes * (sizes - 1) // 2).sum())
        for who in ("ours", "splink 5"):
            wall, cpu = time.perf_counter(), time.process_time()
            left, right, score = _own_pairs(sample) if who == "ours" else _splink_pairs(sample)
            same = label[left] == label[right]
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            figures = measure(same, score, true, thresholds.get(who))
            thresholds[who] = figures[3]
            if len(sample) == len(table):
                report(who, len(sample), figures, same.sum() / true, cpu, wall)


def _own_pairs(sample: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    linked = link(sample, sample, HISTORICAL, itself=True)
    return linked.left, linked.right, linked.score


def _splink_pairs(sample: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Splink's own published model of this data set: its blocking rules and comparisons."""
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rules = [
        block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("postcode_fake", "first_name"),
        block_on("postcode_fake", "surname"),
        block_on("dob", "birth_place"),
        block_on("substr(postcode_fake,1,3)", "dob"),
        block_on("substr(postcode_fake,1,3)", "first_name"),
        block_on("substr(postcode_fake,1,3)", "surname"),
        block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            *(
                library.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)
                for name in ("first_name", "surname")
            ),
            *(library.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in ("dob", "postcode_fake")),
            *(
                library.ExactMatch(name).configure(term_frequency_adjustments=True)
                for name in ("birth_place", "occupation")
            ),
        ],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=10 / len(sample),
    )
    api = DuckDBAPI()
    named = sample.with_columns(unique_id=pl.int_range(len(sample)))
    linker = Linker(api.register(named.to_arrow(), dataset_display_name="sample"), settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("first_name", "surname"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_weight=-10).as_duckdbpyrelation().pl()
    return found["unique_id_l"].to_numpy(), found["unique_id_r"].to_numpy(), found["match_weight"].to_numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", default=["a", "c"])
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--alone", type=int, nargs="*", default=[])
    chosen = parser.parse_args()
    folder = Path(os.environ["OPENCOMPACT_REFERENCE"]) / "names"
    if "a" in chosen.cases:
        case_a(folder)
    if "c" in chosen.cases:
        case_c(folder, chosen.sizes, chosen.alone)


if __name__ == "__main__":
    main()
