"""What families say is read as intervals; what is not known stays unknown; what is not understood is refused."""

import contextlib
import csv
import datetime
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.errors import InvalidDataError
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.calendars import from_ethiopian, from_hijri, from_solar_hijri
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.peoples import area_of
from opencompact.missing.records.places import Point, check_order, distance, distance_to, read_point
from opencompact.missing.records.statures import read_stature
from opencompact.missing.records.whereabouts import read_place

DAY = datetime.date
NUMBERS = Path(__file__).parent / "numbers_in_words.csv"
UNITS = {"en": "{} years old", "fr": "{} ans", "es": "{} años", "ru": "{} лет", "ar": "{} سنة", "zh": "{}岁"}
ABOUT = {
    "en": "about {}",
    "fr": "environ {} ans",
    "es": "unos {} años",
    "ru": "около {} лет",
    "ar": "حوالي {} سنة",
    "zh": "大约{}岁",
}
OVER = {
    "en": "over {}",
    "fr": "plus de {} ans",
    "es": "más de {} años",
    "ru": "больше {} лет",
    "ar": "أكثر من {} سنة",
    "zh": "{}岁以上",
}
UNDER = {
    "en": "under {}",
    "fr": "moins de {} ans",
    "es": "menos de {}",
    "ru": "до {} лет",
    "ar": "أقل من {} سنة",
    "zh": "{}岁以下",
}


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("20", 20, 20),
        ("about 20", 17, 23),
        ("20-25", 20, 25),
        ("entre 20 et 25", 20, 25),
        ("over 30", 30, 110),
        ("in his twenties", 20, 29),
        ("in her late twenties", 26, 29),
        ("20-ish", 17, 23),
        ("二十岁左右", 17, 23),
        ("二十五岁", 25, 25),
        ("في العشرينات", 20, 29),
        ("la vingtaine", 20, 29),
        ("до 30 лет", 0, 30),
        ("young at heart", None, None),
        ("20s", 20, 29),
        ("late 20s", 26, 29),
        ("child", 0, 17),
        ("حوالي ٢٠", 17, 23),
        ("大约20岁", 17, 23),
        ("около 20 лет", 17, 23),
        ("8 months", 0, 0),
        ("une vingtaine d'années", 17, 23),
        ("vingt ans", 20, 20),
        ("de unos veinte años", 17, 23),
        ("veinte", 20, 20),
        ("как минимум", None, None),
        ("лет двадцать", 17, 23),
        ("ребенок", 0, 17),
        ("成年", 18, 110),
        ("30岁以上", 30, 110),
        ("la treintaine", 30, 39),
        ("三十多岁", 30, 39),
        ("十七八岁", 17, 18),
        ("treinta y tantos", 30, 39),
        ("30 с лишним", 30, 39),
        ("mid-20s", 23, 26),
        ("late twenties to early thirties", 26, 33),
        ("بين عشرين وخمسة وعشرين سنة", 20, 25),
        ("በ", None, None),
        ("፳፭ ዓመት", 25, 25),
        ("২৫ বছর", 25, 25),
        ("بیست و پنج سال", 25, 25),
        ("20 ± 3", 17, 23),
        ("adult, 25-35", 25, 35),
        ("child or adolescent", 0, 19),
        ("deux ans et demi", 2, 2),
        ("2 years 3 months", 2, 2),
        ("-3", None, None),
    ],
)
def test_an_age_is_a_range(said: str, low: float | None, high: float | None) -> None:
    if low is None:
        with pytest.raises(InvalidDataError):
            read_age(said)
        return
    found = read_age(said)
    assert found is not None
    assert (found.low, found.high) == (low, high)


def _numbers_in_words() -> list[tuple[str, int, str]]:
    """Written by the library num2words 0.5.14 (Chinese by its rule), so that reading is held to another's writing."""
    with NUMBERS.open(encoding="utf-8") as stream:
        return [(row["language"], n, row[str(n)]) for row in csv.DictReader(stream) for n in range(1, 100)]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"])
def test_every_number_in_words_reads_back(language: str) -> None:
    for code, n, written in _numbers_in_words():
        if code != language:
            continue
        for said in (written, UNITS[language].format(written), UNITS[language].format(n)):
            found = read_age(said)
            assert found is not None
            assert (found.low, found.high) == (n, n), said
        more, fewer = read_age(OVER[language].format(written)), read_age(UNDER[language].format(written))
        assert (more.low, more.high, fewer.low, fewer.high) == (n, 110, 0, n)
        near = read_age(ABOUT[language].format(written))
        assert near.low < n < near.high


@pytest.mark.parametrize(
    "said",
    [
        "does not know",
        "unknown",
        "?",
        "",
        "لا يعرف",
        "不知道",
        "не знает",
        "ne sait pas",
        "no sabe",
        "  ",
        "I don't know",
        "Je ne sais pas.",
        "не знаю",
        "لا أدري",
        "我不知道",
        "no lo sé",
    ],
)
def test_unknown_is_unknown_in_six_languages(said: str) -> None:
    assert read_age(said) is None
    assert read_days(said) is None
    assert read_place(said) is None


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2023-05-31", DAY(2023, 5, 31), DAY(2023, 5, 31)),
        ("spring 2023", DAY(2023, 3, 1), DAY(2023, 5, 31)),
        ("winter 2023", DAY(2022, 12, 1), DAY(2024, 2, 29)),
        ("12 mai 2023", DAY(2023, 5, 12), DAY(2023, 5, 12)),
        ("enero de 2023", DAY(2023, 1, 1), DAY(2023, 1, 31)),
        ("between 2023-01 and 2023-03", DAY(2023, 1, 1), DAY(2023, 3, 31)),
        ("25/04/2023", DAY(2023, 4, 25), DAY(2023, 4, 25)),
        ("2016-01-01 EC", DAY(2023, 9, 12), DAY(2023, 9, 12)),
        ("1403-01-01 SH", DAY(2024, 3, 20), DAY(2024, 3, 20)),
        ("21 Ramadan 1445", DAY(2024, 3, 29), DAY(2024, 4, 2)),
        ("رمضان 1445", DAY(2024, 3, 9), DAY(2024, 4, 11)),
        ("Meskerem 2010", DAY(2017, 9, 11), DAY(2017, 10, 10)),
        ("1 Farvardin 1380", DAY(2001, 3, 21), DAY(2001, 3, 21)),
        ("12 мая 2001", DAY(2001, 5, 12), DAY(2001, 5, 12)),
        ("2001年5月12日", DAY(2001, 5, 12), DAY(2001, 5, 12)),
        ("2023年春", DAY(2023, 3, 1), DAY(2023, 5, 31)),
        ("ربيع 2023", DAY(2023, 3, 1), DAY(2023, 5, 31)),
        ("end of May 2023", DAY(2023, 5, 21), DAY(2023, 5, 31)),
        ("mid-May 2023", DAY(2023, 5, 9), DAY(2023, 5, 23)),
        ("1445-09-01 AH", DAY(2024, 3, 9), DAY(2024, 3, 13)),
        ("весной 2023", DAY(2023, 3, 1), DAY(2023, 5, 31)),
        ("конец мая 2023", DAY(2023, 5, 21), DAY(2023, 5, 31)),
        ("fines de mayo de 2023", DAY(2023, 5, 21), DAY(2023, 5, 31)),
        ("أواخر مايو 2023", DAY(2023, 5, 21), DAY(2023, 5, 31)),
        ("2023年5月底", DAY(2023, 5, 21), DAY(2023, 5, 31)),
        ("principios de 2023", DAY(2023, 1, 1), DAY(2023, 4, 30)),
        ("le 12 octobre 2023", DAY(2023, 10, 12), DAY(2023, 10, 12)),
        ("1er octobre 2023", DAY(2023, 10, 1), DAY(2023, 10, 1)),
        ("lundi 12 mai 2023", DAY(2023, 5, 12), DAY(2023, 5, 12)),
        ("hacia 2020", DAY(2019, 7, 2), DAY(2021, 7, 2)),
        ("after 12 May 2023", DAY(2023, 5, 13), DAY(2027, 5, 13)),
        ("до 2020 года", DAY(2015, 12, 31), DAY(2019, 12, 31)),
        ("بعد مايو 2023", DAY(2023, 6, 1), DAY(2027, 6, 1)),
        ("depuis mars 2023", DAY(2023, 3, 1), DAY(2027, 3, 1)),
        ("del 5 al 7 de mayo de 2023", DAY(2023, 5, 5), DAY(2023, 5, 7)),
        ("2023年5月至7月", DAY(2023, 5, 1), DAY(2023, 7, 31)),
        ("winter 2022-2023", DAY(2022, 12, 1), DAY(2023, 2, 28)),
        ("à la fin de l'été 2023", DAY(2023, 7, 31), DAY(2023, 8, 31)),
        ("end of Ramadan 1445", DAY(2024, 3, 31), DAY(2024, 4, 11)),
        ("Ramadan 2023", DAY(2023, 3, 21), DAY(2023, 4, 23)),
        ("二〇二三年五月十二日", DAY(2023, 5, 12), DAY(2023, 5, 12)),
        ("20230531", DAY(2023, 5, 31), DAY(2023, 5, 31)),
    ],
)
def test_a_time_is_an_interval_in_the_calendar_that_it_names(said: str, start: DAY, end: DAY) -> None:
    found = read_days(said)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "said",
    ["05/04/2023", "2023-02-30", "1445-13-01 AH", "31/31/2023", "yesterday", "2015-13-07 EC", "1390-05-01", "2150"],
)
def test_a_day_that_is_impossible_or_can_be_meant_in_two_ways_is_refused_with_a_remedy(said: str) -> None:
    with pytest.raises(InvalidDataError) as error:
        read_days(said)
    assert error.value.remedy
    assert error.value.value


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("171", 171, 171),
        ("1.71 m", 171, 171),
        ("1,71", 171, 171),
        ("5'7\"", 168.9, 171.5),
        ("about 1.70", 164.9, 175.1),
        ("1m71", 171, 171),
        ("170 см", 170, 170),
        ("170 سم", 170, 170),
        ("170 厘米", 170, 170),
        ("170公分", 170, 170),
        ("一米七", 170, 170),
        ("метр семьдесят", 170, 170),
        ("un mètre soixante-dix", 170, 170),
        ("5’10”", 176.5, 179.1),
        ("1.70-1.75", 170, 175),
        ("plus de 1m80", 180, 250),
    ],
)
def test_a_stature_is_read_in_any_unit(said: str, low: float, high: float) -> None:
    found = read_stature(said)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("said", ["tall", "grand", "alta", "высокий", "طويل القامة", "中等身材"])
def test_a_stature_in_words_alone_is_told_and_stays_unknown(said: str) -> None:
    with pytest.raises(InvalidDataError, match="words alone") as error:
        read_stature(said)
    assert "centimetres" in str(error.value.remedy)


def test_a_stature_that_cannot_be_read_is_not_told_to_be_an_age() -> None:
    with pytest.raises(InvalidDataError) as error:
        read_stature("like his brother")
    assert "171" in str(error.value.remedy)
    assert "20-25" not in str(error.value.remedy)


@pytest.mark.parametrize(
    "said",
    [
        "34.5, 12.6",
        "34.5 12.6 0 5",
        "34°30'N 12°36'E",
        "34.5° N, 12.6° E",
        "POINT(12.6 34.5)",
        '{"coordinates": [12.6, 34.5, 0]}',
    ],
)
def test_a_point_is_read_as_forms_and_maps_write_it(said: str) -> None:
    point = read_point(said).point
    assert (point.latitude, point.longitude) == (pytest.approx(34.5), pytest.approx(12.6))


@pytest.mark.parametrize("said", ["35,5; 12,6", "35,5 12,6", "35,5, 12,6", "35,5 N / 12,6 E"])
def test_decimal_commas_in_coordinates_are_decimal_commas(said: str) -> None:
    point = read_point(said)
    assert point is not None
    assert point.point == Point(35.5, 12.6)


def test_coordinates_that_can_be_read_in_two_ways_are_refused() -> None:
    with pytest.raises(InvalidDataError, match="more than one way"):
        read_point("35,5,12,6")


def test_coordinates_that_fit_the_named_place_only_when_exchanged_are_refused() -> None:
    tripoli = read_place("Tripoli")
    check_order(read_point("32.9, 13.2"), tripoli, "")
    with pytest.raises(InvalidDataError, match="exchanged"):
        check_order(read_point("13.2, 32.9"), tripoli, "13.2, 32.9")


def test_between_is_read_in_arabic_where_and_is_a_part_of_the_word() -> None:
    assert read_place("بين أغاديز وسبها").towards is not None


@pytest.mark.parametrize(("said", "code"), [("Eritrean", "ERI"), ("سوري", "SYR"), ("Сирия", "SYR"), ("Mali", "MLI")])
def test_a_people_is_its_country(said: str, code: str) -> None:
    assert area_of(said) == code


PARTS = {
    "en": ("early {}", "mid {}", "late {}"),
    "fr": ("début {}", "mi-{}", "fin {}"),
    "es": ("principios de {}", "mediados de {}", "finales de {}"),
    "ru": ("в начале {}", "в середине {}", "в конце {}"),
    "ar": ("أوائل {}", "منتصف {}", "أواخر {}"),
}
MAY = {"en": "May 2023", "fr": "mai 2023", "es": "mayo de 2023", "ru": "мая 2023", "ar": "مايو 2023"}


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar"])
@pytest.mark.parametrize("stretch", ["month", "year"])
def test_the_parts_of_a_month_and_a_year_cover_it_in_order(language: str, stretch: str) -> None:
    whole = MAY[language] if stretch == "month" else "2023"
    early, middle, late = (read_days(part.format(whole)) for part in PARTS[language])
    all_of_it = read_days(whole)
    assert early.start == all_of_it.start
    assert late.end == all_of_it.end
    assert early.start < middle.start < late.start
    assert middle.start <= early.end + datetime.timedelta(1)
    assert late.start <= middle.end + datetime.timedelta(1)


def test_a_birth_before_a_year_may_be_a_lifetime_before() -> None:
    assert read_days("before 1990", reach=110).start.year == 1880


def test_the_order_of_days_can_be_said() -> None:
    assert read_days("05/04/2023", order="day-month").start == DAY(2023, 4, 5)
    assert read_days("05/04/2023", order="month-day").start == DAY(2023, 5, 4)


def test_calendars_agree_with_days_that_almanacs_name() -> None:
    assert from_ethiopian(2000, 1, 1) == DAY(2007, 9, 12)  # the Ethiopian millennium
    assert from_ethiopian(2017, 1, 1) == DAY(2024, 9, 11)
    assert from_solar_hijri(1357, 11, 22) == DAY(1979, 2, 11)
    assert from_solar_hijri(1404, 1, 1) == DAY(2025, 3, 21)
    assert from_hijri(1445, 9, 1) == DAY(2024, 3, 11)


@given(st.integers(1300, 1480), st.integers(1, 12))
def test_solar_hijri_years_follow_each_other_without_gap(year: int, month: int) -> None:
    following = from_solar_hijri(year + month // 12, month % 12 + 1, 1)
    assert 29 <= (following - from_solar_hijri(year, month, 1)).days <= 31


@given(st.integers(1300, 1500), st.integers(1, 12))
def test_hijri_months_have_29_or_30_days(year: int, month: int) -> None:
    following = from_hijri(year + month // 12, month % 12 + 1, 1)
    assert (following - from_hijri(year, month, 1)).days in (29, 30)


def test_a_place_between_two_towns_is_a_line() -> None:
    place = read_place("between Agadez and Sabha")
    assert place is not None
    on_the_way, off_it = Point(22.0, 11.2), Point(22.0, 20.0)
    assert distance_to(place, on_the_way) == 0
    assert distance_to(place, off_it) > 700


def test_coordinates_in_the_wrong_order_are_refused_where_that_shows() -> None:
    with pytest.raises(InvalidDataError, match="swapped"):
        read_place("112.6, 34.5")


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_symmetric_and_not_above_half_the_globe(a: float, b: float, c: float, d: float) -> None:
    there, back = distance(Point(a, b), Point(c, d)), distance(Point(c, d), Point(a, b))
    assert there == pytest.approx(back)
    assert 0 <= there <= 20_016


@given(st.text(max_size=40))
def test_no_text_crashes_a_reader(text: str) -> None:
    for read in (read_age, read_days, read_place, read_stature, read_point):
        with contextlib.suppress(InvalidDataError):
            read(text)


@pytest.mark.parametrize(
    "said",
    [
        "50 km south of Sabha",
        "à 50 km au sud de Sabha",
        "a 50 km al sur de Sabha",
        "в 50 км к югу от Себхи",
        "على بعد 50 كم جنوب سبها",
        "塞卜哈以南50公里",
    ],
)
def test_a_distance_and_a_direction_make_a_circle_in_six_languages(said: str) -> None:
    place, sabha = read_place(said), read_place("Sabha")
    assert place.point.longitude == pytest.approx(sabha.point.longitude)
    assert distance(place.point, sabha.point) == pytest.approx(50, abs=1)
    assert 15 < place.radius < 40


@pytest.mark.parametrize(
    "said",
    [
        "between Agadez and Sabha",
        "entre Agadez et Sabha",
        "entre Agadez y Sabha",
        "между Агадесом и Себхой",
        "بين أغاديس وسبها",
        "在阿加德兹和塞卜哈之间",
        "Agadez - Sabha",
        "de Agadez a Sabha",
    ],
)
def test_between_two_places_is_a_line_in_six_languages(said: str) -> None:
    place = read_place(said)
    assert (place.point, place.towards) == (Point(17.0, 8.0), Point(27.0, 14.4))


@pytest.mark.parametrize(
    "said", ["Sabha", "Себха", "в Себхе", "塞卜哈", "سبها", "Sabha, Libya", "Libya, Sabha", "city of Sabha"]
)
def test_a_town_is_found_by_its_names_in_six_languages(said: str) -> None:
    assert read_place(said).point == Point(27.0, 14.4)


@pytest.mark.parametrize(
    "said", ["near Sabha", "près de Sabha", "cerca de Sabha", "около Себхи", "قرب سبها", "塞卜哈附近"]
)
def test_near_is_wider_than_at(said: str) -> None:
    assert read_place(said).radius == 50


def test_a_country_a_sea_and_a_part_of_a_country_are_as_wide_as_they_are() -> None:
    for said in ("Libya", "Libye", "Libia", "Ливия", "в Ливии", "ليبيا", "利比亚", "LBY"):
        place = read_place(said)
        assert (place.country, distance_to(place, read_place("Tripoli").point)) == ("LBY", 0), said
    for said in ("Mediterranean", "mer Méditerranée", "Mediterráneo", "в Средиземном море", "البحر المتوسط", "地中海"):
        assert distance_to(read_place(said), read_place("Lampedusa").point) == 0, said
    south = read_place("southern Libya")
    assert south.point.latitude < read_place("Libya").point.latitude
    assert south.radius < read_place("Libya").radius


def test_of_two_towns_of_a_name_the_country_says_which() -> None:
    assert read_place("Tripoli, Lebanon").country == "LBN"
    assert read_place("Tripoli (Libya)").country == "LBY"
    assert read_place("Nowhere at all, Libya").country == "LBY"


@pytest.mark.parametrize("said", ["at sea", "en mer", "в море", "في البحر", "海上", "Wherever Springs"])
def test_what_names_no_place_has_no_point(said: str) -> None:
    place = read_place(said)
    assert (place.text, place.point) == (said, None)


def test_every_name_of_the_lists_of_places_leads_to_its_place_or_to_the_country_that_bears_it() -> None:
    shared = set()
    for name in ("places.csv", "regions.csv"):
        with files("opencompact.missing.records").joinpath(name).open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                town = Point(float(row["latitude"]), float(row["longitude"]))
                for said in (row["place"], *filter(None, row["names"].split("|"))):
                    place = read_place(said)
                    if place.point != town:
                        shared.add(said)
                        assert place.country == row["country"], said
                        assert distance_to(place, town) == 0, said
    assert {"Djibouti", "Malta"} <= shared
    assert len(shared) < 10
