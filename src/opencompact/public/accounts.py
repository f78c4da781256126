"""Accounts: nobody signs up, people are invited; an invitation is a link at which a password is set, once."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from opencompact.language import N_, translator
from opencompact.public.models import Person

WELCOMED = "welcomed"
"""Where a session keeps the address of whoever just set a password."""


class ClosedSignUp(DefaultAccountAdapter):
    """An administrator invites; the page for signing up stays closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Who signed in with the password minutes ago is not asked for it again."""
        records = get_authentication_records(self.request, self.request.user)
        if any(time.time() - one["at"] < REAUTHENTICATION_TIMEOUT for one in records if one["method"] == "password"):
            return False
        return bool(super().is_reauthentication_required(app=app, **options))


class SignIn(LoginForm):
    """The form to sign in with: in our words, and with the address filled in of whoever just set a password."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        code = getattr(self.request, "code", "en")
        self.fields["login"].label = translator(code, "public")(N_("E-mail address"))
        self.initial.setdefault("login", self.request.session.get(WELCOMED, ""))


class SealedFactors(DefaultMFAAdapter):
    """The secrets of authenticator apps lie in the database under the service's own secret, not in the clear."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Set up before there was a seal, or under another secret: then no code will fit.
            return encrypted_text


def _seal() -> Fernet:
    digest = hashlib.sha256(b"opencompact second factors " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def invitation(person: Person) -> str:
    """The path, without language, at which that person sets a password: good for three days and for one use."""
    key = urlsafe_base64_encode(str(person.pk).encode())
    return f"welcome/{key}/{default_token_generator.make_token(person)}/"


def invited(key: str, token: str) -> Person | None:
    """The person of an invitation, None where it is spent, old or made up."""
    try:
        person = Person.objects.get(pk=force_str(urlsafe_base64_decode(key)))
    except (Person.DoesNotExist, ValueError, OverflowError):
        return None
    return person if default_token_generator.check_token(person, token) else None
