"""Settings out of the environment: typed, secrets also from files, wrong values refused instead of guessed round."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from opencompact.errors import UsageError
from opencompact.language import said
from opencompact.tables.refusals import reason


def text(name: str, default: str = "") -> str:
    """A variable, or the content of the file that `NAME_FILE` names."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError as problem:
            raise UsageError(
                said("The file of {name} cannot be read: {reason}.", name=name, reason=reason(problem)), value=path
            ) from None
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """A variable that is `yes` or `no`."""
    value = text(name, "yes" if default else "no").lower()
    if value not in ("yes", "no"):
        raise UsageError(
            said("{name} is neither yes nor no.", name=name),
            value=value,
            remedy=said("Set {name}=yes or {name}=no.", name=name),
        )
    return value == "yes"


def names(name: str) -> list[str]:
    """A variable that is a list, separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's description of the database of an address: `postgresql://user:password@host:5432/name`.

    Raises UsageError for anything but PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        remedy = said("Write postgresql://user:password@host:5432/name.")
        raise UsageError("DATABASE_URL does not name a PostgreSQL database.", value=parts.scheme, remedy=remedy)
    asked: Mapping[str, list[str]] = parse_qs(parts.query)
    options = {key: value[0] for key, value in asked.items() if key in ("sslmode", "sslrootcert", "options")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "opencompact",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked["host"][0] if "host" in asked else (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
