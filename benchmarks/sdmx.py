"""SDMX of 100,000 observations: ours against pysdmx, written and read in one run, CPU seconds of each.

    python benchmarks/sdmx.py [observations]

Both write the same key, value and attributes. Each step runs three times; the lowest and the highest are printed, so that the
noise of the machine shows. pysdmx checks no code when it writes; our time holds the check.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import polars as pl

from opencompact.compact import countries
from opencompact.statistics import sdmx
from opencompact.statistics.observations import observations

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks._spent import spent


def synthetic(size: int) -> pl.DataFrame:
    """Observations of refugees hosted, by origin and year: real codes, invented values."""
    codes = [area.code for area in countries()]
    rows = pl.int_range(size, eager=True)
    place, period = len(codes), 24
    frame = pl.DataFrame(
        {
            "area": pl.Series(codes).gather(rows % place),
            "origin": pl.Series(codes).gather(rows // place % place),
            "period": (rows // (place * place) % period + 2000).cast(pl.String),
            "value": (rows * 7919 % 100_003).cast(pl.Float64) / 3,
        }
    )
    return observations(
        frame, indicator="refugees.hosted", unit="persons", source="synthetic", vintage="2026-11-21", file="none", row=1
    )


def peer_dataset(path: Path, structure_path: Path) -> object:
    """What pysdmx writes from: our file, as it reads it, under our structure."""
    from pysdmx.io import get_datasets

    return get_datasets(str(path), str(structure_path))[0]


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    table = synthetic(size)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        structure = sdmx.write_ml21(table, folder / "data.xml", folder / "structure.xml")
        sdmx.write_csv(table, folder / "data.csv", structure)

        from pysdmx.io import get_datasets
        from pysdmx.io.csv.sdmx20.writer import write as peer_csv
        from pysdmx.io.xml.sdmx21.writer.structure_specific import write as peer_ml

        dataset = peer_dataset(folder / "data.csv", folder / "structure.xml")
        steps = {
            "write CSV 2.0": (
                lambda: sdmx.write_csv(table, folder / "ours.csv", structure),
                lambda: peer_csv([dataset], output_path=str(folder / "peer.csv")),
            ),
            "write ML 2.1": (
                lambda: sdmx.write_ml21(table, folder / "ours.xml", folder / "ours-dsd.xml", structure),
                lambda: peer_ml([dataset], output_path=str(folder / "peer.xml")),
            ),
            "read CSV 2.0": (
                lambda: sdmx.read(folder / "data.csv"),
                lambda: get_datasets(str(folder / "data.csv"), str(folder / "structure.xml")),
            ),
            "read ML 2.1": (
                lambda: sdmx.read(folder / "data.xml"),
                lambda: get_datasets(str(folder / "data.xml"), str(folder / "structure.xml"), validate=False),
            ),
        }
        print(f"{size:,} observations; CPU seconds, lowest–highest of three runs")
        for what, (ours, theirs) in steps.items():
            us, them = spent(ours), spent(theirs)
            ratio = them[0] / us[0]
            print(f"{what:14} ours {us[0]:6.2f}–{us[1]:.2f}   pysdmx {them[0]:6.2f}–{them[1]:.2f}   ratio {ratio:5.1f}")
        for file in ("ours.csv", "ours.xml", "peer.csv", "peer.xml"):
            print(f"{file:14} {(folder / file).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
