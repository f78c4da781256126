"""Downloads against a server of our own that breaks off, changes its mind, forgets ranges and shows log-in pages."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.errors import FetchError, NoDataError, OutputError, UnknownCodeError
from opencompact.statistics import fetching
from opencompact.statistics.sources.contract import Source, Table

CONTENT = b"year,value\n" + b"".join(b"%d,%d\n" % (1950 + n % 75, n) for n in range(40_000))
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
AT_ONCE = fetching.Patience(seconds=5, tries=3, pause=0)


class Publisher(ThreadingHTTPServer):
    """A server whose behaviour a test sets: the content, its marks, how much of each answer arrives."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.content = CONTENT
        self.etag: str | None = '"one"'
        self.modified: str | None = "Tue, 03 Nov 2026 10:00:00 GMT"
        self.ranges = True
        self.cut: list[int] = []
        self.refuse: list[int] = []
        self.kind = "text/csv"
        self.asked: list[dict[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Publisher

    def log_message(self, *arguments: object) -> None:
        return

    def do_GET(self) -> None:
        publisher = self.server
        publisher.asked.append(dict(self.headers))
        if publisher.refuse:
            return self.send_error(publisher.refuse.pop(0))
        if publisher.etag and self.headers.get("If-None-Match") == publisher.etag:
            self.send_response(304)
            return self.end_headers()
        start = self._start()
        body = publisher.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", publisher.kind)
        self.send_header("Content-Length", str(len(body)))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(publisher.content) - 1}/{len(publisher.content)}")
        if publisher.etag:
            self.send_header("ETag", publisher.etag)
        if publisher.modified:
            self.send_header("Last-Modified", publisher.modified)
        self.end_headers()
        self.wfile.write(body[: publisher.cut.pop(0)] if publisher.cut else body)
        self.close_connection = True
        return None

    def _start(self) -> int:
        wanted = self.headers.get("Range")
        same = self.headers.get("If-Range") in (self.server.etag, self.server.modified)
        return int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and same and self.server.ranges else 0


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetch(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[fetching.Fetched]]:
    table = Table("figures", called="figures.csv", url=f"{publisher.address}/files/figures.csv?download=1")
    entry = Source(
        "example.figures",
        "An office",
        "Figures",
        "CC BY 4.0",
        "https://example.org/figures",
        "example",
        tables=(table,),
    )
    monkeypatch.setattr(fetching, "source", lambda identifier: entry)

    def run(**options: object) -> list[fetching.Fetched]:
        return fetching.fetch("example.figures", tmp_path, patience=AT_ONCE, now=NOW, **options)  # type: ignore[arg-type]

    return run


Fetch = Callable[..., list[fetching.Fetched]]


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_named_dated_and_summed(fetch: Fetch, tmp_path: Path) -> None:
    heard: list[tuple[str, int, int | None]] = []
    (found,) = fetch(told=lambda *news: heard.append(news))
    assert (tmp_path / found.path).read_bytes() == CONTENT
    assert found.path == "example.figures/2026-11-03/figures.csv"
    assert (found.vintage, found.bytes) == ("2026-11-03", len(CONTENT))
    assert found.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert heard[-1] == ("figures.csv", len(CONTENT), len(CONTENT))
    assert (
        json.loads((tmp_path / "example.figures" / ".fetched.json").read_text())[0]["fetched"] == "2026-11-21T12:00:00Z"
    )


def test_a_server_that_does_not_date_its_file_gives_it_the_day_of_today(fetch: Fetch, publisher: Publisher) -> None:
    publisher.modified = None
    assert fetch()[0].vintage == "2026-11-21"


def test_a_download_that_breaks_off_goes_on_where_it_stopped(
    fetch: Fetch, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.cut = [100_000, 50_000]
    (found,) = fetch()
    assert (tmp_path / found.path).read_bytes() == CONTENT
    assert [asked.get("Range") for asked in publisher.asked] == [None, "bytes=100000-", "bytes=150000-"]
    assert files_in(tmp_path) == ["example.figures/.fetched.json", "example.figures/2026-11-03/figures.csv"]


def test_what_has_arrived_waits_for_the_next_day(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    publisher.cut = [100_000, 10, 10]
    with pytest.raises(FetchError, match=r"did not arrive whole after 3 tries.*goes on where it broke off"):
        fetch()
    assert (tmp_path / "example.figures" / ".figures.csv.part").stat().st_size == 100_020
    (found,) = fetch()
    assert publisher.asked[-1]["Range"] == "bytes=100020-"
    assert (tmp_path / found.path).read_bytes() == CONTENT


def test_a_server_without_ranges_begins_anew(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    publisher.ranges = False
    publisher.cut = [100_000]
    (found,) = fetch()
    assert (tmp_path / found.path).read_bytes() == CONTENT


def test_a_file_that_changed_in_the_middle_is_never_mixed(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    publisher.cut = [100_000, 1, 1]
    with pytest.raises(FetchError):
        fetch()
    publisher.content, publisher.etag = CONTENT.replace(b"1950", b"2050"), '"two"'
    (found,) = fetch()
    assert (tmp_path / found.path).read_bytes() == publisher.content


def test_a_file_that_became_shorter_is_fetched_anew(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    publisher.cut = [100_000, 1, 1]
    with pytest.raises(FetchError):
        fetch()
    publisher.refuse = [416]
    (found,) = fetch()
    assert (tmp_path / found.path).read_bytes() == CONTENT


def test_an_unchanged_file_is_not_fetched_again(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    (first,) = fetch()
    (again,) = fetch()
    assert again.unchanged
    assert again == first
    assert publisher.asked[-1]["If-None-Match"] == '"one"'
    publisher.etag = None
    assert fetch()[0].unchanged
    assert len(files_in(tmp_path)) == 2


def test_a_file_that_was_lost_or_damaged_is_fetched_again(fetch: Fetch, tmp_path: Path) -> None:
    (first,) = fetch()
    (tmp_path / first.path).write_bytes(b"damaged")
    (again,) = fetch()
    assert not again.unchanged
    assert (tmp_path / again.path).read_bytes() == CONTENT


def test_a_newer_file_never_takes_the_place_of_an_older(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    fetch()
    publisher.content, publisher.etag, publisher.modified = (
        CONTENT + b"2027,1\n",
        '"two"',
        "Fri, 20 Nov 2026 10:00:00 GMT",
    )
    (newer,) = fetch()
    assert newer.path == "example.figures/2026-11-20/figures.csv"
    assert (tmp_path / "example.figures" / "2026-11-03" / "figures.csv").read_bytes() == CONTENT


def test_a_server_that_is_busy_is_asked_again(fetch: Fetch, publisher: Publisher) -> None:
    publisher.refuse = [503, 429]
    assert fetch()[0].bytes == len(CONTENT)
    assert len(publisher.asked) == 3


@pytest.mark.parametrize("code", [404, 410])
def test_a_file_that_is_gone_says_where_to_look(fetch: Fetch, publisher: Publisher, code: int, tmp_path: Path) -> None:
    publisher.refuse = [code]
    with pytest.raises(FetchError, match=r"not there any more.*by hand at https://example.org/figures"):
        fetch()
    assert len(publisher.asked) == 1
    assert files_in(tmp_path) == []


def test_a_page_to_log_in_is_no_data(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    publisher.kind = "text/html; charset=utf-8"
    with pytest.raises(FetchError, match="a web page and not with the file"):
        fetch()
    assert files_in(tmp_path) == []


def test_without_a_network_there_is_a_sentence_with_a_remedy(
    fetch: Fetch, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.shutdown()
    publisher.server_close()
    with pytest.raises(
        FetchError, match=r"Check the connection, or download it by hand at https://example.org/figures"
    ):
        fetch()
    assert files_in(tmp_path) == []


def test_a_source_without_an_address_says_where_a_person_finds_it(tmp_path: Path) -> None:
    with pytest.raises(NoDataError, match=r"no stable address.*by hand at https://www.unhcr.org/refugee-statistics"):
        fetching.fetch("unhcr.refugee-statistics", tmp_path)
    with pytest.raises(UnknownCodeError):
        fetching.fetch("unhcr.refugees", tmp_path)


def test_a_table_that_the_source_has_not_is_named(fetch: Fetch) -> None:
    with pytest.raises(UnknownCodeError, match="Use one of: figures"):
        fetch(tables=("figgures",))


def test_a_folder_that_cannot_be_written_is_told_as_such(fetch: Fetch, tmp_path: Path) -> None:
    (tmp_path / "example.figures").write_text("a file where the folder should be")
    with pytest.raises(OutputError, match="cannot be written"):
        fetch()


def test_the_command_says_what_it_fetched(fetch: Fetch, publisher: Publisher, tmp_path: Path) -> None:
    from opencompact.cli.fetch import fetch as command

    said = CliRunner().invoke(command, ["example.figures", "--into", str(tmp_path), "--json"])
    assert said.exit_code == 0, said.output
    assert json.loads(said.output)[0]["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    again = CliRunner().invoke(command, ["example.figures", "--into", str(tmp_path)])
    assert "unchanged" in again.output


def test_every_address_in_the_definitions_is_one_that_can_be_fetched() -> None:
    from opencompact.statistics.sources.contract import sources

    addresses = [table.url for entry in sources().values() for table in entry.tables if table.url]
    assert len(addresses) == len(set(addresses)) > 20
    assert all(address.startswith("https://") for address in addresses)
