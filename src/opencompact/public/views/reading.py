"""What anyone may read: the Compact, actions, texts, search."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from opencompact import actions, compact
from opencompact.public import (
    access,
    asking,
    comparing,
    following,
    holdings,
    languages,
    looking,
    proposing,
    reviewing,
    story,
)
from opencompact.public.area_names import areas_found
from opencompact.public.counting import counts_by, totals_by_objective
from opencompact.public.listing import Filters, page_of, repeated
from opencompact.public.models import Paragraph, Record
from opencompact.public.pages import Names
from opencompact.public.roles import Permission
from opencompact.public.views.speaking import spoken
from opencompact.public.writing import today


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    return redirect(f"/{languages.preferred(request)}/")


@require_safe
def go_to_action(request: HttpRequest, identifier: str) -> HttpResponse:
    """The address of an action that holds whatever the language."""
    return redirect(f"/{languages.preferred(request)}/actions/{identifier}/")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counts = totals_by_objective(today())
    total = counts_by("all", Filters(), today()).get("")
    latest = Record.objects.filter(stage="published").defer("document", "tokens").order_by("-changed", "-id")[:8]
    return render(
        request,
        "home.html",
        {"tables": compact.round_tables(), "counts": counts, "total": total, "latest": latest, "today": today()},
    )


@require_safe
def follow_up(request: HttpRequest) -> HttpResponse:
    """Paragraphs 82 to 89 of A/79/590, each with where to see what was done about it, and the countries that did."""
    context = {
        "area": None,
        "asks": following.asks(),
        "loaded": following.paragraphs(spoken(request)),
        "by_kind": counts_by("kind", Filters(), today()),
        "areas": following.areas(spoken(request)),
        "records": {},
        "today": today(),
    }
    return render(request, "follow_up.html", context)


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The Forum, regional reviews, and those of countries and cities."""
    context = {"reviews": reviewing.reviews(), "signed": reviewing.signed(), "today": today()}
    return render(request, "reviews.html", context)


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """The 26 recommendations on missing migrants, with every country that reports on one (A/79/590, ¶89)."""
    known = compact.recommendations()
    groups = [(g, [r for r in known if r.group == g.number]) for g in compact.recommendation_groups()]
    context = {"groups": groups, "reported": reviewing.recommendations()}
    return render(request, "recommendations.html", context)


@require_safe
def list_actions(request: HttpRequest) -> HttpResponse:
    """Actions by filters. Where one means nothing that is said, and nothing is listed: all of them would be no answer."""
    asked = request.GET.dict()
    number = _number(asked.pop("page", None))
    filters = Filters.of(asked)
    slips = [*filters.slips(asked), *repeated(request.GET)]
    found = page_of(filters, number, today()) if not slips else None
    return render(
        request,
        "actions.html",
        {
            "filters": filters,
            "slips": slips,
            "found": found,
            "without": _without(filters, spoken(request)) if found and not found.total else [],
            "today": today(),
            "objectives": compact.objectives(),
            "speakers": looking.speakers(spoken(request)),
            "unknown_area": bool(request.GET.get("area", "").strip()) and not filters.area,
            "area_text": request.GET.get("area", "")[:80],
            "paragraph": looking.paragraph_of(filters.provision, spoken(request)),
        },
        # A page that is put into another is shown whatever it says.
        status=400 if slips and not request.headers.get("HX-Request") else 200,
    )


# Words of the actions room, as the labels of an action have them.
_FLAGS = {"overdue": "overdue", "stale": "no report for a year", "unmeasured": "Without a measure"}


def _without(filters: Filters, code: str) -> list[tuple[str, str]]:
    """Each filter by what it asks for, with the address of the list without it."""
    the = Names(code)
    told: dict[str, Callable[[Any], str]] = {
        "kind": lambda kind: the.kind(kind, True),
        "objective": lambda number: f"{number}. {the.short(number)}",
        "area": the.area,
        "stakeholder": the.stakeholder,
        "state": the.state,
        "flag": lambda flag: the.label(_FLAGS[flag]),
        "provision": the.paragraph,
    }
    asked = {name: value for name, value in vars(filters).items() if value}
    return [(told.get(name, str)(value), filters.address(**{name: ""})) for name, value in asked.items()]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


@require_safe
def show_action(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_read(request.user, identifier)
    seen = looking.seen(record, spoken(request), contact=access.sees_contact(request.user, record))
    latest = seen.indicator and holdings.latest(seen.indicator.id, record.areas)
    return render(
        request,
        "action.html",
        {
            "record": record,
            "seen": seen,
            "latest": latest or [],
            "plan": looking.plan(record),
            "meeting": reviewing.held(record),
            "today": today(),
            "may_write": (may_write := access.may_write(request.user, record)),
            "lacking": actions.lacking(record.action) if may_write and record.stage == "draft" else None,
            "may_report": access.may_report(request.user, record),
            "may_take_back": access.may_take_back(request.user, record),
            "may_propose": access.may_propose(request.user, record),
            "may_renew": access.may_renew(request.user, record),
            "renewal": access.renewal_of(request.user, record),
            "may_take_up": access.may_take_up(request.user, record),
            "matched": looking.matched(record),
            "first_due": story.first_due(record),
            "done_late": actions.done_late(record.action, today()),
            "sees_drafts": access.sees_drafts(request.user, record),
            "versions": access.versions_of(request.user, record).count(),
        },
    )


@require_safe
def history(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_read(request.user, identifier)
    shown = list(access.versions_of(request.user, record).order_by("-number")[:200])
    named = Permission.READ_ALL in access.permissions(request.user)
    steps = story.steps(record, shown)
    words = {
        step.version.number: comparing.excerpts(step.before, actions.from_json(step.version.document), spoken(request))
        for step in steps
        if step.before is not None and step.version.manner == "correction"
    }
    proposed = proposing.proposers(record) if named else {}
    context = {"record": record, "steps": steps, "words": words, "named": named, "proposed": proposed}
    return render(request, "history.html", context)


@require_safe
def version(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    record = access.record_to_read(request.user, identifier)
    found = access.versions_of(request.user, record).filter(number=number).first()
    if found is None:
        raise Http404
    old = Record(
        document=found.document, areas=found.document.get("areas", []), identifier=identifier, entered=record.entered
    )
    seen = looking.seen(old, spoken(request), contact=access.sees_contact(request.user, record))
    return render(request, "version.html", {"record": record, "version": found, "seen": seen})


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    return render(request, "texts.html", {"texts": asking.texts()})


@require_safe
def text(request: HttpRequest, symbol: str, language: str) -> HttpResponse:
    shown = list(Paragraph.objects.filter(symbol=symbol, language=language).order_by("position").defer("tokens"))
    if not shown:
        raise Http404
    cited = looking.citing(symbol)
    return render(request, "text.html", {"symbol": symbol, "language": language, "paragraphs": shown, "cited": cited})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    filters = Filters(q=Filters.of(request.GET.dict()).q)
    found = page_of(filters, _number(request.GET.get("page")), today()) if filters.q else None
    context: dict[str, object] = {
        "filters": filters,
        "found": found,
        "today": today(),
        "provisions": [],
        "indicators": [],
        "objectives": [],
        "texts": [],
        "areas": [],
    }
    if filters.q:
        context |= {
            "areas": areas_found(filters.q),
            "provisions": looking.provisions(filters.q, spoken(request)),
            "texts": looking.texts_named(filters.q, spoken(request)),
            "indicators": looking.indicators(filters.q, spoken(request)),
            "objectives": looking.objectives(filters.q, spoken(request)),
        }
    return render(request, "search.html", context)


@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    return render(request, "exchange.html", {"matches": looking.exchange()[:200]})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {})


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the service and its database answer."""
    Record.objects.exists()
    return JsonResponse({"ok": True, "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")})
