"""Where the tests find what is not in the repository: real tables, reference results, the texts, a browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


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
