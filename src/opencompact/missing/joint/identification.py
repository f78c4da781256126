"""Joint identification of a case: options, components, exact sums, or the sampler where a component is too large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from opencompact.errors import UsageError
from opencompact.language import said
from opencompact.missing.joint.counting import of_possible_pairs, sex_consistent
from opencompact.missing.joint.event import Event
from opencompact.missing.joint.options import FamilyOptions, options_of
from opencompact.missing.joint.result import Joint
from opencompact.missing.joint.weighing import Weights, ln_likelihood_null, other_evidence, weights_of
from opencompact.missing.kinship.case import Case
from opencompact.missing.kinship.sameness import same_profiles


def identify(case: Case, *, seed: int = 1, sweeps: int = 20_000, listed: int | None = None) -> Joint:
    """The posterior over assignments of a case's remains to its missing persons.

    Exact where every component has at most 21 remains (or missing, where families miss one person each). Where one has
    more, options of next to no weight are left out, their posterior bounded; a component that is still too large is
    sampled with `seed`, the standard error stated. `listed` is the number of assignments to list; `UsageError` if below 0.
    """
    if listed is not None and listed < 0:
        raise UsageError("Fewer than no assignments cannot be listed.", value=listed, rule="kinship.top")
    families = options_of(case)
    others = [other_evidence(case, family) for family in families]
    flat = Event(case, families, others, Weights(0.0, 0.0), seed, sweeps)
    prior = weights_of(case.prior, len(case.missing), len(case.remains))
    stated = flat if case.prior.kind == "flat" else Event(case, families, others, prior, seed, sweeps)
    null = ln_likelihood_null(case)
    assignments = tuple(stated.assignments(flat, null, listed))
    identified = list(stated.identified(assignments))
    order = list(case.columns)
    return Joint(
        tuple(profile.id for profile in case.remains),
        tuple(case.labels[place] for place in order),
        assignments,
        flat.marginal[:, [*order, -1]],
        stated.marginal[:, [*order, -1]],
        tuple(identified[place] for place in order),
        tuple(stated.symmetric()),
        null,
        flat.exact and stated.exact,
        flat.number,
        sex_consistent(case),
        of_possible_pairs(families, len(case.remains)),
        case.prior,
        tuple(same_profiles(case)),
        max(flat.error, stated.error),
        max(flat.left_out, stated.left_out),
        tuple(_notes(case, families, flat)),
    )


def _notes(case: Case, families: Sequence[FamilyOptions], event: Event) -> Iterator[str]:
    if event.left_out > 0:
        yield (
            said(
                "Options of next to no weight were left out so that the rest can be summed; all of them together have a posterior of at most {left_out:.2g}.",
                left_out=event.left_out,
            )
        )
    if event.error > 0:
        yield said("Marginals come from a sampler; their largest standard error is {error:.2g}.", error=event.error)
    for family in families:
        if family.least > -np.inf:
            yield (
                said(
                    "Family {family}: pairs with a conditional LR of {ratio:.3g} or less were left out, because there are too many ways to match it.",
                    family=family.family.name,
                    ratio=np.exp(family.least),
                )
            )
    if case.theta > 0:
        yield said(
            "theta pools the founder alleles of each family with those of the remains put in it, family by family."
        )
