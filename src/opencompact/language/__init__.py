"""Six languages: catalogues, plural forms, numbers, dates, direction.

English is the language of the source: a message is written in English in code or template, marked with `_("…")`,
`_.plural("one", "many", n)` or `N_("…")`, and looked up in `catalogues/<language>/<domain>.po`. A domain is a room
(`look`, `review`, `public`, …). Names that are facts (areas, objectives, indicators) are data in their own rooms, in six
columns, and are not here.
"""

from opencompact.language.catalogue import N_, Translator, translator
from opencompact.language.formats import (
    format_date,
    format_list,
    format_number,
    format_percent,
    format_period,
    format_range,
    format_significant,
)
from opencompact.language.languages import LANGUAGES, Language, language

__all__ = [
    "LANGUAGES",
    "N_",
    "Language",
    "Translator",
    "format_date",
    "format_list",
    "format_number",
    "format_percent",
    "format_period",
    "format_range",
    "format_significant",
    "language",
    "translator",
]
