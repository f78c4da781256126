"""Getting the service ready and serving it: the database, its tables, the look, the sample, texts, the first administrator."""

from __future__ import annotations

import atexit
import errno
import http.client
import importlib
import logging
import multiprocessing
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opencompact.errors import StoreError, UsageError
from opencompact.language import counted, said
from opencompact.tables import write_text
from opencompact.tables.refusals import absent, reason

# In the state folder: where people reach the service.
_SITE = "address"


@dataclass(frozen=True)
class Service:
    """What to serve: a state folder, tables, texts, files of actions, whether the sample; where to listen."""

    state: Path
    workspace: Path | None = None
    sample: bool = False
    texts: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()


@dataclass
class Ready:
    """What was made ready: the address of the database, what was loaded, an invitation for the first administrator and the
    address that they sign in with.

    `incomplete` are the rows of files that are kept as drafts, each with what it lacks.
    """

    database: str
    loaded: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    invitation: str = ""
    account: str = ""


def configure(service: Service, database: str) -> None:
    """Sets the environment that the settings read. What is set already stays."""
    local = service.host in ("127.0.0.1", "localhost", "::1")
    if not local and "OPENCOMPACT_HTTPS" not in os.environ:
        remedy = said(
            "Set OPENCOMPACT_HTTPS=yes and OPENCOMPACT_PROXIES=1 behind a proxy with a certificate: see 'opencompact manual service'."
        )
        raise UsageError("The service listens on a network only behind HTTPS.", value=service.host, remedy=remedy)
    names = ",".join(service.hosts or ("localhost", "127.0.0.1", "[::1]"))
    values = {
        "DJANGO_SETTINGS_MODULE": "opencompact.public.settings",
        "DATABASE_URL": database,
        "OPENCOMPACT_STATE": str(service.state),
        "OPENCOMPACT_SECRET": _secret(service.state),
        "OPENCOMPACT_HTTPS": "no" if local else "yes",
        "OPENCOMPACT_HOSTS": names,
        "OPENCOMPACT_SYNTHETIC": "yes" if service.sample else "no",
    } | ({"OPENCOMPACT_ADDRESS": f"http://{service.host}:{service.port}"} if local else {})
    if service.workspace is not None:
        values["OPENCOMPACT_WORKSPACE"] = str(service.workspace)
    for name, value in values.items():
        if f"{name}_FILE" not in os.environ:
            os.environ.setdefault(name, value)


def _secret(state: Path) -> str:
    """The secret of a state folder, made once, readable by its owner only."""
    path = state / "secret"
    if not path.is_file():
        state.mkdir(parents=True, exist_ok=True)
        write_text(path, secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text("utf-8")


def prepare(service: Service, database: str) -> Ready:
    """Makes everything ready; running it again changes nothing but what is new."""
    configure(service, database)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from opencompact.public import administering
    from opencompact.public.assets import write_assets
    from opencompact.public.database import assert_unicode
    from opencompact.public.holdings import make_ready
    from opencompact.public.remeasuring import remeasure
    from opencompact.public.turning import turn_all
    from opencompact.public.writing import today

    with connection.cursor() as cursor:
        assert_unicode(cursor)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    write_assets(service.state / "static")
    # For whoever recovers an administrator's account later, in a process of its own.
    write_text(service.state / _SITE, _site(service))
    ready = Ready(database)
    administrator, invitation = administering.first()
    if invitation:
        ready.invitation, ready.account = _address(service, invitation), administering.account_of(administrator)
    _load(service, ready, administrator)
    turn_all(today())
    remeasure(today())
    make_ready()
    connection.close()
    return ready


def _address(service: Service, path: str) -> str:
    return f"{_site(service)}en/{path}"


def _site(service: Service) -> str:
    """Where people reach the service: the address that it is given, or where it listens."""
    from django.conf import settings

    return f"{settings.ADDRESS or f'http://{service.host}:{service.port}'}/"


def assert_made(state: Path, embedded: Path, given: str | None) -> None:
    """Raises StoreError where no service was ever made in a folder: nothing is made there by a slip in its name."""
    if given is None and not (embedded.is_dir() and (state / "secret").is_file()):
        remedy = said("Give the --state that the service is started with.")
        raise StoreError("No service was made in this folder.", file=state, remedy=remedy)


@dataclass(frozen=True)
class Recovered:
    """A new invitation: for which account, at which address."""

    account: str
    invitation: str


def recover(service: Service, database: str, address: str) -> Recovered:
    """A new invitation for an administrator who lost the way in: the one of that address, or the only one where none is given.

    Raises UnknownCodeError where there is none at this address, or more than one to choose from.
    """
    known = service.state / _SITE
    if known.is_file():
        os.environ.setdefault("OPENCOMPACT_ADDRESS", known.read_text("utf-8").strip())
    configure(service, database)
    import django

    django.setup()
    from django.core.management import call_command

    from opencompact.public import administering

    call_command("migrate", verbosity=0, interactive=False)
    account, path = administering.recover(address)
    return Recovered(account, _address(service, path))


def _load(service: Service, ready: Ready, administrator: int) -> None:
    """Loads the sample, texts and files.

    Files come in as the administrator's: what is in them is published, but for practices, which wait for reviewers
    where the file names no review.
    """
    from opencompact.public.importing import import_file
    from opencompact.public.loading import load_sample, load_texts

    if service.sample:
        register_sample()
        done = load_sample()
        ready.loaded.append(said("the synthetic sample: actions {n}", n=done.read))
    if service.texts:
        number = load_texts(paths=_text_files(service.texts), by="opencompact serve")
        ready.loaded.append(said("texts: paragraphs {n}", n=number))
    for path in service.files:
        result = import_file(
            path=path, by="opencompact serve", owner=administrator, practices="submitted", believed=True
        )
        if not result.done:
            raise result.faults[0]
        counts = {"file": path.name, "read": result.read, "new": result.new, "changed": result.changed}
        ready.loaded.append(said("{file}: actions {read}, new {new}, changed {changed}", **counts))
        if result.kept:
            kept = counted(
                "{file}: {n} action stays as it was changed here since",
                "{file}: {n} actions stay as they were changed here since",
                result.kept,
                file=path.name,
            )
            ready.loaded.append(kept)
        if result.left:
            left = counted(
                "{file}: {n} row was left out", "{file}: {n} rows were left out", result.left, file=path.name
            )
            ready.loaded.append(left)
            ready.incomplete += [why.sentence for why in result.left_out]
        if result.drafts:
            drafts = counted(
                "{file}: {n} row lacks something and is kept as a draft",
                "{file}: {n} rows lack something and are kept as drafts",
                result.drafts,
                file=path.name,
            )
            ready.loaded.append(drafts)
            ready.incomplete += [lack.sentence for lack in result.incomplete]
        if result.waiting:
            waiting = counted(
                "{file}: {n} practice waits for its reviewers",
                "{file}: {n} practices wait for their reviewers",
                result.waiting,
                file=path.name,
            )
            ready.loaded.append(waiting)


def _text_files(paths: Iterable[Path]) -> list[Path]:
    """The files that were named, and those of folders. Raises InputError for one that is not there."""
    given = list(paths)
    for path in given:
        if not path.exists():
            raise absent(path)
    return [
        found for path in given for found in (sorted(path.iterdir()) if path.is_dir() else [path]) if found.is_file()
    ]


def register_sample() -> None:
    """Makes the fictional areas known to this process."""
    from opencompact.statistics.sample.places import register

    register()


def keep_working(work: Callable[[], None], pause: float = 5) -> None:
    """Keeps one process at work: where it ends, by a fault or for want of memory, another one is begun."""
    while True:
        process = multiprocessing.Process(target=work, name="opencompact-jobs", daemon=True)
        process.start()
        process.join()
        time.sleep(pause)


def _work() -> None:
    """The process that builds reviews, beside those that answer."""
    import django

    if os.environ.get("OPENCOMPACT_SYNTHETIC") == "yes":
        register_sample()
    django.setup()
    from opencompact.public.jobs import work_forever

    work_forever()


def load_application(target: str) -> Callable[..., Any]:
    """The application, for a process that answers, with what every page needs read: whatever folder the service was started in.

    Such a process ends without taking the interpreter down: threads of the server that still wait for it would abort it.
    """
    from opencompact.public.warming import warm

    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    atexit.register(_leave)
    warm(found)
    return found


def _leave() -> None:
    """Ends the process at once, after everything else that is to be done at its end."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def serve(service: Service, workers: int = 1, *, held: socket.socket, announce: Callable[[], None]) -> None:
    """Serves until it is stopped, at the port that `held` keeps; `announce` is called once it answers.

    Raises StoreError where the port cannot be listened on after all.
    """
    # A worker forked from a process whose table engine has threads waits for them for ever: each begins afresh.
    multiprocessing.set_start_method("spawn", force=True)
    try:
        from granian import Granian
        from granian.constants import Interfaces
    except ImportError:
        from opencompact.errors import MissingExtraError

        raise MissingExtraError(
            "The web server is not installed.", remedy="pip install 'opencompact[public]'"
        ) from None
    threading.Thread(target=keep_working, args=(_work,), daemon=True).start()
    threading.Thread(target=_announce_when_it_answers, args=(service, held, announce), daemon=True).start()
    try:
        Granian(
            "opencompact.public.wsgi:application",
            address=service.host, port=service.port, interface=Interfaces.WSGI, workers=workers, blocking_threads=4,
            log_enabled=False,
        ).serve(target_loader=load_application)  # fmt: skip
    except OSError as problem:
        raise _taken(service.port, problem) from None


def hold(host: str, port: int) -> socket.socket:
    """Takes the port before anything is made for it, and keeps it from others until the service listens there.

    Raises StoreError where it is taken: the server itself would wait for it without a word.
    """
    try:
        socket.create_server((host, port), family=_family(host)).close()
        held = socket.socket(_family(host))
        # Bound, and not listening: the workers listen beside it, nobody else can.
        if hasattr(socket, "SO_REUSEPORT"):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind((host, port))
    except OSError as problem:
        raise _taken(port, problem) from None
    if sys.platform != "linux":
        # Elsewhere the server does not listen beside another socket.
        held.close()
    return held


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _announce_when_it_answers(service: Service, held: socket.socket, announce: Callable[[], None]) -> None:
    """Asks whether the service is well until something comes back; what it says is for whoever asked."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(service.host, service.host)
    while True:
        connection = http.client.HTTPConnection(here, service.port, timeout=30)
        try:
            connection.request("GET", "/health/")
            connection.getresponse()
            break
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    held.close()
    announce()


def _taken(port: int, problem: OSError) -> StoreError:
    if problem.errno == errno.EADDRINUSE:
        words = said("Another program listens on this port.")
    elif problem.errno == errno.EACCES:
        words = said("On this port only the administrator of the machine may listen.")
    else:
        words = said("The port cannot be listened on: {reason}.", reason=reason(problem))
    return StoreError(words, value=port, remedy="Choose another with --port.")
