"""Many reviews in one go: one folder an area, on all cores, and a page that leads to them.

Each area is built by `building.build`, whole or not at all; a run that was stopped goes on where it stopped, because an area
of which nothing has changed is left as it is. `areas.json` in the folder says which areas are there.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from opencompact import compact
from opencompact.errors import OpenCompactError, OutputError, UsageError
from opencompact.review.building import FORMATS, Built, Request, build, seldom_collect
from opencompact.review.leading import Reviewed, write_leading_pages
from opencompact.review.library import Library
from opencompact.review.linking import links_of
from opencompact.review.links import Links
from opencompact.statistics import Workspace
from opencompact.statistics.sample import places
from opencompact.tables import write_text

LISTING = "areas.json"


@dataclass(frozen=True)
class Order:
    """What to build of every area, and where: `out/AREA`."""

    workspace: Path
    out: Path
    today: str
    languages: tuple[str, ...]
    formats: tuple[str, ...] = FORMATS
    texts: Path | None = None


@dataclass(frozen=True)
class Done:
    """What became of the areas: those that were built or were there, and those that were not, with the reason."""

    built: tuple[Built, ...]
    failed: tuple[tuple[str, OpenCompactError], ...] = ()


def areas_with_data(library: Library) -> list[str]:
    """Every country, region and the world of which there is a current value; the fictional ones where they are loaded.

    What tables name beside them (the stateless, an unknown origin, a part of a country) has a review when it is asked for.
    """
    found = set(library.current.select("area").unique().collect()["area"])
    if found & set(places.codes()):
        places.register()
    return [area.code for area in compact.areas() if area.code in found and area.kind != "special"]


def build_many(
    order: Order,
    areas: Sequence[str],
    *,
    jobs: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Done:
    """Builds the reviews of several areas into `order.out`, and the pages that lead to all that are there.

    jobs: processes at a time, as many as there are cores if not given. progress: called with (areas done, areas in all, the
    area). Raises UnknownCodeError for an area that is in no list, UsageError where the folder holds something else,
    OutputError where it cannot be written; any other error of one area is told at the end and stops no other.
    """
    codes = list(dict.fromkeys(compact.area(name).code for name in areas))
    before = _listed(order.out)
    _list(order.out, before)
    Library(Workspace(order.workspace)).ready  # noqa: B018 - made once, before several processes would
    built: list[Built] = []
    failed: list[tuple[str, OpenCompactError]] = []
    for code, outcome in _outcomes(order, codes, jobs or os.cpu_count() or 1):
        if isinstance(outcome, Built):
            built.append(outcome)
        else:
            failed.append((code, outcome))
        if progress is not None:
            progress(len(built) + len(failed), len(codes), code)
    there = before | {each.area: Reviewed(each.area, each.languages, order.formats) for each in built}
    _list(order.out, there)
    write_leading_pages(order.out, list(there.values()), order.languages, order.today)
    return Done(tuple(built), tuple(failed))


# --- the processes ----------------------------------------------------------------------------------------------------


@dataclass
class _Bench:
    """What one process works with: it opens the workspace and reads the texts once."""

    order: Order
    library: Library
    links: dict[bool, Links]


_bench: _Bench | None = None


def _sit_down(order: Order, fictional: bool) -> None:
    global _bench
    seldom_collect()
    if fictional:
        places.register()
    _bench = _Bench(order, Library(Workspace(order.workspace)), {})


def _work(code: str) -> Built | OpenCompactError:
    assert _bench is not None
    order, area = _bench.order, compact.area(code)
    try:
        if area.fictional not in _bench.links:
            workspace = _bench.library.workspace
            _bench.links[area.fictional] = links_of(workspace, order.today, order.texts, synthetic=area.fictional)
        request = Request(code, order.today, order.languages, order.formats, _bench.links[area.fictional])
        return build(_bench.library, request, order.out / code)
    except OpenCompactError as problem:
        return problem


def _outcomes(order: Order, codes: Sequence[str], jobs: int) -> Iterator[tuple[str, Built | OpenCompactError]]:
    fictional = any(compact.area(code).fictional for code in codes)
    if min(jobs, len(codes)) <= 1:
        _sit_down(order, fictional)
        for code in codes:
            yield code, _not_the_disk(_work(code))
        return
    with _one_thread_each():
        # A process stays to the end: to replace one after some areas may, in Python 3.11, wait for ever (CPython issue 115634).
        pool = ProcessPoolExecutor(
            min(jobs, len(codes)), multiprocessing.get_context("spawn"), _sit_down, (order, fictional)
        )
        try:
            running: dict[Future[Built | OpenCompactError], str] = {pool.submit(_work, code): code for code in codes}
            for future in as_completed(running):
                yield running[future], _not_the_disk(future.result())
        except BrokenProcessPool as problem:
            raise OpenCompactError(
                "A process that built reviews was stopped from outside.",
                remedy="Run the command again: what is built stays. With --jobs 1 it needs less memory.",
            ) from problem
        finally:
            pool.shutdown(cancel_futures=True)


def _not_the_disk(outcome: Built | OpenCompactError) -> Built | OpenCompactError:
    """A folder that cannot be written to stops everything: the next area would fail as this one did."""
    if isinstance(outcome, OutputError):
        raise outcome
    return outcome


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started within use one thread each: there are as many processes as cores."""
    names = ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


# --- what is there ----------------------------------------------------------------------------------------------------


def _listed(out: Path) -> dict[str, Reviewed]:
    path = out / LISTING
    if not path.is_file():
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise UsageError(
                "There is something here that is no collection of reviews.",
                file=out,
                remedy="Name a folder that is new or empty.",
            )
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
        entries = (Reviewed(e["area"], tuple(e["languages"]), tuple(e["formats"])) for e in content["reviews"])
        return {entry.area: entry for entry in entries if (out / entry.area / "manifest.json").is_file()}
    except (ValueError, KeyError, TypeError):
        return {}


def _list(out: Path, reviews: dict[str, Reviewed]) -> None:
    content = {"reviews": [vars(reviews[code]) for code in sorted(reviews)]}
    write_text(out / LISTING, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
