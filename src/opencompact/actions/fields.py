"""What a field of an action is: its label, its kind, what it may hold, whether it is asked for, who sees it.

A field is declared once, on the dataclass. Forms, CSV and XLSX columns, the JSON schema and the checks are made from it.
"""

from __future__ import annotations

import dataclasses
import math
import re
from dataclasses import dataclass
from typing import Any, Literal

from opencompact.actions.words import Choice

Form = Literal[
    "line", "text", "day", "number", "choice", "choices", "lines", "areas", "objectives", "letters", "provisions",
    "principles", "goals", "indicator", "recommendation", "language", "speaker", "milestones", "updates", "passages",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field. `needed` is asked of every action, `asked` before it may be submitted; `private` never leaves the service.

    `minimum` is in letters, as `weight` counts them. `names` is the kind of the action that is named by its identifier here.
    """

    form: Form
    label: str
    help: str = ""
    maximum: int = 300
    minimum: int = 0
    choices: tuple[Choice, ...] = ()
    needed: bool = False
    asked: bool = False
    private: bool = False
    names: str = ""
    name: str = ""

    def is_short(self, text: str) -> bool:
        """Whether a text says less than is asked for."""
        return weight(text) < self.minimum


LONG = 6000
# Signs that each say as much as some two and a half letters: Han (with its extensions), Hiragana, Katakana, Hangul.
_SIGNS = re.compile(
    "[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
SIGN = 2.5


def weight(text: str) -> float:
    """How much a text says, in letters: a sign of Chinese, Japanese or Korean counts as two and a half."""
    return len(text) + (SIGN - 1) * len(_SIGNS.findall(text))


def signs(letters: int) -> int:
    """How many signs of Chinese, Japanese or Korean say as much as so many letters."""
    return math.ceil(letters / SIGN)


_EMPTY: dict[str, Any] = {"day": None, "number": None}
_TUPLES = frozenset(
    ("choices", "lines", "areas", "objectives", "letters", "provisions", "principles", "goals", "milestones", "updates", "passages")
)  # fmt: skip


def empty(form: Form) -> Any:
    """What a field of that form holds when nothing was said."""
    return () if form in _TUPLES else _EMPTY.get(form, "")


def of(form: Form, label: str, help: str = "", **more: Any) -> Any:
    """Declares a field of a dataclass."""
    return dataclasses.field(default=empty(form), metadata={"field": Field(form, label, help, **more)})


_fields: dict[type, tuple[Field, ...]] = {}


def fields_of(kind: type) -> tuple[Field, ...]:
    """The fields of a kind of action, in the order of its form."""
    if kind not in _fields:
        declared = ((entry.metadata.get("field"), entry.name) for entry in dataclasses.fields(kind))
        _fields[kind] = tuple(dataclasses.replace(known, name=name) for known, name in declared if known is not None)
    return _fields[kind]


def field_named(kind: type, name: str) -> Field | None:
    """The field of that name, or None."""
    return next((entry for entry in fields_of(kind) if entry.name == name), None)
