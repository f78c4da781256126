"""`opencompact read` and `opencompact provisions`, with the keys that stay."""

from __future__ import annotations

import json
import zipfile

from click.testing import CliRunner

from opencompact.cli.provisions import provisions
from opencompact.cli.read import read
from opencompact.errors import InputError


def test_read_gives_document_paragraphs_and_furniture(texts) -> None:
    result = CliRunner().invoke(read, [str(texts / "A-79-590.zh.txt"), "--json"])
    found = json.loads(result.output)
    assert set(found) == {"document", "paragraphs", "furniture"}
    assert {"symbol", "title", "date", "language", "parts"} <= set(found["document"])
    assert {"id", "number", "section", "text", "footnotes", "citations", "offsets"} <= set(found["paragraphs"][0])
    assert found["document"]["symbol"] == "A/79/590"


def test_read_prints_the_text_that_offsets_count_in(texts, tmp_path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>1. The first of them is in the page of it.</p></body></html>", "utf-8")
    text = CliRunner().invoke(read, [str(page), "--source-text"]).output
    found = json.loads(CliRunner().invoke(read, [str(page), "--json"]).output)
    start, end = found["paragraphs"][0]["offsets"][0]
    assert text[start:end].strip() == "1. The first of them is in the page of it."


def test_read_refuses_a_bomb_without_a_traceback(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (20 * 1024 * 1024))
    result = CliRunner().invoke(read, [str(tmp_path / "bomb.docx"), "--json"])
    assert isinstance(result.exception, InputError)


def test_provisions_under_objective_8_that_commit(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("OPENCOMPACT_DOCUMENTS", raising=False)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(provisions, ["--objective", "8", "--kind", "commitment", "--json"])
    found = json.loads(result.output)
    assert "A/RES/76/266#65" in [entry["id"] for entry in found]
    assert all(
        any(reason["number"] == 8 and reason["by"] and reason["detail"] for reason in entry["objectives"])
        for entry in found
    )
    assert all(entry["text"] is None for entry in found)


def test_provisions_of_a_country_are_its_examples(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("OPENCOMPACT_DOCUMENTS", raising=False)
    monkeypatch.chdir(tmp_path)
    found = json.loads(CliRunner().invoke(provisions, ["--area", "Mexico", "--json"]).output)
    assert {"A/79/590#29", "A/79/590#52"} <= {entry["id"] for entry in found}
