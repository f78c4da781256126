"""The documentation is true: commands as they are, options that exist, links that lead somewhere, exit codes as in the code."""

import importlib.util
import re
import sys
from pathlib import Path

from opencompact import errors

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import reference  # noqa: E402


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert reference.TARGET.read_text(encoding="utf-8") == reference.text(), "run: python scripts/reference.py"


def _pages() -> list[tuple[Path, str]]:
    return [(page, page.read_text(encoding="utf-8")) for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]]


def _anchor(heading: str) -> str:
    """What a heading is called in a link: small letters and hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_every_link_between_our_pages_leads_to_a_file_and_to_a_heading_of_it() -> None:
    broken = []
    for page, text in _pages():
        for target, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)", text):
            found = page.parent / target if target else page
            if not found.exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
            elif anchor and found.suffix == ".md":
                headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
                broken += [f"{page.relative_to(ROOT)}: {target}#{anchor}"] * (anchor not in map(_anchor, headings))
    assert broken == []


def test_every_page_is_named_in_the_list_of_pages() -> None:
    index = ROOT / "docs/README.md"
    named = {
        (index.parent / link).resolve() for link in re.findall(r"\]\(([^)#:\s]+)", index.read_text(encoding="utf-8"))
    }
    pages = {path.resolve() for path in ROOT.glob("docs/*/*.md") if path.parent.name != "decisions"}
    assert sorted(path.name for path in pages - named) == []


def test_a_decision_bears_its_number_and_no_other_has_it() -> None:
    files = sorted(ROOT.glob("docs/decisions/*.md"))
    numbers = [path.name[:4] for path in files]
    assert len(set(numbers)) == len(numbers)
    titles = [path.read_text(encoding="utf-8").partition("\n")[0] for path in files]
    assert [t for n, t in zip(numbers, titles, strict=True) if not re.match(rf"# {n} \w", t)] == []


def test_the_page_of_errors_lists_every_kind_with_its_exit_code() -> None:
    page = (ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    listed = {name: int(code) for code, name in re.findall(r"^\| (\d+) \| (\w+) \|", page, re.MULTILINE)}
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.OpenCompactError)
    ]
    assert listed == {kind.__name__: kind.exit_code for kind in kinds}


def _lines(text: str) -> list[str]:
    """What a page shows to be typed: its blocks line by line, with what goes on in the next line, and what stands in backticks."""
    text = re.sub(r"\\\n\s*", " ", text)
    blocks = [line for block in re.findall(r"```[^\n]*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [re.sub(r"^(\$|Example:) ", "", line.strip()) for line in (*blocks, *inline)]


def _unknown_words(line: str) -> list[str]:
    """Commands and options of a line that our command does not know."""
    import click

    from opencompact.cli.main import opencompact

    command: click.Command = opencompact
    options: dict[str, bool] = {"--help": False, "-h": False}
    unknown, value = [], False
    for word in line.partition(" # ")[0].split()[1:]:
        for each in command.params:
            options |= dict.fromkeys((*each.opts, *each.secondary_opts), not getattr(each, "is_flag", True))
        if re.match(r"--?[a-z]", word):
            unknown += [word] * (word.partition("=")[0] not in options)
            value = options.get(word, False)
        elif isinstance(command, click.Group) and not value and re.fullmatch(r"[a-z][a-z-]*", word):
            found = command.get_command(click.Context(command), word)
            unknown += [word] * (found is None)
            command = found or command
        else:
            value = False
    return unknown


def test_every_command_and_option_that_the_documentation_names_exists() -> None:
    lines = [(page, line) for page, text in _pages() for line in _lines(text) if re.match(r"(\S*/)?opencompact ", line)]
    assert len(lines) > 60
    wrong = [f"{page.relative_to(ROOT)}: {line}: {word}" for page, line in lines for word in _unknown_words(line)]
    assert wrong == []


def test_every_target_script_and_module_that_the_documentation_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    absent = []
    for page, text in _pages():
        for line in _lines(text):
            words = line.split()
            if words[:1] == ["make"] and words[1:] and words[1] not in targets:
                absent.append(f"{page.name}: {line}")
            if words[:1] == ["python"] and words[1].endswith(".py") and not (ROOT / words[1]).is_file():
                absent.append(f"{page.name}: {line}")
            if words[:2] == ["python", "-m"] and words[2] != "django" and importlib.util.find_spec(words[2]) is None:
                absent.append(f"{page.name}: {line}")
    assert absent == []
