"""Fresh matching tasks of the same kinds as the fixed ones, from the open files, of people who are in no fixed task.

The names' weights were tuned on the seeds of TUNED; what is reported is measured on those of REPORTED. Beside the six fixed kinds
stand the other scripts of the open files. The right answer is the person's main Latin name; the wrong ones are main
Latin names of others of the same sources.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from babel import Locale
from numpy.typing import NDArray

FIXED = ("arabic-native", "cyrillic", "ethiopic", "bengali", "han-native", "latin-alias", "arabic", "han")
TUNED, REPORTED = (1, 2, 3), (11, 12, 13)
QUERIES, CANDIDATES = 300, 2000

_LISTS = ("un_individuals_names", "eu_journal_individuals_names")
_HOME = {
    "Iraq",
    "Iran",
    "Yemen",
    "Syria",
    "Bahrain",
    "Lebanon",
    "Kuwait",
    "United_Arab_Emirates",
    "Jordan",
    "Afghanistan",
    "Morocco",
    "Algeria",
    "Tunisia",
    "Libya",
    "Egypt",
    "Sudan",
    "Saudi_Arabia",
    "Qatar",
    "Oman",
    "Mauritania",
    "Palestine",
    "Pakistan",
}
_SCRIPTS = {"arabic-native": "Arabic", "cyrillic": "Cyrillic", "latin-alias": "Latin"}
OTHER_SCRIPTS = ("Han", "Devanagari", "Hangul", "Greek", "Katakana", "Hebrew", "Tamil", "Armenian")
"""Scripts of at least fifty people with a Latin name; `Han` are mostly foreign names written in Chinese."""

FRESH = ("arabic-native", "cyrillic", "ethiopic", "bengali", "latin-alias", *OTHER_SCRIPTS)
"""No person of the countries where Han is at home is left outside the fixed task."""


class Task(NamedTuple):
    """Queries, candidates, and for each query the index of its one right candidate."""

    queries: list[str]
    candidates: list[str]
    right: NDArray[np.int64]


class Person(NamedTuple):
    """The names of one person in one source: (name, script, kind), and the country of a legislator."""

    names: list[tuple[str, str, str]]
    country: str

    @property
    def main(self) -> str | None:
        """The first Latin name that is no alias."""
        return next((name for name, script, kind in self.names if script == "Latin" and kind in ("", "primary")), None)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file, quotation marks as they stand."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def fixed(folder: Path) -> Task:
    """A fixed task from its three files."""
    queries, candidates = rows(folder / "queries.tsv"), rows(folder / "candidates.tsv")
    place = {row["id"]: index for index, row in enumerate(candidates)}
    truth = {row["query_id"]: place[row["candidate_id"]] for row in rows(folder / "truth.tsv")}
    right = np.array([truth[row["id"]] for row in queries])
    return Task([row["name"] for row in queries], [row["name"] for row in candidates], right)


def fresh(folder: Path, seed: int, kinds: Iterable[str] = FRESH) -> Iterator[tuple[str, Task]]:
    """Tasks of these kinds, drawn with a seed; fewer than 300 queries where fewer people are left."""
    spent = {name for kind in FIXED for name in _spent(fixed(folder / "tasks" / kind))}
    lists = [person for name in _LISTS for person in _people(folder / f"{name}.tsv") if _unspent(person, spent)]
    elected = [p for p in _people(folder / "everypolitician_person_names.tsv") if _unspent(p, spent)]
    latin = [person.main for person in (*lists, *elected) if person.main]
    for kind in kinds:
        generator = random.Random(f"{kind} {seed}")
        if kind in ("ethiopic", "bengali"):
            pairs = _two_columns(folder, kind, spent)
            own = [right for _left, right in pairs]
            yield kind, _drawn(pairs, own if kind == "bengali" else [*own, *latin], generator)
        elif kind == "latin-alias":
            listed = [person.main for person in lists if person.main]
            pool = [*generator.sample(listed, min(1400, len(listed))), *latin]
            yield kind, _drawn(list(_pairs(lists, kind, generator)), pool, generator)
        else:
            yield kind, _drawn(list(_pairs([*lists, *elected], kind, generator)), latin, generator)


def cities() -> Task:
    """The cities of time zones that Unicode's CLDR writes in Katakana, sought among its English names of all of them."""
    japanese, english = Locale("ja").time_zones, Locale("en").time_zones
    zones = dict.fromkeys([*japanese, *english])
    names = {zone: english.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ") for zone in zones}
    written = {found["city"]: names[zone] for zone, found in japanese.items() if "city" in found}
    pairs = {city: name for city, name in written.items() if _KATAKANA.fullmatch(city)}
    candidates = list(dict.fromkeys(names.values()))
    return Task(list(pairs), candidates, np.array([candidates.index(name) for name in pairs.values()]))


def relatives(folder: Path, size: int, seed: int = 5) -> dict[str, tuple[list[str], list[str]]]:
    """Names of `size` words, and what a sister, brother or cousin of another family, and a father with a name of his own would be called.

    Words of others of the same lists take the place of the first, of the last, or of both ends.
    """
    generator = random.Random(seed)
    people = [
        person for name in (*_LISTS, "everypolitician_person_names") for person in _people(folder / f"{name}.tsv")
    ]
    names = [person.main for person in people if person.main and "," not in person.main and "." not in person.main]
    words = [name.split() for name in generator.sample(names, len(names)) if len(name.split()) == size][:1000]
    others = [(generator.choice(words)[0], generator.choice(words)[-1]) for _ in words]
    kin = {
        "siblings": [[first, *name[1:]] for name, (first, _last) in zip(words, others, strict=True)],
        "cousins": [[*name[:-1], last] for name, (_first, last) in zip(words, others, strict=True)],
        "father": [[*name[1:], last] for name, (_first, last) in zip(words, others, strict=True)],
    }
    return {kind: _joined(words, their) for kind, their in kin.items()}


def _joined(names: list[list[str]], their: list[list[str]]) -> tuple[list[str], list[str]]:
    """The pairs that differ, as text."""
    pairs = [(" ".join(one), " ".join(other)) for one, other in zip(names, their, strict=True) if one != other]
    return [one for one, _other in pairs], [other for _one, other in pairs]


_KATAKANA = re.compile("[ァ-ヺー・=＝ ]+")


def _spent(task: Task) -> set[str]:
    return {*task.queries, *(task.candidates[index] for index in task.right)}


def _unspent(person: Person, spent: set[str]) -> bool:
    return not any(name in spent for name, _script, _kind in person.names)


def _people(path: Path) -> list[Person]:
    people: dict[str, Person] = defaultdict(lambda: Person([], ""))
    for row in rows(path):
        person = people[row["person_id"]]
        person.names.append((row["name"], row["script"], row.get("kind", "")))
        people[row["person_id"]] = person._replace(country=row.get("country", ""))
    return list(people.values())


def _pairs(people: Iterable[Person], kind: str, generator: random.Random) -> Iterator[tuple[str, str]]:
    script = _SCRIPTS.get(kind, kind)
    for person in people:
        if not person.main or (kind == "arabic-native" and person.country and person.country not in _HOME):
            continue
        found = [name for name, written, sort in person.names if written == script and _fits(kind, sort)]
        if found:
            yield generator.choice(found), person.main


def _fits(kind: str, sort: str) -> bool:
    return sort in ("alias", "alias_good") if kind == "latin-alias" else True


def _two_columns(folder: Path, kind: str, spent: set[str]) -> list[tuple[str, str]]:
    latin = "latin_common" if kind == "ethiopic" else "name_latin"
    pairs = [(row[f"name_{kind}"], row[latin]) for row in rows(folder / f"{kind}_full_names.tsv")]
    return [pair for pair in pairs if all(pair) and not spent & set(pair)]


def _drawn(pairs: list[tuple[str, str]], pool: list[str], generator: random.Random) -> Task:
    chosen = dict(generator.sample([(right, left) for left, right in pairs], min(QUERIES, len(pairs))))
    others = list(dict.fromkeys(name for name in pool if name not in chosen))
    others = generator.sample(others, min(CANDIDATES - len(chosen), len(others)))
    return Task(list(chosen.values()), [*chosen, *others], np.arange(len(chosen)))
