"""From a case file to a case: what it states, checked piece by piece."""

from opencompact.missing.kinship.reading.files import case_of, read_case, stated_case, with_findings
from opencompact.missing.kinship.reading.pedigrees import with_parents_sexes
from opencompact.missing.kinship.reading.stated import SEXES

__all__ = ["SEXES", "case_of", "read_case", "stated_case", "with_findings", "with_parents_sexes"]
