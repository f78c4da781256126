"""Every public function and class says where its method comes from, or that it is ours: in its own docstring or in its module's."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import opencompact.missing

ROOMS = Path(opencompact.missing.__file__).parent
NAMED = re.compile(
    r"\b(1[89]|20)\d\d\b|\bOwn\b|\b(is|are|our|the) own\b|[Jj]udgement|\b(ISO|FDI|RFC|INTERPOL|Unicode|ENFSI|SDMX)\b|A/RES/|[Ss]ource|design"
)


def _unsourced(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if NAMED.search(ast.get_docstring(tree) or ""):
        return
    public = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    )
    yield from (
        f"{path.relative_to(ROOMS)}: {node.name}" for node in public if not NAMED.search(ast.get_docstring(node) or "")
    )


@pytest.mark.parametrize("room", ["records", "evidence", "world", "decisions", "names", "candidates"])
def test_every_public_function_says_where_it_comes_from(room: str) -> None:
    paths = sorted((ROOMS / room).glob("*.py"))
    assert paths
    assert [one for path in paths for one in _unsourced(path)] == []
