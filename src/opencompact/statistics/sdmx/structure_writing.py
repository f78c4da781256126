"""The structure message of SDMX-ML 2.1: code lists, concepts, the definition and a dataflow, names in six languages.

Our own writer, because the library for SDMX keeps one name in one language for each code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from opencompact.statistics.sdmx.structure import CodeList, Component, Names, Structure

_V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_CONCEPTS = "CS_OBSERVATIONS"


def structure_message(structure: Structure, moment: datetime) -> bytes:
    """The message, as UTF-8."""
    return "".join(_lines(structure, moment)).encode()


def _lines(structure: Structure, moment: datetime) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mes:Structure xmlns:mes="{_V21}/message" xmlns:str="{_V21}/structure" xmlns:com="{_V21}/common">\n'
        f"<mes:Header><mes:ID>{structure.id}-DSD</mes:ID><mes:Test>false</mes:Test>"
        f'<mes:Prepared>{moment:%Y-%m-%dT%H:%M:%S}</mes:Prepared><mes:Sender id="{structure.agency}"/></mes:Header>\n'
        "<mes:Structures>\n"
    )
    yield f"<str:Dataflows>\n<str:Dataflow {_maintained(structure.id, structure, 'Dataflow', 'datastructure')}>"
    yield _names(structure.names)
    yield f"<str:Structure>{_reference(structure.id, structure, 'DataStructure', 'datastructure')}</str:Structure>"
    yield "</str:Dataflow>\n</str:Dataflows>\n<str:Codelists>\n"
    used = {one.codelist for one in structure.components}
    for codelist in structure.codelists.values():
        if codelist.id in used:
            yield from _codelist(codelist, structure)
    yield "</str:Codelists>\n<str:Concepts>\n"
    yield f"<str:ConceptScheme {_maintained(_CONCEPTS, structure, 'ConceptScheme', 'conceptscheme')}>"
    yield _names(structure.names)
    for component in structure.components:
        yield f'<str:Concept id="{component.id}">{_names(component.names)}</str:Concept>\n'
    yield "</str:ConceptScheme>\n</str:Concepts>\n<str:DataStructures>\n"
    yield f"<str:DataStructure {_maintained(structure.id, structure, 'DataStructure', 'datastructure')}>"
    yield _names(structure.names) + "\n<str:DataStructureComponents>\n"
    yield from _components(structure)
    yield "</str:DataStructureComponents>\n</str:DataStructure>\n</str:DataStructures>\n</mes:Structures>\n</mes:Structure>\n"


def _codelist(codelist: CodeList, structure: Structure) -> Iterator[str]:
    yield f"<str:Codelist {_maintained(codelist.id, structure, 'Codelist', 'codelist')}>{_names(codelist.names)}\n"
    for code, names in codelist.codes.items():
        yield f'<str:Code id="{code}">{_names(names)}</str:Code>\n'
    yield "</str:Codelist>\n"


def _components(structure: Structure) -> Iterator[str]:
    yield '<str:DimensionList id="DimensionDescriptor">\n'
    for position, one in enumerate(structure.dimensions, 1):
        if one.role == "time":
            kind = '<str:LocalRepresentation><str:TextFormat textType="ObservationalTimePeriod"/></str:LocalRepresentation>'
            tag = "TimeDimension"
        else:
            kind, tag = _representation(one, structure), "Dimension"
        yield f'<str:{tag} id="{one.id}" position="{position}">{_identity(one, structure)}{kind}</str:{tag}>\n'
    yield '</str:DimensionList>\n<str:AttributeList id="AttributeDescriptor">\n'
    for one in structure.attributes:
        usage = "Mandatory" if one.mandatory else "Conditional"
        yield f'<str:Attribute id="{one.id}" assignmentStatus="{usage}">{_identity(one, structure)}'
        yield f"{_representation(one, structure)}<str:AttributeRelationship>{_relationship(one, structure)}"
        yield "</str:AttributeRelationship></str:Attribute>\n"
    measure = structure.measure
    yield '</str:AttributeList>\n<str:MeasureList id="MeasureDescriptor">\n'
    yield f'<str:PrimaryMeasure id="{measure.id}">{_identity(measure, structure)}{_representation(measure, structure)}'
    yield "</str:PrimaryMeasure>\n</str:MeasureList>\n"


def _relationship(attribute: Component, structure: Structure) -> str:
    if attribute.attachment == "observation":
        return f'<str:PrimaryMeasure><Ref id="{structure.measure.id}"/></str:PrimaryMeasure>'
    return "".join(
        f'<str:Dimension><Ref id="{one.id}"/></str:Dimension>' for one in structure.dimensions if one.role != "time"
    )


def _identity(component: Component, structure: Structure) -> str:
    return (
        f'<str:ConceptIdentity><Ref id="{component.id}" maintainableParentID="{_CONCEPTS}" '
        f'maintainableParentVersion="{structure.version}" agencyID="{structure.agency}" class="Concept" '
        'package="conceptscheme"/></str:ConceptIdentity>'
    )


def _representation(component: Component, structure: Structure) -> str:
    if component.codelist is None:
        inner = f'<str:TextFormat textType="{component.type}"/>'
    else:
        inner = (
            f"<str:Enumeration>{_reference(component.codelist, structure, 'Codelist', 'codelist')}</str:Enumeration>"
        )
    return f"<str:LocalRepresentation>{inner}</str:LocalRepresentation>"


def _reference(identifier: str, structure: Structure, kind: str, package: str) -> str:
    return (
        f'<Ref id="{identifier}" version="{structure.version}" agencyID="{structure.agency}" '
        f'package="{package}" class="{kind}"/>'
    )


def _maintained(identifier: str, structure: Structure, kind: str, package: str) -> str:
    urn = f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}={structure.agency}:{identifier}({structure.version})"
    return f'id="{identifier}" urn={quoteattr(urn)} agencyID="{structure.agency}" version="{structure.version}" isFinal="true"'


def _names(names: Names) -> str:
    return "".join(
        f'<com:Name xml:lang="{language}">{escape(name)}</com:Name>' for language, name in names.items() if name
    )
