"""A publication as a site: static pages that need no script and no network.

out/index.html                 the choice of languages
out/en/index.html, …           pages, one folder a language, the same names in each
out/assets/style-en.css        one stylesheet a language
out/assets/fonts/….woff2       fonts cut to what is used
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from opencompact.language import LANGUAGES, Language, format_date, translator
from opencompact.look.blocks import (
    Block,
    Cell,
    Column,
    Contents,
    Disclosure,
    Facts,
    Figure,
    Heading,
    Matrix,
    Page,
    Publication,
    Spans,
    as_cell,
)
from opencompact.look.drawing import depict, map_note
from opencompact.look.tokens import SCRIPTS, families, tokens
from opencompact.look.webfonts import Face, cache_folder, faces
from opencompact.look.words import PARTED, whole
from opencompact.tables import write_bytes

_YEARS = "[0-9]{4}–[0-9]{4}"
# A range of years with the signs that keep its order in Arabic, else without; in Chinese with its word.
_KEPT = re.compile(f"{PARTED.pattern}|\u2066{_YEARS}\u2069|{_YEARS}年?")


@dataclass(frozen=True)
class Written:
    """What was written: the paths and how many bytes they hold."""

    paths: tuple[Path, ...]
    size: int


def write_site(publication: Publication, out: Path) -> Written:
    """Writes the pages of a publication into `out/<language>`, with what they need beside them.

    Call it once a language with the same `out`. A file that is already there with the same content is left alone.
    Raises OutputError where a file cannot be written.
    """
    code = publication.language
    pages = {page.slug: render_page(publication, page) for page in publication.pages}
    shown = set().union(*map(set, pages.values()))
    fonts = faces(code, shown)
    files: dict[str, bytes] = {f"{code}/{slug}.html": html.encode() for slug, html in pages.items()}
    files[f"assets/style-{code}.css"] = stylesheet(code, fonts).encode()
    files |= {f"assets/fonts/{face.name}": face.content for face in fonts}
    # The page that leads to the languages bears the title, and what is to be noticed, in the first of them.
    if code == _languages(publication)[0].code or not (out / "index.html").exists():
        files["index.html"] = _choice(publication).encode()
    for name, content in files.items():
        if not _holds(out / name, content):
            write_bytes(out / name, content)
    return Written(tuple(out / name for name in files), sum(map(len, files.values())))


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def stylesheet(language: str, fonts: Iterable[Face] = (), *, folder: str = "fonts") -> str:
    """The stylesheet of a language, with the fonts given, which lie in `folder` beside it."""
    rules = "\n".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:swap;'
        f'src:url("{folder}/{face.name}") format("woff2"){f";unicode-range:{face.range}" if face.range else ""}}}'
        for face in fonts
    )
    leading = tokens().leading[language]
    return str(
        _environment()
        .get_template("style.css")
        .render(
            faces=rules,
            c=tokens().colour,
            t=tokens(),
            leading=leading,
            head_leading=round(leading * 0.83, 2),
            lead_leading=round(leading * 0.93, 2),
            measure="38em" if SCRIPTS[language] == "han" else f"{tokens().text_width}px",
            keep=SCRIPTS[language] == "han",
            families=", ".join(f'"{name}"' for name in families(language)),
        )
    )


def render_page(publication: Publication, page: Page) -> str:
    """One page as HTML."""
    writer = _PageWriter(publication, page)
    blocks = [writer.block(block) for block in page.blocks]
    order = publication.pages
    index = order.index(page)
    code = publication.language
    html: str = _template(code, "page.html").render(
        publication=publication,
        page=page,
        blocks=blocks,
        sheets=writer.sheets(),
        code=code,
        direction=LANGUAGES[code].direction,
        languages=_languages(publication),
        stylesheet=f"style-{code}.css",
        root="../",
        above=publication.path_to(page),
        before=order[index - 1] if index else None,
        after=order[index + 1] if index + 1 < len(order) else None,
        date=_date(publication),
    )
    return html


def _languages(publication: Publication) -> list[Language]:
    wanted = publication.meta.languages or (publication.language,)
    return [LANGUAGES[code] for code in LANGUAGES if code in wanted]


def _date(publication: Publication) -> str:
    if not publication.meta.date:
        return ""
    return format_date(datetime.date.fromisoformat(publication.meta.date), publication.language)


def _choice(publication: Publication) -> str:
    known = _languages(publication)
    code = known[0].code
    html: str = _template(code, "languages.html").render(
        title=publication.title,
        subtitle=publication.subtitle,
        notices=publication.notices,
        titled=publication.language,
        languages=known,
        stylesheet=f"style-{code}.css",
    )
    return html


class _PageWriter:
    """Renders the blocks of one page; knows the level of the heading above and the shapes that maps refer to."""

    def __init__(self, publication: Publication, page: Page) -> None:
        self.publication, self.page, self.code = publication, page, publication.language
        self._level = 1
        self._sheets: dict[str, str] = {}

    def block(self, block: Block) -> Markup:
        """A block as HTML."""
        if isinstance(block, Heading):
            self._level = block.level
        extra = self._extra(block)
        name = type(block).__name__.lower()
        return Markup(_template(self.code, f"blocks/{name}.html").render(block=block, **extra))

    def _extra(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Facts):
            sparks = [Markup(depict(f.spark, self.code).svg) if f.spark else "" for f in block.facts]
            return {"facts": list(zip(block.facts, sparks, strict=True))}
        if isinstance(block, Contents):
            return {"pages": self._listed(block), "publication": self.publication}
        if isinstance(block, Matrix):
            return {"words": dict(block.states)}
        if isinstance(block, Disclosure):
            return {"inner": [self.block(each) for each in block.blocks]}
        return {}

    def _figure(self, figure: Figure) -> dict[str, Any]:
        pictures = [
            depict(figure.chart, self.code, figure.title, figure.alt, width)
            for width in (tokens().figure_width, tokens().narrow_width)
        ]
        for picture in pictures:
            self._sheets.update(picture.sheets)
        return {
            "wide": Markup(pictures[0].svg),
            "narrow": Markup(pictures[1].svg),
            "level": self._level + 1,
            "disclaimer": map_note(figure.chart, self.code),
            "table": self.block(figure.table) if figure.table else None,
        }

    def _listed(self, block: Contents) -> tuple[Page, ...]:
        top = self.publication.below(block.parent)
        return tuple(page for page in top if page.slug != self.page.slug)

    def sheets(self) -> Markup:
        """The shapes of the page's maps, once."""
        if not self._sheets:
            return Markup("")
        shapes = "".join(self._sheets.values())
        return Markup(f'<svg class="sheets" aria-hidden="true" focusable="false"><defs>{shapes}</defs></svg>')


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("opencompact.look"),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_bytecode_cache(),
        auto_reload=False,
    )
    filters: dict[str, Callable[..., Any]] = {
        "inline": inline,
        "plain": lambda spans: "".join(span.text for span in spans),
        "address": address,
        "as_cell": as_cell,
        "cell": cell,
        "kept": kept,
        "path": quote,
    }
    environment.filters.update(filters)
    return environment


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Templates are compiled once a machine where there is a folder for it, else once a process."""
    folder = cache_folder() / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


@cache
def _speaking(code: str) -> Environment:
    """The templates in one language. A template is one object an environment: its words must not be another language's."""
    environment = _environment().overlay()
    environment.globals = {**environment.globals, "_": translator(code, "look"), "code": code}
    return environment


def rendered(code: str, name: str, /, **values: Any) -> str:
    """A template of the look, in the words of a language, filled with values; what is no markup is escaped."""
    return str(_template(code, name).render(**values))


def _template(code: str, name: str) -> Any:
    return _speaking(code).get_template(name)


def address(href: str) -> str:
    """An address as a link from a page of the site."""
    kind, _, rest = href.partition(":")
    if kind == "page":
        slug, _, anchor = rest.partition("#")
        return f"{slug}.html{f'#{anchor}' if anchor else ''}"
    return f"../{rest}" if kind == "file" else href


def inline(spans: Spans) -> Markup:
    """Spans as HTML. Words in another language say so, and keep their own direction."""
    parts = []
    for span in spans:
        text = str(kept(span.text))
        if span.strong:
            text = f"<strong>{text}</strong>"
        if span.language:
            direction = LANGUAGES[span.language].direction if span.language in LANGUAGES else "auto"
            text = f"<span{_attributes(lang=span.language, dir=direction)}>{text}</span>"
        if span.href:
            text = f"<a{_attributes(href=address(span.href))}>{text}</a>"
        parts.append(text)
    return Markup("".join(parts))


def kept(text: str) -> Markup:
    """Words as HTML, in which no line parts a range of years, or a number from its word of size and its unit where a language
    writes no space."""
    return Markup(_KEPT.sub(r'<span class="kept">\g<0></span>', str(escape(text))))


def cell(value: str | Cell, column: Column, first: bool, code: str) -> Markup:
    """A cell of a table as HTML, which knows its column's title for a screen too narrow for columns; the first of a row is
    its header."""
    known, kind = as_cell(value), column.kind
    text = str(kept(whole(known.text, code) if kind == "number" else known.text))
    if known.strong:
        text = f"<strong>{text}</strong>"
    if known.href:
        text = f"<a{_attributes(href=address(known.href))}>{text}</a>"
    if known.absence:
        text = f'<span class="mark"></span>{text}'
    worded = kind == "number" and any(letter.isalpha() for letter in known.text)
    kinds = (
        "n" if kind == "number" else "",
        "worded" if worded else "",
        "absent" if known.absence else "",
        known.absence,
    )
    classes, direction = " ".join(filter(None, kinds)), "auto" if known.language else ""
    attributes = _attributes(**{"class": classes}, title=known.note, lang=known.language, dir=direction)
    if first:
        return Markup(f'<th scope="row"{attributes}>{text}</th>')
    label = "" if known.text == column.title else column.title  # beside "PDF", nothing needs to say that it is the PDF
    return Markup(f'<td data-label="{escape(label)}"{attributes}>{text}</td>')


def _attributes(**named: str | None) -> str:
    """Attributes of an element, without those that are empty. Put together by hand: `Markup.format` is ten times as slow, and
    a review has thousands of cells."""
    return "".join(f' {name}="{escape(value)}"' for name, value in named.items() if value)
