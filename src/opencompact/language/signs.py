"""Signs in a text that nobody sees: control characters, and those that turn the direction of writing around.

The latter (Unicode TR9: embeddings, overrides, isolates) make a text read otherwise than it is stored, so that a title can
show what it does not say. The marks of direction that people type in Arabic (U+200E, U+200F, U+061C) turn nothing around and
stay, as do the joiners that scripts and names need.
"""

from __future__ import annotations

import re

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def turning_sign(text: str) -> str:
    """The first sign in a text that turns the direction of writing around, as in `U+202E`; nothing where there is none."""
    found = _TURNING.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def control_sign(text: str) -> str:
    """The first control character in a text, as in `U+0007`; nothing where there is none."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def without_signs(text: str) -> str:
    """The text without either; what ends a line somewhere (a word processor's own line ends among it) ends it here."""
    return _CONTROL.sub("", _TURNING.sub("", _LINE_ENDS.sub("\n", text)))
