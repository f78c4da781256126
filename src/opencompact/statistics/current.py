"""Every current value of a workspace, kept ready for reviews: one Parquet file an indicator in the folder `cache`.

The name of a file says what it was made from: the parts that hold the indicator, the declared order of sources, the program
that chooses. After an import only the indicators that it touched are made again; what is there is never stale and never
changed. A large indicator is made in blocks of areas, so that memory does not grow with the rows.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import polars as pl

from opencompact import __version__
from opencompact.errors import OutputError
from opencompact.statistics.observations import SCHEMA, no_observations
from opencompact.statistics.shares import SHARES
from opencompact.statistics.store import Part
from opencompact.statistics.workspace import Workspace
from opencompact.tables import replace_atomically

BLOCK = 70_000  # rows that are chosen from at once
ROW_GROUP = 1 << 15
KEPT_DAYS = 1  # what no import names any more is left for so long: a review at work may still read it
FOOTER = 1 << 14
# What decides which value is current, besides the workspace and the catalogue.
CHOOSES = (
    *(f"{name}.py" for name in ("areas", "current", "editions", "observations", "shares", "store", "workspace")),
    "sources/unhcr_share.py",
)


class Current:
    """The current values of a workspace as it was when it was opened.

    After `ensure` every file is there; without a folder of the workspace to write to, for as long as this object is.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.folder = workspace.folder / "cache"

    @cached_property
    def keys(self) -> dict[str, str]:
        """Indicator → what its current values are made from, as a short text that changes when it does."""
        loaded = self.workspace.indicators()
        plain = {name: self._key(name) for name in loaded if name not in SHARES}
        shares = {name: self._key(name, plain) for name in SHARES if name in loaded or _parts(name) <= plain.keys()}
        return dict(sorted((plain | shares).items()))

    @property
    def state(self) -> str:
        """What all of them are made from."""
        return _digest(*(f"{name} {key}" for name, key in self.keys.items()))

    def _key(self, indicator: str, made: dict[str, str] | None = None) -> str:
        published = self.workspace.published_as(indicator)
        parts = [part for part in self.workspace.parts if published in part.indicators]
        described = [f"{asdict(part)} {self._footer(part)}" for part in parts]
        of_parts = [(made or {}).get(name, "") for name in sorted(_parts(indicator))] if indicator in SHARES else []
        return _digest(_program(), repr(self.workspace.declared_order(indicator)), *described, *of_parts)

    def _footer(self, part: Part) -> str:
        """The end of a part's file: its size, and what Parquet says there of every column it wrote."""
        return self._footers.get(part.folder) or self._read_footer(part)

    @cached_property
    def _footers(self) -> dict[str, str]:
        return {}

    def _read_footer(self, part: Part) -> str:
        path = self.workspace.path(part, "observations.parquet")
        try:
            with path.open("rb") as stream:
                size = stream.seek(0, os.SEEK_END)
                stream.seek(max(0, size - FOOTER))
                self._footers[part.folder] = f"{size} {hashlib.sha256(stream.read()).hexdigest()}"
        except OSError:
            return ""
        return self._footers[part.folder]

    def path(self, indicator: str) -> Path:
        """Where the current values of an indicator lie, or will."""
        return self.folder / f"{indicator}.{self.keys[indicator]}.parquet"

    def missing(self) -> list[str]:
        """The indicators that are still to be made: shares after what they are computed from."""
        absent = [name for name in self.keys if not self.path(name).is_file()]
        return sorted(absent, key=lambda name: (name in SHARES, name))

    def prepare(self, progress: Callable[[int, int, str], None] | None = None) -> list[str]:
        """Makes what is missing, and says what that was. progress: called with (made, in all, the indicator).

        Raises OutputError where the folder `cache` cannot be written to; what is made by then stays, and is whole.
        """
        absent = self.missing()
        for number, name in enumerate(absent):
            if progress is not None:
                progress(number, len(absent), name)
            with replace_atomically(self.path(name)) as temporary:
                _write(self._blocks(name), temporary)
        self._tidy()
        return absent

    def ensure(self) -> Current:
        """The same, with everything made: in a temporary folder where the workspace's own cannot be written to."""
        try:
            self.prepare()
        except OutputError:
            self.folder = Path(tempfile.mkdtemp(prefix="opencompact-"))
            weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
            self.prepare()
        return self

    def _blocks(self, indicator: str) -> Iterator[pl.DataFrame]:
        """The current values of an indicator, some areas at a time."""
        for areas in _blocks_of(self._rows_by_area(indicator)):
            places = (pl.col("area").is_in(areas),)
            yield self.workspace.current(indicator, places, places, self._ready).select(list(SCHEMA))

    def _ready(self, indicator: str, conditions: Sequence[pl.Expr]) -> pl.DataFrame:
        return self.scan([indicator]).filter(*conditions).collect()

    def _rows_by_area(self, indicator: str) -> pl.DataFrame:
        names = {self.workspace.published_as(indicator), *_parts(indicator)}
        found = [part for part in self.workspace.parts if names & set(part.indicators)]
        paths = [self.workspace.path(part, "observations.parquet") for part in found]
        rows = pl.scan_parquet(paths, glob=False).filter(pl.col("indicator").is_in(list(names)))
        return rows.group_by("area").len().sort("area").collect()

    def scan(self, indicators: Collection[str] | None = None) -> pl.LazyFrame:
        """Every current value (of these indicators): the columns of an observation table, by area within each file."""
        named = [self.path(name) for name in self.keys if indicators is None or name in indicators]
        return pl.scan_parquet(named, glob=False) if named else no_observations().lazy()

    def _tidy(self) -> None:
        """Marks what is used as used, and removes what no import names and nobody has used for a day."""
        now = time.time()
        wanted = {self.path(name) for name in self.keys}
        try:
            for path in wanted:
                os.utime(path)
            for path in set(self.folder.glob("*.parquet")) - wanted:
                if now - path.stat().st_mtime > KEPT_DAYS * 86_400:
                    path.unlink(missing_ok=True)
        except OSError:
            return


def _parts(indicator: str) -> set[str]:
    """The indicators that a share cannot be computed without."""
    share = SHARES.get(indicator)
    return {share.numerator, share.denominator} if share else set()


def _blocks_of(rows: pl.DataFrame) -> Iterator[list[str]]:
    block: list[str] = []
    height = 0
    for area, count in rows.iter_rows():
        if block and height + count > BLOCK:
            yield block
            block, height = [], 0
        block.append(area)
        height += count
    if block:
        yield block


def _write(blocks: Iterator[pl.DataFrame], path: Path) -> None:
    """Writes tables one after another into one file; one alone is held at a time."""
    first = next(blocks, no_observations())
    second = next(blocks, None)
    if second is None:
        first.write_parquet(path, compression="zstd", compression_level=3, row_group_size=ROW_GROUP, statistics=True)
        return
    pieces = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        for number, block in enumerate(_all(first, second, blocks)):
            block.write_parquet(pieces / f"{number:05}.parquet", compression="lz4")
        pl.scan_parquet(sorted(pieces.iterdir()), glob=False).sink_parquet(
            path, compression="zstd", compression_level=3, row_group_size=ROW_GROUP, statistics=True
        )
    finally:
        shutil.rmtree(pieces, ignore_errors=True)


def _all(first: pl.DataFrame, second: pl.DataFrame, rest: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    yield first
    yield second
    yield from rest


@cache
def _program() -> str:
    """The version of what chooses: the package's, Polars', and its own text."""
    root = files("opencompact.statistics")
    return _digest(__version__, pl.__version__, *(root.joinpath(name).read_text("utf-8") for name in CHOOSES))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
