"""The group `opencompact missing` and the options that its commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from opencompact.cli.groups import Group
from opencompact.cli.known import Tongue

Command = TypeVar("Command", bound=Callable[..., Any])
file_type = click.Path(path_type=Path, dir_okay=False)
sought_argument = click.argument("sought", type=file_type)
found_argument = click.argument("found", type=file_type)
mapping_both = click.option(
    "--mapping", type=file_type, help="Mapping of the columns (TOML) of each file that has none of its own."
)
_mapping_sought = click.option("--mapping-sought", type=file_type, help="Mapping of the columns of SOUGHT (TOML).")
_mapping_found = click.option("--mapping-found", type=file_type, help="Mapping of the columns of FOUND (TOML).")
dna_option = click.option("--dna", type=file_type, help="What `opencompact kinship search --json` printed.")
lang_option = click.option(
    "--lang",
    "--language",
    "lang",
    type=Tongue(),
    help="Language: en, ar, zh, es, fr, ru (default: the language of the terminal).",
)
top_option = click.option("--top", default=5, show_default=True, type=click.IntRange(1, 1000), help="So many each.")
closed_option = click.option(
    "--closed",
    type=click.FloatRange(0, 1, min_open=True),
    help="Share of the people found who are among those sought (default: learned from the two files).",
)
decisions_option = click.option(
    "--decisions",
    "decisions_file",
    type=file_type,
    default=Path("decisions.jsonl"),
    show_default=True,
    help="The file of decisions, which only grows.",
)
judged_option = click.option(
    "--decisions",
    "decisions_file",
    type=file_type,
    help="A file of decisions: records judged to be one person are no rivals of one another.",
)
rates_option = click.option(
    "--rates",
    "rates_file",
    type=file_type,
    help="Error rates and other parameters of your own (TOML), as `opencompact missing learn` writes them.",
)
recipient_option = click.option(
    "--recipient",
    help="Who will be given the result: records whose givers did not agree to that are set aside.",
)


def mapping_options(command: Command) -> Command:
    """The mappings of two files: one for both, or one for each."""
    return mapping_both(_mapping_sought(_mapping_found(command)))


@click.group(cls=Group, epilog="Example: opencompact missing candidates sought.csv found.csv --top 5")
def missing() -> None:
    """Who is looked for: candidates with their evidence; decisions that can be withdrawn."""
