"""What counts as evidence of progress: something that another person can look up, or a number."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import N_

# The day on which the Global Compact was adopted in Marrakech; the General Assembly endorsed it on 19 December 2018.
AGREED = datetime.date(2018, 12, 10)
_SCHEME = re.compile(r"^\s*[a-z][a-z0-9+.-]*:(?!\s)", re.IGNORECASE)


def evidence_fault(kind: str, reference: str) -> str:
    """What is wrong with evidence of a kind (`document`, `figure`, `indicator`); empty where nothing is, and without evidence."""
    if _SCHEME.match(reference) and not _is_address(reference):
        return N_("An address begins with https:// or http:// and names a site.")
    if kind == "figure" and not _has_number(reference):
        return N_("A figure has a number: write it, with what it counts.")
    if kind == "indicator" and not _names_indicator(reference):
        return N_("There is no such indicator: write its code, as 10.7.3, then the value if you wish.")
    if kind == "document" and not (_is_address(reference) or _has_number(reference)):
        return N_("Say where the document can be found: its address, its symbol, or its number and date.")
    return ""


def _is_address(reference: str) -> bool:
    try:
        parts = urlsplit(reference.strip())
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        return False


def _has_number(reference: str) -> bool:
    """Whether there is a figure in it: of a document, its symbol (A/RES/73/195), the number of a law, a year."""
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
