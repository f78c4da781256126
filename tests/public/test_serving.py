"""`opencompact serve` as a stranger starts it: one command, a process of its own, over a socket."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from opencompact.errors import StoreError
from opencompact.public.database import folder_of
from opencompact.public.serving import hold

pytestmark = pytest.mark.slow
_SETTINGS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "XDG_RUNTIME_DIR")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _read(address: str, seconds: float = 20) -> str:
    with urllib.request.urlopen(address, timeout=seconds) as answer:
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a service with the sample, and what it printed; it ends without a word, many asking at once."""
    folder, port = tmp_path_factory.mktemp("served"), _free_port()
    # Whatever is in the folder that it is started in: a package, say.
    (folder / "__init__.py").touch()
    address, said = f"http://127.0.0.1:{port}", folder / "said.txt"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in _SETTINGS and not name.startswith("OPENCOMPACT_")
    }
    command = [sys.executable, "-m", "opencompact.cli", "serve", "--sample", "--state", str(folder / "state"), "--port", str(port)]  # fmt: skip
    with (
        said.open("w") as out,
        subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=folder) as process,
    ):
        for _attempt in range(180):
            assert process.poll() is None, said.read_text()
            try:
                _read(f"{address}/health/", 2)
                break
            except OSError:
                time.sleep(1)
        yield address, said
        with ThreadPoolExecutor(8) as many:
            list(many.map(lambda _n: _read(f"{address}/en/actions/"), range(40)))
        before = said.read_text()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert said.read_text().removeprefix(before).strip() == ""
    # For root the database lies outside the folder of the test.
    shutil.rmtree(folder_of(folder / "state").parent, ignore_errors=True)


def test_a_page_that_reads_the_tables_is_answered(served: tuple[str, Path]) -> None:
    """A worker that was forked from the process that imported the tables would wait for their engine for ever."""
    page = _read(f"{served[0]}/en/actions/synthetic-pledge-births/")
    assert "16.9.1" in page
    assert "Synthetic sample: sustainable development indicators" in page


def test_it_prints_the_invitation_and_nothing_that_alarms(served: tuple[str, Path]) -> None:
    said = served[1].read_text()
    assert "/en/welcome/" in said
    assert "Warning" not in said


def test_an_address_that_there_is_not_is_told_as_a_page(served: tuple[str, Path]) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        _read(f"{served[0]}/en/nothing/")
    assert refused.value.code == 404
    assert b"<h1>" in refused.value.read()


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "opencompact.cli", "serve", "--sample", "--state", str(tmp_path / "state"), "--port", port]  # fmt: skip
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode != 0
    assert "Another program listens on this port. (found: " in ended.stderr + ended.stdout
    assert not (tmp_path / "state").exists()


def test_a_port_that_is_held_is_nobody_elses() -> None:
    with (
        hold("127.0.0.1", port := _free_port()),
        pytest.raises(StoreError, match="Another program listens on this port"),
    ):
        hold("127.0.0.1", port)


def test_it_says_that_it_serves_once_it_does(served: tuple[str, Path]) -> None:
    for _attempt in range(50):
        if "Serving at" in served[1].read_text():
            break
        time.sleep(0.1)
    assert served[1].read_text().count("Serving at") == 1


def test_pages_and_stylesheets_travel_packed_where_the_browser_takes_them_so(served: tuple[str, Path]) -> None:
    for path in ("/en/", "/static/style-en.css", "/static/service.js"):
        asked = urllib.request.Request(served[0] + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(answer.read()).decode() == _read(served[0] + path) or path == "/en/"
