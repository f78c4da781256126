"""A country's review: its own words, the building, the signature."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencompact import actions, compact
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES, N_
from opencompact.public import access, country, writing
from opencompact.public.models import CountryReview, Job
from opencompact.public.roles import Permission
from opencompact.public.views.speaking import complain, me, posted, say, spoken, step, whole


def _country(request: HttpRequest, code: str) -> compact.Area:
    """The area, for who prepares its review; to read alone also for those who read everything."""
    reading = request.method in ("GET", "HEAD")
    (access.require_to_read if reading else access.require)(request.user, Permission.PREPARE, code)
    try:
        return compact.area(code)
    except UnknownCodeError:
        raise Http404 from None


def _prepares(request: HttpRequest, code: str) -> bool:
    return Permission.PREPARE in access.permissions(request.user, code)


@login_required
@require_safe
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Where the review of an area stands: what is written, what is built, whether it is signed off."""
    area = _country(request, code)
    written = country.texts_of(area.code)
    rows = [
        (o, {lang: written[o.number, lang] for lang in LANGUAGES if (o.number, lang) in written})
        for o in compact.objectives()
    ]
    review = CountryReview.objects.filter(area=area.code).first()
    job = Job.objects.filter(area=area.code).order_by("-id").first()
    outdated = review is not None and review.outdated
    context = {
        "area": area,
        "rows": rows,
        "review": review,
        "job": job,
        "outdated": outdated,
        "prepares": _prepares(request, code),
    }
    return render(request, "prepare.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_words(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What the focal point says of one objective, in the language of the page."""
    area = _country(request, code)
    try:
        objective = compact.objective(number)
    except UnknownCodeError:
        raise Http404 from None
    known = country.texts_of(area.code).get((number, spoken(request)))
    conflict, typed, status, refusal = None, known.text if known else "", 200, ""
    if request.method == "POST":
        typed = posted(request).get("text", "").strip()
        try:
            writing.save_text(
                by=me(request),
                area=area.code,
                objective=number,
                language=spoken(request),
                text=typed,
                expected=whole(request.POST.get("version")),
            )
        except writing.Conflict as error:
            conflict, status = error, 409
        except writing.NotReady as error:
            refusal, status = error.problem, 422
        else:
            say(request, N_("The text is kept."), sent=f"words-{area.code}-{number}-{spoken(request)}")
            return redirect("prepare", area.code)
    told = country.told(area.code)
    counted = actions.summary([a for a in told.actions if number in a.objectives], writing.today(), spoken(request))
    context = {
        "area": area,
        "objective": objective,
        "known": known,
        "typed": typed,
        "conflict": conflict,
        "refusal": refusal,
        "counted": counted,
        "prepares": _prepares(request, area.code),
    }
    return render(request, "own_words.html", context, status=status)


@login_required
@require_POST
def build(request: HttpRequest, code: str) -> HttpResponse:
    """Asks for the review to be built; the page of the review tells how far it is."""
    area = _country(request, code)
    chosen = request.POST.getlist("languages")
    languages = [each for each in LANGUAGES if each in chosen] or [spoken(request)]
    return step(
        request,
        "prepare",
        area.code,
        lambda: writing.ask_build(by=me(request), area=area.code, languages=languages),
        N_("The review is being built. This page tells how far it is; you may leave it and come back."),
    )


@login_required
@require_POST
def sign_off(request: HttpRequest, code: str) -> HttpResponse:
    area = _country(request, code)
    if request.POST.get("read") != "yes":
        complain(request, N_("Say that you have read it."))
        return redirect("prepare", area.code)
    return step(
        request,
        "prepare",
        area.code,
        lambda: writing.sign_off(by=me(request), area=area.code, edition=whole(request.POST.get("edition"))),
        N_("Signed off. Anyone can read it now."),
    )


@login_required
@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the signature back; the page of the review says where it stands then."""
    area = _country(request, code)
    return step(
        request,
        "prepare",
        area.code,
        lambda: writing.take_back(by=me(request), area=area.code, because=posted(request).get("because", "")),
        N_("The signature is taken back. The review is not public any more."),
    )
