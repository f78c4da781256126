"""Catalogues: a message in English, a domain and a language give the words to show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from opencompact.language.languages import Language, language

REVIEWED_HEADER = "X-Reviewed-By"


@dataclass(frozen=True)
class Translator:
    """Looks messages of one domain up in one language; call it as `_("Read {n} rows", n=…)`.

    `reviewed` is false until a person who reads the language has signed the catalogue (its `X-Reviewed-By` header).
    A message that is in no catalogue is shown in English: a test keeps every catalogue complete.
    """

    language: Language
    domain: str
    reviewed: bool
    _messages: dict[str, str | tuple[str, ...]] = field(repr=False, default_factory=dict)

    def __call__(self, message: str, /, **values: object) -> str:
        found = self._messages.get(message) or message
        text = found if isinstance(found, str) else found[0]
        return text.format(**values) if values else text

    def plural(self, singular: str, plural: str, n: float | Decimal, /, **values: object) -> str:
        """The form of the message that the language uses with `n` (six forms in Arabic, one in Chinese).

        A number with decimals is a Decimal with as many as are shown: 1.0 is no singular in English.
        """
        one = n == 1 and not (isinstance(n, Decimal) and n.as_tuple().exponent)
        return (self.form(singular, n) or (singular if one else plural)).format(**values)

    def form(self, message: str, n: float | Decimal | None = None) -> str | None:
        """The template that stands for a message, with `n` where it counts; None where the catalogue lacks it."""
        found = self._messages.get(message)
        if n is None or found is None:
            return found if isinstance(found, str) else None
        complete = isinstance(found, tuple) and all(found)
        return found[_plural_index(self.language.locale, n) % len(found)] if complete else None


@cache
def translator(code: str, domain: str) -> Translator:
    """The translator of a domain (the name of a room) into the language of that code."""
    target = language(code)
    if code == "en":
        return Translator(target, domain, reviewed=True)
    catalogue = _read(code, domain)
    messages: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, tuple):
            messages[message.id[0]] = tuple(message.string)
        elif message.string:
            messages[message.id] = message.string
    reviewed = any(name == REVIEWED_HEADER and value.strip() for name, value in catalogue.mime_headers)
    return Translator(target, domain, reviewed, messages)


def anywhere(message: str, code: str, *, many: str | None = None, n: float | None = None) -> str:
    """A message for the terminal, from whichever room's catalogue has it, else in English.

    The commands' own words come first; a room's catalogue is read when no earlier one has the message.
    """
    for domain in _domains(code):
        form = translator(code, domain).form(message, None if many is None else n)
        if form:
            return _WHOLE.sub(lambda found: isolated(found[0], code), form)
    return message if many is None or n == 1 else many


@cache
def _domains(code: str) -> list[str]:
    """The rooms that have words in a language, those that a command is likeliest to need first."""
    folder = files("opencompact.language").joinpath("catalogues", code)
    found = {Path(entry.name).stem for entry in folder.iterdir()}
    return sorted(found, key=lambda room: (room not in ("cli", "errors", "tables"), room))


# What must stay whole inside a line from right to left: an option with its value, a code or a command in quotation marks.
_WHOLE = re.compile(r"(?<![\w-])--?[a-z][a-z-]*(?: [A-Z]+\b)?|'[!-&(-~ ]+'|`[ -_a-~]+`")
_ISOLATE, _POP = "\u2068", "\u2069"


def isolated(text: str, code: str) -> str:
    """A value as it stands in a sentence of the language: kept whole where the line runs from right to left."""
    return f"{_ISOLATE}{text}{_POP}" if text and language(code).direction == "rtl" else text


def _read(code: str, domain: str) -> Catalog:
    source = files("opencompact.language").joinpath("catalogues", code, f"{domain}.po")
    if not source.is_file():
        return Catalog(locale=language(code).locale)
    with source.open("rb") as stream:
        return read_po(stream, locale=language(code).locale)


# The order of plural forms in our catalogues: gettext's own formulas, by CLDR category.
_PLURAL_ORDER = {
    "ar": ("zero", "one", "two", "few", "many", "other"),
    "zh_Hans": ("other",),
    "es": ("one", "other"),
    "fr": ("one", "other"),
    "ru": ("one", "few", "many"),
}


# A fraction takes the genitive singular in Russian, as 2 does: 1,5 пункта.
_OF_FRACTIONS = {"ru": "few"}


def _plural_index(locale: str, n: float | Decimal) -> int:
    order = _PLURAL_ORDER[locale]
    category = Locale.parse(locale).plural_form(n)
    category = category if category in order else _OF_FRACTIONS.get(locale, order[-1])
    return order.index(category)
