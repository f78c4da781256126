"""Finds what a picture must not have: text beyond its edge, text on text, letters that its font lacks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from xml.etree import ElementTree

from opencompact.language import said
from opencompact.look.fonts import FONTS, characters
from opencompact.look.measure import text_width
from opencompact.look.svg import ASCENT, DESCENT
from opencompact.look.tokens import families, tokens

_TEXT = "{http://www.w3.org/2000/svg}text"
# Capitals rarely fill their box and measured widths are rounded: boxes may touch by so many px.
_SLACK = 1.5


@dataclass(frozen=True)
class Box:
    """A text of a picture and the box it fills, in px."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether two boxes overlap by more than a hair."""
        return (
            self.left + _SLACK < other.right
            and other.left + _SLACK < self.right
            and self.top + _SLACK < other.bottom
            and other.top + _SLACK < self.bottom
        )


def boxes(svg: str, language: str) -> list[Box]:
    """The boxes of all texts of a picture, by the widths that its fonts have."""
    root = ElementTree.fromstring(svg)
    found = []
    for element in root.iter(_TEXT):
        text = element.text or ""
        size = float(element.get("font-size") or root.get("font-size") or tokens().small)
        strong = element.get("font-weight") == str(tokens().strong)
        width = text_width(text, language, size, strong=strong)
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        left = {"middle": x - width / 2, "end": x - width}.get(element.get("text-anchor", "start"), x)
        found.append(Box(_plain(text), left, y - size * ASCENT, left + width, y + size * DESCENT))
    return found


def check(svg: str, language: str) -> list[str]:
    """What is wrong with a picture, one sentence each; empty where nothing is.

    Text that is cut, that reaches beyond an edge or stands on another text, and characters that the font named for it lacks.
    """
    root = ElementTree.fromstring(svg)
    _x, _y, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    found = boxes(svg, language)
    faults: list[str] = [
        said("“{text}” reaches beyond the picture.", text=box.text)
        for box in found
        if box.left < -_SLACK or box.right > width + _SLACK or box.top < -_SLACK or box.bottom > height + _SLACK
    ]
    faults += [said("“{text}” is cut.", text=box.text) for box in found if box.text.endswith("…")]
    for index, box in enumerate(found):
        faults += [
            said("“{text}” stands on “{other}”.", text=box.text, other=other.text)
            for other in found[index + 1 :]
            if box.touches(other)
        ]
    own = root.get("font-family") or families(language)[0]
    for element in root.iter(_TEXT):
        family = element.get("font-family") or own
        weight = element.get("font-weight") or str(tokens().regular)
        if f"{family} {weight}" not in FONTS:
            faults.append(
                said(
                    "“{text}”: {font} is none of our fonts.",
                    text=_plain(element.text or ""),
                    font=f"{family} {weight}",
                )
            )
            continue
        lacking = missing_characters(element.text or "", f"{family} {weight}")
        if lacking:
            faults.append(
                said(
                    "“{text}”: {font} lacks {letters}.",
                    text=_plain(element.text or ""),
                    font=family,
                    letters=lacking,
                )
            )
    return faults


def missing_characters(text: str, font: str) -> list[str]:
    """The characters of a text that a font ("IBM Plex Sans 400") lacks; controls of direction need no glyph."""
    known = characters(font)
    return sorted({c for c in text if c not in known and unicodedata.category(c) not in ("Cf", "Cc", "Zs")})


def _plain(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Cf")
