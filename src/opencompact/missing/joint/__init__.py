"""Which remains are which missing persons, all at once: the exact posterior over assignments.

from opencompact.missing import joint, kinship

joint.identify(kinship.read_case(Path("event.json"))).best
"""

from opencompact.missing.joint.counting import sex_consistent
from opencompact.missing.joint.identification import identify
from opencompact.missing.joint.result import Assignment, Identified, Joint
from opencompact.missing.joint.symmetry import SymmetricMatch

__all__ = ["Assignment", "Identified", "Joint", "SymmetricMatch", "identify", "sex_consistent"]
