"""Marks, objects and medical findings in words: the same in six languages, nothing where they are denied."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.missing.candidates import Register
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.explaining import reason_of
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.concepts import _content
from opencompact.missing.evidence.marks import (
    compare_marks,
    compare_objects,
    concepts,
    description_likelihood_ratio,
    is_absent,
    marks_of,
    words_for,
)
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.records.record import Mark, Record
from opencompact.missing.records.sayings import folded


def test_a_mark_is_the_same_in_other_languages() -> None:
    french = Record("a", "sought", marks=(Mark("tattoo", "une croix, avant-bras gauche"),))
    arabic = Record("b", "remains", marks=(Mark("tattoo", "صليب على الذراع اليسرى"),))
    other = Record("c", "remains", marks=(Mark("tattoo", "un serpent, cuisse droite"),))
    assert {"cross", "arm", "left", "tattoo"} <= concepts(["une croix, avant-bras gauche", "tattoo"]) & concepts(
        ["وشم صليب على الذراع اليسرى"]
    )
    agree, differ = compare_marks(french, arabic), compare_marks(french, other)
    assert agree is not None
    assert differ is not None
    assert agree.ln_likelihood_ratio > 2 > 0 > differ.ln_likelihood_ratio - 0.5


@pytest.mark.parametrize(
    "said",
    [
        "none",
        "no tattoos",
        "aucune",
        "sin cicatrices",
        "لا يوجد",
        "لا يوجد وشم",
        "татуировок нет",
        "без шрамов",
        "无纹身",
        "unknown",
        "yes",
    ],
)
def test_what_is_said_not_to_be_there_is_no_mark(said: str) -> None:
    nothing = Record("a", "sought", marks=(Mark("tattoo", said), Mark("scar", said)), objects=(said,))
    rose = Record("b", "remains", marks=(Mark("tattoo", "rose, left arm"),), objects=("silver ring",))
    for other in (rose, nothing):
        assert compare_marks(nothing, other) is None
        assert compare_objects(nothing, other) is None


_DENIED = (
    "{} none", "no {}", "he has no {}", "absence of {}", "{} cannot be seen", "{}: hasn't any", "free of {}", "lacks {}", "{} not seen because decomposed",
    "ne présente aucun {}", "n'a pas de {}", "sans {}", "{} : néant", "aucun {} ni rose", "carece de {}", "no se observa {}", "sin {}", "ausencia de {}",
    "{} не обнаружено", "нет {}", "без {}", "отсутствует {}", "غير موجود {}", "ما عنده {}", "لا يوجد {}", "بدون {}", "ليس له {}", "未发现{}", "{}：无", "没有{}",
    "no scars, rings or {}", "ni rose, ni {}",
)  # fmt: skip


@pytest.mark.parametrize("denied", _DENIED)
@given(
    concept=st.sampled_from(sorted(_content()["concepts"])),
    language=st.sampled_from(["en", "fr", "es", "ru", "ar", "zh"]),
)
def test_what_is_denied_is_never_a_mark(denied: str, concept: str, language: str) -> None:
    # A limb that is said not to be there is a missing limb, and no mark on one.
    missing = {"amputation", concept} if concept in _content()["limbs"] else set()
    told = concepts([denied.format(words_for(concept, language))])
    assert told <= {"scar"} or told == missing
    assert concepts([denied.format(words_for(concept, language)) + "; rose"]) - missing <= {"rose", "scar"}


@pytest.mark.parametrize(
    "said",
    [
        "RAS", "decomposed", "badly decomposed body", "burned", "état de décomposition avancée", "cuerpo calcinado", "сильно обгорел", "جثة متحللة", "白骨化",
        "he has", "there is one", "il porte", "se ve en el cuerpo", "у него есть", "لديه", "在身体上", "2", "10 cm",
        "насколько знаю, нет", "washed off", "see photo", "skin slippage", "many", "clothes", "vêtements", "ropa",
    ],
)  # fmt: skip
def test_words_that_describe_nothing_are_no_evidence(said: str) -> None:
    assert concepts([said]) == frozenset()
    both = [
        Record(one, kind, marks=(Mark("scar", said),), objects=(said,))
        for one, kind in (("a", "sought"), ("b", "remains"))
    ]
    assert compare_marks(*both) is None
    assert compare_objects(*both) is None


def test_no_word_is_both_empty_and_a_concept() -> None:
    empty = {folded(word) for word in (*_content()["empty"], *_content()["absent"])}
    words = [word for entry in _content()["concepts"].values() for word in entry["words"]]
    assert [word for word in words if folded(word) in empty] == []
    assert [word for word in words if is_absent(word)] == []


_SOME = st.frozensets(st.sampled_from([*sorted(_content()["concepts"]), "quokka", "zebra"]), min_size=1, max_size=6)


@given(_SOME, _SOME, st.sampled_from(["marks", "objects"]))
def test_what_is_not_shared_never_supports(first: frozenset[str], second: frozenset[str], field: str) -> None:
    settings = {name: defaults()[field][name] for name in ("recall", "frequency", "least")}
    only_first, only_second = first - second or {"quagga"}, second - first or {"okapi"}
    assert description_likelihood_ratio(only_first, only_second, **settings)[0] <= 0
    whole = description_likelihood_ratio(first, second, **settings)[0]
    for more in (first | {"anchor"}, first | {"shirt"}):
        if not more & second - first:
            assert description_likelihood_ratio(more, second, **settings)[0] <= whole


def test_different_clothing_is_no_support() -> None:
    for sought, found in (
        ("black trousers, white shoes", "red shirt"),
        ("black trousers", "red shirt"),
        ("shirt", "jacket"),
    ):
        told = compare_objects(Record("a", "sought", objects=(sought,)), Record("b", "remains", objects=(found,)))
        assert told is not None
        assert told.ln_likelihood_ratio <= 0


def test_that_both_have_a_tattoo_is_no_likeness_of_the_two() -> None:
    rose = Record("a", "sought", marks=(Mark("tattoo", "rose"),))
    dragon = Record("b", "remains", marks=(Mark("tattoo", "dragon"),))
    told = compare_marks(rose, dragon)
    assert told is not None
    assert told.ln_likelihood_ratio < 0


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("حذاء جديد", {"shoes"}),  # the word for "new" holds the word for "hand"
        ("рукав", {"рукав"}),  # a sleeve is no arm
        ("gris-gris", {"amulet"}),  # and an amulet not grey
        ("no tattoo, scar", {"scar"}),
        ("шрам на левой руке", {"scar", "left", "arm"}),
        ("无名指戒指", {"finger", "ring"}),
        ("左臂", {"left", "arm"}),
        ("على الذراع", {"arm"}),
        ("no scars but a rose", {"rose"}),
        ("aucune cicatrice sauf au bras", {"arm"}),
        ("不锈钢手表", {"watch"}),
        ("“no fear” on the arm", {"fear", "arm"}),
        ("tattoo no 7", {"tattoo"}),
        ("he has a scar of 10 cm on the left arm", {"scar", "left", "arm"}),
        ("porte une cicatrice au bras gauche", {"scar", "left", "arm"}),
    ],
)
def test_words_are_matched_whole(said: str, named: set[str]) -> None:
    assert concepts([said]) == named


def test_that_the_sides_differ_is_said() -> None:
    left, right, both = (
        Record("a", "sought", marks=(Mark("tattoo", f"rose {side} arm"),))
        for side in ("left", "right", "left and right")
    )
    assert "one the left, the other the right" in reason_of(compare_marks(left, right), "en")
    assert "the left" not in reason_of(compare_marks(left, left), "en")
    assert "the left" not in reason_of(compare_marks(left, both), "en")


def test_the_other_side_of_the_body_speaks_against_unless_it_is_a_ring() -> None:
    def told(words: str, field: str = "marks") -> float:
        one, other = (
            marks_of(Record("x", "sought", marks=(Mark("tattoo", said),)))[0] for said in (words, "rose left arm")
        )
        settings = {name: defaults()[field][name] for name in ("recall", "frequency", "least", "turned")}
        return description_likelihood_ratio(one, other, **settings)[0]

    assert told("rose right arm") < told("rose arm") < told("rose left arm")
    assert told("rose arm") - told("rose right arm") > 1
    assert told("rose right arm", "objects") > told("rose right arm")


def test_words_in_no_list_count_together_as_one() -> None:
    settings = {name: defaults()["marks"][name] for name in ("recall", "frequency", "least")}
    one = description_likelihood_ratio(frozenset(["quokka"]), frozenset(["quokka"]), **settings)[0]
    many = frozenset(["quokka", "fabuleux", "mythique"])
    assert description_likelihood_ratio(many, many, **settings)[0] == one == pytest.approx(math.log(0.55 / 0.05))


@given(_SOME | st.just(frozenset(["left", "rose"])), _SOME | st.just(frozenset(["right", "rose", "arm"])))
def test_the_fast_descriptions_are_those_of_the_ledger(first: frozenset[str], second: frozenset[str]) -> None:
    one = Record("a", "sought", objects=tuple(sorted(first)))
    other = Record("b", "found", objects=tuple(sorted(second)))
    today = datetime.date(2024, 1, 1)
    setting = Setting(today)
    fast = Comparison(Register([one], today), Register([other], today), setting)
    told = compare_objects(one, other)
    assert fast.fields["objects"](np.zeros(1, np.int32), np.zeros(1, np.int32))[0] == pytest.approx(
        told.ln_likelihood_ratio if told else 0.0
    )
