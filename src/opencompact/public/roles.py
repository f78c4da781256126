"""Who may do what: six roles, their policy in words, their permissions. Roles are code; grants of them are rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from opencompact.language import N_


class Permission(StrEnum):
    """One thing that may be done."""

    WRITE = "write"  # drafts of one's own, and submitting them
    WRITE_AREA = "write-area"  # every action of the area
    READ_ALL = "read-all"  # drafts of others, contacts, opinions, proposals, reviews in preparation
    REVIEW = "review"  # what one was asked to review
    ASSIGN = "assign"
    PUBLISH = "publish"
    EDIT_ALL = "edit-all"
    IMPORT = "import"
    PREPARE = "prepare"  # the area's review: texts, building, signing off
    AUDIT = "audit"
    PEOPLE = "people"


@dataclass(frozen=True)
class Role:
    """A role; `by_area` tells that it holds for the area that it is granted for, and `staff` that it needs a second factor."""

    key: str
    name: str
    policy: str
    permissions: frozenset[Permission]
    by_area: bool = False
    staff: bool = True


def _role(
    key: str, name: str, policy: str, *permissions: Permission, by_area: bool = False, staff: bool = True
) -> Role:
    return Role(key, name, policy, frozenset(permissions), by_area, staff)


P = Permission
ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role("contributor", N_("Contributor"), N_("Writes drafts, submits them, and reports progress on what is their own."), P.WRITE, staff=False),
        _role("focal-point", N_("Focal point of an area"), N_("Writes and reports on every action of one area, imports them, prepares that area's review and signs it off. Publishes nothing; of a published practice writes the new version that its reviewers read."), P.WRITE, P.WRITE_AREA, P.IMPORT, P.PREPARE, by_area=True),
        _role("reviewer", N_("Reviewer"), N_("Reads what they were asked to review, declares conflicts of interest first, and says what they think of it."), P.REVIEW),
        _role("editor", N_("Editor"), N_("Reads every action, what its reviewers said, and reviews that are being prepared; asks reviewers, publishes, returns and withdraws, imports; corrects the wording of published practices, with a reason. May not review."), P.WRITE, P.READ_ALL, P.EDIT_ALL, P.ASSIGN, P.PUBLISH, P.IMPORT),
        _role("auditor", N_("Auditor"), N_("Reads every action, what its reviewers said, corrections that are proposed, reviews that are being prepared, and the record of all that was done. Changes nothing."), P.READ_ALL, P.AUDIT),
        _role("administrator", N_("Administrator"), N_("Invites people and grants roles. Neither publishes nor reviews."), P.PEOPLE),
    )
}  # fmt: skip
