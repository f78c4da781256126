"""What ships, and nothing else: another file's tests may have registered the sample's fictional countries."""

import pytest

from opencompact.compact import areas


@pytest.fixture(autouse=True)
def only_what_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register as it is when the package is loaded; after the test it is again what it was before."""
    import sys

    monkeypatch.setattr(sys.modules[areas.__module__], "_current", None)
