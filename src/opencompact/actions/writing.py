"""Actions as files: CSV that no spreadsheet will run, JSON with a schema, a workbook with drop-downs, an Atom feed.

What is written can be read again by `reading` and gives the same actions.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from xml.etree import ElementTree

from opencompact import compact
from opencompact.actions.fields import Field, fields_of
from opencompact.actions.model import KINDS, Action
from opencompact.actions.references import derived_provisions
from opencompact.actions.rows import columns_of, to_json, to_row
from opencompact.actions.words import EVIDENCE, STAGES, Choice, speakers
from opencompact.language import LANGUAGES, N_, translator

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_RUNS = re.compile(r"'*[=+\-@\t\r]")
_EXAMPLE_ROWS = 500
#: Columns that are no field of an action: what a service says of it, and what it is told when the row comes back.
BESIDE = {
    "version": N_("The version that was exported. Leave it as it is: what was changed since then stays."),
    "reason": N_("Why a due day or a measure of what is public is changed."),
}
#: Columns that are only told, and say nothing when the row comes back: no template asks for them.
TOLD = {
    "first_due": N_("The day on which it was due as it was first promised, where that was moved or taken away."),
    "provisions_derived": N_("The paragraphs of the Compact that are its objectives, where it cites none of its own."),
}
Exported: TypeAlias = Action | tuple[Action, Mapping[str, str | int]]
"""An action, or one with what stands in the columns beside it."""


def guard(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe before what begins like one (OWASP)."""
    return f"'{text}" if _RUNS.match(text) else text


def all_columns(kind: str | None = None, *, template: bool = False) -> tuple[str, ...]:
    """The columns of a table of one kind, or of all kinds together; a template has none that are only told."""
    models = [KINDS[kind]] if kind else list(KINDS.values())
    fields = dict.fromkeys(column for model in models for column in columns_of(model))
    return (*fields, *BESIDE, *(() if template else TOLD))


def _apart(given: Exported) -> tuple[Action, Mapping[str, str | int]]:
    return given if isinstance(given, tuple) else (given, {})


def _cells(given: Exported) -> tuple[Action, dict[str, str]]:
    """An action with the cells of its row, and of the columns beside it."""
    action, beside = _apart(given)
    derived = "; ".join(derived_provisions(action))
    told = {column: str(value) for column, value in beside.items()}
    return action, {**to_row(action), "provisions_derived": derived, **told}


def csv_lines(actions: Iterable[Exported] | None, kind: str | None = None) -> Iterator[str]:
    """A CSV file (RFC 4180, UTF-8), line by line; a table of several kinds has the columns of all. None gives the template."""
    columns = all_columns(kind, template=actions is None)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for given in actions or ():
        action, row = _cells(given)
        forms = {field.name: field.form for field in fields_of(type(action))}
        writer.writerow([row.get(c, "") if forms.get(c) == "number" else guard(row.get(c, "")) for c in columns])
        if buffer.tell() > 1 << 16:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def json_lines(actions: Iterable[Exported]) -> Iterator[str]:
    """A JSON file `{"actions": […]}`, action by action."""
    yield '{"actions": ['
    for number, given in enumerate(actions):
        action, beside = _apart(given)
        told = to_json(action) | dict(beside)
        if derived := derived_provisions(action):
            told["provisions_derived"] = list(derived)
        yield (",\n" if number else "\n") + json.dumps(told, ensure_ascii=False)
    yield "\n]}\n"


# --- the workbook ------------------------------------------------------------------------------------------------------


def workbook(kind: str, actions: Iterable[Exported] | None = None, language: str = "en") -> bytes:
    """A workbook of one kind: a row an action, drop-downs where a field is chosen from a list, notes that say what is asked.

    Without actions it is the template. Text is stored as text: nothing in it is a formula.
    """
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment

    _ = translator(language, "actions")
    book = openpyxl.Workbook(write_only=True)
    sheet, lists = book.create_sheet(kind), book.create_sheet("choices")
    sheet.freeze_panes = "C2"
    sheet.sheet_view.rightToLeft = LANGUAGES[language].direction == "rtl"
    named = {field.name: field for field in fields_of(KINDS[kind])}
    columns = all_columns(kind, template=actions is None)
    _validations(sheet, lists, columns, named)
    for index in range(len(columns)):
        sheet.column_dimensions[_letter(index)].width = 26
    head = []
    for column in columns:
        cell = WriteOnlyCell(sheet, column)
        if column in named:
            asked = _("Needed. ") if named[column].needed or named[column].asked else ""
            cell.comment = Comment(
                f"{_(named[column].label)}. {asked}{_(named[column].help) if named[column].help else ''}", "OpenCompact"
            )
        elif told := {**BESIDE, **TOLD}.get(column):
            cell.comment = Comment(_(told), "OpenCompact")
        head.append(cell)
    sheet.append(head)
    for given in actions or ():
        _action, row = _cells(given)
        sheet.append([_as_text(WriteOnlyCell(sheet), row.get(column, "")) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_text(cell: Any, value: str) -> Any:
    cell.value = value or None
    if value:
        cell.data_type = "s"
    return cell


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index + 1))


def _validations(sheet: Any, lists: Any, columns: tuple[str, ...], named: dict[str, Field]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = {"kind": (sheet.title,), **{n: found for n, f in named.items() if (found := _offered(f))}}
    longest = max(map(len, choices.values()))
    lists.append(list(choices))
    for row in range(longest):
        lists.append([entry[row] if row < len(entry) else None for entry in choices.values()])
    for index, (name, entries) in enumerate(choices.items()):
        letter = _letter(index)
        rule = DataValidation("list", formula1=f"choices!${letter}$2:${letter}${len(entries) + 1}", allow_blank=True)
        # A list of several cannot be held to one choice: the drop-down offers, the check of the import decides.
        rule.showErrorMessage = name not in named or named[name].form in (
            "choice",
            "speaker",
            "language",
            "recommendation",
        )
        sheet.data_validations.append(rule)
        rule.add(f"{_letter(columns.index(name))}2:{_letter(columns.index(name))}{_EXAMPLE_ROWS}")


def choices_of(field: Field) -> tuple[Choice, ...]:
    """What a field is chosen from; nothing where it is written freely."""
    if field.form == "speaker":
        return speakers()
    if field.form == "language":
        return tuple(Choice(code, entry.name) for code, entry in LANGUAGES.items())
    return field.choices


def _offered(field: Field) -> tuple[str, ...]:
    """The codes that a column of a workbook offers; nothing where it is written freely."""
    if field.form == "recommendation":
        return tuple(entry.code for entry in compact.recommendations())
    return tuple(choice.code for choice in choices_of(field))


# --- the schema --------------------------------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a file of actions."""
    return {
        "$schema": SCHEMA,
        "title": "Actions under the Global Compact for Safe, Orderly and Regular Migration",
        "type": "object",
        "required": ["actions"],
        "properties": {"actions": {"type": "array", "items": {"oneOf": [_schema_of(m) for m in KINDS.values()]}}},
    }


def _schema_of(model: type[Action]) -> dict[str, Any]:
    fields = [field for field in fields_of(model) if not field.private]
    return {
        "type": "object",
        "title": model.label,
        "required": ["kind", "id", *(field.name for field in fields if field.needed)],
        "additionalProperties": False,
        "properties": {
            "kind": {"const": model.kind},
            "id": {"type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"},
            **{field.name: {"title": field.label, **_schema_of_field(field)} for field in fields},
            "version": {"type": "integer", "minimum": 1, "description": BESIDE["version"]},
            "reason": {"type": "string", "maxLength": 300, "description": BESIDE["reason"]},
            "first_due": _DAY | {"description": TOLD["first_due"]},
            "provisions_derived": _list({"type": "string"}) | {"description": TOLD["provisions_derived"]},
        },
    }


_DAY = {"type": "string", "format": "date"}
_WORDS = {"type": "string", "maxLength": 2000}


def _schema_of_field(field: Field) -> dict[str, Any]:
    codes = [choice.code for choice in choices_of(field)]
    shapes: dict[str, dict[str, Any]] = {
        "day": _DAY,
        "number": {"type": "number"},
        "choice": {"enum": codes},
        "speaker": {"enum": codes},
        "language": {"enum": codes},
        "choices": _list({"enum": codes}),
        "lines": _list({"type": "string", "maxLength": field.maximum}),
        "areas": _list({"type": "string", "pattern": "^[A-Z0-9]{2,12}$"}),
        "letters": _list({"type": "string", "pattern": "^[0-9]{1,2}[a-l]$"}),
        "provisions": _list({"type": "string", "pattern": "^[^#]+#.+$"}),
        "objectives": _list({"type": "integer", "minimum": 1, "maximum": 23}),
        "principles": _list({"type": "integer", "minimum": 1, "maximum": 10}),
        "goals": _list({"type": "integer", "minimum": 1, "maximum": 17}),
        "updates": _list(_record({"day": _DAY, "stage": _codes(STAGES), "text": _WORDS, "evidence": _codes(EVIDENCE), "reference": _WORDS, "taken_back": _DAY, "because": _WORDS}, "day", "stage")),
        "milestones": _list(_record({"due": _DAY, "text": _WORDS, "reached": _DAY}, "due")),
        "passages": _list(_record({"reference": _WORDS, "text": _WORDS}, "reference")),
    }  # fmt: skip
    return shapes.get(field.form, {"type": "string", "maxLength": field.maximum})


def _codes(choices: tuple[Choice, ...]) -> dict[str, Any]:
    return {"enum": [choice.code for choice in choices]}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _record(parts: dict[str, Any], *needed: str) -> dict[str, Any]:
    return {"type": "object", "properties": parts, "required": list(needed), "additionalProperties": False}


# --- the feed ----------------------------------------------------------------------------------------------------------

_ATOM = "http://www.w3.org/2005/Atom"
# What was in the feed and is no more (RFC 6721).
_GONE = "http://purl.org/atompub/tombstones/1.0"


def atom(
    actions: Iterable[tuple[Action, datetime.datetime]], *, title: str, address: str, site: str, language: str,
    withdrawn: Iterable[tuple[str, datetime.datetime]] = (),
) -> bytes:  # fmt: skip
    """An Atom feed (RFC 4287) of actions with the moment of their last change; `site` is where pages of actions are.

    `withdrawn` are identifiers that are public no more, with since when: a reader takes them out (RFC 6721).
    """
    ElementTree.register_namespace("", _ATOM)
    ElementTree.register_namespace("at", _GONE)
    entries = list(actions)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    newest = max((moment for _action, moment in entries), default=datetime.datetime(2018, 12, 19, tzinfo=datetime.UTC))
    _add(feed, "title", title)
    _add(feed, "id", address)
    _add(feed, "updated", newest.isoformat())
    ElementTree.SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": address})
    for action, moment in entries:
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "title", action.title)
        _add(entry, "id", f"{site}{action.id}/")
        _add(entry, "updated", moment.isoformat())
        ElementTree.SubElement(entry, f"{{{_ATOM}}}link", {"href": f"{site}{action.id}/"})
        _add(ElementTree.SubElement(entry, f"{{{_ATOM}}}author"), "name", action.by or "–")
        _add(entry, "summary", action.description[:500])
    for identifier, moment in withdrawn:
        gone = {"ref": f"{site}{identifier}/", "when": moment.isoformat()}
        ElementTree.SubElement(feed, f"{{{_GONE}}}deleted-entry", gone)
    out: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return out


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{tag}").text = text
