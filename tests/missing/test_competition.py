"""What pairs that compete are worth: the prior of a pair without other counterparts, and probabilities that come true as often as they say."""

import itertools
import math

import numpy as np
import pytest

from opencompact.missing.candidates.competition import learned_share, shared_probability
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


def draw(seed: int, sought: int, found: int, share: float) -> Draw:
    """Pairs whose ln likelihood ratios are right: normal about ±m with variance 2m, of one person and of two; some records tell more than others."""
    rng = np.random.default_rng(seed)
    both = int(share * min(sought, found))
    rows, columns = rng.permutation(sought)[:both], rng.permutation(found)[:both]
    true = np.zeros((sought, found), bool)
    true[rows, columns] = True
    tells = rng.choice([2.0, 4.0, 8.0, 12.0], size=found)
    scores = np.where(true, tells, -tells) + rng.normal(size=true.shape) * np.sqrt(2 * tells)
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
