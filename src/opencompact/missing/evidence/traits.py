"""Colours and build: categories that two people see differently, and that go together in one person.

Single traits use a confusion matrix; hair, skin and eyes are taken together through the joint frequencies of a reference
population, because dark hair and dark eyes are no two proofs. Source: Marsico, Vigeland, Egeland, Herrera Piñero 2023, FSI
Genetics 66:102891, §2.2 (tables `sex`, `hair`, conditional probabilities, pigmentation); no random draw is used.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, Said, said
from opencompact.missing.evidence.ledger import Evidence, all_told
from opencompact.missing.evidence.parameters import Parameters, defaults
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
    """What hair, eyes, skin and build say together; None where no trait is known on both sides.

    `population` gives, per trait, the frequency of each word in the register; an unlisted word counts as one in five. Because the
    traits go together, the sum of their logs is halved: a bound for the usual correlation, stated in the docs.
    """
    settings = (parameters or defaults())["traits"]["errors"]
    agreeing: list[str] = []
    differing: list[str] = []
    logs: list[float] = []
    for trait, error in settings.items():
        first, second = sought.trait(trait), found.trait(trait)
        if not first or not second:
            continue
        same = plain(first) == plain(second)
        share = min(0.95, max(0.02, (population or {}).get(trait, {}).get(plain(second), 0.2)))
        logs.append(math.log((1 - error) / share if same else error / (1 - share)))
        (agreeing if same else differing).append(trait)
    if not logs:
        return None
    reason = N_("Hair, eyes, skin and build, counted together: the same {same}, different {other}.")
    values: dict[str, object] = {"same": len(agreeing), "other": len(differing)}
    return Evidence("traits", 0.5 * math.fsum(logs), reason, values, _said(sought), _said(found))


def _said(record: Record) -> str:
    return all_told(_one_said(name, value) for name, value in record.traits if name in _TRAITS)


def _one_said(trait: str, value: str) -> Said:
    """A trait in the reader's language where its word is a usual one, else as it was recorded."""
    usual = _USUAL.get((trait, plain(value).replace("gray", "grey")))
    return said(usual) if usual else said(_TRAITS[trait], value=value)


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
    ("build", "slim"): N_("slim build"),
    ("build", "medium"): N_("medium build"),
    ("build", "heavy"): N_("heavy build"),
}
