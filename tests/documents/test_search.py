"""Search finds the same provisions from six languages."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from opencompact.documents import shelf
from opencompact.documents.search import Index, words_of

MISSING = {
    "en": "missing migrants",
    "fr": "migrants disparus",
    "es": "migrantes desaparecidos",
    "ru": "пропавшие мигранты",
    "zh": "失踪移民",
    "ar": "المهاجرين المفقودين",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    """The index of what ships, without any text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("OPENCOMPACT_DOCUMENTS", raising=False)
        return Index.of(shelf(workspace=tmp_path_factory.mktemp("none")))


@pytest.mark.parametrize("language", MISSING)
def test_missing_migrants_are_found_in_every_language(index, language) -> None:
    hits = index.search(MISSING[language], language, sort="provision")
    stock = {entry.id: entry for entry in shelf().provisions(8)}
    assert len(hits) == 20
    assert all(hit.id in stock for hit in hits[:10])


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "remittances cost"), ("zh", "汇款成本"), ("ar", "تكلفة التحويلات"), ("ru", "стоимость переводов")],
)
def test_76_266_42_is_the_figure_on_the_cost_of_sending_money(index, language, words) -> None:
    assert "A/RES/76/266#42" in {hit.id.split("=")[0] for hit in index.search(words, language, sort="claim", limit=4)}


def test_an_example_is_found_by_its_country_in_any_language(index) -> None:
    assert index.search("墨西哥 登记册", "zh", sort="example")[0].id == "A/79/590#52"
    assert index.search("registro de niñez México", "es", sort="example")[0].id == "A/79/590#52"


def test_a_paragraph_is_found_by_its_symbol_and_number(index) -> None:
    assert index.search("8436", "en")[0].id.startswith("A/RES/76/266#14")


def test_chinese_is_cut_into_pairs_and_arabic_loses_its_prefixes() -> None:
    assert words_of("失踪移民") == ["失踪", "踪移", "移民"]
    assert words_of("والمهاجرين")[0] == words_of("مهاجرين")[0] == words_of("للمهاجرين")[0]
    assert set(words_of("пропавших")) & set(words_of("пропавшие"))
    assert words_of("Réfugiés")[0] == "refugies"


def test_the_index_of_a_site_is_one_json_file_that_answers_the_same(index, tmp_path) -> None:
    copy = Index.from_json(index.as_json())
    assert [hit.as_dict() for hit in copy.search("detention of children")] == [
        hit.as_dict() for hit in index.search("detention of children")
    ]
    assert set(json.loads(index.as_json())) == {"version", "k1", "b", "beginning", "entries", "lengths", "postings"}


def test_the_wording_is_searched_where_it_is_loaded(texts) -> None:
    hits = Index.of(shelf(texts)).search("移民网络中心做法库", "zh", sort="provision", limit=5)
    assert any("做法库" in (hit.text or "") for hit in hits)


def test_the_command_writes_an_index(tmp_path, monkeypatch) -> None:
    from opencompact.cli.search import search

    monkeypatch.delenv("OPENCOMPACT_DOCUMENTS", raising=False)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(search, ["--index", str(tmp_path / "index.json"), "汇款", "--language", "zh", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "index.json").read_text("utf-8"))["entries"]
