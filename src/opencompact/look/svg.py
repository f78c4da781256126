"""A canvas that writes SVG: shapes in px, text that is measured, patterns for what has no value.

Text is drawn as the languages' readers need it and as all our renderers can: one font a text, base direction left to right
on the picture and Arabic texts isolated right to left (Unicode TR9), positions always from the left. A mirrored canvas
turns places, not letters: what starts at the left in English starts at the right in Arabic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2s
from html import escape
from typing import Literal, TypeAlias

from opencompact.language import language as language_of
from opencompact.look.charts.chart import NoValue, Role
from opencompact.look.measure import family_of, is_arabic, text_width, wrap
from opencompact.look.tokens import contrast, families, tokens

Anchor: TypeAlias = Literal["start", "middle", "end"]
Place: TypeAlias = tuple[float, float]

_SWAPPED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
_ISOLATE_RTL, _POP = "\u2067", "\u2069"
ASCENT, DESCENT = 0.80, 0.24

_PATTERNS: dict[NoValue, str] = {
    "missing": '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse"{scale}><path d="M0 0h6v6H0z" fill="{wash}"/>'
    '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="{mark}" stroke-width="1.2"/></pattern>',
    "suppressed": '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse"{scale}><path d="M0 0h6v6H0z" fill="{wash}"/>'
    '<circle cx="3" cy="3" r="1.3" fill="{grey}"/></pattern>',
    "not-applicable": '<pattern id="{id}" width="8" height="8" patternUnits="userSpaceOnUse"{scale}><path d="M0 0h8v8H0z" fill="{wash}"/>'
    '<path d="M0 4h4" stroke="{mark}" stroke-width="1.2"/></pattern>',
}
_IDENTIFIER = "\x00"


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def colour_of(name: str) -> str:
    """The colour of a token's name, or of a role; a `#…` colour is itself."""
    known = tokens()
    if name[0] == "#" or name[:4] == "url(" or name == "none":
        return name
    return known.colour.get(name) or known.roles[name]


def word_colour(role: Role) -> str:
    """The colour of words about a role: its own where that can be read as text, else the quiet ink."""
    colour = tokens().roles[role]
    return colour if contrast(colour, tokens().colour["paper"]) >= 4.5 else tokens().colour["quiet"]


class Canvas:
    """Collects shapes and texts; `finish` gives the picture.

    `width` in px; `language` decides fonts and numbers; `mirror` turns places for languages that are read from the right
    (charts over time are not mirrored: docs/decisions/0003).
    """

    def __init__(self, language: str, width: float, *, mirror: bool = False) -> None:
        self.language = language
        self.width = width
        self.rtl = language_of(language).direction == "rtl"
        self.mirror = mirror and self.rtl
        self.size: float = tokens().small
        self.line_height = round(self.size * (1.3 if language not in ("ar", "zh") else 1.45))
        self.narrow = width < 480
        self._parts: list[str] = []
        self._patterns: dict[tuple[NoValue, float], str] = {}

    def x(self, x: float) -> float:
        """The place from the left of a place from the start of the line."""
        return self.width - x if self.mirror else x

    def add(self, markup: str) -> None:
        """Adds markup as it is."""
        self._parts.append(markup)

    def measure(self, text: str, *, size: float | None = None, strong: bool = False) -> float:
        """The width of a text in px."""
        return text_width(text, self.language, size or self.size, strong=strong)

    def wrapped(self, text: str, width: float, lines: int, *, strong: bool = False) -> tuple[str, ...]:
        """A text in at most so many lines of at most that width."""
        return wrap(text, self.language, self.size, width, strong=strong, lines=lines)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: Anchor = "start",
        size: float | None = None,
        strong: bool = False,
        fill: str = "ink",
        halo: bool = False,
    ) -> None:
        """One line of text with its baseline at `y`; `halo` keeps it legible over lines."""
        shown = f"{_ISOLATE_RTL}{text}{_POP}" if self.rtl and is_arabic(text) else text
        anchor = _SWAPPED[anchor] if self.mirror else anchor
        attributes = f'x="{number(self.x(x))}" y="{number(y)}"'
        if anchor != "start":
            attributes += f' text-anchor="{anchor}"'
        if size and size != self.size:
            attributes += f' font-size="{number(size)}"'
        if strong:
            attributes += f' font-weight="{tokens().strong}"'
        if fill != "ink":
            attributes += f' fill="{colour_of(fill)}"'
        if halo:
            attributes += (
                f' stroke="{tokens().colour["paper"]}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
            )
        family = family_of(text, self.language)
        if family != families(self.language)[0]:
            attributes += f' font-family="{family}"'
        self._parts.append(f"<text {attributes}>{escape(shown, quote=False)}</text>")

    def lines_of_text(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        anchor: Anchor = "start",
        strong: bool = False,
        fill: str = "ink",
        halo: bool = False,
    ) -> float:
        """Lines under one another, the first baseline at `y`; gives the baseline below the last."""
        for line in lines:
            self.text(x, y, line, anchor=anchor, strong=strong, fill=fill, halo=halo)
            y += self.line_height
        return y

    def rect(
        self, x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "", extra: str = ""
    ) -> None:
        """A rectangle from its start and top."""
        left = self.width - x - width if self.mirror else x
        edge = f' stroke="{colour_of(stroke)}"' if stroke else ""
        self._parts.append(
            f'<rect x="{number(left)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
            f' fill="{colour_of(fill)}"{edge}{extra}/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "rule", width: float = 1, dash: str = ""
    ) -> None:
        """A straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="M{number(self.x(x1))} {number(y1)}L{number(self.x(x2))} {number(y2)}"'
            f' stroke="{colour_of(stroke)}" stroke-width="{number(width)}"{dashes}/>'
        )

    def polyline(
        self, places: Iterable[Place], *, stroke: str, width: float = 2, dash: str = "", fill: str = "none"
    ) -> None:
        """Straight lines from place to place."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="{self.path(places)}" fill="{colour_of(fill)}" stroke="{colour_of(stroke)}"'
            f' stroke-width="{number(width)}" stroke-linejoin="round" stroke-linecap="round"{dashes}/>'
        )

    def polygon(self, places: Iterable[Place], *, fill: str, opacity: float = 1) -> None:
        """A filled shape."""
        faint = f' fill-opacity="{opacity}"' if opacity < 1 else ""
        self._parts.append(f'<path d="{self.path(places)}z" fill="{colour_of(fill)}"{faint}/>')

    def path(self, places: Iterable[Place]) -> str:
        """The path data of straight lines."""
        return "M" + "L".join(f"{number(self.x(x))} {number(y)}" for x, y in places)

    def marker(self, role: Role, x: float, y: float, radius: float = 5) -> None:
        """The mark of a role: shapes differ as well as colours, so that grey print tells them apart."""
        x, colour, paper = self.x(x), tokens().roles[role], tokens().colour["paper"]
        edge = f'stroke="{paper}" stroke-width="1.5"'
        r = radius
        if role in ("men", "second"):
            shape = f'<path d="M{number(x - r)} {number(y - r)}h{number(2 * r)}v{number(2 * r)}h-{number(2 * r)}z"'
        elif role in ("children", "third"):
            shape = (
                f'<path d="M{number(x)} {number(y - r * 1.2)}l{number(r * 1.2)} {number(r * 2.1)}h-{number(r * 2.4)}z"'
            )
        elif role == "region":
            shape = f'<path d="M{number(x)} {number(y - r * 1.3)}l{number(r * 1.3)} {number(r * 1.3)}l-{number(r * 1.3)} {number(r * 1.3)}l-{number(r * 1.3)} -{number(r * 1.3)}z"'
        elif role in ("world", "context"):
            edge = f'stroke="{colour}" stroke-width="2"'
            shape, colour = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r - 0.5)}"', paper
        else:
            shape = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}"'
        self._parts.append(f'{shape} fill="{colour}" {edge}/>')

    def pattern(self, absence: NoValue, scale: float = 1) -> str:
        """The fill of what has no value: hatched where missing, dotted where suppressed, dashed where not applicable.

        `scale` is that of the units it is used in: a shape drawn ten times smaller wants a pattern ten times larger.
        """
        name = f"{absence[0]}{'' if scale == 1 else number(scale)}{_IDENTIFIER}"
        self._patterns[absence, scale] = name
        return f"url(#{name})"

    def finish(self, height: float, *, title: str = "", description: str = "") -> str:
        """The picture: an `svg` element with its title and description."""
        return picture(
            "".join(self._parts),
            self.width,
            height,
            language=self.language,
            title=title,
            description=description,
            definitions="".join(
                _PATTERNS[absence].format(
                    id=name,
                    scale="" if scale == 1 else f' patternTransform="scale({number(scale)})"',
                    **tokens().colour,
                )
                for (absence, scale), name in self._patterns.items()
            ),
        )


def picture(
    body: str,
    width: float,
    height: float,
    *,
    language: str,
    title: str = "",
    description: str = "",
    definitions: str = "",
) -> str:
    """An `svg` element around a body; its identifier is made from its content, so the same chart is the same text."""
    family = families(language)[0]
    size = f"{number(width)} {number(height)}"
    label = ""
    if title or description:
        label = f'<title id="t{_IDENTIFIER}">{escape(title, quote=False)}</title>' if title else ""
        label += f'<desc id="d{_IDENTIFIER}">{escape(description, quote=False)}</desc>' if description else ""
    named = " ".join(f"{mark}{_IDENTIFIER}" for mark, words in (("t", title), ("d", description)) if words)
    access = f'role="img" aria-labelledby="{named}"' if named else 'aria-hidden="true" focusable="false"'
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(width)}" height="{number(height)}"'
        f' {access} direction="ltr" font-family="{family}" font-size="{tokens().small}" fill="{tokens().colour["ink"]}">'
        f"{label}{f'<defs>{definitions}</defs>' if definitions else ''}{body}</svg>"
    )
    return text.replace(_IDENTIFIER, blake2s(text.encode(), digest_size=5).hexdigest())
