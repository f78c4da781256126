"""HTML: the words on the page. Scripts, styles, forms and frames are left unread; nothing is fetched or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from opencompact.documents.sources.source import SUPERSCRIPTS, Source
from opencompact.documents.sources.text import decode

_SILENT = {"script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "head", "form", "select"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "td", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
_VOID = {"br", "hr", "embed", "img", "input", "meta", "link"}


def looks_like_html(raw: bytes) -> bool:
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or (
        head.startswith(b"<") and re.search(rb"<(p|div|h[1-6]|article|section)[\s>]", head) is not None
    )


def read_html(raw: bytes, path: Path) -> Source:
    """The words of a page, a line a block; raised numbers become raised digits, items of a list get their label."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", raw[:4096], re.I)
    text, encoding, troubles = decode(raw, path, declared.group(1).decode("ascii") if declared else None)
    # A declaration may hold entities of its own: they are not read, and neither is their text.
    text = re.sub(r"<!DOCTYPE[^>\[]*\[.*?\]\s*>", "", text, count=1, flags=re.I | re.S)
    page = _Page()
    page.feed(text)
    page.close()
    return Source(page.text(), "html", encoding, path, troubles, title=page.title or None)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._silent: list[str] = []
        self._raised = 0
        self._set_as_written = 0
        self._lists: list[int | None] = []
        self._in_title = False
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = True
        if tag in _SILENT and tag not in _VOID:
            self._silent.append(tag)
        if tag == "body":
            self._silent.clear()
        if self._silent:
            return
        if tag in _BLOCKS:
            self._break()
        if tag in {"ol", "ul"}:
            start = dict(attrs).get("start")
            self._lists.append((int(start) if start and start.isdigit() else 1) if tag == "ol" else None)
        if tag == "li":
            self._label()
        if tag == "sup":
            self._raised += 1
        if tag == "pre":
            self._set_as_written += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
            return
        if self._silent:
            return
        if tag in _BLOCKS:
            self._break()
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if tag == "sup":
            self._raised = max(0, self._raised - 1)
        if tag == "pre":
            self._set_as_written = max(0, self._set_as_written - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data.strip()
        if self._silent:
            return
        words = data if self._set_as_written else re.sub(r"[ \t\r\n]+", " ", data)
        if self._raised and (mark := words.strip(" []()")):
            words = mark.translate(SUPERSCRIPTS) if mark.isdigit() else f"^{mark}" if mark.isalpha() else words
        self._pieces.append(words)

    def _label(self) -> None:
        if self._lists and (number := self._lists[-1]) is not None:
            self._pieces.append(f"{number}. ")
            self._lists[-1] = number + 1

    def _break(self) -> None:
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._pieces.append("\n")

    def text(self) -> str:
        lines = (line.strip() for line in "".join(self._pieces).split("\n"))
        return re.sub(r"^(\d+\. )(?=\(?\d+[.)])", "", "\n\n".join(line for line in lines if line), flags=re.M) + "\n"
