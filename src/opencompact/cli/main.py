"""The command `opencompact`: a list of commands, each imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from opencompact import __version__
from opencompact.errors import OpenCompactError

# name → (where it is defined, one line of help). The line stands here so that `--help` imports nothing.
# Kept in the order of the story: the Compact says, countries act, people are counted and looked for, the review tells.
COMMANDS: dict[str, tuple[str, str]] = {
    "indicators": ("opencompact.cli.indicators:indicators", "What can be asked for, by objective and tier."),
    "catalogue": ("opencompact.cli.catalogue:catalogue", "The official list of indicators: its state, loading it."),
    "read": ("opencompact.cli.read:read", "Read a UN document: paragraphs, footnotes, citations."),
    "provisions": ("opencompact.cli.provisions:provisions", "What the texts commit to and ask for, by objective."),
    "search": ("opencompact.cli.search:search", "Search provisions, figures and examples in six languages."),
    "wording": ("opencompact.cli.wording:wording", "Words that do not respect people, and what to write instead."),
    "claims": ("opencompact.cli.claims:claims", "Every figure of a text, checked against your values."),
    "actions": ("opencompact.cli.actions:actions", "Pledges, practices, plans: templates, checks, progress."),
    "init": ("opencompact.cli.workspace:init", "Make a workspace: the folder that holds what you import."),
    "sources": ("opencompact.cli.workspace:sources", "Where publishers offer what can be imported; what is loaded."),
    "fetch": ("opencompact.cli.fetch:fetch", "Download a source's files from its publisher."),
    "import": ("opencompact.cli.workspace:import_", "Import a published file, or every file of a folder."),
    "values": ("opencompact.cli.values:values", "Values of an indicator, each with its source and vintage."),
    "revisions": ("opencompact.cli.values:revisions", "How past values changed from one vintage to the next."),
    "check": ("opencompact.cli.check:check", "Check your own table before it is imported or published."),
    "missing": ("opencompact.cli.missing:missing", "People sought and found: candidates, evidence, decisions."),
    "names": ("opencompact.cli.names:names", "Compare names across scripts and spellings."),
    "kinship": ("opencompact.cli.kinship:kinship", "Kinship search and joint identification from DNA profiles."),
    "review": ("opencompact.cli.review:review", "Build an area's review: site, PDF, DOCX, data, in six languages."),
    "demo": ("opencompact.cli.demo:demo", "Everything in one command: a fictional country, or real tables."),
    "serve": ("opencompact.cli.serve:serve", "Serve texts, actions and reviews: the public and staff service."),
}


class LateGroup(click.Group):
    """A group whose commands are imported when they are called: `opencompact --help` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not COMMANDS:
            return
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        import difflib

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else " 'opencompact --help' lists the commands."
            raise click.UsageError(f"There is no command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="opencompact")
def opencompact() -> None:
    """OpenCompact: the Compact says, countries act, people are counted and looked for, the review tells.

    Each command has its own --help, with an example.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command; an error is one sentence on standard error (or an object, with --json) and an exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        opencompact.main(args=arguments, prog_name="opencompact", standalone_mode=False)
    except OpenCompactError as error:
        _report(error, as_json="--json" in arguments)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was confirmed before is kept.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as fault:
        if os.environ.get("OPENCOMPACT_TRACE"):
            raise
        _report(_unexpected(fault), as_json="--json" in arguments)
        sys.exit(OpenCompactError.exit_code)


def _unexpected(fault: Exception) -> OpenCompactError:
    """An error of ours: a sentence that says so, and how to see the whole of it."""
    told = str(fault).strip().splitlines()
    said = f": {told[0]}" if told else ""
    return OpenCompactError(
        f"This should not have happened ({type(fault).__name__}{said}).",
        rule="unexpected",
        remedy="Please report it, with what OPENCOMPACT_TRACE=1 before the command prints.",
    )


def _report(error: OpenCompactError, *, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(error.as_dict(), ensure_ascii=False), err=True)
    else:
        click.echo(f"Error: {error}", err=True)


if __name__ == "__main__":
    main()
