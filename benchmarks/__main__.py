"""Runs every benchmark, or those that are named: `python -m benchmarks loading names`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Each in a process of its own, so that one does not warm up or burden another."""
    folder = Path(__file__).parent
    known = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    chosen = sys.argv[1:] or known
    if unknown := set(chosen) - set(known):
        print(f"There is no benchmark {', '.join(sorted(unknown))}. Known: {', '.join(known)}.", file=sys.stderr)
        return 2
    failed = 0
    for name in chosen:
        print(f"\n== {name} (load {os.getloadavg()[0]:.1f})", flush=True)
        failed += subprocess.run([sys.executable, str(folder / f"{name}.py")]).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
