"""Candidates: pairs of records worth a person's look, found without comparing all with all, and explained."""

from opencompact.missing.candidates.competition import shared_probability
from opencompact.missing.candidates.dna import Dna
from opencompact.missing.candidates.explaining import Explanation, Line, explain
from opencompact.missing.candidates.files import read_dna, read_truth
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.search import Candidate, Search, recall, setting_of

__all__ = [
    "Candidate",
    "Dna",
    "Explanation",
    "Line",
    "Register",
    "Search",
    "explain",
    "read_dna",
    "read_truth",
    "recall",
    "setting_of",
    "shared_probability",
]
