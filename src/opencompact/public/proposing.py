"""A correction that an author proposes of what is public: an editor or the focal point takes it or refuses it, with a reason."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from opencompact import actions
from opencompact.language import N_, said
from opencompact.public import rereading
from opencompact.public.audit import note
from opencompact.public.models import Person, Proposal, Record, Version
from opencompact.public.refusing import NotReady
from opencompact.public.writing import save


@transaction.atomic
def propose(*, by: Person, record: Record, action: actions.Action, base: int, reason: str) -> Proposal:
    """Keeps what somebody proposes, written from version `base`; a second one in place of the first while that is open.

    Raises NotReady where nothing differs, without a reason, and where the action is public no more.
    """
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.stage != "published":
        raise NotReady(N_("It is not at that stage any more."), value=locked.stage)
    if not reason.strip():
        raise NotReady(N_("Say what you would correct and why: whoever decides reads it."), column="reason")
    if not actions.changes(_written_from(locked, base), action):
        raise NotReady(N_("Nothing differs from what is public."))
    _assert_takeable(locked, base, action)
    sent = {"base": base, "document": actions.to_json(action, private=True), "reason": reason.strip()[:300], "asked": timezone.now()}  # fmt: skip
    found, _new = Proposal.objects.update_or_create(record=locked, by=by, state="open", defaults=sent)
    note(actor=by.email, verb="propose", subject=locked.identifier, proposal=found.pk)
    return found


def _assert_takeable(record: Record, base: int, action: actions.Action) -> None:
    """Refuses at once what could not be taken: something asked for is empty, a report is left out."""
    mine = actions.changes(_written_from(record, base), action)
    told = replace(record.action, **{name: getattr(action, name) for name in mine})
    if emptied := actions.lost(record.action, told):
        problem = said("What is submitted or public would lack: {fields}.", fields=actions.labels(emptied))
        raise NotReady(problem, column=emptied[0].name)
    if rereading.left_out(_written_from(record, base), action):
        raise NotReady(N_("A report that is on record cannot be taken away: add one that puts it right."))


def proposed(proposal: Proposal) -> actions.Action:
    """The action as it would be: what is proposed, on what it now is, with every report of both."""
    now = proposal.record.action
    mine = {name: getattr(proposal.action, name) for name in fields(proposal)}
    told = replace(now, **mine)
    return rereading.with_reports(now, told) if "progress" in mine else told


def fields(proposal: Proposal) -> tuple[str, ...]:
    """The fields that somebody proposes to change."""
    return actions.changes(_written_from(proposal.record, proposal.base), proposal.action)


def changed_since(proposal: Proposal) -> tuple[str, ...]:
    """The fields that somebody else has changed since a proposal was written that waits, and that it would put otherwise.

    Reports are not among them: those of both stay.
    """
    if proposal.state != "open":
        return ()
    meanwhile = actions.changes(_written_from(proposal.record, proposal.base), proposal.record.action)
    differing = actions.changes(proposal.record.action, proposed(proposal))
    return tuple(name for name in fields(proposal) if name in meanwhile and name in differing and name != "progress")


def _written_from(record: Record, base: int) -> actions.Action:
    version = Version.objects.filter(record=record, number=base).first()
    return actions.from_json(version.document) if version else record.action


@transaction.atomic
def take(*, by: Person, proposal: Proposal, expected: int) -> Record:
    """Makes what is proposed the action's next version, as whoever decides has read it. Raises Conflict, NotReady."""
    locked = _open(proposal)
    if locked.record.stage != "published":
        raise NotReady(N_("It is not at that stage any more."), value=locked.record.stage)
    record = save(by=by, record=locked.record, action=proposed(locked), expected=expected, reason=locked.reason)
    locked.version = record.version
    _decide(locked, "taken", by, "")
    return record


def proposers(record: Record) -> dict[int, Proposal]:
    """By version number, the taken correction that it came of: whose words they are."""
    taken = record.proposals.filter(state="taken", version__isnull=False).select_related("by")
    return {proposal.version: proposal for proposal in taken if proposal.version is not None}


def of(person: Person) -> list[Proposal]:
    """What a person proposed, the newest first: of an action that was proposed anew after a refusal, the later one alone."""
    found: list[Proposal] = []
    for proposal in person.proposals.select_related("record").order_by("-asked")[:100]:
        anew = any(later.record_id == proposal.record_id for later in found)
        if not (anew and proposal.state == "refused"):
            found.append(proposal)
    return found[:20]


@transaction.atomic
def refuse(*, by: Person, proposal: Proposal, answer: str) -> Proposal:
    """Refuses what is proposed, with the reason; it stays for its author to read and to begin from. Raises NotReady."""
    locked = _open(proposal)
    if not answer.strip():
        raise NotReady(N_("Say why: the author reads it."))
    return _decide(locked, "refused", by, answer.strip()[:2000])


def _open(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state != "open":
        raise NotReady(N_("It was decided already."))
    return locked


def _decide(proposal: Proposal, state: str, by: Person, answer: str) -> Proposal:
    proposal.state, proposal.answer, proposal.decided, proposal.decided_by = state, answer, timezone.now(), by.email
    proposal.save()
    verb = "take-proposal" if state == "taken" else "refuse-proposal"
    note(actor=by.email, verb=verb, subject=proposal.record.identifier, proposal=proposal.pk, by=proposal.by.email)
    return proposal


def begun(*, by: Person, record: Record) -> Proposal | None:
    """What a person proposed of an action last and was not taken: its form begins there, so that nothing typed is lost."""
    last = record.proposals.filter(by=by).order_by("-asked").first()
    return last if last is not None and last.state != "taken" else None
