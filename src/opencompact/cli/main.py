"""The command `opencompact`: a list of commands, each imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from opencompact import __version__
from opencompact.cli.known import Known
from opencompact.cli.speaking import LANGUAGES, choose, spoken, tell
from opencompact.errors import OpenCompactError
from opencompact.language import N_, said

# name → (where it is defined, one line of help). The line stands here so that `--help` imports nothing.
# Kept in the order of the story: the Compact says, countries act, people are counted and looked for, the review tells.
COMMANDS: dict[str, tuple[str, str]] = {
    "indicators": ("opencompact.cli.indicators:indicators", N_("What can be asked for, by objective and tier.")),
    "catalogue": ("opencompact.cli.catalogue:catalogue", N_("The official list of indicators: its state, loading it.")),
    "read": ("opencompact.cli.read:read", N_("Read a UN document: paragraphs, footnotes, citations.")),
    "provisions": ("opencompact.cli.provisions:provisions", N_("What the texts commit to and ask for, by objective.")),
    "search": ("opencompact.cli.search:search", N_("Search provisions, figures and examples in six languages.")),
    "wording": ("opencompact.cli.wording:wording", N_("Words that do not respect people, and what to write instead.")),
    "claims": ("opencompact.cli.claims:claims", N_("Every figure of a text, checked against your values.")),
    "actions": ("opencompact.cli.actions:actions", N_("Pledges, practices, plans: templates, checks, progress.")),
    "init": ("opencompact.cli.workspace:init", N_("Make a workspace: the folder that holds what you import.")),
    "sources": (
        "opencompact.cli.workspace:sources",
        N_("Where publishers offer what can be imported; what is loaded."),
    ),
    "fetch": ("opencompact.cli.fetch:fetch", N_("Download a source's files from its publisher.")),
    "import": ("opencompact.cli.workspace:import_", N_("Import a published file, or every file of a folder.")),
    "values": ("opencompact.cli.values:values", N_("Values of an indicator, each with its source and vintage.")),
    "revisions": ("opencompact.cli.values:revisions", N_("How past values changed from one vintage to the next.")),
    "check": ("opencompact.cli.check:check", N_("Check your own table before it is imported or published.")),
    "missing": ("opencompact.cli.missing:missing", N_("People sought and found: candidates, evidence, decisions.")),
    "names": ("opencompact.cli.names:names", N_("Compare names across scripts and spellings.")),
    "kinship": ("opencompact.cli.kinship:kinship", N_("Kinship search and joint identification from DNA profiles.")),
    "review": ("opencompact.cli.review:review", N_("Build an area's review: site, PDF, DOCX, data, in six languages.")),
    "demo": ("opencompact.cli.demo:demo", N_("Everything in one command: a fictional country, or real tables.")),
    "manual": ("opencompact.cli.manual:manual", N_("The pages of the documentation, at hand without a network.")),
    "serve": ("opencompact.cli.serve:serve", N_("Serve texts, actions and reviews: the public and staff service.")),
}


class _Context(click.Context):
    """That of the whole: its help is set as the language needs it that is spoken by then."""

    def make_formatter(self) -> click.HelpFormatter:
        if spoken() == "en":
            return super().make_formatter()
        from opencompact.cli.clicks import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class LateGroup(click.Group):
    """A group whose commands are imported when they are called: `opencompact --help` stays instant."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        if spoken() == "en":
            return command
        from opencompact.cli.clicks import in_the_language_spoken

        return in_the_language_spoken(command)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if spoken() == "en":
            super().format_help(ctx, formatter)
            return
        from opencompact.cli.clicks import in_the_language_spoken

        click.Group.format_help(in_the_language_spoken(self), ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not COMMANDS:
            return
        with formatter.section(tell("Commands")):
            formatter.write_dl([(name, tell(help_line)) for name, (_, help_line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        import difflib

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = (
                said("Did you mean '{near}'?", near=near[0])
                if near
                else said("'opencompact --help' lists the commands.")
            )
            raise click.UsageError(tell(said("There is no command '{name}'. {hint}", name=args[0], hint=hint)), ctx)
        return super().resolve_command(ctx, args)


def _language(_context: click.Context, _option: click.Parameter, code: str | None) -> None:
    choose(code)
    _teach_click()


def _teach_click() -> None:
    if spoken() != "en":
        from opencompact.cli.clicks import teach_click

        teach_click()


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--language",
    type=Known(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_language,
    help="The language of messages, tables and help; else OPENCOMPACT_LANG, else that of the system. JSON stays English.",
)
@click.version_option(__version__, prog_name="opencompact")
def opencompact() -> None:
    """OpenCompact: the Compact says, countries act, people are counted and looked for, the review tells.

    Each command has its own --help, with an example.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command; an error is one sentence on standard error (or an object, with --json) and an exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _teach_click()
    try:
        opencompact.main(args=arguments, prog_name="opencompact", standalone_mode=False)
    except OpenCompactError as error:
        _report(error, as_json="--json" in arguments)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(tell("Stopped. What was confirmed before is kept."), err=True)
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
    lines = str(fault).strip().splitlines()
    kind = type(fault).__name__ + (f": {lines[0]}" if lines else "")
    return OpenCompactError(
        said("This should not have happened ({kind}).", kind=kind),
        rule="unexpected",
        remedy="Please report it, with what OPENCOMPACT_TRACE=1 before the command prints.",
    )


def _report(error: OpenCompactError, *, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(error.as_dict(), ensure_ascii=False), err=True)
    else:
        click.echo(tell(said("Error: {message}", message=error.sentence)), err=True)


if __name__ == "__main__":
    main()
