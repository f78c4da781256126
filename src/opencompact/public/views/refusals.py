"""What is answered where nothing is found, nothing may be seen, or something broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "error.html", {"status": 404, "error": None}, status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "error.html", {"status": 403, "error": None}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "Something went wrong here. It was noted; nothing you sent was lost.\n",
        status=500,
        content_type="text/plain; charset=utf-8",
    )


def bad_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: an old page, or another site's."""
    return render(request, "error.html", {"status": 403, "error": None}, status=403)
