"""Scenario (c) of `benchmarks/linkage.py`: two registers of people with given, father's and family name, sex, birth year, country and place.

30 % of the second are people of the first, distorted at the rates of `RATES`; a distortion always changes something, and what is unknown
is unknown as often among the others. Names are those of one country together, in Latin letters, read from the reference's files when this runs; towns are a hundred
of a country, of sizes as Zipf's law has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

NAMES = ("given", "father", "family")
TRUE = 0.30
RATES: Mapping[str, float] = {
    "transliteration": 0.45,  # of each name
    "typing": 0.15,  # of each record, in one of its names
    "swapped": 0.08,  # given and family name exchanged
    "other year": 0.35,  # one or two years off
    "other place": 0.30,  # of the same country
    "no father": 0.30,
    "no year": 0.20,
    "no country": 0.15,
}
LEAST_NAMES, FEW_WOMEN = 100, 40
TOWNS = 100
# Words that the source puts before names of legislators and that are nobody's name.
TITLES = frozenset(
    [
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
    ]
)
SWAPS = (
    ("ou", "u"), ("oo", "u"), ("u", "ou"), ("ee", "i"), ("i", "ee"), ("i", "y"), ("y", "i"), ("kh", "h"), ("kh", "k"),
    ("h", "kh"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "ch"), ("ch", "sh"), ("dj", "j"), ("j", "dj"), ("j", "y"),
    ("q", "k"), ("k", "q"), ("c", "k"), ("k", "c"), ("ph", "f"), ("f", "ph"), ("v", "w"), ("w", "v"), ("z", "s"), ("s", "z"),
    ("e", "a"), ("a", "e"), ("o", "u"), ("x", "ks"), ("ck", "k"), ("tz", "z"), ("ai", "ay"), ("ei", "ey"), ("iy", "i"),
)  # fmt: skip

Column = NDArray[np.object_]


@dataclass(frozen=True)
class Names:
    """Given names by sex and family names of each country, as often as they are borne, and other spellings of a name."""

    countries: Sequence[str]
    given: Sequence[Mapping[str, Column]]
    family: Sequence[Column]
    other: Mapping[str, Sequence[str]]

    def spelled(self, rng: np.random.Generator, name: str) -> str:
        """Another transliteration: one of the tables' where they have it, else one exchange of letters, else an h more or less at the end."""
        others = self.other.get(name)
        if others and rng.random() < 0.5:
            return others[int(rng.integers(len(others)))]
        fitting = [pair for pair in SWAPS if pair[0] in name[1:]]
        if not fitting:
            return name.removesuffix("h") if name.endswith("h") else name + "h"
        old, new = fitting[int(rng.integers(len(fitting)))]
        at = name.index(old, 1)
        return name[:at] + new + name[at + len(old) :]


def read_names(folder: Path) -> Names:
    """Names of the countries with enough of them in the reference's files."""
    given: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    family: dict[str, list[str]] = defaultdict(list)
    table = pl.read_csv(folder / "everypolitician_person_names.tsv", separator="\t", quote_char=None).filter(
        (pl.col("script") == "Latin") & pl.col("lang_tags").str.contains("main")
    )
    for name, country, gender in table.select("name", "country", "gender").iter_rows():
        words = [word for word in name.lower().replace(".", " ").split() if _is_name(word)]
        if len(words) >= 2:
            given[country]["F" if (gender or "").lower() in ("female", "f", "femme") else "M"].append(words[0])
            family[country].append(words[-1])
    countries = sorted(country for country in family if len(family[country]) >= LEAST_NAMES)
    return Names(
        countries,
        [_by_sex(given[country]) for country in countries],
        [np.array(family[country], object) for country in countries],
        _other_spellings(folder),
    )


def _is_name(word: str) -> bool:
    return word.replace("'", "").replace("-", "").isalpha() and len(word) > 2 and word not in TITLES


def _by_sex(given: Mapping[str, list[str]]) -> dict[str, Column]:
    """The source states few sexes: where a country has too few women, its given names stand for both."""
    women = given["F"] if len(given["F"]) >= FEW_WOMEN else [*given["M"], *given["F"]]
    return {"M": np.array(given["M"], object), "F": np.array(women, object)}


def _other_spellings(folder: Path) -> dict[str, list[str]]:
    from rapidfuzz.distance import Levenshtein

    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for script in ("arabic", "russian", "hebrew"):
        rows = pl.read_csv(folder / f"tokens_latin_{script}.tsv", separator="\t", quote_char=None)
        for latin, native in rows.select(rows.columns[:2]).iter_rows():
            shared[script, native].append(latin)
    other: dict[str, list[str]] = defaultdict(list)
    for spellings in shared.values():
        for one in spellings:
            other[one] += [said for said in spellings if said != one and Levenshtein.distance(one, said) <= 2]
    return other


def slip(rng: np.random.Generator, name: str) -> str:
    """A letter dropped, doubled, exchanged with its neighbour, or another one; never the same name."""
    found = name
    while found == name:
        at, kind = int(rng.integers(max(1, len(name) - 1))), int(rng.integers(4))
        if kind == 0:
            found = name[:at] + name[at + 1 :]
        elif kind == 1:
            found = name[: at + 1] + name[at:]
        elif kind == 2:
            found = name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
        else:
            found = name[:at] + "abcdefghijklmnopqrstuvwxyz"[int(rng.integers(26))] + name[at + 1 :]
    return found


def people(rng: np.random.Generator, names: Names, size: int) -> dict[str, Column]:
    """Columns of so many people who never lived."""
    country = rng.integers(0, len(names.countries), size)
    sex = np.where(rng.random(size) < 0.3, "F", "M")
    out: dict[str, Column] = {key: np.empty(size, object) for key in NAMES}
    for number in range(len(names.countries)):
        for code in "FM":
            at = np.flatnonzero((country == number) & (sex == code))
            out["given"][at] = rng.choice(names.given[number][code], len(at))
            out["father"][at] = rng.choice(names.given[number]["M"], len(at))
            out["family"][at] = rng.choice(names.family[number], len(at))
    return {
        **out,
        "sex": sex.astype(object),
        "birth_year": (2020 - np.clip(rng.lognormal(np.log(26), 0.4, size), 1, 85).astype(np.int64)).astype(object),
        "country": np.array(names.countries, object)[country],
        "place": np.array([f"{c}/{p}" for c, p in zip(country, _towns(rng, size), strict=True)], object),
    }


def _towns(rng: np.random.Generator, size: int) -> NDArray[np.int64]:
    weights = 1 / np.arange(1, TOWNS + 1)
    return rng.choice(TOWNS, size, p=weights / weights.sum())


def scenario(
    names: Names, seed: int, size: int, rates: Mapping[str, float] = RATES
) -> tuple[pl.DataFrame, pl.DataFrame, NDArray[np.int64]]:
    """(A, B, for each row of B its row in A or -1)."""
    rng = np.random.default_rng(seed)
    first, second = people(rng, names, size), people(rng, names, size)
    true = rng.permutation(size)[: round(TRUE * size)]
    whose = np.full(size, -1)
    whose[: len(true)] = true
    for key in first:
        second[key][: len(true)] = first[key][true]
    distort(rng, names, second, len(true), rates)
    for key, rate in (("father", "no father"), ("birth_year", "no year"), ("country", "no country")):
        second[key][rng.random(size) < rates.get(rate, 0.0)] = None
    order = rng.permutation(size)
    return _frame(first), _frame({key: values[order] for key, values in second.items()}), whose[order]


def distort(
    rng: np.random.Generator, names: Names, side: dict[str, Column], n: int, rates: Mapping[str, float]
) -> None:
    """Distorts the first `n` people of a side, in place."""

    def those(rate: str) -> NDArray[np.int64]:
        return np.flatnonzero(rng.random(n) < rates.get(rate, 0.0))

    for key in NAMES:
        for at in those("transliteration"):
            side[key][at] = names.spelled(rng, side[key][at])
    for at in those("typing"):
        key = NAMES[rng.integers(len(NAMES))]
        side[key][at] = slip(rng, side[key][at])
    at = those("swapped")
    side["given"][at], side["family"][at] = side["family"][at].copy(), side["given"][at].copy()
    at = those("other year")
    side["birth_year"][at] += rng.choice((-2, -1, 1, 2), len(at))
    for at in those("other place"):
        country, town = side["place"][at].split("/")
        others = _towns(rng, 20)
        side["place"][at] = f"{country}/{others[others != int(town)][0]}"


def _frame(side: Mapping[str, Column]) -> pl.DataFrame:
    kinds = {"birth_year": pl.Int64()}
    return pl.DataFrame(
        {key: pl.Series(list(values), dtype=kinds.get(key, pl.String())) for key, values in side.items()}
    )
