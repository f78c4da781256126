"""Files of actions, taken in by editors and focal points."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from opencompact import actions
from opencompact.errors import InputError, OpenCompactError
from opencompact.language import without_signs
from opencompact.public import access
from opencompact.public.importing import import_file
from opencompact.public.roles import Permission
from opencompact.public.views.speaking import me

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
        name = without_signs(Path(sent.name or "").name)[:120] if sent else ""
        kind = request.POST.get("kind") if request.POST.get("kind") in actions.KINDS else None
        try:
            if sent is None or not name.lower().endswith(_ENDINGS):
                raise InputError("This is not a table.", file=name or None, remedy="Give CSV (UTF-8), XLSX or JSON.")
            path = Path(sent.temporary_file_path())
            result = import_file(
                path=path, by=me(request).email, owner=me(request).pk, kind=kind, name=name, areas=areas, stage=stage,
                practices="submitted", anyway=request.POST.get("anyway") == "yes",
            )  # fmt: skip
        except OpenCompactError as problem:
            error = problem
    context = {"result": result, "error": error}
    return render(request, "upload.html", context, status=422 if error or (result and not result.done) else 200)
