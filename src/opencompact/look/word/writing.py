"""Words as WordprocessingML: paragraphs, runs by direction and writing, links, places to link to (ECMA-376 part 1, 17.3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from opencompact.language import LANGUAGES
from opencompact.look.blocks import Span, Spans
from opencompact.look.measure import is_arabic
from opencompact.look.word.markup import LOCALES, bookmark, style_id
from opencompact.look.words import PARTED

HAN = re.compile("([\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)")
_JOINER = "\u2060"  # a line ends at neither side of it (Unicode TR14, LB11)
# A number in Chinese with what it counts.
_NUMBER = re.compile(f"([0-9][0-9.,]*(?:{_JOINER}[万亿美元人次个百分点年月日])*)")
# A code in brackets that is kept in its own order: the brackets go within, since a line could end behind the first of them.
_BRACKETED = re.compile("\\(\u2066([^\u2066-\u2069()]*)\u2069\\)")
# Paragraphs in which nearly all words are links: underlined they could not be read.
_PLAIN_LINKS = {"Link", "Link Alone", "Link Lead", "Note", "Leading Note", "Fact Label", "TOC 1", "TOC 2"}


class Writing:
    """Makes paragraphs of one language. `relate` gives an address outside the text its identifier in the file."""

    def __init__(self, language: str, relate: Callable[[str], str]) -> None:
        self.language = language
        self.rtl = LANGUAGES[language].direction == "rtl"
        self._relate = relate
        self._bookmarks = 0

    def paragraph(
        self, style: str, spans: Spans, *, anchor: str | None = None, extra: str = "", after: str = ""
    ) -> str:
        """A paragraph of a style; links within the text are `#name`, `anchor` is a name to link to, `extra` more of its
        properties, `after` what follows its words."""
        runs = "".join(self.span(span, plain=style in _PLAIN_LINKS) for span in spans) + after
        if anchor:
            self._bookmarks += 1
            name = quoteattr(bookmark(anchor))
            runs = f'<w:bookmarkStart w:id="{self._bookmarks}" w:name={name}/>{runs}<w:bookmarkEnd w:id="{self._bookmarks}"/>'
        turned = self.turned(style, spans)
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{turned}{extra}</w:pPr>{runs}</w:p>'

    def turned(self, style: str, spans: Spans) -> str:
        """Which side a paragraph runs from: the text's own, a quotation that of the text it is taken from."""
        if not self.rtl:
            return ""
        return '<w:bidi w:val="0"/>' if style == "Quote" and _from_left(spans) else "<w:bidi/>"

    def span(self, span: Span, *, plain: bool = False) -> str:
        """A span's runs, within a link where it is one."""
        run = self._run(span, ("PlainLink" if plain else "Hyperlink") if span.href else "")
        if not span.href:
            return run
        if span.href.startswith("#"):
            return f"<w:hyperlink w:anchor={quoteattr(bookmark(span.href[1:]))}>{run}</w:hyperlink>"
        return f'<w:hyperlink r:id="{self._relate(span.href)}">{run}</w:hyperlink>'

    def _run(self, span: Span, style: str = "") -> str:
        """A span's runs: the writing of another direction has its own, and so has a number in Chinese, where a line may end
        after any sign that is taken for Chinese."""
        text = joined(span.text) if self.language == "zh" else span.text
        if self.rtl:
            text = _BRACKETED.sub("\u2066(\\1)\u2069", text)
        parting = HAN if self.rtl else _NUMBER if self.language == "zh" else None
        pieces = [piece for piece in parting.split(text) if piece] if parting else [text]
        return "".join(self._piece(piece, span, style) for piece in pieces or [""])

    def _piece(self, text: str, span: Span, style: str) -> str:
        """A run; right-to-left letters are marked as such, and a language other than the text's is named."""
        properties = f'<w:rStyle w:val="{style}"/>' if style else ""
        if span.strong:
            properties += "<w:b/><w:bCs/>"
        if self.rtl and (is_arabic(text) or not any(map(str.isalnum, text))):
            properties += "<w:rtl/>"
        if span.language and span.language != self.language:
            locale = LOCALES.get(span.language, span.language)
            attribute = "bidi" if span.language == "ar" else "eastAsia" if span.language == "zh" else "val"
            properties += f'<w:lang w:{attribute}="{locale}"/>'
        elif self.language == "zh" and _NUMBER.fullmatch(text):
            properties += '<w:lang w:val="en-US" w:eastAsia="en-US"/>'
        lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(lines)}</w:r>"


def joined(text: str) -> str:
    """A Chinese text whose lines do not end between a number and what it counts: Word knows no other way to say so than a sign
    without width. In other languages lines end at blanks, and brackets and ranges stay whole by themselves."""
    return PARTED.sub(lambda found: _behind_number(found.group()), text)


def _behind_number(counted: str) -> str:
    number = counted.rstrip("万亿美元人次个百分点年月日")
    return number + "".join(_JOINER + sign for sign in counted[len(number) :])


def _from_left(spans: Spans) -> bool:
    """Whether every word is of a language whose lines run from the left: a quotation of another text."""
    languages = {span.language for span in spans if span.text.strip()}
    return bool(languages) and all(
        each is not None and each in LANGUAGES and LANGUAGES[each].direction == "ltr" for each in languages
    )
