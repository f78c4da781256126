"""Property tests draw the same examples on every machine, and as many as they are asked to (decision 0080)."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

TESTS = Path(__file__).parent.parent


def _drawn() -> list[tuple[int, str]]:
    examples = []

    @given(st.integers(), st.text())
    def law(number: int, text: str) -> None:
        examples.append((number, text))

    law()
    return examples


def test_what_is_drawn_depends_neither_on_luck_nor_on_what_ran_before(tmp_path: Path, monkeypatch) -> None:
    if not settings.default.derandomize:
        pytest.skip("these examples are to be new ones")
    before = _drawn()
    words = [f"word-{number}" for number in range(500)]
    path = tmp_path / "loaded_elsewhere.py"
    path.write_text(f"WORDS = {words}\nNUMBERS = {list(range(10**6, 10**6 + 500))}\n")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, path.stem, loaded)
    assert _drawn() == before


def _settings_of(file: Path) -> list[tuple[str, ast.keyword]]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [(file.name, named) for call in calls for named in call.keywords]


def test_no_property_test_says_itself_how_many_examples_or_which() -> None:
    said = [named for file in TESTS.glob("*/test_*.py") for named in _settings_of(file)]
    shares = [(file, ast.unparse(named.value)) for file, named in said if named.arg == "max_examples"]
    assert len(shares) > 5
    assert [share for share in shares if not share[1].startswith(("settings.default.", "examples.default."))] == []
    assert [file for file, named in said if named.arg in ("derandomize", "deadline")] == []
