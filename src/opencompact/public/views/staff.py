"""People, roles and the record of deeds."""

from __future__ import annotations

from dataclasses import dataclass, field

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
from opencompact.language import N_, said, told, translator
from opencompact.public import access, accounts, administering, writing
from opencompact.public.audit import details, note
from opencompact.public.models import AuditEvent, Grant, Person
from opencompact.public.roles import ROLES, Permission
from opencompact.public.views.speaking import posted


def _complain(request: HttpRequest, message: str) -> None:
    messages.error(request, told(message, request.code))


@dataclass
class Slips:
    """What was typed into a form about a person, and what is wrong with it: by field, a problem with its remedy.

    `person` is whose form it is; None for that of an invitation.
    """

    typed: dict[str, str]
    person: int | None = None
    faults: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __call__(self, person: int | None, name: str) -> str:
        """What stands in a field of a person's form."""
        return self.typed.get(name, "") if person == self.person else ""

    def of(self, person: int | None, name: str) -> tuple[str, str] | None:
        """What is wrong with a field of a person's form."""
        return self.faults.get(name) if person == self.person else None

    def refuse(self, name: str, error: OpenCompactError) -> None:
        """Notes what is wrong with a field."""
        self.faults[name] = (error.problem, error.remedy or "")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and inviting one more, with a first role: the link is shown once, to be handed over."""
    access.require(request.user, Permission.PEOPLE)
    if request.method != "POST":
        return _people(request, Slips({}))
    typed = _typed(request, "email", "name", "role", "area")
    slips = Slips(typed)
    try:
        validate_email(typed["email"])
    except ValidationError:
        slips.faults["email"] = (said("This is not an e-mail address."), said("Write it as name@example.org."))
    area = _area_of_role(slips) if typed["role"] else ""
    if slips.faults:
        return _people(request, slips)
    try:
        person = writing.invite(by=request.user.email, email=typed["email"], name=typed["name"])
    except OpenCompactError as error:
        slips.refuse("email", error)
        return _people(request, slips)
    if typed["role"]:
        writing.grant(by=request.user.email, person=person, role=typed["role"], area=area)
    return _people(
        request, Slips({}), request.build_absolute_uri(f"/{request.code}/{accounts.invitation(person)}"), person
    )


def _people(request: HttpRequest, slips: Slips, link: str = "", invited: Person | None = None) -> HttpResponse:
    everyone = Person.objects.prefetch_related("grants").order_by("email")[:1000]
    context = {"everyone": everyone, "link": link, "invited": invited, "slips": slips}
    return render(request, "people.html", context, status=422 if slips.faults else 200)


def _typed(request: HttpRequest, *names: str) -> dict[str, str]:
    sent = posted(request)
    return {name: sent.get(name, "").strip()[:300] for name in names}


def _area_of_role(slips: Slips) -> str:
    """The code of the area that a role is for, empty where it needs none; what is wrong with either is noted."""
    role, area = slips.typed["role"], slips.typed["area"]
    if role not in ROLES:
        slips.faults["role"] = (said("No role is chosen."), said("Choose one of the list."))
        return ""
    if not ROLES[role].by_area:
        return ""
    if not area:
        slips.faults["area"] = (said("This role is for one area."), said("Name the country or area."))
        return ""
    try:
        return compact.area(area).code
    except UnknownCodeError as error:
        slips.refuse("area", error)
        return ""


@login_required
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a person a role; what is wrong is told beside its field, and what was typed stays."""
    access.require(request.user, Permission.PEOPLE)
    person = get_object_or_404(Person, pk=pk)
    slips = Slips(_typed(request, "role", "area"), pk)
    area = _area_of_role(slips)
    if slips.faults:
        return _people(request, slips)
    writing.grant(by=request.user.email, person=person, role=slips.typed["role"], area=area)
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
    return _people(request, Slips({}), link, person)


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
            request.session[accounts.WELCOMED] = person.email
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
