"""Building a review: composed in each language, written where nobody looks yet, put in its place in one step.

What an earlier build wrote and nothing has touched since is taken over: each page by what stands on it, each PDF and DOCX
by what stands on all pages of its language, each table by its rows. `manifest.json` in the output says what was made of what.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from opencompact import __version__, compact
from opencompact.errors import OutputError, UnknownCodeError, UsageError
from opencompact.language import LANGUAGES, said
from opencompact.look.blocks import Page, Publication
from opencompact.review import data
from opencompact.review.account import Account
from opencompact.review.findings import Findings
from opencompact.review.holdings import Holdings
from opencompact.review.library import Library
from opencompact.review.links import Links
from opencompact.review.publication import file_name, publication
from opencompact.review.words import Words
from opencompact.tables import write_bytes, write_text

FORMATS = ("site", "pdf", "docx", "data")
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Request:
    """What to build: an area, in which languages and formats, as of which day."""

    area: str
    today: str
    languages: tuple[str, ...] = tuple(LANGUAGES)
    formats: tuple[str, ...] = FORMATS
    links: Links = field(default_factory=Links)


@dataclass(frozen=True)
class Built:
    """What was built: where, how many pages and figures a language, bytes, and what was made anew or taken over."""

    out: Path
    area: str
    languages: tuple[str, ...]
    pages: int
    figures: int
    observations: int
    size: int
    made: tuple[str, ...]
    kept: tuple[str, ...]


class _Output:
    """The folder being written: units are made anew, or taken over from the earlier build when their digest is the same."""

    def __init__(self, folder: Path, earlier: Path) -> None:
        self.folder = folder
        self.earlier = earlier
        self.before: dict[str, str] = _units(earlier)
        self.units: dict[str, str] = {}
        self.made: list[str] = []
        self.kept: list[str] = []

    def has(self, path: str, digest: str) -> bool:
        """Whether the earlier build made this file of the same content."""
        return self.before.get(path) == digest and (self.earlier / path).is_file()

    def unit(self, path: str, digest: str, make: Callable[[Path], None]) -> None:
        """One file: taken over where its digest is that of the earlier build, else made."""
        self.units[path] = digest
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if self.has(path, digest):
            _take_over(self.earlier / path, target)
            self.kept.append(path)
        else:
            make(target)
            self.made.append(path)


def build(
    library: Library,
    request: Request,
    out: Path,
    *,
    catalogue: compact.Catalogue | None = None,
    progress: Callable[[str], None] | None = None,
) -> Built:
    """Builds the review of one area into `out`, whole or not at all.

    Raises UnknownCodeError for an area, language or format that is in no list, UsageError where `out` holds something
    that is no review, OutputError where it cannot be written.
    """
    _check(request)
    area = compact.area(request.area)
    tell = progress or (lambda step: None)
    known = catalogue or compact.catalogue(workspace=library.workspace.folder)
    judged = {each.canonical for each in known.indicators() if each.direction != "neither"}
    holdings = Holdings(library, area, judged)
    findings = Findings(holdings, known, int(request.today[:4]))
    with _replaced(out) as folder:
        output = _Output(folder, out)
        pages = figures = 0
        for code in request.languages:
            tell(LANGUAGES[code].name)
            account = Account(holdings, findings, Words(code), request.today, request.links)
            made = publication(account, request.languages, request.formats)
            pages, figures = len(made.pages), sum(1 for _figure in made.figures())
            _write_language(output, made, file_name(account), request.formats)
        rows = 0
        if "data" in request.formats:
            tell("data")
            rows = _write_data(output, holdings, request.today)
        for path, text in request.links.files().items():
            output.unit(path, _digest(text), lambda target, text=text: write_text(target, text))  # type: ignore[misc]
        _write_manifest(output, request)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(out, area.code, request.languages, pages, figures, rows, size, tuple(output.made), tuple(output.kept))


def _check(request: Request) -> None:
    for code in request.languages:
        if code not in LANGUAGES:
            raise UnknownCodeError(
                "This is not a language of OpenCompact.",
                value=code,
                remedy=said("Use one of: {choices}.", choices=", ".join(LANGUAGES)),
            )
    for name in request.formats:
        if name not in FORMATS:
            raise UnknownCodeError(
                "This is not a format of a review.",
                value=name,
                remedy=said("Use one of: {choices}.", choices=", ".join(FORMATS)),
            )


# --- one language -----------------------------------------------------------------------------------------------------


def _write_language(output: _Output, made: Publication, name: str, formats: Sequence[str]) -> None:
    digests = {page.slug: _page_digest(made, page) for page in made.pages}
    whole = _digest(*digests.values())
    if "site" in formats:
        _write_site(output, made, digests)
    if "pdf" in formats:
        from opencompact.look.pdf import write_pdf

        output.unit(f"{name}.pdf", whole, _calls(write_pdf, made))
    if "docx" in formats:
        from opencompact.look.docx import write_docx

        output.unit(f"{name}.docx", whole, _calls(write_docx, made))


def _calls(write: Callable[[Publication, Path], object], made: Publication) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        write(made, path)

    return make


def _write_site(output: _Output, made: Publication, digests: dict[str, str]) -> None:
    """The pages; those of which nothing has changed are not drawn again."""
    from opencompact.look.site import render_page, stylesheet, write_site
    from opencompact.look.webfonts import faces

    code = made.language
    if not any(output.has(f"{code}/{slug}.html", digest) for slug, digest in digests.items()):
        write_site(made, output.folder)
        output.made += [f"{code}/{slug}.html" for slug in digests]
        output.units |= {f"{code}/{slug}.html": digest for slug, digest in digests.items()}
        return
    for page in made.pages:
        output.unit(
            f"{code}/{page.slug}.html",
            digests[page.slug],
            lambda path, page=page: path.write_text(render_page(made, page), "utf-8"),  # type: ignore[misc]
        )
    shown = {
        letter for page in made.pages for letter in (output.folder / code / f"{page.slug}.html").read_text("utf-8")
    }
    fonts = faces(code, shown)
    for face in fonts:
        write_bytes(output.folder / "assets/fonts" / face.name, face.content)
    write_text(output.folder / f"assets/style-{code}.css", stylesheet(code, fonts))
    if not (output.folder / "index.html").exists():
        _take_over(output.earlier / "index.html", output.folder / "index.html")


def _page_digest(made: Publication, page: Page) -> str:
    """What stands on a page and around it: its blocks, its neighbours' names, the lines on every page."""
    frame = (made.title, made.subtitle, made.notices, made.meta, tuple((each.slug, each.name) for each in made.pages))
    return _digest(_look(), repr(frame), repr(page))


@cache
def _look() -> str:
    """The version of what draws and words the pages: the package's, and the files of `look` and its words."""
    from importlib.resources import files

    root = Path(str(files("opencompact")))
    parts = [*sorted((root / "look").rglob("*.py")), *sorted((root / "look").rglob("*.toml"))]
    parts += [*sorted((root / "look" / "templates").rglob("*")), *sorted((root / "language").rglob("look.po"))]
    return _digest(__version__, *(f"{path.name}:{path.stat().st_size}" for path in parts if path.is_file()))


# --- data -------------------------------------------------------------------------------------------------------------


def _write_data(output: _Output, holdings: Holdings, today: str) -> int:
    for name, table in data.csv_tables(holdings).items():
        output.unit(f"data/csv/{name}", data.digest(table), table.write_csv)
    rows = data.observations(holdings)
    whole = data.digest(rows)
    output.unit("data/observations.parquet", whole, lambda path: rows.write_parquet(path, compression="zstd"))
    names = [f"data/sdmx/{name}" for name in ("observations.csv", "observations.xml", "structure.xml")]
    if all(output.has(name, whole) for name in names):
        for name in names:
            output.unit(name, whole, lambda path: None)
    else:
        folder = output.folder / "data/sdmx"
        folder.mkdir(parents=True, exist_ok=True)
        data.write_sdmx(rows, folder, today)
        output.made += names
        output.units |= dict.fromkeys(names, whole)
    return rows.height


# --- the folder -------------------------------------------------------------------------------------------------------


def _write_manifest(output: _Output, request: Request) -> None:
    content = {
        "made_by": f"opencompact {__version__}",
        "area": request.area,
        "date": request.today,
        "languages": list(request.languages),
        "formats": list(request.formats),
        "units": dict(sorted(output.units.items())),
    }
    (output.folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _units(folder: Path) -> dict[str, str]:
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        return dict(content["units"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _take_over(source: Path, target: Path) -> None:
    """The same file under another name where the disk allows it, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@contextmanager
def _replaced(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write to; it takes the place of `out` when the block ends well, and is removed when not."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MANIFEST).is_file())):
        raise UsageError(
            "There is something here that is no review.", file=out, remedy="Name a folder that is new or empty."
        )
    folder: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
        yield folder
        folder.chmod(0o755)
        _swap(folder, out)
    except OSError as problem:
        raise OutputError(
            said(
                "The review cannot be written: {reason}. What was there before is as it was.",
                reason=problem.strerror or problem,
            ),
            file=out,
            remedy="Free space there, or name a folder that you may write to.",
        ) from problem
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _swap(folder: Path, out: Path) -> None:
    """Puts the new folder in the place of the old, which comes back if that fails."""
    if not out.exists():
        folder.rename(out)
        return
    aside = out.with_name(f".{out.name}.old-{os.getpid()}")
    out.rename(aside)
    try:
        folder.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
