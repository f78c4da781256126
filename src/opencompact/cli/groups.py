"""A group of commands whose help says of each command a whole sentence: Click itself cuts it where the line ends."""

from __future__ import annotations

import inspect
import re

import click

from opencompact.cli.speaking import tell


class Group(click.Group):
    """A list of commands, each with the first sentence of its help."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands under its heading."""
        shown = [(name, command) for name, command in self.commands.items() if not command.hidden]
        with formatter.section(tell("Commands")):
            formatter.write_dl([(name, summary(command)) for name, command in shown])


def summary(command: click.Command) -> str:
    """What a list says of a command: its short help, else the first sentence of its help."""
    return command.short_help or first_sentence(command.help) or ""


def first_sentence(text: str | None) -> str | None:
    """The first sentence of the first paragraph of a help text."""
    paragraph = " ".join(re.split(r"\n\s*\n", inspect.cleandoc(text or ""))[0].split())
    found = re.match(r".*?[.。؟?](?=\s|$|[^\x00-\x7f])|.*", paragraph)
    return found[0] if found else None
