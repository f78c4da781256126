"""Telephones: a person's own, or found on them, and those of who reports, which a whole family shares.

One number on two records tells first of a family: brothers who travelled together are reported by one person, and each may carry the number of the house.
So the same number of somebody's own says no more than how seldom two people of an event share one, that of who reports less, and nothing where the given
names, or the sexes, are others. Where nothing says which of the names is the given one, two of one side may be brothers; one who is sought and one who is found need not be. Own; the bounds are judgements, in `parameters.toml`.
"""

from __future__ import annotations

import math

from opencompact.language import N_
from opencompact.missing.evidence.again import is_told_again
from opencompact.missing.evidence.groups import shared_numbers, telephones_of
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.relatives import SURE, names_apart
from opencompact.missing.records.record import Record, Sex


def telephone_log_ratio(own: bool, settings: Parameters) -> float:
    """ln LR of a telephone that both tell: of somebody's `own` on both sides, or of who reports on one."""
    chance = math.log((1 - settings["error"]) / settings["chance"])
    return min(chance, float(settings["most"] if own else settings["most_family"]))


def are_other_sexes(one: Sex | None, other: Sex | None) -> bool:
    """Whether both sexes are told, and differ: of two of a family rather than of one person."""
    return one is not None and other is not None and one.value != other.value


def compare_telephones(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What it says that both tell a telephone; None where they do not: different ones say nothing, since people have several."""
    settings = (parameters or defaults())["identifiers"]
    own = shared_numbers(telephones_of(sought.phones), telephones_of(found.phones))
    every = [telephones_of((*record.phones, *record.reporter_phones)) for record in (sought, found)]
    shared = own or shared_numbers(*every)
    if not shared:
        return None
    shown = "…" + shared[0][-3:]
    ratio, reason = telephone_log_ratio(bool(own), settings), OWN if own else FAMILY
    apart = names_apart(sought, found)
    if apart == SURE or (apart and is_told_again(sought, found)):
        ratio, reason = 0.0, RELATIVES
    elif are_other_sexes(sought.sex, found.sex):
        ratio, reason = 0.0, OTHER_SEX
    elif apart:
        ratio = min(ratio, settings["most_family"])
    return Evidence("telephones", ratio, reason, {"number": shown}, shown, shown)


OWN = N_("A telephone is the same (ends in {number}).")
FAMILY = N_("A telephone of who reports is the same (ends in {number}): it tells of the family.")
RELATIVES = N_(
    "A telephone is the same (ends in {number}), and the names may be of two of a family: it says nothing for one person."
)
OTHER_SEX = N_("A telephone is the same (ends in {number}), and the sexes differ: it says nothing for one person.")
