"""Brings the catalogues up to date with the messages in the source, or checks that they are.

    python scripts/catalogues.py update        add new messages, drop those that are gone, keep every translation
    python scripts/catalogues.py missing       list what is not translated yet, by language and domain

A message belongs to the domain of the room whose source it stands in. Marked messages are found wherever they stand;
without a mark are found, in Python, the problem and the remedy of an error, the message and the remedy of a finding, the
headings of a table, and the help of every command, option and argument, which is read from the commands themselves.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import polib
from babel.messages.extract import extract_from_dir, extract_from_file

from opencompact import errors
from opencompact.cli.clicks import paragraphs
from opencompact.cli.main import COMMANDS, opencompact

PACKAGE = Path(__file__).parent.parent / "src" / "opencompact"
CATALOGUES = PACKAGE / "language" / "catalogues"
LANGUAGES = ("ar", "zh", "es", "fr", "ru")
ROOMS = (
    "errors",
    "language",
    "tables",
    "look",
    "compact",
    "documents",
    "statistics",
    "missing",
    "actions",
    "review",
    "public",
    "cli",
)
KEYWORDS = {
    "_": None,
    "N_": None,
    "NN_": (1, 2),
    "plural": (1, 2),
    "gettext": None,
    "said": None,
    "say": None,
    "tell": None,
    "counted": (1, 2),
}
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
# Definitions whose entries `meaning` and `…source` are shown to people as they stand.
DATA = ("missing/evidence/described.toml", "missing/evidence/parameters.toml")
METHODS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.xml", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "zh": "nplurals=1; plural=0;",
    "es": "nplurals=2; plural=n != 1;",
    "fr": "nplurals=2; plural=n > 1;",
    "ru": "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
}


def messages(room: str) -> dict[str, str | None]:
    """Every message of a room, in the order of its source: singular → plural, or None."""
    found: dict[str, str | None] = {}
    for message in [*_marked(room), *_unmarked(room), *(_helps() if room == "cli" else ()), *_listed(room)]:
        singular, plural = message if isinstance(message, tuple) else (message, None)
        if singular:
            found.setdefault(singular, plural)
            found[singular] = found[singular] or plural
    return found


def _listed(room: str) -> Iterator[str]:
    """What definitions say that are shown as they stand."""
    for file in sorted((PACKAGE / room).rglob("*.toml")):
        if str(file.relative_to(PACKAGE)) in DATA:
            yield from _said_of(tomllib.loads(file.read_text(encoding="utf-8")))


def _said_of(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _said_of(value)
        elif key == "meaning" or key.endswith("source"):
            yield value


def sources(room: str) -> list[Path]:
    """The Python files of a room, which is a folder or a module."""
    module = PACKAGE / f"{room}.py"
    return [module] if module.is_file() else sorted((PACKAGE / room).rglob("*.py"))


def _marked(room: str) -> Iterator[str | tuple[str, str]]:
    if (PACKAGE / f"{room}.py").is_file():
        yield from (entry[1] for entry in extract_from_file("python", PACKAGE / f"{room}.py", keywords=KEYWORDS))
        return
    for entry in extract_from_dir(
        PACKAGE / room, METHODS, keywords=KEYWORDS, options_map={"**.html": {"silent": "false"}}
    ):
        yield entry[2]


def _unmarked(room: str) -> Iterator[str]:
    for path in sources(room):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for place in sentences(call):
                    yield from (text.value for text in spoken(place) if isinstance(text, ast.Constant))


def sentences(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are shown to people as they stand: see above."""
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
    if name in ERRORS:
        return call.args[:1] + [keyword.value for keyword in call.keywords if keyword.arg in ("problem", "remedy")]
    if name == "find" and len(call.args) == 4:
        return call.args[2:]
    if name == "fail":
        return call.args[:1] + [text for text in call.args[2:] if _is_sentence(text)]
    if name == "Finding":
        return call.args[1:2]
    if name == "Unread":
        return call.args[3:5]
    if name == "headings":
        return call.args
    return call.args[:1] if name == "print_table" else []


def _is_sentence(text: ast.expr) -> bool:
    return isinstance(text, ast.Constant) and str(text.value).endswith(".") and " " in str(text.value)


def spoken(words: ast.expr) -> Iterator[ast.expr]:
    """The words that an expression may come to: both sides of a choice, the members of a list."""
    if isinstance(words, ast.IfExp):
        yield from [*spoken(words.body), *spoken(words.orelse)]
    elif isinstance(words, ast.BoolOp):
        yield from (one for value in words.values for one in spoken(value))
    elif isinstance(words, ast.List | ast.Tuple):
        yield from (one for member in words.elts for one in spoken(member))
    elif not isinstance(words, ast.Constant) or isinstance(words.value, str):
        yield words


def _helps() -> Iterator[str]:
    """The help of every command, paragraph by paragraph, and of its options; an example is not translated."""
    for command in (opencompact, *map(_command, COMMANDS)):
        yield from (text for text in _help(command) if "Example:" not in text)


def _command(name: str) -> click.Command:
    module, _, attribute = COMMANDS[name][0].partition(":")
    found: click.Command = getattr(importlib.import_module(module), attribute)
    return found


def _help(command: click.Command) -> Iterator[str]:
    yield from paragraphs(command.help)
    yield from paragraphs(command.epilog)
    yield from (option.help for option in command.params if isinstance(option, click.Option) and option.help)
    for under in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _help(under)


def load(code: str, room: str) -> polib.POFile:
    path = CATALOGUES / code / f"{room}.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": code,
        "Plural-Forms": PLURAL_FORMS[code],
        # Empty until a person who reads the language has read the whole catalogue and signs it here.
        "X-Reviewed-By": "",
    }
    return catalogue


def update() -> None:
    for room in ROOMS:
        wanted = messages(room)
        for code in LANGUAGES:
            catalogue = load(code, room)
            known = {entry.msgid: entry for entry in catalogue}
            fresh = load(code, "no such room")
            fresh.metadata = catalogue.metadata
            for singular, plural in wanted.items():
                entry = known.get(singular) or polib.POEntry(msgid=singular)
                if plural and entry.msgid_plural != plural:
                    entry.msgid_plural = plural
                    forms = int(PLURAL_FORMS[code].split("=")[1].split(";")[0])
                    entry.msgstr_plural = entry.msgstr_plural or dict.fromkeys(range(forms), "")
                fresh.append(_spaced(entry) if code == "fr" else entry)
            path = CATALOGUES / code / f"{room}.po"
            if wanted:
                path.parent.mkdir(parents=True, exist_ok=True)
                # Whole at once: several people may bring catalogues up to date at the same time.
                written = path.with_suffix(f".{os.getpid()}")
                written.write_text(str(fresh) + "\n", encoding="utf-8")
                written.replace(path)
            else:
                path.unlink(missing_ok=True)


def _spaced(entry: polib.POEntry) -> polib.POEntry:
    """French signs never begin a line: the blank that the language puts before : ; ? ! » and after « does not break."""
    entry.msgstr = spaced_in_french(entry.msgstr)
    entry.msgstr_plural = {form: spaced_in_french(text) for form, text in entry.msgstr_plural.items()}
    return entry


def spaced_in_french(text: str) -> str:
    """A text with no-break spaces where French typography asks for them."""
    return re.sub(r"(?<=\S) (?=[:;?!»](?:\s|$|[.,)]))|(?<=«) ", "\N{NO-BREAK SPACE}", text)


def untranslated() -> list[tuple[str, str, str]]:
    """(language, room, message) for every message that some catalogue lacks."""
    gaps = []
    for room in ROOMS:
        wanted = messages(room)
        for code in LANGUAGES:
            known = {
                entry.msgid: entry.msgstr or (all(entry.msgstr_plural.values()) and bool(entry.msgstr_plural))
                for entry in load(code, room)
            }
            gaps += [(code, room, message) for message in wanted if not known.get(message)]
    return gaps


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["missing"]:
        for gap in untranslated():
            print(*gap, sep="\t")
    else:
        sys.exit(__doc__)
