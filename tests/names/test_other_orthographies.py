"""Names as other alphabets and nations spell them, other names that look like them, and who is called by two names."""

import random

import pytest

from opencompact.missing.names import compare, explain, score, score_pairs
from opencompact.missing.names.explanation import as_written

ONE = """
Elamin|الأمين, Elmahdi|المهدي, Elahmed|الأحمد, Elasad|الأسد, Elimam|الإمام, Elobeid|العبيد, Eltayeb|الطيب, Elamin|Alamin, Elamin|El Amin,
Sacdiya|سعدية, Sacdiyo|Sadia, Ciise|عيسى, Sacad|سعد, Nimco|نعمة, Cumar|Omar, Axmed|أحمد, Maxamed|محمد, Cabdiraxmaan|Abdirahman, Jimcaale|Jimale,
Thuzar|သူဇာ, Mohamed Yunus|မိုဟာမက် ယူနွတ်, Djeneba|Zeinab, Pierre|Pyè, Robert|Wobè, Jacques|Jak, Louis|Lwi, Seun|Oluwaseun, Ify|Ifeanyi,
Emeka|Chukwuemeka, Wale|Adewale, Xhevdet|Cevdet, Xhevat|Cevat, Xhemal|Jamal, Hoxha|Hoca, Mehmed|Muhamed, Oumou Kaltoum|Umm Kulthum,
മോഹൻലാൽ|Mohanlal, പിണറായി വിജയൻ|Pinarayi Vijayan, ഉമ്മൻ ചാണ്ടി|Oommen Chandy, പൗലോസ്|Paulose, ജോർജ്|George, கோபால்|Gopal
"""

NEARER = """
Nguyen Van An|Nguyen Van An|Nguyen Van Anh, Nguyễn Văn An|Nguyễn Văn An|Nguyễn Văn Anh, Wang Fang|Wang Fang|Wang Feng, 王芳|王芳|王方, 张伟|張偉|郑伟,
Zhang Wei|Zhang Wei|Zheng Wei, Zhang Wei|Chang Wei|Zheng Wei, Fang Wei|Fang Wei|Fan Wei, Axmed Cali|Ahmed Ali|Maxamed Cali
"""

TWO = """
Wang Fang|Wang Feng, Zhang Wei|Zheng Wei, 张伟|郑伟, Fan Wei|Fang Wei, Xhevat|Cevdet, Marco|Maro
"""


def rows(text: str) -> list[list[str]]:
    return [row.strip().split("|") for row in text.replace("\n", " ").split(",") if row.strip()]


@pytest.mark.parametrize(("one", "other"), rows(ONE))
def test_a_name_is_read_as_its_own_alphabet_spells_it(one: str, other: str) -> None:
    """El- before a vowel is the article; Somali c is ʿayn and x ħ; Albanian xh is Turkish c; Malayalam has letters without a vowel."""
    assert score(one, other) > 0


@pytest.mark.parametrize(("one", "same", "other"), rows(NEARER))
def test_the_same_name_says_more_than_another_syllable_or_character(one: str, same: str, other: str) -> None:
    assert score(one, same) > score(one, other) + 2


@pytest.mark.parametrize(("one", "other"), rows(TWO))
def test_two_names_of_short_syllables_do_not_speak_for_one_person(one: str, other: str) -> None:
    assert score(one, other) < 0


def test_nothing_equates_two_vietnamese_names_that_differ_in_their_last_letter() -> None:
    told = compare("Nguyen Van An", "Nguyen Van Anh")
    assert told.left_out == (("an",), ("anh",))
    assert told.disputed


def test_traditional_and_simplified_characters_are_one() -> None:
    assert score("張偉", "张伟") == pytest.approx(score("张伟", "张伟"))


SHORTENED = ["Md Rofique", "Mohammed Rafique", "Umm Kulthum Ali", "Umm Kulthum", "Mohd Ali", "Mohammed Ali Md", "Abu Bakr Omar", "Bakr", "Junior",
             "Karim alias Junior", "Muhammad Mohd", "Abou Bakr"]  # fmt: skip


def test_the_side_does_not_matter_and_the_list_gives_the_number_of_the_pair() -> None:
    chosen = random.Random(1)
    pairs = [(chosen.choice(SHORTENED), chosen.choice(SHORTENED)) for _ in range(60)]
    together = score_pairs([one for one, _ in pairs], [other for _, other in pairs])
    for (one, other), number in zip(pairs, together, strict=True):
        assert score(one, other) == pytest.approx(score(other, one), abs=1e-3), (one, other)
        assert score(one, other) == pytest.approx(float(number), abs=1e-3), (one, other)


def test_an_abbreviation_is_shown_as_it_is_written() -> None:
    assert as_written("Md Rofique")["mohammed"] == "Md"
    assert any("“Md”" in sentence for sentence in explain(compare("Md Rofique", "Mohammed Rafique")))


@pytest.mark.parametrize(
    ("cell", "name"),
    [("Hassan also known as Abu Bakr", "Abu Bakr"), ("Hassan Ali a.k.a. Abu Bakr", "Hassan Ali"), ("Karim alias Junior", "Junior"),
     ("Karim dit Junior", "Karim"), ("Mario Rossi detto Pippo", "Pippo"), ("Hassan (Ali)", "Ali"), ("حسن علي المعروف بـ أبو بكر", "أبو بكر"),
     ("Иван Петров, он же Борис", "Борис"), ("王伟 又名 李明", "李明")],
)  # fmt: skip
def test_who_is_called_by_two_names_is_found_by_either(cell: str, name: str) -> None:
    assert score(cell, name) == pytest.approx(score(name, name))


@pytest.mark.parametrize(
    "cell", ["Hassan (32 ans)", "Hassan (mother: Fatima)", "Hassan (deceased)", "Hassan (brother of Amina)"]
)
def test_a_remark_in_brackets_is_no_other_name(cell: str) -> None:
    assert score(cell, "Hassan") == pytest.approx(score("Hassan", "Hassan"))
    assert max(score(cell, "Fatima"), score(cell, "Amina")) <= 0
