"""Names in every script: how alike two are and why, whole files of them, and keys by which to find them.

    compare("محمد صالح", "Mohamed Saleh")     a Comparison: aligned parts, their reasons, a log likelihood ratio
    explain(comparison, "fr")                  the same in words
    score_pairs(names, others)                 many pairs, compiled
    search(queries, candidates, top=10)        the best candidates of each
    blocking_keys("Ousmane Diallo")            keys shared by the spellings of one name
    Scorer(PreparedNames(a), PreparedNames(b)) any pairs of two prepared lists

Scores are log likelihood ratios in nats, comparable across scripts: above zero the names speak for one person.
"""

from opencompact.missing.names.arrays import PreparedNames
from opencompact.missing.names.blocking import blocking_keys
from opencompact.missing.names.comparison import AlignedPart, Comparison, Step, compare, score
from opencompact.missing.names.explanation import explain
from opencompact.missing.names.model import DEFAULT, Weights
from opencompact.missing.names.prepared import Prepared, prepare
from opencompact.missing.names.scores import Ranked, Scorer, score_pairs, search

__all__ = [
    "DEFAULT",
    "AlignedPart",
    "Comparison",
    "Prepared",
    "PreparedNames",
    "Ranked",
    "Scorer",
    "Step",
    "Weights",
    "blocking_keys",
    "compare",
    "explain",
    "prepare",
    "score",
    "score_pairs",
    "search",
]
