"""Names: the fixed tasks of the reference, fresh draws, labelled pairs, what is reachable, cost, blocking.

    python -m benchmarks names                    everything
    python benchmarks/names.py tasks              tasks | draw | cities | pairs | relatives | reach | cost | keys
    python benchmarks/names.py growth             lists of invented names at 1, 4 and 16 times; OPENCOMPACT_BENCHMARK_NAMES sets the longest

Takes the folder of the reference from OPENCOMPACT_REFERENCE. Measures as its README says: recall@1 and recall@10 with
ties at their middle rank, rounded down (two that are tied for the first place both count as found, as in the README's own numbers), and
strictly, where they do not; F1 at the best threshold, each query's right pair against 20 random candidates and the 3
highest-scoring wrong ones. Beside ours stand anyascii + rapidfuzz, measured in the same run on the same pairs.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from opencompact.missing.names import (
    PreparedNames,
    Scorer,
    blocking_keys,
    compare,
    parts,
    prepare,
    prepared,
    score_pairs,
)
from opencompact.missing.names.parts import Part

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks._names_draw import FIXED, FRESH, REPORTED, Task, cities, fixed, fresh, relatives, rows
from benchmarks._spent import spent

TASKS = FIXED
TARGETS = {
    "arabic-native": (0.88, 0.96, 0.80),
    "cyrillic": (0.97, 0.99, 0.92),
    "ethiopic": (0.98, 1.0, 0.95),
    "bengali": (0.94, 0.98, 0.88),
    "han-native": (0.55, 0.75, 0.55),
    "latin-alias": (0.80, 0.90, 0.70),
}
RANDOM_WRONG, HARDEST_WRONG = 20, 3
Scores = NDArray[np.float32]


class Measures(NamedTuple):
    """Recall@1, recall@10, F1 at the best threshold, that threshold; the scores and labels it was chosen on; recall@1 with no tie counted as
    found."""

    recall_1: float
    recall_10: float
    f1: float
    threshold: float
    scores: NDArray[np.float64]
    labels: NDArray[np.bool_]
    strict_1: float


def ours(task: Task) -> Scores:
    queries, candidates = PreparedNames(task.queries), PreparedNames(task.candidates)
    scorer = Scorer(queries, candidates)
    return np.array([scorer.against_all(row) for row in range(len(queries))])


def simple(scorer: Callable[..., float]) -> Callable[[Task], Scores]:
    def score(task: Task) -> Scores:
        sides = [[anyascii(name).lower().replace("-", " ") for name in side] for side in task[:2]]
        return process.cdist(*sides, scorer=scorer, dtype=np.float32)

    return score


METHODS: dict[str, Callable[[Task], Scores]] = {
    "ours": ours,
    "anyascii + WRatio": simple(fuzz.WRatio),
    "anyascii + token sort": simple(fuzz.token_sort_ratio),
}


def best_f1(scores: NDArray[np.floating], labels: NDArray[np.bool_]) -> tuple[float, float]:
    """The best F1 over all thresholds, and the threshold."""
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(labels[order])
    f1 = 2 * found / (np.arange(1, len(order) + 1) + labels.sum())
    f1[np.append(np.diff(scores[order]) == 0, False)] = 0
    best = int(f1.argmax())
    return float(f1[best]), float(scores[order][best])


def measure(scores: Scores, right: NDArray[np.int64], seed: int = 0) -> Measures:
    n = len(right)
    true = scores[np.arange(n), right]
    better = (scores > true[:, None]).sum(axis=1)
    ties = (scores == true[:, None]).sum(axis=1) - 1
    rank = 1 + better + ties // 2
    generator = np.random.default_rng(seed)
    wrong: list[float] = []
    for row, answer in zip(scores, right, strict=True):
        others = np.delete(np.arange(len(row)), answer)
        hardest = others[np.argsort(-row[others], kind="stable")[:HARDEST_WRONG]]
        wrong += [*row[hardest], *row[generator.choice(others, RANDOM_WRONG, replace=False)]]
    pooled = np.concatenate([true, wrong]).astype(float)
    labels = np.arange(len(pooled)) < n
    strict = float((better + ties / 2 == 0).mean())
    return Measures(
        float((rank <= 1).mean()), float((rank <= 10).mean()), *best_f1(pooled, labels), pooled, labels, strict
    )


def show(name: str, tasks: Iterable[tuple[str, Task]]) -> None:
    """The table of all methods on some tasks, and the F1 of ours at one threshold for all."""
    print(f"\n{name}: recall@1 / recall@10 / F1 at the best threshold; recall@1 of ours where a tie is not found")
    print(f"{'task':<16}" + "".join(f"{method:>30}" for method in METHODS) + f"{'asked of ours':>22}{'strictly':>10}")
    pooled: list[Measures] = []
    for label, task in tasks:
        found = {method: measure(score(task), task.right) for method, score in METHODS.items()}
        pooled.append(found["ours"])
        cells = [f"{m.recall_1:.3f} {m.recall_10:.3f} {m.f1:.3f} ({m.threshold:5.1f})" for m in found.values()]
        asked = " ".join(f"{value:.2f}" for value in TARGETS.get(label, ()))
        print(
            f"{label:<16}" + "".join(f"{cell:>30}" for cell in cells) + f"{asked:>22}{found['ours'].strict_1:>10.3f}",
            flush=True,
        )
    scores = np.concatenate([m.scores for m in pooled])
    together = best_f1(scores, np.concatenate([m.labels for m in pooled]))
    print(f"all of them mixed, one threshold: F1 {together[0]:.3f} at {together[1]:.1f} nats (ours)")


def show_tasks(folder: Path) -> None:
    show("Fixed tasks", ((label, fixed(folder / "tasks" / label)) for label in TASKS))


def show_draw(folder: Path) -> None:
    """Fresh tasks over several seeds: the mean, and the least and the greatest of each measure."""
    print(
        f"\nFresh draws of people in no fixed task, seeds {REPORTED}: recall@1 / recall@10 / F1, mean (least–greatest)"
    )
    found: dict[tuple[str, str], list[Measures]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for seed in REPORTED:
        for kind, task in fresh(folder, seed):
            sizes[kind] = len(task.queries)
            for method, score in METHODS.items():
                found[kind, method].append(measure(score(task), task.right))
    print(f"{'task':<16}{'queries':>8}" + "".join(f"{method:>54}" for method in METHODS) + f"{'ours, strictly':>16}")
    for kind in FRESH:
        cells = [_spread(found[kind, method]) for method in METHODS]
        strict = np.mean([m.strict_1 for m in found[kind, "ours"]])
        print(f"{kind:<16}{sizes[kind]:>8}" + "".join(f"{cell:>54}" for cell in cells) + f"{strict:>16.3f}", flush=True)


def show_cities(_folder: Path) -> None:
    """Foreign words in Katakana that no table was made on."""
    task = cities()
    show(f"{len(task.queries)} cities in Katakana among {len(task.candidates)} English names", [("cities", task)])


def _spread(measured: list[Measures]) -> str:
    columns = np.array([m[:3] for m in measured]).T
    return " / ".join(f"{c.mean():.3f} ({c.min():.3f}–{c.max():.3f})" for c in columns)


NEAR_ENOUGH = 0.85
"""Parts of this Jaro–Winkler similarity count as shared when it is asked what could be found at all."""


def show_reach(folder: Path) -> None:
    """How many right pairs share any part at all, and how many right candidates have a namesake on the list."""
    print("\nWhat can be reached: right pairs that share any part; right candidates with a namesake among the others")
    for label in TASKS[:6]:
        task = fixed(folder / "tasks" / label)
        shared = [_share_a_part(q, task.candidates[r]) for q, r in zip(task.queries, task.right, strict=True)]
        known = Counter(_likeness(name) for name in task.candidates)
        twins = np.mean([known[_likeness(task.candidates[r])] > 1 for r in task.right])
        print(f"{label:<16}{np.mean(shared):8.3f}{twins:8.3f}", flush=True)


def _share_a_part(one: str, other: str) -> bool:
    """Whether any two telling parts are spelled nearly alike, or the engine itself equates any."""
    if any(part.information > 2.5 for part in compare(one, other).parts):
        return True
    sides = [[anyascii(part.text).lower() for part in _telling(name)] for name in (one, other)]
    return any(JaroWinkler.similarity(a, b) >= NEAR_ENOUGH for a, b in product(*sides))


def _telling(name: str) -> list[Part]:
    parts = [part for spelling in prepare(name).spellings for part in spelling.parts]
    return [part for part in parts if part.weight > 0.5 and len(part.text) > 2 and part.text not in ("abd", "allah")]


def _likeness(name: str) -> str:
    return " ".join(sorted(anyascii(name).lower().replace("-", " ").replace("'", "").split()))


def show_pairs(folder: Path) -> None:
    """OpenSanctions' labelled pairs of persons."""
    persons = [row for row in rows(folder / "opensanctions_name_bench_cases.tsv") if row["schema"] == "Person"]
    one, other = [row["name1"] for row in persons], [row["name2"] for row in persons]
    labels = np.array([row["is_match"] == "true" for row in persons])
    print(f"\nOpenSanctions' {len(persons)} pairs of persons ({labels.sum()} matches), best F1; asked: 0.78")
    print(f"  ours                   {best_f1(score_pairs(one, other).astype(float), labels)[0]:.3f}")
    for name, scorer in (("WRatio", fuzz.WRatio), ("token sort", fuzz.token_sort_ratio)):
        scores = np.array([scorer(anyascii(a).lower(), anyascii(b).lower()) for a, b in zip(one, other, strict=True)])
        print(f"  anyascii + {name:<11} {best_f1(scores, labels)[0]:.3f}")


def show_relatives(folder: Path) -> None:
    """What is said of relatives by name: the mean score, and how many score above three nats."""
    print("\nRelatives by name (words of real names put together anew): pairs, mean score, share above 3 nats")
    for size in (2, 3, 4):
        for kind, (one, other) in relatives(folder, size).items():
            scores = score_pairs(one, other)
            print(f"{kind:<10}{size} parts{len(scores):8}{scores.mean():8.2f}{(scores > 3).mean():8.3f}", flush=True)


def show_cost(folder: Path) -> None:
    """CPU microseconds, one thread of ours and of rapidfuzz, least of three runs."""
    print(
        f"\nCost in CPU µs (load {os.getloadavg()[0]:.1f}): reading a name of the queries, of the (Latin) candidates; "
        "a pair once prepared (asked: 5); WRatio a pair"
    )
    prepare("Amina 王 أمينة")
    for label in TASKS[:6]:
        task = fixed(folder / "tasks" / label)
        part = Task(task.queries[:50], task.candidates, task.right[:50])
        reading = [spent(partial(_read_anew, side))[0] / len(side) for side in task[:2]]
        scorer = Scorer(PreparedNames(part.queries), PreparedNames(part.candidates))
        rows_, columns = (np.array(side) for side in zip(*product(range(50), range(2000)), strict=True))
        pair = spent(lambda scorer=scorer, r=rows_, c=columns: scorer.pairs(r, c))[0] / len(rows_)
        peer = spent(lambda part=part: METHODS["anyascii + WRatio"](part))[0] / len(rows_)
        cells = "".join(f"{each * 1e6:10.0f}" for each in reading)
        print(f"{label:<16}{cells}{pair * 1e6:10.2f}{peer * 1e6:10.2f}", flush=True)


def _read_anew(names: list[str]) -> None:
    """Reads names as if none of their words had been met before."""
    prepared._read.cache_clear()
    parts._parts_of_piece.cache_clear()
    PreparedNames(names)


def show_keys(folder: Path) -> None:
    """How many right pairs share a key, and how many of all pairs do."""
    print("\nBlocking keys: right pairs that share one; all pairs that share one; keys a name")
    for label in TASKS[:6]:
        task = fixed(folder / "tasks" / label)
        left = [set(blocking_keys(name)) for name in task.queries]
        right = [set(blocking_keys(name)) for name in task.candidates]
        held: dict[str, set[int]] = defaultdict(set)
        for index, keys in enumerate(right):
            for key in keys:
                held[key].add(index)
        met = [set().union(*(held.get(key, set()) for key in keys)) for keys in left]
        recall = np.mean([answer in found for answer, found in zip(task.right, met, strict=True)])
        share = np.mean([len(found) for found in met]) / len(right)
        print(f"{label:<16}{recall:8.3f}{share:10.4f}{np.mean([len(keys) for keys in left + right]):8.1f}", flush=True)


MOST = int(os.environ.get("OPENCOMPACT_BENCHMARK_NAMES", "160000"))
SIZES = (MOST // 16, MOST // 4, MOST)
SOUGHT, PAIRS = 20, 100_000
_SYLLABLES = {
    "Latin": [c + v for c in ("b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "r", "s", "sh", "t", "z", "w", "y") for v in "aeiou"],
    "Arabic": list("ابتجحدرزسشصطعفقكلمنهوي"),
    "Cyrillic": [c + v for c in "бвгджзклмнпрстхш" for v in "аеиоу"],
    "Ethiopic": [chr(row + order) for row in (0x1200, 0x1208, 0x1218, 0x1228, 0x1230, 0x1260, 0x1270, 0x1290) for order in range(7)],
}  # fmt: skip


def invented(count: int, seed: int = 1) -> list[str]:
    """Names of nobody: two to four invented words, few of which are borne by many."""
    generator = random.Random(seed)
    words = {}
    for script, syllables in _SYLLABLES.items():
        words[script] = ["".join(generator.choices(syllables, k=generator.randint(2, 4))) for _ in range(20_000)]
    scripts = generator.choices(list(words), [6, 2, 1, 1], k=count)
    return [
        " ".join(words[script][int(20_000 * generator.random() ** 3)] for _ in range(generator.randint(2, 4)))
        for script in scripts
    ]


def show_growth(_folder: Path) -> None:
    """The commands on invented names: CPU seconds and peak memory of one run each, all in one process of their own."""
    print(f"\nGrowth (load {os.getloadavg()[0]:.1f}): one run each, CPU seconds and peak memory in MB")
    with tempfile.TemporaryDirectory() as folder:
        queries, candidates, out = (str(Path(folder, name)) for name in ("queries.tsv", "candidates.tsv", "out.tsv"))
        names = invented(max(SIZES[-1], 2 * PAIRS))
        _write(queries, ["id", "name"], enumerate(invented(SOUGHT, seed=2)))
        for size in SIZES:
            _write(candidates, ["id", "name"], enumerate(names[:size]))
            spent, memory = _run("search", queries, candidates, "--out", out)
            print(f"search of {SOUGHT} in {size:>9,}{spent:10.1f} s{memory:10.0f} MB", flush=True)
        _write(candidates, ["name1", "name2"], zip(names[:PAIRS], names[PAIRS : 2 * PAIRS], strict=True))
        spent, memory = _run("score", candidates, "--out", out)
        print(f"score of {PAIRS:,} pairs{spent:14.1f} s{memory:10.0f} MB", flush=True)


def _write(path: str, headings: list[str], cells: Iterable[tuple[object, object]]) -> None:
    with Path(path).open("w", encoding="utf-8") as stream:
        stream.write("\t".join(headings) + "\n")
        stream.writelines(f"{one}\t{other}\n" for one, other in cells)


def _run(*arguments: str) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a `names` command in a process of its own."""
    process_ = subprocess.Popen(
        [sys.executable, "-m", "opencompact.cli", "names", *arguments, "--json"], stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process_.pid, 0)
    process_.returncode = os.waitstatus_to_exitcode(status)
    if process_.returncode:
        raise SystemExit(f"names {arguments[0]} ended with {process_.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


PARTS = {
    "tasks": show_tasks,
    "draw": show_draw,
    "cities": show_cities,
    "pairs": show_pairs,
    "relatives": show_relatives,
    "reach": show_reach,
    "cost": show_cost,
    "keys": show_keys,
}


def main() -> int:
    reference = os.environ.get("OPENCOMPACT_REFERENCE")
    if not reference or not (Path(reference) / "names").is_dir():
        print("OPENCOMPACT_REFERENCE names no folder with names/: nothing measured.")
        return 0
    for part in sys.argv[1:] or PARTS:
        {**PARTS, "growth": show_growth}[part](Path(reference) / "names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
