"""The documentation is true: commands as they are, links that lead somewhere, exit codes as in the code."""

import re
import sys
from pathlib import Path

from opencompact import errors

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import reference  # noqa: E402


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert reference.TARGET.read_text(encoding="utf-8") == reference.text(), "run: python scripts/reference.py"


def test_every_link_between_our_pages_leads_to_a_file() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_page_of_errors_lists_every_kind_with_its_exit_code() -> None:
    page = (ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    listed = {name: int(code) for code, name in re.findall(r"^\| (\d+) \| (\w+) \|", page, re.MULTILINE)}
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.OpenCompactError)
    ]
    assert listed == {kind.__name__: kind.exit_code for kind in kinds}


def test_every_command_that_the_documentation_names_exists() -> None:
    import click

    from opencompact.cli.main import COMMANDS, opencompact

    unknown = set()
    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]:
        for line in re.findall(
            r"(?:^|`|\$ )opencompact ([a-z][a-z-]*)(?: ([a-z-]+))?", page.read_text(encoding="utf-8"), re.MULTILINE
        ):
            command = opencompact.get_command(click.Context(opencompact), line[0]) if line[0] in COMMANDS else None
            if command is None or (isinstance(command, click.Group) and line[1] and line[1] not in command.commands):
                unknown.add(" ".join(line))
    assert unknown == set()
