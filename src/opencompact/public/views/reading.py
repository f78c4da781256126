"""What anyone may read: the Compact, actions, dashboards, texts, search, files, reviews."""

from __future__ import annotations

import datetime
import mimetypes
from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from opencompact import actions, compact
from opencompact.errors import UnknownCodeError
from opencompact.public import access, holdings, languages, looking
from opencompact.public.country import published_folder
from opencompact.public.listing import Filters, counts_by, page_of
from opencompact.public.models import CountryReview, Paragraph, Record, Version
from opencompact.public.roles import Permission
from opencompact.public.writing import today


def _code(request: HttpRequest) -> str:
    return str(request.code)


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    return redirect(f"/{languages.preferred(request)}/")


@require_safe
def go_to_action(request: HttpRequest, identifier: str) -> HttpResponse:
    """The address of an action that holds whatever the language."""
    return redirect(f"/{languages.preferred(request)}/actions/{identifier}/")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counts = counts_by("objective", Filters(), today())
    total = counts_by("all", Filters(), today()).get("")
    latest = Record.objects.filter(stage="published").defer("document", "tokens").order_by("-changed", "-id")[:8]
    return render(
        request,
        "home.html",
        {"tables": compact.round_tables(), "counts": counts, "total": total, "latest": latest, "today": today()},
    )


@require_safe
def follow_up(request: HttpRequest) -> HttpResponse:
    """Paragraphs 82 to 89 of A/79/590, each with where to see what was done about it."""
    loaded = set(Paragraph.objects.filter(symbol="A/79/590").values_list("place", flat=True))
    return render(request, "follow_up.html", {"asks": looking.asks(), "loaded": loaded})


@require_safe
def list_actions(request: HttpRequest) -> HttpResponse:
    filters = Filters.of(request.GET.dict())
    found = page_of(filters, _number(request.GET.get("page")), today())
    return render(
        request,
        "actions.html",
        {
            "filters": filters,
            "found": found,
            "today": today(),
            "objectives": compact.objectives(),
            "speakers": looking.speakers(_code(request)),
            "states": actions.STATES,
            "unknown_area": bool(request.GET.get("area", "").strip()) and not filters.area,
            "area_text": request.GET.get("area", "")[:80],
        },
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


@require_safe
def show_action(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_read(request.user, identifier)
    seen = looking.seen(record, _code(request), contact=access.sees_contact(request.user, record))
    latest = seen.indicator and holdings.latest(seen.indicator.id, record.areas)
    return render(
        request,
        "action.html",
        {
            "record": record,
            "seen": seen,
            "latest": latest or [],
            "plan": looking.plan(record),
            "may_write": access.may_write(request.user, record),
            "may_report": access.may_report(request.user, record),
            "matched": looking.matched(record),
            "versions": record.versions.count(),
        },
    )


@require_safe
def history(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_read(request.user, identifier)
    shown = list(record.versions.order_by("-number").defer("document")[:200])
    named = Permission.READ_ALL in access.permissions(request.user)
    return render(request, "history.html", {"record": record, "versions": shown, "named": named})


@require_safe
def version(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    record = access.record_to_read(request.user, identifier)
    found = Version.objects.filter(record=record, number=number).first()
    if found is None:
        raise Http404
    old = Record(document=found.document, areas=found.document.get("areas", []), identifier=identifier)
    seen = looking.seen(old, _code(request), contact=access.sees_contact(request.user, record))
    return render(request, "version.html", {"record": record, "version": found, "seen": seen})


# --- dashboards ---------------------------------------------------------------------------------------------------------


@require_safe
def objective(request: HttpRequest, number: int) -> HttpResponse:
    try:
        found = compact.objective(number)
    except UnknownCodeError:
        raise Http404 from None
    filters = Filters(objective=number)
    return _dashboard(
        request, filters, f"{number}. {found.name(_code(request))}", objective=found, by=("kind", "stakeholder")
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
        request, filters, found.name(_code(request)), area=found, review=review, by=("objective", "kind"),
        recommendations=looking.recommendations(found.code, _code(request)),
    )  # fmt: skip


@require_safe
def area_objective(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One objective in one area: what was promised and done, and next to it what the indicators say."""
    try:
        place, found = compact.area(code), compact.objective(number)
    except UnknownCodeError:
        raise Http404 from None
    title = f"{place.name(_code(request))}: {number}. {found.short(_code(request))}"
    filters = Filters(objective=number, area=place.code)
    said = holdings.of_objective(number, place.code, _code(request))
    return _dashboard(request, filters, title, area=place, objective=found, said=said, by=("kind",))


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
    name = dict(looking.speakers(_code(request)))[code]
    return _dashboard(request, filters, name, by=("objective", "kind"))


def _dashboard(
    request: HttpRequest, filters: Filters, title: str, *, by: tuple[str, ...], **more: object
) -> HttpResponse:
    found = page_of(filters, 1, today())
    context = {
        "title": title, "filters": filters, "found": found, "today": today(), "objective": None, "area": None, "review": None,
        "recommendations": [], "said": None, "total": counts_by("all", filters, today()).get(""),
        "tables": [(what, counts_by(what, filters, today())) for what in by],
    }  # fmt: skip
    return render(request, "dashboard.html", context | more)


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    counts = counts_by("area", Filters(), today())
    known = [(compact.area(code), found) for code, found in counts.items()]
    known.sort(key=lambda pair: pair[0].name(_code(request)))
    return render(request, "areas.html", {"known": known})


@require_safe
def stakeholders(request: HttpRequest) -> HttpResponse:
    counts = counts_by("stakeholder", Filters(), today())
    return render(request, "stakeholders.html", {"speakers": looking.speakers(_code(request)), "counts": counts})


# --- texts and search ---------------------------------------------------------------------------------------------------


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    rows = Paragraph.objects.order_by("symbol", "language").values_list("symbol", "language").distinct()
    return render(request, "texts.html", {"texts": list(rows)})


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
    }
    if filters.q:
        context |= {
            "provisions": looking.provisions(filters.q),
            "indicators": looking.indicators(filters.q, _code(request)),
        }
    return render(request, "search.html", context)


@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    return render(request, "exchange.html", {"matches": looking.exchange()[:200]})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {})


# --- files --------------------------------------------------------------------------------------------------------------


def _published(filters: Filters) -> Iterator[actions.Action]:
    """The actions of a filter, newest first, read from the database piece by piece."""
    found = filters.records(today()).order_by("-changed", "-id").values_list("document", flat=True)
    for document in found.iterator(chunk_size=500):
        yield actions.from_json(document)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    filters = Filters.of(request.GET.dict())
    rows = _published(filters)
    if form == "xlsx":
        if not filters.kind:
            raise Http404
        # A workbook is made in memory: so many rows and no more; CSV and JSON have no such limit.
        content = actions.workbook(filters.kind, (a for a, _n in zip(rows, range(5000), strict=False)), _code(request))
        return _as_file(HttpResponse(content, content_type=_XLSX), f"{filters.kind}.xlsx")
    lines = actions.csv_lines(rows, filters.kind or None) if form == "csv" else actions.json_lines(rows)
    kinds = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    return _as_file(StreamingHttpResponse(lines, content_type=kinds[form]), f"actions.{form}")


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _as_file(response: HttpResponse | StreamingHttpResponse, name: str) -> HttpResponse | StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    if kind not in actions.KINDS:
        raise Http404
    content = actions.workbook(kind, language=_code(request))
    return _as_file(HttpResponse(content, content_type=_XLSX), f"template-{kind}.xlsx")


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    return JsonResponse(actions.schema())


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The fifty newest changes, as Atom."""
    filters = Filters.of(request.GET.dict())
    rows = filters.records(today()).order_by("-changed", "-id")[:50].values_list("document", "changed")
    site = request.build_absolute_uri("/id/")
    content = actions.atom(
        [(actions.from_json(document), changed) for document, changed in rows],
        title="OpenCompact", address=request.build_absolute_uri(), site=site, language="en",
    )  # fmt: skip
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
def review_file(request: HttpRequest, code: str, path: str) -> FileResponse:
    """A file of a review that was signed off; before that, for those who prepare it."""
    folder = published_folder(code)
    signed = CountryReview.objects.filter(area=code, signed__isnull=False).exists()
    if not signed and Permission.PREPARE not in access.permissions(request.user, code):
        raise Http404
    target = (folder / (path or "index.html")).resolve()
    if not target.is_relative_to(folder.resolve()) or not target.is_file():
        raise Http404
    kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
    return FileResponse(target.open("rb"), content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the service and its database answer."""
    Record.objects.exists()
    return JsonResponse({"ok": True, "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")})


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
