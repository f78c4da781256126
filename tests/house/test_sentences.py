"""No string outside the catalogues: what is said to people is a template with values, found by `scripts/catalogues.py`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
import catalogues


def faults(
    words: ast.expr, assigned: dict[str, list[ast.expr]], seen: frozenset[str] = frozenset()
) -> Iterator[ast.expr]:
    """The parts of an expression that come to words which no catalogue can have: f-strings, sums, `.format`, `%`."""
    for part in catalogues.spoken(words):
        if isinstance(part, ast.JoinedStr | ast.BinOp) or (
            isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in ("format", "join")
        ):
            yield part
        elif isinstance(part, ast.Name) and part.id not in seen:
            for value in assigned.get(part.id, []):
                yield from faults(value, assigned, seen | {part.id})


def assignments(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """Every value that a module gives to each name."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


@pytest.mark.parametrize("room", catalogues.ROOMS)
def test_what_is_said_is_never_put_together_where_it_is_said(room: str) -> None:
    wrong = []
    for path in catalogues.sources(room):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = assignments(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            wrong += [
                f"{path.name}:{fault.lineno}: {ast.unparse(fault)[:90]}"
                for sentence in catalogues.sentences(call)
                for fault in faults(sentence, known)
            ]
    assert wrong == []


def test_commands_say_nothing_but_what_the_catalogue_can_have() -> None:
    """`click.echo` prints data: text of a file, JSON. Words go through `say`, `print_table` and `tell`."""
    wrong = []
    for path in catalogues.sources("cli"):
        for call in (
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ):
            name = ast.unparse(call.func)
            if name == "click.echo" and any(map(has_words, call.args)):
                wrong.append(f"{path.name}:{call.lineno}: {ast.unparse(call)[:90]}")
            if name in ("say", "tell", "click.UsageError", "click.BadParameter") and isinstance(
                call.args[0], ast.JoinedStr
            ):
                wrong.append(f"{path.name}:{call.lineno}: {ast.unparse(call)[:90]}")
    assert wrong == []


def has_words(printed: ast.expr) -> bool:
    """Whether letters to be read stand in the expression itself, and not in a call that tells or makes them."""
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and bool(re.search("[A-Za-z]{2}", part.value))
        for words in catalogues.spoken(printed)
        if not isinstance(words, ast.Call)
        for part in ast.walk(words)
    )


def test_the_check_sees_what_it_is_for() -> None:
    tree = ast.parse(
        'how = f"{x} rows"\nraise InputError(how, remedy="a" + b)\nraise InputError("x" if y else said("z"))'
    )
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and catalogues.sentences(node)]
    found = [
        fault for call in calls for words in catalogues.sentences(call) for fault in faults(words, assignments(tree))
    ]
    assert [type(fault) for fault in found] == [ast.JoinedStr, ast.BinOp]
