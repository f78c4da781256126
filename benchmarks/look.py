"""What a publication costs: pictures, site, PDF, DOCX, at 1, 4 and 16 times, each in a process of its own.

    python benchmarks/look.py

Prints CPU seconds (user and system), memory and sizes. One publication is like a country's review: 35 pages, 60 charts, 4 of
them maps, a table under each. `areas` is how many publications are made in one process; the first pays for what is kept
(fonts, templates, boundaries). The cost should grow no faster than the work.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES, CHARTS, MAPS = 35, 60, 4


def publication(language: str, number: int, charts: int = CHARTS):  # type: ignore[no-untyped-def]
    """A publication of 35 pages with values of its own."""
    from opencompact.look.blocks import Contents, Figure, Heading, Meta, Page, Publication, paragraph, spans
    from opencompact.look.gallery import _facts, table
    from opencompact.look.samples import charts as forms
    from opencompact.look.samples import words

    w = words(language)
    found = [chart for name, chart in forms(language).items() if name != "spark"]
    maps, plain = found[-6:], found[:-6]
    chosen = [maps[i % 6] if i < MAPS else plain[i % len(plain)] for i in range(charts)]
    figures = [
        Figure(
            f"{w['finding']} {number}.{i}", w["measure"], _moved(chart, number), table(w), w["alt"], spans(w["source"])
        )
        for i, chart in enumerate(chosen)
    ]
    pages = [Page("index", w["glance"], spans(w["lead"]), (_facts(w), Contents("index")))]
    for index in range(PAGES - 1):
        blocks = (Heading(2, w["group"], "a"), paragraph(w["body"] * 6), *figures[index :: PAGES - 1])
        slug = {0: "charts", 1: "maps"}.get(index, f"p{index}")
        pages.append(Page(slug, f"{w['charts']} {index}", spans(w["lead"]), blocks, "index"))
    return Publication(
        language, f"{w['title']} {number}", w["subtitle"], tuple(pages), (), Meta(languages=("en", "ar", "zh"))
    )


def _moved(chart, number: int):  # type: ignore[no-untyped-def]
    """The same chart as another object with other numbers written, so that nothing is taken from memory."""
    from dataclasses import replace

    from opencompact.look.charts import Number

    return (
        replace(chart, number=Number(pattern="{}" + "\u2009" * (number % 5 + 1))) if hasattr(chart, "number") else chart
    )


def work(kind: str, language: str, areas: int, charts: int) -> dict[str, float]:
    """Makes the publications and gives seconds and sizes; runs in its own process."""
    from opencompact.look.docx import write_docx
    from opencompact.look.drawing import depict
    from opencompact.look.pdf import write_pdf
    from opencompact.look.site import write_site

    size = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(areas):
            made, out = publication(language, number, charts), Path(folder) / str(number)
            if kind == "pictures":
                for figure in made.figures():
                    size += len(depict(figure.chart, language, figure.title, figure.alt).svg)
            if "site" in kind:
                size += write_site(made, out).size
            if "pdf" in kind:
                size += write_pdf(made, out / "x.pdf").stat().st_size
            if "docx" in kind:
                size += write_docx(made, out / "x.docx").stat().st_size
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024, "size": size / 1e6}


def measured(kind: str, language: str, areas: int = 1, charts: int = CHARTS) -> dict[str, float]:
    """The same in a fresh process."""
    command = [sys.executable, __file__, "work", kind, language, str(areas), str(charts)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def chart_times(language: str = "ar") -> dict[str, float]:
    """Milliseconds a chart, by form, after the first of each."""
    from opencompact.look.drawing import depict
    from opencompact.look.samples import charts

    times = {}
    for name, chart in charts(language).items():
        depict(chart, language, "first")
        start = time.process_time()
        for index in range(20):
            depict(chart, language, f"again {index}")
        times[name] = (time.process_time() - start) / 20 * 1000
    return times


def main() -> None:
    """Prints the tables."""
    print("milliseconds a chart:", {name: round(ms, 2) for name, ms in chart_times().items()})
    measured("site+pdf", "ar"), measured("site+pdf", "zh"), measured("site+pdf", "en")  # fills the cache of fonts
    print(f"\none publication, whole process ({PAGES} pages, {CHARTS} charts)      CPU s      MB memory   MB written")
    for kind in ("site", "pdf", "site+pdf", "docx", "site+pdf+docx"):
        for language in ("en", "ar", "zh"):
            row = measured(kind, language)
            print(f"  {kind:16} {language}  {row['cpu']:30.2f} {row['mb']:14.0f} {row['size']:12.2f}")
    print("\nsite+pdf, areas in one process          CPU s   CPU s an area   ratio to one   MB memory")
    first = 0.0
    for areas in (1, 4, 16):
        row = measured("site+pdf", "en", areas)
        first = first or row["cpu"]
        print(
            f"  {areas:4}  {row['cpu']:37.2f} {row['cpu'] / areas:12.2f} {row['cpu'] / first:14.1f} {row['mb']:12.0f}"
        )
    print("\nsite+pdf, charts in one publication     CPU s   ratio to one   MB memory")
    first = 0.0
    for times in (1, 4, 16):
        row = measured("site+pdf", "en", 1, CHARTS * times)
        first = first or row["cpu"]
        print(f"  {CHARTS * times:4}  {row['cpu']:37.2f} {row['cpu'] / first:12.1f} {row['mb']:12.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        print(json.dumps(work(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))))
    else:
        main()
