"""Synthetic actions of the sample's fictional country, so that a fresh service has something to show."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from opencompact.actions.fields import fields_of
from opencompact.actions.model import KINDS, Action, Milestone, Passage, Update
from opencompact.actions.rows import rule_faults

#: Every identifier of the sample begins so, and no other may: what is synthetic is known by its address.
PREFIX = "synthetic-"
#: The sample tells of a record that has been kept for three years: what was not reported on for long is to be seen.
SAMPLE_ENTERED = datetime.timedelta(days=-1100)


def sample_actions(today: datetime.date) -> tuple[Action, ...]:
    """The sample's actions, their days counted from `today`.

    Their areas are those of the statistics room's sample: a caller registers them first.
    """
    content = tomllib.loads((Path(__file__).parent / "sample.toml").read_text("utf-8"))
    return tuple(_action(entry, today) for entry in content["action"])


def is_synthetic(action: Action) -> bool:
    """Whether an action is one of the sample's."""
    return action.id.startswith(PREFIX)


def _action(entry: Mapping[str, Any], today: datetime.date) -> Action:
    model = KINDS[entry["kind"]]
    day = partial(_day, today)
    values: dict[str, Any] = {"language": "en"}
    for field in fields_of(model):
        if field.name not in entry:
            continue
        value = entry[field.name]
        if field.form == "day":
            value = day(value)
        elif field.form == "updates":
            value = tuple(Update(day(u[0]), *u[1:]) for u in value)
        elif field.form == "milestones":
            value = tuple(Milestone(day(m[0]), m[1], day(m[2]) if len(m) > 2 else None) for m in value)
        elif field.form == "passages":
            value = tuple(Passage(*p) for p in value)
        elif field.form == "number":
            value = float(value)
        values[field.name] = tuple(value) if isinstance(value, list) else value
    action = model(id=entry["id"], **values)
    assert not rule_faults(action), action.id
    return action


def _day(today: datetime.date, after: int) -> datetime.date:
    return today + datetime.timedelta(days=after)
