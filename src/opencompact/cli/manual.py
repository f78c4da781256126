"""`opencompact manual`: the pages of the documentation, which travel with the program."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import click

from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.language import N_, said

# The kinds of pages, in the order in which someone new reads them.
KINDS = (N_("tutorial"), N_("how-to"), N_("reference"), N_("explanation"))
_PACKAGED = Path(__file__).parents[1] / "manual"
_IN_THE_SOURCE = Path(__file__).parents[3] / "docs"


@click.command(epilog="Example: opencompact manual how-to/import-records")
@click.argument("page", required=False)
@json_option
def manual(page: str | None, as_json: bool) -> None:
    """Print a page of the documentation, in English; without PAGE, list what there is.

    The name alone is enough where one page has it: import-records.
    """
    found = pages()
    if page is None:
        _list(found, as_json=as_json)
        return
    name = named(page, found)
    text = found[name].read_text(encoding="utf-8")
    if as_json:
        print_json({"page": name, "title": _title(found[name]), "text": text})
    else:
        click.echo(text, nl=False)


def pages() -> dict[str, Path]:
    """Every page by its name, as `how-to/import-records`: those in the package, else those beside its source."""
    folder = _PACKAGED if _PACKAGED.is_dir() else _IN_THE_SOURCE
    return {f"{kind}/{path.stem}": path for kind in KINDS for path in sorted((folder / kind).glob("*.md"))}


def named(page: str, known: dict[str, Path]) -> str:
    """The full name of a page. Raises UnknownCodeError where there is none, or where several have this name."""
    from opencompact.errors import UnknownCodeError

    asked = page.removeprefix("docs/").removesuffix(".md")
    called = [name for name in known if asked in (name, name.partition("/")[2])]
    if len(called) == 1:
        return called[0]
    short = {name.partition("/")[2]: name for name in known}
    likely = difflib.get_close_matches(asked, [*known, *short], n=3)
    near = called or list(dict.fromkeys(short.get(name, name) for name in likely))
    raise UnknownCodeError(
        said("Several pages have this name.") if called else said("There is no such page."),
        value=page,
        remedy=said("Did you mean {near}?", near=", ".join(near)) if near else said("'opencompact manual' lists them."),
    )


def _list(found: dict[str, Path], *, as_json: bool) -> None:
    if as_json:
        print_json([{"page": name, "title": _title(path)} for name, path in found.items()])
        return
    print_table(("page", "title"), [(name, _title(path)) for name, path in found.items()])
    say("{n} pages. 'opencompact manual PAGE' prints one.", n=len(found))


def _title(path: Path) -> str:
    heading = re.search(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return heading[1] if heading else path.stem
