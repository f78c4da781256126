"""How wide the columns of a table in a document are, reckoned from the lengths of its words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from opencompact.look.word.markup import WHOLE
from opencompact.look.word.writing import HAN

_WORD = re.compile("[ \u2e80-\u9fff]+")


def matrix_widths(columns: int) -> list[int]:
    """A wide column of names and narrow ones of equal width."""
    share = WHOLE / (columns + 2)
    return [round(3 * share), *[round(share)] * (columns - 1)]


_LETTER, _SIGN, _CELL = 86, 166, 170  # twentieths of a point: a letter, a Chinese sign, the margins of a cell
_BLANK = 42  # what some programs set between a number and a Chinese sign, though a document asks for none
_JOINT = re.compile("(?<=[0-9])[\u4e00-\u9fff]|(?<=[\u4e00-\u9fff])[0-9]")
_STRONG = 1.15  # how much wider the strong letters of a head are, where a reader's program has others than ours, too


def column_widths(columns: Sequence[Sequence[str]], numeric: Sequence[bool], *, full: bool) -> list[int]:
    """Widths in twentieths of a point by what stands in a column, its head first: as wide as its longest text where all find
    room so, else numbers and short texts whole and the long ones sharing what is left."""
    wanted = [
        max(
            _STRONG * min(_length(head), max(map(_length, head.split()), default=0) + 4 * _LETTER),
            *map(_length, cells),
            0,
        )
        + _CELL
        for head, *cells in columns
    ]
    if sum(wanted) <= WHOLE:
        spare = min(WHOLE, sum(wanted) * 1.12) if all(numeric[1:]) and not full else WHOLE
        return [round(width * spare / sum(wanted)) for width in wanted]
    weights = [_weight(column, number=number) for column, number in zip(columns, numeric, strict=True)]
    found, left, open_ = [0.0] * len(wanted), float(WHOLE), set(range(len(wanted)))
    while open_:
        share = left / sum(weights[index] for index in open_)
        whole = {index for index in open_ if wanted[index] <= share * weights[index]}
        for index in whole or open_:
            found[index] = wanted[index] if whole else share * weights[index]
        left -= sum(found[index] for index in whole)
        open_ = open_ - whole if whole else set()
    return [round(width) for width in found]


def _weight(column: Sequence[str], *, number: bool) -> float:
    """How much of too narrow a page a column claims: by its longest word and the root of its length; a number more."""
    lengths = [_length(cell) for cell in column]
    word = max((_length(word) for cell in column for word in _WORD.split(cell)), default=0)
    claim = max(9.0 * _LETTER, word, sum(lengths) / len(lengths), max(lengths) / 2)
    return math.sqrt(claim) * (1.6 if number else 1.0)


def _length(text: str) -> int:
    """About how wide a text is, in twentieths of a point."""
    signs = sum(map(len, HAN.findall(text)))
    return (len(text) - signs) * _LETTER + (signs + text.count("\u2003")) * _SIGN + len(_JOINT.findall(text)) * _BLANK
