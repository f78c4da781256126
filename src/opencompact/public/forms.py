"""A form for any kind of action, made from its fields; what was typed comes back as it was, with errors beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from opencompact import actions, compact
from opencompact.actions.fields import Field, fields_of
from opencompact.actions.rows import Decoded, to_row
from opencompact.actions.writing import choices_of
from opencompact.errors import InvalidDataError

_MANY = ("objectives", "principles", "choices")
_LONG = ("text", "lines", "provisions", "milestones", "updates", "passages")


@dataclass(frozen=True)
class Asked:
    """One question of a form: what it holds now, what it is chosen from, what is wrong with it."""

    field: Field
    value: str
    widget: str
    options: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()
    error: InvalidDataError | None = None


@dataclass
class ActionForm:
    """A form of a kind of action, filled with cells."""

    kind: str
    cells: Mapping[str, str | None]
    language: str
    faults: tuple[InvalidDataError, ...] = ()
    contact: bool = True
    decoded: Decoded | None = field(default=None)

    def questions(self) -> Iterable[Asked]:
        """The questions in order: what is asked for first, what is not after it."""
        fields = [
            f for f in fields_of(actions.KINDS[self.kind]) if (self.contact or not f.private) and f.name != "progress"
        ]
        by_column = {fault.place.column: fault for fault in reversed(self.faults)}
        for each in sorted(fields, key=lambda f: not (f.needed or f.asked)):
            value = self.cells.get(each.name) or ""
            options = self._options(each)
            chosen = frozenset(part.strip() for part in value.replace("\n", ";").split(";"))
            yield Asked(each, value, _widget(each), options, chosen, by_column.get(each.name))

    def _options(self, asked: Field) -> tuple[tuple[str, str], ...]:
        if asked.form == "objectives":
            return tuple((str(o.number), f"{o.number}. {o.short(self.language)}") for o in compact.objectives())
        if asked.form == "principles":
            return tuple((str(p.number), p.name(self.language)) for p in compact.principles())
        if asked.form == "recommendation":
            return tuple((r.code, f"{r.code} {r.name(self.language)}") for r in compact.recommendations())
        return tuple((choice.code, choice.name(self.language)) for choice in choices_of(asked))


def _widget(asked: Field) -> str:
    if asked.form in _MANY:
        return "many"
    if asked.form in ("choice", "speaker", "language", "recommendation"):
        return "one"
    if asked.form in _LONG:
        return "text"
    return {"day": "date", "number": "number"}.get(asked.form, "line")


def faulty_form(form: ActionForm, fault: InvalidDataError) -> ActionForm:
    """The same form with one fault more."""
    return replace(form, faults=(*form.faults, fault))


def empty_form(kind: str, language: str) -> ActionForm:
    """A form with nothing in it but the language of the page."""
    return ActionForm(kind, {"language": language}, language)


def filled_form(action: actions.Action, language: str, *, contact: bool) -> ActionForm:
    """A form with what an action says."""
    return ActionForm(action.kind, to_row(action, private=True), language, contact=contact)


def posted_form(
    kind: str, posted: QueryDict, language: str, before: actions.Action | None, *, contact: bool
) -> ActionForm:
    """A form with what was typed, checked; what the form does not ask for stays as it was before."""
    cells: dict[str, Any] = {"kind": kind, "id": before.id if before else ""}
    for each in fields_of(actions.KINDS[kind]):
        if each.name == "progress" or (each.private and not contact):
            continue
        values = posted.getlist(each.name)
        # A box that is not ticked sends nothing: it was asked all the same.
        cells[each.name] = "; ".join(values) if each.form in _MANY else (values[0] if values else "")
    decoded = actions.from_row(cells, kind=kind, before=before)
    return ActionForm(kind, cells, language, decoded.faults, contact, decoded)
