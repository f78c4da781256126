"""What was typed and did not arrive, because its writer was signed out meanwhile or the page was too old: it is given back.

Nothing of it is kept here: the answer holds all of it, to be sent again after signing in. Only a form of this service is
given back so, and only where something was typed: what another site makes a browser send is refused as ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.request import HttpHeaders
from django.shortcuts import render

from opencompact.public.audit import label_of_field
from opencompact.public.languages import in_path

_DESK = re.compile(r"/[a-z]{2}/desk/")
_TOKEN = "csrfmiddlewaretoken"
# What a form says of itself, and what nobody typed.
_UNTYPED = {_TOKEN, "version", "language"}


def given_back(request: HttpRequest) -> HttpResponse | None:
    """The page that holds what a form was sent with; None where it is not ours to give back, or nothing was typed."""
    if request.method != "POST" or not _DESK.match(request.path_info) or not _from_here(request.headers, request):
        return None
    fields = [(name, value) for name in request.POST if name != _TOKEN for value in request.POST.getlist(name)]
    code = in_path(request.path_info) or "en"
    typed = [(label_of_field(name, code), value) for name, value in fields if name not in _UNTYPED and value.strip()]
    if not typed or request.FILES:
        return None
    context = {"fields": fields, "typed": typed, "address": request.get_full_path()}
    response = render(request, "unsent.html", context, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _from_here(headers: HttpHeaders, request: HttpRequest) -> bool:
    """Whether a browser says that the form stood on a page of this service."""
    origin = headers.get("Origin") or headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


class give_back_what_was_typed:
    """Whoever was signed out meanwhile gets back what they sent, before they are asked to sign in."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        return None if request.method != "POST" or request.user.is_authenticated else given_back(request)
