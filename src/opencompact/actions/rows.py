"""An action as a row of text cells and as JSON; what a row must hold; what an action lacks before it is submitted."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from opencompact.actions.cells import CellFault, decode, encode
from opencompact.actions.evidence import is_named_and_dated
from opencompact.actions.fields import Field, empty, fields_of
from opencompact.actions.model import KINDS, Action, Milestone, Passage, Pledge, Practice, Update
from opencompact.errors import InvalidDataError
from opencompact.language import all_of, said

_IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclasses.dataclass(frozen=True)
class Decoded:
    """A row taken apart: the action where it is without fault, the faults, and the columns that the row spoke of."""

    action: Action | None
    faults: tuple[InvalidDataError, ...]
    said: frozenset[str] = frozenset()


def columns_of(kind: type[Action], *, private: bool = False) -> tuple[str, ...]:
    """The columns of a kind's table: `kind`, `id`, then its fields; private ones only where that is asked."""
    return ("kind", "id", *(field.name for field in fields_of(kind) if private or not field.private))


def to_row(action: Action, *, private: bool = False) -> dict[str, str]:
    """The action as text cells, by column."""
    row = {"kind": action.kind, "id": action.id}
    for field in fields_of(type(action)):
        if private or not field.private:
            row[field.name] = encode(field, getattr(action, field.name))
    return row


def from_row(cells: Mapping[str, str | None], *, kind: str | None = None, before: Action | None = None) -> Decoded:
    """The action that a row of cells tells of.

    A column that is absent leaves what `before` says; an empty cell empties it. Faults name the column; the caller
    knows the file and the row.
    """
    name = (cells.get("kind") or kind or "").strip().lower()
    model = KINDS.get(name)
    if model is None:
        remedy = said("Use one of: {kinds}.", kinds=", ".join(KINDS))
        fault = InvalidDataError("This is not a kind of action.", column="kind", value=name, rule="kind", remedy=remedy)
        return Decoded(None, (fault,))
    values: dict[str, Any] = {}
    faults: list[InvalidDataError] = []
    for field in fields_of(model):
        text = cells.get(field.name)
        try:
            if text is not None:
                values[field.name] = decode(field, text)
            elif before is not None:
                values[field.name] = getattr(before, field.name)
        except CellFault as fault:
            faults.append(_fault(fault.problem, field.name, fault.value, fault.remedy))
    identifier = (cells.get("id") or "").strip().lower()
    if identifier and not _IDENTIFIER.fullmatch(identifier):
        remedy = said("Use small letters, digits and hyphens, at most 63; or leave it empty and one is given.")
        faults.append(_fault(said("This is not an identifier."), "id", identifier[:80], remedy))
    if faults:
        return Decoded(None, tuple(faults))
    action = model(id=identifier, **values)
    broken = tuple(rule_faults(action))
    return Decoded(None if broken else action, broken, frozenset(values))


def _fault(problem: str, column: str, value: object, remedy: str) -> InvalidDataError:
    return InvalidDataError(problem, column=column, value=value, rule=f"action.{column}", remedy=remedy)


def rule_faults(action: Action) -> list[InvalidDataError]:
    """What cannot be right in an action as a whole: something needed is empty, days in the wrong order."""
    faults = [
        _fault(said("This cannot be empty."), field.name, None, said("Fill it in."))
        for field in fields_of(type(action))
        if field.needed and getattr(action, field.name) == empty(field.form)
    ]
    if action.starts and action.due and action.due < action.starts:
        faults.append(_fault(said("It is due before it starts."), "due", action.due, said("Check both days.")))
    if isinstance(action, Pledge):
        if action.mode == "matching" and not action.matched:
            faults.append(
                _fault(
                    said("It does not say which pledge it matches."),
                    "matched",
                    None,
                    said("Give that pledge's identifier."),
                )
            )
        if action.matched and action.matched == action.id:
            faults.append(
                _fault(
                    said("A pledge cannot match itself."),
                    "matched",
                    action.matched,
                    said("Give another pledge's identifier."),
                )
            )
    if isinstance(action, Practice) and action.reviewed and not is_named_and_dated(action.reviewed):
        remedy = said("Write both, as in: Migration Network Hub, May 2023.")
        faults.append(_fault(said("It does not say who reviewed it and when."), "reviewed", action.reviewed, remedy))
    currency = getattr(action, "currency", "")
    if currency and not re.fullmatch(r"[A-Z]{3}", currency):
        faults.append(
            _fault(
                said("This is not a currency."), "currency", currency, said("Write three capital letters, as in USD.")
            )
        )
    return faults


def lacking(action: Action) -> tuple[Field, ...]:
    """What is asked for before the action may be submitted, and is not there or too short: the completeness check."""
    found = []
    for field in fields_of(type(action)):
        value = getattr(action, field.name)
        wanted = field.asked or field.needed
        short = isinstance(value, str) and field.is_short(value)
        # What names no objective says itself which paragraphs it answers.
        unanswering = field.name == "provisions" and not (action.provisions or action.objectives)
        if unanswering or (wanted and (short or value == empty(field.form))):
            found.append(field)
    return tuple(found)


def lost(before: Action, after: Action) -> tuple[Field, ...]:
    """What is asked for, was there, and is there no more: what is submitted or public may change, and not become less."""
    known = {field.name for field in lacking(before)}
    return tuple(field for field in lacking(after) if field.name not in known)


def labels(fields: Iterable[Field]) -> str:
    """The labels of fields as a list, to be told in the reader's language."""
    return all_of(said(field.label) for field in fields)


def incomplete(action: Action) -> InvalidDataError | None:
    """What a row lacks before it may be submitted, by the labels of its fields; None where nothing does."""
    fields = lacking(action)
    if not fields:
        return None
    remedy = said("Fill it in and read the file again: until then it can be kept as a draft only.")
    problem = said("Asked for and missing, or too short: {fields}.", fields=labels(fields))
    return InvalidDataError(problem, column=fields[0].name, rule="action.complete", remedy=remedy)


# --- JSON ---------------------------------------------------------------------------------------------------------------


def to_json(action: Action, *, private: bool = False) -> dict[str, Any]:
    """The action as JSON: lists as lists, days as ISO 8601, what was not said left out."""
    found: dict[str, Any] = {"kind": action.kind, "id": action.id}
    for field in fields_of(type(action)):
        value = getattr(action, field.name)
        if (private or not field.private) and value != empty(field.form):
            found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (Update, Milestone, Passage)):
        parts = {name: _plain(part) for name, part in vars(value).items()}
        return {name: part for name, part in parts.items() if part not in ("", None)}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def from_json(content: Mapping[str, Any]) -> Action:
    """The action of JSON that this room has written before and nobody has touched: no check, so that reading is fast."""
    model = KINDS[content["kind"]]
    values = {field.name: _typed(field, content[field.name]) for field in fields_of(model) if field.name in content}
    return model(id=content["id"], **values)


def _typed(field: Field, value: Any) -> Any:
    if field.form == "day":
        return datetime.date.fromisoformat(value)
    if field.form == "updates":
        return tuple(
            Update(
                _date(u["day"]),
                u["stage"],
                u.get("text", ""),
                u.get("evidence", ""),
                u.get("reference", ""),
                _date(u["taken_back"]) if "taken_back" in u else None,
                u.get("because", ""),
            )
            for u in value
        )
    if field.form == "milestones":
        return tuple(
            Milestone(_date(m["due"]), m.get("text", ""), _date(m["reached"]) if "reached" in m else None)
            for m in value
        )
    if field.form == "passages":
        return tuple(Passage(p.get("reference", ""), p.get("text", "")) for p in value)
    return tuple(value) if isinstance(value, list) else value


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def json_cells(content: Mapping[str, Any]) -> dict[str, str | None]:
    """A JSON object from outside as text cells, so that it passes the same checks as a row of a table."""
    model = KINDS.get(str(content.get("kind", "")).lower())
    cells: dict[str, str | None] = {}
    forms = {field.name: field for field in fields_of(model)} if model else {}
    for name, value in content.items():
        cells[name] = _cell_of(forms.get(name), value)
    return cells


def _cell_of(field: Field | None, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value)
    if field is not None and isinstance(value, list):
        try:
            return encode(field, _typed(field, value))
        except (KeyError, TypeError, ValueError, AttributeError):
            return repr(value)[:200]
    return repr(value)[:200]


# --- what changed -------------------------------------------------------------------------------------------------------


def changes(before: Action | None, after: Action) -> tuple[str, ...]:
    """The names of the fields that differ between two versions; all that are filled in where there was none before."""
    return tuple(
        field.name
        for field in fields_of(type(after))
        if getattr(after, field.name) != (getattr(before, field.name, None) if before else empty(field.form))
    )
