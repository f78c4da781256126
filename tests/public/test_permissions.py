"""Every address by every role: who gets in is written down here, and an address that is not written down fails."""

from typing import Any

import pytest

ROLES = (
    "visitor",
    "nobody",
    "contributor",
    "focal-point",
    "other-focal-point",
    "reviewer",
    "editor",
    "auditor",
    "administrator",
)
PUBLISHED, PRACTICE, DRAFT = "synthetic-pledge-births", "synthetic-practice-desk", "matrix-draft"

# address → (method, who gets in). The rest are sent to the page for signing in (302), refused (403) or told nothing (404).
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"visitor"}
WRITERS = frozenset({"contributor", "focal-point", "other-focal-point", "editor"})
FOCAL = frozenset({"focal-point"})
READERS = frozenset({"editor", "auditor"})
MATRIX: dict[str, tuple[str, frozenset[str]]] = {
    "reviews": ("/en/reviews/", EVERYONE), "recommendations": ("/en/recommendations/", EVERYONE),
    "home": ("/en/", EVERYONE), "follow-up": ("/en/follow-up/", EVERYONE), "actions": ("/en/actions/", EVERYONE),
    "action": (f"/en/actions/{DRAFT}/", frozenset({"contributor", "focal-point", "editor", "auditor"})),
    "history": (f"/en/actions/{DRAFT}/history/", frozenset({"contributor", "focal-point", "editor", "auditor"})),
    "version": (f"/en/actions/{DRAFT}/history/1/", frozenset({"contributor", "focal-point", "editor", "auditor"})),
    "objective": ("/en/objectives/8/", EVERYONE), "indicator": ("/en/indicators/10.7.3/", EVERYONE), "round-table": ("/en/round-tables/1/", EVERYONE),
    "areas": ("/en/areas/", EVERYONE), "area": ("/en/areas/QMA/", EVERYONE),
    "area-follow-up": ("/en/areas/QMA/follow-up/", EVERYONE),
    "area-objective": ("/en/areas/QMA/objectives/8/", EVERYONE), "stakeholders": ("/en/stakeholders/", EVERYONE),
    "stakeholder": ("/en/stakeholders/media/", EVERYONE), "texts": ("/en/texts/", EVERYONE),
    "text": ("/en/texts/A/1/en/", frozenset()), "search": ("/en/search/", EVERYONE), "exchange": ("/en/exchange/", EVERYONE),
    "about": ("/en/about/", EVERYONE), "template": ("/en/templates/plan.xlsx", EVERYONE), "workbook": ("/en/actions.xlsx?kind=plan", EVERYONE),
    "choose-language": ("/", frozenset()), "health": ("/health/", EVERYONE), "identifier": (f"/id/{PUBLISHED}/", frozenset()),
    "feed": ("/actions.atom", EVERYONE), "export": ("/actions.csv", EVERYONE), "schema": ("/schemas/actions.json", EVERYONE),
    "country-review": ("/reviews/QMA/", frozenset()), "review-file": ("/reviews/QMA/x.html", frozenset()),
    "desk": ("/en/desk/", SIGNED_IN), "new": ("/en/desk/new/pledge/", WRITERS),
    "import": ("/en/desk/import/", frozenset({"focal-point", "other-focal-point", "editor"})),
    "desk-action": (f"/en/desk/actions/{DRAFT}/", frozenset()),
    "edit": (f"/en/desk/actions/{DRAFT}/edit/", frozenset({"contributor", "focal-point", "editor"})),
    "report": (f"/en/desk/actions/{DRAFT}/progress/", frozenset({"contributor", "focal-point", "editor"})),
    "take-report-back": (f"POST /en/desk/actions/{PUBLISHED}/progress/0/take-back/", frozenset({"editor"})),
    "propose": (f"/en/desk/actions/{PUBLISHED}/propose/", frozenset()),
    "proposal": ("/en/desk/proposals/1/", frozenset()), "take-proposal": ("POST /en/desk/proposals/1/take/", frozenset()),
    "refuse-proposal": ("POST /en/desk/proposals/1/refuse/", frozenset()),
    "submit": (f"POST /en/desk/actions/{PUBLISHED}/submit/", frozenset({"focal-point", "editor"})),
    "judge": (f"/en/desk/actions/{DRAFT}/judge/", frozenset({"editor", "auditor"})),
    "ask": (f"POST /en/desk/actions/{DRAFT}/ask/", frozenset({"editor"})),
    "publish": (f"POST /en/desk/actions/{DRAFT}/publish/", frozenset({"editor"})),
    "give-back": (f"POST /en/desk/actions/{DRAFT}/give-back/", frozenset({"editor"})),
    "withdraw": (f"POST /en/desk/actions/{DRAFT}/withdraw/", frozenset({"editor"})),
    "new-version": (f"POST /en/desk/actions/{PRACTICE}/new-version/", frozenset({"focal-point", "editor"})),
    "take-up": (f"POST /en/desk/actions/{PUBLISHED}/take-up/", frozenset()),
    "built": ("/en/desk/areas/QMA/built/", frozenset()), "built-file": ("/en/desk/areas/QMA/built/x.html", frozenset()),
    "review": (f"/en/desk/actions/{DRAFT}/review/", frozenset()),
    "prepare": ("/en/desk/areas/QMA/", FOCAL | READERS), "own-words": ("/en/desk/areas/QMA/objectives/8/", FOCAL | READERS),
    "build": ("POST /en/desk/areas/QMA/build/", FOCAL), "sign-off": ("POST /en/desk/areas/QMA/sign/", FOCAL),
    "take-back": ("POST /en/desk/areas/QMA/take-back/", FOCAL),
    "people": ("/en/desk/people/", frozenset({"administrator"})), "grant": ("POST /en/desk/people/1/grant/", frozenset({"administrator"})),
    "renew": ("POST /en/desk/people/1/renew/", frozenset({"administrator"})), "revoke": ("POST /en/desk/grants/1/revoke/", frozenset({"administrator"})),
    "audit": ("/en/desk/audit/", frozenset({"auditor"})), "welcome": ("/en/welcome/MQ/x/", frozenset()),
}  # fmt: skip
# What lets someone in and then answers with something other than a page: a redirect after a deed, nothing to do it to.
AFTER_A_DEED = {200, 302, 400, 404, 422}


def test_every_address_is_in_the_matrix(service: Any) -> None:
    from django.urls import get_resolver

    names = set()

    def walk(resolver: Any) -> None:
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern)
            elif pattern.name:
                names.add(pattern.name)

    walk(get_resolver())
    foreign = {name for name in names if name.startswith(("account_", "mfa_", "api-", "openapi"))}
    foreign |= {"list_actions", "one_action", "versions", "objectives", "one_objective", "one_area", "recommendations"}
    assert names - foreign - set(MATRIX) <= {"search"}


@pytest.fixture
def browsers(signed_in: Any, client: Any) -> dict[str, Any]:
    from opencompact import actions
    from opencompact.public import writing

    found = {role: signed_in(role) for role in ("contributor", "reviewer", "editor", "auditor", "administrator")}
    found |= {"nobody": signed_in(), "visitor": client, "focal-point": signed_in("focal-point", "QMA")}
    found["other-focal-point"] = signed_in("focal-point", "QMB", email="other@example.org")
    action = actions.Pledge(
        id=DRAFT, title="A draft", language="en", objectives=(8,), areas=("QMA",), contact="secret@example.org"
    )
    writing.create(by=found["contributor"].person, action=action)
    return found


@pytest.mark.parametrize("name", MATRIX)
def test_who_gets_in(browsers: dict[str, Any], name: str) -> None:
    address, allowed = MATRIX[name]
    method, _, path = address.rpartition(" ")
    for role in ROLES:
        browser = browsers[role]
        response = browser.post(path) if method == "POST" else browser.get(path)
        status = response.status_code
        asked_to_sign_in = status == 302 and "/account/login/" in response.headers["Location"]
        if role in allowed:
            assert not asked_to_sign_in, role
            assert status in (AFTER_A_DEED if method == "POST" else {200}), (role, status)
        else:
            assert asked_to_sign_in or status in (302, 403, 404), (role, status)
            assert status != 302 or asked_to_sign_in or name in ("choose-language", "identifier", "desk-action"), (
                role,
                status,
            )


def test_contacts_are_for_those_who_write_it_and_those_who_read_everything(browsers: dict[str, Any]) -> None:
    from opencompact.public.models import Record

    Record.objects.filter(identifier=DRAFT).update(stage="published")
    seen = {
        role for role in ROLES if "secret@example.org" in browsers[role].get(f"/en/actions/{DRAFT}/").content.decode()
    }
    assert seen == {"contributor", "focal-point", "editor", "auditor"}, "the contributor is its author"


def test_staff_get_nowhere_without_a_second_factor(signed_in: Any) -> None:
    from allauth.mfa.models import Authenticator

    editor = signed_in("editor")
    Authenticator.objects.filter(user=editor.person).delete()
    response = editor.get("/en/desk/")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/account/2fa/")
    assert editor.get("/en/actions/").status_code == 302


def test_a_role_of_one_area_is_none_in_another(signed_in: Any) -> None:
    focal = signed_in("focal-point", "QMA")
    assert focal.get("/en/desk/actions/synthetic-pledge-births/edit/").status_code == 200
    assert focal.get("/en/desk/actions/synthetic-pledge-rescue/edit/").status_code == 403


def test_an_account_that_was_closed_may_do_nothing(signed_in: Any) -> None:
    editor = signed_in("editor")
    editor.person.is_active = False
    editor.person.save()
    assert editor.get("/en/desk/").status_code == 302


def test_an_invitation_works_once_and_asks_for_a_second_factor(person: Any, client: Any) -> None:
    from opencompact.public.accounts import invitation

    invited = person("", email="new@example.org")
    link = f"/en/{invitation(invited)}"
    assert client.get(link).status_code == 200
    password = "a long and quiet sentence"
    assert client.post(link, {"password": "short", "again": "short"}).status_code == 422
    assert client.post(link, {"password": password, "again": "other than that one"}).status_code == 422
    assert client.post(link, {"password": password, "again": password}).status_code == 302
    assert client.get(link).status_code == 404
    signed = client.post("/en/account/login/", {"login": "new@example.org", "password": password})
    assert (signed.status_code, signed.headers["Location"]) == (302, "/en/desk/")


def test_staff_sign_in_with_a_password_and_a_code(person: Any, client: Any) -> None:
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    auditor = person("auditor")
    auditor.set_password("a long and quiet sentence")
    auditor.save()
    signed = client.post("/en/account/login/", {"login": auditor.email, "password": "a long and quiet sentence"})
    assert signed.headers["Location"].startswith("/en/account/2fa/authenticate/")
    assert client.get("/en/desk/audit/").status_code == 302
    wrong = client.post("/en/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    if time.time() % 30 > 20:
        time.sleep(11)  # a code that runs out on its way is refused
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))
    right = client.post("/en/account/2fa/authenticate/", {"code": code})
    assert right.status_code == 302, right.content.decode()
    assert client.get("/en/desk/audit/").status_code == 200


def test_signing_in_is_throttled(person: Any, client: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    person("", email="victim@example.org")
    codes = []
    for _ in range(8):
        response = client.post("/en/account/login/", {"login": "victim@example.org", "password": "wrong wrong wrong"})
        codes.append("Too many" in response.content.decode() or response.status_code == 429)
    cache.clear()
    assert codes[0] is False
    assert codes[-1] is True


def test_nobody_can_sign_up(client: Any) -> None:
    assert client.get("/en/account/signup/").status_code == 404


def test_forms_of_other_sites_are_refused(person: Any, service: Any) -> None:
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person("contributor"), "allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post("/en/desk/new/pledge/", {"title": "Forged"}).status_code == 403


def test_roles_say_their_policy_in_words() -> None:
    from opencompact.public.roles import ROLES as roles

    assert all(len(role.policy) > 30 and role.permissions for role in roles.values())
    assert not roles["editor"].permissions & {"review", "people"}
    assert roles["auditor"].permissions == {"read-all", "audit"}


def test_secrets_of_authenticator_apps_are_sealed_in_the_database(service: Any) -> None:
    from allauth.mfa.adapter import get_adapter

    sealed = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert get_adapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    assert get_adapter().decrypt(sealed[:-4] + "AAA=") != "JBSWY3DPEHPK3PXP"
