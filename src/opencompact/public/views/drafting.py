"""Writing: new drafts, changes, submission, progress."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opencompact import actions
from opencompact.actions import words
from opencompact.errors import InvalidDataError
from opencompact.language import N_
from opencompact.public import access, forms, writing
from opencompact.public.models import Record
from opencompact.public.roles import Permission
from opencompact.public.views.speaking import me, posted, say, spoken, step, whole


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    if kind not in actions.KINDS:
        raise Http404
    if request.method != "POST":
        return show_form(request, forms.empty_form(kind, spoken(request)), None)
    known = access.known_to(request.user)
    form = forms.posted_form(kind, posted(request), spoken(request), None, contact=True, known=known)
    if form.decoded is None or form.decoded.action is None:
        return show_form(request, form, None, status=422)
    record = writing.create(by=me(request), action=form.decoded.action)
    say(request, N_("The draft is kept."), sent=kind)
    return redirect("action", record.identifier)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_write(request.user, identifier)
    if request.method != "POST":
        return show_form(request, forms.filled_form(record.action, spoken(request), contact=True), record)
    known = access.known_to(request.user)
    form = forms.posted_form(record.kind, posted(request), spoken(request), record.action, contact=True, known=known)
    if form.decoded is None or form.decoded.action is None:
        return show_form(request, form, record, status=422)
    action = form.decoded.action
    if strange := access.strange_areas(request.user, record, action.areas):
        return show_form(request, forms.faulty_form(form, _not_yours(strange)), record, status=422)
    try:
        expected = whole(posted(request).get("version"))
        writing.save(
            by=me(request),
            record=record,
            action=action,
            expected=expected,
            reason=posted(request).get("reason", "")[:300],
        )
    except writing.Conflict as conflict:
        theirs = actions.changes(action, record.action)
        return show_form(request, form, record, status=409, conflict=conflict, theirs=theirs)
    except writing.NotReady as error:
        return show_form(request, form, record, status=422, refusal=error.problem, refused_at=error.place.column or "")
    say(request, N_("The changes are kept."), sent=record.identifier)
    return redirect("action", record.identifier)


def _not_yours(areas: tuple[str, ...]) -> InvalidDataError:
    remedy = N_("Write a draft of your own and submit it: an editor publishes it.")
    problem = N_("An area that is not yours cannot be added to what is published, nor taken off it.")
    return InvalidDataError(problem, column="areas", value="; ".join(areas), rule="areas", remedy=remedy)


def show_form(
    request: HttpRequest, form: forms.ActionForm, record: Record | None, status: int = 200, **more: Any
) -> HttpResponse:
    """The form of an action, with whatever is to be said of it."""
    context = {
        "form": form,
        "record": record,
        "conflict": None,
        "theirs": (),
        "refusal": "",
        "refused_at": "",
        "reason": posted(request).get("reason", "")[:300] if request.method == "POST" else "",
        "LIMIT": actions.MOST_CORRECTED,
        "before": record.action if record else None,
        "proposing": False,
        "base": record.version if record else 0,
        "last": None,
        "meanwhile": (),
    }
    return render(request, "form.html", context | more, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, identifier: str) -> HttpResponse:
    """Progress: a day, a stage, words, evidence."""
    record = access.record_to_report(request.user, identifier)
    typed = {
        name: posted(request).get(name, "").strip()[:2000] for name in ("day", "stage", "text", "evidence", "reference")
    }
    faults: dict[str, str] = {}
    if request.method == "POST":
        faults = _update_faults(typed, record)
        if not faults:
            update = actions.Update(
                datetime.date.fromisoformat(typed["day"]),
                typed["stage"],
                typed["text"],
                typed["evidence"],
                typed["reference"],
            )
            return step(
                request,
                "action",
                record.identifier,
                lambda: writing.report(by=me(request), record=record, update=update),
                N_("The progress is on record."),
                sent=f"report-{record.identifier}",
            )
    typed["day"] = typed["day"] or writing.today().isoformat()
    context = {"record": record, "typed": typed, "faults": faults, "stages": words.STAGES, "kinds": words.EVIDENCE}
    return render(request, "report.html", context, status=422 if faults else 200)


def _update_faults(typed: dict[str, str], record: Record) -> dict[str, str]:
    """What is wrong with a report, by the place on the page that it stands at; nothing where nothing is."""
    stages = [choice.code for choice in words.STAGES]
    kinds = ["", *(choice.code for choice in words.EVIDENCE)]
    without_kind = typed["evidence"] not in kinds or (bool(typed["reference"]) and not typed["evidence"])
    found = {
        "day": _day_fault(typed["day"], record),
        "stage": "" if typed["stage"] in stages else N_("Say which stage was reached."),
        "text-done": "" if typed["text"] else N_("Say what was done."),
        "evidence": N_("Say what kind of evidence it is.") if without_kind else "",
        "reference": "" if without_kind else _reference_fault(typed["evidence"], typed["reference"]),
    }
    return {place: fault for place, fault in found.items() if fault}


def _day_fault(text: str, record: Record) -> str:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return N_("Write the day as 2026-05-31.")
    return actions.day_fault(day, writing.today(), record.starts)


def _reference_fault(kind: str, reference: str) -> str:
    if kind and not reference:
        return N_("Say where the evidence can be seen, or leave both empty.")
    return actions.evidence_fault(kind, reference)


@login_required
@require_POST
def submit(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_write(request.user, identifier)
    if lacking := actions.lacking(record.action):
        form = forms.lacking_form(record.action, spoken(request), lacking)
        return show_form(request, form, record, status=422, lacking=True)
    if faults := actions.reference_faults(record.action, access.known_to(request.user)):
        form = forms.filled_form(record.action, spoken(request), contact=True)
        return show_form(request, forms.faulty_form(form, *faults), record, status=422)
    return step(
        request,
        "action",
        identifier,
        lambda: writing.submit(by=me(request), record=record),
        N_("Submitted. The editors will read it; you see here what becomes of it."),
    )
