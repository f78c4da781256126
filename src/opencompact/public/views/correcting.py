"""What proved wrong in what is public: a report taken back, a correction proposed and decided on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencompact.language import N_
from opencompact.public import access, comparing, forms, proposing, taking_back
from opencompact.public.models import Proposal, Record
from opencompact.public.refusing import Conflict, NotReady
from opencompact.public.views.drafting import show_form
from opencompact.public.views.speaking import complain, me, posted, say, spoken, whole


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """Takes a report back, as it stands at a place among the reports of the version that was seen."""
    record = access.record_to_unreport(request.user, identifier)
    typed = posted(request).get("because", "").strip()[:2000] if request.method == "POST" else ""
    expected = whole(posted(request).get("version")) if request.method == "POST" else record.version
    try:
        report = taking_back.standing_report(record, number)
        if request.method == "POST":
            taking_back.take_report_back(by=me(request), record=record, number=number, because=typed, expected=expected)
            say(request, N_("The report is taken back. It stays on record with the reason, and counts no more."))
            return redirect("action", identifier)
    except Conflict:
        complain(request, N_("Somebody else changed this meanwhile. Look whether the report is still the one that you mean."))  # fmt: skip
        return redirect("action", identifier)
    except NotReady as error:
        if error.place.column != "because":
            raise Http404 from None
        return _asked(request, record, number, typed, error.problem)
    return _asked(request, record, number, typed, "", report=report)


def _asked(
    request: HttpRequest, record: Record, number: int, typed: str, refusal: str, report: object = None
) -> HttpResponse:
    shown = report or record.action.progress[number]
    context = {"record": record, "report": shown, "typed": typed, "refusal": refusal}
    return render(request, "take_back.html", context, status=422 if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, identifier: str) -> HttpResponse:
    """The form of a published action, by whoever wrote it; what is sent waits for an editor or the focal point."""
    record = access.record_to_propose(request.user, identifier)
    last = proposing.begun(by=me(request), record=record)
    if request.method != "POST":
        # What was proposed, on what is public now: written anew it is written from today's version.
        action, meanwhile = (proposing.proposed(last), proposing.changed_since(last)) if last else (record.action, ())
        form = forms.filled_form(action, spoken(request), contact=True)
        return show_form(
            request,
            form,
            record,
            proposing=True,
            base=record.version,
            last=last,
            meanwhile=meanwhile,
            reason=last.reason if last else "",
        )
    base = whole(posted(request).get("version"))
    known = access.known_to(request.user)
    form = forms.posted_form(record.kind, posted(request), spoken(request), record.action, contact=True, known=known)
    again = {"proposing": True, "base": base, "last": last}
    if form.decoded is None or form.decoded.action is None:
        return show_form(request, form, record, status=422, **again)
    try:
        found = proposing.propose(
            by=me(request), record=record, action=form.decoded.action, base=base,
            reason=posted(request).get("reason", "")[:300],
        )  # fmt: skip
    except NotReady as error:
        column = error.place.column or ""
        return show_form(request, form, record, status=422, refusal=error.problem, refused_at=column, **again)
    say(request, N_("Your correction waits for an editor or the focal point. What is public stays until then."), sent=f"propose-{identifier}")  # fmt: skip
    return redirect("proposal", found.pk)


@login_required
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed beside what is public; for whoever decides, with the two decisions."""
    found = access.proposal_to_read(request.user, pk)
    return _shown(request, found)


def _shown(request: HttpRequest, found: Proposal, typed: str = "", status: int = 200) -> HttpResponse:
    context = {
        "proposal": found,
        "record": found.record,
        "beside": comparing.side_by_side(found.record.action, proposing.proposed(found), spoken(request)),
        "meanwhile": proposing.changed_since(found),
        "may_decide": access.may_decide(request.user, found) and found.state == "open",
        "may_propose_again": found.by_id == me(request).pk
        and found.state != "taken"
        and access.may_propose(request.user, found.record),
        "typed": typed,
    }
    return render(request, "proposal.html", context, status=status)


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.proposal_to_decide(request.user, pk)
    if access.strange_areas(request.user, found.record, proposing.proposed(found).areas):
        complain(request, N_("It adds an area that is not yours, or takes one off: an editor decides on it."))
        return redirect("proposal", pk)
    try:
        proposing.take(by=me(request), proposal=found, expected=whole(posted(request).get("version")))
    except Conflict:
        complain(request, N_("The action was changed meanwhile: this is what the correction would do to it now."))
    except NotReady as error:
        complain(request, error.problem)
    else:
        say(request, N_("The correction is taken, and public."))
    return redirect("proposal", pk)


@login_required
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.proposal_to_decide(request.user, pk)
    answer = posted(request).get("answer", "").strip()[:2000]
    try:
        proposing.refuse(by=me(request), proposal=found, answer=answer)
    except NotReady as error:
        complain(request, error.problem)
        return _shown(request, found, answer, 422) if found.state == "open" else redirect("proposal", pk)
    say(request, N_("The correction is refused; its author reads why."))
    return redirect("proposal", pk)
