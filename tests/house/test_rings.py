"""No two modules import one another, not even late or for their types: who reads one reads on downwards, and comes to an end."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"


def modules() -> dict[str, Path]:
    """Name of each module → its file; a package is its `__init__`."""
    files = (SOURCE / "opencompact").rglob("*.py")
    return {".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(file: Path, known: dict[str, Path]) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if name in known else node.module for name in names}
    return found & known.keys()


def test_no_modules_import_one_another_in_a_ring() -> None:
    known = modules()
    graph = {name: imported(file, known) - {name} for name, file in known.items()}
    assert graph["opencompact.missing.candidates.sides"] >= {"opencompact.missing.candidates.register"}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the ring
