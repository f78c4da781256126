"""Each field's likelihood ratio: right where a reference exists, neutral where nothing is known, lawful everywhere."""

from __future__ import annotations

import datetime
import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.errors import InvalidDataError
from opencompact.language import told
from opencompact.missing.candidates import Register
from opencompact.missing.candidates.explaining import reason_of
from opencompact.missing.evidence.age import age_likelihood_ratio, birth_table, compare_age
from opencompact.missing.evidence.compare import compare_names, full_names
from opencompact.missing.evidence.concepts import _content
from opencompact.missing.evidence.groups import compare_numbers
from opencompact.missing.evidence.ledger import Evidence, Ledger, Prior, posterior
from opencompact.missing.evidence.marks import (
    compare_marks,
    compare_objects,
    concepts,
    description_likelihood_ratio,
    is_absent,
    words_for,
)
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.placeholders import _lists, names_nobody
from opencompact.missing.evidence.routes import distances_from, way
from opencompact.missing.evidence.sex import sex_likelihood_ratio
from opencompact.missing.evidence.stature import compare_stature, stature_likelihood_ratio
from opencompact.missing.evidence.teeth import LATER, compare_teeth, tooth_probability
from opencompact.missing.evidence.traits import (
    conditional_tables,
    confusion_matrix,
    joint_likelihood_ratios,
    trait_likelihood_ratios,
)
from opencompact.missing.evidence.where_when import (
    compare_place,
    compare_time,
    delay_likelihood_ratio,
    place_likelihood_ratio,
)
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.places import Point
from opencompact.missing.records.record import Age, Document, Mark, PersonName, Record, Stop
from opencompact.missing.records.sayings import folded
from opencompact.missing.records.teeth import STATES, check_tooth
from opencompact.missing.records.whereabouts import read_place


@pytest.fixture(scope="module")
def n01(reference: Path) -> dict:
    return json.loads((reference / "kinship/n01_mispitools_nongenetic.json").read_text())


def test_n01_sex(n01: dict) -> None:
    for case in n01["sex"]:
        for seen in "FM":
            ratio = sex_likelihood_ratio(
                case["mp_sex"], seen, error=case["error_rate"], share_female=case["prop_female"]
            )
            assert ratio == pytest.approx(case[f"LR_if_remains_{seen}"], rel=1e-12)


def test_n01_hair(n01: dict) -> None:
    confusion = np.array(n01["hair"]["matrix"])
    assert confusion_matrix(confusion / confusion.diagonal()[:, None]) == pytest.approx(confusion, rel=1e-12)
    ratios = trait_likelihood_ratios(confusion, n01["cpt"][0]["hair_population"])
    assert ratios == pytest.approx(np.array(n01["hair"]["LR_matrix_default"]), rel=1e-12)


def test_n01_conditional_probability_tables(n01: dict) -> None:
    for case in n01["cpt"]:
        same, other = conditional_tables(
            sex=case["mp_sex"],
            hair=case["mp_hair"] - 1,
            share_female=case["prop_female"],
            sex_error=case["eps_sex"],
            age_error=case["eps_age"],
            age_share=2 * case["age_tol"] / 80,
            hair_confusion=np.array(n01["hair"]["matrix"]),
            hair_frequencies=case["hair_population"],
        )
        assert same == pytest.approx(np.array(case["P_given_H1"]), rel=1e-12)
        assert other == pytest.approx(np.array(case["P_given_H2"]), rel=1e-12)
        assert np.log10(same / other) == pytest.approx(np.array(case["log10_LR"]), rel=1e-9)


def test_n01_pigmentation(n01: dict) -> None:
    table = n01["pigmentation"]["table"]
    names = ("hair_colour", "skin_colour", "eye_colour")
    population = {tuple(row[name] for name in names): row["f_h_s_y"] for row in table}
    person = tuple(str(n01["pigmentation"]["mp"][name]) for name in ("hair", "skin", "eye"))
    ratios = joint_likelihood_ratios(person, population, tuple(n01["pigmentation"]["error_rates"].values()))
    for row in table:
        assert ratios[tuple(row[name] for name in names)] == pytest.approx(row["LR"], rel=1e-12)


def test_ages_that_agree_speak_for_and_ages_far_apart_against() -> None:
    narrow = age_likelihood_ratio((2000.0, 2001.0, "documents"), (1999.0, 2002.0, "dental"), 2023)
    wide = age_likelihood_ratio((2000.0, 2001.0, "documents"), (1983.0, 2005.0, "skeletal"), 2023)
    apart = age_likelihood_ratio((2000.0, 2001.0, "documents"), (1960.0, 1970.0, "skeletal"), 2023)
    assert narrow > wide > 1 > apart > 0


def aged(kind: str, years: tuple[int, int], day: str, how: str) -> Record:
    """A record of an age, last heard of or found on a day."""
    stop = Stop(None, read_days(day), "last-contact" if kind == "sought" else "found")
    return Record("a", kind, age=Age(Range(*years), None, how), stops=(stop,))


def test_remains_died_between_the_last_contact_and_the_discovery() -> None:
    """Aged 20 in 2013, bones of someone of 18 to 23 found in 2023: she may have died at once."""
    sought = aged("sought", (20, 20), "2013-06-01", "reported")
    bones, living = (aged(kind, (18, 23), "2023-06-01", "skeletal") for kind in ("remains", "found"))
    told = [compare_age(sought, found, datetime.date(2024, 1, 1)) for found in (bones, living)]
    assert told[0].ln_likelihood_ratio > 0 > told[1].ln_likelihood_ratio
    assert told[0].reason.startswith("The ages agree")
    assert told[1].values == {"years": 6.0}
    never = compare_age(aged("sought", (45, 45), "2013-06-01", "reported"), bones, datetime.date(2024, 1, 1))
    assert never.ln_likelihood_ratio < -1


def test_the_fast_ages_are_those_of_the_ledger_for_old_remains() -> None:
    today = datetime.date(2024, 1, 1)
    sought = [aged("sought", (age, age), f"{year}-01-01", "reported") for age in (17, 25, 40) for year in (2005, 2015)]
    found = [
        aged(kind, (18, 25), f"{year}-01-01", "skeletal") for kind in ("remains", "found") for year in (2014, 2023)
    ]
    fast = birth_table(*(Register(side, today).birth.values for side in (sought, found)), today.year)
    slow = [[compare_age(a, b, today).ln_likelihood_ratio for b in found] for a in sought]
    assert fast == pytest.approx(np.array(slow), abs=0.15)


def test_a_date_of_birth_within_a_range_shares_no_years() -> None:
    born = Record("a", "sought", birth=read_days("1999-05-03"))
    told = compare_age(born, aged("found", (20, 25), "2023-06-01", "external"), datetime.date(2024, 1, 1))
    assert told.reason.startswith("The date of birth lies within")


@given(st.floats(1950, 2010), st.floats(0.3, 20), st.floats(1950, 2010), st.floats(0.3, 20))
def test_the_age_ratio_is_symmetric(a: float, wa: float, b: float, wb: float) -> None:
    first, second = (a, a + wa, "reported"), (b, b + wb, "skeletal")
    assert age_likelihood_ratio(first, second, 2023) == pytest.approx(age_likelihood_ratio(second, first, 2023))


def test_the_stature_ratio_integrates_to_one_over_the_other_measurement() -> None:
    """∫ LR(x, y) p(y) dy = 1 for every x: a likelihood ratio of anything is one on average for two other people."""
    grid = np.linspace(80, 260, 4001)
    for first in (150.0, 171.0, 190.0):
        density = np.exp(-0.5 * (grid - 171) ** 2 / (49 + 20)) / math.sqrt(2 * math.pi * (49 + 20))
        ratios = [
            stature_likelihood_ratio(first, float(y), first_variance=16, second_variance=20, mean=171, deviation=7)
            for y in grid
        ]
        assert np.trapezoid(np.array(ratios) * density, grid) == pytest.approx(1, abs=1e-6)


def test_unknown_never_counts() -> None:
    nothing, something = Record("a", "sought"), Record("b", "remains", marks=(Mark("scar", "left knee"),))
    assert compare_marks(nothing, something) is None
    assert compare_time(nothing, something) is None
    assert compare_teeth(nothing, something) is None


def test_a_mark_is_the_same_in_other_languages() -> None:
    french = Record("a", "sought", marks=(Mark("tattoo", "une croix, avant-bras gauche"),))
    arabic = Record("b", "remains", marks=(Mark("tattoo", "صليب على الذراع اليسرى"),))
    other = Record("c", "remains", marks=(Mark("tattoo", "un serpent, cuisse droite"),))
    assert {"cross", "arm", "left", "tattoo"} <= concepts(["une croix, avant-bras gauche", "tattoo"]) & concepts(
        ["وشم صليب على الذراع اليسرى"]
    )
    agree, differ = compare_marks(french, arabic), compare_marks(french, other)
    assert agree is not None
    assert differ is not None
    assert agree.ln_likelihood_ratio > 2 > 0 > differ.ln_likelihood_ratio - 0.5


@pytest.mark.parametrize(
    "said",
    [
        "none",
        "no tattoos",
        "aucune",
        "sin cicatrices",
        "لا يوجد",
        "لا يوجد وشم",
        "татуировок нет",
        "без шрамов",
        "无纹身",
        "unknown",
        "yes",
    ],
)
def test_what_is_said_not_to_be_there_is_no_mark(said: str) -> None:
    nothing = Record("a", "sought", marks=(Mark("tattoo", said), Mark("scar", said)), objects=(said,))
    rose = Record("b", "remains", marks=(Mark("tattoo", "rose, left arm"),), objects=("silver ring",))
    for other in (rose, nothing):
        assert compare_marks(nothing, other) is None
        assert compare_objects(nothing, other) is None


_DENIED = (
    "{} none", "no {}", "he has no {}", "absence of {}", "{} cannot be seen", "{}: hasn't any", "free of {}", "lacks {}", "{} not seen because decomposed",
    "ne présente aucun {}", "n'a pas de {}", "sans {}", "{} : néant", "aucun {} ni rose", "carece de {}", "no se observa {}", "sin {}", "ausencia de {}",
    "{} не обнаружено", "нет {}", "без {}", "отсутствует {}", "غير موجود {}", "ما عنده {}", "لا يوجد {}", "بدون {}", "ليس له {}", "未发现{}", "{}：无", "没有{}",
    "no scars, rings or {}", "ni rose, ni {}",
)  # fmt: skip


@pytest.mark.parametrize("denied", _DENIED)
@given(
    concept=st.sampled_from(sorted(_content()["concepts"])),
    language=st.sampled_from(["en", "fr", "es", "ru", "ar", "zh"]),
)
def test_what_is_denied_is_never_a_mark(denied: str, concept: str, language: str) -> None:
    assert concepts([denied.format(words_for(concept, language))]) <= {"scar"}
    assert concepts([denied.format(words_for(concept, language)) + "; rose"]) <= {"rose", "scar"}


@pytest.mark.parametrize(
    "said",
    [
        "RAS", "decomposed", "badly decomposed body", "burned", "état de décomposition avancée", "cuerpo calcinado", "сильно обгорел", "جثة متحللة", "白骨化",
        "he has", "there is one", "il porte", "se ve en el cuerpo", "у него есть", "لديه", "在身体上", "2", "10 cm",
    ],
)  # fmt: skip
def test_words_that_describe_nothing_are_no_evidence(said: str) -> None:
    assert concepts([said]) == frozenset()
    both = [
        Record(one, kind, marks=(Mark("scar", said),), objects=(said,))
        for one, kind in (("a", "sought"), ("b", "remains"))
    ]
    assert compare_marks(*both) is None
    assert compare_objects(*both) is None


def test_no_word_is_both_empty_and_a_concept() -> None:
    empty = {folded(word) for word in (*_content()["empty"], *_content()["absent"])}
    words = [word for entry in _content()["concepts"].values() for word in entry["words"]]
    assert [word for word in words if folded(word) in empty] == []
    assert [word for word in words if is_absent(word)] == []


_SOME = st.frozensets(st.sampled_from([*sorted(_content()["concepts"]), "dragon", "zebra"]), min_size=1, max_size=6)


@given(_SOME, _SOME, st.sampled_from(["marks", "objects"]))
def test_what_is_not_shared_never_supports(first: frozenset[str], second: frozenset[str], field: str) -> None:
    settings = {name: defaults()[field][name] for name in ("recall", "frequency", "least")}
    only_first, only_second = first - second or {"quagga"}, second - first or {"okapi"}
    assert description_likelihood_ratio(only_first, only_second, **settings)[0] <= 0
    whole = description_likelihood_ratio(first, second, **settings)[0]
    for more in (first | {"anchor"}, first | {"shirt"}):
        if not more & second - first:
            assert description_likelihood_ratio(more, second, **settings)[0] <= whole


def test_different_clothing_is_no_support() -> None:
    for sought, found in (
        ("black trousers, white shoes", "red shirt"),
        ("black trousers", "red shirt"),
        ("shirt", "jacket"),
    ):
        told = compare_objects(Record("a", "sought", objects=(sought,)), Record("b", "remains", objects=(found,)))
        assert told is not None
        assert told.ln_likelihood_ratio <= 0


def test_that_both_have_a_tattoo_is_no_likeness_of_the_two() -> None:
    rose = Record("a", "sought", marks=(Mark("tattoo", "rose"),))
    dragon = Record("b", "remains", marks=(Mark("tattoo", "dragon"),))
    told = compare_marks(rose, dragon)
    assert told is not None
    assert told.ln_likelihood_ratio < 0


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("حذاء جديد", {"shoes"}),  # the word for "new" holds the word for "hand"
        ("рукав", {"рукав"}),  # a sleeve is no arm
        ("gris-gris", {"amulet"}),  # and an amulet not grey
        ("no tattoo, scar", {"scar"}),
        ("шрам на левой руке", {"scar", "left", "arm"}),
        ("无名指戒指", {"finger", "ring"}),
        ("左臂", {"left", "arm"}),
        ("على الذراع", {"arm"}),
        ("no scars but a rose", {"rose"}),
        ("aucune cicatrice sauf au bras", {"arm"}),
        ("不锈钢手表", {"watch"}),
        ("“no fear” on the arm", {"fear", "arm"}),
        ("tattoo no 7", {"tattoo"}),
        ("he has a scar of 10 cm on the left arm", {"scar", "left", "arm"}),
        ("porte une cicatrice au bras gauche", {"scar", "left", "arm"}),
    ],
)
def test_words_are_matched_whole(said: str, named: set[str]) -> None:
    assert concepts([said]) == named


def test_a_tooth_that_was_lost_does_not_come_back() -> None:
    before = Record("a", "sought", teeth=((36, "missing"), (11, "sound"), (21, "filled")))
    possible = Record("b", "remains", teeth=((36, "missing"), (11, "filled"), (21, "filled")))
    impossible = Record("c", "remains", teeth=((36, "sound"), (11, "sound"), (21, "sound")))
    assert (
        compare_teeth(before, possible).ln_likelihood_ratio > 0 > compare_teeth(before, impossible).ln_likelihood_ratio
    )
    assert compare_teeth(before, impossible).values["never"] == 2


@pytest.mark.parametrize("before", STATES)
def test_tooth_probabilities_sum_to_one(before: str) -> None:
    assert sum(tooth_probability(before, after, error=0.03, new_work=0.02) for after in STATES) == pytest.approx(1)
    assert before in LATER[before]


@pytest.mark.parametrize(("number", "state"), [(19, "sound"), (90, "sound"), (56, "sound"), (11, "golden")])
def test_a_chart_that_fdi_does_not_know_is_refused(number: int, state: str) -> None:
    with pytest.raises(InvalidDataError):
        check_tooth(number, state)


def test_a_discovery_before_the_last_contact_speaks_against() -> None:
    day = datetime.date(2023, 5, 1)
    last = Days(day, day)
    soon = Days(day + datetime.timedelta(5), day + datetime.timedelta(5))
    before = Days(day - datetime.timedelta(90), day - datetime.timedelta(90))
    assert delay_likelihood_ratio(last, soon) > 1 > delay_likelihood_ratio(last, before) > 0


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("2013", "2013-06-01"),
        ("2013", "2013-03-01"),
        ("spring 2013", "2013-04-01"),
        ("2013-05", "2013-05-14"),
        ("2013", "2013"),
        ("2013-05-01", "2013-05-14"),
        ("2012", "2013-05"),
        ("2014", "2013"),
    ],
)
def test_a_time_known_roughly_is_the_mean_over_all_its_days(last: str, found: str) -> None:
    first, second = read_days(last), read_days(found)
    assert first is not None
    assert second is not None
    ratios = []
    for i in range(first.length):
        for j in range(second.length):
            days = (second.start - first.start).days + j - i
            density = 0.6 / 20 * math.exp(-days / 20) + 0.4 / 240 * math.exp(-days / 240) if days >= 0 else 0.0
            ratios.append(0.98 * density * 1460 + 0.02)
    assert delay_likelihood_ratio(first, second) == pytest.approx(math.fsum(ratios) / len(ratios), rel=1e-9)


@pytest.mark.parametrize(
    ("last", "found", "begins", "values"),
    [
        ("2023-05-02", "2023-05", "Days from the last contact to the discovery: at most", {"most": 29}),
        ("2023-05", "2023-06-03", "Days from the last contact to the discovery: {least}", {"least": 3, "most": 33}),
        ("2023-05", "2023-04-20", "The discovery is before", {"least": 11, "most": 41}),
        ("2023-05-02", "2023-05-01", "The discovery is before", {"days": 1}),
    ],
)
def test_the_days_between_are_told_as_they_are_known(last: str, found: str, begins: str, values: dict) -> None:
    told = compare_time(
        Record("a", "sought", stops=(Stop(None, read_days(last)),)),
        Record("b", "remains", stops=(Stop(None, read_days(found), "found"),)),
    )
    assert told is not None
    assert told.reason.startswith(begins)
    assert told.values == values


def test_a_wide_place_says_less_than_an_exact_one() -> None:
    found = Record("b", "remains", stops=(Stop(read_place("Sabha"), None, "found"),))
    told = [
        compare_place(Record("a", "sought", stops=(Stop(read_place(place), None),)), found)
        for place in ("27.04, 14.43", "Sabha", "near Sabha", "between Agadez and Sabha")
    ]
    ratios = [one.ln_likelihood_ratio for one in told if one]
    assert len(ratios) == 4
    assert ratios == sorted(ratios, reverse=True)
    assert all(a > b + 0.1 for a, b in itertools.pairwise(ratios))
    assert told[3].values == {"least": 0, "most": pytest.approx(1300, abs=300)}


def test_the_way_follows_the_routes() -> None:
    agadez = read_place("Agadez")
    assert agadez is not None
    lampedusa = Point(35.5, 12.6)
    kilometres = way(agadez, lampedusa)
    assert kilometres is not None
    assert 2000 < kilometres < 3500
    assert distances_from("Agadez")["Lampedusa"] < distances_from("Lampedusa")["Agadez"]


def test_near_is_better_than_far_and_far_is_worse_without_the_time_to_get_there() -> None:
    assert place_likelihood_ratio(5, 10) > place_likelihood_ratio(400, 10) > place_likelihood_ratio(4000, 10)
    assert place_likelihood_ratio(2500, 3) < place_likelihood_ratio(2500, 60)


def test_the_ledger_adds_up_and_a_prior_makes_it_a_posterior() -> None:
    ledger = Ledger((Evidence("a", 2.0, ""), Evidence("b", -1.0, "")), Prior(sought=100, found=50, closed=1.0))
    assert ledger.ln_likelihood_ratio == 1.0
    odds = math.e * 0.01 / 0.99
    assert ledger.posterior == pytest.approx(odds / (1 + odds))
    assert posterior(-math.inf, 0.5) == 0
    assert posterior(5000.0, 1e-12) == 1


def test_a_record_with_two_stops_has_its_last_one_counted() -> None:
    days = [Days(datetime.date(2023, m, 1), datetime.date(2023, m, 1)) for m in (1, 4)]
    sought = Record("a", "sought", stops=(Stop(None, days[0]), Stop(None, days[1])))
    found = Record(
        "b", "remains", stops=(Stop(None, Days(datetime.date(2023, 4, 20), datetime.date(2023, 4, 20)), "found"),)
    )
    assert compare_time(sought, found).values["days"] == 19


@pytest.mark.parametrize(
    "name",
    ["Unidentified male", "unknown", "Unknown male 3", "John Doe", "N/A", "Mr", "غير معروف", "مجهول الهوية", "Неизвестный мужчина",
     "无名氏", "desconocido", "NN", "X", "Corps inconnu", "--", "corps non identifié", "cadáver sin identificar", "cuerpo no identificado",
     "Body of a young man", "Name not known", "to be confirmed", "does not know", "name withheld", "无名女尸", "ne sait pas", "无名尸", "不知道",
     "身份不明男子", "confidential", "young man", "Не знаю", "enfant", "no sabe", "Grave 4", "PM-0012", "Case 12/2023", "M1", "男孩", "女",
     "неопознанный труп", "неизвестный мужчина 30 лет", "личность не установлена", "جثة مجهولة الهوية", "الاسم غير معروف", "شاب", "قبر 4",
     "femme enceinte", "homme africain", "mineur non accompagné", "hombre joven", "Nombre: no consta", "boy about 10", "DVI 334", "T.B.C."],
)  # fmt: skip
def test_a_name_written_to_fill_the_field_is_no_name(name: str) -> None:
    records = [Record(one, "sought", names=(PersonName(name, "full"),)) for one in "ab"]
    assert compare_names(*records) is None


@pytest.mark.parametrize(
    "name",
    ["Man Singh", "Maria Niño", "Fille", "Omar", "Li Na", "Jean Homme", "رجل الدين", "John Doerr", "Baby", "Nina", "Nino", "No Thi Lan", "无忌",
     "王无名", "Moussa 2", "Innocent", "Hope", "Grave Smith", "Enfant Traoré", "محمد هيكل", "هيكل", "Юноша Иван", "M. Ali", "Body Ahmed"],
)  # fmt: skip
def test_a_name_that_only_looks_so_is_a_name(name: str) -> None:
    assert full_names(Record("a", "sought", names=(PersonName(name, "full"),))) == (name,)


@pytest.mark.parametrize(
    "number",
    [
        "000000000",
        "9999999",
        "123456789",
        "0123456789",
        "987654321",
        "XXXXXXXXX",
        "1010101010",
        "unknown",
        "00 000 00-00",
    ],
)
def test_a_number_written_to_fill_the_field_is_no_number(number: str) -> None:
    records = [Record(one, "sought", documents=(Document("passport", number),), phones=(number,)) for one in "ab"]
    assert compare_numbers(*records) is None


def test_a_true_number_still_says_much() -> None:
    records = [
        Record(one, "sought", phones=(number,)) for one, number in (("a", "+218 91 234 5698"), ("b", "091-2345698"))
    ]
    told = compare_numbers(*records)
    assert told is not None
    assert told.log10_likelihood_ratio > 6


def test_a_date_of_birth_that_is_only_reported_is_less_sure_and_explain_says_how_each_is_known() -> None:
    def evidence(how: str) -> Evidence:
        day = Days(datetime.date(1990, 5, 1), datetime.date(1990, 5, 1))
        other = Days(datetime.date(1991, 1, 1), datetime.date(1991, 1, 1))
        return compare_age(
            Record("a", "sought", birth=day, birth_how=how),
            Record("b", "found", birth=other),
            datetime.date(2024, 1, 1),
        )

    by_documents, reported = evidence("documents"), evidence("reported")
    assert reported.ln_likelihood_ratio > by_documents.ln_likelihood_ratio
    assert (reported.left, reported.right) == ("*1990 (reported)", "*1991 (by documents)")
    assert told(reported.left, "fr") == "*1990 (déclaré)"


_PLACEHOLDERS = _lists()


@given(
    st.lists(st.sampled_from(sorted(_PLACEHOLDERS.every | {"7", "30"})), max_size=3),
    st.sampled_from(sorted(_PLACEHOLDERS.outright)),
    st.sampled_from(["Omar", "Fatima", "محمد", "Иван", "Traoré", "王伟"]),
)
def test_words_of_the_lists_name_nobody_until_a_name_stands_among_them(said: list[str], sure: str, name: str) -> None:
    assert names_nobody(" ".join([*said, sure]))
    assert not names_nobody(" ".join([*said, sure, name]))


@given(st.dictionaries(st.sampled_from([11, 12, 13, 21, 36, 37, 46]), st.sampled_from(STATES), min_size=1))
def test_the_page_shows_every_tooth_of_a_chart(chart: dict[int, str]) -> None:
    record = Record("a", "sought", teeth=tuple(sorted(chart.items())))
    shown = compare_teeth(record, record)
    assert shown is not None
    parts = told(shown.left, "en").split(", ")
    sound: set[int] = set()
    for part in parts:
        numbers = part.removesuffix(" sound").split("–")
        if all(number.isdigit() for number in numbers):
            sound |= set(range(int(numbers[0]), int(numbers[-1]) + 1))
    assert sound == {tooth for tooth, state in chart.items() if state == "sound"}
    assert all(f"{tooth} {state}" in parts for tooth, state in chart.items() if state != "sound")


def test_the_tooth_that_cannot_have_changed_is_named() -> None:
    before = Record("a", "sought", teeth=((11, "filled"), (36, "missing")))
    after = Record("b", "remains", teeth=((11, "filled"), (36, "sound")))
    shown = compare_teeth(before, after)
    assert told(shown.right, "en") == "11 filled, 36 sound"
    assert "cannot have changed so: 1 (36)" in reason_of(shown, "en")


def test_a_stature_is_shown_as_it_is_known() -> None:
    def shown(low: float, high: float) -> str:
        record = Record("a", "sought", stature=Range(low, high))
        return told(compare_stature(record, record).left, "en")

    assert (shown(170, 170), shown(160, 180), shown(167, 173)) == ("170 cm", "160–180 cm", "167–173 cm")


def test_that_the_sides_differ_is_said() -> None:
    left, right, both = (
        Record("a", "sought", marks=(Mark("tattoo", f"rose {side} arm"),))
        for side in ("left", "right", "left and right")
    )
    assert "one the left, the other the right" in reason_of(compare_marks(left, right), "en")
    assert "the left" not in reason_of(compare_marks(left, left), "en")
    assert "the left" not in reason_of(compare_marks(left, both), "en")
