"""Blind search: every remains against every missing person, no pair left out, nothing of the size of all pairs kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import UsageError
from opencompact.missing.kinship.case import Array, Case, Family, Marker, Sex
from opencompact.missing.kinship.layout import Layout, Target
from opencompact.missing.kinship.shapes import signature

BLOCK = 2_000
"""Missing people whose tables are built and scored together."""


@dataclass(frozen=True)
class Pairwise:
    """log10 LR of every remains being every missing person against a stranger; NaN where their sexes differ."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    log10_LR: Array

    def as_dict(self) -> dict[str, object]:
        """With the keys of the reference cases: `LR` and `log10_LR`, each `rows`, `columns`, `values`, null for NaN."""
        with np.errstate(over="ignore"):
            return {
                key: self._matrix(values) for key, values in (("LR", 10.0**self.log10_LR), ("log10_LR", self.log10_LR))
            }

    def _matrix(self, values: Array) -> dict[str, object]:
        cells = [[None if np.isnan(value) else float(value) for value in row] for row in values]
        return {"rows": list(self.rows), "columns": list(self.columns), "values": cells}


@dataclass(frozen=True)
class Hit:
    """One remains and one missing person who may be the same: place in the lists searched, and log10 LR."""

    remains: int
    missing: int
    log10_LR: float


@dataclass(frozen=True)
class Search:
    """What a search kept: the best missing of each remains and the best remains of each missing, at or above the floor."""

    hits: tuple[Hit, ...]
    pairs: int
    floor: float
    per_remains: int
    per_missing: int
    full_remains: tuple[int, ...] = field(default=())
    """Remains whose list is full: they may have more hits than were kept."""


def may_be(remains: Sex, missing: Sex) -> bool:
    """Whether the sexes leave the two open to be one person."""
    return "unknown" in (remains, missing) or remains == missing


def targets_of(families: Sequence[Family]) -> list[Target]:
    return [(family, person) for family in families for person in family.missing]


def table_rows(case: Case, layout: Layout, targets: Sequence[Target]) -> Array:
    """log10 T of each target under the frequencies of its family's population, shape (targets, width)."""
    made = np.empty((len(targets), layout.width))
    groups: defaultdict[str | None, list[int]] = defaultdict(list)
    for place, (family, _) in enumerate(targets):
        groups[family.population].append(place)
    for places in groups.values():
        markers: tuple[Marker, ...] = case.markers_of(targets[places[0]][0])
        made[places] = layout.rows([targets[place] for place in places], case.theta, markers=markers)
    return made


class TableCache:
    """Table rows kept from one search to the next: only families whose pedigree or profiles changed are computed again.

    Rows are known by what they are made of, not by a family's name. A cache belongs to one layout; with another (other
    markers, other doubtful observations among the remains) it starts anew. `computed` counts the rows made so far.
    """

    def __init__(self) -> None:
        self._layout: tuple[object, ...] = ()
        self._rows: dict[tuple[object, ...], Array] = {}
        self.computed = 0

    def rows(self, case: Case, layout: Layout, targets: Sequence[Target]) -> Array:
        """As `table_rows`, computing only what is not known yet."""
        signature_of_layout = layout.signature(case.theta)
        if signature_of_layout != self._layout:
            self._layout, self._rows = signature_of_layout, {}
        keys = [_content(case, family, person) for family, person in targets]
        fresh = [place for place, key in enumerate(keys) if key not in self._rows]
        if fresh:
            made = table_rows(case, layout, [targets[place] for place in fresh])
            self._rows.update({keys[place]: row for place, row in zip(fresh, made, strict=True)})
            self.computed += len(fresh)
        return np.stack([self._rows[key] for key in keys])


def _content(case: Case, family: Family, person: str) -> tuple[object, ...]:
    """All that the tables of one missing person depend on, besides the layout."""
    number = {member.id: place for place, member in enumerate(family.pedigree.members)}
    profiles = tuple(
        (
            number[one],
            tuple(sorted(p.calls.items())),
            p.dropout,
            tuple(sorted(p.dropout_by_marker.items())),
            p.typing_error,
        )
        for one, p in sorted(family.profiles.items(), key=lambda item: number[item[0]])
    )
    return signature(family.pedigree), number[person], profiles, family.population


def pairwise(case: Case) -> Pairwise:
    """The whole matrix in double precision: for cases, not for databases."""
    targets = targets_of(case.families)
    layout = Layout(case.markers, case.remains, only_seen=case.theta > 0)
    rows = table_rows(case, layout, targets)
    offsets = layout.offsets(case.remains)
    scores = np.full((len(case.remains), len(targets)), np.nan)
    for column, (family, person) in enumerate(targets):
        sex = family.pedigree.person(person).sex
        fits = np.array([may_be(profile.sex, sex) for profile in case.remains], dtype=bool)
        scores[fits, column] = rows[column][offsets[fits]].sum(axis=1)
    order = list(case.columns)
    labels = tuple(case.labels[place] for place in order)
    return Pairwise(tuple(profile.id for profile in case.remains), labels, scores[:, order])


def stream(
    case: Case, *, floor: float = 0.0, per_missing: int = 10, block: int = BLOCK, cache: TableCache | None = None
) -> Iterator[list[Hit]]:
    """The hits of one block of missing people after the other, as they are found: the best remains of each, best first."""
    targets = targets_of(case.families)
    for start in range(0, len(targets), block):
        part = replace(case, families=tuple(_only(targets[start : start + block])))
        found = search(part, floor=floor, per_remains=1, per_missing=per_missing, cache=cache)
        by_missing: defaultdict[int, list[Hit]] = defaultdict(list)
        for hit in found.hits:
            by_missing[hit.missing].append(Hit(hit.remains, start + hit.missing, hit.log10_LR))
        yield [hit for missing in sorted(by_missing) for hit in by_missing[missing][:per_missing]]


def _only(targets: Sequence[Target]) -> Iterator[Family]:
    """The families of these targets, each sought alone, so that the order of targets is kept."""
    for family, person in targets:
        yield replace(family, missing=(person,))


def search(
    case: Case,
    *,
    floor: float = 0.0,
    per_remains: int = 10,
    per_missing: int = 10,
    bounded: bool = False,
    cache: TableCache | None = None,
) -> Search:
    """Every remains against every missing person of a case; keeps the best of each at or above log10 LR `floor`.

    Memory is that of the tables of `BLOCK` missing people and of the lists kept, whatever the number of pairs. The
    scores are recomputed in double precision for what is kept. With a `cache`, families that did not change since the
    last search are not computed again. Raises `UsageError` for a floor that is no number or lists of less than one.
    """
    if np.isnan(floor):
        raise UsageError("The floor is no number.", value=floor, rule="kinship.floor")
    if (fewest := min(per_remains, per_missing)) < 1:
        raise UsageError("At least one hit must be kept for each.", value=fewest, rule="kinship.top")
    rows_of = cache.rows if cache else table_rows
    targets = targets_of(case.families)
    layout = Layout(case.markers, case.remains, only_seen=case.theta > 0)
    found: dict[tuple[int, int], float] = {}
    pairs = 0
    full: set[int] = set()
    sexes: tuple[Sex, ...] = ("male", "female", "unknown")
    for sex in sexes:
        wanted = [place for place, (family, person) in enumerate(targets) if family.pedigree.person(person).sex == sex]
        fitting = [place for place, profile in enumerate(case.remains) if may_be(profile.sex, sex)]
        if not wanted or not fitting:
            continue
        scan = Scan(
            layout.compact([case.remains[place] for place in fitting]), floor, per_remains, per_missing, bounded
        )
        for start in range(0, len(wanted), BLOCK):
            block = wanted[start : start + BLOCK]
            scan.add(rows_of(case, layout, [targets[place] for place in block]))
        pairs += len(wanted) * len(fitting)
        full |= {fitting[place] for place in scan.full()}
        found.update({(fitting[r], wanted[m]): score for r, m, score in scan.hits()})
    hits = [hit for hit in _exactly(case, layout, targets, found) if hit.log10_LR >= floor]
    return Search(tuple(hits), pairs, floor, per_remains, per_missing, tuple(sorted(full)))


def _exactly(case: Case, layout: Layout, targets: Sequence[Target], found: dict[tuple[int, int], float]) -> list[Hit]:
    """The hits with scores in double precision, best first."""
    by_missing: defaultdict[int, list[int]] = defaultdict(list)
    for remains, missing in found:
        by_missing[missing].append(remains)
    hits = []
    people = sorted(by_missing)
    for start in range(0, len(people), BLOCK):
        block = people[start : start + BLOCK]
        rows = table_rows(case, layout, [targets[place] for place in block])
        for row, missing in zip(rows, block, strict=True):
            offsets = layout.offsets([case.remains[place] for place in by_missing[missing]])
            scores = row[offsets].sum(axis=1)
            hits += [Hit(r, missing, float(s)) for r, s in zip(by_missing[missing], scores, strict=True)]
    return sorted(hits, key=lambda hit: (-hit.log10_LR, hit.remains, hit.missing))


class Scan:
    """A running search of fixed remains: tables come in blocks, the best pairs stay.

    `offsets` is (remains, markers) as `Layout.compact` gives it. With `bounded`, groups of missing people are left once
    none of them can reach the floor any more, where a sample says that this pays; the result is the same.
    """

    def __init__(
        self, offsets: NDArray[np.uint16], floor: float, per_remains: int, per_missing: int, bounded: bool = False
    ) -> None:
        self.offsets = _filled_up(offsets)
        self.floor, self.per_remains, self.per_missing, self.bounded = floor, per_remains, per_missing, bounded
        self.values = np.full((len(offsets), per_remains), -np.inf, np.float32)
        self.places = np.zeros((len(offsets), per_remains), np.int64)
        self.counts = np.zeros(len(offsets), np.int64)
        self.best: dict[tuple[int, int], float] = {}
        self.seen = 0
        self.order: list[int] = []

    def add(self, rows: NDArray[np.floating]) -> None:
        """Scores one more block of missing people, (missing, width) of log10 T."""
        from numba import get_num_threads

        from opencompact.missing.kinship import kernels

        missing = len(rows)
        # A hair below the floor, so that rounding to single precision loses no hit.
        floor = np.float32(self.floor - 1e-4)
        order, check, need = np.arange(missing), 0, np.zeros(missing, np.float32)
        if self.bounded:
            order, check, need = self._bound(rows, floor)
        groups = interleaved(rows if check == 0 else rows[order])
        lanes = np.full(len(groups) * kernels.LANES, np.inf, np.float32)
        lanes[:missing] = need[order]
        chunks = max(1, min(2 * get_num_threads(), len(self.offsets) // 64))
        shape = (chunks, len(lanes))
        values = np.empty((*shape, self.per_missing), np.float32)
        places = np.empty((*shape, self.per_missing), np.int64)
        counts = np.zeros(shape, np.int64)
        kept = (self.values, self.places, self.counts, values, places, counts)
        kernels.scan(groups, self.offsets, floor, check, lanes.reshape(-1, kernels.LANES), self.seen, *kept)
        self.order.extend((self.seen + order).tolist())
        self._merge(values, places, counts)
        self.seen += missing

    def _bound(
        self, rows: NDArray[np.floating], floor: np.float32
    ) -> tuple[NDArray[np.intp], int, NDArray[np.float32]]:
        """(an order that puts alike people together, after how many markers to look, the score each then needs).

        The markers that can add most come first, so that little is left to hope for; the place to look is where a
        sample of pairs would save most, or nowhere.
        """
        from opencompact.missing.kinship.kernels import LANES, MARKERS_AT_ONCE

        used = [np.unique(self.offsets[:, marker]) for marker in range(self.offsets.shape[1])]
        most = np.stack([rows[:, entries].max(axis=1) for entries in used], axis=1)
        if self.seen == 0:
            first = np.argsort(-np.where(np.isfinite(most), most, -9.0).mean(axis=0), kind="stable")
            self.offsets = np.ascontiguousarray(self.offsets[:, first])
            most = most[:, first]
        markers = most.shape[1]
        left = np.zeros((len(rows), markers + 1))
        left[:, :-1] = np.cumsum(most[:, ::-1], axis=1)[:, ::-1]
        remains = np.linspace(0, len(self.offsets) - 1, min(len(self.offsets), 96)).astype(np.intp)
        partial = np.zeros((len(rows), len(remains)), np.float32)
        saved, found = 0.15, (np.arange(len(rows)), 0, np.zeros(len(rows), np.float32))
        for marker in range(markers):
            partial += rows[:, self.offsets[remains, marker]]
            looked = marker + 1
            if looked % MARKERS_AT_ONCE or looked == markers:
                continue
            need = np.asarray(floor - left[:, looked] - 1e-3, np.float32)
            hopeless = partial < need[:, None]
            order = np.argsort(hopeless.mean(axis=1), kind="stable")
            whole = len(rows) // LANES * LANES
            if whole == 0:
                break
            together = hopeless[order][:whole].reshape(-1, LANES, len(remains)).all(axis=1).mean()
            if (share := float(together) * (1 - looked / markers)) > saved:
                saved, found = share, (order, looked, need)
        return found

    def _merge(self, values: NDArray[np.float32], places: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        for missing in np.flatnonzero(counts.sum(axis=0)):
            scores = np.concatenate([values[c, missing, : counts[c, missing]] for c in range(len(counts))])
            remains = np.concatenate([places[c, missing, : counts[c, missing]] for c in range(len(counts))])
            for place in np.argsort(-scores, kind="stable")[: self.per_missing]:
                self.best[int(remains[place]), self.order[self.seen + int(missing)]] = float(scores[place])

    def full(self) -> list[int]:
        """Remains whose list is full."""
        return [int(place) for place in np.flatnonzero(self.counts >= self.per_remains)]

    def hits(self) -> Iterator[tuple[int, int, float]]:
        """(remains, missing, log10 LR in single precision) of every pair kept, each once."""
        for remains in np.flatnonzero(self.counts).tolist():
            for place in range(self.counts[remains]):
                missing = self.order[self.places[remains, place]]
                self.best[remains, missing] = float(self.values[remains, place])
        for (remains, missing), score in self.best.items():
            yield remains, missing, score


def interleaved(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Tables as the kernel reads them: groups of 32 missing people, entry by entry; the last group filled up with -inf."""
    from opencompact.missing.kinship.kernels import LANES

    missing, width = rows.shape
    groups = -(-missing // LANES)
    made = np.full((groups, width, LANES), -np.inf, np.float32)
    for group in range(groups):
        part = rows[group * LANES : (group + 1) * LANES]
        made[group, :, : len(part)] = part.T
    return made.reshape(groups, width * LANES)


def _filled_up(offsets: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The offsets with markers up to a multiple of four: entry 0 adds nothing."""
    from opencompact.missing.kinship.kernels import MARKERS_AT_ONCE

    remains, markers = offsets.shape
    made = np.zeros((remains, -(-markers // MARKERS_AT_ONCE) * MARKERS_AT_ONCE), np.uint16)
    made[:, :markers] = offsets
    return made
