"""Evidence: what each field of two records says about their being one person, as likelihood ratios in one open ledger.

Method: Aitken & Taroni 2004, *Statistics and the Evaluation of Evidence*, ch. 3; Fellegi & Sunter 1969 (JASA 64:1183). Each module names the
source of its own field; the rates are in `parameters.toml`, each with its source or called a judgement.
"""

from opencompact.missing.evidence.compare import Setting, compare, dna_evidence
from opencompact.missing.evidence.learning import (
    Case,
    Learned,
    Rates,
    Way,
    learn_from_cases,
    learn_from_weighed,
    level_frequencies,
)
from opencompact.missing.evidence.ledger import Evidence, Ledger, Prior, posterior, total
from opencompact.missing.evidence.parameters import Parameters, defaults

__all__ = [
    "Case",
    "Evidence",
    "Learned",
    "Ledger",
    "Parameters",
    "Prior",
    "Rates",
    "Setting",
    "Way",
    "compare",
    "defaults",
    "dna_evidence",
    "learn_from_cases",
    "learn_from_weighed",
    "level_frequencies",
    "posterior",
    "total",
]
