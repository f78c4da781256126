"""Hair, eyes, skin and build: one colour in every language, and what a word in no list says."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.missing.evidence.trait_words import TRAITS, named_classes, trait_classes
from opencompact.missing.evidence.traits import compare_traits, trait_log_ratio, trait_shares
from opencompact.missing.records.record import Record

_WORDS = tomllib.loads(files("opencompact.missing.evidence").joinpath("traits.toml").read_text(encoding="utf-8"))


def seen(kind: str, **traits: str) -> Record:
    return Record(kind, "sought" if kind == "a" else "found", traits=tuple(traits.items()))


@pytest.mark.parametrize(
    "one", ["black", "noir", "cheveux noirs", "negro", "чёрные", "أسود", "شعر أسود", "黑色", "ጥቁር", "سیاه", "কালো"]
)
@pytest.mark.parametrize("other", ["Black hair", "noirs", "cabello negro", "черный", "اسود", "黑头发", "madow"])
def test_black_hair_is_black_in_every_language(one: str, other: str) -> None:
    told = compare_traits(seen("a", hair=one), seen("b", hair=other))
    assert told is not None
    assert told.ln_likelihood_ratio == pytest.approx(0.5 * math.log(0.9 / 0.2))


@pytest.mark.parametrize(
    ("trait", "text", "classes"),
    [
        ("hair", "dark brown or black", {"dark brown", "black"}),
        ("hair", "black/grey", {"black", "grey"}),
        ("hair", "dark", {"dark brown", "black"}),
        ("hair", "fair", {"blond"}),
        ("skin", "fair", {"white"}),
        ("eyes", "карие глаза", {"brown"}),
        ("eyes", "عسليتان", {"hazel"}),
        ("build", "中等身材", {"medium"}),
        ("build", "corpulence moyenne", {"medium"}),
        ("hair", "wiry", set()),
        ("hair", "black with a wiry fringe", set()),
    ],
)
def test_a_text_names_classes(trait: str, text: str, classes: set[str]) -> None:
    assert named_classes(trait, text) == classes


def test_dark_brown_eyes_may_be_called_black_and_black_hair_is_not_brown() -> None:
    assert compare_traits(seen("a", eyes="black"), seen("b", eyes="dark brown")).ln_likelihood_ratio > 0
    assert compare_traits(seen("a", hair="black"), seen("b", hair="brown")).ln_likelihood_ratio < 0


def test_a_word_in_no_list_counts_against_nobody() -> None:
    assert compare_traits(seen("a", hair="wiry"), seen("b", hair="black")) is None
    assert compare_traits(seen("a", hair="wiry"), seen("b", hair="Wiry")) is None


def test_a_wide_word_says_less_than_a_narrow_one() -> None:
    shares = {"black": 0.6, "dark brown": 0.2}
    narrow = trait_log_ratio("hair", "black", "noir", 0.1, shares)
    wide = trait_log_ratio("hair", "dark", "noir", 0.1, shares)
    # Two people are told alike by chance in 0.6² + 0.2² = 0.4, so that each way of differing says 0.1 / 0.6.
    assert narrow == pytest.approx(math.log((1 - 0.4 * 0.1 / 0.6) / 0.6))
    assert wide == pytest.approx(math.log((1 - 0.2 * 0.1 / 0.6) / 0.8))


def test_a_register_in_two_languages_has_one_share_of_a_colour() -> None:
    shares = trait_shares([seen("a", hair=word) for word in ("black", "noir", "أسود", "blond")])
    assert shares["hair"]["black"] == pytest.approx(3.5 / 6)


def test_which_traits_agree_is_said() -> None:
    told = compare_traits(seen("a", hair="black", build="slim"), seen("b", hair="noirs", build="gros"))
    assert (told.values["same"], told.values["other"]) == ("hair", "build")


_LISTED = [(trait, word) for trait in TRAITS for words in _WORDS[trait].values() for word in words]
_LISTED += [(trait, word) for trait in TRAITS[:3] for words in _WORDS["colours"].values() for word in words]


@given(st.sampled_from(_LISTED))
def test_every_word_of_the_list_is_read(listed: tuple[str, str]) -> None:
    trait, word = listed
    assert trait_classes(trait, word)
    assert trait_classes(trait, f" {word}. ") == trait_classes(trait, word)


@given(st.text(max_size=80))
def test_any_text_is_read_or_names_nothing(text: str) -> None:
    for trait in TRAITS:
        assert trait_classes(trait, text) >= named_classes(trait, text)


@pytest.mark.parametrize("text", ["zzz", "#REF!", "=1+1", "closed"])
def test_what_is_in_no_list_says_nothing_though_both_say_it(text: str) -> None:
    both = [Record(one, "sought", traits=(("eyes", text), ("hair", text))) for one in "ab"]
    assert compare_traits(*both) is None


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("long black", {"black"}),
        ("black, curly", {"black"}),
        ("black brown", {"black", "brown"}),
        ("noirs, frisés", {"black"}),
        ("黑色长发", {"black"}),
        ("dark brown", {"dark brown"}),
        ("curly", set()),
        ("brown not black", set()),
    ],
)
def test_how_hair_falls_hides_no_colour(text: str, classes: set[str]) -> None:
    assert named_classes("hair", text) == classes
