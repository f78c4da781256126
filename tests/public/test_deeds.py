"""The record of deeds tells its details in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

DETAIL = {"read": 1, "new": 1, "changed": 0, "role": "reviewer", "area": "KEN", "publish": False, "fields": ["title"]}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "en",
            "Rows read: 1 · New rows: 1 · Changed rows: 0 · Role: Reviewer · Country or area: Kenya · Opinion: does not recommend publication · Fields: Title",
        ),
        ("zh", "读取的行：1 · 新增的行：1 · 更改的行：0"),
    ],
)
def test_details_are_told_in_the_language(db: None, code: str, expected: str) -> None:
    from opencompact.public.audit import details

    assert details(DETAIL, code).startswith(expected)
    assert "=" not in details(DETAIL, code)


def test_what_is_empty_says_nothing(db: None) -> None:
    from opencompact.public.audit import details

    assert details({"reason": "", "area": None, "fields": []}, "en") == ""


def test_every_detail_that_is_on_record_has_a_name(signed_in: Callable[..., Any]) -> None:
    from opencompact.public.audit import DETAILS, note
    from opencompact.public.models import AuditEvent

    auditor = signed_in("auditor")
    noted = {name for event in AuditEvent.objects.all() for name in event.detail}
    assert noted
    assert noted <= set(DETAILS)
    # Others may have filled the first page since the sample was imported.
    note(actor="test", verb="import", subject="a.csv", read=3)
    page = auditor.get("/zh/desk/audit/").content.decode()
    assert "read=" not in page
    assert "读取的行：" in page
