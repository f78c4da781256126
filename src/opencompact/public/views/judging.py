"""Editors and reviewers: who is asked, what they say, what is published, given back or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencompact.language import N_
from opencompact.public import access, comparing, looking, peer, writing
from opencompact.public.models import Person, Record
from opencompact.public.roles import Permission
from opencompact.public.views.speaking import complain, me, posted, spoken, step, whole


@login_required
@require_safe
def judge(request: HttpRequest, identifier: str) -> HttpResponse:
    """An action with what its reviewers said, and what an editor may do: ask reviewers, publish, give back."""
    access.require_to_read(request.user, Permission.PUBLISH)
    record = access.record_to_read(request.user, identifier)
    reviews = list(record.reviews.select_related("reviewer").order_by("-round", "asked"))
    asked = [review for review in reviews if review.round == record.round]
    taken = [review.reviewer_id for review in asked]
    free = (
        Person.objects.filter(grants__role="reviewer", is_active=True)
        .exclude(pk__in=[*taken, me(request).pk])
        .exclude(pk__in=writing.may_not_review(record).values("pk"))
        .distinct()
        .order_by("email")
    )
    context = {
        "record": record,
        "reviews": asked,
        "earlier": [review for review in reviews if review.round != record.round],
        "free": free,
        "outcome": peer.outcome(writing.opinions(record)),
        "beside": _beside(record, spoken(request)),
        "judges": Permission.PUBLISH in access.permissions(request.user),
    }
    return render(request, "judge.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, identifier: str) -> HttpResponse:
    access.require(request.user, Permission.ASSIGN)
    record = access.record_to_read(request.user, identifier)
    reviewer = Person.objects.filter(pk=whole(request.POST.get("reviewer"))).first()
    standing = request.POST.get("standing", "")
    if reviewer is None or standing not in ("un", "outside"):
        complain(request, N_("Choose a reviewer, and whether from the UN or from outside."))
        return redirect("judge", identifier)
    return step(
        request,
        "judge",
        identifier,
        lambda: writing.ask_reviewer(by=me(request), record=record, reviewer=reviewer, standing=standing),
        N_("The reviewer is asked."),
    )


@login_required
@require_POST
def publish(request: HttpRequest, identifier: str) -> HttpResponse:
    return _judged(request, identifier, "judge", writing.publish, N_("Published."))


@login_required
@require_POST
def give_back(request: HttpRequest, identifier: str) -> HttpResponse:
    act = partial(writing.give_back, reason=_reason(request))
    return _judged(request, identifier, "desk-action", act, N_("Given back to its author."))


@login_required
@require_POST
def withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    act = partial(writing.withdraw, reason=_reason(request))
    return _judged(request, identifier, "desk-action", act, N_("Withdrawn."))


def _reason(request: HttpRequest) -> str:
    return posted(request).get("reason", "").strip()[:2000]


def _judged(request: HttpRequest, identifier: str, view: str, act: Callable[..., Record], message: str) -> HttpResponse:
    """What only an editor decides of an action: the same permission, the same door."""
    access.require(request.user, Permission.PUBLISH)
    record = access.record_to_read(request.user, identifier)
    return step(request, view, identifier, lambda: act(by=me(request), record=record), message)


@login_required
@require_POST
def take_up(request: HttpRequest, identifier: str) -> HttpResponse:
    """What was withdrawn becomes a draft again."""
    record = access.record_to_take_up(request.user, identifier)
    return step(
        request,
        "desk-action",
        identifier,
        lambda: writing.take_up(by=me(request), record=record),
        N_("It is a draft again."),
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
        remarks, opinion = posted(request).get("remarks", "").strip()[:6000], posted(request).get("opinion")
        if opinion in ("publish", "not") and remarks:
            return step(
                request,
                "review",
                identifier,
                lambda: writing.decide(by=me(request), review=found, publish=opinion == "publish", remarks=remarks),
                N_("Your opinion is on record. Thank you."),
            )
        complain(request, N_("Give an opinion, and say why."))
    readable = access.may_read(request.user, found.record) and found.conflict == "none"
    seen = looking.seen(found.record, spoken(request), contact=False) if readable else None
    typed = posted(request).get("remarks", "")
    context = {
        "review": found,
        "record": found.record,
        "seen": seen,
        "typed": typed,
        "beside": _beside(found.record, spoken(request)),
    }
    return render(request, "review.html", context)


def _beside(record: Record, code: str) -> tuple[comparing.Beside, ...]:
    """What a new version changes of what is public, side by side; nothing where it renews nothing."""
    return comparing.side_by_side(record.renews.action, record.action, code) if record.renews else ()


def _declared(request: HttpRequest, identifier: str) -> HttpResponse:
    found = access.review_of(request.user, identifier)
    conflict, text = posted(request).get("conflict"), posted(request).get("conflict_text", "").strip()[:2000]
    if conflict not in ("none", "yes") or (conflict == "yes" and not text):
        complain(request, N_("Say whether there is a conflict of interest, and if so which."))
        return redirect("review", identifier)
    return step(
        request,
        "review",
        identifier,
        lambda: writing.declare(by=me(request), review=found, conflict=conflict == "yes", text=text),
        N_("The declaration is on record."),
    )
