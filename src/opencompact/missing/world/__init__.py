"""A labelled synthetic world: people who never lived, on real routes, reported and found as records are, with the truth kept.

For demonstrations, tests and calibration. Every record is marked `synthetic`, and so is every file and surface made of it.
"""

from opencompact.missing.world.people import Person, people
from opencompact.missing.world.records import World, make_world, write_world

__all__ = ["Person", "World", "make_world", "people", "write_world"]
