"""What a process that answers reads before its first visitor: each kind of page, in each language, without a deed."""

from __future__ import annotations

from typing import Any

from opencompact.language import LANGUAGES


def test_every_page_that_is_asked_answers_and_nothing_is_done(service: Any) -> None:
    from opencompact.public.models import AuditEvent
    from opencompact.public.warming import addresses, warm
    from opencompact.public.wsgi import application

    answered: dict[str, str] = {}

    def noted(environ: dict[str, Any], start: Any) -> Any:
        def begin(status: str, headers: Any, failed: Any = None) -> Any:
            answered[environ["PATH_INFO"]] = status
            return start(status, headers, failed)

        return application(environ, begin)

    before = AuditEvent.objects.count()
    warm(noted)
    assert set(answered.values()) == {"200 OK"}
    assert {f"/{code}/{page}/" for code in LANGUAGES for page in ("actions", "search")} <= set(answered)
    assert len(answered) == len({address.partition("?")[0] for address in addresses()})
    assert AuditEvent.objects.count() == before


def test_a_worker_is_warm_before_it_answers(service: Any, monkeypatch: Any) -> None:
    import atexit

    from opencompact.public import serving, warming

    asked: list[str] = []
    monkeypatch.setattr(atexit, "register", lambda act: None)
    monkeypatch.setattr(warming, "warm", lambda application: asked.append(application.__class__.__name__))
    serving.load_application("opencompact.public.wsgi:application")
    assert asked == ["WSGIHandler"]
