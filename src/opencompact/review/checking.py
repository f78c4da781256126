"""What a built review must not have: dead links, numbers that are not those of their rows, untranslated words, numbers that a
line from the right turns round, faulty pictures.

Everything is read from the output as a reader gets it, not from what it was made of.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

from opencompact.errors import InputError
from opencompact.language import LANGUAGES, N_, said, translator
from opencompact.look.checking import check as check_picture
from opencompact.look.measure import is_arabic
from opencompact.review.account import YES_OR_NO
from opencompact.review.english import english_word
from opencompact.review.holdings import PARTIAL
from opencompact.review.words import Words

# A number inside right-to-left text is kept whole by marks that are no part of it.
_ISOLATES = re.compile("[\u2066-\u2069]")
# Names have capitals; a word without one is a word of English, but for what one types or opens.
_COMMON = re.compile(r"(?<![\w/.-])(?!opencompact|import)[a-z]{4,}(?![\w/.-])")
VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "wbr", "col"})
# Words that stand in English in every language: names of formats, programs, publishers' codes.
_LATIN = re.compile(r"[A-Za-z][A-Za-z’'\-]+(?:[ ,]+[A-Za-z][A-Za-z’'\-]+){3,}")

# What is looked at, and how it is called.
CHECKS = {
    "link": N_("link"),
    "identifier": N_("identifier"),
    "number": N_("number"),
    "untranslated": N_("not translated"),
    "direction": N_("direction"),
    "letter": N_("letter"),
    "picture": N_("picture"),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong: the page it is on, which check found it (a key of CHECKS), and what it is, to be told in the reader's language."""

    page: str
    check: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.check}: {self.what}"


@dataclass
class _Seen(HTMLParser):
    """What a page holds: its anchors, its links with their words, its texts with their language, which of them are drawn."""

    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self._link: list[str] | None = None
        self._href = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a" and named.get("href"):
            self._href, self._link = str(named["href"]), []
        if tag not in VOID:
            language = named.get("lang") or (self._open[-1][1] if self._open else "")
            self._open.append((tag, str(language)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self.links.append((self._href, "".join(self._link).strip()))
            self._link = None
        while self._open and self._open[-1][0] != tag:
            self._open.pop()
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._link is not None:
            self._link.append(data)
        inside = {tag for tag, _language in self._open}
        if "svg" in inside:
            self.drawn.add(data.strip())
        if data.strip() and not inside & {"style", "script", "title"}:
            self.texts.append((data.strip(), self._open[-1][1] if self._open else ""))


def check_review(folder: Path) -> list[Fault]:
    """Every fault of a built review, by page. Raises InputError where the folder holds none."""
    if not any((folder / code).is_dir() for code in LANGUAGES):
        raise InputError(
            "This folder holds no review.", file=folder, remedy="Name the folder that 'opencompact review' wrote to."
        )
    faults: list[Fault] = []
    for code in LANGUAGES:
        for path in sorted((folder / code).glob("*.html")):
            faults += check_page(path, code)
    return faults


def check_page(path: Path, code: str) -> list[Fault]:
    """The faults of one page."""
    html = path.read_text("utf-8")
    seen = _read(html)
    name = f"{code}/{path.name}"
    found = [("link", what) for what in _dead(path, seen)]
    found += [
        ("identifier", said("The identifier {name} stands twice.", name=one))
        for one, count in Counter(seen.ids).items()
        if count > 1
    ]
    found += [("number", what) for what in _numbers(path, seen, code)]
    found += [("untranslated", what) for what in _untranslated(seen, code)]
    found += [("direction", what) for what in _turned(seen, code)]
    found += [("letter", what) for what in _letters(path, seen, html)]
    found += [("picture", what) for svg in _pictures(html) for what in check_picture(svg, code)]
    return [Fault(name, kind, what) for kind, what in found]


def _read(html: str) -> _Seen:
    seen = _Seen()
    seen.feed(html)
    return seen


def _pictures(html: str) -> Iterator[str]:
    """The pictures of a page that hold text, each whole in itself."""
    for svg in re.findall(r"<svg\b.*?</svg>", html, re.S):
        if "<text" in svg:
            yield svg if "xmlns=" in svg else svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


# --- links ------------------------------------------------------------------------------------------------------------


@cache
def _ids(path: Path, _changed: float) -> frozenset[str]:
    return frozenset(_read(path.read_text("utf-8")).ids)


def _dead(path: Path, seen: _Seen) -> Iterator[str]:
    for href, _text in seen.links:
        address, fragment = urldefrag(href)
        if re.match(r"[a-z]+:", address):
            continue
        target = path if not address else (path.parent / unquote(address)).resolve()
        if not target.is_file():
            yield said("{href} leads nowhere.", href=href)
        elif fragment.startswith("row="):
            if int(fragment[4:]) > len(_rows(target, target.stat().st_mtime)) + 1:
                yield said("{href} names a row that is not there.", href=href)
        elif fragment and target.suffix == ".html" and fragment not in _ids(target, target.stat().st_mtime):
            yield said("{href} names a place that is not on the page.", href=href)


# --- numbers ----------------------------------------------------------------------------------------------------------


@cache
def _rows(path: Path, _changed: float) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _numbers(path: Path, seen: _Seen, code: str) -> Iterator[str]:
    """Links to a row whose words are not the value of that row, in any of the ways in which a review says a value."""
    for href, text in seen.links:
        address, fragment = urldefrag(href)
        text = _ISOLATES.sub("", text)
        if not fragment.startswith("row=") or not any(letter.isdigit() for letter in text) or text in _said(code):
            continue
        target = (path.parent / unquote(address)).resolve()
        row = _rows(target, target.stat().st_mtime)[int(fragment[4:]) - 2]
        if not row["value"]:
            yield said("“{text}” leads to a row without a value ({href}).", text=text, href=href)
        elif text not in _ways(float(row["value"]), row["unit"], row["period"], code, row["note"]):
            yield said(
                "“{text}” is not the value of its row, {value} {unit} ({href}).",
                text=text,
                value=row["value"],
                unit=row["unit"],
                href=href,
            )


@cache
def _ways(value: float, unit: str, period: str, code: str, note: str = "") -> frozenset[str]:
    from opencompact import compact

    words = Words(code)
    name = words.unit(unit, compact.catalogue())
    said = {words.rough(value), words.people(value), words.percent(value), words.short(value)}
    said |= {words.exact(value, decimals) for decimals in (None, 1, 2)}
    said |= {words.money(value), words.money(value * 1e6), words.value(value, unit, name)}
    if value == 0:
        said.add(words("0 or not reported"))
    if unit == YES_OR_NO:
        said.add(words("yes") if value else words("no"))
    when = words.period(period)
    if note.startswith(PARTIAL):
        until = words("counted to {date}", date=words.date(note.partition(";")[0].removeprefix(PARTIAL)))
        when = words.beside([when, until])
    said |= {words.bracketed(each, told) for each in tuple(said) for told in (words.period(period), when)}
    return frozenset(_ISOLATES.sub("", each) for each in said)


@cache
def _said(code: str) -> frozenset[str]:
    """Messages of the review as they stand that name an amount ("sending 200 dollars")."""
    from opencompact.review.pages.glance import COST

    return frozenset({Words(code)(COST)})


# --- letters ----------------------------------------------------------------------------------------------------------

_FACE = re.compile(r'font-family:"([^"]+)";[^}]*?url\("([^"]+)"\)')


@cache
def _delivered(style: Path, _changed: float) -> dict[str, frozenset[str]]:
    """Family → the characters of its files that a site brings along."""
    from fontTools.ttLib import TTFont

    found: dict[str, frozenset[str]] = {}
    for family, name in _FACE.findall(style.read_text("utf-8")):
        with TTFont(style.parent / name, lazy=True) as font:
            found[family] = found.get(family, frozenset()) | frozenset(map(chr, font.getBestCmap()))
    return found


def _letters(path: Path, seen: _Seen, html: str) -> Iterator[str]:
    """Letters that no font of the site has, and fonts named in pictures that the site does not bring along."""
    style = path.parent.parent / "assets" / f"style-{path.parent.name}.css"
    fonts = _delivered(style, style.stat().st_mtime)
    known = frozenset().union(*fonts.values())
    used = {letter for text, _language in seen.texts for letter in text}
    lacking = sorted(c for c in used - known if unicodedata.category(c) not in ("Cf", "Cc", "Zs"))
    if lacking:
        yield said("No font of the site has {letters}.", letters=" ".join(lacking))
    for family in sorted(set(re.findall(r'font-family="([^"]+)"', html)) - set(fonts)):
        yield said("The font {family} is named in a picture and not brought along.", family=family)


# --- direction --------------------------------------------------------------------------------------------------------

_ISOLATED = re.compile("[\u2066\u2067\u2068][^\u2069]*\u2069")
# What a line from the right turns round unless it is isolated: a sign before a number or behind it, a range, a code.
_FRAGILE = re.compile(r"[+−×]\d|\d%|\d[–-]\d|\b\d+\.[a-z]\.\d")


def _turned(seen: _Seen, code: str) -> Iterator[str]:
    """Numbers with signs, ranges and codes in Arabic words whose order the line would turn round."""
    if LANGUAGES[code].direction != "rtl":
        return
    for text, language in seen.texts:
        if text in seen.drawn and not is_arabic(text):
            continue  # alone in its own line of a picture
        if (language or code) == code and _FRAGILE.search(_ISOLATED.sub("", text)):
            yield said("“{text}” would be turned round.", text=text)


# --- words ------------------------------------------------------------------------------------------------------------


def _untranslated(seen: _Seen, code: str) -> Iterator[str]:
    """Texts of the interface that stand in English on a page of another language, and are not marked as English."""
    if code == "en":
        return
    for text, language in seen.texts:
        if (language and language != code) or text in _published_names():
            continue
        if code in ("ar", "zh", "ru") and (word := _COMMON.search(_without_names(text))):
            yield said("“{word}” stands in “{text}”.", word=word[0], text=text)
        elif text in _english(code) or (code in ("ar", "zh", "ru") and _LATIN.search(_without_names(text))):
            yield said("“{text}”", text=text)
        elif code in ("es", "fr") and (foreign := english_word(_without_names(text), code)):
            yield said("“{word}” stands in “{text}”.", word=foreign, text=text)
        elif "{" in text and re.search(r"\{\w*\}", text):
            yield said("A placeholder was left: “{text}”.", text=text)


@cache
def _published_names() -> frozenset[str]:
    """Names of publications and publishers, which stand as they write them."""
    from opencompact.statistics.sources.contract import sources

    names = {name for entry in sources().values() for name in (entry.name, entry.publisher)}
    return frozenset(names | {name.partition(" (")[0] for name in names})


def _without_names(text: str) -> str:
    """A text without the names of publishers and publications in it."""
    for name in sorted(_published_names(), key=len, reverse=True):
        text = text.replace(name, "")
    return text


@cache
def _english(code: str) -> frozenset[str]:
    """Messages without a value to fill in whose translation is another text."""
    found = set()
    for domain in ("review", "look", "documents"):
        for english, theirs in translator(code, domain)._messages.items():
            words = theirs if isinstance(theirs, tuple) else (theirs,)
            if "{" not in english and english not in words and len(english) > 3:
                found.add(english)
    return frozenset(found)
