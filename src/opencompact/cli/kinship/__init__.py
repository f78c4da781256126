"""`opencompact kinship`: likelihood ratios, blind search, joint identification, power, evidence, from DNA profiles."""

from opencompact.cli.kinship import comparing, files, identifying, searching
from opencompact.cli.kinship.group import kinship

__all__ = ["comparing", "files", "identifying", "kinship", "searching"]
