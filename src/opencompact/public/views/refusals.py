"""What is answered where nothing is found, nothing may be seen, or something broke."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opencompact.errors import InputError, OpenCompactError
from opencompact.language import N_, said, told
from opencompact.public.refusing import TakenBack, Withdrawn
from opencompact.public.views.unsent import given_back


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, Withdrawn):
        return render(request, "error.html", {"status": 410, "on": exception.on, "error": None}, status=410)
    if isinstance(exception, TakenBack):
        return render(request, "error.html", {"status": 410, "taken_back": exception, "error": None}, status=410)
    return render(request, "error.html", {"status": 404, "error": None}, status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "error.html", {"status": 403, "error": None}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read as a request; among it a form that holds more than any form here asks for."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        kilobytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 10
        remedy = said("Go back: what you typed is still there. Shorten it, or send long texts as a file.")
        return _told(request, InputError(said("A form takes at most {n} KB.", n=kilobytes), remedy=remedy), 413)
    remedy = said("Go back, load the page again, and try once more.")
    return _told(request, InputError("What was sent could not be read.", remedy=remedy), 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """A file larger than any upload may be; refused before it is read."""
    megabytes = settings.MAXIMUM_UPLOAD >> 20
    remedy = said(
        "Split it into smaller files. Whoever runs this service can also load it whole when starting it, with: opencompact serve --import FILE."
    )
    problem = said(
        "The file is larger than {n} MB, which is the most that can be sent here. Nothing of it was kept.", n=megabytes
    )
    return _told(request, InputError(problem, remedy=remedy), 413)


def _told(request: HttpRequest, error: OpenCompactError, status: int) -> HttpResponse:
    return render(request, "error.html", {"status": status, "error": error}, status=status)


def failed(request: HttpRequest) -> HttpResponse:
    words = told(
        N_("Something went wrong here. It was noted; nothing you sent was lost."), getattr(request, "code", "en")
    )
    return HttpResponse(
        f"{words}\n",
        status=500,
        content_type="text/plain; charset=utf-8",
    )


def bad_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: an old page's, which is given back with what was typed, or another site's."""
    return given_back(request) or render(request, "error.html", {"status": 403, "error": None}, status=403)
