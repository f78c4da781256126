"""SDMX, out and in: observations as SDMX-CSV and SDMX-ML with a generated structure; SDMX files as observations."""

from opencompact.statistics.sdmx.structure import CodeList, Component, Structure, structure_of
from opencompact.statistics.sdmx.validation import Fault, check, faults
from opencompact.statistics.sdmx.writing import write_csv, write_ml21

__all__ = ["CodeList", "Component", "Fault", "Structure", "check", "faults", "structure_of", "write_csv", "write_ml21"]
