"""Kana are read as the foreign names that they transcribe, and as the Japanese words that they spell."""

import pytest

from opencompact.missing.names import compare, score
from opencompact.missing.names.kana import kana
from opencompact.missing.names.sounds import alphabet


def _sounds(word: str) -> list[set[str]]:
    """The sounds of each slot of the one reading of a word."""
    [reading] = kana(word)
    return [{sound for sound, _cost in alphabet().slots[slot]} for slot in reading.slots]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ラウラ", "Laura"),
        ("リリアナ", "Liliana"),
        ("ヴァレリー", "Valery"),
        ("バレリア", "Valeria"),
        ("ターナー", "Turner"),
        ("フィリッパ", "Philippa"),
        ("ティモテオ", "Timoteo"),
        ("ウィンストン", "Winston"),
        ("クリスティーナ", "Cristina"),
        ("シュワルツ", "Schwartz"),
        ("ジェシカ", "Jessica"),
        ("ファトゥマタ", "Fatoumata"),
        ("ツェツィーリア", "Cecilia"),
        ("グエン", "Nguyen"),
        ("さくら", "Sakura"),
        ("こういち", "Koichi"),
    ],
)
def test_a_name_in_kana_speaks_for_the_name_that_it_transcribes(written: str, name: str) -> None:
    assert score(written, name) > 1.5
    assert [part.systems for part in compare(written, name).parts] == [("kana", "latin")]


@pytest.mark.parametrize(
    ("written", "name"), [("サラ", "Lara"), ("タナカ", "Tamara"), ("ニコラ", "Monica"), ("ガブリエラ", "Graciela")]
)
def test_a_name_in_kana_speaks_against_another_name(written: str, name: str) -> None:
    assert score(written, name) < 0


def test_signs_stand_for_the_sounds_that_japanese_lacks() -> None:
    assert {"r", "l"} <= _sounds("ラ")[0]
    assert {"b", "v"} <= _sounds("バ")[0]
    assert _sounds("ヴァ")[0] >= {"v"}
    assert _sounds("ファ")[0] >= {"f"}
    assert {"s", "θ"} <= _sounds("ス")[0]
    assert len(_sounds("ティ")) == len(_sounds("ウィ")) == len(_sounds("ツァ")) == 2


@pytest.mark.parametrize("ending", ["ト", "ド", "ス", "ム", "ル", "ク", "ツ", "フ"])
def test_the_vowel_behind_a_final_consonant_may_be_mute(ending: str) -> None:
    assert "∅" in _sounds("ア" + ending)[-1]


def test_length_and_doubling_add_nothing_that_must_be_written() -> None:
    assert kana("カリッム")[0].slots == kana("カリム")[0].slots
    gap = alphabet().gap
    [longer], [shorter] = kana("カリーム"), kana("カリム")
    assert sum(gap[slot] for slot in longer.slots) == pytest.approx(sum(gap[slot] for slot in shorter.slots), abs=0.5)


def test_the_two_syllabaries_half_width_signs_and_the_double_hyphen_are_read_alike() -> None:
    assert kana("かりーむ")[0].slots == kana("カリーム")[0].slots
    assert score("ｶﾙﾛｽ", "Carlos") == score("カルロス", "Carlos") > 2
    assert score("アナ゠マリア", "Ana Maria") == score("アナ・マリア", "Ana Maria") > 2


def test_a_sign_that_is_no_kana_is_passed_over() -> None:
    assert kana("カx王") == [kana("カ")[0]]
