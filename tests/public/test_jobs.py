"""A review is built beside the server: its state is shown, a restart loses nothing, never two at once, errors are told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def focal(person: Callable[..., Any]) -> Any:
    return person("focal-point", "QMA")


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
    """Building stands in for the real thing, which has tests of its own; what was asked of it is kept."""
    from opencompact.public import country

    asked: list[tuple[str, tuple[str, ...]]] = []

    def build(area: str, languages: tuple[str, ...], **more: Any) -> None:
        more["progress"]("English")
        asked.append((area, languages))

    monkeypatch.setattr(country, "build_review", build)
    return asked


def _job() -> Any:
    from opencompact.public.models import Job

    return Job.objects.order_by("-id").first()


def test_asking_builds_nothing_while_the_page_waits(
    signed_in: Callable[..., Any], building: list[tuple[str, tuple[str, ...]]]
) -> None:
    browser = signed_in("focal-point", "QMA")
    assert browser.post("/en/desk/areas/QMA/build/", {"languages": ["en", "ar"]}).status_code == 302
    page = browser.get("/en/desk/areas/QMA/").content.decode()
    assert "waits to be built" in page
    assert "Build the review</button>" not in page
    assert building == []


def test_a_job_that_is_done_leaves_a_review_to_read_and_sign(
    focal: Any, building: list[tuple[str, tuple[str, ...]]]
) -> None:
    from opencompact.public import jobs, writing
    from opencompact.public.models import AuditEvent, CountryReview

    # Deeds stay for good, those of other tests too.
    before = list(AuditEvent.objects.values_list("id", flat=True))
    writing.ask_build(by=focal, area="QMA", languages=["en", "fr"])
    assert jobs.work_once()
    assert building == [("QMA", ("en", "fr"))]
    assert (_job().state, _job().attempts) == ("done", 1)
    review = CountryReview.objects.get(area="QMA")
    assert review.languages == ["en", "fr"]
    assert review.built == _job().began
    verbs = (
        AuditEvent.objects.filter(subject="QMA").exclude(id__in=before).order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["ask-review", "build-review"]
    assert not jobs.work_once(), "nothing is done twice"


def test_a_review_that_is_being_built_is_not_asked_for_again(
    focal: Any, signed_in: Callable[..., Any], building: list[tuple[str, tuple[str, ...]]]
) -> None:
    from opencompact.public import writing
    from opencompact.public.models import Job

    writing.ask_build(by=focal, area="QMA", languages=["en"])
    with pytest.raises(writing.NotReady):
        writing.ask_build(by=focal, area="QMA", languages=["fr"])
    browser = signed_in("focal-point", "QMA")
    answer = browser.post("/en/desk/areas/QMA/build/", {"languages": "en"}, follow=True)
    assert "being built already" in answer.content.decode()
    assert Job.objects.filter(area="QMA").count() == 1


def test_the_database_itself_refuses_a_second_open_job(focal: Any) -> None:
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    from opencompact.public import writing
    from opencompact.public.models import Job

    writing.ask_build(by=focal, area="QMA", languages=["en"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(area="QMA", languages=["en"], asked=timezone.now(), asked_by="x")


def test_an_interrupted_job_is_taken_up_again(focal: Any, building: list[tuple[str, tuple[str, ...]]]) -> None:
    from django.utils import timezone

    from opencompact.public import jobs, writing

    job = writing.ask_build(by=focal, area="QMA", languages=["en"])
    job.state, job.began, job.attempts = "running", timezone.now(), 1
    job.save()
    assert jobs.work_once()
    assert (_job().state, _job().attempts) == ("done", 2)


def test_a_job_interrupted_three_times_is_given_up_with_a_word(
    focal: Any, building: list[tuple[str, tuple[str, ...]]]
) -> None:
    from django.utils import timezone

    from opencompact.public import jobs, writing

    job = writing.ask_build(by=focal, area="QMA", languages=["en"])
    job.state, job.began, job.attempts = "running", timezone.now(), jobs.TRIES
    job.save()
    assert not jobs.work_once()
    assert building == []
    assert _job().state == "failed"
    assert "interrupted" in _job().problem


def test_a_fault_of_ours_is_told_with_its_remedy(focal: Any, signed_in: Callable[..., Any]) -> None:
    """The service of these tests has no tables: the real building says so."""
    from opencompact.public import jobs, writing

    writing.ask_build(by=focal, area="QMA", languages=["en"])
    assert jobs.work_once()
    page = signed_in("focal-point", "QMA").get("/en/desk/areas/QMA/").content.decode()
    assert "no tables to make a review of" in page
    assert "--workspace" in page
    assert "Build the review</button>" in page, "it can be asked for again"


def test_a_fault_that_nobody_foresaw_is_logged_and_told_without_its_inside(
    focal: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from opencompact.public import country, jobs, writing

    def build(*arguments: Any, **more: Any) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(country, "build_review", build)
    writing.ask_build(by=focal, area="QMA", languages=["en"])
    assert jobs.work_once()
    assert _job().state == "failed"
    assert "secret" not in _job().problem + _job().remedy
    assert "a secret detail" in caplog.text


@pytest.fixture
def committed(service: Path) -> Iterator[Any]:
    """A job that other connections see; it is taken away after the test."""
    from django.utils import timezone

    from opencompact.public.models import Job

    job = Job.objects.create(area="QMA", languages=["en"], asked=timezone.now(), asked_by="x@example.org")
    yield job
    job.delete()


def test_two_workers_never_build_the_same_review(committed: Any, building: list[tuple[str, tuple[str, ...]]]) -> None:
    from django.db import connection

    from opencompact.public import jobs

    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with jobs._held(committed.pk) as mine:
            assert mine
            held.set()
            done.wait(20)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(20)
        assert not jobs.work_once()
        assert building == []
    finally:
        done.set()
        other.join()


def test_a_process_that_ends_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    from opencompact.public import serving

    begun: list[str] = []

    class Ends:
        def __init__(self, *, target: Callable[[], None], **more: Any) -> None:
            self.target = target

        def start(self) -> None:
            begun.append(self.target.__name__)

        def join(self) -> None:
            if len(begun) == 3:
                raise KeyboardInterrupt

    def build_reviews() -> None: ...

    monkeypatch.setattr(serving.multiprocessing, "Process", Ends)
    with pytest.raises(KeyboardInterrupt):
        serving.keep_working(build_reviews, pause=0)
    assert begun == ["build_reviews"] * 3
