"""The file around the words: page, heads and feet, fonts, what the file says of itself; the same bytes for the same content."""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from opencompact.look.blocks import Span
from opencompact.look.tokens import tokens
from opencompact.look.word.markup import LOCALES, MAIN, SIDE, SPACES
from opencompact.look.word.writing import Writing

_CENTURY = (2000, 1, 1, 0, 0, 0)
# script → a font that most machines have, and its set of characters.
_INSTEAD = (("latin", "Segoe UI", "00"), ("arabic", "Segoe UI", "B2"), ("han", "Microsoft YaHei", "86"))


@dataclass(frozen=True)
class About:
    """What the file says of itself; `notices` stand at the foot of every page."""

    title: str
    subject: str
    author: str
    keywords: str
    date: datetime.date
    notices: str


def save(document: Any, body: str, writing: Writing, about: About) -> bytes:
    """A document of python-docx with that body, as the bytes of a file."""
    from docx.oxml import parse_xml

    _set_page(document, writing, about)
    _set_fonts(document)
    section = document.element.body.sectPr
    for element in parse_xml(f"<w:body {SPACES}>{body}</w:body>"):
        section.addprevious(element)
    properties = document.core_properties
    properties.title, properties.subject = about.title, about.subject
    properties.author = properties.last_modified_by = about.author
    properties.keywords, properties.comments = about.keywords, ""
    properties.language = LOCALES[writing.language]
    properties.created = properties.modified = datetime.datetime(about.date.year, about.date.month, about.date.day)
    out = BytesIO()
    document.save(out)
    return _undated(out.getvalue())


def _set_page(document: Any, writing: Writing, about: About) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(SIDE)
    section.top_margin = section.bottom_margin = Mm(26)
    section.different_first_page_header_footer = True
    caution = (Span(about.notices),) if about.notices else ()
    numbered = (Span(f"{about.notices}    "),) if about.notices else ()
    for holder, markup in (
        (section.header, writing.paragraph("Note", (Span(about.title),))),
        (section.footer, writing.paragraph("Note", numbered, after=field("PAGE", "1"))),
        (section.first_page_footer, writing.paragraph("Note", caution)),
    ):
        holder.is_linked_to_previous = False
        element = holder._element
        for paragraph in list(element):
            element.remove(paragraph)
        element.append(parse_xml(markup.replace("<w:p>", f"<w:p {SPACES}>", 1)))
    if writing.rtl:
        section._sectPr.insert_element_before(parse_xml(f"<w:bidi {SPACES}/>"), "w:rtlGutter", "w:docGrid")


def field(instruction: str, shown: str, *, dirty: bool = False) -> str:
    """Runs that the reader's program fills in (ECMA-376 part 1, 17.16): what it is asked, what stands there until it is."""
    mark = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve">{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _set_fonts(document: Any) -> None:
    """The table of fonts: what to set a text in where ours is not installed (ECMA-376 part 1, 17.8.3.1)."""
    known = tokens().families
    rows = "".join(
        f'<w:font w:name="{known[script]}"><w:altName w:val="{other}"/><w:charset w:val="{charset}"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        for script, other, charset in _INSTEAD
    )
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{MAIN}">{rows}</w:fonts>'
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = table.encode()


def _undated(package: bytes) -> bytes:
    """The same package with no time of writing in it."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _CENTURY)
            kept = name.endswith(".png")
            entry.compress_type = zipfile.ZIP_STORED if kept else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
