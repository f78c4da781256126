"""One file on its way from a publisher: resumed where it broke off, checked, dated, never half there."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any

from opencompact import __version__
from opencompact.errors import FetchError
from opencompact.language import said
from opencompact.statistics.sources.contract import Source, Table
from opencompact.tables import write_text

_CHUNK = 1 << 17


_PASSING = {408, 425, 429, 500, 502, 503, 504}


Told = Callable[[str, int, int | None], None]
"""Progress: the name of the file, the bytes that are there, the bytes in all (None where the server does not say)."""


@dataclass(frozen=True)
class Patience:
    """How long to wait for a server: seconds for an answer, tries in all, seconds before the second try (then twice that)."""

    seconds: float = 30.0
    tries: int = 4
    pause: float = 1.0


@dataclass(frozen=True)
class Fetched:
    """One file as it lies on the disk. `unchanged`: the server says that it is the one that was fetched before."""

    source: str
    table: str
    url: str
    path: str
    bytes: int
    sha256: str
    vintage: str
    fetched: str
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = field(default=False, compare=False)


class Download:
    """One file on its way. Its beginning waits in `.<name>.part`, with what the server said of it beside it."""

    def __init__(self, entry: Source, table: Table, home: Path, patience: Patience, told: Told | None) -> None:
        self.entry, self.table, self.home, self.patience = entry, table, home, patience
        self.url = str(table.url)
        self.name = re.sub(r"[^\w.\-]", "_", self.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]) or table.name
        self.told = told or (lambda name, done, total: None)
        self.part, self.said = home / f".{self.name}.part", home / f".{self.name}.part.json"

    def run(self, moment: datetime) -> Fetched:
        """Tries until the whole file is there, the server says no, or patience ends."""
        before = self._before()
        problem: str = said("it did not answer")
        for attempt in range(self.patience.tries):
            if attempt:
                time.sleep(self.patience.pause * 2 ** (attempt - 1))
            try:
                return self._attempt(before, moment)
            except _Passing as passing:
                problem = passing.problem
        raise self._error(
            said(
                "The file did not arrive whole after {tries} tries: {reason}.",
                tries=self.patience.tries,
                reason=problem,
            ),
            said("Try again: it goes on where it broke off.")
            if self.part.exists()
            else self._by_hand(said("Check the connection")),
        )

    def _attempt(self, before: Fetched | None, moment: datetime) -> Fetched:
        headers = self._headers(before)
        request = urllib.request.Request(self.url, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=self.patience.seconds) as answer:
                self._refuse_web_page(answer)
                self._receive(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code == 304 and before is not None:
                return Fetched(**{**asdict(before), "unchanged": True})
            self._refused(refusal)
        except (http.client.IncompleteRead, http.client.HTTPException, TimeoutError, ConnectionError) as broken:
            raise _Passing(said("the connection broke")) from broken
        except urllib.error.URLError as problem:
            raise self._unreachable(problem) from problem
        return self._finish(moment, before)

    def _headers(self, before: Fetched | None) -> dict[str, str]:
        """Where a beginning is there, ask for the rest, if the file is still the same; else ask whether it changed."""
        headers = {"User-Agent": f"opencompact/{__version__}", "Accept-Encoding": "identity"}
        waiting = self.part.stat().st_size if self.part.exists() else 0
        mark = self._mark()
        if waiting and mark:
            return {**headers, "Range": f"bytes={waiting}-", "If-Range": mark}
        if before and before.etag:
            return {**headers, "If-None-Match": before.etag}
        if before and before.last_modified:
            return {**headers, "If-Modified-Since": before.last_modified}
        return headers

    def _mark(self) -> str | None:
        """What tells whether the file is still the one of which the beginning is here."""
        if not self.said.exists():
            return None
        try:
            noted = json.loads(self.said.read_text("utf-8"))
        except ValueError:
            return None
        etag: str | None = noted.get("etag")
        strong = etag if etag and not etag.startswith("W/") else None
        return (strong or noted.get("last_modified")) if noted.get("url") == self.url else None

    def _receive(self, answer: Any) -> None:
        """Writes what comes behind what is there, or anew where the server sends the file from its beginning."""
        waiting = self.part.stat().st_size if self.part.exists() else 0
        resumed = answer.status == 206
        if resumed and not _starts_at(answer.headers.get("Content-Range"), waiting):
            self._forget()
            raise _Passing(said("the server sent another part of the file than was asked for"))
        start = waiting if resumed else 0
        length = answer.headers.get("Content-Length")
        total = start + int(length) if length and length.isdecimal() else None
        noted = {
            "url": self.url,
            "etag": answer.headers.get("ETag"),
            "last_modified": answer.headers.get("Last-Modified"),
        }
        write_text(self.said, json.dumps(noted))
        with self.part.open("ab" if resumed else "wb") as stream:
            done = start
            for chunk in _arriving(answer):
                stream.write(chunk)
                done += len(chunk)
                self.told(self.name, done, total)
        if total is not None and done != total:
            raise _Passing(said("{done:,} of {total:,} bytes came", done=done, total=total))

    def _refuse_web_page(self, answer: Any) -> None:
        """A page that asks to log in or to accept something is no data, whatever the name of the file."""
        kind = str(answer.headers.get("Content-Type", "")).split(";")[0].strip().lower()
        if kind in ("text/html", "application/xhtml+xml") and not self.name.endswith((".html", ".htm")):
            raise self._error(
                said("The server answered with a web page and not with the file."),
                self._by_hand(said("The file may have moved")),
            )

    def _refused(self, refusal: urllib.error.HTTPError) -> None:
        if refusal.code == 416:
            # What is here is longer than the file is now, or all of it: begin anew.
            self._forget()
            raise _Passing(said("the file became shorter"))
        if refusal.code in _PASSING:
            raise _Passing(said("the server answered {code} {reason}", code=refusal.code, reason=refusal.reason))
        if refusal.code in (404, 410):
            raise self._error(
                said("The file is not there any more (the server answered {code}).", code=refusal.code),
                self._by_hand(said("It may have moved")),
            )
        raise self._error(
            said("The server refused it ({code} {reason}).", code=refusal.code, reason=refusal.reason),
            self._by_hand(said("It may ask for an account")),
        )

    def _unreachable(self, problem: urllib.error.URLError) -> Exception:
        if isinstance(problem.reason, (TimeoutError, ConnectionError)):
            return _Passing(said("it did not answer"))
        if isinstance(problem.reason, ssl.SSLError):
            return self._error(
                said("The server does not prove who it is."),
                self._by_hand(said("Check the clock and the certificates")),
            )
        return self._error(
            said("The publisher's server cannot be reached."), self._by_hand(said("Check the connection"))
        )

    def _finish(self, moment: datetime, before: Fetched | None) -> Fetched:
        """Names the whole file and records it; the same bytes as before are not kept twice."""
        digest, size = _digest(self.part)
        noted = json.loads(self.said.read_text("utf-8"))
        if before is not None and before.sha256 == digest:
            self._forget()
            return Fetched(**{**asdict(before), "unchanged": True})
        vintage = _day(noted["last_modified"]) or f"{moment:%Y-%m-%d}"
        target = self.home / vintage / self.name
        target.parent.mkdir(exist_ok=True)
        self.part.replace(target)
        self.said.unlink(missing_ok=True)
        found = Fetched(
            self.entry.id, self.table.name, self.url, str(target.relative_to(self.home.parent)), size, digest, vintage,
            f"{moment:%Y-%m-%dT%H:%M:%SZ}", noted["etag"], noted["last_modified"],
        )  # fmt: skip
        self._record(found)
        return found

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.said.unlink(missing_ok=True)

    # --- the record ------------------------------------------------------------------------------------------------------

    def _before(self) -> Fetched | None:
        """The newest download of this address whose file is still here, whole."""
        for entry in reversed(_recorded(self.home)):
            path = self.home.parent / entry.path
            if entry.url == self.url and path.exists() and _digest(path)[0] == entry.sha256:
                return entry
        return None

    def _record(self, found: Fetched) -> None:
        entries = [asdict(entry) for entry in [*_recorded(self.home), found]]
        for entry in entries:
            del entry["unchanged"]
        write_text(self.home / ".fetched.json", json.dumps(entries, ensure_ascii=False, indent=1) + "\n")

    # --- errors ----------------------------------------------------------------------------------------------------------

    def _error(self, problem: str, remedy: str) -> FetchError:
        return FetchError(problem, value=self.url, rule="fetch", remedy=remedy)

    def _by_hand(self, advice: str) -> str:
        return said(
            "{advice}, or download it by hand at {offered_at} and import it.",
            advice=advice,
            offered_at=self.entry.offered_at,
        )


class _Passing(Exception):
    """A failure that may pass: try again."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def _recorded(home: Path) -> list[Fetched]:
    try:
        return [Fetched(**entry) for entry in json.loads((home / ".fetched.json").read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def _chunks(stream: Any) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _arriving(answer: Any) -> Iterator[bytes]:
    """The chunks of an answer; what breaks here is the connection, not the disk."""
    try:
        yield from _chunks(answer)
    except (OSError, http.client.HTTPException) as broken:
        raise _Passing(said("the connection broke")) from broken


def _starts_at(content_range: str | None, position: int) -> bool:
    found = re.match(r"bytes (\d+)-", content_range or "")
    return found is not None and int(found[1]) == position


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 and size."""
    sha, size = hashlib.sha256(), 0
    stream: IO[bytes]
    with path.open("rb") as stream:
        for chunk in _chunks(stream):
            sha.update(chunk)
            size += len(chunk)
    return sha.hexdigest(), size


def _day(last_modified: str | None) -> str | None:
    try:
        return f"{parsedate_to_datetime(last_modified):%Y-%m-%d}" if last_modified else None
    except ValueError:
        return None
