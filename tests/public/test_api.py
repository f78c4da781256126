"""The JSON API: what it says, that it keeps to its own description, that it is throttled."""

from typing import Any

import pytest


def test_lists_filters_and_wholes(client: Any) -> None:
    content = client.get("/api/v1/actions?objective=8&kind=pledge").json()
    assert content["total"] == 2
    assert {entry["id"] for entry in content["actions"]} == {"synthetic-pledge-rescue", "synthetic-pledge-fund"}
    assert all(entry["synthetic"] for entry in content["actions"])
    whole = client.get("/api/v1/actions/synthetic-pledge-rescue").json()
    assert (whole["state"], whole["overdue"], whole["measured"]) == ("under-way", True, True)
    assert whole["action"]["target"] == 2
    assert client.get("/api/v1/actions/synthetic-pledge-rescue/versions").json()[0]["number"] == 1
    assert client.get("/api/v1/objectives/8?language=ar").json()["actions"]["total"] == 7
    assert len(client.get("/api/v1/objectives").json()) == 23
    assert client.get("/api/v1/areas/qma").json()["objectives"]["8"]["total"] == 5
    assert client.get("/api/v1/search?q=语言").json()["actions"]["actions"][0]["id"] == "synthetic-pledge-zh"


def test_parts_of_a_review_and_who_reports_on_a_recommendation(client: Any) -> None:
    parts = client.get("/api/v1/actions?part_of=synthetic-review-inner-sea").json()["actions"]
    assert {part["id"] for part in parts} == {"synthetic-statement-orsela", "synthetic-statement-ansel"}
    known = {entry["code"]: entry for entry in client.get("/api/v1/recommendations?language=fr").json()}
    assert len(known) == 26
    assert known["2d"]["reported"] == [{"area": "QMA", "state": "evidenced", "identifier": "synthetic-missing-2d"}]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("actions/nothing", 404), ("actions?area=ATLANTIS", 404), ("areas/ATLANTIS", 404), ("objectives/24", 422),
        ("actions?kind=promise", 422), ("actions?page=0", 422), ("search", 422), ("actions/UPPER", 422), ("nope", 404), ("search?q=%00", 422),
        ("actions?bogus=1", 422), ("actions?stakeholder=bogus", 422), ("actions?provision=zzz", 422), ("objectives?lang=xx", 422),
        ("actions?q=%00", 422), ("actions/synthetic-pledge-rescue?x=1", 422),
    ],
)  # fmt: skip
def test_every_refusal_has_one_shape(client: Any, path: str, status: int) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status
    content = response.json()
    assert set(content) == {"error", "problem", "value", "remedy"}
    assert content["problem"]
    assert content["remedy"]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("actions/nothing", "لا يوجد إجراء كهذا."),
        ("nope", "لا شيء في هذا العنوان."),
        ("objectives/24", "number"),
        ("search", "q"),
    ],
)
def test_a_refusal_is_told_in_the_language_that_is_asked_for_and_its_keys_stay(
    client: Any, path: str, problem: str
) -> None:
    english = client.get(f"/api/v1/{path}").json()
    by_name = client.get(f"/api/v1/{path}?lang=ar")
    by_header = client.get(f"/api/v1/{path}", headers={"accept-language": "ar-EG,en;q=0.5"})
    assert by_name.json() == by_header.json()
    assert by_name["Content-Language"] == "ar"
    assert problem in by_name.json()["problem"]
    assert by_name.json()["problem"] != english["problem"]
    assert {name: by_name.json()[name] for name in ("error", "value")} == {
        name: english[name] for name in ("error", "value")
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [("actions?kind=promise", "promise"), ("objectives/24", "24"), ("actions?page=0", "0"), ("search", None)],
)
def test_a_refusal_tells_the_value_at_fault(client: Any, path: str, value: str | None) -> None:
    assert client.get(f"/api/v1/{path}").json()["value"] == value


def test_names_are_told_in_it_too(client: Any) -> None:
    assert client.get("/api/v1/objectives/8?lang=es").json() == client.get("/api/v1/objectives/8?language=es").json()
    assert client.get("/api/v1/objectives/8?lang=es").json() != client.get("/api/v1/objectives/8").json()


def test_nothing_can_be_written(client: Any) -> None:
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)("/api/v1/actions")
        assert (refused.status_code, refused.json()["error"]) == (405, "NotAllowed")
        assert refused["Allow"] == "GET, HEAD"


def test_a_head_is_answered_as_a_get_without_its_body(client: Any) -> None:
    answered = client.head("/api/v1/objectives")
    assert (answered.status_code, answered.content) == (200, b"")


def test_a_host_that_is_not_ours_is_refused_in_the_same_form_and_without_a_word_in_the_log(
    client: Any, caplog: Any
) -> None:
    refused = client.get("/api/v1/objectives", headers={"host": "evil.example"})
    assert (refused.status_code, refused.json()["error"]) == (400, "BadRequest")
    assert not caplog.records


def test_a_draft_is_not_in_the_api(client: Any, signed_in: Any) -> None:
    from opencompact import actions
    from opencompact.public import writing

    editor = signed_in("editor")
    writing.create(by=editor.person, action=actions.Pledge(id="draft", title="A draft", language="en", objectives=(8,)))
    assert editor.get("/api/v1/actions/draft").status_code == 404
    assert "draft" not in {entry["id"] for entry in editor.get("/api/v1/actions").json()["actions"]}


def test_too_many_questions_are_refused_for_a_while(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.cache import cache

    from opencompact.public.api import api

    cache.clear()
    (throttle,) = api.throttle
    monkeypatch.setattr(throttle, "num_requests", 3)
    answers = [client.get("/api/v1/objectives") for _ in range(5)]
    cache.clear()
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert set(answers[-1].json()) == {"error", "problem", "value", "remedy"}
    assert int(answers[-1]["Retry-After"]) >= 1


@pytest.mark.slow
@pytest.mark.hypothesis
def test_the_api_keeps_to_its_own_description(service: Any) -> None:
    """Schemathesis makes requests from the OpenAPI description, sound and unsound, and checks every answer against it."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings

    from opencompact.public.wsgi import application

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    # Its client for WSGI asks for packed answers and does not unpack them.
    asked, headers = 0, {"Host": "localhost", "Accept-Encoding": "identity"}
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=settings.default.max_examples // 6,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=headers)

        check()
    assert asked > 80
