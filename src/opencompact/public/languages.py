"""Languages in addresses: `/ar/…`. Ours are codes of two letters; Django's own words (its dates, its forms) follow along."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import get_language

from opencompact.language import LANGUAGES

DJANGO = {code: "zh-hans" if code == "zh" else code for code in LANGUAGES}
# What a question to the API names its language by.
PARAMETER = "lang"
OURS = {name: code for code, name in DJANGO.items()}


class LanguagePrefix(LocalePrefixPattern):
    """The first part of an address."""

    @property
    def language_prefix(self) -> str:
        return f"{OURS.get(get_language() or 'en', 'en')}/"


def in_path(path: str) -> str | None:
    """The language that an address names."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in LANGUAGES else None


def is_known(request: HttpRequest) -> bool:
    """Whether a question that names a language names one of ours."""
    return request.GET.get(PARAMETER, "en") in LANGUAGES


def asked(request: HttpRequest) -> str:
    """The language of an answer that has none in its address: the one that the question names, else the browser's."""
    named = request.GET.get(PARAMETER, "")
    return named if named in LANGUAGES else preferred(request)


def preferred(request: HttpRequest) -> str:
    """The first of a browser's languages that is one of ours."""
    wanted = []
    for number, part in enumerate(request.headers.get("Accept-Language", "")[:200].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), number, tag[:2].lower()))
        except ValueError:
            continue
    return next((code for _weight, _number, code in sorted(wanted) if code in LANGUAGES), "en")
