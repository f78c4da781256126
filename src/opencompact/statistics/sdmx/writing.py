"""Observations out as SDMX: CSV 2.0 (of SDMX 3.0), ML 2.1 structure-specific, and the generated structure.

Each writer works on whole columns: the text of every line is made by Polars, none by a loop over observations.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

import polars as pl

from opencompact.statistics.sdmx.encoding import (
    breakdown_code,
    frequency_of,
    indicator_code,
    number_text,
    recoded,
    time_period,
)
from opencompact.statistics.sdmx.structure import Structure, structure_of
from opencompact.statistics.sdmx.structure_writing import structure_message
from opencompact.statistics.sdmx.validation import check
from opencompact.tables import replace_atomically, write_bytes

_MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
_COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
_SPECIFIC = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
WRITTEN_AT_ONCE = 4096  # observations whose text is held in memory


def write_csv(observations: pl.DataFrame, path: Path, structure: Structure | None = None) -> Structure:
    """Writes SDMX-CSV 2.0: `STRUCTURE,STRUCTURE_ID,ACTION`, the key, the value, the attributes; a missing value is empty.

    Takes the observation table (columns as in the glossary); gives the structure it was written under, made from the
    observations where none is given. Raises InvalidDataError before anything is written where the check finds a fault.
    """
    structure = structure or structure_of(observations)
    check(observations, structure)
    head = [
        pl.lit("datastructure").alias("STRUCTURE"),
        pl.lit(structure.reference).alias("STRUCTURE_ID"),
        pl.lit("I").alias("ACTION"),
    ]
    with replace_atomically(path) as temporary:
        _encoded(observations, structure).select(*head, pl.all()).write_csv(temporary)
    return structure


def write_ml21(
    observations: pl.DataFrame,
    path_data: Path,
    path_structure: Path,
    structure: Structure | None = None,
    prepared: datetime | None = None,
) -> Structure:
    """Writes SDMX-ML 2.1: structure-specific data, series by series, and the structure message that explains it.

    The structure holds the definition, its concept scheme, its code lists with names in up to six languages, and a dataflow.
    `prepared` is the time in the headers (now, where not given). Raises InvalidDataError as `write_csv` does.
    """
    structure = structure or structure_of(observations)
    check(observations, structure)
    moment = prepared or datetime.now(UTC)
    write_bytes(path_structure, structure_message(structure, moment))
    with replace_atomically(path_data) as temporary, temporary.open("w", encoding="utf-8") as stream:
        stream.write(_opening(structure, moment))
        stream.writelines(_series(_encoded(observations, structure), structure))
        stream.write("</message:DataSet>\n</message:StructureSpecificData>\n")
    return structure


def _encoded(observations: pl.DataFrame, structure: Structure) -> pl.DataFrame:
    """One column of text a component, in the structure's order, sorted by key."""
    periods = observations["period"].unique().to_list()
    recodes = {
        "indicator": {one: indicator_code(one) for one in observations["indicator"].unique()},
        "breakdown": {one: breakdown_code(one) for one in observations["breakdown"].unique()},
        "unit": {one: breakdown_code(one) for one in observations["unit"].unique()},
        "period": {one: time_period(one) for one in periods},
    }
    columns = []
    for component in structure.components:
        column = component.column
        if column is None:
            frequencies = {one: frequency_of(one) or "_O" for one in periods}
            columns.append(recoded("period", periods, frequencies).alias(component.id))
        elif component.type == "Double":
            columns.append(number_text(column).alias(component.id))
        else:
            recode = recodes.get(column, {})
            columns.append(recoded(column, recode, recode).alias(component.id))
    return observations.lazy().select(columns).sort([one.id for one in structure.dimensions]).collect()


def _opening(structure: Structure, moment: datetime) -> str:
    namespace = f"{structure.urn}:ObsLevelDim:TIME_PERIOD"
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%S")
    reference = (
        f'<Ref agencyID="{structure.agency}" id="{structure.id}" version="{structure.version}" class="DataStructure"/>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<message:StructureSpecificData xmlns:message="{_MESSAGE}" xmlns:common="{_COMMON}" xmlns:ss="{_SPECIFIC}" '
        f'xmlns:ns1={quoteattr(namespace)} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"<message:Header><message:ID>{structure.id}-{moment:%Y%m%d%H%M%S}</message:ID><message:Test>false</message:Test>"
        f'<message:Prepared>{stamp}</message:Prepared><message:Sender id="{structure.agency}"/>'
        f'<message:Structure structureID="{structure.id}" namespace={quoteattr(namespace)} '
        f'dimensionAtObservation="TIME_PERIOD"><common:Structure>{reference}</common:Structure></message:Structure>'
        "</message:Header>\n"
        f'<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:DataSetType" ss:structureRef="{structure.id}" '
        'ss:action="Replace">\n'
    )


def _series(encoded: pl.DataFrame, structure: Structure) -> Iterator[str]:
    """The text of the data set, some observations at a time: a `Series` element where the key changes, an `Obs` for each."""
    key = [one.id for one in structure.dimensions if one.role != "time"]
    of_series = [one.id for one in structure.attributes if one.attachment == "series"]
    of_value = ["TIME_PERIOD", structure.measure.id, *(one.id for one in structure.attributes)]
    new = pl.struct(key).ne_missing(pl.struct(key).shift(1))
    start = pl.concat_str(
        pl.when(pl.col("first")).then(pl.lit("")).otherwise(pl.lit("</Series>\n")),
        pl.lit("<Series"),
        *(_attribute(one) for one in [*key, *of_series]),
        pl.lit(">\n"),
    )
    value = pl.concat_str(
        pl.lit("<Obs"), *(_attribute(one) for one in of_value if one not in of_series), pl.lit("/>\n")
    )
    line = pl.concat_str(pl.when(pl.col("new")).then(start).otherwise(pl.lit("")), value)
    first = pl.int_range(pl.len()) == 0
    marked = encoded.with_columns(first=first, new=new | first)
    for part in marked.iter_slices(WRITTEN_AT_ONCE):
        yield "".join(part.select(line.alias("line"))["line"])
    if encoded.height:
        yield "</Series>\n"


def _attribute(name: str) -> pl.Expr:
    """` NAME="value"`, escaped for XML; nothing at all where the value is missing."""
    text = pl.col(name)
    for plain, escaped in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ('"', "&quot;"),
        ("\n", "&#10;"),
        ("\t", "&#9;"),
        ("\r", "&#13;"),
    ):
        text = text.str.replace_all(plain, escaped, literal=True)
    return (pl.lit(f' {name}="') + text + pl.lit('"')).fill_null("")
