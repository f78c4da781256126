"""What pairs that compete are worth: the prior of a pair without other counterparts, and probabilities that come true as often as they say."""

import itertools
import math

import numpy as np
import pytest

from opencompact.missing.candidates.competition import (
    beyond_of,
    learned_share,
    left_by_rivals,
    odds_of,
    shared_probability,
    shares_of_one,
)
from opencompact.missing.evidence.ledger import Prior, if_no_other

Draw = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def matchings(sought: int, found: int, odds: float) -> float:
    """The mean number of pairs when every way to put two lists together has the weight odds^pairs, each of them counted."""
    weight = [
        math.comb(sought, n) * math.comb(found, n) * math.factorial(n) * odds**n for n in range(min(sought, found) + 1)
    ]
    return sum(n * each for n, each in enumerate(weight)) / sum(weight)


@pytest.mark.parametrize(
    ("sought", "found", "closed"), [(2, 2, 0.5), (1, 10, 0.5), (5, 3, 0.7), (30, 20, 0.9), (40, 40, 0.3)]
)
def test_without_evidence_as_many_are_in_both_lists_as_the_prior_says(sought: int, found: int, closed: float) -> None:
    prior = if_no_other(closed * min(sought, found), sought, found)
    assert matchings(sought, found, prior / (1 - prior)) == pytest.approx(closed * min(sought, found), rel=0.03)


def test_a_pair_without_others_is_likelier_than_one_of_which_nothing_is_known() -> None:
    """Of 10 and 10 people 9 are the same: whoever is left on both sides is likely the tenth."""
    prior = Prior(10, 10, 0.9)
    assert prior.probability == pytest.approx(0.09)
    assert prior.if_no_other > 0.8
    assert Prior(1000, 1000, 0.01).if_no_other == pytest.approx(Prior(1000, 1000, 0.01).probability, rel=0.03)


def test_a_closed_event_leaves_one_in_a_hundred_out() -> None:
    assert Prior(300, 300, 1.0).if_no_other == Prior(300, 300, 0.99).if_no_other < 1


def draw(seed: int, sought: int, found: int, share: float, tells: tuple[float, ...] = (2.0, 4.0, 8.0, 12.0)) -> Draw:
    """Pairs whose ln likelihood ratios are right: normal about ±m with variance 2m, of one person and of two; some records tell more than others."""
    rng = np.random.default_rng(seed)
    both = int(share * min(sought, found))
    rows, columns = rng.permutation(sought)[:both], rng.permutation(found)[:both]
    true = np.zeros((sought, found), bool)
    true[rows, columns] = True
    mean = rng.choice(tells, size=found)
    scores = np.where(true, mean, -mean) + rng.normal(size=true.shape) * np.sqrt(2 * mean)
    places = [each.ravel().astype(np.int32) for each in np.indices(true.shape)]
    return places[0], places[1], scores.ravel(), true.ravel()


@pytest.mark.parametrize("share", [0.3, 0.7, 0.9])
def test_where_evidence_is_right_what_is_said_comes_true(share: float) -> None:
    """Nothing but the competition is tried. Before, a pair was weighed as if the others were unknown: of 0.4 came true 0.7."""
    said, came = [], []
    for seed in range(6):
        rows, columns, scores, true = draw(seed, 150, 100, share)
        learned = learned_share(rows, columns, scores, 150, 100)
        assert learned == pytest.approx(share, abs=0.2)  # the first guess counts as twenty of the hundred
        said.append(shared_probability(rows, columns, scores, Prior(150, 100, share).if_no_other))
        came.append(true)
    probability, true = np.concatenate(said), np.concatenate(came)
    assert probability.sum() == pytest.approx(true.sum(), rel=0.06)
    for low, high in itertools.pairwise((0.02, 0.2, 0.4, 0.6, 0.8, 0.95)):
        within = (probability >= low) & (probability < high)
        # Three standard errors of the share, and what a bin of few pairs may be off besides.
        error = 3 * math.sqrt(probability[within].mean() * (1 - probability[within].mean()) / within.sum())
        assert abs(true[within].mean() - probability[within].mean()) <= error + 0.01


def test_lists_without_anyone_in_common_learn_that_few_are_in_both() -> None:
    rows, columns, scores, _ = draw(3, 300, 200, 0.0)
    assert learned_share(rows, columns, scores, 300, 200) < 0.15


def likeliest(scores: np.ndarray, sought: int, found: int, most: int) -> np.ndarray:
    """Which pairs are among the `most` likeliest of their record sought."""
    places = np.argsort(np.argsort(-scores.reshape(sought, found), axis=1), axis=1)
    return (places < most).ravel()


@pytest.mark.parametrize("drawn", [None, 6_000])
def test_who_is_none_of_the_likeliest_counts_as_in_both_all_the_same(drawn: int | None) -> None:
    """Where evidence tells little, one true counterpart in three is not among the three likeliest of 100: the share of people in both is learned from the
    others too, all of them or some drawn by lot, as from all pairs at once."""
    whole, listed_alone, with_others = [], [], []
    for seed in range(6):
        rows, columns, scores, true = draw(seed, 150, 100, 0.7, (1.0, 3.0, 6.0))
        near = likeliest(scores, 150, 100, 3)
        assert 0.2 < (true & ~near).sum() / true.sum() < 0.5
        rest = np.flatnonzero(~near)
        chosen = rest if drawn is None else np.random.default_rng(seed).choice(rest, drawn)
        beyond = beyond_of(rows[chosen], columns[chosen], scores[chosen], 150, 100, len(rest) / len(rows))
        few = rows[near], columns[near], scores[near], 150, 100
        whole.append(learned_share(rows, columns, scores, 150, 100))
        listed_alone.append(learned_share(*few))
        with_others.append(learned_share(*few, beyond))
    assert np.mean(whole) - np.mean(listed_alone) > 0.15
    assert np.mean(with_others) == pytest.approx(np.mean(whole), abs=0.03)


def test_what_does_not_compete_takes_from_what_does() -> None:
    """One pair of a file competes, its nine others do not: each counts for what it says, as if all were given."""
    rows, columns, scores = np.zeros(10, np.int32), np.arange(10, dtype=np.int32), np.array([4.0, *[1.0] * 9])
    whole = shared_probability(rows, columns, scores, 0.02)
    beyond = beyond_of(rows[1:], columns[1:], scores[1:], 1, 10, 0.9)
    alone = shared_probability(rows[:1], columns[:1], scores[:1], 0.02, beyond=beyond)
    odds = np.exp(scores) * 0.02 / 0.98
    assert whole[0] == pytest.approx(odds[0] / (1 + odds.sum()), rel=1e-3)
    assert alone[0] == pytest.approx(whole[0], rel=0.01)


def test_the_pairs_of_one_record_are_weighed_as_with_all_others() -> None:
    rows, columns, scores, _ = draw(5, 60, 40, 0.7, (1.0, 3.0, 6.0))
    near = likeliest(scores, 60, 40, 3)
    listed = rows[near], columns[near], scores[near]
    beyond = beyond_of(rows[~near], columns[~near], scores[~near], 60, 40, (~near).mean())
    shares = shared_probability(*listed, 0.01, beyond=beyond)
    left = left_by_rivals(*listed, 0.01, beyond=beyond)
    for row in range(60):
        at = listed[0] == row
        odds = odds_of(listed[2][at], 0.01) * left.of_pairs[at]
        assert shares_of_one(odds, beyond=float(left.beyond[row])) == pytest.approx(shares[at], abs=2e-3)
