"""The same search inside PySpark, for where one machine is outgrown: partitioned by family, scored by the same kernel.

    hits = search_with_spark(session, case)

Families go to the workers as rows of JSON (name, case text); each worker builds the tables of its families and scores
all remains, whose offsets are broadcast. Nothing else leaves the driver. An optional extra: `pip install opencompact[spark]`.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from opencompact.errors import MissingExtraError
from opencompact.missing.kinship.case import Case
from opencompact.missing.kinship.search import Hit, Search, search

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SCHEMA = "remains long, missing long, log10_LR double, pairs long, full boolean"


def search_with_spark(
    session: SparkSession,
    case: Case,
    *,
    floor: float = 0.0,
    per_remains: int = 10,
    per_missing: int = 10,
    partitions: int | None = None,
) -> Search:
    """As `search`: every remains against every missing person, the families spread over a cluster.

    The best of each remains are chosen among what the partitions kept, so the result is that of one machine. Raises
    `MissingExtraError` where PySpark or pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "Searching with Spark needs PySpark.", remedy="Install it with `pip install opencompact[spark]`."
        ) from None
    first = 0
    rows = []
    for family in case.families:
        rows.append((first, pickle.dumps(family)))
        first += len(family.missing)
    number = partitions or session.sparkContext.defaultParallelism
    families = session.createDataFrame(rows, "first long, family binary").repartition(number, "first")
    shared = session.sparkContext.broadcast(pickle.dumps(replace(case, families=())))
    found = families.mapInArrow(_Worker(shared, floor, per_remains, per_missing), SCHEMA).collect()
    return _gathered(found, floor, per_remains, per_missing)


class _Worker:
    """What a partition does: reads its families, searches them, gives its hits with places of the whole case."""

    def __init__(self, shared: Any, floor: float, per_remains: int, per_missing: int) -> None:
        self.shared, self.floor, self.per_remains, self.per_missing = shared, floor, per_remains, per_missing

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        case: Case = pickle.loads(self.shared.value)
        for batch in batches:
            families = [pickle.loads(one) for one in batch.column("family").to_pylist()]
            places = [
                first + seat
                for first, family in zip(batch.column("first").to_pylist(), families, strict=True)
                for seat in range(len(family.missing))
            ]
            found = search(
                replace(case, families=tuple(families)),
                floor=self.floor,
                per_remains=self.per_remains,
                per_missing=self.per_missing,
            )
            full = set(found.full_remains)
            # The first row of a batch counts its pairs; remains -1 says that it is no hit.
            columns = {
                "remains": [-1, *(hit.remains for hit in found.hits)],
                "missing": [-1, *(places[hit.missing] for hit in found.hits)],
                "log10_LR": [0.0, *(hit.log10_LR for hit in found.hits)],
                "pairs": [found.pairs, *(0 for _ in found.hits)],
                "full": [False, *(hit.remains in full for hit in found.hits)],
            }
            yield pa.RecordBatch.from_pydict(columns)


def _gathered(rows: list[Any], floor: float, per_remains: int, per_missing: int) -> Search:
    """One search of what the partitions found: each partition's lists hold its best, so the best of all are among them."""
    hits = [Hit(row.remains, row.missing, row.log10_LR) for row in rows if row.remains >= 0]
    hits.sort(key=lambda hit: (-hit.log10_LR, hit.remains, hit.missing))
    by_remains: dict[int, int] = {}
    by_missing: dict[int, int] = {}
    kept = []
    for hit in hits:
        r = by_remains[hit.remains] = by_remains.get(hit.remains, 0) + 1
        m = by_missing[hit.missing] = by_missing.get(hit.missing, 0) + 1
        if r <= per_remains or m <= per_missing:
            kept.append(hit)
    full = {row.remains for row in rows if row.full} | {r for r, count in by_remains.items() if count >= per_remains}
    pairs = sum(row.pairs for row in rows)
    return Search(tuple(kept), pairs, floor, per_remains, per_missing, tuple(sorted(full - {-1})))
