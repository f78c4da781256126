"""The walls of the house stand: an arrow points only to the cellar and to the rooms that ARCHITECTURE.md names."""

import os

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_no_room_imports_what_it_may_not(monkeypatch, request) -> None:
    monkeypatch.chdir(request.config.rootpath)
    before = os.getcwd()
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == EXIT_STATUS_SUCCESS
    assert os.getcwd() == before
