"""What the parts that have no counterpart say: compounds, endings, titles, places in the order; invented people."""

import pytest

from opencompact.missing.names import compare, prepare, score


def test_a_compound_that_is_lost_counts_as_the_one_name_that_it_is() -> None:
    # Abd al-Manan and Karim are one given name each: the families and these are disputed, and nothing is missing besides.
    assert score("Abdul Manan Zidan", "Karim Zidan") == pytest.approx(score("Manan Zidan", "Karim Zidan"), abs=1e-3)
    assert score("Habibullah Zidan", "Karim Zidan") == pytest.approx(score("Manan Zidan", "Karim Zidan"), abs=1e-3)


def test_an_ending_is_lost_with_its_family_and_counts_by_itself_where_the_family_is_there() -> None:
    assert score("Gul Zidanzai", "Gul") == score("Gul Zidan", "Gul")
    assert score("Gul Zidanzai", "Gul Zidan") < score("Gul Zidan", "Gul Zidan")


def test_a_title_that_stands_last_may_be_the_name() -> None:
    assert score("Ahmad Sayyed", "Ahmad Sayed") > score("Sayyed Ahmad", "Sayed Ahmad") + 0.5
    assert [part.weight for part in prepare("Gul Agha").spellings[0].parts] == [1.0, 0.5]
    assert [part.weight for part in prepare("Gul Zidan Agha").spellings[0].parts] == [1.0, 1.0, 0.0]
    assert score("Mullah Gul Agha", "Gul Agha Zidanzai") > score("Mullah Gul Agha", "Bakht Gul")


def test_a_part_that_stands_before_what_is_disputed_here_and_behind_it_there_is_of_less_weight() -> None:
    given, turned = compare("Viktor Zirov", "Viktor Balat"), compare("Viktor Zirov", "Balat Viktor")
    assert given.log_likelihood_ratio - turned.log_likelihood_ratio == pytest.approx(0.3, abs=1e-3)
    assert turned.reordered
    assert not given.reordered


def test_two_parts_are_not_put_together_for_a_well_known_name_that_they_do_not_make() -> None:
    assert [part.other for part in compare("Mahmoud", "Jama Hamud").parts] != ["jamahamud"]
    assert not any(part.together for part in compare("Musab Qarin", "Moussa Abu Marzouk").parts)


def test_a_list_of_spellings_of_one_word_is_no_name_of_several_parts() -> None:
    assert score("Said, Saeed, Sa'id", "Said Said") == pytest.approx(score("Said", "Said Said"), abs=0.3)
    assert len(compare("Aziz, Aziz", "Aziz Aziz").parts) == 1


@pytest.mark.parametrize("label", ["Married name: ", "also known as ", "a.k.a. ", "original script: "])
def test_a_label_before_a_name_is_no_part_of_it(label: str) -> None:
    assert score(f"{label}Lesya Zirova", "Lesya Zirova") == score("Lesya Zirova", "Lesya Zirova")


def test_two_well_known_names_are_hardly_doubted_to_be_two() -> None:
    assert compare("Salim Yasin", "Yasin Hosein").left_out == (("salim",), ("hosein",))


@pytest.mark.parametrize(
    ("one", "other"), [("فارس", "فرس"), ("سالم", "سلم"), ("حامد", "حمد"), ("خالد", "خلد"), ("ملك", "مالك")]
)
def test_one_letter_makes_another_name_of_three_letters(one: str, other: str) -> None:
    assert score(one, other) < 0 < score(one, one)


@pytest.mark.parametrize(("one", "other"), [("Shwe", "ရွှေ"), ("Than Shwe", "သန်းရွှေ"), ("Hla Shwe", "လှရွှေ")])
def test_a_burmese_consonant_with_two_medials_is_read(one: str, other: str) -> None:
    assert score(one, other) > 3


@pytest.mark.parametrize(
    ("one", "other"), [("Ngozi", "Nkechi"), ("Karim", "كرم"), ("Yasin", "Hosein"), ("Mus'ab", "Moussa")]
)
def test_names_that_only_sound_somewhat_alike_do_not_speak_for_one_person(one: str, other: str) -> None:
    assert score(one, other) <= 0
