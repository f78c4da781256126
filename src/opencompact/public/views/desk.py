"""The desk: drafts, submission, peer review, publication, progress, imports, a country's review."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencompact import actions, compact
from opencompact.actions import words
from opencompact.errors import InputError, OpenCompactError, UnknownCodeError
from opencompact.language import LANGUAGES, N_, translator
from opencompact.public import access, country, forms, looking, peer, writing
from opencompact.public.importing import import_file
from opencompact.public.listing import flagged
from opencompact.public.models import CountryReview, Person, Record
from opencompact.public.roles import Permission


def _code(request: HttpRequest) -> str:
    return str(request.code)


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _say(request: HttpRequest, message: str) -> None:
    messages.success(request, translator(_code(request), "public")(message))


def _complain(request: HttpRequest, message: str) -> None:
    messages.error(request, translator(_code(request), "public")(message))


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person, the most pressing first."""
    me, held = _me(request), access.permissions(request.user)
    mine = access.records_of(me).defer("document", "tokens").order_by("-changed", "-id")
    context: dict[str, Any] = {
        "drafts": mine.filter(stage="draft")[:50],
        "submitted": mine.filter(stage="submitted")[:50],
        "overdue": mine.filter(flagged("overdue", writing.today()), stage="published")[:50],
        "stale": mine.filter(flagged("stale", writing.today()), stage="published")[:50],
        "reviews": me.reviews.filter(opinion="", record__stage="submitted")
        .exclude(conflict="yes")
        .select_related("record"),
        "areas": sorted(access.areas_of(me) - {""}),
        "today": writing.today(),
        "may_write": Permission.WRITE in held,
    }
    return render(request, "desk.html", context)


# --- writing ------------------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    if kind not in actions.KINDS:
        raise Http404
    if request.method != "POST":
        return _form(request, forms.empty_form(kind, _code(request)), None)
    form = forms.posted_form(kind, request.POST, _code(request), None, contact=True)
    if form.decoded is None or form.decoded.action is None:
        return _form(request, form, None, status=422)
    record = writing.create(by=_me(request), action=form.decoded.action)
    _say(request, N_("The draft is kept."))
    return redirect("action", record.identifier)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_write(request.user, identifier)
    if request.method != "POST":
        return _form(request, forms.filled_form(record.action, _code(request), contact=True), record)
    form = forms.posted_form(record.kind, request.POST, _code(request), record.action, contact=True)
    if form.decoded is None or form.decoded.action is None:
        return _form(request, form, record, status=422)
    try:
        expected = _whole(request.POST.get("version"))
        writing.save(
            by=_me(request),
            record=record,
            action=form.decoded.action,
            expected=expected,
            reason=request.POST.get("reason", "")[:300],
        )
    except writing.Conflict as conflict:
        theirs = actions.changes(form.decoded.action, record.action)
        return _form(request, form, record, status=409, conflict=conflict, theirs=theirs)
    _say(request, N_("The changes are kept."))
    return redirect("action", record.identifier)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def _form(
    request: HttpRequest, form: forms.ActionForm, record: Record | None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "record": record,
        "conflict": None,
        "theirs": (),
        "before": record.action if record else None,
    }
    return render(request, "form.html", context | more, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, identifier: str) -> HttpResponse:
    """Progress: a day, a stage, words, evidence."""
    record = access.record_to_report(request.user, identifier)
    typed = {
        name: request.POST.get(name, "").strip()[:2000] for name in ("day", "stage", "text", "evidence", "reference")
    }
    error = ""
    if request.method == "POST":
        error = _update_fault(typed)
        if not error:
            update = actions.Update(
                datetime.date.fromisoformat(typed["day"]),
                typed["stage"],
                typed["text"],
                typed["evidence"],
                typed["reference"],
            )
            writing.report(by=_me(request), record=record, update=update)
            _say(request, N_("The progress is on record."))
            return redirect("action", record.identifier)
    typed["day"] = typed["day"] or writing.today().isoformat()
    context = {"record": record, "typed": typed, "error": error, "stages": words.STAGES, "kinds": words.EVIDENCE}
    return render(request, "report.html", context, status=422 if error else 200)


def _update_fault(typed: dict[str, str]) -> str:
    try:
        if datetime.date.fromisoformat(typed["day"]) > writing.today():
            return N_("The day has not come yet.")
    except ValueError:
        return N_("Write the day as 2026-05-31.")
    if typed["stage"] not in [choice.code for choice in words.STAGES] or not typed["text"]:
        return N_("Say which stage was reached, and what was done.")
    if bool(typed["evidence"]) != bool(typed["reference"]) or typed["evidence"] not in (
        "",
        *(c.code for c in words.EVIDENCE),
    ):
        return N_("Evidence needs both: what it is, and where it can be seen.")
    return ""


@login_required
@require_POST
def submit(request: HttpRequest, identifier: str) -> HttpResponse:
    record = access.record_to_write(request.user, identifier)
    if lacking := actions.lacking(record.action):
        form = forms.filled_form(record.action, _code(request), contact=True)
        return _form(request, form, record, status=422, lacking=lacking)
    return _step(
        request,
        "action",
        identifier,
        lambda: writing.submit(by=_me(request), record=record),
        N_("Submitted. The editors will read it; you see here what becomes of it."),
    )


# --- editors and reviewers ----------------------------------------------------------------------------------------------


@login_required
@require_safe
def judge(request: HttpRequest, identifier: str) -> HttpResponse:
    """A submitted action with what an editor may do: ask reviewers, publish, give back."""
    access.require(request.user, Permission.PUBLISH)
    record = access.record_to_read(request.user, identifier)
    asked = list(record.reviews.select_related("reviewer").order_by("asked"))
    taken = {review.reviewer_id for review in asked} | {record.owner_id, _me(request).pk}
    free = (
        Person.objects.filter(grants__role="reviewer", is_active=True)
        .exclude(pk__in=taken)
        .distinct()
        .order_by("email")
    )
    context = {"record": record, "reviews": asked, "free": free, "outcome": peer.outcome(writing.opinions(record))}
    return render(request, "judge.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, identifier: str) -> HttpResponse:
    access.require(request.user, Permission.ASSIGN)
    record = access.record_to_read(request.user, identifier)
    reviewer = Person.objects.filter(pk=_whole(request.POST.get("reviewer"))).first()
    standing = request.POST.get("standing", "")
    if reviewer is None or standing not in ("un", "outside"):
        _complain(request, N_("Choose a reviewer, and whether from the UN or from outside."))
        return redirect("judge", identifier)
    return _step(
        request,
        "judge",
        identifier,
        lambda: writing.ask_reviewer(by=_me(request), record=record, reviewer=reviewer, standing=standing),
        N_("The reviewer is asked."),
    )


def _step(request: HttpRequest, view: str, identifier: str, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except writing.NotReady as error:
        _complain(request, error.problem)
    else:
        _say(request, said)
    return redirect(view, identifier)


@login_required
@require_POST
def publish(request: HttpRequest, identifier: str) -> HttpResponse:
    access.require(request.user, Permission.PUBLISH)
    record = access.record_to_read(request.user, identifier)
    return _step(
        request, "judge", identifier, lambda: writing.publish(by=_me(request), record=record), N_("Published.")
    )


@login_required
@require_POST
def give_back(request: HttpRequest, identifier: str) -> HttpResponse:
    access.require(request.user, Permission.PUBLISH)
    record = access.record_to_read(request.user, identifier)
    reason = request.POST.get("reason", "").strip()[:300]
    return _step(
        request,
        "desk-action",
        identifier,
        lambda: writing.give_back(by=_me(request), record=record, reason=reason),
        N_("Given back to its author."),
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    access.require(request.user, Permission.PUBLISH)
    record = access.record_to_read(request.user, identifier)
    reason = request.POST.get("reason", "").strip()[:300]
    return _step(
        request,
        "desk-action",
        identifier,
        lambda: writing.withdraw(by=_me(request), record=record, reason=reason),
        N_("Withdrawn."),
    )


@login_required
@require_safe
def desk_action(request: HttpRequest, identifier: str) -> HttpResponse:
    access.record_to_read(request.user, identifier)
    return redirect("action", identifier)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, identifier: str) -> HttpResponse:
    """A reviewer's part: the declaration first; the practice and the opinion after it."""
    found = access.review_of(request.user, identifier)
    if request.method == "POST":
        if not found.conflict:
            return _declared(request, identifier)
        remarks, opinion = request.POST.get("remarks", "").strip()[:6000], request.POST.get("opinion")
        if opinion in ("publish", "not") and remarks:
            return _step(
                request,
                "review",
                identifier,
                lambda: writing.decide(by=_me(request), review=found, publish=opinion == "publish", remarks=remarks),
                N_("Your opinion is on record. Thank you."),
            )
        _complain(request, N_("Give an opinion, and say why."))
    seen = looking.seen(found.record, _code(request), contact=False) if found.conflict == "none" else None
    typed = request.POST.get("remarks", "")
    return render(request, "review.html", {"review": found, "record": found.record, "seen": seen, "typed": typed})


def _declared(request: HttpRequest, identifier: str) -> HttpResponse:
    found = access.review_of(request.user, identifier)
    conflict, text = request.POST.get("conflict"), request.POST.get("conflict_text", "").strip()[:2000]
    if conflict not in ("none", "yes") or (conflict == "yes" and not text):
        _complain(request, N_("Say whether there is a conflict of interest, and if so which."))
        return redirect("review", identifier)
    return _step(
        request,
        "review",
        identifier,
        lambda: writing.declare(by=_me(request), review=found, conflict=conflict == "yes", text=text),
        N_("The declaration is on record."),
    )


# --- imports ------------------------------------------------------------------------------------------------------------

_ENDINGS = (".csv", ".xlsx", ".json")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT)
    held = access.permissions(request.user)
    editor = Permission.EDIT_ALL in held
    areas, stage = (None, "published") if editor else (access.areas_of(request.user), "submitted")
    result = error = None
    if request.method == "POST":
        sent = request.FILES.get("file")
        name = Path(sent.name or "").name[:120] if sent else ""
        kind = request.POST.get("kind") if request.POST.get("kind") in actions.KINDS else None
        try:
            if sent is None or not name.lower().endswith(_ENDINGS):
                raise InputError("This is not a table.", file=name or None, remedy="Give CSV (UTF-8), XLSX or JSON.")
            path = Path(sent.temporary_file_path())
            result = import_file(
                path=path, by=_me(request).email, owner=_me(request).pk, kind=kind, name=name, areas=areas, stage=stage
            )
        except OpenCompactError as problem:
            error = problem
    context = {"result": result, "error": error}
    return render(request, "upload.html", context, status=422 if error or (result and not result.done) else 200)


# --- a country's review -------------------------------------------------------------------------------------------------


def _country(request: HttpRequest, code: str) -> compact.Area:
    access.require(request.user, Permission.PREPARE, code)
    try:
        return compact.area(code)
    except UnknownCodeError:
        raise Http404 from None


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
    return render(request, "prepare.html", {"area": area, "rows": rows, "review": review})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_words(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What the focal point says of one objective, in the language of the page."""
    area = _country(request, code)
    try:
        objective = compact.objective(number)
    except UnknownCodeError:
        raise Http404 from None
    known = country.texts_of(area.code).get((number, _code(request)))
    conflict, typed, status = None, known.text if known else "", 200
    if request.method == "POST":
        typed = request.POST.get("text", "").replace("\r\n", "\n")[:20_000]
        try:
            writing.save_text(
                by=_me(request),
                area=area.code,
                objective=number,
                language=_code(request),
                text=typed,
                expected=_whole(request.POST.get("version")),
            )
        except writing.Conflict as error:
            conflict, status = error, 409
        else:
            _say(request, N_("The text is kept."))
            return redirect("prepare", area.code)
    told = country.told(area.code)
    counted = actions.summary([a for a in told.actions if number in a.objectives], writing.today(), _code(request))
    context = {
        "area": area,
        "objective": objective,
        "known": known,
        "typed": typed,
        "conflict": conflict,
        "counted": counted,
    }
    return render(request, "own_words.html", context, status=status)


@login_required
@require_POST
def build(request: HttpRequest, code: str) -> HttpResponse:
    area = _country(request, code)
    languages = [lang for lang in LANGUAGES if lang in request.POST.getlist("languages")] or [_code(request)]
    country.build_review(area.code, tuple(languages))
    writing.note_built(by=_me(request), area=area.code, languages=languages)
    _say(request, N_("The review is built. Read it, then sign it off."))
    return redirect("prepare", area.code)


@login_required
@require_POST
def sign_off(request: HttpRequest, code: str) -> HttpResponse:
    area = _country(request, code)
    if request.POST.get("read") != "yes":
        _complain(request, N_("Say that you have read it."))
        return redirect("prepare", area.code)
    return _step(
        request,
        "prepare",
        area.code,
        lambda: writing.sign_off(by=_me(request), area=area.code),
        N_("Signed off. Anyone can read it now."),
    )
