"""A record serves the purpose it was given for, and goes to those whom its giver named; nothing opens a way to enforcement."""

import pytest

from opencompact.errors import InvalidDataError
from opencompact.missing.records.consent import IDENTIFY, PURPOSES, SEARCH, SHARE, STATISTICS, permits, read_consent
from opencompact.missing.records.record import Record


def record(*said: str) -> Record:
    return Record("a", "sought", consents=tuple(read_consent(text) for text in said))


def test_without_a_word_the_holder_searches_and_nobody_else_has_it() -> None:
    assert permits(record())
    assert permits(record(), IDENTIFY)
    assert not permits(record(), STATISTICS)
    assert not permits(record(), SEARCH, "Red Cross")


def test_a_no_is_a_no_and_a_yes_reaches_whom_it_names() -> None:
    assert not permits(record("no"))
    named = record("humanitarian search: all yes", "share: Red Cross yes", "share: Police no")
    assert permits(named, SHARE, "red cross")
    assert not permits(named, SHARE, "Police")
    assert not permits(named, SEARCH, "Police")
    assert permits(named, SEARCH, "Consulate")


def test_what_is_said_of_one_recipient_goes_before_what_is_said_of_all_and_a_no_before_a_yes() -> None:
    assert permits(record("share: all no", "share: Red Cross yes"), SHARE, "Red Cross")
    assert not permits(record("share: Red Cross yes", "share: Red Cross no"), SHARE, "Red Cross")


@pytest.mark.parametrize("purpose", ["immigration enforcement", "return", "police"])
def test_no_other_purpose_can_be_agreed_to_or_asked_for(purpose: str) -> None:
    assert purpose not in PURPOSES
    with pytest.raises(InvalidDataError):
        read_consent(f"{purpose}: all yes")
    with pytest.raises(InvalidDataError):
        permits(record(), purpose)
