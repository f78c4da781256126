"""The fonts that travel with the package: where they are and which characters they have.

All are under the SIL Open Font Licence. Which Arabic font is used decides whether a PDF can be searched
(docs/decisions/0004).
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

from opencompact.errors import InputError
from opencompact.language import said

_SOURCES = Path(__file__).parents[3]
# family and weight → file. Two weights of each family.
FONTS = {
    "IBM Plex Sans 400": "IBMPlexSans_400Regular.ttf",
    "IBM Plex Sans 600": "IBMPlexSans_600SemiBold.ttf",
    "IBM Plex Sans Arabic 400": "IBMPlexSansArabic_400Regular.ttf",
    "IBM Plex Sans Arabic 600": "IBMPlexSansArabic_600SemiBold.ttf",
    "Noto Sans SC 400": "NotoSansSC_400Regular.ttf",
    "Noto Sans SC 600": "NotoSansSC_600SemiBold.ttf",
}


PARTS = ("fonts", "boundaries", "scripts", "places")


def assets() -> Path:
    """The folder of fonts, boundaries, scripts and towns. In a source tree that nobody has built yet they are brought there first.

    Raises InputError where they are not there and cannot be brought.
    """
    folder = Path(str(files("opencompact.look").joinpath("assets")))
    if not _complete(folder):
        _bring(folder, _SOURCES)
    return folder


@cache
def _complete(folder: Path) -> bool:
    return all((folder / part).is_dir() for part in PARTS)


def _bring(folder: Path, sources: Path) -> None:
    """Runs the step of the build that fetches what a wheel carries: it says on the terminal what it does."""
    script = sources / "hatch_build.py"
    if not script.is_file():
        remedy = "Install OpenCompact again from its wheel, which carries them."
        raise InputError("The fonts and boundaries are not installed.", file=folder, remedy=remedy)
    done = subprocess.run([sys.executable, str(script)], cwd=sources, stdout=sys.stderr)
    _complete.cache_clear()
    if done.returncode or not _complete(folder):
        remedy = said("Install Node 20 with npm, then type: {command}", command=f"{sys.executable} {script}")
        raise InputError("The fonts and boundaries could not be fetched.", file=folder, remedy=remedy)


def font_path(name: str) -> Path:
    """The file of a font by family and weight: `font_path("IBM Plex Sans 400")`."""
    return assets() / "fonts" / FONTS[name]


def characters(name: str) -> frozenset[str]:
    """Every character that a font has. Opens the font: for checks, not for drawing."""
    return characters_of(font_path(name))


@cache
def characters_of(path: Path) -> frozenset[str]:
    """Every character that the font in a file has."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
