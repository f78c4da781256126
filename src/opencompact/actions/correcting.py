"""What is a correction of wording and what is a change: of what peers reviewed, only the first may be made without them."""

from __future__ import annotations

import difflib
import re

from opencompact.actions.fields import field_named
from opencompact.actions.model import Action
from opencompact.actions.rows import changes

#: So many characters may the words have that differ, in all, and so great a part of a field may differ: a few misspelt
#: words, not a sentence.
MOST_CORRECTED, SHARE = 20, 0.2
# Of a short title three letters may differ, whatever part of it they are.
_LEAST = 3
#: What may change at any time: reports stand under their own days, contacts are no content.
FREE = ("progress", "contact")
# Words; signs that are words of their own; whatever else is not empty.
_TOKEN = re.compile(r"[^\W\u3040-\u9fff]+|\S")


def content_changes(before: Action, after: Action) -> tuple[str, ...]:
    """The fields that differ and that peers review."""
    return tuple(name for name in changes(before, after) if name not in FREE)


def is_correction(before: Action, after: Action) -> bool:
    """Whether two versions say the same: only wording differs, in words of at most `MOST_CORRECTED` characters in all, and no number.

    A word counts whole, however much of it stays: "every" and "never" differ by one letter. A machine cannot tell whether a word turns the meaning: who corrects it says why, and both versions stay.
    """
    spent = 0
    for name in content_changes(before, after):
        field = field_named(type(after), name)
        if field is None or field.form not in ("line", "text") or name in ("by", "reviewed"):
            return False
        old, new = getattr(before, name), getattr(after, name)
        if not old or not new or _digits(old) != _digits(new):
            return False
        words, letters = _differing(old, new)
        if letters > max(_LEAST, SHARE * len(old)):
            return False
        spent += words
    return spent <= MOST_CORRECTED


def _digits(text: str) -> list[str]:
    return [sign for sign in text if sign.isdigit()]


def _differing(old: str, new: str) -> tuple[int, int]:
    """How many characters the words have that differ, and how many of these characters the two do not share."""
    before, after = _between(_TOKEN.findall(old), _TOKEN.findall(new))
    if abs(len(before) - len(after)) > MOST_CORRECTED:
        return MOST_CORRECTED + 1, MOST_CORRECTED + 1
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    differing = [
        ("".join(before[a:b]), "".join(after[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]
    whole = [max(len(one), len(other)) for one, other in differing]
    shared = [_shared(one, other) for one, other in differing]
    return sum(whole), sum(whole) - sum(shared)


def _between(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Two lists without what they begin and end with in common."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    before, after = before[start:], after[start:]
    pairs = zip(reversed(before), reversed(after), strict=False)
    end = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))
    return before[: len(before) - end], after[: len(after) - end]


def _shared(one: str, other: str) -> int:
    """How many letters two short texts have in common, in their order; none of long ones, which are no slip."""
    if max(len(one), len(other)) > 10 * MOST_CORRECTED:
        return 0
    return sum(block.size for block in difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
