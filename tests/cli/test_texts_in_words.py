"""What the terminal says of the texts has no English in another language: kinds, addressees, reasons, places, units."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.main import opencompact

OTHERS = ("ar", "zh", "es", "fr", "ru")
ENGLISH = re.compile(
    r"\b(?:recommendation|commitment|request|recognition|fact|states|network|topic|heading|claim|provision|example|persons|percent|objective named|box|annex|people)\b"
)


def run(*arguments: str, columns: str = "100") -> str:
    done = CliRunner(env={"COLUMNS": columns}).invoke(opencompact, list(arguments))
    assert done.exit_code in (0, 4), done.output
    return done.output


@pytest.mark.parametrize("code", ["ar", "zh", "ru"])
@pytest.mark.parametrize(
    "arguments",
    [["provisions", "--objective", "20"], ["search", "remittances", "--limit", "40"], ["claims"]],
    ids=" ".join,
)
def test_no_english_word_stands_among_those_of_another_language(code: str, arguments: list[str]) -> None:
    assert ENGLISH.findall(run("--language", code, *arguments)) == []


def test_a_deadline_is_no_author() -> None:
    assert "échéance" in run("--language", "fr", "provisions", "--objective", "20")
    assert "期限" in run("--language", "zh", "provisions", "--objective", "20")


def test_a_box_is_named_as_the_united_nations_cite_it() -> None:
    assert "A/79/590，方框1，第4段" in run("--language", "zh", "search", "汇款", "--limit", "60", "--sort", "provision")
    assert "A/79/590, box 1, para. 4" in run("search", "remittances", "--limit", "60", "--sort", "provision")


def test_figures_have_their_unit_and_no_more_decimals_than_they_need() -> None:
    told = run("claims", "--document", "A/RES/76/266", columns="60")
    assert "281,000,000 (people)" in told
    assert not re.search(r"\d\.\d{4,}", told)


@pytest.mark.parametrize("code", OTHERS)
def test_why_a_term_is_better_not_written_is_said_in_the_language(code: str, tmp_path: Path) -> None:
    from opencompact.documents.wording import terms

    (tmp_path / "speech.txt").write_text("The illegal migrants of yesterday.", encoding="utf-8")
    shown = run("--language", code, "wording", str(tmp_path / "speech.txt"), "--lang", "en")
    assert "An act may be against the law" not in shown
    assert all(term.reason(code) != term.reason("en") for term in terms("en"))


def test_units_are_told_in_the_language() -> None:
    assert "personnes" in run("--language", "fr", "indicators", "--objective", "1")


@pytest.mark.parametrize("name", ["x.pdf", "x.docx"])
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, tmp_path: Path) -> None:
    from opencompact.errors import InputError

    (tmp_path / name).write_text("not a thing", encoding="utf-8")
    for command in ("read", "claims", "wording"):
        done = CliRunner().invoke(opencompact, [command, str(tmp_path / name)])
        assert isinstance(done.exception, InputError)
        assert "and is none" in str(done.exception)
