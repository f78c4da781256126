"""Building a review: composed in each language, written where nobody looks yet, put in its place in one step.

What an earlier build wrote and nothing has touched since is taken over: each page by what stands on it, each PDF and DOCX
by what stands on all pages of its language, each table by its rows, each only if it was made by the same program. Where
nothing that the review is made from has changed, nothing is composed at all. `manifest.json` in the output says what was made
of what.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opencompact import __version__, compact
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES, said
from opencompact.look.blocks import Page, Publication
from opencompact.review import data
from opencompact.review.account import Account
from opencompact.review.findings import Findings
from opencompact.review.holdings import Holdings
from opencompact.review.library import Library
from opencompact.review.links import Links
from opencompact.review.placing import MANIFEST, place, replaced, take_over
from opencompact.review.program import digest, drawn_by, made_by
from opencompact.review.publication import file_name, publication
from opencompact.review.words import Words
from opencompact.tables import write_bytes, write_text

FORMATS = ("site", "pdf", "docx", "data")
# A list of pages shows what each of them begins with.
_LISTED = re.compile(r"Contents\(parent=(None|'[^']*')")


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


def seldom_collect() -> None:
    """For a process that only builds: what a review makes lives until it ends, and looking for waste costs a fifteenth of it."""
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


class _Output:
    """The folder being written: units are made anew, or taken over from the earlier build when their digest is the same."""

    def __init__(self, folder: Path, earlier: Path, before: dict[str, str]) -> None:
        self.folder = folder
        self.earlier = earlier
        self.before = before
        self.units: dict[str, str] = {}
        self.made: list[str] = []
        self.kept: list[str] = []

    def has(self, path: str, known: str) -> bool:
        """Whether the earlier build made this file of the same content."""
        return self.before.get(path) == known and (self.earlier / path).is_file()

    def unit(self, path: str, known: str, make: Callable[[Path], None]) -> None:
        """One file: taken over where its digest is that of the earlier build, else made."""
        self.units[path] = known
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if self.has(path, known):
            take_over(self.earlier / path, target)
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
    waiting: Callable[[], None] | None = None,
) -> Built:
    """Builds the review of one area into `out`, whole or not at all.

    waiting: called once where another process is at work in the same place.

    Raises UnknownCodeError for an area, language or format that is in no list, UsageError where `out` holds something
    that is no review, OutputError where it cannot be written.
    """
    _check(request)
    area = compact.area(request.area)
    known = catalogue or compact.catalogue(workspace=library.workspace.folder)
    with place(out, waiting):
        state = _state(library, request, known)
        earlier = _earlier(out)
        if state and earlier.get("state") == state and all((out / name).is_file() for name in earlier["units"]):
            return _unchanged(out, area, request, earlier)
        with replaced(out) as folder:
            output = _Output(folder, out, earlier.get("units", {}))
            counted = _compose(output, library, request, known, progress or (lambda step: None))
            _write_manifest(output, request, state, counted)
            size = _size(folder)
    return Built(out, area.code, request.languages, *counted, size, tuple(output.made), tuple(output.kept))


def _compose(
    output: _Output,
    library: Library,
    request: Request,
    catalogue: compact.Catalogue,
    tell: Callable[[str], None],
) -> tuple[int, int, int]:
    """Writes every unit; the numbers of pages and figures a language, and of observations."""
    judged = {each.canonical for each in catalogue.indicators() if each.direction != "neither"}
    holdings = Holdings(library, compact.area(request.area), judged)
    findings = Findings(holdings, catalogue, int(request.today[:4]))
    pages = figures = rows = 0
    for code in request.languages:
        tell(LANGUAGES[code].name)
        account = Account(holdings, findings, Words(code), request.today, request.links)
        made = publication(account, request.languages, request.formats)
        pages, figures = len(made.pages), sum(1 for _figure in made.figures())
        _write_language(output, made, file_name(account), request.formats)
    if {"site", "data"} & set(request.formats):
        tell("data")
        rows = _write_tables(output, holdings)
    if "data" in request.formats:
        _write_observations(output, holdings, request.today)
    for path, text in request.links.files().items():
        output.unit(path, digest(text), lambda target, text=text: target.write_bytes(text.encode()))  # type: ignore[misc]
    return pages, figures, rows


def _state(library: Library, request: Request, catalogue: compact.Catalogue) -> str:
    """All that a review is made from, as a short text; none where a hook does not say what it is made from."""
    if not request.links.state and request.links != Links():
        return ""
    asked = (request.area, request.today, request.languages, request.formats, request.links.state)
    return digest(made_by(), library.state, catalogue.content, repr(asked))


def _unchanged(out: Path, area: compact.Area, request: Request, earlier: dict[str, Any]) -> Built:
    pages, figures, rows = earlier["counted"]
    return Built(out, area.code, request.languages, pages, figures, rows, _size(out), (), tuple(earlier["units"]))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


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
    whole = digest(*digests.values())
    if "site" in formats:
        _write_site(output, made, digests)
    if "docx" in formats:
        from opencompact.look.docx import write_docx

        output.unit(f"{name}.docx", whole, _calls(write_docx, made))
    if "pdf" in formats:
        from opencompact.look.pdf import write_pdf

        output.unit(f"{name}.pdf", whole, _calls(write_pdf, made))


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
        take_over(output.earlier / "index.html", output.folder / "index.html")


def _page_digest(made: Publication, page: Page) -> str:
    """What stands on a page and around it: its blocks, the pages beside it, the lines on every page, what draws them."""
    beside = tuple((each.slug, each.name, each.title, each.parent) for each in made.pages)
    frame = (made.title, made.subtitle, made.notices, made.meta, beside)
    text = repr(page)
    parents = set(_LISTED.findall(text))
    listed = [each.lead for each in made.pages if repr(each.parent) in parents]
    return digest(drawn_by(), repr(frame), text, repr(listed))


# --- data -------------------------------------------------------------------------------------------------------------


def _write_tables(output: _Output, holdings: Holdings) -> int:
    """The tables that the numbers of the site lead to, row by row; how many observations they hold."""
    for name, table in data.csv_tables(holdings).items():
        output.unit(f"data/csv/{name}", digest(drawn_by(), data.digest(table)), table.write_csv)
    return sum(table.height for table in holdings.tables.values())


def _write_observations(output: _Output, holdings: Holdings, today: str) -> None:
    """The same observations as one table, and as SDMX."""
    rows = data.observations(holdings)
    whole = digest(drawn_by(), data.digest(rows), today)
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


# --- the folder -------------------------------------------------------------------------------------------------------


def _write_manifest(output: _Output, request: Request, state: str, counted: tuple[int, int, int]) -> None:
    content = {
        "made_by": f"opencompact {__version__}",
        "area": request.area,
        "date": request.today,
        "languages": list(request.languages),
        "formats": list(request.formats),
        "state": state,
        "counted": counted,
        "units": dict(sorted(output.units.items())),
    }
    (output.folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _earlier(folder: Path) -> dict[str, Any]:
    """What the manifest of an earlier build says; nothing where there is none that can be read."""
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        return content if isinstance(content["units"], dict) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
