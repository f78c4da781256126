"""Two versions of an action side by side, field by field: the old words and the new, with what differs marked."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

from opencompact import actions
from opencompact.actions.cells import encode
from opencompact.actions.fields import Field, empty, field_named
from opencompact.language import format_date, format_number
from opencompact.public.looking import readable

# A word with the space after it; of Chinese and Japanese each sign.
_PIECE = re.compile(r"[\u3040-\u9fff]|[^\s\u3040-\u9fff]+\s*|\s+")
# Beyond so many pieces the whole text is marked: nobody reads such a comparison word by word.
_MOST = 4000
# So many characters of what is the same stand on either side of what differs, where only that is shown.
_AROUND = 40


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are only on this side."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Beside:
    """One field that differs, as it was and as it would be; a side without pieces says nothing."""

    field: Field
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def side_by_side(before: actions.Action, after: actions.Action, code: str) -> tuple[Beside, ...]:
    """The fields in which two versions differ, in the order of the form, none that is private; choices in the language `code`."""
    found = []
    for name in actions.changes(before, after):
        field = field_named(type(after), name)
        if field is not None and not field.private:
            old, new = (_text(field, getattr(each, name), code) for each in (before, after))
            found.append(Beside(field, *pieces(old, new)))
    return tuple(found)


def excerpts(before: actions.Action, after: actions.Action, code: str) -> tuple[Beside, ...]:
    """The fields in which two versions differ, with the words that do and some on either side of them."""
    rows = side_by_side(before, after, code)
    return tuple(Beside(row.field, _around(row.before), _around(row.after)) for row in rows)


def _around(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple(
        piece if piece.differs else Piece(_shortened(piece.text, n > 0, n < len(found) - 1), False)
        for n, piece in enumerate(found)
    )


def _shortened(text: str, after_one: bool, before_one: bool) -> str:
    """Of words that both versions have, those beside one that differs."""
    if len(text) <= 3 * _AROUND:
        return text
    head = text[:_AROUND] if after_one else ""
    tail = text[-_AROUND:] if before_one else ""
    return f"{head}…{tail}"


def pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts as runs of words that both have and that only one has."""
    a, b = _PIECE.findall(old), _PIECE.findall(new)
    if len(a) + len(b) > _MOST:
        return _whole(old), _whole(new)
    left, right = [], []
    # Words are the same whatever space follows them.
    same = difflib.SequenceMatcher(None, [each.strip() for each in a], [each.strip() for each in b], autojunk=False)
    for tag, i, j, k, m in same.get_opcodes():
        left += [Piece("".join(a[i:j]), tag != "equal")] if i < j else []
        right += [Piece("".join(b[k:m]), tag != "equal")] if k < m else []
    return tuple(left), tuple(right)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def _text(field: Field, value: Any, code: str) -> str:
    if value == empty(field.form):
        return ""
    if field.form == "day":
        return format_date(value, code, "medium")
    if field.form == "number":
        return format_number(value, code, 0 if value == int(value) else 2)
    if field.form in ("milestones", "updates", "passages", "provisions", "lines"):
        return encode(field, value)
    shown = readable(field, value, code)
    return shown if isinstance(shown, str) else "\n".join(map(str, shown))
