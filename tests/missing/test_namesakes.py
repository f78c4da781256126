"""How much names count is asked of the register; a file of one record is no event of one person."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest

from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.candidates.competition import FIRST_GUESS, first_guess, learned_share, shared_probability
from opencompact.missing.candidates.namesakes import LEAST, MOST, weighed_by_names
from opencompact.missing.evidence.ledger import if_no_other
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.records.record import PersonName, Record

from .conftest import TODAY

GIVEN = ("Amina", "Zerihunesh", "Ousmane", "Nurlan", "Xochitl", "Thandiwe", "Wojciech", "Sokunthea")
FAMILY = ("Diallo", "Tekle", "Guerrero", "Bekmuratov", "Mkhize", "Nguyen", "Kowalczyk", "Chanthavong")


def people(rng: np.random.Generator, size: int, names: int) -> list[Record]:
    """People whose names are drawn from so many given and family names."""
    pairs = rng.integers(0, names, (size, 2)).tolist()
    return [
        Record(id=str(at), kind="found", names=(PersonName(f"{GIVEN[a]} {FAMILY[b]}", "full"),))
        for at, (a, b) in enumerate(pairs)
    ]


def test_where_everybody_is_a_namesake_names_count_least() -> None:
    """Of two given and two family names a pair of strangers in four bears the same whole name."""
    assert Register(people(np.random.default_rng(3), 200, 2), TODAY).names_count == LEAST


def test_where_nobody_is_a_namesake_names_count_in_full() -> None:
    letters = "bdfgklmnprstvz"
    rng = np.random.default_rng(4)
    each = ["".join(letters[k] + "aeiou"[v] for k, v in zip(rng.integers(0, 14, 4), rng.integers(0, 5, 4), strict=True)) for _ in range(120)]  # fmt: skip
    records = [Record(id=name, kind="found", names=(PersonName(name.capitalize(), "full"),)) for name in set(each)]
    assert Register(records, TODAY).names_count == MOST


def test_a_few_names_tell_nothing_of_the_register() -> None:
    assert Register(people(np.random.default_rng(3), 20, 8), TODAY).names_count is None
    assert Register([Record(id="1", kind="found")], TODAY).names_count is None


def test_a_share_that_somebody_states_is_left_as_it_is() -> None:
    found = Register(people(np.random.default_rng(3), 200, 2), TODAY)
    setting = setting_of([], found.records, TODAY)
    assert weighed_by_names(setting, found.names_count).parameters["dependence"]["share"]["names"] == LEAST
    own = copy.deepcopy(defaults())
    own["dependence"]["share"]["names"] = 0.9
    stated = setting_of([], found.records, TODAY, type(setting)(TODAY, own))
    assert weighed_by_names(stated, found.names_count).parameters["dependence"]["share"]["names"] == 0.9


def test_the_same_parameters_are_the_same_object_so_that_a_register_keeps_what_it_worked_out() -> None:
    found = Register(people(np.random.default_rng(3), 200, 2), TODAY)
    setting = setting_of([], found.records, TODAY)
    assert (
        weighed_by_names(setting, found.names_count).parameters
        is weighed_by_names(setting, found.names_count).parameters
    )


def test_nothing_in_common_of_one_and_one_is_no_coin_toss() -> None:
    sought, found = ([Record(id=kind, kind=kind)] for kind in ("sought", "remains"))
    search = Search(Register(sought, TODAY), Register(found, TODAY), setting_of(sought, found, TODAY))
    one = search.candidate(0, 0, search.prior())
    assert one.ledger.ln_likelihood_ratio == 0
    assert one.probability == pytest.approx(0.01, abs=0.005)
    assert search.candidate(0, 0, search.prior(closed=0.9)).probability > 0.8


@pytest.mark.parametrize(("sought", "found", "guess"), [(1, 1, 0.01), (5, 5, 0.05), (1, 5000, 0.5), (300, 200, 0.5)])
def test_a_small_file_is_a_part_of_an_event(sought: int, found: int, guess: float) -> None:
    assert first_guess(sought, found) == pytest.approx(guess)
    assert first_guess(sought, found) <= FIRST_GUESS


def test_a_pair_s_own_evidence_is_not_what_is_known_before_it() -> None:
    """One report beside one body, 351 times as likely of one person: by Bayes 0.01 / 0.99 × 351, which is 78.0 %; the same as of all that is stated."""
    one, scores = np.zeros(1, np.int32), np.array([math.log(351)])
    share = learned_share(one, one, scores, 1, 1)
    assert share == pytest.approx(0.01)
    told = shared_probability(one, one, scores, if_no_other(share, 1, 1))
    assert told[0] == pytest.approx(0.780, abs=0.0005)


@pytest.mark.parametrize(("few", "learned"), [(19, False), (20, True)])
def test_of_fewer_records_than_the_guess_is_worth_nothing_is_learned(few: int, learned: bool) -> None:
    """Every one of the few has a certain counterpart: from twenty on that is believed, as much as the guess."""
    each = np.arange(few, dtype=np.int32)
    share = learned_share(each, each, np.full(few, 30.0), few, 60)
    assert (share > FIRST_GUESS + 0.2) is learned
    assert learned or share == FIRST_GUESS
