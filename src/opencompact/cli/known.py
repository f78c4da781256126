"""Values of which there is a list: what is not in it is told as every unknown code is, with the near ones or all of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from opencompact.errors import UnknownCodeError
from opencompact.language import said

Value = TypeVar("Value", bound=str)
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Known(click.Choice[Any]):
    """A choice whose refusal is an UnknownCodeError (exit code 5), as that of an area or an indicator is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value as the command takes it. Raises UnknownCodeError for one that is none of the choices."""
        if isinstance(value, str) and value not in self.choices:
            name = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name if param else ""
            raise unknown(value, list(self.choices), name)
        return super().convert(value, param, ctx)


class Tongue(click.types.StringParamType):
    """The code of one of the six languages; several where they are joined by commas or blanks."""

    name = "text"

    def __init__(self, *, several: bool = False) -> None:
        self.several = several

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The code, or a tuple of codes. Raises UnknownCodeError for one that is none of the six."""
        from opencompact.language import language

        codes = listed(value) if self.several else (value,)
        for code in codes:
            language(code)
        return codes if self.several else value


def lang_option(name: str, help: str) -> Callable[[Decorated], Decorated]:
    """The option of a command that says in which language its answer is; each command has it under both names."""
    return click.option("--lang", "--language", name, type=Tongue(), help=help)


def languages_option() -> Callable[[Decorated], Decorated]:
    """The option of a command that writes in several languages: given once for each, or once with commas between."""
    return click.option(
        "--lang",
        "--language",
        "languages",
        multiple=True,
        type=Tongue(several=True),
        callback=lambda _context, _option, given: tuple(dict.fromkeys(code for codes in given for code in codes)),
        help="A language (en, ar, zh, es, fr, ru), or several joined by commas; all six if not given.",
    )


def listed(text: str) -> tuple[str, ...]:
    """What is joined by commas or blanks."""
    return tuple(re.split(r"[\s,]+", text.strip(", \t")))


def one_of_the_known(value: Value | None, choices: Iterable[str], option: str) -> Value | None:
    """The value of an option, where none or one of the list was given; the list itself comes from a room."""
    listed = list(choices)
    if value is not None and value not in listed:
        raise unknown(value, listed, option)
    return value


def unknown(value: str, choices: list[str], option: str) -> UnknownCodeError:
    """The error of a value that is in no list: near ones, else all."""
    near = difflib.get_close_matches(value.lower(), choices, n=1)
    return UnknownCodeError(
        said("This is none of the values of {option}.", option=option),
        value=value,
        rule="choice",
        remedy=said("Did you mean '{near}'?", near=near[0])
        if near
        else said("Use one of: {choices}.", choices=", ".join(choices)),
    )
