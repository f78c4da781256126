"""The styles of a document, made from the tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opencompact.language import LANGUAGES
from opencompact.look.tokens import families, tokens
from opencompact.look.word.markup import LOCALES, MAIN, SPACES, WHOLE

# What follows a border, a shade, a stop and an indent among the properties of a paragraph (ECMA-376 part 1, 17.3.1.26).
_AFTER_SHADE = ("w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
# No blank between Chinese signs and numbers, which would stand at one side only where a number and what it counts are one piece.
_UNSPACED = tuple(
    (f'<w:{name} {SPACES} w:val="0"/>', *behind)
    for name, *behind in (("autoSpaceDE", "w:autoSpaceDN", "w:spacing"), ("autoSpaceDN", "w:spacing"))
)
# The language of Latin letters where those of the text are others: taken for Chinese, a word is parted anywhere at a line's end.
_LATIN = {"ar": "en-GB", "zh": "en-US"}


@dataclass(frozen=True)
class Style:
    """A paragraph's look: its size by the name of a token and a factor, its colour by name, room above and below in pt.

    next_: no page parts it from what stands below it; whole: no page parts its lines; shade: the colour of a bar at its side;
    indent in pt; stop: whether a number stands at the end of its line.
    """

    name: str
    size: str = "body"
    colour: str = "ink"
    factor: float = 1.0
    strong: bool = False
    before: float = 0
    after: float = 0
    next_: bool = False
    whole: bool = False
    new_page: bool = False
    shade: str = ""
    indent: float = 0
    stop: bool = False
    base: str = "Normal"


_STYLES = (
    Style("Normal", after=7),
    Style("Heading 1", "display", strong=True, after=8, next_=True, new_page=True),
    Style("Heading 2", "large", strong=True, before=22, after=8, next_=True),
    Style("Heading 3", strong=True, before=16, after=8, next_=True),
    Style("Heading 4", strong=True, before=14, after=8, next_=True),
    Style("Title", "display", factor=1.5, strong=True, before=190, after=6),
    Style("Subtitle", "large", "quiet", after=24),
    Style("Contents Title", "display", strong=True, after=10, next_=True, new_page=True),
    Style("Lead", "large", factor=0.86, after=14, next_=True),
    Style("Leading", after=7, next_=True),
    Style("Note", "small", "quiet", after=5),
    Style("Leading Note", "small", "quiet", after=5, next_=True),
    Style("Link", after=0, next_=True),
    Style("Link Alone", after=3),
    Style("Link Lead", "small", "quiet", after=8),
    Style("Measure", "small", "quiet", after=6, next_=True),
    Style("Finding", "large", factor=0.86, strong=True, before=16, after=2, next_=True, whole=True),
    Style("Table Caption", "small", "quiet", before=8, after=4, next_=True),
    Style("Table Text", "small"),
    Style("After Table", "small", after=4),
    Style("Picture", after=4, next_=True),
    Style("Fact", "large", strong=True, next_=True),
    Style("Fact Label", after=2, next_=True),
    Style("Term", before=6, next_=True),
    Style("Callout", before=6, after=10, whole=True, shade="accent"),
    Style("Warning", before=6, after=10, whole=True, shade="signal"),
    Style("Leading Callout", before=6, after=10, next_=True, whole=True, shade="accent"),
    Style("Leading Warning", before=6, after=10, next_=True, whole=True, shade="signal"),
    Style("List Bullet", after=3),
    Style("List Number", after=3),
    Style("Leading List Bullet", after=3, next_=True, base="List Bullet"),
    Style("Leading List Number", after=3, next_=True, base="List Number"),
    Style("Quote", colour="quiet", after=8),
    Style("TOC 1", "small", before=3, after=2, stop=True),
    Style("TOC 2", "small", after=1, indent=14, stop=True),
)
# Styles that bring their own distance from a table above them.
SPACED = frozenset(style.name for style in _STYLES if style.before)


def set_styles(document: Any, language: str) -> None:
    """Gives a new document of python-docx these styles."""
    known = tokens()
    body = document.styles["Normal"]
    body.paragraph_format.line_spacing = known.leading[language] * 0.82
    for style in _STYLES:
        _set(document, style, language)
    for name, underlined in (("Hyperlink", True), ("Plain Link", False)):
        _set_link(document, name, known.colour["accent"], underlined=underlined)


def _set(document: Any, style: Style, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.shared import Pt

    styles = document.styles
    if style.name not in styles:
        styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles[style.base]
    made = styles[style.name]
    layout = made.paragraph_format
    layout.space_before, layout.space_after = Pt(style.before), Pt(style.after)
    layout.keep_with_next, layout.keep_together, layout.page_break_before = style.next_, style.whole, style.new_page
    layout.widow_control = True
    properties = made.element.get_or_add_pPr()
    for found in properties.findall(f"{{{MAIN}}}pBdr"):
        properties.remove(found)
    rtl = LANGUAGES[language].direction == "rtl"
    for markup, *behind in (*_extras(style, rtl=rtl), *(_UNSPACED if language == "zh" else ())):
        properties.insert_element_before(parse_xml(markup), *behind)
    old = made.element.find(f"{{{MAIN}}}rPr")
    if old is not None:
        made.element.remove(old)
    made.element.append(parse_xml(_letters(style, language)))


def _extras(style: Style, *, rtl: bool) -> list[tuple[str, ...]]:
    """Properties that python-docx has no word for, each with what must stand behind it."""
    found: list[tuple[str, ...]] = []
    colour = tokens().colour
    if style.shade:
        side, line = "right" if rtl else "left", colour[style.shade].lstrip("#")
        bar = f'<w:{side} w:val="single" w:sz="24" w:space="6" w:color="{line}"/>'
        found.append((f"<w:pBdr {SPACES}>{bar}</w:pBdr>", "w:shd", *_AFTER_SHADE))
        fill = colour["wash"].lstrip("#")
        found.append((f'<w:shd {SPACES} w:val="clear" w:color="auto" w:fill="{fill}"/>', *_AFTER_SHADE))
    if style.stop:
        stop = f'<w:tab w:val="right" w:leader="dot" w:pos="{WHOLE}"/>'
        found.append((f"<w:tabs {SPACES}>{stop}</w:tabs>", *_AFTER_SHADE[1:]))
    if style.stop or style.indent:
        # A title that needs two lines leaves the number's place free and goes on a little within.
        inner = round(style.indent * 20)
        room = f' w:right="600" w:hanging="280" w:left="{inner + 280}"' if style.stop else f' w:left="{inner}"'
        found.append((f"<w:ind {SPACES}{room}/>", "w:jc", "w:outlineLvl"))
    return found


def _letters(style: Style, language: str) -> str:
    known = tokens()
    latin, arabic, han = (known.families[script] for script in ("latin", "arabic", "han"))
    own = families(language)[0]
    half = round(known.print_body * getattr(known, style.size) / known.body * style.factor * 2)
    weight = "<w:b/><w:bCs/>" if style.strong else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    face = own if own != arabic else latin
    main = _LATIN.get(language, LOCALES[language])
    return (
        f'<w:rPr {SPACES}><w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{han}" w:cs="{arabic}"/>{weight}'
        f'<w:i w:val="0"/><w:iCs w:val="0"/><w:color w:val="{known.colour[style.colour].lstrip("#")}"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/><w:lang w:val="{main}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )


def _set_link(document: Any, name: str, colour: str, *, underlined: bool) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    style.font.underline = underlined
