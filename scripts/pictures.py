"""Takes the pictures of the README anew, all but that of a phone, from what the commands make today: `python scripts/pictures.py`.

All of them show synthetic data. It needs a Chromium (CHROMIUM, or one on the path). The service is started with its sample, and stopped.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
COMMAND = Path(sys.executable).with_name("opencompact")
COLUMNS = 150  # of the terminal
SHORT = {"width": 1320, "height": 1500}
FAULTY = """indicator,area,Year,value,sex
16.9.1,XAA,2023,83,_T
16.9.1,MEX,2023,140,_T
16.9.1,MEX,2022,81,Femal
16.9.1,MEX,2021,"52,4",_T
16.9.1,MEX,2023/24,82,_T
"""


def main() -> None:
    """Makes what is shown in a folder of its own, and shoots it."""
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        work = Path(folder)
        _review(browser, work)
        _terminal(browser, work)
        _service(browser, work)
        browser.close()


def _review(browser: Browser, work: Path) -> None:
    out = work / "demo"
    _run("demo", "--out", str(out), *(part for code in ("en", "ar", "zh") for part in ("--lang", code)))
    site = next(out.rglob("en/index.html")).parent.parent
    firsts = [_shot(browser, (site / code / "index.html").as_uri(), 660, 860) for code in ("en", "ar", "zh")]
    _beside(browser, firsts, PICTURES / "review.png", 1359)
    _shot_to(browser, (site / "en/objective-20.html").as_uri(), PICTURES / "objective.png", "h2:nth-of-type(2)")
    _shot_to(browser, (site / "ar/deaths.html").as_uri(), PICTURES / "arabic.png", "h1")


def _terminal(browser: Browser, work: Path) -> None:
    people = work / "people"
    _run("missing", "world", "--seed", "7", "--size", "300", "--out", str(people))
    sought, found = people / "sought.csv", people / "found.csv"
    pair = _first_pair(people, sought, found)
    _typed(browser, PICTURES / "candidate.png", people, "missing", "explain", sought.name, found.name, *pair)
    (work / "births.csv").write_text(FAULTY, encoding="utf-8")
    _typed(browser, PICTURES / "check.png", work, "check", "births.csv")


def _first_pair(people: Path, sought: Path, found: Path) -> tuple[str, str]:
    """A true pair whose names are in two scripts, so that the picture shows what the command is for."""
    ours, theirs = _given_names(sought), _given_names(found)
    for line in (people / "truth.csv").read_text(encoding="utf-8").splitlines()[1:]:
        one, other = line.split(",")
        if ours.get(one) and theirs.get(other) and not ours[one].isascii() and theirs[other].isascii():
            return one, other
    raise SystemExit("No pair of the synthetic world has its names in two scripts.")


def _given_names(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["given_name"] for row in csv.DictReader(stream)}


def _service(browser: Browser, work: Path) -> None:
    with _serving(work) as address:
        _shot_to(browser, f"{address}/en/areas/QMA/", PICTURES / "service.png", size=SHORT, scale=1.5)
        _shot_to(browser, f"{address}/ar/areas/QMA/", PICTURES / "service-arabic.png", size=SHORT, scale=1.5)


@contextmanager
def _serving(work: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    arguments = [str(COMMAND), "serve", "--sample", "--port", str(port), "--state", str(work / "service")]
    process = subprocess.Popen(arguments, cwd=work, stdout=subprocess.DEVNULL)
    try:
        for _attempt in range(240):
            try:
                urllib.request.urlopen(f"{address}/en/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _run(*arguments: str, cwd: Path | None = None) -> str:
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1"}
    done = subprocess.run([str(COMMAND), *arguments], cwd=cwd, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def _typed(browser: Browser, target: Path, folder: Path, *arguments: str) -> None:
    """What the terminal shows, as a picture."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(f"$ opencompact {' '.join(arguments)}\n", highlight=False)
    for line in AnsiDecoder().decode(_run(*arguments, cwd=folder)):
        console.print(line, highlight=False)
    style = (
        "<style>body{margin:24px;background:#fbfaf7}pre{font:15px/1.45 'DejaVu Sans Mono',monospace;margin:0}</style>"
    )
    code = console.export_html(theme=DEFAULT_TERMINAL_THEME, code_format="<pre>{code}</pre>", inline_styles=True)
    page = browser.new_page(viewport={"width": 1380, "height": 200})
    page.set_content(f"<meta charset=utf-8>{style}{code}")
    page.screenshot(path=str(target), full_page=True)
    page.close()


def _shot(browser: Browser, address: str, width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    taken = page.screenshot()
    page.close()
    return taken


def _shot_to(
    browser: Browser,
    address: str,
    target: Path,
    begins: str = "body",
    *,
    size: dict[str, int] | None = None,
    scale: float = 1,
) -> None:
    """A page from an element on; `size` is that of the picture."""
    size = size or {"width": 900, "height": 1250}
    viewport = {"width": int(size["width"] / scale), "height": int(size["height"] / scale)}
    page: Page = browser.new_page(viewport=viewport, device_scale_factor=scale)  # type: ignore[arg-type]
    page.goto(address)
    page.evaluate("s => window.scrollTo(0, document.querySelector(s).getBoundingClientRect().top - 20)", begins)
    page.screenshot(path=str(target))
    page.close()


def _beside(browser: Browser, pictures: list[bytes], target: Path, width: int) -> None:
    """Pictures in one row."""
    shown = "".join(f'<img src="data:image/png;base64,{b64encode(each).decode()}">' for each in pictures)
    style = "<style>body{display:flex;align-items:flex-start;gap:14px;margin:14px}img{width:calc((100% - 28px)/3);border:1px solid #bbb}</style>"
    page = browser.new_page(viewport={"width": width, "height": 100})
    page.set_content(style + shown)
    page.screenshot(path=str(target), full_page=True)
    page.close()


if __name__ == "__main__":
    main()
