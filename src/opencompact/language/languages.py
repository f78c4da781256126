"""The six official languages of the United Nations and how each is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from opencompact.errors import UnknownCodeError
from opencompact.saying import said


@dataclass(frozen=True)
class Language:
    """A language of the interface: ISO 639-1 `code`, its own `name`, reading `direction`, CLDR `locale`."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    locale: str


LANGUAGES: dict[str, Language] = {
    entry.code: entry
    for entry in (
        Language("en", "English", "ltr", "en_GB"),
        Language("ar", "العربية", "rtl", "ar"),
        Language("zh", "中文", "ltr", "zh_Hans"),
        Language("es", "Español", "ltr", "es"),
        Language("fr", "Français", "ltr", "fr"),
        Language("ru", "Русский", "ltr", "ru"),
    )
}


def language(code: str) -> Language:
    """The language of that code.

    Raises UnknownCodeError for any other.
    """
    try:
        return LANGUAGES[code]
    except KeyError:
        raise UnknownCodeError(
            "This is not a language of OpenCompact.",
            value=code,
            remedy=said("Use one of: {choices}.", choices=", ".join(LANGUAGES)),
        ) from None
