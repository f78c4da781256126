"""The design tokens, read once from `tokens.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Tokens:
    """Sizes in px, colours as `#rrggbb`; `roles` and `bands` by role, `ordered` and `diverging` from one end to the other."""

    small: int
    body: int
    large: int
    display: int
    regular: int
    strong: int
    print_body: float
    leading: dict[str, float]
    families: dict[str, str]
    unit: int
    text_width: int
    figure_width: int
    narrow_width: int
    colour: dict[str, str]
    roles: dict[str, str]
    bands: dict[str, str]
    ordered: tuple[str, ...]
    diverging: tuple[str, ...]
    text_pairs: tuple[tuple[str, str], ...]
    mark_pairs: tuple[tuple[str, str], ...]


@cache
def tokens() -> Tokens:
    """The tokens of this version."""
    read: dict[str, Any] = tomllib.loads(files("opencompact.look").joinpath("tokens.toml").read_text("utf-8"))
    colour = read["colour"]
    return Tokens(
        **read["type"],
        **read["space"],
        colour={name: value for name, value in colour.items() if isinstance(value, str)},
        roles=colour["roles"],
        bands=colour["bands"],
        ordered=tuple(colour["scales"]["ordered"]),
        diverging=tuple(colour["scales"]["diverging"]),
        text_pairs=tuple((first, second) for first, second in read["pairs"]["text"]),
        mark_pairs=tuple((first, second) for first, second in read["pairs"]["marks"]),
    )


# Which family sets a language's own script.
SCRIPTS = {"en": "latin", "es": "latin", "fr": "latin", "ru": "latin", "ar": "arabic", "zh": "han"}


@cache
def families(language: str) -> tuple[str, ...]:
    """The families of a language, its own first, the others for words of other scripts."""
    known = tokens().families
    own = SCRIPTS[language]
    return (known[own], *(name for script, name in known.items() if script != own))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
