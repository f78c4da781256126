"""The gallery: one of every block and chart, for a country that does not exist, to be looked at and to be tested.

python -m opencompact.look.gallery OUT [LANGUAGE …]
"""

from __future__ import annotations

import sys
from pathlib import Path

from opencompact.language import LANGUAGES
from opencompact.look.blocks import (
    BulletList,
    Callout,
    Cell,
    Column,
    Contents,
    Definitions,
    Fact,
    Facts,
    Figure,
    Heading,
    Matrix,
    MatrixCell,
    MatrixRow,
    Meta,
    Page,
    Publication,
    Span,
    Table,
    paragraph,
    spans,
)
from opencompact.look.charts import Point, Spark
from opencompact.look.samples import Words, charts, words


def gallery(language: str, languages: tuple[str, ...] = tuple(LANGUAGES)) -> Publication:
    """The gallery in one language."""
    w = words(language)
    pages = (
        Page(
            "index", w["glance"], spans(w["lead"]), (_facts(w), Contents(parent="index", leads=True)), short=w["glance"]
        ),
        Page("words", w["words"], spans(w["lead"]), _words(w), parent="index"),
        Page("charts", w["charts"], (), _figures(language, w, maps=False), parent="index"),
        Page("maps", w["maps"], (), _figures(language, w, maps=True), parent="charts"),
    )
    meta = Meta(
        publisher=w["area"],
        date="2026-03-01",
        edition="0.1",
        licence="CC BY 4.0",
        languages=languages,
        downloads=(
            Span("PDF", href=f"file:{language}/gallery.pdf"),
            Span("DOCX", href=f"file:{language}/gallery.docx"),
        ),
    )
    return Publication(language, w["title"], w["subtitle"], pages, (Callout("synthetic", spans(w["synthetic"])),), meta)


def _facts(w: Words) -> Facts:
    spark = Spark(tuple(Point(str(1990 + 5 * i), v) for i, v in enumerate((3, 4, 4.4, 6, 8, 9.5, 12))))
    one = Fact(w["migrants"], w["million"], w["detail"], spark, spans(w["source"]), "page:charts")
    other = Fact(w["missing"], "412", w["year"] + " 2025")
    return Facts((one, other, one, other))


def _words(w: Words) -> tuple[Heading | Table | BulletList | Definitions | Callout | Matrix, ...]:
    return (
        paragraph(w["body"], " ", Span(w["measure"], strong=True), " ", Span(w["charts"], href="page:charts")),  # type: ignore[return-value]
        Callout("distress", spans(w["distress"])),
        Heading(2, w["group"], "group"),
        BulletList((spans(w["river"]), spans(w["hills"], " ", Span("العربية 中文 Français", language="fr")))),
        BulletList((spans(w["place"]), spans(w["coast"])), ordered=True),
        Definitions(((w["migrants"], spans(w["body"])), (w["missing"], spans(w["lead"])))),
        paragraph(w["body"], role="quote"),
        Callout("gap", spans(w["none"]), w["objective"].format(n=4)),
        Heading(3, w["value"], "value"),
        table(w),
        _matrix(w),
        paragraph(w["source"], role="note"),
    )


def table(w: Words) -> Table:
    """A table with every kind of cell."""
    columns = (
        Column(w["area"]),
        Column(w["year"], "number"),
        Column(w["value"], "number"),
        Column(w["change"], "number"),
    )
    rows: tuple[tuple[str | Cell, ...], ...] = (
        (w["river"], "2024", Cell("412,000", strong=True), "+37%"),
        (w["hills"], "2023", Cell(w["suppressed"], absence="suppressed", note=w["body"]), "−10%"),
        (Cell(w["coast"], href="page:maps"), "2020", Cell(w["none"], absence="missing"), ""),
        (w["world"], "2024", "281,000,000", "+2%"),
    )
    return Table(columns, rows, w["measure"], w["source"], rules=(3,))


def _matrix(w: Words) -> Matrix:
    state = ("full", "part", "none", "not-asked")
    rows = [MatrixRow(w["group"])]
    rows += [
        MatrixRow(
            w["objective"].format(n=n),
            tuple(MatrixCell(state[(n * k) % 4], "2024" if (n * k) % 4 == 0 else "") for k in range(1, 6)),  # type: ignore[arg-type]
            "page:charts",
        )
        for n in (1, 3, 7)
    ]
    columns = tuple(w[name] for name in ("at_all", "by_sex", "by_age", "by_status", "recent"))
    names = ("full", "part", "none", "not_asked")
    states = tuple((s, w[n]) for s, n in zip(state, names, strict=True))
    return Matrix(columns, tuple(rows), w["full"], states, w["group"])  # type: ignore[arg-type]


def _figures(language: str, w: Words, *, maps: bool) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            w["finding"],
            w["measure"],
            chart,
            table(w),
            w["alt"],
            spans(w["source"]),
            f"file:data/{name}.csv",
            anchor=name.replace(".", "-"),
        )
        for name, chart in charts(language).items()
        if name.startswith("map") == maps and name != "spark"
    )


def main(arguments: list[str]) -> None:
    """Writes the gallery as a site, as PDF and as DOCX."""
    from opencompact.look.docx import write_docx
    from opencompact.look.pdf import write_pdf
    from opencompact.look.site import write_site

    out = Path(arguments[0])
    codes = arguments[1:] or list(LANGUAGES)
    for code in codes:
        publication = gallery(code, tuple(codes))
        write_site(publication, out)
        write_pdf(publication, out / code / "gallery.pdf")
        write_docx(publication, out / code / "gallery.docx")


if __name__ == "__main__":
    main(sys.argv[1:])
