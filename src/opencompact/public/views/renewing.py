"""A new version of a published practice."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from opencompact.language import N_
from opencompact.public import access, renewing
from opencompact.public.refusing import NotReady
from opencompact.public.views.speaking import complain, me, say


@login_required
@require_POST
def new_version(request: HttpRequest, identifier: str) -> HttpResponse:
    """Begins a new version and opens its form; what is public stays until the reviewers recommend it."""
    record = access.record_to_renew(request.user, identifier)
    try:
        draft = renewing.begin(by=me(request), record=record)
    except NotReady as error:
        complain(request, error.problem)
        return redirect("action", identifier)
    say(
        request,
        N_("A draft of the new version is kept. What is public stays until its reviewers recommend the new one."),
    )
    return redirect("edit", draft.identifier)
