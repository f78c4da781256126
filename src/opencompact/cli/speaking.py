"""In which language the terminal speaks: `--language`, else OPENCOMPACT_LANG, else the locale, else English."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opencompact.language import told

LANGUAGES = ("en", "ar", "zh", "es", "fr", "ru")
VARIABLE = "OPENCOMPACT_LANG"

_chosen: str | None = None


def choose(code: str | None) -> None:
    """Speaks the language of that code from here on; None: the one that the environment asks for.

    Raises UnknownCodeError where OPENCOMPACT_LANG names a language that is none of the six.
    """
    global _chosen
    _chosen = code
    asked = os.environ.get(VARIABLE)
    if code is None and asked and _code(asked) is None:
        from opencompact.language import language

        language(asked)


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Speaks the language of that code for the length of a block, as `choose` says; then again the one spoken before."""
    global _chosen
    before = _chosen
    try:
        choose(code)
        yield
    finally:
        _chosen = before


def spoken() -> str:
    """The code of the language that the terminal speaks now."""
    return _chosen or asked_for(os.environ)


def asked_for(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for: OPENCOMPACT_LANG, else the locale of messages as POSIX orders it."""
    if code := _code(environment.get(VARIABLE, "")):
        return code
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return _code(locale or "") or "en"


def _code(locale: str) -> str | None:
    """The language of a locale (fr, fr_FR.UTF-8, zh-Hans), or None where it is none of the six."""
    code = locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return code if code in LANGUAGES else None


def language_of(asked: str | None, *, as_json: bool) -> str:
    """The language of an answer's words: the one asked for; else English in JSON, which stays, and on a screen its own."""
    return asked or ("en" if as_json else spoken())


def tell(words: str) -> str:
    """The words in the language that the terminal speaks."""
    return told(words, spoken())


# What a terminal would obey instead of showing: control codes, save the end of a line and the tab; and signs that turn or embed the direction of
# what follows, by which a name could show as another. Isolates are ours, and stay.
_TURNING = range(0x202A, 0x202F)
_ORDERS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160), *_TURNING) if chr(code) not in "\n\t"
}


def harmless(text: str) -> str:
    """The text with every code that a terminal would obey made visible: a name from a file clears no screen."""
    return text.translate(_ORDERS)


def plainly(text: str) -> str:
    """A text that was made for a page, as a terminal takes it: a plain space where a page keeps words together."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2060", "").replace("\u200b", "")


def cells(text: str) -> int:
    """How many cells of a terminal a text fills."""
    return sum(
        0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )
