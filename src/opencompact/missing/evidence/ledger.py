"""The ledger: what each field says for or against two records being one person, added up in the open.

A likelihood ratio is P(what is recorded | one person) / P(what is recorded | two persons of the same setting); above 1 it speaks
for, below 1 against, 1 says nothing. Fields that are unknown on either side are not in the ledger. Correlated fields are
taken together as one entry before they come here. Method: Aitken & Taroni 2004, *Statistics and the Evaluation of
Evidence*, ch. 3; prior odds as Budowle, Ge, Chakraborty 2011, Investigative Genetics 2:15.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError
from opencompact.language import Said, said


@dataclass(frozen=True)
class Evidence:
    """What one field says. `reason` is a message of the catalogues (English, with {placeholders}), `values` fill it: whole numbers,
    numbers with one decimal, tuples of concepts, lists of words, or words.

    `left` and `right` are what the two records say, as recorded.
    """

    field: str
    ln_likelihood_ratio: float
    reason: str
    values: dict[str, object] = dataclasses.field(default_factory=dict)
    left: str = ""
    right: str = ""

    @property
    def log10_likelihood_ratio(self) -> float:
        """The likelihood ratio as a power of ten."""
        return self.ln_likelihood_ratio / math.log(10)


@dataclass(frozen=True)
class Prior:
    """Before any evidence: how likely a given pair is one person.

    `sought` people and `found` ones; `closed` is the share of the people found who are among those sought (1 in a closed
    event: everyone aboard was reported missing; less where many families never report).
    """

    sought: int
    found: int
    closed: float = 0.5

    def __post_init__(self) -> None:
        if self.sought < 1 or self.found < 1 or not 0 < self.closed <= 1:
            raise InvalidDataError(
                "A prior needs at least one person sought and one found, and a share between 0 and 1.",
                value=f"{self.sought}, {self.found}, {self.closed}",
                remedy="Correct the sizes of the event.",
            )

    @property
    def probability(self) -> float:
        """That a given person found is a given person sought."""
        return self.closed / max(self.sought, self.found)

    @property
    def if_no_other(self) -> float:
        """The same, where neither of the two is anyone else on the lists: the prior of pairs that compete."""
        return if_no_other(self.closed * min(self.sought, self.found), self.sought, self.found)


@dataclass(frozen=True)
class Ledger:
    """All evidence of a pair, its total, and what follows from it with a prior. It never identifies anyone."""

    evidence: tuple[Evidence, ...]
    prior: Prior | None = None

    @property
    def ln_likelihood_ratio(self) -> float:
        """The sum over the fields; minus infinity if one of them excludes."""
        return math.fsum(entry.ln_likelihood_ratio for entry in self.evidence)

    @property
    def posterior(self) -> float | None:
        """The probability after the evidence, or None without a prior."""
        if self.prior is None:
            return None
        return posterior(self.ln_likelihood_ratio, self.prior.probability)


MOST_CLOSED = 0.99
"""Among pairs that compete at least one person in a hundred of the smaller list is taken to be in it alone: lists err."""


def if_no_other(expected: float, sought: int, found: int) -> float:
    """The probability of a pair of which neither record is another's, where `expected` people are in both lists.

    A given pair is one person in expected/(sought × found) of all ways to put the lists together; both its records are without any other in
    (sought − n)(found − n)/(sought × found) of them, n being the number of people in both, the mean over n. The quotient is the odds: that of a
    weight of matchings in which each pair counts equally (Heilmann & Lieb 1972, Commun Math Phys 25:190), with the variance of n from the second
    derivative of ln(C(sought, n) C(found, n) n!).
    """
    n = min(expected, MOST_CLOSED * min(sought, found))
    variance = 1 / (1 / n + 1 / (sought - n) + 1 / (found - n))
    odds = n / ((sought - n) * (found - n) + variance)
    return odds / (1 + odds)


def posterior(ln_likelihood_ratio: float, prior: float) -> float:
    """The probability that follows from prior probability and likelihood ratio (Bayes), safe for any size."""
    if ln_likelihood_ratio == -math.inf:
        return 0.0
    if prior >= 1:
        return 1.0
    odds = ln_likelihood_ratio + math.log(prior) - math.log1p(-prior)
    return 1 / (1 + math.exp(-odds)) if odds > -700 else math.exp(odds)


def unless_mistaken(ln_ratio: float | NDArray[Any], mistaken: float) -> NDArray[np.float64]:
    """ln LR of what is told wrongly altogether in a share `mistaken` of records, and then says nothing: no error of writing outweighs all
    the rest. A mixture: Aitken & Taroni 2004, ch. 3."""
    return np.asarray(np.logaddexp(math.log1p(-mistaken) + ln_ratio, math.log(mistaken)))


def total(evidence: Iterable[Evidence]) -> float:
    """The natural log of the product of likelihood ratios."""
    return math.fsum(entry.ln_likelihood_ratio for entry in evidence)


def all_told(parts: Iterable[Said]) -> str:
    """What a record says in several parts, one after the other, each to be told in the reader's language."""
    together: Said | None = None
    for part in parts:
        together = said("{first}, {second}", first=together, second=part) if together else part
    return together or ""
