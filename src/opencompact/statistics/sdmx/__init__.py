"""SDMX, out and in: observations as SDMX-CSV and SDMX-ML with a generated structure; SDMX files as observations."""

from opencompact.statistics.sdmx.definition import Definition, read_definitions
from opencompact.statistics.sdmx.global_sdg import as_global, write_global_csv
from opencompact.statistics.sdmx.mapping import StructureMapping, read_mapping
from opencompact.statistics.sdmx.message import Message, message_of
from opencompact.statistics.sdmx.reading import SdmxReading, read
from opencompact.statistics.sdmx.structure import CodeList, Component, Structure, structure_of
from opencompact.statistics.sdmx.validation import Fault, check, faults
from opencompact.statistics.sdmx.writing import write_csv, write_ml21

__all__ = [
    "CodeList",
    "Component",
    "Definition",
    "Fault",
    "Message",
    "SdmxReading",
    "Structure",
    "StructureMapping",
    "as_global",
    "check",
    "faults",
    "message_of",
    "read",
    "read_definitions",
    "read_mapping",
    "structure_of",
    "write_csv",
    "write_global_csv",
    "write_ml21",
]
