"""What holds for every name, whatever it is made of."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opencompact.errors import OpenCompactError
from opencompact.missing.names import (
    PreparedNames,
    Scorer,
    blocking_keys,
    compare,
    explain,
    prepare,
    score,
    score_pairs,
)
from opencompact.missing.names.files import read_rows
from opencompact.missing.names.model import DEFAULT

PARTS = [
    "Amina", "Yusuf", "Mohamed", "Diallo", "Nguyen", "García", "Tesfaye", "Kovalenko", "abd", "Rahman", "bin", "de",
    "محمد", "صالح", "عبدالله", "ፀጋይ", "ኃይለ", "জাহাঙ্গীর", "Ольга", "王", "小明", "김", "민준", "שרה", "Γιώργος", "R.",
]  # fmt: skip
names = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map(" ".join)
without_repeats = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5, unique=True).map(" ".join)
few = settings(max_examples=settings.default.max_examples // 2)


@few
@given(without_repeats, without_repeats)
def test_the_score_is_the_same_from_either_side(one: str, other: str) -> None:
    assert score(one, other) == pytest.approx(score(other, one), abs=1e-3)


@few
@given(names, names)
@example("abd Yusuf 민준 민준", "Amina Amina abd Yusuf 민준")
def test_from_either_side_a_part_that_stands_twice_makes_at_most_the_difference_of_order(one: str, other: str) -> None:
    # Which of two equal parts goes with which is a tie: one way round may count as crossed where the other does not.
    assert score(one, other) == pytest.approx(score(other, one), abs=3 * DEFAULT.order + 1e-3)


@few
@given(names, names)
def test_no_name_is_more_like_another_than_the_more_telling_is_like_itself(one: str, other: str) -> None:
    assert score(one, other) <= max(score(one, one), score(other, other)) + 0.01


@few
@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_another_order_costs_at_most_what_order_costs(parts: list[str], random: object) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    here, there = score(" ".join(parts), " ".join(parts)), score(" ".join(parts), " ".join(shuffled))
    assert here - 2.0 <= there <= here + 0.01


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_compared_and_explained(one: str, other: str) -> None:
    found = compare(one, other)
    assert np.isfinite(found.log_likelihood_ratio)
    assert explain(found)
    assert len(blocking_keys(one)) <= 64


@few
@given(st.lists(names, min_size=1, max_size=6))
def test_batches_and_single_pairs_agree(texts: list[str]) -> None:
    other = texts[::-1]
    singly = [score(a, b) for a, b in zip(texts, other, strict=True)]
    assert score_pairs(texts, other).tolist() == pytest.approx(singly, abs=1e-3)


NOISE = [
    "\u200b",
    "\u200d",
    "\u200e",
    "\u202b",
    "\u202c",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\u00ad",
    "\U0001f600",
    "\u0007",
]


@few
@given(names, st.lists(st.tuples(st.integers(0, 40), st.sampled_from(NOISE[:-2])), max_size=8))
def test_marks_that_nobody_sees_change_nothing(name: str, noise: list[tuple[int, str]]) -> None:
    noisy = name
    for place, sign in noise:
        noisy = noisy[: min(place, len(noisy))] + sign + noisy[min(place, len(noisy)) :]
    assert score(noisy, "Amina Yusuf Mohamed") == pytest.approx(score(name, "Amina Yusuf Mohamed"), abs=1e-3)


@few
@given(names, st.sampled_from(NOISE))
def test_pictures_and_marks_round_a_name_change_nothing(name: str, sign: str) -> None:
    assert score(f"{sign}{name}{sign}", name) == pytest.approx(score(name, name), abs=1e-3)


@few
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.tsv"
        file.write_bytes(b"id\tname\n" + content)
        try:
            table, refusals = read_rows(file, ["id", "name"]).rows, []
        except OpenCompactError as problem:
            table, refusals = (), [problem]
    assert all(problem.remedy for problem in refusals)
    assert all(len(row) == 2 for row in table)


NOTHING = [
    "", "   ", "😀😀", "1234", "---", "\u200f\u200e", "unknown", "N/A", "Unidentified male", "Unknown #3 (female)", "John Doe",
    "Mr", "MR UNKNOWN", "inconnu", "desconocida", "неизвестный мужчина", "غير معروف", "مجهول الهوية", "不详", "无名氏", "미상", "አይታወቅም",
    "corps non identifié", "cadáver sin identificar", "Body of a young man", "Name not known", "to be confirmed", "ne sait pas", "无名女尸", "不知道",
    "身份不明男子", "Не знаю", "no sabe", "лицо неизвестно", "لا نعرف اسمه", "Grave 4", "Труп № 12", "قبر 12", "PM-0012", "KBL 03", "BR/2023/15",
]  # fmt: skip


@pytest.mark.parametrize("nothing", NOTHING)
def test_what_names_nobody_says_nothing_for_or_against(nothing: str) -> None:
    assert score(nothing, nothing) == score(nothing, "Amina Yusuf") == score("Amina Yusuf", nothing) == 0.0
    assert score_pairs([nothing, nothing], [nothing, "Amina Yusuf"]).tolist() == [0.0, 0.0]
    assert blocking_keys(nothing) == []


def test_a_word_that_names_nobody_adds_nothing_to_a_name() -> None:
    assert score("Unknown Zerihunesh", "Unknown Zerihunesh") == score("Zerihunesh", "Zerihunesh")
    assert score("unknown / Zerihunesh", "unknown / Amina") == score("Zerihunesh", "Amina") < 0


@pytest.mark.parametrize(
    "name",
    [
        "Baby Devi",
        "Nguyen Van Man",
        "Man",
        "Boy",
        "John Turner",
        "Jane",
        "Na Li",
        "无忌",
        "Ali 12",
        "Hope Grave",
        "王不明",
    ],
)
def test_names_that_look_like_placeholders_are_names(name: str) -> None:
    assert score(name, name) > 0


def test_huge_names_are_read_up_to_a_bound() -> None:
    for letter in ("a", "م", "王", "é", "e\u0301\u0301\u0301\u0301", "ሀ", "김 ", "a b "):
        huge = (letter * 10_000)[:10_000]
        assert all(len(spelling.parts) <= 14 for spelling in prepare(huge).spellings)
        assert np.isfinite(score(huge, huge))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("\u202bمحمد صالح\u202c", "محمد صالح"),
        ("ﻣﺤﻤﺪ ﺻﺎﻟﺢ", "محمد صالح"),
        ("مـــحمد صالح", "محمد صالح"),
        ("مُحَمَّد صَالِح", "محمد صالح"),
        ("Am\u200bina Yu\u200dsuf", "Amina Yusuf"),
        ("Ａｍｉｎａ Ｙｕｓｕｆ", "Amina Yusuf"),
        ("𝐀𝐦𝐢𝐧𝐚 𝐘𝐮𝐬𝐮𝐟", "Amina Yusuf"),
        ("Аmina Yusuf", "Amina Yusuf"),
        ("Amina 😀 Yusuf", "Amina Yusuf"),
        ("Am1na Yusuf", "Amlna Yusuf"),
        ("AMINA YUSUF", "amina yusuf"),
        ("AminaYusuf", "Amina Yusuf"),
    ],
)
def test_the_ways_of_typing_a_name_are_one(written: str, plain: str) -> None:
    other = "Amina Yusuf Mohamed Saleh"
    assert score(written, other) == pytest.approx(score(plain, other), abs=1e-3)


def test_prepared_lists_may_be_scored_in_any_pairs() -> None:
    scorer = Scorer(PreparedNames(["Amina Yusuf", "محمد صالح"]), PreparedNames(["Mohamed Saleh", "Amina Yusuf"]))
    assert scorer.against_all(0).argmax() == 1
    assert scorer.against_all(1).argmax() == 0
    assert scorer.pairs(np.array([1]), np.array([0]))[0] == pytest.approx(score("محمد صالح", "Mohamed Saleh"), abs=1e-3)
