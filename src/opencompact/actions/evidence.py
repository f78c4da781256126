"""What counts as evidence of progress: something that another person can look up, or a number."""

from __future__ import annotations

import datetime
import re
import unicodedata
from urllib.parse import urlsplit

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import N_

# The day on which the Global Compact was adopted in Marrakech; the General Assembly endorsed it on 19 December 2018.
AGREED = datetime.date(2018, 12, 10)
_SCHEME = re.compile(r"^\s*[a-z][a-z0-9+.-]*:(?!\s)", re.IGNORECASE)
_BARE = re.compile(r"^\s*(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/)\S*$", re.IGNORECASE)
# Symbols of United Nations documents: organ, then session, series and number (A/RES/73/195, E/2024/54, CMW/C/GC/5).
_SYMBOL = re.compile(
    r"(?<![\w/])(?:A|E|S|T|ST|HRI|CAT|CCPR|CEDAW|CERD|CMW|CRC|CRPD|CED|UNEP|HRC|ECE|ECA|ESCAP|ESCWA|LC)"
    r"(?:/[A-Z0-9][A-Za-z0-9.()-]*)*/\d[\w.()-]*",
)
# The year of a date, in any digits: years of the Common Era, and of the calendars of Iran (13…), Islam (14…), Thailand (25…).
_YEAR = re.compile(r"(?<!\d)(?:1[3-9]\d\d|20\d\d|25\d\d)(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


def evidence_fault(kind: str, reference: str) -> str:
    """What is wrong with evidence of a kind (`document`, `figure`, `indicator`); empty where nothing is, and without evidence.

    A document is named by its address, by its United Nations symbol, or by its title with its date (a year at least); a
    figure by a number and what it counts; an indicator by a code of the catalogue. Nobody asks whether it is there.
    """
    if _SCHEME.match(reference) and not _is_address(reference):
        return N_("An address begins with https:// or http:// and names a site.")
    if kind == "document":
        return _document_fault(reference)
    if kind == "figure":
        return _figure_fault(reference)
    if kind == "indicator" and not _names_indicator(reference):
        return N_("There is no such indicator: write its code, as 10.7.3, then the value if you wish.")
    return ""


def _document_fault(reference: str) -> str:
    if _is_address(reference) or _SYMBOL.search(reference):
        return ""
    if _BARE.match(reference):
        return N_("Write the address whole: it begins with https://.")
    titled, dated = _is_titled(reference), _is_dated(reference)
    if titled and dated:
        return ""
    if titled:
        return N_("The title has no date: add the year, the address, or the symbol of the document.")
    if dated:
        return N_("There is a date and no title: add what the document is called, its address, or its symbol.")
    return N_("Say which document: its address, its symbol as A/RES/73/195, or its title with its date.")


def is_named_and_dated(text: str) -> bool:
    """Whether a text names something, or somebody, and gives a date, a year at least."""
    return _is_titled(text) and _is_dated(text)


def _is_titled(text: str) -> bool:
    # A decree has a number and a year; other titles have words.
    return _says(text, 2) or (_says(text, 1) and len(re.findall(r"\d+", _western(text))) > 1)


def _is_dated(text: str) -> bool:
    return _YEAR.search(_western(text)) is not None


def _figure_fault(reference: str) -> str:
    if not _has_number(reference):
        return N_("A figure has a number: write it, with what it counts.")
    if not _says(reference, 1) and "%" not in reference and "٪" not in reference:
        return N_("The number does not say what it counts: add it, as in 90 boats of 120.")
    return ""


def _says(reference: str, least: int) -> bool:
    """Whether there are so many words of three letters or more; a sign of Chinese or Japanese says as much as a word."""
    words = _WORD.findall(reference)
    signs = sum("\u3040" <= sign <= "\u9fff" for word in words for sign in word)
    return sum(len(word) > 2 for word in words) >= least or signs >= 2 * least


def _western(text: str) -> str:
    """The text with its digits as ASCII ones."""
    return "".join(str(unicodedata.digit(sign, sign)) for sign in text)


def _is_address(reference: str) -> bool:
    try:
        parts = urlsplit(reference.strip())
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        return False


def _has_number(reference: str) -> bool:
    """Whether there is a figure in it, in whatever digits."""
    return any(character.isdigit() for character in reference)


def _names_indicator(reference: str) -> bool:
    words = reference.split()
    if not words:
        return False
    try:
        compact.catalogue().indicator(words[0].rstrip(":,;"))
    except UnknownCodeError:
        return False
    return True
