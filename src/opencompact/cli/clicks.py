"""What Click says itself, the help of the commands, and how help is set, in the reader's language.

Click takes its words from gettext, by message, at the moment it shows them. Where the terminal speaks another language than
English, our catalogue answers instead: one mechanism of translation (decision 0050). English users never come here.
"""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from opencompact.cli.groups import first_sentence
from opencompact.cli.known import Tongue
from opencompact.cli.speaking import cells, spoken, tell
from opencompact.cli.tables import folded
from opencompact.language import N_, NN_, said

# Click's own messages that a user of these commands can meet; a test finds them in the Click that is installed.
WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Positional arguments"),
    N_("Commands"),
    N_("default: {default}"),
    N_("env var: {var}"),
    N_("required"),
    N_("deprecated"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("%(prog)s, version %(version)s"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Missing {param_type}"),
    N_("Missing parameter: {param_name}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{value!r} is not a valid boolean. Recognized values: {states}"),
    N_("Choose from:\n\t{choices}"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("Could not open file {filename!r}: {message}"),
    N_("unknown error"),
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def teach_click() -> None:
    """From here on Click asks our catalogue, in whatever language the terminal then speaks: in English it says its own."""
    for module in _MODULES:
        for name, answer in (("_", tell), ("ngettext", _tell_count)):
            if hasattr(module, name):
                setattr(module, name, answer)


def _tell_count(one: str, many: str, n: int) -> str:
    from opencompact.language.catalogue import anywhere

    return (one if n == 1 else many) if spoken() == "en" else anywhere(one, spoken(), many=many, n=n)


# --- the help of a command ---------------------------------------------------------------------------------------------

Helped = TypeVar("Helped", bound=click.Command)


def in_the_language_spoken(command: Helped) -> Helped:
    """A copy of a command whose help, and that of its options and sub-commands, is in the reader's language."""
    copied = copy.copy(command)
    copied.context_class = Context
    # Click makes the option --help once for a command, with its words.
    copied._help_option = None
    copied.help = _told_paragraphs(command.help)
    copied.short_help = tell(command.short_help) if command.short_help else first_sentence(copied.help)
    copied.epilog = "\n\n".join(filter(None, [_told_paragraphs(command.epilog), _unreviewed()])) or None
    copied.params = [_told_parameter(parameter) for parameter in command.params]
    if isinstance(copied, click.Group) and isinstance(command, click.Group):
        copied.commands = {name: in_the_language_spoken(under) for name, under in command.commands.items()}
    return copied


def paragraphs(text: str | None) -> Iterator[str]:
    """The paragraphs of a help text as the catalogue has them: each on one line; one that keeps its lines begins with \\b."""
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text or "")):
        if paragraph:
            yield paragraph if paragraph.startswith("\b") else " ".join(paragraph.split())


def _told_paragraphs(text: str | None) -> str | None:
    return "\n\n".join(_example(one) if "Example:" in one else tell(one) for one in paragraphs(text)) or None


def _example(paragraph: str) -> str:
    """An example stays what one types."""
    return re.sub(r"Example:( [^\n]+?)?(?=\s*(Example:|\n|$))", lambda found: _one_example(found[1]), paragraph)


def _one_example(command: str | None) -> str:
    return tell(said("Example: {command}", command=command.strip())) if command else tell("Example:")


def _told_parameter(parameter: click.Parameter) -> click.Parameter:
    copied = copy.copy(parameter)
    if isinstance(copied, click.Option):
        copied.help = tell(copied.help) if copied.help else None
        if copied.metavar is None and not copied.is_flag and (kind := _kind_of_value(copied.type)):
            copied.metavar = tell(kind)
    return copied


def _kind_of_value(type_: click.ParamType[Any]) -> str | None:
    """What an option takes, in a word for its help; None where the choices themselves stand there."""
    if isinstance(type_, click.Path):
        return _KINDS_OF_PATH[type_.file_okay, type_.dir_okay]
    return next((word for kind, word in _KINDS_OF_VALUE if isinstance(type_, kind)), None)


_KINDS_OF_PATH = {
    (True, True): N_("PATH"),
    (True, False): N_("FILE"),
    (False, True): N_("FOLDER"),
    (False, False): N_("PATH"),
}
_KINDS_OF_VALUE = (
    (click.types.IntParamType, N_("NUMBER")),
    (click.types.FloatParamType, N_("NUMBER")),
    ((click.types.StringParamType, Tongue), N_("TEXT")),
)


def _unreviewed() -> str | None:
    from opencompact.language import translator

    if translator(spoken(), "cli").reviewed:
        return None
    return tell("No reader of this language has reviewed this translation yet; '--language en' shows the original.")


# --- setting it --------------------------------------------------------------------------------------------------------


class Formatter(click.HelpFormatter):
    """Sets help in cells of a terminal: a Han character fills two, a mark none; Chinese breaks between characters."""

    def write_heading(self, heading: str) -> None:
        words = tell("{heading}:").format(heading=heading)
        self.write(f"{'':{self.current_indent}}{words}\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        set_ = "\n\n".join("\n".join(_lines(one, self.width - len(indent))) for one in paragraphs(text))
        self.write("\n".join(indent + line if line else "" for line in set_.split("\n")) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first_width = min(max(cells(first) for first, _ in rows), col_max) + col_spacing
        for first, second in rows:
            fits = cells(first) <= first_width - col_spacing
            lines = list(_lines(second, max(self.width - first_width - self.current_indent, 20)))
            head = first + " " * (first_width - cells(first)) if fits else f"{first}\n"
            beginning = "" if fits else " " * (first_width + self.current_indent)
            gap = f"\n{'':{first_width + self.current_indent}}"
            self.write(f"{'':{self.current_indent}}{head}{beginning}{gap.join(lines)}".rstrip() + "\n")


class Context(click.Context):
    """That of a command whose help is in the reader's language."""

    formatter_class = Formatter


def _lines(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most so many cells."""
    if text.startswith("\b"):
        yield from text.lstrip("\b\n").split("\n")
        return
    yield from folded(text, width)
