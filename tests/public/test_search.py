"""Searching: common words among the newest first, rare ones everywhere; stems as they stand or as beginnings."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from opencompact.public.search import query


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("remittances", "'~remit'"),  # cut to five letters: the index holds it so
        ("boats", "'~boat':*"),  # shorter: boating is found too
        ("移民", "'~移民'"),
        ("20251", "'~20251':*"),  # numbers are not cut
        ("10.c.1", "'10.c.1'"),
        ("المهاجرين", "'~مهاجر'"),
    ],
)
def test_how_a_word_is_asked_for(asked: str, expected: str) -> None:
    assert query(asked) == expected


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest five instead of the newest 20,000; the best two instead of the best 1,000."""
    from opencompact.public import listing

    monkeypatch.setattr(listing, "WINDOW", 5)
    monkeypatch.setattr(listing, "RANKED", 2)


def _found(words: str) -> Any:
    from opencompact.public.listing import Filters, page_of

    return page_of(Filters(q=words), 1, datetime.date(2026, 1, 1))


def _days_apart() -> None:
    from django.utils import timezone

    from opencompact.public.models import Record

    for days, record in enumerate(Record.objects.order_by("identifier")):
        Record.objects.filter(pk=record.pk).update(changed=timezone.now() - datetime.timedelta(days=days))


def test_a_rare_word_in_an_old_action_is_found_all_the_same(client: Any, narrow: None) -> None:
    from opencompact.public.models import Record

    _days_apart()
    oldest = Record.objects.filter(stage="published").order_by("changed").first()
    assert oldest is not None
    found = _found(oldest.title)
    assert oldest.identifier in [record.identifier for record in found.records]


def test_what_a_common_word_finds_is_not_counted_beyond_what_is_ranked(client: Any, narrow: None) -> None:
    _days_apart()
    found = _found("the")
    assert found.more
    assert found.total == len(found.records) == 2


def test_words_and_a_kind_are_both_asked_for(client: Any) -> None:
    from opencompact.public.listing import Filters, page_of

    found = page_of(Filters(q="orsela", kind="plan"), 1, datetime.date(2026, 1, 1))
    assert [record.identifier for record in found.records] == ["synthetic-plan-orsela"]
