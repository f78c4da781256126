"""What is read as files: exports, templates, the schema, the feed, a signed review."""

from __future__ import annotations

import io
import itertools
import mimetypes
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from opencompact import actions
from opencompact.language import N_, translator
from opencompact.public import access, story
from opencompact.public.country import folder_of
from opencompact.public.listing import Filters, assert_once
from opencompact.public.models import CountryReview, Publication
from opencompact.public.pages import Names
from opencompact.public.refusing import TakenBack
from opencompact.public.roles import Permission
from opencompact.public.views.speaking import spoken
from opencompact.public.writing import today


def _published(filters: Filters) -> Iterator[tuple[actions.Action, dict[str, str | int]]]:
    """The actions of a filter with their versions, and the days they were first due, newest first, piece by piece."""
    found = (
        filters.records(today())
        .order_by("-changed", "-id")
        .defer(None)
        .only("document", "version", "kind", "due")
        .iterator(chunk_size=_PIECE)
    )
    while piece := list(itertools.islice(found, _PIECE)):
        moved = story.first_dues(piece)
        for record in piece:
            first = {"first_due": moved[record.pk].isoformat()} if record.pk in moved else {}
            yield record.action, {"version": record.version, **first}


_PIECE = 500


def _asked(request: HttpRequest) -> Filters:
    assert_once(request.GET)
    return Filters.exactly(request.GET.dict())


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    filters = _asked(request)
    rows = _published(filters)
    if form == "xlsx":
        if not filters.kind:
            raise Http404
        # A workbook is made in memory: so many rows and no more; CSV and JSON have no such limit.
        content = actions.workbook(filters.kind, (a for a, _n in zip(rows, range(5000), strict=False)), spoken(request))
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
    content = actions.workbook(kind, language=spoken(request))
    return _as_file(HttpResponse(content, content_type=_XLSX), f"template-{kind}.xlsx")


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    return JsonResponse(actions.schema())


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The fifty newest changes, as Atom, and what was withdrawn last."""
    filters = _asked(request)
    rows = filters.records(today()).order_by("-changed", "-id")[:50].values_list("document", "changed")
    site = request.build_absolute_uri("/id/")
    # Whatever the filter: what a reader never had, there is nothing to take out of.
    gone = (
        Publication.objects.exclude(record__stage="published")
        .order_by("-ended")
        .values_list("record__identifier", "ended")
    )
    content = actions.atom(
        [(actions.from_json(document), changed) for document, changed in rows],
        title="OpenCompact", address=request.build_absolute_uri(), site=site, language="en", withdrawn=dict(reversed(gone[:50])).items(),
    )  # fmt: skip
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
def review_file(request: HttpRequest, code: str, path: str) -> FileResponse:
    """A file of the edition of a review that was signed off last; where it was taken back, that is said."""
    review = CountryReview.objects.filter(area=code).first()
    if review is not None and review.signed_edition is None and review.taken_back is not None:
        raise TakenBack(code, review.taken_back.date(), review.because)
    if review is None or review.signed_edition is None:
        raise Http404
    folder = folder_of(code, review.signed_edition)
    return _beginning(folder, request, code) if path in ("", "index.html") else _file(folder, path)


@login_required
@require_safe
def built_file(request: HttpRequest, code: str, path: str) -> FileResponse:
    """A file of the edition that was built last, signed or not, for those who prepare it and those who read everything."""
    access.require_to_read(request.user, Permission.PREPARE, code)
    review = CountryReview.objects.filter(area=code, built__isnull=False).first()
    if review is None:
        raise Http404
    return _file(folder_of(code, review.edition), path)


def _beginning(folder: Path, request: HttpRequest, code: str) -> FileResponse:
    """The page that leads to the languages of a review, with the way back to what this service says of the area."""
    try:
        page = (folder / "index.html").read_text("utf-8")
    except FileNotFoundError:
        raise Http404 from None
    the = Names(spoken(request))
    back = translator(the.code, "public")(N_("{area}: actions, indicators, reviews"), area=the.area(code))
    link = Markup('<p><a href="/{code}/areas/{area}/" lang="{code}">{back}</a></p>\n</main>')
    whole = page.replace("</main>", link.format(code=the.code, area=code, back=back))
    return FileResponse(io.BytesIO(whole.encode()), content_type="text/html; charset=utf-8")


def _file(folder: Path, path: str) -> FileResponse:
    target = (folder / (path or "index.html")).resolve()
    if target.is_dir():
        target = target / "index.html"
    if not target.is_relative_to(folder.resolve()) or not target.is_file():
        raise Http404
    kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
    return FileResponse(target.open("rb"), content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
