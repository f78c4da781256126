"""Writes docs/reference/commands.md from the commands' own help: `python scripts/reference.py`. A test keeps it true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from opencompact.cli import speaking
from opencompact.cli.main import COMMANDS, opencompact

TARGET = Path(__file__).parent.parent / "docs" / "reference" / "commands.md"


def text() -> str:
    """The page, in English whoever asks."""
    with speaking.speaking("en"):
        return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield from (
        "# Commands\n",
        "Written by `python scripts/reference.py` from each command's own help. Exit codes: [errors](errors.md).\n",
    )
    context = click.Context(opencompact, info_name="opencompact", help_option_names=["-h", "--help"])
    for name in COMMANDS:
        command = opencompact.get_command(context, name)
        assert command is not None
        for full, leaf in _leaves(command, name):
            leaf._help_option = None  # click keeps the option of the first context that asked
            shown = click.Context(leaf, parent=context, info_name=full, max_content_width=100, terminal_width=100)
            yield f"## opencompact {full}\n\n```\n{leaf.get_help(shown)}\n```\n"


def _leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for sub, leaf in command.commands.items():
            yield from _leaves(leaf, f"{name} {sub}")
    else:
        yield name, command


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
