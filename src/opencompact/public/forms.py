"""A form for any kind of action, made from its fields; what was typed comes back as it was, with errors beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from opencompact import actions, compact
from opencompact.actions.fields import SIGN, Field, field_named, fields_of, signs, weight
from opencompact.actions.rows import Decoded, to_row
from opencompact.actions.writing import choices_of
from opencompact.errors import InvalidDataError
from opencompact.language import said

_MANY = ("objectives", "principles", "choices")
_LONG = ("text", "lines", "provisions", "milestones", "updates", "passages")


@dataclass(frozen=True)
class Asked:
    """One question of a form: what it holds now, what it is chosen from, what is wrong with it, its place among its like."""

    field: Field
    value: str
    widget: str
    options: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()
    error: InvalidDataError | None = None
    number: int = 0
    total: int = 0

    @property
    def wanted(self) -> bool:
        """Whether an answer is asked for before the action may be submitted."""
        return is_wanted(self.field)

    @property
    def answered(self) -> bool:
        """Whether there is an answer, long enough."""
        return bool(self.value.strip()) and not self.field.is_short(self.value)


def is_wanted(asked: Field) -> bool:
    """Whether an answer is asked for before the action may be submitted."""
    return asked.needed or asked.asked


@dataclass
class ActionForm:
    """A form of a kind of action, filled with cells."""

    kind: str
    cells: Mapping[str, str | None]
    language: str
    faults: tuple[InvalidDataError, ...] = ()
    contact: bool = True
    decoded: Decoded | None = field(default=None)

    def questions(self) -> list[Asked]:
        """The questions in order: what is asked for first, what is not after it, each with its place among its like."""
        fields = [
            f for f in fields_of(actions.KINDS[self.kind]) if (self.contact or not f.private) and f.name != "progress"
        ]
        wanted, others = [f for f in fields if is_wanted(f)], [f for f in fields if not is_wanted(f)]
        return [
            self._asked(each, number, len(alike))
            for alike in (wanted, others)
            for number, each in enumerate(alike, start=1)
        ]

    def _asked(self, asked: Field, number: int, total: int) -> Asked:
        value = self.cells.get(asked.name) or ""
        chosen = frozenset(part.strip() for part in value.replace("\n", ";").split(";"))
        fault = next((fault for fault in self.faults if fault.place.column == asked.name), None)
        return Asked(asked, value, _widget(asked), self._options(asked), chosen, fault, number, total)

    def label(self, column: str | None) -> str:
        """The label of a field that a fault is about."""
        found = field_named(actions.KINDS[self.kind], column or "")
        return found.label if found else column or ""

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


def faulty_form(form: ActionForm, *faults: InvalidDataError) -> ActionForm:
    """The same form with more faults."""
    return replace(form, faults=(*form.faults, *faults))


def lacking_form(action: actions.Action, language: str, lacking: Iterable[Field]) -> ActionForm:
    """The form of an action that cannot be submitted yet, with what lacks beside each field."""
    form = filled_form(action, language, contact=True)
    return replace(form, faults=tuple(_lacking(each, form.cells.get(each.name) or "") for each in lacking))


def _lacking(asked: Field, value: str) -> InvalidDataError:
    problem = said("This is asked for before it can be submitted.")
    if value:
        # A sign of Chinese counts as several letters: the least is told in what was written.
        least = signs(asked.minimum) if weight(value) >= (1 + SIGN) / 2 * len(value) else asked.minimum
        problem = said("It has {n} of at least {least} characters.", n=len(value), least=least)
    remedy = said("Say a little more.") if value else said("Fill it in.")
    return InvalidDataError(problem, column=asked.name, rule=f"action.{asked.name}", remedy=remedy)


def empty_form(kind: str, language: str) -> ActionForm:
    """A form with nothing in it but the language of the page."""
    return ActionForm(kind, {"language": language}, language)


def filled_form(action: actions.Action, language: str, *, contact: bool) -> ActionForm:
    """A form with what an action says."""
    return ActionForm(action.kind, to_row(action, private=True), language, contact=contact)


def posted_form(
    kind: str, posted: QueryDict, language: str, before: actions.Action | None, *, contact: bool, known: actions.Known
) -> ActionForm:
    """A form with what was typed, checked; what the form does not ask for stays as it was before.

    `known` is what whoever typed it may name and cite.
    """
    cells: dict[str, Any] = {"kind": kind, "id": before.id if before else ""}
    for each in fields_of(actions.KINDS[kind]):
        if each.name == "progress" or (each.private and not contact):
            continue
        values = posted.getlist(each.name)
        # A box that is not ticked sends nothing: it was asked all the same.
        cells[each.name] = "; ".join(values) if each.form in _MANY else (values[0] if values else "")
    decoded = actions.from_row(cells, kind=kind, before=before)
    if decoded.action is not None and (faults := actions.reference_faults(decoded.action, known)):
        decoded = Decoded(None, tuple(faults), decoded.said)
    return ActionForm(kind, cells, language, decoded.faults, contact, decoded)
