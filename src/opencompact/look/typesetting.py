"""Typst with our fonts and no others."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from opencompact.errors import InputError
from opencompact.look.fonts import assets
from opencompact.look.tokens import tokens

TEMPLATE = Path(str(files("opencompact.look").joinpath("templates", "publication.typ")))


@cache
def compiler() -> Any:
    """A compiler for TEMPLATE or any other input.

    Raises InputError where a font is not installed: Typst would leave its words out without saying so.
    """
    import typst

    fonts = typst.Fonts(False, False, [str(assets() / "fonts")])
    absent = set(tokens().families.values()) - set(fonts.families())
    if absent:
        raise InputError(
            "A font is not installed.",
            file=assets() / "fonts",
            value=", ".join(sorted(absent)),
            remedy="Install OpenCompact again from its wheel, which carries them.",
        )
    return typst.Compiler(root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True)


# Typst keeps what it has reckoned for ten runs, some 100 MB a publication. Runs of nothing let it go, in a tenth of a second.
_RUNS_KEPT = 11


def forget() -> None:
    """Call before a large run: keeps the memory of a process that sets many publications in bounds, and costs one that sets a
    single one nothing."""
    for _ in range(_RUNS_KEPT):
        compiler().compile(input=b"", format="pdf")
