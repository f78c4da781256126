"""How a review says numbers and names in each language."""

from types import SimpleNamespace
from typing import Any

import pytest

from opencompact import compact
from opencompact.compact import area
from opencompact.language import LANGUAGES
from opencompact.review.account import WORLDWIDE, Account
from opencompact.review.figures import difference
from opencompact.review.labels import label
from opencompact.review.pages.glance import those_waiting
from opencompact.review.rounding import decimals_of
from opencompact.review.titles import changed, from_to
from opencompact.review.words import Words
from opencompact.statistics.assessment import Point
from opencompact.statistics.sources import contract

# Sources whose publishers and publications have names in six languages; those of one country may keep their own.
NAMED = ("iom.", "undesa.", "unhcr.", "idmc.", "unsd.", "worldbank.", "sample.")


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("ar", 1, "شخص واحد"),
        ("ar", 2, "شخصان"),
        ("ar", 5, "5 أشخاص"),
        ("ar", 11, "11 شخصا"),
        ("ar", 100, "100 شخص"),
        ("ru", 21, "21 человек"),
        ("ru", 22, "22 человека"),
        ("ru", 25, "25 человек"),
        ("zh", 52_700, "5.27万人"),
    ],
)
def test_people_agree_with_their_number(code: str, value: float, said: str) -> None:
    assert Words(code).people(value).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ar", "174,000 شخص ينتظرون البت في طلبات لجوئهم"),
        ("ru", "174 000 человек ждут решения об убежище"),
        ("en", "174,000 people waiting for a decision on asylum"),
    ],
)
def test_those_who_wait_are_counted_by_the_number_shown(code: str, said: str) -> None:
    assert those_waiting(Words(code), 173_532).replace("\u00a0", " ") == said


def test_brackets_are_wide_in_chinese_and_no_blank_parts_a_name_from_its_value() -> None:
    assert Words("zh").bracketed("1,043", "2019") == "1,043（2019）"
    assert Words("zh").named_value("拉丁美洲和加勒比", "1,043") == "拉丁美洲和加勒比1,043"
    assert Words("fr").bracketed("1 043", "2019") == "1 043 (2019)"
    assert Words("fr").named_value("Mexique", "1 043") == "Mexique 1 043"


@pytest.mark.parametrize("code", ["ar", "zh", "es", "fr", "ru"])
def test_leads_and_assessments_name_the_two_directions_alike(code: str) -> None:
    """What an objective's first sentence says of an indicator is what the assessment of the indicator says."""
    words = Words(code)
    wanted = {
        "ar": ("الاتجاه المنشود", "عكس الاتجاه المنشود"),
        "zh": ("朝预期方向", "背离预期方向"),
        "es": ("dirección deseada", "dirección contraria a la deseada"),
        "fr": ("sens voulu", "l’opposé du sens voulu"),
        "ru": ("нужном направлении", "нежелательном направлении"),
    }[code]
    leads = (
        words.plural("{n} goes the right way", "{n} go the right way", 3, n=3),
        words.plural("{n} goes the wrong way", "{n} go the wrong way", 3, n=3),
    )
    verdicts = (words("in the wanted direction, clearly"), words("away from the wanted direction"))
    for direction, lead, verdict in zip(wanted, leads, verdicts, strict=True):
        assert direction in lead
        assert direction in verdict


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PRK", "the Democratic People’s Republic of Korea"),
        ("COD", "the Democratic Republic of the Congo"),
        ("PHL", "the Philippines"),
        ("NGA", "Nigeria"),
        ("DOM", "the Dominican Republic"),
        ("DMA", "Dominica"),
    ],
)
def test_english_puts_an_article_where_a_sentence_goes_through_a_name(code: str, name: str) -> None:
    assert Words("en").within(area(code)) == name


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("per 100,000 people", "Refugees: from 1 in 2000 to 31.2 (per 100,000 people) in 2025"),
        ("percent", "Refugees: from 1.0% in 2000 to 31.2% in 2025"),
        ("persons", "Refugees: from 1 in 2000 to 31 in 2025"),
    ],
)
def test_a_title_with_two_values_names_their_unit_once(unit: str, said: str) -> None:
    words = Words("en")
    account: Any = SimpleNamespace(words=words, value=lambda value, unit: words.value(value, unit, unit))
    assert from_to(account, "Refugees", Point("2000", 2000, 1.0), Point("2025", 2025, 31.2), unit) == said


def test_of_a_count_whose_newest_value_is_of_another_publication_both_numbers_are_told() -> None:
    words = Words("en")
    account: Any = SimpleNamespace(words=words)
    course = {2009: 5_660_000, 2012: 7_000_000, 2016: 9_500_000, 2020: 12_000_000, 2024: 17_500_000}
    of_one = [Point(str(year), year, people, source="a") for year, people in course.items()]
    of_two = [*of_one, Point("2025", 2025, 15_100_000, source="b")]
    assert changed(account, "Displaced", of_one, "persons") == "Displaced: up by 209% since 2009"
    assert changed(account, "Displaced", of_two, "persons") == "Displaced: from 5,660,000 in 2009 to 15,100,000 in 2025"


@pytest.mark.parametrize("code", LANGUAGES)
def test_of_the_world_nobody_is_here_or_from_here(code: str) -> None:
    words = Words(code)
    country: Any = SimpleNamespace(words=words, area=area("NER"), indicator=compact.catalogue().indicator)
    world: Any = SimpleNamespace(words=words, area=area("001"), indicator=compact.catalogue().indicator)
    for identifier in WORLDWIDE:
        assert Account.title(world, identifier) != Account.title(country, identifier)
    assert len({Account.title(world, identifier) for identifier in WORLDWIDE}) == len(WORLDWIDE)


@pytest.mark.parametrize(
    ("size", "unit", "said"), [(-5.4, "percent", "5.4 points"), (0.154, "per 100,000 people", "0.15")]
)
def test_a_gap_between_percentages_has_the_decimals_of_its_percentages(size: float, unit: str, said: str) -> None:
    gap: Any = SimpleNamespace(difference=size)
    account: Any = SimpleNamespace(words=Words("en"))
    assert difference(account, gap, unit) == said


@pytest.mark.parametrize(
    ("code", "size", "shown"),
    [
        ("en", 1.0, "+1.0 points"), ("en", 1, "+1 point"), ("fr", 1.5, "+1,5 point"), ("es", 1.5, "+1,5 puntos"),
        ("ar", 3, "+3 نقاط مئوية"), ("zh", 1.5, "+1.5个百分点"),
    ],
)  # fmt: skip
def test_points_take_the_plural_form_of_the_number_that_is_shown(code: str, size: float, shown: str) -> None:
    from opencompact.language import format_number

    text = "+" + format_number(size, code, 0 if isinstance(size, int) else 1)
    assert Words(code).in_points(text, size) == shown


def test_a_fraction_takes_the_form_of_two_in_russian() -> None:
    from decimal import Decimal

    said = {n: Words("ru").plural("{n} person", "{n} people", n, n=n) for n in (1, 2, 5, Decimal("1.5"))}
    assert len({text.split()[1] for text in said.values()}) == 2
    assert said[Decimal("1.5")].split()[1] == said[2].split()[1]


@pytest.mark.parametrize(
    ("code", "said"),
    [("USA", "the United States"), ("MEX", "Mexico"), ("COD", "the D. R. Congo"), ("MHL", "the Marshall Islands")],
)
def test_english_puts_its_article_before_the_names_that_take_one(code: str, said: str) -> None:
    assert Words("en").named(code) == said
    assert Words("fr").named("USA") == "États-Unis"


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "women aged 15 to 19"), ("zh", "15至19岁的女性"), ("fr", "femmes de 15 à 19 ans"), ("es", "mujeres de 15 a 19 años")],
)  # fmt: skip
def test_an_age_is_said_in_words_and_never_by_its_code(code: str, said: str) -> None:
    _ = Words(code)
    assert _.aged(_.group("F"), "Y15T19") == said
    assert "Y_GE65" not in _.aged("", "Y_GE65")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_single_age_has_words(code: str) -> None:
    _ = Words(code)
    assert all("Y" not in _.aged(people, age) for people in ("", _.group("F")) for age in ("Y0", "Y17"))
    assert _.aged("", "Y0") != _.aged("", "Y17")
    assert code == "en" or _.aged("", "Y0") != Words("en").aged("", "Y0")


@pytest.mark.parametrize(
    ("first", "last", "said"), [(1_422_805, 1_422_179, "−0.04%"), (100, 109, "+9.0%"), (100, 100, "0.0%")]
)
def test_a_change_is_never_said_to_be_a_signed_zero(first: float, last: float, said: str) -> None:
    assert Words("en").change(first, last) == said


def test_more_than_a_hundredfold_is_said_to_be_more() -> None:
    assert Words("en").change(59, 386_000) == ">×100"
    assert Words("en").change(100, 1_250) == "×12.5"


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_amount_is_said_in_one_way_in_a_language(code: str) -> None:
    """A chart, a sentence and a title write a rounded count alike in Chinese, which counts in 万."""
    words = Words(code)
    assert words.rough(1_729_504) in words.people(1_729_504)
    assert ("万" in words.rough(1_729_504)) == (code == "zh")
    assert " " not in words.money(61.1e9).partition("61")[2][:4]


def test_a_name_within_a_line_has_no_capital_of_its_own_and_a_short_form_keeps_it() -> None:
    words = Words("en")
    assert words.inside("Census questions on country of birth") == "census questions on country of birth"
    assert words.inside("UNHCR registration") == "UNHCR registration"
    assert words.inside("A migration module") == "a migration module"


@pytest.mark.parametrize("value", [1, 2, 8, 13, 29, 64, 999])
def test_in_chinese_a_small_count_is_whole(value: int) -> None:
    assert Words("zh").people(value) == f"{value}人"


def test_a_percentage_changes_by_points() -> None:
    assert Words("en").change(42.0, 54.7, "percent") == "+12.7 points"
    assert Words("en").change(42.0, 54.7) == "+30%"


def test_a_column_has_the_same_decimals_in_each_row() -> None:
    assert decimals_of([0.5, 6, 42]) == 1
    assert decimals_of([5.85, 53.33]) == 2
    assert decimals_of([1, 1_204_335]) == 0
    assert Words("en").exact(6, 1) == "6.0"


def test_chinese_names_stand_in_the_order_of_their_sounds() -> None:
    names = ["墨西哥", "阿根廷", "秘鲁", "巴西", "哥伦比亚"]
    assert sorted(names, key=Words("zh").in_alphabet) == ["阿根廷", "巴西", "哥伦比亚", "秘鲁", "墨西哥"]
    assert Words("fr").in_alphabet("Åland") < Words("fr").in_alphabet("Belgique")


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_publishers_and_publications_are_named_in_the_language(code: str) -> None:
    for source in contract.sources().values():
        if source.id.startswith(NAMED):
            assert label(source.name, code), source.name
        if source.id.startswith((*NAMED, "mexico.", "honduras.", "panama.")):
            assert label(source.publisher, code), source.publisher
