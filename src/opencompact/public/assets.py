"""Stylesheets, fonts and the script, written where the web server finds them: the look of the site, and what forms need."""

from __future__ import annotations

import gzip
from importlib.resources import files
from pathlib import Path

from opencompact import compact
from opencompact.language import LANGUAGES
from opencompact.look.fonts import assets
from opencompact.look.site import stylesheet
from opencompact.look.webfonts import faces
from opencompact.tables import write_bytes

_HERE = Path(__file__).parent / "static"
# The scripts by which a browser asks a security key (MIT, they come with the package for signing in).
_KEYS = ("mfa/static/mfa/js/webauthn-json.js", "mfa/static/mfa/js/webauthn.js", "account/static/account/js/onload.js")


def write_assets(folder: Path) -> None:
    """Writes what pages link to. Chinese fonts are cut to the characters of the interface; other text falls back."""
    for code in LANGUAGES:
        cut = faces(code, _characters(code))
        own = (_HERE / "service.css").read_text("utf-8")
        _write(folder / f"style-{code}.css", (stylesheet(code, cut) + own).encode())
        for face in cut:
            _write(folder / "fonts" / face.name, face.content)
    script = assets() / "scripts" / "htmx.min.js"
    _write(folder / "htmx.min.js", script.read_bytes())
    _write(folder / "service.js", (_HERE / "service.js").read_bytes())
    for name in _KEYS:
        _write(folder / Path(name).name, files("allauth").joinpath(name).read_bytes())


def _write(path: Path, content: bytes) -> None:
    """Writes a file where it is not there already; what is text beside it packed, for whoever has a slow line."""
    if path.suffix in (".css", ".js"):
        _write(path.with_name(f"{path.name}.gz"), gzip.compress(content, mtime=0))
    if not path.is_file() or path.read_bytes() != content:
        write_bytes(path, content)


def _characters(code: str) -> set[str]:
    """Every character that the interface itself may show in a language."""
    found = set("".join(chr(c) for c in range(0x20, 0x7F)))
    catalogues = files("opencompact.language").joinpath("catalogues", code)
    if catalogues.is_dir():
        for entry in catalogues.iterdir():
            found |= set(entry.read_text("utf-8"))
    named = (*compact.objectives(), *compact.actions(), *compact.principles(), *compact.areas(), *compact.recommendations(), *compact.stakeholders())  # fmt: skip
    for thing in named:
        found |= set(thing.name(code))
    return found | {letter for language in LANGUAGES.values() for letter in language.name}
