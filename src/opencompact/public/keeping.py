"""An action as a row of the table of records: what is kept beside its JSON so that it can be found."""

from __future__ import annotations

import datetime
from typing import Any

from opencompact import actions
from opencompact.actions.fields import fields_of
from opencompact.public.search import vector

_WEIGHTS = {"title": "A", "by": "B", "partners": "C"}
_TEXTS = ("line", "text", "lines", "provisions", "indicator", "milestones", "updates", "passages")

# The fields that name the action which this one is a part of.
_WHOLES = ("plan", "review", "informs")


def columns(action: actions.Action, today: datetime.date) -> dict[str, Any]:
    """The columns of a record on a day, but for `tokens`, `stage`, `version`, `entered`, `changed` and `owner`."""
    # The state is kept as of today, with the day on which it will be another; overdue and stale are asked of the days.
    stands = actions.standing(action, today)
    return {
        "identifier": action.id,
        "kind": action.kind,
        "title": action.title,
        "language": action.language,
        "who": action.by,
        "stakeholder": action.stakeholder,
        "areas": list(action.areas),
        "objectives": list(action.objectives),
        "provisions": list(action.provisions),
        "part_of": next((found for name in _WHOLES if (found := getattr(action, name, ""))), ""),
        "state": stands.state,
        "turns": actions.turns(action, today),
        "starts": action.starts,
        "due": action.due,
        "reported": stands.last.day if stands.last else None,
        "measured": stands.measured,
        "document": actions.to_json(action, private=True),
    }


def tokens(action: actions.Action) -> str:
    """What the action is found by: its words by where they stand, never what is private."""
    parts = []
    for field in fields_of(type(action)):
        if field.form in _TEXTS and not field.private:
            value = getattr(action, field.name)
            text = value if isinstance(value, str) else " ".join(map(_words, value))
            parts.append((_WEIGHTS.get(field.name, "D"), text))
    return vector(parts)


def _words(value: object) -> str:
    if isinstance(value, actions.Update):
        return f"{value.text} {value.reference}"
    if isinstance(value, actions.Passage):
        return f"{value.reference} {value.text}"
    return value.text if isinstance(value, actions.Milestone) else str(value)
