"""What tells a relative by a name: a mother is called by her child, a sister is not her brother."""

import pytest

from opencompact.missing.names import compare, score


@pytest.mark.parametrize(
    ("parent", "child"),
    [("Umm Ahmed", "Ahmed"), ("أم أحمد", "أحمد"), ("أم أحمد", "Ahmed Hassan"), ("Abu Bakr", "Bakr"), ("أبو عمر", "عمر"), ("Baby of Fatima Hassan", "Fatima Hassan"),
     ("son of Ahmed", "Ahmed"), ("ابن أحمد", "أحمد")],
)  # fmt: skip
def test_a_parent_is_not_the_child_that_she_is_called_by(parent: str, child: str) -> None:
    assert score(parent, child) <= 0
    assert score(child, parent) == score(parent, child)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Umm Ahmed", "Umm Ahmed"), ("أم أحمد", "Umm Ahmad"), ("Umm Ahmed", "Fatima Umm Ahmed"), ("Abu Bakr", "Abubakar"), ("Abou Diallo", "Diallo Abou"),
     ("Abou Diallo", "Diallo"), ("خالد ابو حسن", "Khaled Abu Hassan"), ("Abu Sayed Mia", "Sayed Mia"), ("أم كلثوم", "Umm Kulthum")],
)  # fmt: skip
def test_a_kunya_and_a_family_that_begins_like_one_still_find_their_bearer(one: str, other: str) -> None:
    assert score(one, other) > 1


@pytest.mark.parametrize("name", ["Fatima", "Fatima Hassan", "زينب علي"])
def test_a_kunya_alone_says_nothing_against_another_name_of_its_bearer(name: str) -> None:
    # The neighbours say Umm Ahmed, her papers Fatima Hassan: both are true of one woman, and of most women neither is.
    told = compare("Umm Ahmed", name)
    assert told.log_likelihood_ratio == 0
    assert not told.disputed
