"""What is a correction of wording: little of it, no number, nothing but texts."""

from dataclasses import replace

import pytest

from opencompact import actions
from opencompact.actions.model import Practice, Update

TEXT = "The city opened a desk for newcomers in 2021, and 1,900 people came in its first year. " * 20
WAS = "opened a desk for newcomers in 2021, and 1,900 people came in its first year"
CONTRARY = "refused a desk to newcomers in 2021, and 1,900 nobody came in no other year"
PRACTICE = Practice(
    id="a",
    title="A desk for newcomers",
    language="en",
    objectives=(8,),
    areas=("KEN",),
    results=TEXT,
    aim="在市政厅设立服务台",
)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "A desk for new-comers"},
        {"results": TEXT.replace("people came", "people  came", 3)},
        {"results": TEXT.replace("newcomers", "new comers", 1)},
        {"results": TEXT.replace("opened", "opend", 3)},
        {"aim": "在市政厅设立服务处"},
        {"contact": "someone@example.org"},
    ],
)
def test_a_slip_is_a_correction(changed: dict[str, str]) -> None:
    assert actions.is_correction(PRACTICE, replace(PRACTICE, **changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Something else that was done by another city"},
        {"results": TEXT.replace("1,900", "1,990", 1)},
        {"results": TEXT.replace("1,900", "many", 1)},
        # Letter by letter these are close; word by word they say the contrary.
        {"results": TEXT.replace(WAS, CONTRARY, 1)},
        {"results": TEXT.replace("opened", "closed", 4)},
        {"results": TEXT + "It was repeated in every other city of the country."},
        {"results": TEXT[: len(TEXT) // 2]},
        {"results": ""},
        {"lessons": "None."},
        {"areas": ("MEX",)},
        {"objectives": (9,)},
        {"language": "fr"},
        {"by": "A ministry"},
        {"reviewed": "Somebody, 2023"},
        {"links": ("https://example.org",)},
    ],
)
def test_whatever_says_something_else_is_none(changed: dict[str, object]) -> None:
    assert not actions.is_correction(PRACTICE, replace(PRACTICE, **changed))


def test_reports_and_contacts_are_no_content() -> None:
    import datetime

    told = actions.updated(PRACTICE, Update(datetime.date(2025, 5, 1), "under-way", "Applied."))
    assert actions.content_changes(PRACTICE, replace(told, contact="x@example.org")) == ()
    assert actions.content_changes(PRACTICE, replace(told, title="Another")) == ("title",)


def test_a_long_text_is_compared_in_reasonable_time() -> None:
    long = " ".join(f"word{n % 7}" for n in range(900))[:6000]
    assert not actions.is_correction(replace(PRACTICE, results=long), replace(PRACTICE, results=long[::-1]))
