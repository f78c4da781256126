"""Where actions stand: by objective, area, round table and kind of stakeholder."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from opencompact import actions, compact
from opencompact.errors import UnknownCodeError
from opencompact.public import following, holdings, looking, reviewing
from opencompact.public.counting import counts_by
from opencompact.public.listing import Filters, page_of
from opencompact.public.models import CountryReview
from opencompact.public.pages import Names
from opencompact.public.views.speaking import spoken
from opencompact.public.writing import today


@require_safe
def objective(request: HttpRequest, number: int) -> HttpResponse:
    try:
        found = compact.objective(number)
    except UnknownCodeError:
        raise Http404 from None
    filters = Filters(objective=number)
    title, spread = f"{number}. {found.name(spoken(request))}", holdings.of_the_world(number)
    provisions = looking.provisions_under(number, spoken(request))
    return _dashboard(
        request, filters, title, objective=found, spread=spread, provisions=provisions, by=("kind", "stakeholder")
    )


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    try:
        found = compact.area(code)
    except UnknownCodeError:
        raise Http404 from None
    if found.code != code:
        return redirect("area", found.code)
    filters = Filters(area=found.code)
    review = CountryReview.objects.filter(area=found.code, signed__isnull=False).first()
    return _dashboard(
        request, filters, found.name(spoken(request)), area=found, review=review, by=("objective", "kind"),
        recommendations=looking.recommendations(found.code, spoken(request)), places=reviewing.of_area(found.code),
    )  # fmt: skip


@require_safe
def area_objective(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One objective in one area: what was promised and done, and next to it what the indicators say."""
    try:
        place, found = compact.area(code), compact.objective(number)
    except UnknownCodeError:
        raise Http404 from None
    names = Names(spoken(request))
    title = f"{place.name(names.code)}{names.colon}{number}. {found.short(names.code)}"
    filters = Filters(objective=number, area=place.code)
    said = holdings.of_objective(number, place.code)
    return _dashboard(request, filters, title, area=place, objective=found, said=said, by=("kind",))


@require_safe
def area_follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Paragraphs 82 to 89 of A/79/590 with what one area promised and did about each."""
    try:
        place = compact.area(code)
    except UnknownCodeError:
        raise Http404 from None
    if place.code != code:
        return redirect("area-follow-up", place.code)
    by_kind = counts_by("kind", Filters(area=place.code), today())
    records = {kind: following.newest(kind, place.code) for kind in by_kind}
    context = {
        "area": place, "asks": following.asks(place.code), "loaded": following.paragraphs(spoken(request)),
        "by_kind": by_kind, "records": records, "areas": [], "today": today(),
    }  # fmt: skip
    return render(request, "follow_up.html", context)


@require_safe
def round_table(request: HttpRequest, number: int) -> HttpResponse:
    found = next((table for table in compact.round_tables() if table.number == number), None)
    if found is None:
        raise Http404
    counts = counts_by("objective", Filters(), today())
    return render(request, "round_table.html", {"table": found, "counts": counts})


@require_safe
def stakeholder(request: HttpRequest, code: str) -> HttpResponse:
    filters = Filters.of({"stakeholder": code})
    if not filters.stakeholder:
        raise Http404
    name = dict(looking.speakers(spoken(request)))[code]
    return _dashboard(request, filters, name, by=("objective", "kind"))


def _dashboard(
    request: HttpRequest, filters: Filters, title: str, *, by: tuple[str, ...], **more: object
) -> HttpResponse:
    found = page_of(filters, 1, today())
    context = {
        "title": title, "filters": filters, "found": found, "today": today(), "objective": None, "area": None, "review": None,
        "recommendations": [], "said": None, "spread": None, "provisions": [], "places": [], "total": counts_by("all", filters, today()).get(""),
        "tables": [(what, _rows(what, filters)) for what in by],
    }  # fmt: skip
    return render(request, "dashboard.html", context | more)


def _known(code: str) -> compact.Area | None:
    """The area of a code; None for one that only an earlier sample knew."""
    try:
        return compact.area(code)
    except UnknownCodeError:
        return None


def _rows(what: str, filters: Filters) -> dict[Any, actions.Tally | None]:
    """Counts by row. An area has a row for each objective: also where nothing was promised the indicators say something."""
    found: dict[Any, actions.Tally | None] = dict(counts_by(what, filters, today()))
    if what == "objective" and filters.area:
        return {objective.number: found.get(objective.number) for objective in compact.objectives()}
    return found


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    counts = counts_by("area", Filters(), today())
    with_tables = compact.countries() if settings.WORKSPACE and not settings.SYNTHETIC else ()
    codes = dict.fromkeys([*counts, *(country.code for country in with_tables)])
    known = [(found, counts.get(code)) for code in codes if (found := _known(code)) is not None]
    known.sort(key=lambda pair: pair[0].name(spoken(request)))
    countries = [pair for pair in known if pair[0].kind == "country"]
    others = [pair for pair in known if pair[0].kind != "country"]
    return render(request, "areas.html", {"countries": countries, "others": others})


@require_safe
def stakeholders(request: HttpRequest) -> HttpResponse:
    counts = counts_by("stakeholder", Filters(), today())
    return render(request, "stakeholders.html", {"speakers": looking.speakers(spoken(request)), "counts": counts})
