"""What a review costs: one country, several in one go, growth with rows and indicators, size; beside a plain pandas baseline.

    python benchmarks/review.py [--workspace FOLDER] [--area MEX]

Without a workspace the synthetic sample is used. Where OPENCOMPACT_DOCUMENTS names a folder of UN texts, reviews quote them. CPU
seconds of whole processes (user + system), the lowest of three, on whatever machine this runs; modules are compiled before, as
they are where a package is installed. Ratios from one run are what to compare. Figures of Open SDG were measured elsewhere, on
other data, and are printed as such.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

RUNS = 3
BYTECODE = tempfile.TemporaryDirectory()  # of every process measured, so that none compiles what another has compiled
ELSEWHERE = (
    "Open SDG's sdg-build, measured elsewhere (2.3.0, real countries, no PDF): 71–142 CPU s, 210–370 MB, "
    "output 18–72 times its input; indicators × 4 cost × 5.3, rows × 16 cost × 1.5"
)
BUILD = """
import resource, sys
from pathlib import Path
from opencompact.review import Library, Request, build, links_of
from opencompact.review.building import seldom_collect
from opencompact.statistics import Workspace
from opencompact.statistics.sample import places
seldom_collect()
workspace, out, areas, languages, formats = sys.argv[1:6]
if areas.startswith("Q"): places.register()
library = Library(Workspace(workspace))
links = links_of(library.workspace, "2026-11-21", synthetic=areas.startswith("Q"))
for area in areas.split(","):
    request = Request(area, "2026-11-21", tuple(languages.split(",")), tuple(formats.split(",")), links)
    built = build(library, request, Path(out) / area)
print(built.pages, built.figures, built.size, built.observations, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
PANDAS = """
import sys, pandas
from pathlib import Path
table = pandas.read_parquet(sys.argv[1])
out = Path(sys.argv[2]); out.mkdir(parents=True, exist_ok=True)
for name, rows in table.groupby("indicator"):
    rows.to_csv(out / f"{name}.csv", index=False)
    wide = rows.pivot_table(index="period", columns=["area", "sex", "age", "origin", "breakdown"], values="value")
    (out / f"{name}.html").write_text(f"<h1>{name}</h1>" + wide.to_html())
"""


def measured(code: str, *arguments: str) -> tuple[float, float, str]:
    """(CPU seconds, peak memory in MB, what was printed) of a fresh interpreter: the lowest of three runs."""
    return min((_once(code, *arguments) for _run in range(RUNS)), key=lambda run: run[0])


def _once(code: str, *arguments: str) -> tuple[float, float, str]:
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept = compiled | {"PYTHONPYCACHEPREFIX": BYTECODE.name}
    with tempfile.TemporaryFile("w+") as told:
        running = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=told, env=kept)
        _pid, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            raise subprocess.CalledProcessError(running.returncode, code)
        told.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told.read()


def main() -> None:
    """Prints every ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--area")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = options.workspace or sample(Path(folder))
        area = options.area or ("MEX" if options.workspace else "QMA")
        several = "MEX,BGD,DEU,NER,PHL,KEN" if options.workspace else "QMA,QMB,QMC,QMD,QME,QMF"
        report(Path(folder), workspace, area, several)


def sample(folder: Path) -> Path:
    """The synthetic sample, imported."""
    from opencompact.statistics import Workspace
    from opencompact.statistics.importing import import_folder
    from opencompact.statistics.sample import places
    from opencompact.statistics.sample.writing import write_sample

    places.register()
    write_sample(folder / "files")
    Workspace.create(folder / "workspace")
    import_folder(folder / "workspace", folder / "files")
    return folder / "workspace"


def report(folder: Path, workspace: Path, area: str, several: str) -> None:
    """Measures and prints."""
    out = folder / "out"
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: CPU seconds are inflated when it is high")
    measured(BUILD, str(workspace), str(out / "first"), area, "en", "data")  # the first one finds every current value
    rows = []
    for name, languages, formats in (
        ("site + PDF", "en", "site,pdf"),
        ("site", "en", "site"),
        ("site + PDF + DOCX", "en", "site,pdf,docx"),
        ("site + PDF + DOCX + data", "en", "site,pdf,docx,data"),
        ("data (CSV, Parquet, SDMX)", "en", "data"),
    ):
        target = out / name.replace(" ", "")
        rows.append((name, *fresh(workspace, target, area, languages, formats)))
    for name, spent, _peak, told in rows:
        pages, figures, size, observations, memory = told.split()
        print(
            f"{area}, {name}, 1 language: {spent:.2f} CPU s, {memory} MB, {pages} pages, {figures} figures, "
            f"{int(size) / 1e6:.1f} MB out, {observations} observations"
        )
    spent, _peak, told = fresh(workspace, out / "several", several, "en", "site,pdf")
    count = several.count(",") + 1
    print(f"{count} areas in one go: {spent / count:.2f} CPU s an area, {told.split()[-1]} MB")
    again, _memory, _told = measured(BUILD, str(workspace), str(out / "again"), area, "en", "site,pdf")
    print(f"the same site and PDF again, nothing changed: {again:.2f} CPU s")
    print(current_values(folder, workspace))
    print(
        sizes(next((out / "site+PDF+DOCX").iterdir()) / area, next((out / "data(CSV,Parquet,SDMX)").iterdir()) / area)
    )
    parquet = next((out / "data(CSV,Parquet,SDMX)").rglob("observations.parquet"))
    plain, held, _told = measured(PANDAS, str(parquet), str(out / "pandas"))
    print(
        f"pandas, the same rows as CSV and one HTML table an indicator, no chart, no words: {plain:.2f} CPU s, {held:.0f} MB"
    )
    print(f"ratio site + PDF : pandas baseline = {rows[0][1] / plain:.1f}")
    print(ELSEWHERE)
    growth(folder, parquet)


CURRENT = """
import resource, sys
from opencompact.statistics import Workspace
from opencompact.statistics.current import Current
made = Current(Workspace(sys.argv[1])).prepare()
print(len(made), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def current_values(folder: Path, workspace: Path) -> str:
    """What finding every current value costs, which an import does at its end: in a copy without any."""
    copy = folder / "copy"
    shutil.copytree(workspace, copy, ignore=shutil.ignore_patterns("cache"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", CURRENT, str(copy)],
        check=True,
        capture_output=True,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    indicators, memory = done.stdout.split()
    return f"every current value, {indicators} indicators, once after an import: {spent:.1f} CPU s, {memory} MB"


def sizes(told: Path, data: Path) -> str:
    """Where the bytes are: pages, of which pictures; fonts; PDF; DOCX; and each form of the data an observation."""
    pages = [path.read_text("utf-8") for path in told.glob("*/*.html")]
    drawn = sum(len(svg) for page in pages for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    rows = pl.scan_parquet(data / "data/observations.parquet").select(pl.len()).collect().item()
    forms = {
        "CSV": list((data / "data/csv").glob("*.csv")),
        "Parquet": [data / "data/observations.parquet"],
        "SDMX-CSV": [data / "data/sdmx/observations.csv"],
        "SDMX-ML": [data / "data/sdmx/observations.xml"],
    }
    each = ", ".join(f"{name} {sum(path.stat().st_size for path in paths) / rows:.0f}" for name, paths in forms.items())
    whole = {
        kind: sum(path.stat().st_size for path in told.rglob(f"*.{kind}")) / 1e6 for kind in ("woff2", "pdf", "docx")
    }
    return (
        f"{len(pages)} pages {sum(map(len, pages)) / 1e6:.1f} MB, of which pictures {drawn / 1e6:.1f} MB; fonts {whole['woff2']:.1f} MB; "
        f"PDF {whole['pdf']:.1f} MB; DOCX {whole['docx']:.1f} MB; bytes an observation: {each}"
    )


def fresh(workspace: Path, target: Path, areas: str, languages: str, formats: str) -> tuple[float, float, str]:
    """A build into a new folder each time, so that nothing is taken over."""
    code = BUILD.replace("Path(out) / area", "Path(out) / str(__import__('os').getpid()) / area")
    return measured(code, str(workspace), str(target), areas, languages, formats)


COMPOSE = """
import sys, time
import polars as pl
from opencompact.statistics.assessment import *
rows = pl.read_parquet(sys.argv[1])
start = time.process_time()
for (_indicator,), part in rows.partition_by("indicator", as_dict=True).items():
    cells = {}
    for row in part.iter_rows(named=True):
        cells.setdefault((row["area"], row["sex"], row["age"], row["origin"], row["breakdown"]), []).append(row)
    for each in cells.values():
        assess(series(each), Goal(Direction.UP, 100.0, 2030))
    available(Asked("x", (1,), ("sex",)), part.iter_rows(named=True))
print(time.process_time() - start)
"""


def growth(folder: Path, parquet: Path) -> None:
    """Assessment and coverage of 1, 4 and 16 times the indicators, and of 1, 4 and 16 times the rows."""
    base = pl.read_parquet(parquet).filter(pl.col("origin") == "_T").sort("indicator").head(4000)
    for what in ("indicator", "breakdown"):
        spent = []
        for times in (1, 4, 16):
            copies = [base.with_columns((pl.col(what) + f"=copy{number}").alias(what)) for number in range(times)]
            path = folder / f"{what}-{times}.parquet"
            pl.concat(copies).write_parquet(path)
            spent.append(float(measured(COMPOSE, str(path))[2]))
        label = "indicators" if what == "indicator" else "rows"
        print(
            f"{label} × 1, 4, 16: {', '.join(f'{each:.2f}' for each in spent)} CPU s (× {spent[2] / spent[0]:.1f} for × 16)"
        )


if __name__ == "__main__":
    main()
