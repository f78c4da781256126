"""The gallery in six languages, built once, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from opencompact.language import LANGUAGES
from opencompact.look.gallery import gallery
from opencompact.look.site import write_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery as a site."""
    out = tmp_path_factory.mktemp("gallery")
    for code in LANGUAGES:
        write_site(gallery(code), out)
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium: the one named by OPENCOMPACT_BROWSER, or the one on PATH."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("OPENCOMPACT_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("no Chromium on PATH, and OPENCOMPACT_BROWSER names none")
    quiet = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    )
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*quiet, "--allow-file-access-from-files"])
        yield running
        running.close()


@pytest.fixture
def page(browser) -> Iterator[object]:
    """A page that may open files and nothing else."""
    opened = browser.new_page()
    opened.route("http*://**", lambda route: route.abort())
    yield opened
    opened.close()
