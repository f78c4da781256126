"""A coverage picture: what there is by year or by breakdown, one square a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from opencompact.look.charts.chart import Chart
from opencompact.look.svg import Canvas

State: TypeAlias = Literal["full", "part", "none", "not-asked"]


@dataclass(frozen=True)
class CoverageRow:
    """A row of squares; a row with no cells is the heading of a group."""

    label: str
    cells: tuple[State, ...] = ()


@dataclass(frozen=True)
class CoverageMatrix(Chart):
    """Rows by columns of states; a full square, a half one, an empty one with a cross, a dot: told apart without colour."""

    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    states: tuple[tuple[State, str], ...]


def render_coverage(chart: CoverageMatrix, canvas: Canvas) -> float:
    """Draws the squares; gives the height. Column heads are numbered below a key where they would not fit side by side."""
    room = canvas.width * (0.42 if canvas.narrow else 0.46)
    labels = [
        canvas.wrapped(row.label, room if row.cells else canvas.width, 5 if canvas.narrow else 3, strong=not row.cells)
        for row in chart.rows
    ]
    start = (
        max((canvas.measure(t) for row, ls in zip(chart.rows, labels, strict=True) if row.cells for t in ls), default=0)
        + 12
    )
    step = (canvas.width - start) / max(1, len(chart.columns))
    heads = [canvas.wrapped(name, step - 6, 3) for name in chart.columns]
    numbered = any(line.endswith("…") for head in heads for line in head)
    top = _draw_key(canvas, chart, numbered)
    heads = [(str(index + 1),) for index in range(len(heads))] if numbered else heads
    deepest = max((len(head) for head in heads), default=1)
    for index, head in enumerate(heads):
        y = top + canvas.size + (deepest - len(head)) * canvas.line_height
        canvas.lines_of_text(start + (index + 0.5) * step, y, head, anchor="middle", fill="quiet")
    top += deepest * canvas.line_height + 10
    for row, lines in zip(chart.rows, labels, strict=True):
        height = max(24.0, len(lines) * canvas.line_height + 6) + (0 if row.cells else 8)
        baseline = top + height / 2 - canvas.line_height * len(lines) / 2 + canvas.size * 0.92 + (0 if row.cells else 4)
        canvas.lines_of_text(0, baseline, lines, strong=not row.cells)
        for index, state in enumerate(row.cells):
            _draw_state(canvas, state, start + (index + 0.5) * step, top + height / 2)
        top += height
    return top + 4


def _draw_key(canvas: Canvas, chart: CoverageMatrix, numbered: bool) -> float:
    x, y = 0.0, 0.0
    for state, words in chart.states:
        width = canvas.measure(words) + 40
        if x and x + width - 16 > canvas.width:
            x, y = 0.0, y + canvas.line_height + 4
        _draw_state(canvas, state, x + 8, y + canvas.line_height / 2)
        canvas.text(x + 24, y + canvas.line_height / 2 + canvas.size * 0.34, words)
        x += width
    y += canvas.line_height + 10
    for index, name in enumerate(chart.columns if numbered else ()):
        for line in canvas.wrapped(f"{index + 1}  {name}", canvas.width, 2):
            canvas.text(0, y + canvas.size, line, fill="quiet")
            y += canvas.line_height
    return y + (8 if numbered else 0)


def _draw_state(canvas: Canvas, state: State, x: float, y: float) -> None:
    size = 14.0
    left, top = x - size / 2, y - size / 2
    if state == "full":
        canvas.rect(left, top, size, size, fill="accent")
    elif state == "part":
        canvas.rect(left, top, size, size, fill="paper", stroke="accent", extra=' stroke-width="1.5"')
        canvas.rect(left, y, size, size / 2, fill="accent")
    elif state == "none":
        canvas.rect(left, top, size, size, fill="paper", stroke="signal", extra=' stroke-width="1.5"')
        canvas.line(left + 3, top + 3, left + size - 3, top + size - 3, stroke="signal", width=1.5)
        canvas.line(left + 3, top + size - 3, left + size - 3, top + 3, stroke="signal", width=1.5)
    else:
        canvas.rect(x - 1.5, y - 1.5, 3, 3, fill="mark")
