"""What the service keeps. A stored action is the JSON of `opencompact.actions`; the columns beside it are for finding it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from opencompact import actions

# `merged`: a new version of a practice that was taken into it.
STAGES = ("draft", "submitted", "published", "withdrawn", "merged")


class Person(AbstractUser):
    """Someone who signs in. The user name is the e-mail address; roles are grants."""

    @property
    def shown(self) -> str:
        """How the person is named to others of the staff."""
        return self.get_full_name() or self.email


class Grant(models.Model):
    """A role that a person holds, for one area or (empty) without such a limit."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    area = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "role", "area"], name="one_grant")
        ]


class Record(models.Model):
    """One action, as it now is."""

    identifier = models.CharField(max_length=63, unique=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    who = models.CharField(max_length=300, blank=True)
    stakeholder = models.CharField(max_length=40, blank=True)
    areas = ArrayField(models.CharField(max_length=12), default=list)
    objectives = ArrayField(models.SmallIntegerField(), default=list)
    provisions = ArrayField(models.CharField(max_length=120), default=list)
    # The plan of an activity, the review at which a statement was made, the review that another is made for.
    part_of = models.CharField(max_length=63, blank=True)
    # As of the last write or the last turn of a day (`turning.py`): it changes by itself on the day in `turns`, where there is one.
    state = models.CharField(max_length=12)
    turns = models.DateField(null=True)
    # The day on which it came into the record for everyone: no year without a report begins before.
    entered = models.DateField(null=True)
    starts = models.DateField(null=True)
    due = models.DateField(null=True)
    reported = models.DateField(null=True)
    measured = models.BooleanField(default=False)
    document = models.JSONField()
    tokens = SearchVectorField(null=True)
    stage = models.CharField(max_length=12, default="draft")
    version = models.IntegerField(default=1)
    # The version that was published: what was written before it is not for everyone, but what was public before a
    # withdrawal (`publications`). None where nothing is public.
    public_from = models.IntegerField(null=True)
    # How often it was submitted: reviewers are asked anew each time.
    round = models.IntegerField(db_default=0, default=0)
    # Why it was last given back or withdrawn, for those who write it.
    returned = models.CharField(max_length=2000, blank=True, db_default="", default="")
    changed = models.DateTimeField()
    # The published practice of which this is to be the next version.
    renews = models.ForeignKey("self", models.RESTRICT, null=True, related_name="renewals")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="records")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["stage", "-changed", "-id"], name="record_newest"),
            models.Index(fields=["stage", "kind", "-changed", "-id"], name="record_kind"),
            models.Index(fields=["stage", "stakeholder", "-changed", "-id"], name="record_stakeholder"),
            models.Index(fields=["stage", "due"], name="record_due"),
            models.Index(
                fields=["due"],
                name="record_overdue",
                condition=models.Q(stage="published", state__in=["promised", "under-way"]),
            ),
            models.Index(fields=["turns"], name="record_turns", condition=models.Q(turns__isnull=False)),
            models.Index(fields=["part_of"], name="record_part_of"),
            # Everything that counts are made of, so that no count reads the actions themselves.
            models.Index(
                fields=["kind", "state"],
                name="record_counted",
                include=["due", "reported", "starts", "entered", "measured", "objectives", "stakeholder"],
                condition=models.Q(stage="published"),
            ),
            GinIndex(fields=["objectives"], name="record_objectives", fastupdate=False),
            GinIndex(fields=["areas"], name="record_areas", fastupdate=False),
            GinIndex(fields=["provisions"], name="record_provisions", fastupdate=False),
            GinIndex(fields=["tokens"], name="record_tokens", fastupdate=False),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["renews"], condition=models.Q(stage__in=["draft", "submitted"]), name="one_renewal"
            )
        ]

    @property
    def action(self) -> actions.Action:
        """The action itself."""
        return actions.from_json(self.document)


class Version(models.Model):
    """An action as it was: nothing is lost. What changed, when, by whom, why."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    document = models.JSONField()
    fields = ArrayField(models.CharField(max_length=40), default=list)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    # How a published practice came to it: "reviewed" by peers, or by a "correction" of an editor's; "file" what came in a file.
    manner = models.CharField(max_length=12, blank=True, db_default="", default="")

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["record", "number"], name="one_version")]


class Publication(models.Model):
    """A time for which an action was public, until it was withdrawn: its versions of then. A trigger keeps it as written."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="publications")
    since = models.IntegerField()
    until = models.IntegerField()
    ended = models.DateTimeField()


class Proposal(models.Model):
    """A correction of a published action that whoever wrote the action proposes; an editor or the focal point takes or refuses it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="proposals")
    by = models.ForeignKey(Person, models.CASCADE, related_name="proposals")
    # The version that it was written from, so that what changed since stays.
    base = models.IntegerField()
    document = models.JSONField()
    reason = models.CharField(max_length=300)
    asked = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open | taken | refused
    answer = models.CharField(max_length=2000, blank=True)
    decided = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=254, blank=True)
    # The version of the action that it became, once it is taken.
    version = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["record", "by"], condition=models.Q(state="open"), name="one_proposal"),
            models.CheckConstraint(condition=models.Q(state="open", decided=None) | (models.Q(state__in=["taken", "refused"]) & models.Q(decided__isnull=False)), name="proposal_decided"),
        ]  # fmt: skip

    @property
    def action(self) -> actions.Action:
        """The action as it is proposed."""
        return actions.from_json(self.document)


class PeerReview(models.Model):
    """One reviewer's part in one round of the review of a practice: asked, declared, decided."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="reviews")
    round = models.IntegerField(db_default=0, default=0)
    standing = models.CharField(max_length=10)  # un | outside
    asked = models.DateTimeField()
    conflict = models.CharField(max_length=10, blank=True)  # none | yes
    conflict_text = models.TextField(blank=True)
    declared = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=10, blank=True)  # publish | not
    remarks = models.TextField(blank=True)
    decided = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["record", "reviewer", "round"], name="one_review"),
            models.CheckConstraint(condition=models.Q(standing__in=["un", "outside"]), name="review_standing"),
            # Who declared and when, what was decided and when, stay together; nobody decides who has not declared.
            models.CheckConstraint(condition=models.Q(conflict="", declared=None) | (~models.Q(conflict="") & models.Q(declared__isnull=False)), name="review_declared"),
            models.CheckConstraint(condition=models.Q(opinion="", decided=None) | (~models.Q(opinion="") & models.Q(decided__isnull=False, conflict="none")), name="review_decided"),
        ]  # fmt: skip


class CountryText(models.Model):
    """What a focal point says of an objective in an area's review (0 is the beginning), in one language."""

    area = models.CharField(max_length=12)
    objective = models.SmallIntegerField()
    language = models.CharField(max_length=2)
    text = models.TextField(blank=True)
    version = models.IntegerField(default=1)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "objective", "language"], name="one_text")
        ]


class CountryReview(models.Model):
    """An area's review: the edition that was built last, and the one that was signed off, which stays public until the next is."""

    area = models.CharField(max_length=12, unique=True)
    built = models.DateTimeField(null=True)
    edition = models.BigIntegerField(default=0)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    signed_edition = models.BigIntegerField(null=True)
    signed = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=254, blank=True)
    # Since when what was signed and public is so no more, and why; nothing once another is signed.
    taken_back = models.DateTimeField(null=True)
    because = models.CharField(max_length=2000, blank=True, db_default="", default="")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(signed=None, signed_by="") | (models.Q(signed__isnull=False) & ~models.Q(signed_by="")), name="signed_by_someone"),
            models.CheckConstraint(condition=models.Q(signed=None, signed_edition=None) | models.Q(signed__isnull=False, signed_edition__isnull=False), name="signed_edition"),
        ]  # fmt: skip

    @property
    def unsigned(self) -> bool:
        """Whether what was built last waits for a signature."""
        return self.built is not None and self.edition != self.signed_edition

    @property
    def outdated(self) -> bool:
        """Whether own words were written after what was built last."""
        return self.built is not None and CountryText.objects.filter(area=self.area, at__gt=self.built).exists()


class Job(models.Model):
    """The building of an area's review: asked for, begun, ended. While one is open no second one is taken on for the area."""

    area = models.CharField(max_length=12)
    languages = ArrayField(models.CharField(max_length=2))
    state = models.CharField(max_length=10, default="waiting")  # waiting | running | done | failed
    asked = models.DateTimeField()
    asked_by = models.CharField(max_length=254)
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    step = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    remedy = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["area", "-id"], name="job_newest")]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area"], condition=models.Q(state__in=["waiting", "running"]), name="one_open_job"),
            models.CheckConstraint(condition=models.Q(state__in=["waiting", "running"], ended=None) | models.Q(state__in=["done", "failed"], ended__isnull=False), name="job_ended"),
        ]  # fmt: skip

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("waiting", "running")


class Paragraph(models.Model):
    """A paragraph of a text that was loaded, for reading, citing and searching."""

    symbol = models.CharField(max_length=80)
    place = models.CharField(max_length=60)
    number = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2)
    position = models.IntegerField()
    section = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    tokens = SearchVectorField(null=True)
    # What it does as a provision: the objectives it bears on; its kinds, addressees and topics.
    objectives = ArrayField(models.SmallIntegerField(), default=list, db_default=[])
    does = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["symbol", "language", "position"], name="one_place")
        ]
        indexes: ClassVar[list[Any]] = [GinIndex(fields=["tokens"], name="paragraph_tokens")]


class AuditEvent(models.Model):
    """Something that was done. No foreign keys, so that nothing done to live rows touches it; a trigger keeps it as written."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=254)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    detail = models.JSONField(default=dict)
