"""Provisions: measured on the labelled paragraphs, and named after the paragraphs they check."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencompact.documents import examples, provisions_in, shelf
from opencompact.documents.measuring import found_in, labels_of, measure

LABELS = Path(__file__).parent / "labels" / "paragraphs.csv"
# What the rules reach today, rounded down, on all labels and on the half that was not looked at while they were written.
LEAST = {
    "kinds": (0.96, 0.98, 0.93, 0.97),
    "addressees": (0.96, 0.95, 0.93, 0.97),
    "objectives": (0.81, 0.92, 0.80, 0.94),
    "citations": (1.0, 1.0, 1.0, 1.0),
    "notes": (1.0, 1.0, 1.0, 1.0),
    "claims": (1.0, 1.0, 1.0, 1.0),
}


@pytest.fixture(scope="module")
def found(read_texts):
    return found_in(document for name, document in read_texts.items() if "plain" not in name)


@pytest.fixture(scope="module")
def provisions(read_texts):
    documents = [document for name, document in read_texts.items() if "plain" not in name]
    return {entry.id: entry for document in documents for entry in provisions_in(document, documents)}


@pytest.mark.parametrize("what", LEAST)
def test_precision_and_recall_on_the_labelled_paragraphs(found, what) -> None:
    labels = labels_of(LABELS)
    assert len(labels) >= 150
    whole, check = measure(labels, found, what), measure(labels, found, what, "check")
    reached = (whole.precision, whole.recall, check.precision, check.recall)
    assert all(value >= least for value, least in zip(reached, LEAST[what], strict=True)), reached


def test_the_labels_hold_codes_and_no_words_of_the_texts() -> None:
    assert LABELS.read_text("utf-8").isascii()


def test_76_266_76_asks_and_79_590_67_answers(provisions) -> None:
    asked, answer = provisions["A/RES/76/266#76"], provisions["A/79/590#67"]
    assert (asked.kinds, asked.addressees) == (("request",), ("secretary-general",))
    assert [(link.to, link.relation) for link in answer.links] == [("A/RES/76/266#76", "answers")]
    assert answer.links[0].section


def test_76_266_70_is_answered_in_79_590_section_3_a(provisions) -> None:
    assert [(link.to, link.relation) for link in provisions["A/79/590#58"].links] == [("A/RES/76/266#70", "answers")]


def test_76_266_67_commits_by_2030_under_objective_20(provisions) -> None:
    entry = provisions["A/RES/76/266#67"]
    assert entry.kinds == ("commitment",)
    assert [(reason.number, reason.by, reason.detail) for reason in entry.objectives] == [(20, "topic", "remittances")]
    assert entry.by == ("2030",)


def test_76_266_31_bears_on_what_the_heading_of_its_round_table_lists(provisions) -> None:
    assert {reason.number for reason in provisions["A/RES/76/266#31"].objectives} <= {4, 8, 9, 10, 11, 13, 21}


def test_every_recommendation_of_79_590_annex_addresses_states_under_objective_8(provisions) -> None:
    entries = [
        entry
        for identifier, entry in provisions.items()
        if identifier.startswith("A/79/590#annex.") and identifier.count(".") == 2
    ]
    assert len(entries) == 26
    assert all(
        entry.kinds == ("recommendation",) and entry.addressees == ("states",) and entry.bears_on(8)
        for entry in entries
    )


def test_70_302_appendix_items_do_what_the_sentence_above_them_does(provisions) -> None:
    assert provisions["A/RES/70/302#appendix-1.5.a"].kinds == ("commitment",)


def test_76_266_3_names_the_ten_principles(provisions) -> None:
    assert [reason.number for reason in provisions["A/RES/76/266#3"].principles] == list(range(1, 11))


def test_what_ships_is_what_the_rules_make_of_the_texts(texts, monkeypatch, tmp_path) -> None:
    from opencompact.documents.structure import DATA, write

    monkeypatch.delenv("OPENCOMPACT_DOCUMENTS")
    for path in write(texts, tmp_path):
        assert path.read_text("utf-8") == (DATA / path.name).read_text("utf-8"), (
            f"run: python -m opencompact.documents.structure ({path.name})"
        )


def test_what_ships_holds_no_sentence_of_the_texts(read_texts) -> None:
    from opencompact.documents.structure import DATA

    shipped = "".join(path.read_text("utf-8") for path in DATA.glob("*.json"))
    shipped += "".join(
        path.read_text("utf-8") for path in (DATA.parent / "facts").glob("*.toml") if path.name != "instruments.toml"
    )
    for document in read_texts.values():
        for entry in document.paragraphs:
            for sentence in entry.text.replace("；", "。").split("。"):
                assert len(sentence) < 24 or sentence not in shipped, entry.id


def test_without_texts_the_shelf_gives_structure_and_no_wording(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("OPENCOMPACT_DOCUMENTS", raising=False)
    stock = shelf(workspace=tmp_path)
    found = stock.provisions(8, "commitment")
    assert [entry.id for entry in found] == ["A/RES/70/302#10", "A/RES/70/302#28", "A/RES/76/266#65"]
    assert all(entry.wording is None for entry in stock.provisions())


def test_with_texts_the_shelf_shows_the_wording(texts) -> None:
    stock = shelf(texts)
    assert all(text.loaded for text in stock.texts.values())
    assert stock.provision("A/RES/76/266#14").wording.startswith("我们重申")
    assert [entry.id for entry in stock.answers("A/RES/76/266#70")] == ["A/79/590#58"]


def test_every_example_is_told_in_a_paragraph_that_names_its_countries(provisions) -> None:
    from opencompact.documents.places import places_in

    assert len(examples()) >= 70
    for example in examples():
        named = {place.area for place in places_in(provisions[example.provision].wording, "zh")}
        assert set(example.areas) <= named | {"VEN"}, example
        assert all(1 <= number <= 23 for number in example.objectives)
        assert set(example.names) == {"en", "ar", "zh", "es", "fr", "ru"}
        assert all(example.names[code].strip() for code in example.names)


def test_79_590_52_and_11_are_examples_of_mexico_and_colombia() -> None:
    from opencompact.documents import country_examples

    assert ("52", "Register of children on the move") in [
        (entry.paragraph, entry.name("en")) for entry in country_examples("MEX")
    ]
    assert "11" in [entry.paragraph for entry in country_examples("COL", 5)]


def test_79_590_28_tells_what_a_state_of_mexico_did(read_texts) -> None:
    found = {entry.paragraph: entry for entry in provisions_in(read_texts["A-79-590"])}
    assert "MEX" in found["28"].areas
