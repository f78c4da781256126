"""Passwords that say one thing again and again are refused, sentences are not."""

from __future__ import annotations

import pytest

REFUSED = ["passwordpassword", "PasswordPassword", "abcabcabcabc", "aaaaaaaaaaaa", "abababababab1", "password123456", "qwertyqwerty!!", "121212121212"]  # fmt: skip


@pytest.mark.parametrize("password", REFUSED)
def test_what_repeats_itself_is_refused(service: object, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["correct horse battery staple", "a long and quiet sentence", "vier Boote im Hafen 7"]
)
def test_a_sentence_is_taken(service: object, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password

    validate_password(password)
