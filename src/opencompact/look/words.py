"""Words of the look that stand in every output."""

from __future__ import annotations

import re

from opencompact.language import LANGUAGES, translator
from opencompact.look.measure import is_arabic


def disclaimer(language: str) -> str:
    """What stands under every map."""
    _ = translator(language, "look")
    return _(
        "The boundaries, names and designations on this map imply no opinion on the legal status of any country, territory, "
        "city or area, or of its authorities, or on the course of its frontiers. Boundaries: Natural Earth, not the United "
        "Nations map."
    )


def fiction(language: str) -> str:
    """What stands under a map of the sample's world instead."""
    _ = translator(language, "look")
    return _("Synthetic: this coast, its countries and their borders are made up.")


def named(label: str, value: str, language: str) -> str:
    """A value after its name, with the colon that the language has."""
    _ = translator(language, "look")
    return _("{label}: {value}", label=label, value=value)


def whole(text: str, language: str) -> str:
    """A number with its signs ("+37%"), kept in its own order where the line runs from the right (Unicode TR9, 2.4)."""
    if LANGUAGES[language].direction == "rtl" and text and not is_arabic(text):
        return f"\u2066{text}\u2069"
    return text


# What a line must not part in Chinese, where it may end after any sign: a number, its 万 or 亿, and what it counts.
PARTED = re.compile("[0-9][0-9.,]*(?:[万亿]+(?:美元|人次|人)?|美元|人次|人|个百分点|年|月|日)")
