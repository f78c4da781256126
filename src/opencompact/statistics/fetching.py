"""Downloads from publishers that have a stable address: resumed where they broke off, checked, dated, never half there.

A file comes to `<folder>/<source>/<vintage>/<name>`; a newer one of the same name goes into a folder of its own and never
overwrites an older. What was fetched stands in `<folder>/<source>/.fetched.json`: address, size, SHA-256, vintage.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from opencompact.errors import NoDataError, UnknownCodeError
from opencompact.language import said
from opencompact.statistics.downloading import Download, Fetched, Patience, Told
from opencompact.statistics.sources.contract import Source, Table, source
from opencompact.tables.refusals import unwritable


def fetch(
    identifier: str,
    folder: Path,
    *,
    tables: tuple[str, ...] = (),
    patience: Patience | None = None,
    told: Told | None = None,
    now: datetime | None = None,
) -> list[Fetched]:
    """Downloads the tables of a source, all that have an address or those that are named.

    The vintage is the day on which the server says that the file was last changed, else today. Raises UnknownCodeError for a
    source or table that is in no list, NoDataError where the publisher has no stable address (it says where a person finds
    the file), FetchError where the server does not give it, OutputError where it cannot be written.
    """
    entry = source(identifier)
    moment = now or datetime.now(UTC)
    home = folder / entry.id
    return [_fetch(entry, table, home, patience or Patience(), told, moment) for table in _asked(entry, tables)]


def fetchable(entry: Source) -> tuple[Table, ...]:
    """The tables of a source that have an address."""
    return tuple(table for table in entry.tables if table.url)


def _asked(entry: Source, names: tuple[str, ...]) -> tuple[Table, ...]:
    known = {table.name: table for table in fetchable(entry)}
    if not known:
        called = ", ".join(sorted({table.called for table in entry.tables if table.called}))
        raise NoDataError(
            said("{publisher} offers '{name}' at no stable address.", publisher=entry.publisher, name=entry.name),
            value=entry.id,
            rule="no-address",
            remedy=said(
                "Download it by hand at {offered_at}{called}, then import it.",
                offered_at=entry.offered_at,
                called=said(" (called {names})", names=called) if called else "",
            ),
        )
    for name in names:
        if name not in known:
            raise UnknownCodeError(
                "This source has no table of this name with an address.",
                value=name,
                rule="table",
                remedy=said("Use one of: {choices}.", choices=", ".join(known)),
            )
    return tuple(known[name] for name in names) if names else tuple(known.values())


def _fetch(entry: Source, table: Table, home: Path, patience: Patience, told: Told | None, moment: datetime) -> Fetched:
    download = Download(entry, table, home, patience, told)
    try:
        home.mkdir(parents=True, exist_ok=True)
        return download.run(moment)
    except OSError as problem:
        raise unwritable(home, problem) from problem
