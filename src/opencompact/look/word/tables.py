"""Tables as WordprocessingML (ECMA-376 part 1, 17.4): heads that are repeated, rows that stay whole, hatches for what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from opencompact.look.blocks import Span
from opencompact.look.measure import is_arabic
from opencompact.look.tokens import tokens
from opencompact.look.word.markup import WHOLE
from opencompact.look.word.widths import column_widths, matrix_widths
from opencompact.look.word.writing import Writing

_CELLS = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
    '<w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
)
_SHORT = 6  # rows of a table that is not parted at all


@dataclass(frozen=True)
class Grid:
    """A table before it is written: its heads, its cells, which columns are numbers, above which rows a line is drawn, what it
    shows in words, why the cell of a row and a column, both from 0, has no value. The cells of one that is `centred` stand in
    the middle of narrow columns, but for the first."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Span]]
    numeric: Sequence[bool]
    rules: Sequence[int] = ()
    summary: str = ""
    centred: bool = False
    absences: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def widths(self, *, full: bool) -> list[int]:
        """Of the columns, in twentieths of a point."""
        if self.centred:
            return matrix_widths(len(self.heads))
        texts = [
            [("\u2003 " if (number, place) in self.absences else "") + cell.text for place, cell in enumerate(row)]
            for number, row in enumerate(self.rows)
        ]
        return column_widths([*zip(self.heads, *texts, strict=True)], self.numeric, full=full)

    def kinds(self) -> list[str]:
        """How the cells of each column stand."""
        return [
            "centre" if self.centred and index else "number" if number else ""
            for index, number in enumerate(self.numeric)
        ]

    def kept(self, index: int) -> bool:
        """Whether a row stands on the page of the next one: no page begins or ends with a single row of a table."""
        last = len(self.rows) - 1
        return index < last and (last < _SHORT or index < 2 or index >= last - 2)


def table(grid: Grid, writing: Writing) -> str:
    """The markup of a table; in Arabic its first column is at the right."""
    widths, kinds = grid.widths(full=writing.rtl), grid.kinds()
    head = [Span(text, strong=True) for text in grid.heads]
    rows = [_row(head, kinds, widths, writing, head=True, kept=bool(grid.rows))]
    for index, row in enumerate(grid.rows):
        marks = [grid.absences.get((index, place), "") for place in range(len(row))]
        if index in grid.rules and not any(cell.text for cell in row[1:]):  # the head of a group, over its whole width
            rows.append(_row(row[:1], kinds, [sum(widths)], writing, rule=True, kept=True, over=len(widths)))
            continue
        rows.append(_row(row, kinds, widths, writing, rule=index in grid.rules, kept=grid.kept(index), marks=marks))
    about = f"<w:tblCaption w:val={quoteattr(grid.summary)}/>" if grid.summary else ""
    return f'{_opening(widths, writing.rtl, f"""<w:tblLook w:firstRow="1" w:firstColumn="1"/>{about}""")}{"".join(rows)}</w:tbl>'


def side_by_side(cells: Sequence[str], columns: int, *, rtl: bool) -> str:
    """Paragraphs that are made already, so many beside each other, without head or lines; no page parts a row."""
    width = WHOLE // columns
    filled = [*cells, *['<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'] * (-len(cells) % columns)]
    made = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in filled]
    rows = ["".join(made[start : start + columns]) for start in range(0, len(made), columns)]
    body = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in rows)
    return f"{_opening([width] * columns, rtl, '')}{body}</w:tbl>"


def _opening(widths: Sequence[int], rtl: bool, look: str) -> str:
    turned = "<w:bidiVisual/>" if rtl else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_CELLS}{look}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _row(
    cells: Sequence[Span],
    kinds: Sequence[str],
    widths: Sequence[int],
    writing: Writing,
    *,
    head: bool = False,
    rule: bool = False,
    kept: bool = False,
    marks: Sequence[str] = (),
    over: int = 1,
) -> str:
    colour = tokens().colour["grey" if head else "rule"].lstrip("#")
    edge = "bottom" if head else "top"
    line = f'<w:tcBorders><w:{edge} w:val="single" w:sz="6" w:color="{colour}"/></w:tcBorders>' if head or rule else ""
    shape = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    made = []
    across = f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    for cell, kind, width, mark in zip(cells, kinds[: len(cells)], widths, marks or [""] * len(cells), strict=True):
        text = _cell(cell, kind, "<w:keepNext/>" if kept else "", mark, writing)
        made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{line}</w:tcPr>{text}</w:tc>')
    return f"<w:tr>{shape}{''.join(made)}</w:tr>"


def _cell(cell: Span, kind: str, kept: str, mark: str, writing: Writing) -> str:
    """A cell's paragraph. Digits run from the left in Arabic too, so that units stand under units on a column's right."""
    runs = (_marked(mark) if mark else "") + (writing.span(cell, plain=True) if cell.text else "")
    turned = writing.turned("Table Text", ())
    if kind == "number" and not (writing.rtl and is_arabic(cell.text)):
        turned = f'{"<w:bidi w:val=" + chr(34) + "0" + chr(34) + "/>" if writing.rtl else ""}<w:jc w:val="right"/>'
    elif kind == "centre":
        turned += '<w:jc w:val="center"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{kept}{turned}</w:pPr>{runs}</w:p>'


def _marked(absence: str) -> str:
    """What is missing is hatched, what is suppressed dotted, as on the site."""
    colour, pattern = tokens().colour, "pct25" if absence == "suppressed" else "thinDiagStripe"
    shade = f'w:val="{pattern}" w:color="{colour["mark"].lstrip("#")}" w:fill="{colour["wash"].lstrip("#")}"'
    return f'<w:r><w:rPr><w:shd {shade}/></w:rPr><w:t>\u2003</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
