"""Six languages: catalogues, plural forms, numbers, dates, direction.

English is the language of the source: a message is written in English in code or template, marked with `_("…")`,
`_.plural("one", "many", n)` or `N_("…")`, and looked up in `catalogues/<language>/<domain>.po`. A domain is a room
(`look`, `review`, `public`, …). What the terminal says is `said("…", value=…)` and told by whoever shows it. Names that
are facts (areas, objectives, indicators) are data in their own rooms, in six columns, and are not here.

Only marking a message is imported at once: catalogues and formats come when they are first asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from opencompact.language.telling import told
from opencompact.saying import N_, NN_, Said, all_of, counted, one_of, said

if TYPE_CHECKING:
    from opencompact.language.catalogue import Translator, translator
    from opencompact.language.formats import (
        format_apart,
        format_beside,
        format_date,
        format_large,
        format_list,
        format_named,
        format_number,
        format_percent,
        format_period,
        format_range,
        format_sentences,
        format_significant,
        tied,
        within_line,
    )
    from opencompact.language.languages import LANGUAGES, Language, language
    from opencompact.language.signs import control_sign, turning_sign, without_signs

__all__ = [
    "LANGUAGES",
    "NN_",
    "N_",
    "Language",
    "Said",
    "Translator",
    "all_of",
    "control_sign",
    "counted",
    "format_apart",
    "format_beside",
    "format_date",
    "format_large",
    "format_list",
    "format_named",
    "format_number",
    "format_percent",
    "format_period",
    "format_range",
    "format_sentences",
    "format_significant",
    "language",
    "one_of",
    "said",
    "tied",
    "told",
    "translator",
    "turning_sign",
    "within_line",
    "without_signs",
]

_MODULES = {
    "catalogue": ("Translator", "translator"),
    "formats": (*(name for name in __all__ if name.startswith("format_")), "tied", "within_line"),
    "languages": ("LANGUAGES", "Language", "language"),
    "signs": ("control_sign", "turning_sign", "without_signs"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(importlib.import_module(f"opencompact.language.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
