"""Small words of the views of staff: who asks, in which language, what is said back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from opencompact.language import N_, told, translator, without_signs
from opencompact.public.models import Person
from opencompact.public.writing import NotReady

_SIGNS = N_(
    "Signs that nobody sees were taken out of what you typed: they turn the direction of writing around, or are none of the text. Please read it over."
)


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


def posted(request: HttpRequest) -> QueryDict:
    """What was typed, without signs that nobody sees (pasted along, as a rule); the next page says that some were taken out."""
    known: QueryDict | None = getattr(request, "_typed", None)
    if known is not None:
        return known
    found, seen = request.POST.copy(), False
    request._typed = found
    for name, values in request.POST.lists():
        plain = [without_signs(value) for value in values]
        seen = seen or any(value.replace("\r\n", "\n") != kept for value, kept in zip(values, plain, strict=True))
        found.setlist(name, plain)
    if seen:
        messages.warning(request, translator(spoken(request), "public")(_SIGNS))
    return found


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
