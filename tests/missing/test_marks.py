"""Marks are compared mark by mark: kind, side and place of each together; a missing limb is one; a word in no list speaks against nobody."""

from __future__ import annotations

import datetime
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.language import told
from opencompact.missing.candidates import Register, setting_of
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.concepts import beside_sites, concepts, listed, separately
from opencompact.missing.evidence.marks import agreement, compare_marks, marks_likelihood_ratio, marks_of, missed_mark
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.sites import meeting, other_site
from opencompact.missing.records.record import Mark, Record

TODAY = datetime.date(2024, 1, 1)
SETTINGS = {name: defaults()["marks"][name] for name in ("recall", "frequency", "least", "turned", "displaced")}


def _record(*words: str, kind: str = "sought", medical: tuple[str, ...] = ()) -> Record:
    return Record("a", kind, marks=tuple(Mark("tattoo", said) for said in words), medical=medical)


def _ratio(sought: tuple[str, ...], found: tuple[str, ...]) -> float:
    told = compare_marks(_record(*sought), _record(*found, kind="remains"))
    return 1.0 if told is None else math.exp(told.ln_likelihood_ratio)


def test_the_sides_of_two_marks_are_not_exchanged_between_them() -> None:
    right = ("rose left arm", "burn right leg")
    assert _ratio(right, ("rose right arm", "burn left leg")) < 0.05 * _ratio(right, right)
    told = compare_marks(_record(*right), _record("rose right arm", "burn left leg"))
    assert told is not None
    assert "one the left, the other the right" in told.reason


def test_a_further_mark_of_one_side_makes_no_side_agree() -> None:
    alone = _ratio(("rose left arm",), ("rose right arm",))
    # Of two marks one is like it by chance twice as often as of one.
    assert _ratio(("rose left arm",), ("rose right arm", "star left hand")) == pytest.approx(alone / 2)
    # An equal second mark says what it says alone, and nothing of the side of the first; the two may be put together in two ways.
    chest = _ratio(("left chest",), ("left chest",))
    assert _ratio(("rose left arm", "left chest"), ("rose right arm", "left chest")) == pytest.approx(alone * chest / 2)


@pytest.mark.parametrize(("back", "chest"), [("dragon on back", "dragon on chest"), ("龙 背", "dragon poitrine")])
def test_a_motif_elsewhere_on_the_body_says_less_than_one_without_a_place(back: str, chest: str) -> None:
    """One part of the body in ten is told as one that does not border on it; of two people 0.74 name such parts."""
    nowhere, elsewhere = _ratio(("dragon",), ("dragon on chest",)), _ratio((back,), (chest,))
    assert nowhere == pytest.approx(_ratio(("dragon",), ("dragon",)))
    assert elsewhere == pytest.approx(nowhere * 0.1 / (1 - meeting()))
    assert elsewhere < 5
    assert _ratio((chest,), (chest,)) > 3 * nowhere
    told = compare_marks(_record(back), _record(chest))
    assert told is not None
    assert told.reason.endswith("other parts of the body.")


def test_a_part_that_borders_on_another_is_told_for_it() -> None:
    wrist, arm, leg = "rose left wrist", "rose left forearm", "rose right leg"
    assert _ratio((wrist,), (arm,)) > 5 * _ratio((wrist,), (leg,))
    # The side says nothing more where the part is another one.
    assert _ratio((wrist,), ("rose left leg",)) == pytest.approx(_ratio((wrist,), (leg,)))
    assert all(a in beside_sites(b) for a in listed().sites for b in beside_sites(a))


def test_how_often_parts_of_the_body_meet_is_their_share() -> None:
    """By lot, as often as each part is named."""
    sites = sorted(listed().sites)
    often = np.array([listed().frequencies[site] for site in sites])
    drawn = np.random.default_rng(3).choice(len(sites), (2, 20_000), p=often / often.sum())
    apart = [other_site(frozenset([sites[a]]), frozenset([sites[b]])) for a, b in drawn.T]
    assert np.mean(apart) == pytest.approx(1 - meeting(), abs=0.02)


def test_a_motif_that_many_of_the_register_have_says_less() -> None:
    """Of 450 marks 300 are a cross, which the list has for one in twenty: (300 + 50 × 0.05) / 500 name it, so that it says nothing."""
    register = [_record(*words, kind="remains") for words in [("cross",)] * 300 + [("dragon",)] * 3 + [("burn",)] * 147]
    setting = setting_of([], register, TODAY)
    assert setting.parameters["marks"]["shares"]["cross"] == pytest.approx((300 + 50 * 0.05) / 500)
    cross, dragon = (
        compare_marks(_record(word), _record(word, kind="remains"), setting.parameters) for word in ("cross", "dragon")
    )
    assert cross is not None
    assert dragon is not None
    assert cross.ln_likelihood_ratio == pytest.approx(0)
    assert dragon.ln_likelihood_ratio == pytest.approx(math.log(0.55 / ((3 + 50 * 0.02) / 500)))
    # A small register leaves the list as it is; the fast twin says the same of a large one.
    few = setting_of([], register[:1], TODAY).parameters["marks"]["shares"]["heart"]
    assert few == pytest.approx(0.03, rel=0.03)
    first, second = Register([_record("cross"), _record("dragon back")], TODAY), Register(register[299:301], TODAY)
    fast = Comparison(first, second, setting).fields["marks"]
    for row, column in itertools.product(range(2), range(2)):
        entry = compare_marks(first.records[row], second.records[column], setting.parameters)
        assert fast(np.array([row], np.int32), np.array([column], np.int32))[0] == pytest.approx(
            entry.ln_likelihood_ratio if entry else 0.0
        )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("butterfly", "papillon"),
        ("tortoise", "tortue"),
        ("scorpion", "عقرب"),
        ("skull", "calavera"),
        ("Virgin Mary", "Vierge Marie"),
        ("facial tribal marks", "scarifications faciales"),
        ("HIV", "VIH"),
        ("asthma", "الربو"),
        ("limp", "boiterie"),
        ("harelip", "bec-de-lièvre"),
        ("six fingers", "polydactylie"),
        ("circumcised", "circoncis"),
        ("rose", "ጽጌረዳ"),
        ("skull", "teschio"),
        ("appendectomy scar", "cicatrice d’appendicectomie"),
    ],
)
def test_one_thing_in_two_languages_speaks_for(one: str, other: str) -> None:
    assert _ratio((one,), (other,)) > 1


@pytest.mark.parametrize(
    ("one", "other"), [("FATIMA", "فاطمة"), ("ሰላም", "selam"), ("rose", "ኳስ"), ("quokka", "surikate"), ("чебурашка", "rose")]
)  # fmt: skip
def test_a_word_in_no_list_speaks_against_nobody(one: str, other: str) -> None:
    assert _ratio((one,), (other,)) == pytest.approx(1)
    assert _ratio((other,), (one,)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("no left leg", {"left", "leg"}),
        ("lacks right thumb", {"right", "finger"}),
        ("absence of left eye", {"left", "eye"}),
        ("sans bras gauche", {"left", "arm"}),
        ("dedo ausente", {"finger"}),
        ("отсутствует палец", {"finger"}),
        ("нет левой ноги", {"left", "leg"}),
        ("缺左手小指", {"left", "hand", "finger"}),
        ("فاقد اليد اليسرى", {"left", "hand"}),
        ("missing finger left hand", {"left", "hand", "finger"}),
        ("doigt absent main gauche", {"left", "hand", "finger"}),
        ("no scars, left leg missing", {"left", "leg"}),
    ],
)
def test_a_missing_limb_is_a_mark(said: str, named: set[str]) -> None:
    assert concepts([said]) == named | {"amputation"}
    assert _ratio((said,), (said,)) > 20


@pytest.mark.parametrize(
    "said",
    [
        "no scars on left arm", "no mark left arm", "none on the left leg", "aucune au bras gauche", "ninguna en la mano", "左手上无", "left arm not seen",
        "no scars, tattoos or arm", "нет на левой руке", "لا يوجد على الذراع",
    ],
)  # fmt: skip
def test_that_a_limb_bears_no_mark_is_no_missing_limb(said: str) -> None:
    assert "amputation" not in concepts([said])


def test_a_limb_lost_in_two_languages_is_one_and_not_a_tattoo() -> None:
    assert marks_of(_record("no left leg")) == (frozenset({"amputation", "left", "leg"}),)
    assert _ratio(("no left leg",), ("sans jambe gauche",)) > 100 > _ratio(("no left leg",), ("sans jambe droite",))


def test_what_one_cell_tells_of_several_marks_is_told_apart() -> None:
    assert separately("rose right arm, star left hand; burn") == (
        frozenset({"rose", "right", "arm"}),
        frozenset({"star", "left", "hand"}),
        frozenset({"burn"}),
    )
    assert separately("a rose. Left arm, small") == (frozenset({"rose", "left", "arm"}),)


def test_the_page_says_what_each_mark_is() -> None:
    scar = Record("a", "sought", marks=(Mark("scar", "chin"), Mark("prosthesis", "leg")), medical=("asthma",))
    said = compare_marks(scar, scar)
    assert said is not None
    assert told(said.left, "en") == "Scar: chin, Prosthesis: leg, asthma"


_MARK = st.frozensets(
    st.sampled_from(["rose", "star", "burn", "tattoo", "scar", "arm", "leg", "left", "right", "quokka", "zebra"]),
    min_size=1,
    max_size=4,
)
_MARKS = st.lists(_MARK, min_size=1, max_size=4, unique=True).map(tuple)


@given(_MARKS, _MARKS)
def test_the_assignment_is_the_best_of_all(
    first: tuple[frozenset[str], ...], second: tuple[frozenset[str], ...]
) -> None:
    rates = {name: SETTINGS[name] for name in ("recall", "frequency")}
    best = -math.inf
    places = [*range(len(second)), *([None] * len(first))]
    for chosen in set(itertools.permutations(places, len(first))):
        pairs = [(i, j) for i, j in enumerate(chosen) if j is not None]
        apart = {name: SETTINGS[name] for name in ("turned", "displaced")}
        told = [agreement(first[i], second[j], **apart, **rates) for i, j in pairs]
        if any(one.gain <= 0 for one in told):
            continue
        left = sum(missed_mark(mark, **rates) for i, mark in enumerate(first) if i not in dict(pairs))
        right = sum(missed_mark(mark, **rates) for j, mark in enumerate(second) if j not in {j for _, j in pairs})
        # So many ways there are to choose as many of the longer list in order: 6 × 5 × …
        ways = math.prod(range(max(len(first), len(second)) - len(pairs) + 1, max(len(first), len(second)) + 1))
        best = max(best, sum(one.whole for one in told) - math.log(ways) + max(left, right, SETTINGS["least"]))
    expected = min(math.log(1e4), max(SETTINGS["least"], best))
    assert marks_likelihood_ratio(first, second, **SETTINGS)[0] == pytest.approx(expected, abs=1e-9)


_WORDS = st.lists(
    st.sampled_from(
        ["rose left arm", "rose right arm", "burn left leg", "burn", "no left leg", "quokka", "zebra", "star", "HIV", "left", "snake hand", "gold ring", "rose chest", "star back", "rose left hand"]
    ),
    max_size=8,
)  # fmt: skip


@given(_WORDS, _WORDS)
def test_the_fast_marks_are_those_of_the_ledger(first: list[str], second: list[str]) -> None:
    one, other = _record(*first), _record(*second, kind="remains", medical=("asthma",))
    fast = Comparison(Register([one], TODAY), Register([other], TODAY), Setting(TODAY))
    entry = compare_marks(one, other)
    assert fast.fields["marks"](np.zeros(1, np.int32), np.zeros(1, np.int32))[0] == pytest.approx(
        entry.ln_likelihood_ratio if entry else 0.0
    )
