"""What a reader must know beside a result: profiles that are one and the same, markers that are not independent.

Every command that gives likelihood ratios or probabilities says these, not only `check`.
"""

from __future__ import annotations

from collections.abc import Iterator

from opencompact.language import said
from opencompact.missing.kinship.case import Case, Finding
from opencompact.missing.kinship.linkage import LinkedMarkers, linked_markers
from opencompact.missing.kinship.sameness import SameProfile, same_profiles


def cautions(case: Case) -> list[Finding]:
    """The findings that change how every result of a case is to be read."""
    return [*_of_same_profiles(case), *_of_linked_markers(case)]


def linked_in(case: Case) -> list[LinkedMarkers]:
    """The linked markers that someone in the case was typed at."""
    relatives = [profile for family in case.families for profile in family.profiles.values()]
    return linked_markers(case.markers, [*case.remains, *relatives, *case.profiles.values()])


def _of_same_profiles(case: Case) -> Iterator[Finding]:
    for same in same_profiles(case):
        yield Finding(
            "kinship.same-profile", _words(same), same.names[0], value=", ".join(same.names[1:]), level="warning"
        )


def _words(same: SameProfile) -> str:
    names, rarity = ", ".join(same.names), f"10^{same.log10_rarity:.1f}"
    if not same.relatives:
        return said(
            "{names} have one profile ({n} markers, one stranger in {rarity}): parts of one body, a sample taken twice or contaminated, or identical twins. Each is taken as a person of their own; put parts of one body together before identifying.",
            names=names, n=same.markers, rarity=rarity,
        )  # fmt: skip
    if same.remains:
        return said(
            "{names} have one profile ({n} markers, one stranger in {rarity}), remains and relatives among them: a contaminated or exchanged sample, or identical twins.",
            names=names, n=same.markers, rarity=rarity,
        )  # fmt: skip
    return said(
        "{names} have one profile ({n} markers, one stranger in {rarity}): one person under two names, an exchanged sample, or identical twins.",
        names=names, n=same.markers, rarity=rarity,
    )  # fmt: skip


def _of_linked_markers(case: Case) -> Iterator[Finding]:
    for linked in linked_in(case):
        names = ", ".join(linked.markers)
        yield Finding("kinship.linked-markers", _linked_words(linked, names), marker=names, level="note")


def _linked_words(linked: LinkedMarkers, names: str) -> str:
    if linked.recombination is None:
        return said(
            "{names} lie close together on one chromosome and are taken as independent; the LR is not exact where the relation hangs on more than one meiosis ({source}).",
            names=names, source=linked.source,
        )  # fmt: skip
    return said(
        "{names} lie close together on one chromosome (they part in {recombination:.3f} of meioses) and are taken as independent; the LR is not exact where the relation hangs on more than one meiosis ({source}).",
        names=names, recombination=linked.recombination, source=linked.source,
    )  # fmt: skip
