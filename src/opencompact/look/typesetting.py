"""Typst with our fonts and no others, and what is mended in the PDF that it gives."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from opencompact.errors import InputError, OutputError
from opencompact.language import said
from opencompact.look.fonts import assets
from opencompact.look.textlayer import mend_arabic
from opencompact.look.tokens import tokens

TEMPLATES = Path(str(files("opencompact.look").joinpath("templates")))
_DISTANT_PAST = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MARKED, _SUSPECTS = b"/MarkInfo<</Marked true", b"/Suspects false"
"""That there are no suspects goes without saying (ISO 32000-1, table 321); poppler takes it for a fault where it is said."""


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


def as_pdf(source: bytes, inputs: dict[str, str], date: str) -> bytes:
    """What Typst makes of a source and what it reads, as a tagged PDF (PDF/UA-1): the same bytes for the same input.

    `date` (ISO 8601, or empty) is the day that the file says it was made. Raises OutputError where Typst refuses the source (a
    picture without a text, a link to nothing).
    """
    import typst

    stamp = datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC) if date else _DISTANT_PAST
    try:
        made = compiler().compile(
            input=source, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=stamp
        )
    except typst.TypstError as refused:
        raise OutputError(
            said("The PDF cannot be set: {reason}.", reason=refused.message),
            remedy=said("{hints}", hints="; ".join(refused.hints)) if refused.hints else "Report this as a defect.",
        ) from refused
    # Blanks in its place: every object stays where the file says that it is.
    plain = made.replace(_MARKED + _SUSPECTS, _MARKED + b" " * len(_SUSPECTS))
    return mend_arabic(plain) if any(map(_FROM_THE_RIGHT.search, inputs.values())) else plain


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
