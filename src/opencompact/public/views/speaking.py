"""Small words of the views of staff: who asks, in which language, what is said back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from opencompact.language import told, translator
from opencompact.public.models import Person
from opencompact.public.writing import NotReady


def spoken(request: HttpRequest) -> str:
    """The language of the page."""
    return str(request.code)


def me(request: HttpRequest) -> Person:
    """The person who signed in; for views that ask for one."""
    assert isinstance(request.user, Person)
    return request.user


def say(request: HttpRequest, message: str, sent: str = "") -> None:
    """Tells on the next page that something was done; `sent` is the form whose text the browser need not keep any longer."""
    messages.success(request, translator(spoken(request), "public")(message), extra_tags=f"sent/{sent}" if sent else "")


def complain(request: HttpRequest, message: str) -> None:
    """Tells on the next page that something was not done, and why."""
    messages.error(request, told(message, spoken(request)))


def step(
    request: HttpRequest, view: str, identifier: str, act: Callable[[], object], said: str, sent: str = ""
) -> HttpResponse:
    """Takes a step, says so or why not, and goes on to a page."""
    try:
        act()
    except NotReady as error:
        complain(request, error.problem)
    else:
        say(request, said, sent)
    return redirect(view, identifier)


def whole(text: str | None) -> int:
    """The number that was sent; -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1
