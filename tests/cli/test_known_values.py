"""A value that is in no list is refused with what there is, by the same exit code everywhere; lists may have commas."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from opencompact.cli.known import languages_option, listed
from opencompact.cli.main import COMMANDS, main, opencompact
from opencompact.errors import UnknownCodeError


def error(*arguments: str) -> UnknownCodeError:
    done = CliRunner().invoke(opencompact, list(arguments))
    assert isinstance(done.exception, UnknownCodeError), done.output
    return done.exception


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["claims", "--status", "wrong"], "Use one of: confirmed, revised,"),
        (["claims", "--status", "confirmd"], "Did you mean 'confirmed'?"),
        (["claims", "--document", "A/1"], "A/79/590"),
        (["provisions", "--document", "A/RES/1/1"], "A/RES/76/266"),
        (["provisions", "--addressee", "zzz"], "states, secretary-general,"),
        (["provisions", "--kind", "fcat"], "Did you mean 'fact'?"),
        (["indicators", "--tier", "gold"], "core, additional, provisional, context"),
        (["search", "x", "--sort", "paragraph"], "provision, claim, example"),
        (["indicators", "--lang", "de"], "en, ar, zh, es, fr, ru"),
        (["manual", "import-recrods"], "how-to/import-records"),
        (["manual", "kinship"], "tutorial/kinship, explanation/kinship"),
    ],
)
def test_what_is_in_no_list_is_told_with_what_there_is(arguments: list[str], remedy: str) -> None:
    assert remedy in str(error(*arguments).remedy)


def test_it_is_an_object_with_json_and_ends_with_five(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["indicators", "--tier", "gold", "--json"])
    assert ended.value.code == 5
    assert json.loads(capsys.readouterr().err)["value"] == "gold"


def test_a_number_of_rows_below_nothing_is_refused() -> None:
    done = CliRunner().invoke(opencompact, ["revisions", "10.7.3", "--top", "-5"])
    assert done.exit_code == 2
    assert "--top" in done.output


@pytest.mark.parametrize("given", [["--lang", "en,ar"], ["--lang", "en", "--language", "ar"], ["--lang", "en ar, en"]])
def test_several_languages_are_given_one_by_one_or_joined(given: list[str]) -> None:
    @click.command()
    @languages_option()
    def asked(languages: tuple[str, ...]) -> None:
        click.echo(" ".join(languages))

    assert CliRunner().invoke(asked, given).output == "en ar\n"


def test_formats_are_joined_by_commas_or_blanks() -> None:
    assert listed("site,pdf") == listed("site pdf") == listed("site, pdf,") == ("site", "pdf")


def leaves(command: click.Command) -> list[click.Command]:
    return (
        [leaf for one in command.commands.values() for leaf in leaves(one)]
        if isinstance(command, click.Group)
        else [command]
    )


def commands() -> list[click.Command]:
    context = click.Context(opencompact)
    return [
        leaf for name in COMMANDS if (command := opencompact.get_command(context, name)) for leaf in leaves(command)
    ]


def test_the_language_of_an_answer_has_both_names_in_every_command() -> None:
    asked = [option.opts for command in commands() for option in command.params if "--lang" in option.opts]
    assert len(asked) > 8
    assert all("--language" in opts for opts in asked)


def test_every_example_stands_under_the_options() -> None:
    assert [command.name for command in commands() if "Example:" in (command.help or "")] == []


@pytest.mark.parametrize("group", ["missing", "kinship", "names", "actions", "catalogue"])
def test_a_list_of_commands_says_whole_sentences(group: str) -> None:
    shown = CliRunner().invoke(opencompact, [group, "--help"]).output
    assert "..." not in shown.partition("Commands:")[2]


def test_a_page_of_the_documentation_is_printed_as_it_stands() -> None:
    page = Path(__file__).parents[2] / "docs/how-to/import-records.md"
    assert CliRunner().invoke(opencompact, ["manual", "import-records"]).output == page.read_text(encoding="utf-8")


def test_what_an_error_points_to_is_a_page_of_the_manual() -> None:
    import re

    from opencompact.cli.manual import named, pages

    source = Path(__file__).parents[2] / "src/opencompact"
    texts = [path.read_text(encoding="utf-8") for path in source.rglob("*.py")]
    pointed = {name for text in texts for name in re.findall(r"opencompact manual ([a-z][\w/-]+)", text)}
    assert {named(name, pages()) for name in pointed} >= {"how-to/import-records", "reference/kinship-case"}


def test_an_option_for_a_column_that_the_table_has_is_said_to_be_of_no_use(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("indicator,area,period,value\n10.7.3,MEX,2023,4\n", encoding="utf-8")
    done = CliRunner().invoke(opencompact, ["check", str(tmp_path / "t.csv"), "--indicator", "99.9"])
    assert "what --indicator says is not used" in done.output
    assert "99.9" in done.output


def test_a_folder_that_holds_no_review_is_no_review_without_a_fault(tmp_path: Path) -> None:
    done = CliRunner().invoke(opencompact, ["check", str(tmp_path)])
    assert "This folder holds no review." in str(done.exception)


def test_a_review_is_checked_by_the_command_that_checks_tables(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/style-en.css").write_text("", encoding="utf-8")
    (tmp_path / "en/index.html").write_text('<html lang="en"><a href="gone.html"></a></html>', encoding="utf-8")
    done = CliRunner().invoke(opencompact, ["check", str(tmp_path)])
    assert done.exit_code == 4
    assert "gone.html leads nowhere." in done.output
    told = json.loads(CliRunner().invoke(opencompact, ["check", str(tmp_path), "--json"]).output)
    assert told["faults"] == [{"page": "en/index.html", "check": "link", "what": "gone.html leads nowhere."}]
