"""How a review says numbers and names in each language."""

from types import SimpleNamespace
from typing import Any

import pytest

from opencompact import compact
from opencompact.compact import area
from opencompact.language import LANGUAGES
from opencompact.review.account import WORLDWIDE, Account
from opencompact.review.figures import difference
from opencompact.review.pages.glance import those_waiting
from opencompact.review.titles import changed, from_to
from opencompact.review.words import Words
from opencompact.statistics.assessment import Point


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
    of_one = [Point("2009", 2009, 5_660_000, source="a"), Point("2024", 2024, 17_500_000, source="a")]
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
