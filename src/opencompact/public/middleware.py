"""What happens to every request: its language, its size, its second factor, and errors told as they are elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from opencompact.errors import OpenCompactError
from opencompact.language import N_
from opencompact.public import access, languages, problems
from opencompact.public.views import refusals

Answer = Callable[[HttpRequest], HttpResponse]


def speak_language(answer: Answer) -> Answer:
    """Answers in the language that the address names; where it names none, in the one that is asked for, or the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = languages.in_path(request.path_info) or languages.asked(request)
        request.code = code
        with translation.override(languages.DJANGO[code]):
            response = answer(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return middleware


def refuse_large_bodies(answer: Answer) -> Answer:
    """Answers a body larger than any upload may be before a byte of it is read, in the language of the page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.MAXIMUM_UPLOAD + (1 << 16):
            return refusals.too_large(request)
        return answer(request)

    return middleware


_API = "/api/"
_REFUSALS = {
    400: ("BadRequest", N_("What was asked could not be read."), N_("See /api/v1/openapi.json.")),
    404: ("NotFound", N_("There is nothing at this address."), N_("The addresses are in /api/v1/openapi.json.")),
    405: ("NotAllowed", N_("Here things are only read."), N_("Ask with GET.")),
    413: ("TooLarge", N_("What was sent is too large."), N_("Ask with GET, without a body.")),
    500: ("Failed", N_("Something went wrong here. It was noted."), N_("Try again later.")),
}


def refuse_in_one_form(answer: Answer) -> Answer:
    """Every refusal of the API has the form of its Problem, whoever refuses; HEAD is answered as GET is, without the body."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(_API):
            return answer(request)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = answer(request)
        patch_vary_headers(response, ["Accept-Language"])
        if head:
            request.method = "HEAD"
        if response.status_code >= 400 and not response.headers.get("Content-Type", "").startswith("application/json"):
            return _as_problem(request, response)
        return response

    return middleware


def _as_problem(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    error, problem, remedy = _REFUSALS.get(refused.status_code, _REFUSALS[400])
    response = problems.refused(request, refused.status_code, error, problem, request.path_info[:200], remedy)
    if "Allow" in refused.headers:
        response["Allow"] = "GET, HEAD"
    return response


# What somebody without a second factor may still ask for: to set one up, and to sign out.
_OPEN = ("/account/2fa/", "/account/logout/", "/account/reauthenticate/", "/static/", "/account/login/")


def ask_second_factor(answer: Answer) -> Answer:
    """Staff get nowhere without a second factor: until it is set up, every page is the one that sets it up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if (
            access.is_staff(person)
            and not any(part in request.path_info for part in _OPEN)
            and not is_mfa_enabled(person)
        ):
            return redirect("mfa_index")
        response = answer(request)
        if person.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


class explain_errors:
    """An error of ours becomes a page that says what it says."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OpenCompactError):
            return render(request, "error.html", {"status": 400, "error": error}, status=400)
        return None
