"""What a joint identification says: assignments, marginals, what is known of each missing person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opencompact.missing.joint.symmetry import SymmetricMatch
from opencompact.missing.kinship.case import Array, Prior
from opencompact.missing.kinship.sameness import SameProfile


@dataclass(frozen=True)
class Assignment:
    """Remains → missing person or `*`, with ln P(all profiles | it), its ln LR, and its posterior probability."""

    assignment: Mapping[str, str]
    ln_likelihood: float
    ln_LR_vs_null: float
    posterior_flat_prior: float
    posterior: float


@dataclass(frozen=True)
class Identified:
    """What the event says of one missing person: their likeliest remains, its probability and its strength.

    `ln_GLR` compares the best assignment that makes the pair with the best that does not.
    """

    family: str
    missing: str
    remains: str | None
    posterior: float
    posterior_found: float
    ln_GLR: float | None


@dataclass(frozen=True)
class Joint:
    """The posterior over assignments. Marginals have a row per remains, a column per missing person, and `*` last.

    `evaluated` counts every assignment that the sexes allow: the posterior is over all of them, `number` of which have a
    likelihood above zero; `of_possible_pairs` those made of pairs that are possible alone. None: too many to count.
    """

    remains: tuple[str, ...]
    missing: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    marginal_flat: Array
    marginal: Array
    identified: tuple[Identified, ...]
    symmetric: tuple[SymmetricMatch, ...]
    ln_likelihood_null: float
    exact: bool
    number: float | None
    evaluated: int | None
    of_possible_pairs: int | None
    prior: Prior
    same_profiles: tuple[SameProfile, ...] = ()
    standard_error: float = 0.0
    left_out: float = 0.0
    notes: tuple[str, ...] = field(default=())

    @property
    def best(self) -> Assignment:
        return self.assignments[0]

    def as_dict(self) -> dict[str, object]:
        """With the keys of the reference cases under `joint`, and ours beside them."""
        return {
            "joint": {
                "n_evaluated": self.evaluated,
                "n_of_possible_pairs": self.of_possible_pairs,
                "n_nonzero": self.number,
                "n_listed": len(self.assignments),
                "ln_likelihood_null_assignment": self.ln_likelihood_null,
                "assignments": [vars(assignment) for assignment in self.assignments],
                "marginal_posterior": self._matrix(self.marginal_flat),
                "marginal_posterior_with_prior": self._matrix(self.marginal),
            },
            "n_assignments": {"size": self.evaluated, "type": "exact"},
            "exact": self.exact,
            "standard_error": self.standard_error,
            "posterior_left_out_at_most": self.left_out,
            "prior": vars(self.prior),
            "identified": [vars(one) for one in self.identified],
            "symmetric_matches": [one.as_dict() for one in self.symmetric],
            "same_profiles": [one.as_dict() for one in self.same_profiles],
            "notes": list(self.notes),
        }

    def _matrix(self, values: Array) -> dict[str, object]:
        return {"rows": list(self.remains), "columns": [*self.missing, "*"], "values": values.tolist()}
