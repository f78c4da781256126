"""Colours and build: categories that two people see differently, and that go together in one person.

A colour is the same in every language (`trait_words`). Single traits use a confusion matrix; hair, skin and eyes are taken together through the joint frequencies of a reference
population, because dark hair and dark eyes are no two proofs. Source: Marsico, Vigeland, Egeland, Herrera Piñero 2023, FSI
Genetics 66:102891, §2.2 (tables `sex`, `hair`, conditional probabilities, pigmentation); no random draw is used.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, Said, said
from opencompact.missing.evidence.ledger import Evidence, all_told
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.trait_words import TRAITS, named_classes, trait_classes
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import plain

Matrix = NDArray[np.float64]


def confusion_matrix(errors: Matrix) -> Matrix:
    """Rows (the truth) that sum to one, from off-diagonal error weights and ones on the diagonal."""
    weights = np.array(errors, dtype=float)
    np.fill_diagonal(weights, 1.0)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def trait_likelihood_ratios(confusion: Matrix, frequencies: Sequence[float]) -> Matrix:
    """LR[true, seen] = P(seen | true) / P(seen in the population)."""
    return np.asarray(confusion / np.asarray(frequencies, dtype=float)[None, :])


def conditional_tables(
    *,
    sex: str,
    hair: int,
    share_female: float,
    sex_error: float,
    age_error: float,
    age_share: float,
    hair_confusion: Matrix,
    hair_frequencies: Sequence[float],
) -> tuple[Matrix, Matrix]:
    """P(sex × age match, hair | one person) and P(… | others): rows F-in, F-out, M-in, M-out, columns hair colours.

    `age_share` is the share of the population whose age lies within the range sought; traits are independent.
    """
    of_sex = {"F": (1 - sex_error, sex_error), "M": (sex_error, 1 - sex_error)}[sex]
    same = np.outer(np.outer(of_sex, (1 - age_error, age_error)).ravel(), hair_confusion[hair])
    shares = np.outer((share_female, 1 - share_female), (age_share, 1 - age_share)).ravel()
    return same, np.outer(shares, np.asarray(hair_frequencies, dtype=float))


def joint_likelihood_ratios(
    person: tuple[str, ...], population: Mapping[tuple[str, ...], float], errors: Sequence[float]
) -> dict[tuple[str, ...], float]:
    """LR of each joint category seen in a population (combination → frequency) for a person of one combination.

    The probability of seeing a combination is the product of right and wrong readings, normalised over the combinations that
    the population has; correlation of the traits stays in the denominator.
    """
    weights = {
        seen: math.prod(error if a != b else 1 - error for a, b, error in zip(person, seen, errors, strict=True))
        for seen in population
    }
    whole = math.fsum(weights.values())
    return {seen: weights[seen] / whole / frequency for seen, frequency in population.items()}


def compare_traits(
    sought: Record,
    found: Record,
    parameters: Parameters | None = None,
    population: Mapping[str, Mapping[str, float]] | None = None,
) -> Evidence | None:
    """What hair, eyes, skin and build say together; None where no trait is known on both sides in words that can be compared.

    `population` gives, per trait, the share of each class in the register (`trait_shares`); an unlisted class counts as one in five. Because
    the traits go together, the sum of their logs is halved: a bound for the usual correlation, stated in the docs.
    """
    settings = (parameters or defaults())["traits"]["errors"]
    logs: dict[str, float] = {}
    for trait, error in settings.items():
        first, second = sought.trait(trait), found.trait(trait)
        told = (
            trait_log_ratio(trait, first, second, error, (population or {}).get(trait, {}))
            if first and second
            else None
        )
        if told is not None:
            logs[trait] = told
    if not logs:
        return None
    reason, values = _reason(
        [trait for trait in logs if are_alike(trait, sought.trait(trait) or "", found.trait(trait) or "")], list(logs)
    )
    return Evidence("traits", 0.5 * math.fsum(logs.values()), reason, values, told_traits(sought), told_traits(found))


def are_alike(trait: str, first: str, second: str) -> bool:
    """Whether two texts may tell of one colour or build: they name a class in common."""
    return not trait_classes(trait, first).isdisjoint(trait_classes(trait, second))


def trait_log_ratio(trait: str, first: str, second: str, error: float, shares: Mapping[str, float]) -> float | None:
    """ln LR of one trait, told in two texts. None where a word is in no list: "closed" eyes or "#REF!" on both sides are no likeness.

    Of one person the two differ in a share `error`, of two people by chance unless they meet: error / (1 - P(meet)) where they differ, and what is left of one
    where they are alike, over the share of people of whom the wider of the two texts is true. So the mean over two people is one, whichever is
    told first. `shares` is the share of each class (`trait_shares`). Rates of error by category: Marsico et al. 2023, §2.2; symmetric, own.
    """
    named = [trait_classes(trait, text) for text in (first, second)]
    if not all(named):
        return None
    differ = error / (1 - (min(0.9, sum(share**2 for share in shares.values())) if shares else USUAL_SHARE))
    if not are_alike(trait, first, second):
        return math.log(differ)
    told = max(sum(shares.get(one, USUAL_SHARE) for one in classes) for classes in named)
    share = min(0.95, max(0.02, told))
    return math.log(max(error, 1 - differ * (1 - share)) / share)


USUAL_SHARE = 0.2
"""The share of a class that the register does not know: one in five. Judgement."""


def trait_shares(records: Iterable[Record]) -> dict[str, dict[str, float]]:
    """The share of each class of each trait among records; a text that names several counts for each in part. Add-half estimates: Krichevsky
    & Trofimov 1981 (IEEE Trans Inf Theory 27:199), over at least four classes."""
    counted: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for record in records:
        for trait, text in record.traits:
            classes = named_classes(trait, text) if trait in TRAITS else frozenset()
            for one in classes or (plain(text),):
                counted[trait][one] += 1 / max(1, len(classes))
    return {
        trait: {one: (count + 0.5) / (sum(found.values()) + 2) for one, count in found.items()}
        for trait, found in counted.items()
    }


def _reason(same: list[str], known: list[str]) -> tuple[str, dict[str, object]]:
    """Which traits agree and which do not, as a message and its values."""
    agreeing = all_told(said(_NAMED[trait]) for trait in known if trait in same)
    differing = all_told(said(_NAMED[trait]) for trait in known if trait not in same)
    if agreeing and differing:
        return N_("The same: {same}. Different: {other}. Counted together."), {"same": agreeing, "other": differing}
    if agreeing:
        return N_("The same: {same}."), {"same": agreeing}
    return N_("Different: {other}."), {"other": differing}


def told_traits(record: Record) -> str:
    """Hair, eyes, skin and build of a record, one after the other."""
    return all_told(_one_said(name, value) for name, value in record.traits if name in _TRAITS)


def _one_said(trait: str, value: str) -> Said:
    """A trait in the reader's language where its word names one usual class, else as it was recorded."""
    named = named_classes(trait, value)
    usual = _USUAL.get((trait, next(iter(named)))) if len(named) == 1 else None
    return said(usual) if usual else said(_TRAITS[trait], value=value)


_NAMED = {"hair": N_("hair"), "eyes": N_("eyes"), "skin": N_("skin"), "build": N_("build")}
_TRAITS = {
    "hair": N_("hair: {value}"),
    "eyes": N_("eyes: {value}"),
    "skin": N_("skin: {value}"),
    "build": N_("build: {value}"),
}
_USUAL = {
    ("hair", "black"): N_("black hair"),
    ("hair", "dark brown"): N_("dark brown hair"),
    ("hair", "brown"): N_("brown hair"),
    ("hair", "light brown"): N_("light brown hair"),
    ("hair", "blond"): N_("blond hair"),
    ("hair", "red"): N_("red hair"),
    ("hair", "grey"): N_("grey hair"),
    ("hair", "white"): N_("white hair"),
    ("eyes", "brown"): N_("brown eyes"),
    ("eyes", "dark brown"): N_("dark brown eyes"),
    ("eyes", "black"): N_("black eyes"),
    ("eyes", "blue"): N_("blue eyes"),
    ("eyes", "green"): N_("green eyes"),
    ("eyes", "hazel"): N_("hazel eyes"),
    ("eyes", "grey"): N_("grey eyes"),
    ("skin", "black"): N_("black skin"),
    ("skin", "dark brown"): N_("dark brown skin"),
    ("skin", "brown"): N_("brown skin"),
    ("skin", "light brown"): N_("light brown skin"),
    ("skin", "white"): N_("fair skin"),
    ("hair", "bald"): N_("bald or shaved head"),
    ("build", "slim"): N_("slim build"),
    ("build", "medium"): N_("medium build"),
    ("build", "heavy"): N_("heavy build"),
}
