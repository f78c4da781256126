"""What an indicator says, area by area, with the rows that its values stand in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.public import holdings


@require_safe
def indicator(request: HttpRequest, id: str) -> HttpResponse:
    """The newest value of every area, or with `?area=` every value of one."""
    asked = request.GET.get("area", "").strip()
    try:
        found = compact.catalogue().indicator(id)
        area = compact.area(asked[:80]) if asked else None
    except UnknownCodeError:
        raise Http404 from None
    values = holdings.series(found.id, area.code) if area else holdings.everywhere(found.id)
    context = {"indicator": found, "area": area, "values": values}
    return render(request, "indicator.html", context)
