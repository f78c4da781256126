"""What is too easily guessed beside the common passwords: one of them, or anything short, said again and again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from opencompact.language import N_, translator

_EASY = N_("This password says one short thing again and again: write something longer that does not repeat itself.")
# So few different signs make no password, however long.
_FEWEST = 5


class RepeatedPasswordValidator:
    """Refuses a password that repeats one thing, a common one with digits or signs around it, or a handful of signs."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for such a password."""
        plain = password.strip().casefold()
        heart = plain.strip("0123456789!.,-_*#+ ")
        # What repeats itself stands in itself, doubled, before its own end.
        repeats = any(text and text in (text + text)[1:-1] for text in (plain, heart))
        if repeats or heart in self.common or len(set(plain)) < _FEWEST:
            raise ValidationError(translator(_language(), "public")(_EASY), code="password_repeats")

    def get_help_text(self) -> str:
        return translator(_language(), "public")(_EASY)


def _language() -> str:
    from django.utils.translation import get_language

    return (get_language() or "en")[:2]
