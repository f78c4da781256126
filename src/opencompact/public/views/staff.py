"""People, roles and the record of deeds."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencompact import compact
from opencompact.errors import OpenCompactError, UnknownCodeError
from opencompact.language import N_, told, translator
from opencompact.public import access, accounts, administering, writing
from opencompact.public.audit import details, note
from opencompact.public.models import AuditEvent, Grant, Person
from opencompact.public.roles import ROLES, Permission
from opencompact.public.views.speaking import posted


def _complain(request: HttpRequest, message: str) -> None:
    messages.error(request, told(message, request.code))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and inviting one more: the link is shown once, to be handed over."""
    access.require(request.user, Permission.PEOPLE)
    link = ""
    if request.method == "POST":
        try:
            validate_email(request.POST.get("email", ""))
            person = writing.invite(
                by=request.user.email, email=request.POST["email"], name=posted(request).get("name", "").strip()
            )
            link = request.build_absolute_uri(f"/{request.code}/{accounts.invitation(person)}")
        except ValidationError:
            _complain(request, N_("This is not an e-mail address."))
        except OpenCompactError as error:
            _complain(request, error.problem)
    everyone = Person.objects.prefetch_related("grants").order_by("email")[:1000]
    return render(request, "people.html", {"everyone": everyone, "link": link})


@login_required
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.PEOPLE)
    person, role = get_object_or_404(Person, pk=pk), request.POST.get("role", "")
    area = request.POST.get("area", "").strip()
    try:
        if role not in ROLES or (ROLES[role].by_area and not area):
            raise UnknownCodeError(N_("Choose a role, and the area where it needs one."))
        code = compact.area(area).code if ROLES[role].by_area else ""
        writing.grant(by=request.user.email, person=person, role=role, area=code)
    except UnknownCodeError as error:
        _complain(request, error.problem)
    return redirect("people")


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.PEOPLE)
    try:
        administering.revoke(by=request.user.email, grant=get_object_or_404(Grant, pk=pk))
    except OpenCompactError as error:
        _complain(request, error.problem)
    return redirect("people")


@login_required
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new invitation for someone who lost a password or a second factor: both are taken away."""
    access.require(request.user, Permission.PEOPLE)
    person = get_object_or_404(Person, pk=pk)
    if person.pk == request.user.pk:
        _complain(request, N_("Ask another administrator to do this for you."))
        return redirect("people")
    link = request.build_absolute_uri(f"/{request.code}/{administering.forget(by=request.user.email, person=person)}")
    everyone = Person.objects.prefetch_related("grants").order_by("email")[:1000]
    return render(request, "people.html", {"everyone": everyone, "link": link})


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Where an invited person sets a password."""
    person = accounts.invited(key, token)
    if person is None:
        raise Http404
    faults: list[str] = []
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            validate_password(password, person)
            if password != request.POST.get("again"):
                _ = translator(request.code, "public")
                raise ValidationError(_("The two passwords differ."))
        except ValidationError as error:
            faults = list(error.messages)
        else:
            person.set_password(password)
            person.save()
            note(actor=person.email, verb="set-password", subject=person.email)
            # Signing in is left to the page for it, which asks for the second factor where there is one.
            return redirect("account_login")
    return render(request, "welcome.html", {"invited": person, "faults": faults}, status=422 if faults else 200)


@login_required
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The record of deeds, the newest first."""
    access.require(request.user, Permission.AUDIT)
    subject = request.GET.get("subject", "").replace("\x00", "")[:300]
    before = request.GET.get("before", "")
    events = AuditEvent.objects.order_by("-id")
    if subject:
        events = events.filter(subject=subject)
    if before.isascii() and before.isdigit() and len(before) < 18:
        events = events.filter(id__lt=int(before))
    shown = [(event, details(event.detail, request.code)) for event in events[:100]]
    return render(request, "audit.html", {"events": shown, "subject": subject})
