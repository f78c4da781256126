"""What the program says to a person: written once, in English, at its place; `language` tells it in another language.

    raise InputError(said("The file has {n:,} rows too many.", n=surplus), remedy="Cut it.")     in a room
    click.echo(told(words, "fr"))                                                                  at the edge

What is said is a `str` that reads as English, in JSON, in tests, in a log; it keeps its template and its values, so that
whoever shows it can tell it in another language. A sentence without values needs no mark where its place is known: the
problem and the remedy of an error, the message and the remedy of a finding, the help of a command are found by
`scripts/catalogues.py`. This is the floor of the house: it knows no language but English, and imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def N_(message: str) -> str:
    """Marks a message for the catalogues where it is written, to be translated where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Marks a message that changes with a number, as `N_` does."""
    return one, many


class Said(str):
    """English words that remember how they were made: `template`, `values`, and of a count `many` and `n`."""

    template: str
    values: dict[str, Any]
    many: str | None
    n: float | None

    def __new__(cls, template: str, values: dict[str, Any], many: str | None = None, n: float | None = None) -> Said:
        english = template if many is None or n == 1 else many
        new = super().__new__(cls, english.format(**values))
        new.template, new.values, new.many, new.n = template, values, many, n
        return new

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.template, self.values, self.many, self.n


def said(template: str, /, **values: object) -> Said:
    """A message with named values: `said("Column {column} is not in the list.", column=name)`.

    A number with a format (`{n:,}`, `{share:.1f}`) is written as the reader's language writes numbers, one without
    (`{row}`) as it is: years, rows and codes. A value that was itself said is told in the same language.
    """
    return Said(template, values)


def counted(one: str, many: str, n: float, /, **values: object) -> Said:
    """A message that changes with a number: `counted("{n:,} row read", "{n:,} rows read", n)`."""
    return Said(one, {"n": n, **values}, many, n)


class Listed(str):
    """A list as English joins it ("a, b and c") that remembers its members."""

    members: tuple[str, ...]
    style: str

    def __new__(cls, members: tuple[str, ...], style: str) -> Listed:
        word = "or" if style == "or" else "and"
        new = super().__new__(cls, f" {word} ".join([*filter(None, [", ".join(members[:-1])]), *members[-1:]]))
        new.members, new.style = members, style
        return new

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.members, self.style


class Name(str):
    """The English name of something that has one in each language (an area, an objective): `names` by code of language."""

    names: dict[str, str]

    def __new__(cls, names: Mapping[str, str]) -> Name:
        new = super().__new__(cls, names["en"])
        new.names = dict(names)
        return new

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.names,)


def one_of(members: Iterable[str]) -> Listed:
    """Things of which one is meant: "MEX or MCO"; the word between them is the reader's."""
    return Listed(tuple(members), "or")


def all_of(members: Iterable[str]) -> Listed:
    """Things that are all meant: "V1 and V2"."""
    return Listed(tuple(members), "standard")
