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
    Pedigree,
    Person,
    Prior,
    Profile,
)
from opencompact.missing.kinship.cautions import cautions, linked_in
from opencompact.missing.kinship.chance import ChanceHits, chance_hits
from opencompact.missing.kinship.checks import findings
from opencompact.missing.kinship.distribution import GenotypeTable, find_missing, find_remains, genotype_table
from opencompact.missing.kinship.evidence import EvidenceSheet, evidence_sheet
from opencompact.missing.kinship.example import example
from opencompact.missing.kinship.likelihood import LikelihoodRatios, likelihood_ratios, ln_likelihood
from opencompact.missing.kinship.lineage import lineages_of
from opencompact.missing.kinship.linkage import LinkedMarkers
from opencompact.missing.kinship.mutation import Mutation, MutationModel
from opencompact.missing.kinship.plain import plain
from opencompact.missing.kinship.posterior import RankedHit, rank
from opencompact.missing.kinship.power import Power, power, whom_to_sample
from opencompact.missing.kinship.reading import case_of, read_case, stated_case, with_findings
from opencompact.missing.kinship.sameness import SameProfile, same_profiles
from opencompact.missing.kinship.search import Hit, Pairwise, Search, TableCache, pairwise, search, stream

__all__ = [
    "Case",
    "ChanceHits",
    "EvidenceSheet",
    "Family",
    "Finding",
    "GenotypeTable",
    "Hit",
    "Hypothesis",
    "LikelihoodRatios",
    "LinkedMarkers",
    "Marker",
    "Mutation",
    "MutationModel",
    "Pairwise",
    "Pedigree",
    "Person",
    "Power",
    "Prior",
    "Profile",
    "RankedHit",
    "SameProfile",
    "Search",
    "TableCache",
    "case_of",
    "cautions",
    "chance_hits",
    "evidence_sheet",
    "example",
    "find_missing",
    "find_remains",
    "findings",
    "genotype_table",
    "likelihood_ratios",
    "lineages_of",
    "linked_in",
    "ln_likelihood",
    "pairwise",
    "plain",
    "power",
    "rank",
    "read_case",
    "same_profiles",
    "search",
    "stated_case",
    "stream",
    "whom_to_sample",
    "with_findings",
]
