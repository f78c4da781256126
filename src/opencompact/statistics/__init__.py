"""What is measured: sources become observations, observations become indicators and assessments."""

from opencompact.statistics.workspace import Workspace

__all__ = ["Workspace"]
