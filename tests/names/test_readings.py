"""Letters and sounds: the tables hold what they promise."""

import numpy as np
import pytest

from opencompact.missing.names import score
from opencompact.missing.names.parts import Part, parts_of
from opencompact.missing.names.readings import readings
from opencompact.missing.names.sounds import SILENCE, TABLES, alphabet, rows, sound_cost, table


def test_every_sound_of_every_letter_is_in_the_table_of_sounds() -> None:
    known = {row["sound"] for row in rows("sounds.tsv")} | {SILENCE}
    for name in TABLES:
        for row in rows(f"letters/{name}.tsv"):
            for slot in row["sounds"].split():
                assert {choice.partition(":")[0] for choice in slot.split("|")} <= known, (name, row)


def test_costs_are_symmetric_and_a_letter_costs_nothing_for_itself() -> None:
    letters = alphabet()
    assert np.allclose(letters.cost, letters.cost.T, atol=1e-5)
    assert not letters.cost.diagonal().any()
    assert (letters.cost >= 0).all()
    assert (letters.gap >= 0).all()


def test_two_letters_never_cost_more_than_leaving_both_out() -> None:
    letters = alphabet()
    assert (letters.cost <= letters.written[:, None] + letters.written[None, :] + 1e-5).all()


def test_no_confusion_is_listed_twice() -> None:
    seen = [frozenset((row["one"], row["other"])) for row in rows("confusions.tsv")]
    assert len(seen) == len(set(seen))
    assert sound_cost("p", "b") == sound_cost("b", "p") < sound_cost("p", "s")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("عبدالرحمن", ["عبد", "رحمن"]),
        ("صلاح الدين", ["صلاح", "ال", "دين"]),
        ("Salaheddine", ["salah", "dine"]),
        ("Abdurrahman", ["abd", "rahman"]),
        ("Abdul Aziz", ["abd", "aziz"]),
        ("Abdullah", ["abd", "allah"]),
        ("Habibullah", ["habib", "allah"]),
        ("Yo'ng-sik", ["yoʼng", "sik"]),
        ("O’Brien", ["oʼbrien"]),
        ("王小明", ["王", "小", "明"]),
        ("ခင်မောင်ဝင်း", ["ခင်", "မောင်", "ဝင်း"]),
        ("Shamsurrahman", ["shams", "rahman"]),
        ("Mullah", ["mullah"]),
        ("亚历山大·普希金", ["亚历山大", "普希金"]),
        ("Абдулкарим", ["абд", "карим"]),
        ("Абдурахман", ["абд", "рахман"]),
        ("Абдулла", ["абд", "аллах"]),
        ("Хабибулла", ["хабиб", "аллах"]),
        ("Салахуддин", ["салах", "дин"]),
        ("Абдулов", ["абд", "лов"]),
        ("አብዱልከሪም", ["አብድ", "ከሪም"]),
        ("አብዱልገኒ", ["አብድ", "ገኒ"]),
        ("আব্দুল করিম", ["আবদ", "করিম"]),
        ("হাবিবুল্লাহ", ["হাবিব", "আল্লাহ"]),
        ("अब्दुल्ला", ["अब्द", "अल्लाह"]),
        ("Saiful Islam", ["saif", "islam"]),
        ("Ziaur Rahman Khan", ["zia", "rahman", "khan"]),
        ("সাইফুল ইসলাম", ["সাইফ", "ইসলাম"]),
        ("Хабибур Рахман", ["хабиб", "рахман"]),
        ("Rasul Amin", ["rasul", "amin"]),
        ("Mansur Hasan", ["mansur", "hasan"]),
        ("Saiful Khan", ["saiful", "khan"]),
    ],
)
def test_compounds_are_taken_apart(word: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(word)] == parts


def test_a_word_of_two_scripts_in_equal_shares_is_read_in_that_of_its_first_letter() -> None:
    assert [(part.text, part.script) for part in parts_of("\u041da")] == [("\u043d\u0430", "CYRILLIC")]
    assert [(part.text, part.script) for part in parts_of("H\u0430")] == [("ha", "LATIN")]


def test_particles_and_titles_weigh_little_unless_nothing_else_is_left() -> None:
    assert [part.kind for part in parts_of("Dr. Amina bint Yusuf al-Masri")] == [
        "title", "name", "particle", "name", "article", "name",
    ]  # fmt: skip
    assert [part.weight for part in parts_of("Abu")] == [1.0]


def test_a_han_character_is_read_by_several_systems() -> None:
    systems = {reading.system for reading in readings(Part("黃", "HAN"))}
    assert {"mandarin", "cantonese", "minnan"} <= systems


def test_homophones_of_ethiopic_are_one() -> None:
    for one, other in ("ሀሐ", "ሰሠ", "ጸፀ", "አዐ"):
        assert readings(Part(one, "ETHIOPIC"))[0].slots != ()
        a, b = readings(Part(one, "ETHIOPIC"))[0].slots, readings(Part(other, "ETHIOPIC"))[0].slots
        assert sum(alphabet().cost[x, y] for x, y in zip(a, b, strict=True)) < 0.3


def test_japanese_names_are_read_by_native_words_with_the_second_voiced() -> None:
    [reading] = [each for each in readings(Part("山田", "HAN")) if each.system == "japanese"][:1]
    assert len(reading.slots) == len(table("latin").spell("yamada"))
    first = {sound for sound, _cost in alphabet().slots[reading.slots[4]]}
    assert {"t", "d"} <= first


def test_thai_vowels_are_read_after_the_consonant_they_stand_before() -> None:
    [reading] = readings(Part("ใจดี", "THAI"))
    assert [alphabet().slots[slot][0][1] for slot in reading.slots] == [0.0] * len(reading.slots)
    assert [alphabet().slots[slot][0][0] for slot in reading.slots][1:] == ["a", "i", "d", "i"]


def test_every_reading_fits_the_workspace() -> None:
    for text, script in (("a" * 90, "LATIN"), ("ab" * 90, "LATIN"), ("محمد" * 30, "ARABIC"), ("陳林" * 20, "HAN")):
        assert all(len(reading.slots) <= 20 for reading in readings(Part(text, script)))


def test_the_tables_are_read_in_one_order() -> None:
    assert table("latin").spell("sh") == table("latin").spell("š")


@pytest.mark.parametrize(
    ("one", "other"),
    [("마크 로빈슨", "Mark Robinson"), ("조 데이비스", "Joe Davis"), ("에밀리 화이트", "Emily White"), ("안나 페트로바", "Anna Petrova"), ("김 영록", "Kim Yong Rok")],
)  # fmt: skip
def test_words_in_hangul_that_stand_apart_are_words_of_a_foreign_name(one: str, other: str) -> None:
    # A Korean name is written as one word of syllables that are parts; 마크 is Mark and not two parts.
    assert score(one, other) > 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("تشومبا", "Chomba"),
        ("تشيكوفا", "Chekhova"),
        ("زايتسيف", "Zaytsev"),
        ("فيتزروي", "Fitzroy"),
        ("تشرين", "Tishrin"),
    ],
)
def test_arabic_writes_two_letters_for_a_foreign_consonant(one: str, other: str) -> None:
    # تشاد is Chad; in تشرين the same letters are two sounds.
    assert score(one, other) > 4
