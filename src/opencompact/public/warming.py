"""A process that answers reads what every page needs before the first visitor asks: templates, catalogues, names, pages of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connections

from opencompact.language import LANGUAGES

# A common word of each language: a search reads the index of words, and what is ranked.
_COMMON = {"en": "migration", "ar": "الهجرة", "zh": "移民", "es": "migración", "fr": "migration", "ru": "миграция"}
_ONCE = ("/en/", "/en/search/?q=Kenya", "/en/objectives/8/", "/en/areas/", "/api/v1/actions", "/actions.atom")


def addresses() -> Iterator[str]:
    """What is asked: a list and a search in each language, and one of each other kind of page."""
    for code in LANGUAGES:
        yield f"/{code}/actions/"
        yield f"/{code}/search/?q={_COMMON[code]}"
    yield from _ONCE


def warm(application: Callable[..., Any]) -> None:
    """Asks an application for what is asked most, as a visitor would, and throws the answers away.

    Whatever goes wrong is left for the visitor's own question to tell: a start does not fail for it.
    """
    for address in addresses():
        path, _mark, query = address.partition("?")
        answer = application(_asked(path, query), _nothing)
        for _part in answer:
            pass
        if hasattr(answer, "close"):
            answer.close()
    # Those that answer have connections of their own.
    connections.close_all()


def _asked(path: str, query: str) -> dict[str, Any]:
    """A question as a server hands it to an application (PEP 3333)."""
    host = next((name for name in settings.ALLOWED_HOSTS if "*" not in name), "localhost").lstrip(".")
    environ: dict[str, Any] = {
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": quote(query, safe="=&"),
        "HTTP_HOST": host,
        "wsgi.url_scheme": "https" if settings.HTTPS else "http",
        "HTTP_X_FORWARDED_PROTO": "https" if settings.HTTPS else "http",
    }
    setup_testing_defaults(environ)
    return environ


def _nothing(status: str, headers: list[tuple[str, str]], failed: object = None) -> Callable[[bytes], None]:
    return lambda part: None
