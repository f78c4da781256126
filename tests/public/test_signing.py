"""A country's review: its own words, built beside the server, read by those who prepare it, public once signed, taken back with a reason."""

from __future__ import annotations

from typing import Any

import pytest

DESK = "/en/desk/areas/QMA/"
PUBLIC = "/reviews/QMA/"
FIRST, SECOND = "We counted, and we looked.", "We looked again."


class Desk:
    """The focal point's desk for a country, with reviews that hold nothing but its own words."""

    def __init__(self, focal: Any) -> None:
        self.focal = focal

    def write(self, text: str, version: int) -> Any:
        return self.focal.post(f"{DESK}objectives/8/", {"text": text, "version": str(version)})

    def build(self) -> str:
        """Builds the review as it stands, and gives its edition."""
        from opencompact.public import jobs
        from opencompact.public.models import CountryReview

        assert self.focal.post(f"{DESK}build/", {"languages": "en"}).status_code == 302
        assert jobs.work_once()
        return str(CountryReview.objects.get(area="QMA").edition)

    def sign(self, edition: str, read: str = "yes") -> None:
        self.focal.post(f"{DESK}sign/", {"edition": edition, "read": read})

    def take_back(self, because: str) -> None:
        self.focal.post(f"{DESK}take-back/", {"because": because})


def _read(browser: Any, address: str) -> str:
    return b"".join(browser.get(address).streaming_content).decode()


@pytest.fixture
def other(signed_in: Any) -> Any:
    """The focal point of another country."""
    return signed_in("focal-point", "QMB", "b@example.org")


@pytest.fixture
def desk(signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    from opencompact.public import country

    def only_words(area: str, languages: tuple[str, ...], edition: int, **more: Any) -> None:
        folder = country.folder_of(area, edition)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text("; ".join(text.text for text in country.texts_of(area).values()))

    monkeypatch.setattr(country, "build_review", only_words)
    found = Desk(signed_in("focal-point", "QMA"))
    assert found.write(FIRST, 0).status_code == 302
    return found


def test_a_review_holds_the_words_of_its_focal_point_alone(desk: Desk, other: Any) -> None:
    from opencompact.public import country

    assert other.get(DESK).status_code == 403
    assert desk.write("Late.", 0).status_code == 409, "somebody wrote it meanwhile"
    (texts,) = country.texts_of("QMA").values()
    assert texts.text == FIRST


def test_what_is_built_is_read_by_those_who_prepare_it_and_by_auditors(
    desk: Desk, other: Any, client: Any, signed_in: Any
) -> None:
    built, words = f"{DESK}built/", f"{DESK}objectives/8/"
    assert desk.focal.get(built).status_code == 404
    desk.build()
    assert client.get(PUBLIC).status_code == 404
    assert other.get(built).status_code == 403
    assert _read(desk.focal, built) == FIRST
    auditor = signed_in("auditor")
    assert DESK in auditor.get("/en/desk/").content.decode()
    assert _read(auditor, built) == FIRST
    assert FIRST in auditor.get(words).content.decode()
    for page in (words, DESK):
        assert '<form method="post"' not in auditor.get(page).content.decode().split("<main")[1], page
    assert auditor.post(words, {"text": "Not mine.", "version": "1"}).status_code == 403


def test_it_is_public_once_signed_and_stays_until_the_next_is_signed(desk: Desk, client: Any) -> None:
    from opencompact.public import country

    first = desk.build()
    desk.sign(first, read="")
    assert client.get(PUBLIC).status_code == 404, "who has not read it does not sign"
    desk.sign(first)
    assert _read(client, PUBLIC) == FIRST
    desk.write(SECOND, 1)
    assert _read(client, PUBLIC) == FIRST, "what was signed stays"
    second = desk.build()
    assert _read(client, PUBLIC) == FIRST
    assert _read(desk.focal, f"{DESK}built/") == SECOND
    desk.build()
    desk.sign(second)
    assert _read(client, PUBLIC) == FIRST, "what was built since was not read"
    assert not country.folder_of("QMA", int(second)).exists(), "an edition that nobody can read any more"


def test_what_does_not_say_what_is_written_now_is_not_signed(desk: Desk, client: Any) -> None:
    edition = desk.build()
    desk.write(SECOND, 1)
    page = desk.focal.get(DESK).content.decode()
    assert "Build it again, then sign it off." in page
    assert f'action="{DESK}sign/"' not in page
    desk.sign(edition)
    assert client.get(PUBLIC).status_code == 404
    desk.sign(desk.build())
    assert _read(client, PUBLIC) == SECOND


def test_a_signature_is_taken_back_with_a_reason_that_stands_where_it_was(desk: Desk, other: Any, client: Any) -> None:
    from opencompact.public.models import AuditEvent

    edition = desk.build()
    desk.sign(edition)
    assert other.post(f"{DESK}take-back/").status_code == 403
    desk.take_back(" ")
    assert client.get(PUBLIC).status_code == 200, "without a reason nothing is taken back"
    desk.take_back("A table was of another year.")
    gone = client.get(PUBLIC)
    assert gone.status_code == 410
    assert "A table was of another year." in gone.content.decode()
    assert client.get(f"{PUBLIC}orsela.pdf").status_code == 410
    assert AuditEvent.objects.filter(verb="take-back", subject="QMA").count() == 1
    desk.sign(edition)
    assert _read(client, PUBLIC) == FIRST
