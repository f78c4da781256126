"""A search for a country finds its page and its actions, a search for a citation its paragraphs: on the page, in the API, in lists."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from opencompact import compact
from opencompact.public import asked_names
from opencompact.public.area_names import areas_found, code_asked, named

ORSELA = ["Orsela", "QMA", "أورسيلا", "اورسيلا", "奥尔塞拉", "Орсела"]


def _orselan() -> set[str]:
    from opencompact.public.models import Record

    rows = Record.objects.filter(stage="published", areas__contains=["QMA"])
    return set(rows.values_list("identifier", flat=True))


@pytest.mark.parametrize("q", ORSELA)
def test_a_country_is_found_by_its_code_and_in_any_language(client: Any, q: str) -> None:
    from opencompact.public.listing import Filters, page_of

    page = client.get("/en/search/", {"q": q}).content.decode()
    assert '<a href="/en/areas/QMA/">Orsela</a>' in page
    found = {record.identifier for record in page_of(Filters(q=q), 1, datetime.date(2026, 1, 1)).records}
    assert _orselan()
    assert _orselan() <= found
    answer = client.get("/api/v1/search", {"q": q}).json()
    assert answer["areas"][0]["code"] == "QMA"
    assert _orselan() <= {action["id"] for action in answer["actions"]["actions"]}


@pytest.mark.parametrize("q", [*ORSELA, "в Орселе"])
def test_a_list_takes_a_country_by_whatever_it_is_called(client: Any, q: str) -> None:
    listed = client.get("/api/v1/actions", {"area": q}).json()
    assert {action["id"] for action in listed["actions"]} == _orselan()
    assert client.get("/api/v1/actions", {"area": "Orsela births"}).status_code == 404
    assert (code_asked("8"), code_asked(""), code_asked("США и Мексика")) == ("ALB", "", "")


@pytest.mark.parametrize("q", ["Orsela", "в Орселе"])
def test_the_actions_of_the_country_come_before_those_that_only_name_it(client: Any, q: str) -> None:
    answer = client.get("/api/v1/search", {"q": q}).json()["actions"]["actions"]
    within = ["QMA" in action["areas"] for action in answer]
    assert within[0]
    assert within == sorted(within, reverse=True)


def test_words_beside_a_country_are_asked_for_too(client: Any) -> None:
    found = client.get("/api/v1/search", {"q": "奥尔塞拉 births"}).json()["actions"]["actions"]
    assert "synthetic-pledge-births" in [action["id"] for action in found]
    assert len(found) < len(_orselan())


@pytest.mark.parametrize(
    ("q", "codes", "rest"),
    [
        ("Cote d'Ivoire", ("CIV",), ""), ("children in Jordan", ("JOR",), "children"), ("墨西哥儿童", ("MEX",), "儿童"), ("الاردن", ("JOR",), ""),
        ("484", ("MEX",), ""), ("8", (), "8"), ("Georgia Chad", ("GEO", "TCD"), ""), ("South Sudan", ("SSD",), ""), ("missing migrants", (), "missing migrants"),
    ],
)  # fmt: skip
def test_what_a_search_names(q: str, codes: tuple[str, ...], rest: str) -> None:
    assert (named(q).codes, named(q).rest) == (codes, rest)


@pytest.mark.parametrize(
    ("q", "codes", "rest"),
    [
        ("в Мексике", ("MEX",), ""), ("дети в Мексике", ("MEX",), "дети"), ("из Южной Кореи в Китай", ("KOR", "CHN"), ""),
        ("о детях в Египте", ("EGY",), "детях"), ("в Соединенных Штатах Америки", ("USA",), ""), ("Маршалловых Островов", ("MHL",), ""),
        ("в Объединённых Арабских Эмиратах", ("ARE",), ""), ("Филиппинами", ("PHL",), ""), ("в Мали", ("MLI",), ""),
        ("малых предприятий", (), "малых предприятий"), ("в Корее", (), "в Корее"),
    ],
)  # fmt: skip
def test_a_country_is_found_in_every_case_of_russian(q: str, codes: tuple[str, ...], rest: str) -> None:
    assert (named(q).codes, named(q).rest) == (codes, rest)


@pytest.mark.parametrize(
    ("q", "codes", "rest"),
    [
        ("США", ("USA",), ""), ("из России", ("RUS",), ""), ("children in the United States", ("USA",), "children"), ("aux États-Unis", ("USA",), ""),
        ("在美国的墨西哥移民", ("MEX", "USA"), "移民"), ("墨西哥的儿童", ("MEX",), "儿童"), ("من سوريا إلى ألمانيا", ("SYR", "DEU"), ""),
        ("de México a Estados Unidos", ("MEX", "USA"), ""), ("Iran", ("IRN",), ""), ("Micronesia", ("057",), ""), ("Sudan", ("SDN",), ""),
    ],
)  # fmt: skip
def test_a_daily_name_is_a_name_and_what_leads_to_it_is_not_searched_for(q: str, codes: tuple[str, ...], rest: str) -> None:  # fmt: skip
    assert (named(q).codes, named(q).rest) == (codes, rest)


def test_a_daily_name_is_that_of_an_area_and_of_no_other() -> None:
    for name, code in asked_names._facts()["names"].items():
        assert named(name).codes == (code,), name


def test_no_case_of_russian_makes_one_name_of_two() -> None:
    """Every Russian name leads to its own area, whatever words share a case."""
    for area in compact.areas():
        assert named(area.name("ru")).codes == (area.code,), area.name("ru")


def test_a_word_of_several_names_leads_to_each_of_them() -> None:
    assert [area.code for area in areas_found("korea")] == ["KOR", "PRK"]


@pytest.fixture
def text(db: None) -> None:
    """Two texts of ninety paragraphs, one of them in two languages; each paragraph speaks of the number 82."""
    from opencompact.public.models import Paragraph

    for symbol, language in (("A/79/590", "zh"), ("A/79/590", "en"), ("A/72/643", "zh")):
        for position, place in enumerate([*map(str, range(1, 91)), "89.a", "annex.1.a"]):
            Paragraph.objects.create(symbol=symbol, place=place, language=language, position=position, text="82")


def _paragraphs(client: Any, q: str, code: str = "en") -> list[str]:
    page = client.get(f"/{code}/search/", {"q": q}).content.decode()
    return re.findall(rf'<p class="what"><a href="/{code}/texts/([^"]*#p[^"]*)"', page)


@pytest.mark.parametrize(
    "q", ["A/79/590, para. 82", "A/79/590，第82段", "A/79/590 ¶82", "A/79/590#82", "A/79/590، الفقرة 82"]
)
def test_a_citation_leads_to_its_paragraph(client: Any, text: None, q: str) -> None:
    assert _paragraphs(client, q) == ["A/79/590/en/#p82"]
    assert _paragraphs(client, q, "zh") == ["A/79/590/zh/#p82"]
    assert [each["place"] for each in client.get("/api/v1/search", {"q": q}).json()["provisions"]] == ["82"]


def test_a_range_gives_all_of_its_paragraphs_with_their_parts_in_order(client: Any, text: None) -> None:
    found = _paragraphs(client, "A/79/590 ¶82–89")
    assert found == [f"A/79/590/en/#p{place}" for place in ("82", "83", "84", "85", "86", "87", "88", "89", "89.a")]


def test_without_a_text_the_newest_comes_first(client: Any, text: None) -> None:
    assert _paragraphs(client, "第82段", "zh") == ["A/79/590/zh/#p82", "A/72/643/zh/#p82"]


def test_a_citation_finds_the_actions_that_name_the_paragraph(client: Any) -> None:
    from opencompact.public.models import Record

    record = Record.objects.filter(stage="published").exclude(provisions=[]).first()
    assert record is not None
    symbol, _hash, place = record.provisions[0].partition("#")
    answer = client.get("/api/v1/search", {"q": f"{symbol}, para. {place}"}).json()
    assert record.identifier in [action["id"] for action in answer["actions"]["actions"]]


REPEATED = "kind=pledge&kind=practice"


@pytest.mark.parametrize("address", ["/api/v1/actions", "/actions.csv", "/actions.json", "/actions.atom"])
def test_a_filter_that_is_given_twice_is_refused(client: Any, address: str) -> None:
    refused = client.get(f"{address}?{REPEATED}")
    assert refused.status_code in (400, 422)
    assert "kind" in refused.content.decode()
    assert "pledge, practice" in refused.content.decode()
    assert client.get(f"{address}?kind=pledge&kind=pledge").status_code == 200


def test_a_list_says_which_filter_was_given_twice(client: Any) -> None:
    page = client.get(f"/en/actions/?{REPEATED}")
    assert page.status_code == 400
    assert "<bdi>kind</bdi>: <bdi>pledge, practice</bdi>" in page.content.decode()


def test_a_list_without_a_hit_says_what_to_ask_without(client: Any) -> None:
    page = client.get("/en/actions/", {"kind": "pledge", "area": "MEX"}).content.decode()
    assert "No action on record answers all that is asked." in page
    assert '<a href="/en/actions/?area=MEX"><bdi>Pledges</bdi></a>' in page
    assert '<a href="/en/actions/?kind=pledge"><bdi>Mexico</bdi></a>' in page
    assert '<a href="/en/areas/MEX/">Mexico</a>' in page
    assert "0 actions" not in page
    assert "actions.csv?" not in page
