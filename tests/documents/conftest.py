"""The five texts, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencompact.documents import Document, read


@pytest.fixture(scope="session")
def read_texts(texts: Path) -> dict[str, Document]:
    """Every text by the name of its file, up to the first full stop."""
    return {path.name.removesuffix(".zh.txt"): read(path) for path in sorted(texts.glob("*.zh.txt"))}


@pytest.fixture(scope="session")
def progress_declaration(read_texts: dict[str, Document]) -> Document:
    """A/RES/76/266."""
    return read_texts["A-RES-76-266"]


@pytest.fixture(scope="session")
def report_2024(read_texts: dict[str, Document]) -> Document:
    """A/79/590."""
    return read_texts["A-79-590"]


@pytest.fixture(scope="session")
def report_2017(read_texts: dict[str, Document]) -> Document:
    """A/72/643."""
    return read_texts["A-72-643"]


@pytest.fixture(scope="session")
def new_york_declaration(read_texts: dict[str, Document]) -> Document:
    """A/RES/70/302."""
    return read_texts["A-RES-70-302"]
