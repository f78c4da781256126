"""Reviews, the Forum, what is said there, the 26 recommendations: A/79/590, paragraphs 75 and 82 to 89, down to a country."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

REVIEW = "/en/actions/synthetic-review-inner-sea/"


def _page(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def test_the_forum_stands_first_then_regional_reviews(client: Any) -> None:
    page = _page(client, "/en/reviews/")
    assert page.index("International Migration Review Forum") < page.index("Regional review")
    assert "synthetic-review-inner-sea" in page


def test_a_review_shows_what_was_said_what_it_informs_and_its_countries(client: Any) -> None:
    page = _page(client, REVIEW)
    assert "synthetic-statement-orsela" in page
    assert "synthetic-statement-ansel" in page
    assert "Review Forum of the fictional world" in page
    assert {"QMA", "QMB", "QMC", "QMD", "QME"} <= set(re.findall(r"/en/areas/(\w+)/", page))


def test_the_forum_names_the_reviews_made_for_it(client: Any) -> None:
    page = _page(client, "/en/actions/synthetic-forum/")
    assert "Second regional review of the Inner Sea" in page


def test_what_was_said_is_not_counted_among_what_was_promised(client: Any) -> None:
    from opencompact.public.counting import counts_by
    from opencompact.public.listing import Filters
    from opencompact.public.models import Record
    from opencompact.public.writing import today

    counted = counts_by("all", Filters(), today())[""].total
    said = Record.objects.filter(stage="published", kind__in=["review", "statement"]).count()
    assert said == 4
    assert counted == Record.objects.filter(stage="published").count() - said


def test_a_statement_is_never_stale_and_has_no_stage(client: Any) -> None:
    assert "synthetic-statement" not in _page(client, "/en/actions/?flag=stale")
    page = _page(client, "/en/actions/?kind=statement")
    assert "synthetic-statement-orsela" in page
    assert "Done, without evidence" not in page.split('id="results"')[1].split("These actions as files")[0]


def test_every_recommendation_is_there_and_who_reports_is_named(client: Any) -> None:
    from opencompact import compact

    page = _page(client, "/en/recommendations/")
    for entry in compact.recommendations():
        assert f"<bdi>{entry.code}</bdi>" in page
    reported = dict(re.findall(r"<bdi>(\w\w)</bdi>[^<]*</dt><dd><ul><li>Orsela: <a href=\"/en/actions/([\w-]+)/", page))
    assert reported == {"1j": "synthetic-missing-1j", "2a": "synthetic-missing-2a", "2d": "synthetic-missing-2d"}


@pytest.mark.parametrize(("paragraph", "action"), [(82, "synthetic-practice-desk"), (83, "synthetic-plan-orsela"), (84, "synthetic-programme-coast"), (86, "synthetic-pledge-births"), (89, "synthetic-missing-2a")])  # fmt: skip
def test_what_one_country_did_stands_under_each_paragraph(client: Any, paragraph: int, action: str) -> None:
    page = _page(client, "/en/areas/QMA/follow-up/")
    (asked,) = re.findall(rf'id="p{paragraph}">(.*?)</dd>', page, re.S)
    assert f'href="/en/actions/{action}/"' in asked
    other = _page(client, "/en/areas/QMC/follow-up/")
    assert action not in other
    for link in {link.replace("&amp;", "&") for link in re.findall(r'href="(/en/[^"#]+)', asked)}:
        _page(client, link)


@pytest.mark.parametrize("paragraph", range(82, 90))
def test_each_paragraph_leads_to_what_a_country_did(client: Any, paragraph: int) -> None:
    """From what is asked, in at most two steps, to an action of Orsela."""
    page = _page(client, "/en/follow-up/")
    (asked,) = re.findall(rf"para\.\u00a0{paragraph}</bdi></dt>(.*?)</dd>", page, re.S)
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/en/[^"#]+)"', asked)]
    links = [link for link in links if "/texts/" not in link]
    seen = [_page(client, link) for link in links]
    further = [next_link for found in seen for next_link in re.findall(r'href="(/en/areas/QMA/[^"]*)"', found)]
    seen += [_page(client, link) for link in dict.fromkeys(further)]
    assert any("Orsela" in found and "/en/actions/synthetic-" in found for found in seen)


def test_the_bar_of_a_row_says_its_numbers_in_words(client: Any) -> None:
    page = _page(client, "/en/areas/QMA/")
    (label,) = re.findall(r'objectives/8/">8[^<]*</a></th><td>\s*<svg[^>]*aria-label="([^"]*)"', page)
    assert label.strip() == "Promised: 1; Under way: 3; Done, with evidence: 1"


@pytest.mark.usefixtures("db")
def test_actions_in_a_review_lead_to_their_pages_by_a_whole_address() -> None:
    from opencompact.public.country import told

    known = told("QMA")
    pledge = next(action for action in known.actions if action.id == "synthetic-pledge-births")
    assert known.address(pledge, "fr") == "http://127.0.0.1:8000/fr/actions/synthetic-pledge-births/"


def test_a_signed_review_leads_back_to_the_service_and_its_folders_to_their_first_page(
    client: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from django.conf import settings
    from django.utils import timezone

    from opencompact.public.country import folder_of
    from opencompact.public.models import CountryReview

    monkeypatch.setattr(settings, "STATE", str(tmp_path))
    CountryReview.objects.create(
        area="QMA", built=timezone.now(), edition=7, signed_edition=7, signed=timezone.now(), signed_by="x@example.org"
    )
    folder = folder_of("QMA", 7)
    (folder / "en").mkdir(parents=True)
    (folder / "index.html").write_text("<main><h1>Orsela</h1>\n</main>", "utf-8")
    (folder / "en" / "index.html").write_text("<main>At a glance</main>", "utf-8")

    def read(address: str) -> str:
        return b"".join(client.get(address, headers={"Accept-Language": "zh"}).streaming_content).decode()

    for address in ("/reviews/QMA/", "/reviews/QMA/index.html"):
        assert '<a href="/zh/areas/QMA/" lang="zh">奥尔塞拉：行动、指标、审查</a></p>\n</main>' in read(address)
    assert read("/reviews/QMA/en/") == read("/reviews/QMA/en/index.html") == "<main>At a glance</main>"
    assert client.get("/reviews/QMA/fr/").status_code == 404
