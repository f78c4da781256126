"""The repository keeps its promises: nothing of one machine in it, every dependency with its reason, light to start."""

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_every_dependency_has_a_line_that_says_why() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(need for extra in project["optional-dependencies"].values() for need in extra),
    ]
    names = {re.split(r"[\[<>=~; ]", need)[0].lower() for need in wanted}
    assets = re.findall(r'"([@\w][\w./@-]+)": "\d', (ROOT / "assets/package.json").read_text())
    said = (ROOT / "docs/explanation/dependencies.md").read_text().lower()
    lines = re.findall(r"^\| ([^|]+) \|", said, re.MULTILINE)
    listed = {name.strip() for line in lines for name in line.split(",")} - {"package", "---"}
    used = {*names, *assets}
    assert sorted(name for name in used if not any(fnmatchcase(name, each) for each in listed)) == []
    unused = [each for each in listed if not any(fnmatchcase(name, each) for name in used)]
    assert sorted(unused) == [], "a line of what is used no more"


def test_no_path_of_one_machine_is_in_the_repository() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|home/\w+|root|Users/\w+)/[\w.]")
    leaks = []
    for path in tracked_files():
        if path.name == Path(__file__).name or path.suffix in {".lock", ".png", ".parquet"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        leaks += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert leaks == []


def test_help_imports_no_room() -> None:
    code = "import sys; from opencompact.cli import main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"polars", "duckdb", "numpy", "rich", "babel", "typst", "pysdmx", "docx", "django", "numba"}
    assert heavy.isdisjoint(loaded)


def test_every_command_has_a_help_with_an_example() -> None:
    import click

    from opencompact.cli.main import COMMANDS, opencompact

    context = click.Context(opencompact)

    def commands(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
        if isinstance(command, click.Group):
            return [found for sub in command.commands for found in commands(command.commands[sub], f"{name} {sub}")]
        return [(name, command)]

    without = []
    for name in COMMANDS:
        command = opencompact.get_command(context, name)
        assert command is not None
        without += [
            full
            for full, leaf in commands(command, name)
            if f"opencompact {full}" not in (leaf.help or leaf.epilog or "") + (leaf.epilog or "")
        ]
    assert without == []


def test_every_function_says_what_it_takes_and_gives() -> None:
    """mypy's strict check holds it, unless a comment sets it aside: here none may."""
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"type: ignore(?:\[[^\]]*no-untyped-def|(?!\[))", line)
    ]
    assert wrong == []
