"""Where the tests find what is not in the repository: real tables, reference results, the texts, a browser."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from opencompact.cli.speaking import speaking
from opencompact.compact import registered_areas

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes says something of the machine and nothing of the law.
_patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}
# `make test` draws the same examples on every machine; `make explore` ten times as many, others each time (decision 0080).
settings.register_profile("house", derandomize=True, **_patient)
settings.register_profile("explore", max_examples=1000, print_blob=True, **_patient)
settings.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Let the examples of the house depend on nothing but their test.

    Hypothesis also draws the numbers and words that stand in the source of whatever modules are loaded, and those depend
    on which tests ran before in the same process.
    """
    if settings.default.derandomize:
        providers._get_local_constants = lambda: providers.Constants()


# Sentences are asserted in English, whatever the language of the machine.
os.environ["OPENCOMPACT_LANG"] = "en"
# Tables are printed as into a file, whatever terminal runs the tests.
os.environ.pop("COLUMNS", None)


@contextmanager
def _undone() -> Iterator[None]:
    """What is changed of the process in a block is undone after it: environment, folder, language, areas, memory."""
    environment, folder = dict(os.environ), Path.cwd()
    collecting, thresholds = gc.isenabled(), gc.get_threshold()
    try:
        with speaking(None), registered_areas(()):
            yield
    finally:
        for name in {*environment, *os.environ} - {"PYTEST_CURRENT_TEST"}:
            if name not in environment:
                del os.environ[name]
            elif os.environ.get(name) != environment[name]:
                os.environ[name] = environment[name]
        os.chdir(folder)
        (gc.enable if collecting else gc.disable)()
        gc.set_threshold(*thresholds)


@pytest.fixture(autouse=True, scope="module")
def nothing_left_by_a_file() -> Iterator[None]:
    """What the fixtures of a file of tests change of the process is undone with its last test."""
    with _undone():
        yield


@pytest.fixture(autouse=True)
def nothing_left_by_a_test(nothing_left_by_a_file: None) -> Iterator[None]:
    """What a test changes of the process is undone: tests run in any order, in any company."""
    with _undone():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """What a fixture that is made once for all files changes of the process is undone when it stands."""
    if fixturedef.scope != "session":
        return (yield)
    with _undone():
        return (yield)


def _folder(variable: str) -> Path:
    """The folder that an environment variable names: skips where there is none, fails where it cannot be read."""
    name = os.environ.get(variable)
    if not name or not Path(name).exists():
        pytest.skip(f"{variable} names no folder that exists")
    folder = Path(name)
    next(folder.iterdir())
    return folder


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real published tables (OPENCOMPACT_DATA)."""
    return _folder("OPENCOMPACT_DATA")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of results of the field's own software (OPENCOMPACT_REFERENCE)."""
    return _folder("OPENCOMPACT_REFERENCE")


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder of the United Nations texts (OPENCOMPACT_DOCUMENTS)."""
    return _folder("OPENCOMPACT_DOCUMENTS")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser: OPENCOMPACT_BROWSER, one on PATH, else the one from the pinned npm package."""
    named = os.environ.get("OPENCOMPACT_BROWSER") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
    )
    if named:
        return named
    assets = Path(__file__).parent.parent / "assets"
    if not (assets / "node_modules/@sparticuz/chromium").is_dir():
        pytest.skip("no browser on PATH and none from assets/package.json: run `make test`")
    script = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"
    command = ["node", "--input-type=module", "-e", script]
    return subprocess.run(command, cwd=assets, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium for one file of tests.

    It ends with the file: while Playwright runs in a thread, neither a second one nor Django's database can.
    """
    from playwright.sync_api import sync_playwright

    quiet = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--allow-file-access-from-files",
    )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield running
        running.close()
