"""Two lists with plain columns: the same people found again under other spellings, in another order, with less known."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from opencompact.missing.candidates.agreement import codes_of
from opencompact.missing.candidates.columns import Plan, completed_codes, expected_in_both, link, one_to_one
from opencompact.missing.candidates.slots import DIFFER, SLIP, Slots
from opencompact.missing.world.people import people

PLAN = Plan(("given", "father"), ("sex", "country"), ("year",), group="country")


@pytest.fixture(scope="module")
def lists() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two hundred people who never lived, in their own script; the first eighty once more in Latin letters among others."""
    everyone = people(np.random.default_rng(8), 400)
    left = [(p.given.native, p.father.native, p.sex, p.country, p.birth.year) for p in everyone[:200]]
    again = [
        (
            p.given.spellings[-1],
            None if p.number % 5 == 0 else p.father.spellings[0],
            p.sex,
            p.country,
            p.birth.year + p.number % 2,
        )
        for p in everyone[:80]
    ]
    others = [(p.given.spellings[0], p.father.spellings[0], p.sex, p.country, p.birth.year) for p in everyone[200:]]
    columns = ["given", "father", "sex", "country", "year"]
    first, second = (pl.DataFrame(rows, columns, orient="row") for rows in (left, [*again, *others]))
    return first, second


def test_people_are_found_again_in_another_script(lists) -> None:
    linked = link(*lists, PLAN)
    found = {(a, b) for a, b in zip(linked.left.tolist(), linked.right.tolist(), strict=True) if a == b and b < 80}
    assert len(found) >= 76
    chosen = one_to_one(linked)
    right = (linked.left == linked.right) & (linked.right < 80)
    assert right[chosen].mean() >= 0.9


def test_each_record_is_chosen_once(lists) -> None:
    linked = link(*lists, PLAN)
    chosen = one_to_one(linked, 0.01)
    assert len(set(linked.left[chosen].tolist())) == len(set(linked.right[chosen].tolist())) == chosen.sum()


def test_chunks_change_nothing(lists) -> None:
    whole, parts = link(*lists, PLAN), link(*lists, Plan(**{**vars(PLAN), "chunk": 37}))
    assert whole.left.tolist() == parts.left.tolist()
    assert whole.score == pytest.approx(parts.score)


def test_what_is_learned_says_on_how_many_cases_it_rests(lists) -> None:
    learned = link(*lists, PLAN).learned
    assert set(learned) == {"given", "father", "turned", "sex", "country", "year"}
    for rates in learned.values():
        assert sum(rates.same) == pytest.approx(1)
        assert 0 < rates.share < 1


def test_exchanged_names_are_taken_as_exchanged() -> None:
    rows = [("kwabena", "tetteh"), ("siobhan", "mcgregor"), ("bartholomew", "vandenberg")]
    left = pl.DataFrame(rows, ["given", "father"], orient="row")
    right = pl.DataFrame([("tetteh", "kwabena"), *rows[1:]], ["given", "father"], orient="row")
    linked = link(left, right, Plan(("given", "father")))
    pairs = {(a, b): k for k, (a, b) in enumerate(zip(linked.left.tolist(), linked.right.tolist(), strict=True))}
    assert linked.fields["turned"][pairs[0, 0]] < linked.fields["turned"][pairs[1, 1]]


def test_levels_of_names_follow_how_far_they_are_apart() -> None:
    side = pl.DataFrame({"name": ["mohammed", "محمد", "mouhamed", "gustavo", "gustabvo", "unrelated"]})
    slots = Slots(side, side, ("name",), None)
    rows, columns = np.array([0, 0, 0, 3, 3], np.int32), np.array([0, 1, 2, 4, 5], np.int32)
    same, arabic, french, slip, other = slots.levels(rows, columns, 0, 0).tolist()
    assert same == 0 < arabic <= 3
    assert 0 < french <= 3
    assert french <= slip <= SLIP < other == DIFFER


def test_empty_lists_and_unknown_names_link_nothing() -> None:
    empty = pl.DataFrame({"given": pl.Series([], dtype=pl.String)})
    assert len(link(empty, empty, Plan(("given",))).left) == 0
    unknown = pl.DataFrame({"given": ["", None, "  "]}, schema={"given": pl.String})
    assert len(link(unknown, unknown, Plan(("given",))).left) == 0


def test_in_one_file_a_person_may_have_many_records_and_the_prior_knows_it() -> None:
    generator = np.random.default_rng(8)
    letters = np.array(list("bdfgklmnprst"))
    vowels = np.array(list("aeiou"))
    names = [
        "".join(x for pair in zip(generator.choice(letters, 4), generator.choice(vowels, 4), strict=True) for x in pair)
        for _ in range(120)
    ]
    people = [
        (names[a], names[b], int(year))
        for a, b, year in zip(*generator.integers(0, 120, (2, 60)), generator.integers(1960, 2010, 60), strict=True)
    ]
    rows = [person for person in people for _ in range(8)]
    file = pl.DataFrame(rows, schema=["given", "family", "born"], orient="row")
    linked = link(file, file, Plan(("given", "family"), (), ("born",), keep=60), itself=True)
    pairs = len(rows) * (len(rows) - 1) / 2
    true = len(people) * 8 * 7 / 2
    assert true > len(rows)  # more pairs than a file of people who are each in it once could have
    assert linked.prior == pytest.approx(true / pairs, rel=0.1)


def test_whose_country_is_unknown_is_of_the_country_that_the_town_always_lies_in() -> None:
    country = pl.Series("country", ["A", "A", "B", "B", None, None, None])
    town = pl.Series("town", ["x", "x", "y", "z", "x", "z", None])
    plan = Plan(("name",), ("country", "town"), within={"town": "country"}, group="country")
    codes = {each.name: codes_of(each[:4], each[4:]) for each in (country, town)}
    completed = completed_codes(codes, plan)["country"]
    assert completed.left.tolist() == [0, 0, 1, 1]
    assert completed.right.tolist() == [0, -1, -1], "z was seen once only, and nothing is known of the last"


def test_a_town_of_two_countries_says_neither() -> None:
    country, town = pl.Series(["A", "A", "B", "B", None]), pl.Series(["x", "x", "x", "x", "x"])
    plan = Plan(("name",), ("country", "town"), within={"town": "country"}, group="country")
    codes = {"country": codes_of(country[:4], country[4:]), "town": codes_of(town[:4], town[4:])}
    assert completed_codes(codes, plan)["country"].right.tolist() == [-1]


def test_the_two_of_a_pair_are_not_among_the_others_who_bear_their_name() -> None:
    everyone = ["omar"] * 40 + ["yonas"]
    left, right = (pl.DataFrame({"name": everyone}) for _ in range(2))
    rare = Slots(left, right, ("name",), None)._rare[0]
    assert rare[0] == pytest.approx(np.log(78 / 80), abs=1e-6)
    assert rare[40] == pytest.approx(np.log(1 / 80), abs=1e-6), "one more at least"


def test_who_share_one_of_two_names_are_met_where_a_name_alone_is_a_key() -> None:
    left = pl.DataFrame({"given": ["Selam", "Omar"], "father": ["Haile", "Hassan"]})
    right = pl.DataFrame({"given": ["Yonas", "Omar"], "father": ["Haile", "Hassan"]})
    singles, pairs = (link(left, right, Plan(("given", "father"), singles=up_to, reach=99)) for up_to in (2, 1))
    met, met_by_pairs = (set(zip(one.left.tolist(), one.right.tolist(), strict=True)) for one in (singles, pairs))
    assert met_by_pairs == {(1, 1)}
    assert met == {(0, 0), (1, 1)}


def test_a_slip_in_a_common_name_is_looked_for_in_the_same_country_alone() -> None:
    """Seventy people share the key that the slip leaves: those of the other country are not compared, those of the same and of none are."""
    left = pl.DataFrame({"given": ["bertol"], "family": ["dandara"], "country": ["A"]})
    country = ["B"] * 68 + ["A", None]
    right = pl.DataFrame({"given": ["berto"] * 70, "family": ["dandara"] * 70, "country": country})
    plan = Plan(("given", "family"), ("country",), group="country", singles=1, reach=99, keep=100, hold=100)
    few, all_of_them = (link(left, right, replace(plan, largest_slipped=most)) for most in (60, 100))
    assert sorted(few.right.tolist()) == [68, 69]
    assert all_of_them.compared == 70


def test_lists_without_a_group_lose_nobody_for_a_slip() -> None:
    left = pl.DataFrame({"given": ["bertol"], "family": ["dandara"]})
    right = pl.DataFrame({"given": ["berto"] * 70, "family": ["dandara"] * 70})
    plan = Plan(("given", "family"), singles=1, reach=99, keep=100, hold=100, largest_slipped=60)
    assert link(left, right, plan).compared == 70


def test_few_rows_do_not_tell_how_many_people_are_in_both_lists() -> None:
    """One tenth, counted as ten rows, and then what was found: (1 + 1) / 11 of one row, (900 + 1) / 1010 of a thousand."""
    assert expected_in_both(1.0, 1, 250) == pytest.approx(2 / 11)
    assert expected_in_both(900.0, 1000, 1000) == pytest.approx(1000 * 901 / 1010)
    assert expected_in_both(0.0, 2000, 2000) == pytest.approx(1.0, rel=0.01)
    assert expected_in_both(250.0, 250, 250) <= 0.9 * 250
    assert expected_in_both(0.0, 0, 5) > 0
