"""The desk: what waits for the person who signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opencompact.public import access, country, proposing, writing
from opencompact.public.listing import flagged
from opencompact.public.roles import Permission
from opencompact.public.views.speaking import me


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person, the most pressing first."""
    who, held = me(request), access.permissions(request.user)
    mine = access.records_of(who).defer("document", "tokens").order_by("-changed", "-id")
    context: dict[str, Any] = {
        "drafts": mine.filter(stage="draft")[:50],
        "returned": mine.filter(stage__in=["draft", "withdrawn"]).exclude(returned="")[:50],
        "submitted": mine.filter(stage="submitted")[:50],
        "overdue": mine.filter(flagged("overdue", writing.today()), stage="published")[:50],
        "stale": mine.filter(flagged("stale", writing.today()), stage="published")[:50],
        "reviews": who.reviews.filter(opinion="", record__stage="submitted", round=F("record__round"))
        .exclude(conflict="yes")
        .select_related("record"),
        "proposals": access.proposals_before(who)[:50],
        "proposed": [(each, proposing.changed_since(each)) for each in proposing.of(who)],
        "areas": sorted(access.areas_of(who) - {""}),
        "prepared": country.prepared() if Permission.READ_ALL in held else (),
        "decides": held & {Permission.EDIT_ALL, Permission.WRITE_AREA},
        "today": writing.today(),
        "may_write": Permission.WRITE in held,
    }
    return render(request, "desk.html", context)
