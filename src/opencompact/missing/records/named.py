"""The names of a record, field by field, and what its cells of names say beside them.

Own: fields of names as forms ask for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.language import N_, said
from opencompact.missing.records.agreement import Finding
from opencompact.missing.records.name_cells import NameCell, read_names
from opencompact.missing.records.record import PersonName

Fault = Callable[[str, InvalidDataError | UnknownCodeError], None]
LONGEST_NAME = 300
SEVERAL_PEOPLE = N_("The row names several people; what is compared here is mixed of them.")

NAME_FIELDS = {
    "name": "full",
    "given_name": "given",
    "father_name": "father",
    "grandfather_name": "grandfather",
    "mother_name": "mother",
    "family_name": "family",
    "nickname": "nickname",
    "document_name": "document",
}


def names_of(
    parts: Mapping[str, tuple[str, ...]], language: str | None, fault: Fault, finding: Finding
) -> tuple[tuple[PersonName, ...], bool]:
    """The names of a record by what its fields hold, and whether they are of several people. Those of each are kept, and told to `finding`,
    for whoever mends the row; what is no name is told to `fault`."""
    found, several = [], False
    for field, kind in NAME_FIELDS.items():
        texts = parts.get(field, ())
        if kind in ("full", "given") and texts:
            cell = read_names(texts)
            _tell(field, cell, finding)
            texts, several = cell.names, several or cell.several
        found += [PersonName(text, cast(Any, kind), language) for text in texts if _is_name(field, text, fault)]
    return tuple(found), several


def _tell(field: str, cell: NameCell, finding: Finding) -> None:
    """Tells of a cell that names somebody else than one person."""
    if cell.several:
        problem = said("Several people stand in one row: it is searched for as if it were one.")
        remedy = said("Write a row for each person: the age, sex and journey of one are not those of another.")
        finding(field, problem, remedy)
    elif cell.apart:
        problem = said("Names in this cell have nothing in common: they may be those of several people.")
        finding(field, problem, said("If so, write a row for each person."))
    for other in cell.others:
        problem = said("“{other}” tells of somebody else: that name is not this person's.", other=other)
        remedy = said(
            "Write the person's own name; who travelled along belongs into companions, who reports into reporter."
        )
        finding(field, problem, remedy)


def _is_name(field: str, text: str, fault: Fault) -> bool:
    """Whether a text can be a name; told where it cannot."""
    if len(text) > LONGEST_NAME:
        problem = said("The name is longer than any name.")
        remedy = said("Give at most {most} characters.", most=LONGEST_NAME)
    elif not any(letter.isalpha() for letter in text):
        problem = said("A part of the name has no letter.")
        remedy = said("Give a name, or leave it empty; several names are parted by the separator.")
    else:
        return True
    fault(field, InvalidDataError(problem, value=text[:20], remedy=remedy))
    return False
