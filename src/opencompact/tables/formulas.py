"""What a spreadsheet's formula gives now, where it is plain arithmetic: to see whether the saved value is stale.

A program that writes workbooks, or a spreadsheet that was told not to compute, leaves values behind that the cells they
were made of no longer give.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from opencompact.tables.workbook import place

#: Row and column of a cell → its number, or None where it holds something else.
Cells = Mapping[tuple[int, int], float | None]

_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?\d+):(\$?[A-Z]{1,3}\$?\d+)")
_CELL = re.compile(r"(?<![A-Za-z_\"\d$])(\$?[A-Z]{1,3}\$?\d+)(?![\w(\"])")
_WIDEST = 100_000
_OPERATORS: dict[type, Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


def result(formula: str, cells: Cells) -> float | None:
    """What the formula gives with these cells (row, column → number; an empty cell counts as 0); None where it is more
    than sums, differences, products, quotients and SUM of cells of its own sheet.

    >>> result("SUM(A1:A2)*2", {(1, 1): 1.0, (2, 1): 2.0})
    6.0
    """
    if "!" in formula or "[" in formula or '"' in formula:
        return None
    python = _CELL.sub(r'cell("\1")', _RANGE.sub(r'span("\1", "\2")', formula.strip()))
    try:
        return float(_value(ast.parse(python, mode="eval").body, cells))
    except (SyntaxError, TypeError, ValueError, ZeroDivisionError, OverflowError, RecursionError):
        return None


def _value(node: ast.expr, cells: Cells) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left, cells), _value(node.right, cells))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.operand, cells))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _called(node.func.id, node.args, cells)
    raise ValueError("more than arithmetic")


def _called(name: str, arguments: list[ast.expr], cells: Cells) -> Any:
    if name == "cell" and isinstance(arguments[0], ast.Constant):
        return _number(place(str(arguments[0].value)), cells)
    if name == "span":
        return _within([str(each.value) for each in arguments if isinstance(each, ast.Constant)], cells)
    if name == "SUM":
        found = [_value(each, cells) for each in arguments]
        return sum(sum(each) if isinstance(each, list) else each for each in found)
    raise ValueError("more than arithmetic")


def _within(corners: list[str], cells: Cells) -> list[float]:
    (top, left), (bottom, right) = place(corners[0]), place(corners[1])
    if (bottom - top + 1) * (right - left + 1) > _WIDEST:
        raise ValueError("more than arithmetic")
    return [_number((row, column), cells) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _number(at: tuple[int, int], cells: Cells) -> float:
    number = cells.get(at, 0.0)
    if number is None:
        raise ValueError("not a number")
    return number
