"""`opencompact missing`: people sought and found put side by side, explained, decided by a person."""

from opencompact.cli.missing import checking, comparing, deciding, learning, linking, measuring
from opencompact.cli.missing.group import missing

__all__ = ["checking", "comparing", "deciding", "learning", "linking", "measuring", "missing"]
