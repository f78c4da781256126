"""Whose remains are these? Kinship likelihoods, blind search and power, from DNA profiles.

    from opencompact.missing import kinship

    case = kinship.read_case(Path("case.json"))
    kinship.likelihood_ratios(case).log10_LR

Conventions that change numbers are in docs/explanation/kinship.md.
"""

from opencompact.missing.kinship.case import (
    Case,
    Family,
    Finding,
    Hypothesis,
    Marker,
    Mutation,
    MutationModel,
    Pedigree,
    Person,
    Prior,
    Profile,
)
from opencompact.missing.kinship.likelihood import LikelihoodRatios, likelihood_ratios, ln_likelihood
from opencompact.missing.kinship.plain import plain
from opencompact.missing.kinship.reading import case_of, read_case

__all__ = [
    "Case",
    "Family",
    "Finding",
    "Hypothesis",
    "LikelihoodRatios",
    "Marker",
    "Mutation",
    "MutationModel",
    "Pedigree",
    "Person",
    "Prior",
    "Profile",
    "case_of",
    "likelihood_ratios",
    "ln_likelihood",
    "plain",
    "read_case",
]
