"""Everything that changes anything: one keyword-only function each, one transaction, with its line in the record of deeds."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.contrib.auth.base_user import BaseUserManager
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from opencompact import actions
from opencompact.actions.fields import field_named
from opencompact.errors import InvalidDataError, with_value
from opencompact.language import N_, said
from opencompact.public import keeping, knowing, peer, renewing, rereading, story
from opencompact.public.audit import note
from opencompact.public.models import (
    CountryReview,
    CountryText,
    Grant,
    Job,
    PeerReview,
    Person,
    Publication,
    Record,
    Version,
)
from opencompact.public.refusing import Conflict as Conflict
from opencompact.public.refusing import NotReady as NotReady
from opencompact.public.roles import ROLES, Permission
from opencompact.public.stored import keep_version, new_identifier, next_version, set_tokens

# Of one objective in a country's own words: some five pages.
MOST_WORDS = 20_000


def is_locked(record: Record) -> bool:
    """Whether an action stands still: a practice that reviewers are reading, so that what is published is what they read."""
    return record.kind == "practice" and record.stage == "submitted"


@transaction.atomic
def create(*, by: Person, action: actions.Action) -> Record:
    """Keeps a new draft; gives it an identifier where it has none."""
    action = action if action.id else replace(action, id=new_identifier(action.kind))
    if Record.objects.filter(identifier=action.id).exists():
        raise InvalidDataError("The identifier is taken.", column="id", value=action.id, remedy="Choose another.")
    record = Record.objects.create(**keeping.columns(action, today()), entered=today(), changed=timezone.now(), owner=by, stage="draft")  # fmt: skip
    set_tokens(record, action)
    keep_version(record, None, action, by=by.email)
    note(actor=by.email, verb="create", subject=action.id)
    return record


@transaction.atomic
def save(*, by: Person, record: Record, action: actions.Action, expected: int, reason: str = "") -> Record:
    """Keeps a changed action as its next version. Raises Conflict where it was changed since version `expected`.

    Of a published practice only the wording is corrected here, with a reason; NotReady for anything else.
    """
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.version != expected:
        raise Conflict(locked.version, expected)
    if is_locked(locked):
        raise NotReady(N_("It is being reviewed: give it back before it is changed."))
    changed = actions.changes(locked.action, action)
    if not changed:
        return locked
    if locked.stage == "published" and not reason.strip() and story.loosened(locked.action, action):
        raise NotReady(
            N_("A promise is held to its due day and its measure: say why you change them. It stands in the history."),
            column="reason",
        )
    if locked.stage in ("submitted", "published") and (emptied := actions.lost(locked.action, action)):
        problem = said("What is submitted or public would lack: {fields}.", fields=actions.labels(emptied))
        raise NotReady(problem, column=emptied[0].name)
    if rereading.left_out(locked.action, action):
        raise NotReady(N_("A report that is on record cannot be taken away: add one that puts it right."))
    manner = renewing.assert_may_differ(locked, action, reason) if renewing.is_reviewed(locked) else ""
    next_version(locked, action, by=by.email, reason=reason, manner=manner)
    note(actor=by.email, verb="save", subject=locked.identifier, version=locked.version, fields=list(changed))
    return locked


@transaction.atomic
def report(*, by: Person, record: Record, update: actions.Update) -> Record:
    """Adds a report of progress to an action, whoever changed it meanwhile: reports are only ever added."""
    locked = Record.objects.select_for_update().get(pk=record.pk)
    action = actions.updated(locked.action, update)
    return save(by=by, record=locked, action=action, expected=locked.version, reason=update.text[:300])


@transaction.atomic
def submit(*, by: Person, record: Record) -> Record:
    """Hands a complete draft to the editors. Raises NotReady where something lacks, or what it names does not exist."""
    locked = _at(record, "draft")
    _assert_whole(locked.action)
    locked.round += 1
    return _move(locked, "submitted", by, "submit")


def _assert_whole(action: actions.Action) -> None:
    if fields := actions.lacking(action):
        problem = said("Asked for and missing, or too short: {fields}.", fields=actions.labels(fields))
        raise NotReady(problem, column=fields[0].name, value=", ".join(field.name for field in fields))
    if fault := next(iter(actions.reference_faults(action, knowing.known())), None):
        column = fault.place.column or ""
        field = field_named(type(action), column)
        problem = said("{field}: {problem}", field=said(field.label if field else column), problem=fault.problem)
        raise NotReady(with_value(problem, fault.value), column=column, value=fault.value, remedy=fault.remedy)


@transaction.atomic
def give_back(*, by: Person, record: Record, reason: str) -> Record:
    """Gives a submitted action back to its author, with the reason. Raises NotReady without one."""
    return _move(_at(record, "submitted"), "draft", by, "give-back", reason=_given(reason))


def _given(reason: str) -> str:
    if not reason.strip():
        raise NotReady(N_("Say why: the author reads it."))
    return reason.strip()


@transaction.atomic
def publish(*, by: Person, record: Record) -> Record:
    """Publishes a submitted action; a practice only when its reviewers recommend it. Raises NotReady.

    A new version of a published practice becomes that practice's next version.
    """
    locked = _at(record, "submitted")
    _assert_whole(locked.action)
    if locked.kind == "practice":
        found = peer.outcome(opinions(locked))
        if found.publish is not True:
            raise NotReady(N_("The reviewers have not recommended it."))
    if locked.owner_id == by.pk and locked.kind == "practice":
        raise NotReady(N_("Nobody publishes a practice of their own."))
    if locked.renews_id is not None:
        return renewing.take_in(by=by, renewal=locked)
    # What was public before a withdrawal stays in its history (`publications`); drafts in between do not enter it.
    locked.public_from, locked.entered = locked.version, today()
    return _move(locked, "published", by, "publish")


@transaction.atomic
def withdraw(*, by: Person, record: Record, reason: str) -> Record:
    """Takes a published action off the site; its versions stay. Raises NotReady without a reason."""
    locked, why = _at(record, "published"), _given(reason)
    first = locked.version if locked.public_from is None else locked.public_from
    Publication.objects.create(record=locked, since=first, until=locked.version, ended=timezone.now())
    locked.public_from = None
    return _move(locked, "withdrawn", by, "withdraw", reason=why)


@transaction.atomic
def take_up(*, by: Person, record: Record) -> Record:
    """Makes a draft of what was withdrawn, with its versions: it is submitted, reviewed and published like any other."""
    return _move(_at(record, "withdrawn"), "draft", by, "take-up")


def _at(record: Record, stage: str) -> Record:
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.stage != stage:
        raise NotReady(N_("It is not at that stage any more."), value=locked.stage)
    return locked


def _move(record: Record, stage: str, by: Person, verb: str, **detail: str) -> Record:
    record.stage = stage
    # Why it came back is told until it is submitted again.
    record.returned = detail.get("reason", record.returned if stage == "draft" else "")
    record.changed = timezone.now()
    record.save(update_fields=["stage", "changed", "round", "returned", "public_from", "entered"])
    note(actor=by.email, verb=verb, subject=record.identifier, **detail)
    return record


# --- peer review --------------------------------------------------------------------------------------------------------


def opinions(record: Record) -> list[peer.Opinion]:
    """What the reviewers of a record have said so far in the present round: of what was submitted last."""
    return [peer.Opinion(r.standing, r.conflict, r.opinion) for r in record.reviews.filter(round=record.round)]


def may_not_review(record: Record) -> QuerySet[Person]:
    """Who cannot be a reviewer of it: whoever wrote a word of it, or of the practice that it renews, and every editor."""
    both = Record.objects.filter(pk__in=[record.pk, *filter(None, [record.renews_id])])
    wrote = Version.objects.filter(record__in=both).values("by")
    publishing = [role.key for role in ROLES.values() if Permission.PUBLISH in role.permissions]
    return Person.objects.filter(Q(records__in=both) | Q(email__in=wrote) | Q(grants__role__in=publishing)).distinct()


@transaction.atomic
def ask_reviewer(*, by: Person, record: Record, reviewer: Person, standing: str) -> PeerReview:
    """Asks a reviewer for the present round; neither an author nor an editor, whoever asks among them, may be one."""
    locked = _at(record, "submitted")
    barred = reviewer.pk == by.pk or may_not_review(locked).filter(pk=reviewer.pk).exists()
    if barred or not reviewer.grants.filter(role="reviewer").exists():
        raise NotReady(N_("This person cannot review it."))
    if locked.reviews.filter(reviewer=reviewer, round=locked.round).exists():
        raise NotReady(N_("This reviewer was asked already."))
    review = PeerReview.objects.create(
        record=locked, reviewer=reviewer, round=locked.round, standing=standing, asked=timezone.now()
    )
    note(actor=by.email, verb="ask-reviewer", subject=locked.identifier, reviewer=reviewer.email, standing=standing)
    return review


@transaction.atomic
def declare(*, by: Person, review: PeerReview, conflict: bool, text: str) -> PeerReview:
    """A reviewer declares whether there is a conflict of interest, once, before anything else."""
    locked = PeerReview.objects.select_for_update().get(pk=review.pk)
    if locked.conflict:
        raise NotReady(N_("The declaration was made already."))
    locked.conflict, locked.conflict_text, locked.declared = ("yes" if conflict else "none"), text, timezone.now()
    locked.save()
    note(actor=by.email, verb="declare", subject=locked.record.identifier, conflict=conflict)
    return locked


@transaction.atomic
def decide(*, by: Person, review: PeerReview, publish: bool, remarks: str) -> PeerReview:
    """A reviewer says whether the practice should be published, and why."""
    # The practice first, as giving back and publishing do: none of them can happen while this is decided.
    record = _at(review.record, "submitted")
    locked = PeerReview.objects.select_for_update().get(pk=review.pk)
    if locked.conflict != "none" or locked.opinion or locked.round != record.round:
        raise NotReady(N_("There is nothing to decide any more."))
    if may_not_review(record).filter(pk=by.pk).exists():
        raise NotReady(N_("This person cannot review it."))
    locked.opinion, locked.remarks, locked.decided = ("publish" if publish else "not"), remarks, timezone.now()
    locked.save()
    note(actor=by.email, verb="decide", subject=locked.record.identifier, publish=publish)
    return locked


# --- a country's review -------------------------------------------------------------------------------------------------


@transaction.atomic
def save_text(*, by: Person, area: str, objective: int, language: str, text: str, expected: int) -> CountryText:
    """Keeps what the focal point says of an objective; the edition that was signed stays as it is.

    Raises Conflict where somebody was first, NotReady for more than a review holds of one objective.
    """
    if len(text) > MOST_WORDS:
        raise NotReady(
            said("It has {n} characters; at most {most} can be kept. Shorten it.", n=len(text), most=MOST_WORDS)
        )
    now = timezone.now()
    found = CountryText.objects.select_for_update().filter(area=area, objective=objective, language=language).first()
    if (found.version if found else 0) != expected:
        raise Conflict(found.version if found else 0, expected)
    if found is None:
        found = CountryText(area=area, objective=objective, language=language, version=0)
    found.text, found.version, found.by, found.at = text, expected + 1, by.email, now
    found.save()
    note(actor=by.email, verb="save-text", subject=area, objective=objective, language=language, text=text)
    return found


@transaction.atomic
def ask_build(*, by: Person, area: str, languages: list[str]) -> Job:
    """Asks for the area's review to be built. Raises NotReady while one is being built."""
    # Two requests at the same moment meet here; the constraint of the table stands behind.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"build {area}"])
    if Job.objects.filter(area=area, state__in=["waiting", "running"]).exists():
        raise NotReady(N_("This review is being built already."))
    note(actor=by.email, verb="ask-review", subject=area, languages=languages)
    return Job.objects.create(area=area, languages=languages, asked=timezone.now(), asked_by=by.email)


@transaction.atomic
def end_job(*, job: Job, problem: str = "", remedy: str = "") -> Job:
    """Ends a job: done, with a new edition there to read and not signed; or failed, with what went wrong."""
    job.state, job.ended = ("failed" if problem else "done"), timezone.now()
    job.step, job.problem, job.remedy = "", problem[:500], remedy[:500]
    job.save()
    if problem:
        note(actor=job.asked_by, verb="build-failed", subject=job.area, problem=problem)
        return job
    # What it tells is what was known when the building began.
    built = {"built": job.began, "languages": job.languages, "edition": job.pk}
    CountryReview.objects.update_or_create(area=job.area, defaults=built)
    note(actor=job.asked_by, verb="build-review", subject=job.area, languages=job.languages)
    return job


@transaction.atomic
def sign_off(*, by: Person, area: str, edition: int) -> CountryReview:
    """Signs the edition off that was read: from now on anyone can read it, in place of the one before.

    Raises NotReady where nothing was built, not since the last change, or another edition since it was read.
    """
    review = CountryReview.objects.select_for_update().filter(area=area, built__isnull=False).first()
    if review is None:
        raise NotReady(N_("The review has not been built yet."))
    if review.edition != edition:
        raise NotReady(N_("The review was built again meanwhile. Read it, then sign it off."))
    if CountryText.objects.filter(area=area, at__gt=review.built).exists():
        raise NotReady(N_("Something was written after the review was built. Build it again, then sign it off."))
    review.signed, review.signed_by, review.signed_edition = timezone.now(), by.email, edition
    review.taken_back, review.because = None, ""
    review.save()
    note(actor=by.email, verb="sign-off", subject=area, edition=edition)
    return review


@transaction.atomic
def take_back(*, by: Person, area: str, because: str) -> None:
    """Takes the signature of a review back: it is not public any more; that it was, until when and why is said at its address.

    Raises NotReady without a reason, and where none is signed off.
    """
    if not because.strip():
        raise NotReady(N_("Say why: it stands where the review was."))
    review = CountryReview.objects.select_for_update().filter(area=area, signed__isnull=False).first()
    if review is None:
        raise NotReady(N_("No review is signed off."))
    why = because.strip()[:2000]
    note(actor=by.email, verb="take-back", subject=area, edition=review.signed_edition, signed_by=review.signed_by, reason=why)  # fmt: skip
    review.taken_back, review.because = timezone.now(), why
    review.signed, review.signed_by, review.signed_edition = None, "", None
    review.save()


# --- people -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, by: str, email: str, name: str = "") -> Person:
    """Makes an account without a password: the invitation is the only way in."""
    address = BaseUserManager.normalize_email(email).lower()
    if Person.objects.filter(email=address).exists():
        raise InvalidDataError(N_("There is an account with this address."), value=address, rule="email")
    person = Person(username=address, email=address, first_name=name[:150])
    person.set_unusable_password()
    person.save()
    note(actor=by, verb="invite", subject=address)
    return person


@transaction.atomic
def grant(*, by: str, person: Person, role: str, area: str = "") -> Grant:
    """Grants a role; one that holds for an area needs one."""
    known = ROLES[role]
    found, _new = Grant.objects.get_or_create(person=person, role=role, area=area if known.by_area else "")
    note(actor=by, verb="grant", subject=person.email, role=role, area=found.area)
    return found


def today() -> datetime.date:
    """The day by which things are due."""
    return timezone.now().date()
