"""Loading: what `import --all` of a folder costs, how the cost grows with the rows, and what plain pandas takes to read.

    OPENCOMPACT_DATA=<folder of published tables> python benchmarks/loading.py

Prints CPU seconds and memory of a whole process for all files; the growth from 1 to 4 to 16 times the rows of one table
of incidents; and, beside it in the same run, what pandas takes to read the same bytes into a frame, without recognising,
checking, counting or keeping anything. Each step runs three times: the lowest and the highest are shown.
"""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_file

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks._spent import spent

WHOLE = """
import resource, sys, time
from pathlib import Path
from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_folder
folder = Path(sys.argv[1])
Workspace.create(folder)
start = time.monotonic()
report = import_folder(folder, Path(sys.argv[2]))
use = resource.getrusage(resource.RUSAGE_SELF)
observations = Workspace(folder).editions()["observations"].sum()
size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
print(len(report.files), sum(f.read for f in report.files), observations, f"{time.monotonic() - start:.1f}",
      f"{use.ru_utime + use.ru_stime:.1f}", f"{use.ru_maxrss / 1024:.0f}", f"{size / 1e6:.1f}")
"""


def whole_folder(data: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", WHOLE, folder, str(data)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    files, read, observations, wall, cpu, memory, size = said
    print(f"import --all: {files} files, {int(read):,} rows and cells read, {int(observations):,} observations kept")
    print(f"  {wall} s wall, {cpu} CPU s, {memory} MB of memory at most, {size} MB on disk")


def growth(data: Path) -> None:
    """The incidents of one edition, written 1, 4 and 16 times over (with new ids), imported and read by pandas."""
    import pandas

    path = data / "iom-missing-migrants" / "Missing_Migrants_Global_Figures_allData_2025-04.csv.gz"
    header, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines(keepends=True)
    print("rows       import CPU s       pandas reads CPU s   ratio   import, times the first")
    first = None
    for times in (1, 4, 16):
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "incidents.csv"
            table.write_text(header + "".join(lines) * times, encoding="utf-8")

            def load(table: Path = table, folder: str = folder) -> None:
                workspace = tempfile.mkdtemp(dir=folder)
                Workspace.create(workspace)
                import_file(Path(workspace), table)

            low, high = spent(load)
            peer_low, peer_high = spent(lambda table=table: pandas.read_csv(table, keep_default_na=False))
        first = first or low
        print(
            f"{len(lines) * times:<10,} {low:5.2f} to {high:5.2f}     {peer_low:5.2f} to {peer_high:5.2f}"
            f"       {low / peer_low:5.1f}   {low / first:5.1f}"
        )


def main() -> None:
    data = os.environ.get("OPENCOMPACT_DATA")
    if not data:
        sys.exit("OPENCOMPACT_DATA names no folder of published tables.")
    whole_folder(Path(data))
    growth(Path(data))
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory at most")


if __name__ == "__main__":
    main()
