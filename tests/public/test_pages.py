"""Every page that anyone may read, in every language."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from opencompact import actions

PAGES = [
    "", "follow-up/", "actions/", "actions/?kind=pledge&objective=8&flag=overdue", "actions/?area=QMA&state=done&page=9",
    "actions/synthetic-pledge-births/", "actions/synthetic-plan-orsela/", "actions/synthetic-request-data/",
    "actions/synthetic-pledge-births/history/", "actions/synthetic-pledge-births/history/1/", "objectives/8/", "indicators/10.7.3/", "indicators/10.7.3/?area=QMA",
    "round-tables/2/", "areas/", "areas/QMA/", "areas/QMA/objectives/8/", "areas/QMA/follow-up/", "stakeholders/", "stakeholders/local-authorities/",
    "reviews/", "recommendations/", "actions/synthetic-review-inner-sea/", "actions/synthetic-forum/", "actions/synthetic-statement-orsela/",
    "texts/", "search/", "search/?q=boats", "exchange/", "about/", "account/login/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_there_in_six_languages(client: Any, page: str) -> None:
    for code, direction in (("en", "ltr"), ("ar", "rtl"), ("zh", "ltr"), ("es", "ltr"), ("fr", "ltr"), ("ru", "ltr")):
        response = client.get(f"/{code}/{page}")
        assert response.status_code == 200, page
        html = response.content.decode()
        assert f'<html lang="{code}" dir="{direction}">' in html
        assert response.headers["Content-Language"] == code
        assert "made up" in html or code != "en"


def test_the_first_address_follows_the_browsers_language(client: Any) -> None:
    assert client.get("/", headers={"accept-language": "ar-EG,en;q=0.5"}).headers["Location"] == "/ar/"
    assert client.get("/", headers={"accept-language": "de"}).headers["Location"] == "/en/"
    assert client.get("/id/synthetic-pledge-births/").headers["Location"] == "/en/actions/synthetic-pledge-births/"


@pytest.mark.parametrize(
    "path",
    [
        "/en/actions/nothing/",
        "/en/objectives/24/",
        "/en/areas/ZZZ/",
        "/en/texts/A/99/1/en/",
        "/de/",
        "/reviews/QMA/",
        "/reviews/QMA/../../etc/passwd",
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(client: Any, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_runs_nothing_that_is_not_its_own(client: Any) -> None:
    response = client.get("/en/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    html = response.content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert " style=" not in html
    assert re.findall(r"\son\w+=", html) == []
    assert response.headers["X-Frame-Options"] == "DENY"


def test_markup_in_a_title_is_text(client: Any, signed_in: Any) -> None:
    from opencompact.public import writing
    from opencompact.public.models import Record

    title = '<script>alert(1)</script>"><img src=x>'
    author = signed_in("contributor")
    action = actions.Pledge(id="markup", title=title, language="en", objectives=(8,), description=title)
    writing.create(by=author.person, action=action)
    Record.objects.filter(identifier="markup").update(stage="published")
    for page in ("/en/actions/markup/", "/en/actions/", "/ar/objectives/8/"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert "&lt;script&gt;" in client.get("/en/actions/markup/").content.decode()


def test_a_visitor_follows_what_was_asked_down_to_what_was_done(client: Any) -> None:
    start = client.get("/en/follow-up/").content.decode()
    link = re.search(r'href="(/en/actions/\?kind=follow-up)"', start)
    assert link is not None
    listed = client.get(link[1]).content.decode()
    assert "/en/actions/synthetic-missing-2a/" in listed
    shown = client.get("/en/actions/synthetic-missing-2a/").content.decode()
    assert "Nine of fourteen mortuaries report." in shown
    assert "9 mortuaries of 14" in shown


def test_the_lists_of_an_area_say_what_nobody_reports_on(client: Any) -> None:
    html = client.get("/en/areas/QMA/").content.decode()
    assert html.count("nothing reported") == 23


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("boats", "synthetic-pledge-rescue"),
        ("语言 权利", "synthetic-pledge-zh"),
        ("مركز العائدين", "synthetic-pledge-ar"),
        ("مَرْكَز", "synthetic-pledge-ar"),
        ("mortuary", "synthetic-missing-2a"),
        ("Orsela census", "synthetic-plan-orsela-census"),
        ("16.9.1", "synthetic-pledge-births"),
    ],
)
def test_search_finds_in_any_script(client: Any, query: str, expected: str) -> None:
    response = client.get("/en/search/", {"q": query})
    assert f"/en/actions/{expected}/" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["", "'", "!!", "a & b | c:*", "\\", "<->", "%", "(", "'; DROP TABLE public_record; --", "\x00", "x" * 5000],
)
def test_no_query_breaks_the_search(client: Any, query: str) -> None:
    assert client.get("/en/search/", {"q": query}).status_code == 200
    assert client.get("/en/actions/", {"q": query.replace("\x00", ""), "page": query}).status_code == 200
    answered = client.get("/en/actions/", {"q": query, "area": query, "objective": query, "page": query})
    assert answered.status_code == (400 if query else 200)


@pytest.mark.parametrize(
    ("code", "words"), [("en", "objective 20"), ("zh", "目标20"), ("fr", "Objectif 20"), ("en", "20")]
)
def test_an_objective_is_found_by_its_number(client: Any, code: str, words: str) -> None:
    assert f'href="/{code}/objectives/20/"' in client.get(f"/{code}/search/", {"q": words}).content.decode()


def test_a_search_that_finds_nothing_says_so(client: Any) -> None:
    assert "Nothing was found for “qqqzzz”" in client.get("/en/search/?q=qqqzzz").content.decode()


@pytest.mark.parametrize(("code", "word"), [("en", "remittance costs"), ("zh", "汇款"), ("fr", "10.c.1")])
def test_indicators_are_found_by_name_and_code(client: Any, code: str, word: str) -> None:
    html = client.get(f"/{code}/search/", {"q": word}).content.decode()
    assert "<bdi>10.c.1</bdi>" in html


def test_exports_hold_what_is_listed_and_nothing_private(client: Any) -> None:
    from opencompact.actions.sample import sample_actions
    from opencompact.public.models import Record
    from opencompact.public.writing import today

    record = Record.objects.get(identifier="synthetic-pledge-births")
    record.document = record.document | {"contact": "secret@example.org"}
    record.save()
    text = b"".join(client.get("/actions.csv?kind=pledge").streaming_content).decode()
    assert "synthetic-pledge-births" in text
    assert "synthetic-plan" not in text
    content = json.loads(b"".join(client.get("/actions.json").streaming_content))
    assert len(content["actions"]) == len(sample_actions(today()))
    for body in (
        text,
        json.dumps(content),
        client.get("/api/v1/actions/synthetic-pledge-births").content.decode(),
        client.get("/en/actions/synthetic-pledge-births/").content.decode(),
    ):
        assert "secret@example.org" not in body
    assert client.get("/actions.atom").content.startswith(b"<?xml")
    assert client.get("/en/actions.xlsx?kind=pledge").content.startswith(b"PK")
    assert client.get("/en/templates/practice.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    "path",
    [
        "/actions.csv?area=Atlantis",
        "/actions.json?objective=99",
        "/actions.csv?kind=bogus",
        "/actions.atom?area=Atlantis",
        "/actions.csv?aera=QMA",
        "/actions.json?provision=zzz",
        "/en/actions.xlsx?kind=pledge&stat=done",
    ],
)
def test_a_file_is_not_everything_where_its_filter_means_nothing(client: Any, path: str) -> None:
    refused = client.get(path)
    assert refused.status_code == 400
    assert "filter" in refused.content.decode()


def test_a_list_asked_for_by_a_slip_is_empty_and_says_so(client: Any) -> None:
    for query in ("aera=QMA", "provision=zzz", "kind=bogus"):
        refused = client.get(f"/en/actions/?{query}")
        assert refused.status_code == 400
        assert query.replace("=", ": ") in re.sub("<[^>]+>", "", refused.content.decode())
        assert 'class="records"' not in refused.content.decode()
        assert client.get(f"/en/actions/?{query}", headers={"HX-Request": "true"}).status_code == 200


def test_another_language_asks_the_same(client: Any) -> None:
    page = client.get("/en/actions/?kind=pledge&objective=15").content.decode()
    assert 'href="/ar/actions/?kind=pledge&amp;objective=15"' in page


def test_the_story_of_an_action_names_fields_as_its_form_does(client: Any, person: Any) -> None:
    from opencompact.public import writing
    from opencompact.public.models import Record

    record = Record.objects.get(identifier="synthetic-pledge-births")
    action = replace(record.action, objectives=(4,))
    writing.save(by=person("editor"), record=record, action=action, expected=record.version, reason="One objective.")
    page = client.get("/ar/actions/synthetic-pledge-births/history/").content.decode()
    assert "كما سُجل أول مرة" in page, "the first version changes nothing"
    assert re.search(r"<bdi>[^<]*stakeholder[^<]*</bdi>", page) is None
    assert "الأهداف" in page


def _exported(client: Any, folder: Path, form: str) -> list[Path]:
    """The files of an export: one of CSV and of JSON, one a kind of XLSX."""
    if form != "xlsx":
        path = folder / f"all.{form}"
        path.write_bytes(b"".join(client.get(f"/actions.{form}").streaming_content))
        return [path]
    paths = {kind: folder / f"{kind}.xlsx" for kind in actions.KINDS}
    for kind, path in paths.items():
        path.write_bytes(client.get(f"/ar/actions.xlsx?kind={kind}").content)
    return list(paths.values())


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_what_is_exported_is_imported_without_a_change(client: Any, tmp_path: Path, form: str) -> None:
    from opencompact.public.importing import import_file

    results = [import_file(path=path, by="test") for path in _exported(client, tmp_path, form)]
    assert [(r.unchanged, r.faults) for r in results] == [(r.read, []) for r in results]
    assert sum(r.read for r in results) == 28


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_an_export_fills_a_fresh_service_with_the_same_actions(client: Any, tmp_path: Path, form: str) -> None:
    from opencompact.public.importing import import_file
    from opencompact.public.models import Record

    before = {record.identifier: record.action for record in Record.objects.all()}
    paths = _exported(client, tmp_path, form)
    Record.objects.all().delete()
    for path in paths:
        assert import_file(path=path, by="test").faults == []
    after = {record.identifier: record.action for record in Record.objects.all()}
    assert {action.kind for action in after.values()} == set(actions.KINDS)
    # Contacts leave the service in no export.
    assert after == {name: replace(action, contact="") for name, action in before.items()}


def test_a_service_of_real_countries_takes_nothing_of_the_sample(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from opencompact.public.importing import import_file

    (path,) = _exported(client, tmp_path, "csv")
    monkeypatch.setattr(settings, "SYNTHETIC", False)
    result = import_file(path=path, by="test")
    assert result.faulty == result.read
    assert "of the sample" in result.faults[0].problem


def test_the_service_says_that_it_is_well(client: Any) -> None:
    assert client.get("/health/").json()["ok"] is True


def test_a_country_without_actions_leads_to_what_the_indicators_say(client: Any) -> None:
    html = client.get("/en/areas/KEN/").content.decode()
    assert "each leads to what the indicators say" in html
    assert "<table" not in html, "no row of zeros"
    assert {f"/en/areas/KEN/objectives/{number}/" for number in range(1, 24)} <= set(
        re.findall(r'href="([^"]+)"', html)
    )


def test_objectives_with_something_on_record_are_rows_and_the_rest_links(client: Any) -> None:
    html = client.get("/en/areas/QMC/").content.decode()
    table, rest = re.search(r'id="objectives".*?<table(.*?)</table>.*?<ul class="rest">(.*?)</ul>', html, re.S).groups()  # type: ignore[union-attr]
    numbers = [set(map(int, re.findall(r"/en/areas/QMC/objectives/(\d+)/", part))) for part in (table, rest)]
    assert numbers[0] == {5, 6, 16, 17}
    assert numbers[0] | numbers[1] == set(range(1, 24))
    assert not numbers[0] & numbers[1]


def test_an_area_has_a_feed_of_its_own(client: Any) -> None:
    html = client.get("/en/areas/QMC/").content.decode()
    assert html.count('href="/actions.atom?area=QMC"') == 2, "for the reader, and for the feed reader"
    feed = client.get("/actions.atom?area=QMC").content.decode()
    assert "synthetic-pledge-zh" in feed
    assert "synthetic-plan-orsela" not in feed


@pytest.mark.parametrize(("code", "colon"), [("en", ": "), ("fr", "\u00a0: "), ("zh", "："), ("ar", ": ")])
def test_a_title_that_is_put_together_takes_the_colon_of_its_language(client: Any, code: str, colon: str) -> None:
    from opencompact import compact

    place, objective = compact.area("QMA").name(code), compact.objective(8).short(code)
    html = client.get(f"/{code}/areas/QMA/objectives/8/").content.decode()
    assert f"<h1>{place}{colon}8. {objective}</h1>" in html.replace("&#39;", "’")


def test_evidence_that_is_an_indicator_leads_to_it(client: Any) -> None:
    html = client.get("/en/actions/synthetic-pledge-births/").content.decode()
    progress = html.partition('id="progress"')[2].partition('id="details"')[0]
    assert '<a href="/en/indicators/16.9.1/">' in progress


def test_a_fault_of_several_areas_names_the_wrong_one_and_a_near_one(signed_in: Any) -> None:
    page = signed_in("contributor").post("/en/desk/new/pledge/", {"title": "A pledge", "areas": "KEN; Ugandaa"})
    fault = re.search(r'id="fault-areas">(.*?)</p>', page.content.decode(), re.S)
    assert fault is not None
    assert "“Ugandaa”" in fault[1]
    assert "Uganda" in fault[1].replace("“Ugandaa”", "")


def test_an_empty_search_says_what_to_try_and_each_finds_something(client: Any) -> None:
    for code in ("en", "ar", "zh", "es", "fr", "ru"):
        html = client.get(f"/{code}/search/").content.decode()
        tries = re.findall(r'<li>[^<]*<a href="(\?q=[^"]+)"', html)
        assert len(tries) == 4
        for address in tries[2:]:
            assert 'role="status"' not in client.get(f"/{code}/search/{address}").content.decode(), address


def test_one_row_is_told_as_one(signed_in: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    text = "id,kind,title,language,areas,objectives,stakeholder,by\none-row,pledge,One row alone,en,QMA,8,state,A ministry\n"
    told = signed_in("editor").post("/en/desk/import/", {"file": SimpleUploadedFile("one.csv", text.encode())})
    assert "1 row read: 1 new, 0 changed, 0 as it was." in told.content.decode()


def test_a_citation_in_arabic_is_read_from_the_right(client: Any) -> None:
    page = client.get("/ar/follow-up/").content.decode()
    assert page.count('<bdi dir="rtl">\u2066A/79/590\u2069') == 8


def test_a_deed_on_record_is_told_in_words() -> None:
    import ast
    from pathlib import Path

    import opencompact.public
    from opencompact.public.audit import DEEDS

    done = set()
    for path in Path(opencompact.public.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "verb" and isinstance(node.value, ast.Constant):
                done.add(node.value.value)
    assert {"create", "save", "grant"} <= done
    assert done <= set(DEEDS)


def test_an_area_that_only_an_earlier_sample_knew_does_not_break_the_list(client: Any) -> None:
    from opencompact.public.models import Record

    Record.objects.filter(identifier="synthetic-pledge-births").update(areas=["QZQ"])
    assert client.get("/en/areas/").status_code == 200


def test_an_action_leads_to_the_words_of_the_paragraph_that_it_cites(client: Any) -> None:
    from opencompact.public.models import Paragraph, Record

    place = {"symbol": "A/79/590", "place": "89", "number": "89.", "position": 1}
    Paragraph.objects.create(**place, language="zh", text="第八十九段的文字")
    record = Record.objects.filter(provisions__contains=["A/79/590#89"], stage="published").first()
    assert record is not None
    for page in (f"/en/actions/{record.identifier}/", "/en/actions/?provision=A/79/590%2389"):
        shown = client.get(page).content.decode()
        assert "/en/texts/A/79/590/zh/#p89" in shown
        assert "第八十九段的文字" in shown
    Paragraph.objects.create(**place, language="fr", text="Le texte du paragraphe")
    assert "/fr/texts/A/79/590/fr/#p89" in client.get(f"/fr/actions/{record.identifier}/").content.decode()
