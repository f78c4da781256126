"""The gallery in six languages, built once, and a browser to look at it with."""

from __future__ import annotations

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


@pytest.fixture
def page(browser) -> Iterator[object]:
    """A page that may open files and nothing else."""
    opened = browser.new_page()
    opened.route("http*://**", lambda route: route.abort())
    yield opened
    opened.close()
