"""Files of other programs: each reader gives what a case file holds, and says what it set aside.

frequencies   allele-frequency tables: long, wide, blocks, workbooks
profiles      CODIS-like CSV and XLSX of profiles
linkage       LINKAGE / ped files
familias      Familias projects (.fam)
"""

from opencompact.missing.kinship.importing.assembling import case_from
from opencompact.missing.kinship.importing.familias import read_familias
from opencompact.missing.kinship.importing.frequencies import Frequencies, markers_of, read_frequencies
from opencompact.missing.kinship.importing.linkage import read_linkage
from opencompact.missing.kinship.importing.profiles import Profiles, as_case, read_profiles

__all__ = [
    "Frequencies",
    "Profiles",
    "as_case",
    "case_from",
    "markers_of",
    "read_familias",
    "read_frequencies",
    "read_linkage",
    "read_profiles",
]
