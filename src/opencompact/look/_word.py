"""WordprocessingML by hand, where python-docx has no word for it: direction, language, fields, SVG pictures, fast tables.

ECMA-376 part 1, §17 (WordprocessingML) and §20 (DrawingML); the SVG picture is Microsoft's extension [MS-ODRAWXML] 2.3.1.9.
"""

from __future__ import annotations

import datetime
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from opencompact.language import LANGUAGES
from opencompact.look.blocks import Span, Spans
from opencompact.look.measure import is_arabic
from opencompact.look.tokens import families, tokens

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)
_LOCALES = {"en": "en-GB", "ar": "ar-SA", "zh": "zh-CN", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU"}
_HAN = re.compile("([\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)")
_NUMBER = re.compile("([0-9][0-9.,]*[0-9])")
_WORD = re.compile("[ \u2e80-\u9fff]+")
_EMU = 9525  # a px at 96 to the inch
TEXT_WIDTH = 162  # mm: A4 less its margins
_MARGIN = 24
_WHOLE = round(TEXT_WIDTH / 25.4 * 1440)  # the width of the text in twentieths of a point
_CENTURY = (2000, 1, 1, 0, 0, 0)
# The distance of a paragraph from the table above it, and the styles that bring their own.
_BELOW_TABLE = '<w:spacing w:before="160"/>'
# script → a font that most machines have, and its set of characters.
_INSTEAD = (("latin", "Segoe UI", "00"), ("arabic", "Segoe UI", "B2"), ("han", "Microsoft YaHei", "86"))
_SPACED = {"Finding", "Table Caption", "Fact", "Callout", "Warning", "Contents Title", "Term"}


class Word:
    """A document that is written from its start to its end."""

    def __init__(self, language: str) -> None:
        import docx

        self.language = language
        self.rtl = LANGUAGES[language].direction == "rtl"
        self._document: Any = docx.Document()
        self._body: list[str] = []
        self._below_table = False
        self._bookmarks = 0
        self._drawings = 0
        self._links: dict[str, str] = {}
        self._styles()

    # Words

    def paragraph(self, style: str, spans: Spans, *, anchor: str | None = None) -> None:
        """A paragraph of a style; links within the text are `#name`."""
        space = _BELOW_TABLE if self._below_table and style not in _SPACED else ""
        self._add(self._paragraph(style, spans, anchor=anchor, extra=space))

    def heading(self, level: int, text: str, anchor: str) -> None:
        """A heading with a name to link to."""
        self._add(self._paragraph(f"Heading {min(level, 4)}", (Span(text),), anchor=anchor))

    def _add(self, element: str) -> None:
        """The next part of the text. What stands under a table keeps its distance by itself: an empty paragraph there would
        begin a page of its own where the table fills one."""
        self._body.append(element)
        self._below_table = False

    def _paragraph(self, style: str, spans: Spans, *, anchor: str | None = None, extra: str = "") -> str:
        runs = "".join(self._span(span) for span in spans)
        if anchor:
            self._bookmarks += 1
            name = quoteattr(_bookmark(anchor))
            runs = f'<w:bookmarkStart w:id="{self._bookmarks}" w:name={name}/>{runs}<w:bookmarkEnd w:id="{self._bookmarks}"/>'
        turned = self._turned(style, spans)
        return f'<w:p><w:pPr><w:pStyle w:val="{_style_id(style)}"/>{turned}{extra}</w:pPr>{runs}</w:p>'

    def _turned(self, style: str, spans: Spans) -> str:
        """Which side a paragraph runs from: the text's own, a quotation that of the text it is taken from."""
        if not self.rtl:
            return ""
        return '<w:bidi w:val="0"/>' if style == "Quote" and _from_left(spans) else "<w:bidi/>"

    def _span(self, span: Span) -> str:
        run = self._run(span, "Hyperlink" if span.href else "")
        if not span.href:
            return run
        if span.href.startswith("#"):
            return f"<w:hyperlink w:anchor={quoteattr(_bookmark(span.href[1:]))}>{run}</w:hyperlink>"
        return f'<w:hyperlink r:id="{self._link(span.href)}">{run}</w:hyperlink>'

    def _run(self, span: Span, style: str = "") -> str:
        """A span's runs: the writing of another direction has its own, and so has a number in Chinese, where a line may end
        after any sign that is taken for Chinese."""
        parting = _HAN if self.rtl else _NUMBER if self.language == "zh" else None
        pieces = [piece for piece in parting.split(span.text) if piece] if parting else [span.text]
        return "".join(self._piece(piece, span, style) for piece in pieces or [""])

    def _piece(self, text: str, span: Span, style: str) -> str:
        """A run; right-to-left letters are marked as such, and a language other than the text's is named."""
        properties = f'<w:rStyle w:val="{style}"/>' if style else ""
        if span.strong:
            properties += "<w:b/><w:bCs/>"
        if self.rtl and (is_arabic(text) or not any(map(str.isalnum, text))):
            properties += "<w:rtl/>"
        if span.language and span.language != self.language:
            locale = _LOCALES.get(span.language, span.language)
            attribute = "bidi" if span.language == "ar" else "eastAsia" if span.language == "zh" else "val"
            properties += f'<w:lang w:{attribute}="{locale}"/>'
        elif self.language == "zh" and _NUMBER.fullmatch(text):
            properties += '<w:lang w:val="en-US" w:eastAsia="en-US"/>'
        lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(lines)}</w:r>"

    def _link(self, address: str) -> str:
        if address not in self._links:
            kind = f"{_R}/hyperlink"
            self._links[address] = self._document.part.relate_to(address, kind, is_external=True)
        return self._links[address]

    def contents(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """The contents: each entry leads to its chapter and asks for the number of its page. A field over the whole (TOC) would
        hide these from every program but one: they would stand empty until the reader asks for them."""
        turned = "<w:bidi/>" if self.rtl else ""
        for level, title, slug in entries:
            link = self._span(Span(title, href=f"#{slug}"))
            self._body.append(
                f'<w:p><w:pPr><w:pStyle w:val="TOC{min(level, 2)}"/>{turned}</w:pPr>{link}{_page_of(slug)}</w:p>'
            )

    # Tables

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Span]],
        numeric: Sequence[bool],
        *,
        rules: Sequence[int] = (),
        summary: str = "",
        centred: bool = False,
        absences: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        """A table with a head that is repeated on each page, ruled between groups; in Arabic its first column is at the right.

        absences: why the cell of a row and a column, both from 0, has no value; it is hatched or dotted.
        """
        if self._below_table:
            self._add(self._paragraph("After Table", ()))
        turned = "<w:bidiVisual/>" if self.rtl else ""
        missing = absences or {}
        texts = [
            [("\u2003 " if (number, place) in missing else "") + cell.text for place, cell in enumerate(row)]
            for number, row in enumerate(rows)
        ]
        columns = [*zip(heads, *texts, strict=True)]
        widths = _matrix_widths(len(heads)) if centred else _column_widths(columns, numeric, full=self.rtl)
        about = f"<w:tblCaption w:val={quoteattr(summary)}/>" if summary else ""
        self._body.append(
            f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
            f'<w:right w:w="70" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1" w:firstColumn="1"/>{about}</w:tblPr>'
            f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"
        )
        kinds = ["centre" if centred and index else "number" if number else "" for index, number in enumerate(numeric)]
        self._row([Span(head, strong=True) for head in heads], kinds, widths, head=True, kept=bool(rows))
        for index, row in enumerate(rows):
            kept = index + 1 < len(rows) and (len(rows) <= 6 or index < 2 or index >= len(rows) - 3)
            marks = [missing.get((index, place), "") for place in range(len(row))]
            self._row(row, kinds, widths, rule=index in rules, kept=kept, marks=marks)
        self._add("</w:tbl>")
        self._below_table = True

    def _row(
        self,
        cells: Sequence[Span],
        kinds: Sequence[str],
        widths: Sequence[int],
        *,
        head: bool = False,
        rule: bool = False,
        kept: bool = False,
        marks: Sequence[str] = (),
    ) -> None:
        """A row; one that is `kept` stands on the page of the next: no page begins or ends with a single row of a table."""
        colour = tokens().colour["grey" if head else "rule"].lstrip("#")
        edge = "bottom" if head else "top"
        border = (
            f'<w:tcBorders><w:{edge} w:val="single" w:sz="6" w:color="{colour}"/></w:tcBorders>' if head or rule else ""
        )
        shape = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
        made = []
        for cell, kind, width, mark in zip(cells, kinds, widths, marks or [""] * len(cells), strict=True):
            text = self._cell(cell, kind, "<w:keepNext/>" if kept else "", mark)
            made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>{text}</w:tc>')
        self._body.append(f"<w:tr>{shape}{''.join(made)}</w:tr>")

    def _cell(self, cell: Span, kind: str, kept: str, mark: str) -> str:
        """A cell's paragraph. Digits run from the left in Arabic too, so that units stand under units on a column's right."""
        runs = (_marked(mark) if mark else "") + (self._span(cell) if cell.text else "")
        turned = self._turned("Table Text", ())
        if kind == "number" and not (self.rtl and is_arabic(cell.text)):
            turned = f'{"<w:bidi w:val=" + chr(34) + "0" + chr(34) + "/>" if self.rtl else ""}<w:jc w:val="right"/>'
        elif kind == "centre":
            turned += '<w:jc w:val="center"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{kept}{turned}</w:pPr>{runs}</w:p>'

    # Pictures

    def picture(self, svg: str, png: bytes, width: float, height: float, alt: str, *, share: float = 1.0) -> None:
        """An SVG with its PNG, `share` of the width of the text, with a text in place of it."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        self._drawings += 1
        number, part = self._drawings, self._document.part
        package = part.package
        bitmap = Part(PackURI(f"/word/media/picture{number}.png"), "image/png", png, package)
        vector = Part(PackURI(f"/word/media/picture{number}.svg"), "image/svg+xml", svg.encode(), package)
        plain, drawn = part.relate_to(bitmap, f"{_R}/image"), part.relate_to(vector, f"{_R}/image")
        across = round(TEXT_WIDTH / 25.4 * 914400 * share)
        down = round(across * height / width)
        name = f'id="{number}" name="picture{number}" descr={quoteattr(alt)}'
        drawing = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
            f'<wp:docPr {name}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
            f'<a:blip r:embed="{plain}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip r:embed="{drawn}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
        turned = "<w:bidi/>" if self.rtl else ""
        self._add(f'<w:p><w:pPr><w:pStyle w:val="Picture"/>{turned}</w:pPr>{drawing}</w:p>')

    # Styles, page, file

    def _styles(self) -> None:
        from docx.shared import Pt

        known, colour = tokens(), tokens().colour
        points = {
            name: known.print_body * getattr(known, name) / known.body for name in ("small", "body", "large", "display")
        }
        body = self._document.styles["Normal"]
        body.paragraph_format.space_after = Pt(7)
        body.paragraph_format.line_spacing = known.leading[self.language] * 0.86
        self._style("Normal", points["body"], colour["ink"], after=7)
        for level, (name, before) in enumerate((("display", 0), ("large", 22), ("body", 16), ("body", 14)), 1):
            self._style(
                f"Heading {level}", points[name], colour["ink"], strong=True, before=before, after=8, next_=True
            )
        self._document.styles["Heading 1"].paragraph_format.page_break_before = True
        self._style("Title", points["display"] * 1.5, colour["ink"], strong=True, before=150, after=6)
        self._style("Subtitle", points["large"], colour["quiet"], after=24)
        self._style("Lead", points["large"] * 0.86, colour["ink"], after=14, next_=True)
        self._style("Leading", points["body"], colour["ink"], after=7, next_=True)
        self._style("Note", points["small"], colour["quiet"], after=5)
        self._style("Leading Note", points["small"], colour["quiet"], after=5, next_=True)
        self._style("Measure", points["small"], colour["quiet"], after=6, next_=True)
        self._style("Finding", points["large"] * 0.86, colour["ink"], strong=True, before=18, after=2, next_=True)
        self._style("Contents Title", points["display"], colour["ink"], strong=True, before=24, after=10)
        self._style("Table Caption", points["small"], colour["quiet"], before=8, after=4, next_=True)
        self._style("Table Text", points["small"], colour["ink"], after=0)
        self._style("After Table", points["small"], colour["ink"], after=4)
        self._style("Picture", points["body"], colour["ink"], after=4, next_=True)
        self._style("Fact", points["large"], colour["ink"], strong=True, before=10, after=0, next_=True)
        self._style("Fact Label", points["body"], colour["ink"], after=2, next_=True)
        self._style("Term", points["body"], colour["ink"], before=6, after=0, next_=True)
        self._style("Callout", points["body"], colour["ink"], before=6, after=10, shade=colour["accent"])
        self._style("Warning", points["body"], colour["ink"], before=6, after=10, shade=colour["signal"])
        self._style("List Bullet", points["body"], colour["ink"], after=3)
        self._style("List Number", points["body"], colour["ink"], after=3)
        self._style("Quote", points["body"], colour["quiet"], after=8)
        for level in (1, 2):
            self._style(f"TOC {level}", points["small"], colour["ink"], after=2, indent=14 * (level - 1), tab=True)
        self._link_style(colour["accent"])

    def _style(
        self,
        name: str,
        size: float,
        colour: str,
        *,
        strong: bool = False,
        before: float = 0,
        after: float = 0,
        next_: bool = False,
        shade: str = "",
        indent: float = 0,
        tab: bool = False,
    ) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml import parse_xml
        from docx.shared import Pt

        styles = self._document.styles
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        style = styles[name]
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after, spacing.keep_with_next = Pt(before), Pt(after), next_
        properties = style.element.get_or_add_pPr()
        for found in properties.findall(f"{{{_W}}}pBdr"):
            properties.remove(found)
        if shade:
            side = "right" if self.rtl else "left"
            shading = f'<w:shd {_NS} w:val="clear" w:color="auto" w:fill="{tokens().colour["wash"].lstrip("#")}"/>'
            border = (
                f'<w:pBdr {_NS}><w:{side} w:val="single" w:sz="24" w:space="6" w:color="{shade.lstrip("#")}"/></w:pBdr>'
            )
            properties.insert_element_before(
                parse_xml(border), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
            )
            properties.insert_element_before(
                parse_xml(shading), "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
            )
        if tab:
            stop = f'<w:tabs {_NS}><w:tab w:val="right" w:leader="dot" w:pos="{_WHOLE}"/></w:tabs>'
            properties.insert_element_before(parse_xml(stop), "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
        if indent:
            properties.insert_element_before(
                parse_xml(f'<w:ind {_NS} w:left="{round(indent * 20)}"/>'), "w:jc", "w:outlineLvl"
            )
        old = style.element.find(f"{{{_W}}}rPr")
        if old is not None:
            style.element.remove(old)
        style.element.append(parse_xml(self._run_properties(size, colour, strong)))

    def _run_properties(self, size: float, colour: str, strong: bool) -> str:
        latin, arabic, han = (tokens().families[script] for script in ("latin", "arabic", "han"))
        own = families(self.language)[0]
        half = round(size * 2)
        weight = "<w:b/><w:bCs/>" if strong else '<w:b w:val="0"/><w:bCs w:val="0"/>'
        face = own if own != arabic else latin
        languages = f'<w:lang w:val="{_LOCALES[self.language] if not self.rtl else "en-GB"}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        return (
            f'<w:rPr {_NS}><w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{han}" w:cs="{arabic}"/>{weight}'
            f'<w:i w:val="0"/><w:iCs w:val="0"/><w:color w:val="{colour.lstrip("#")}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
            f"{languages}</w:rPr>"
        )

    def _link_style(self, colour: str) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import RGBColor

        style = self._document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
        style.font.underline = True

    def bytes(
        self, *, title: str, subject: str, author: str, keywords: str, date: datetime.date, notices: str
    ) -> bytes:
        """The file, the same for the same content."""
        from docx.oxml import parse_xml

        if self._below_table:
            self._add(self._paragraph("After Table", ()))
        self._page(title, notices)
        self._fonts()
        body = self._document.element.body
        section = body.sectPr
        for element in parse_xml(f"<w:body {_NS}>{''.join(self._body)}</w:body>"):
            section.addprevious(element)
        properties = self._document.core_properties
        properties.title, properties.subject, properties.author, properties.keywords = title, subject, author, keywords
        properties.language, properties.comments = _LOCALES[self.language], ""
        stamp = datetime.datetime(date.year, date.month, date.day)
        properties.created = properties.modified = stamp
        properties.last_modified_by = author
        out = BytesIO()
        self._document.save(out)
        return _undated(out.getvalue())

    def _fonts(self) -> None:
        """The table of fonts: what to set a text in where ours is not installed (ECMA-376 part 1, 17.8.3.1)."""
        known = tokens().families
        rows = "".join(
            f'<w:font w:name="{known[script]}"><w:altName w:val="{other}"/><w:charset w:val="{charset}"/>'
            '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
            for script, other, charset in _INSTEAD
        )
        table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{_W}">{rows}</w:fonts>'
        for part in self._document.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                part._blob = table.encode()

    def _page(self, title: str, notices: str) -> None:
        from docx.oxml import parse_xml
        from docx.shared import Mm

        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin = section.bottom_margin = Mm(26)
        section.different_first_page_header_footer = True
        for holder, markup in (
            (section.header, self._paragraph("Note", (Span(title),))),
            (section.footer, self._footer(notices)),
            (section.first_page_footer, self._paragraph("Note", (Span(notices),) if notices else ())),
        ):
            holder.is_linked_to_previous = False
            element = holder._element
            for paragraph in list(element):
                element.remove(paragraph)
            element.append(parse_xml(markup.replace("<w:p>", f"<w:p {_NS}>", 1)))
        if self.rtl:
            section._sectPr.insert_element_before(parse_xml(f"<w:bidi {_NS}/>"), "w:rtlGutter", "w:docGrid")

    def _footer(self, notices: str) -> str:
        number = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        words = self._paragraph("Note", (Span(f"{notices}    "),) if notices else ())
        return words.replace("</w:p>", f"{number}</w:p>")


def _marked(absence: str) -> str:
    """What is missing is hatched, what is suppressed dotted, as on the site."""
    colour, pattern = tokens().colour, "pct25" if absence == "suppressed" else "thinDiagStripe"
    shade = f'w:val="{pattern}" w:color="{colour["mark"].lstrip("#")}" w:fill="{colour["wash"].lstrip("#")}"'
    return f'<w:r><w:rPr><w:shd {shade}/></w:rPr><w:t>\u2003</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'


def _page_of(slug: str) -> str:
    """A tab and the number of the page that a chapter begins on, which the reader's program reckons."""
    return (
        '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {_bookmark(slug)} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _matrix_widths(columns: int) -> list[int]:
    """A wide column of names and narrow ones of equal width."""
    share = _WHOLE / (columns + 2)
    return [round(3 * share), *[round(share)] * (columns - 1)]


_LETTER, _SIGN, _CELL = 86, 166, 170  # twentieths of a point: a letter, a Chinese sign, the margins of a cell


def _column_widths(columns: Sequence[Sequence[str]], numeric: Sequence[bool], *, full: bool) -> list[int]:
    """Widths in twentieths of a point by what stands in a column, its head first: as wide as its longest text where all find
    room so, else numbers and short texts whole and the long ones sharing what is left."""
    wanted = [
        max(min(_length(head), max(map(_length, head.split()), default=0) + 4 * _LETTER), *map(_length, cells), 0)
        + _CELL
        for head, *cells in columns
    ]
    if sum(wanted) <= _WHOLE:
        spare = min(_WHOLE, sum(wanted) * 1.12) if all(numeric[1:]) and not full else _WHOLE
        return [round(width * spare / sum(wanted)) for width in wanted]
    weights = [_weight(column, number=number) for column, number in zip(columns, numeric, strict=True)]
    found, left, open_ = [0.0] * len(wanted), float(_WHOLE), set(range(len(wanted)))
    while open_:
        share = left / sum(weights[index] for index in open_)
        whole = {index for index in open_ if wanted[index] <= share * weights[index]}
        for index in whole or open_:
            found[index] = wanted[index] if whole else share * weights[index]
        left -= sum(found[index] for index in whole)
        open_ = open_ - whole if whole else set()
    return [round(width) for width in found]


def _weight(column: Sequence[str], *, number: bool) -> float:
    """How much of too narrow a page a column claims: by its longest word and the root of its length; a number more."""
    lengths = [_length(cell) for cell in column]
    word = max((_length(word) for cell in column for word in _WORD.split(cell)), default=0)
    claim = max(9.0 * _LETTER, word, sum(lengths) / len(lengths), max(lengths) / 2)
    return math.sqrt(claim) * (1.6 if number else 1.0)


def _length(text: str) -> int:
    """About how wide a text is, in twentieths of a point."""
    signs = sum(map(len, _HAN.findall(text)))
    return (len(text) - signs) * _LETTER + (signs + text.count("\u2003")) * _SIGN


def _from_left(spans: Spans) -> bool:
    """Whether every word is of a language whose lines run from the left: a quotation of another text."""
    languages = {span.language for span in spans if span.text.strip()}
    return bool(languages) and all(
        each is not None and each in LANGUAGES and LANGUAGES[each].direction == "ltr" for each in languages
    )


def _bookmark(name: str) -> str:
    """A name that Word takes: letters, digits and underscores, forty at most."""
    clean = "".join(character if character.isalnum() else "_" for character in name)
    return f"b_{clean}"[:40]


def _style_id(name: str) -> str:
    return name.replace(" ", "")


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
