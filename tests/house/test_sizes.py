"""What is read in one breath: functions under 60 lines, modules of 400 at most, files of tests of 500."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FUNCTION, MODULE, TESTS = 59, 400, 500
# What reads better whole, with the reason.
WHOLE = {
    "src/opencompact/missing/names/kernel.py _edges": "one loop that is compiled as it stands",
    "src/opencompact/missing/candidates/naming.py record_keys": "keys of one record, slot after slot",
    "src/opencompact/missing/candidates/columns.py": "the columns of a list, in the order in which they are laid out",
}


def _files(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_every_function_is_read_in_one_breath() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}: {length} lines"
        for name, text in _files("src", "tests", "benchmarks", "scripts")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION
        and f"{name} {node.name}" not in WHOLE
    ]
    assert long == []


def test_no_module_is_longer_than_a_chapter() -> None:
    source = [(name, text, MODULE) for name, text in _files("src", "benchmarks", "scripts")]
    tests = [(name, text, TESTS) for name, text in _files("tests")]
    lengths = [(name, len(text.splitlines()), most) for name, text, most in (*source, *tests)]
    long = [f"{name}: {length} lines" for name, length, most in lengths if length > most and name not in WHOLE]
    assert long == []
