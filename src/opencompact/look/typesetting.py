"""Typst with our fonts and no others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from opencompact.errors import InputError
from opencompact.look.fonts import assets
from opencompact.look.tokens import tokens

TEMPLATES = Path(str(files("opencompact.look").joinpath("templates")))


@dataclass(frozen=True)
class Pagination:
    """What the pages of a text are told beside its words: the headings that begin a page, the chapters set closer."""

    begin: tuple[str, ...] = ()
    closer: tuple[str, ...] = ()

    def source(self) -> bytes:
        """The text of the run: the template's publication, with this."""
        return f'#import "publication.typ": publication\n#publication({_array(self.begin)}, {_array(self.closer)})'.encode()


def _array(names: tuple[str, ...]) -> str:
    return f"({''.join(f'{json.dumps(name)}, ' for name in names)})"


@cache
def _fonts() -> Any:
    """Raises InputError where a font is not installed: Typst would leave its words out without saying so."""
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
    return fonts


def _compiler(source: bytes = b"", inputs: dict[str, str] | None = None) -> Any:
    import typst

    return typst.Compiler(
        input=source, root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs or {}
    )


@cache
def compiler() -> Any:
    """A compiler for any input that is given to its runs. Raises InputError where a font is not installed."""
    return _compiler()


def layout(publication: str, made: Pagination | None = None) -> dict[str, Any]:
    """Where the chapters of a publication end and its headings stand, as the template tells it: nothing of a text that Typst
    refuses, since the run that writes it tells why. That run takes over what was reckoned here."""
    run = _compiler((made or Pagination()).source(), {"publication": publication})
    try:
        found: dict[str, Any] = json.loads(run.query("<layout>", field="value", one=True))
    except RuntimeError:
        return {"first": 1, "ends": [], "headings": []}
    return found


# Typst keeps what it has reckoned for ten runs, some 100 MB a publication. Runs of nothing let it go, in a tenth of a second.
_RUNS_KEPT = 11


def forget() -> None:
    """Call before a large run: keeps the memory of a process that sets many publications in bounds, and costs one that sets a
    single one nothing."""
    for _ in range(_RUNS_KEPT):
        compiler().compile(input=b"", format="pdf")
