"""Mothers, companions, languages and the country of a document: what each may say, and that the fast twin says the same."""

from __future__ import annotations

import datetime
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from opencompact.missing.candidates import Register
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.evidence.compare import Setting, compare, compare_companions, compare_mothers
from opencompact.missing.evidence.groups import (
    compare_languages,
    compare_numbers,
    number_code,
    numbers_of,
    telephone_of,
)
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.telephones import compare_telephones
from opencompact.missing.records.reading import read_records
from opencompact.missing.records.record import Document, PersonName, Record, Sex

TODAY = datetime.date(2024, 1, 1)


def _born_of(*names: str) -> Record:
    return Record("a", "sought", names=tuple(PersonName(name, "mother") for name in names))


def test_the_mother_is_compared_by_the_engine_of_names() -> None:
    same, other = (
        compare_mothers(_born_of("Zahra Omar"), _born_of("زهرة عمر")),
        compare_mothers(_born_of("Zahra Omar"), _born_of("Tsehay Bekele")),
    )
    assert same is not None
    assert other is not None
    assert same.ln_likelihood_ratio > 2
    assert -3 <= other.ln_likelihood_ratio < 0
    assert compare_mothers(_born_of("Zahra Omar"), _born_of("unknown")) is None


def test_a_mother_is_no_name_of_the_person() -> None:
    named = Record("b", "found", names=(PersonName("Zahra Omar"),))
    assert compare(_born_of("Zahra Omar"), named, Setting(TODAY)).evidence == ()


def test_companions_speak_for_and_never_against() -> None:
    one, same, other, nobody = (
        Record("a", "sought", companions=names)
        for names in (("Berhanu Teklu", "Ali"), ("ብርሃኑ ተክሉ",), ("Zahra Omar",), ("his brother",))
    )
    told = compare_companions(one, same)
    assert told is not None
    assert 0 < told.ln_likelihood_ratio <= 3
    assert compare_companions(one, other) is None
    assert compare_companions(nobody, nobody) is None


def test_a_language_in_common_speaks_for_and_another_says_nothing() -> None:
    one, same, other = (
        Record("a", "sought", languages=spoken) for spoken in (("Tigrinya", "Arabic"), ("tigrinya",), ("Tamasheq",))
    )
    told = compare_languages(one, same)
    assert told is not None
    assert told.ln_likelihood_ratio == pytest.approx(math.log(0.9 / 0.25))
    assert told.values == {"shared": ["Tigrinya"]}
    assert compare_languages(one, other) is None


def _called(name: str, kind: str = "sought", own: str = "", family: str = "") -> Record:
    names = (PersonName(name),) if name else ()
    phones, family_phones = ((one,) if one else () for one in (own, family))
    return Record("a", kind, names=names, phones=phones, reporter_phones=family_phones)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [
        # One's own on both sides, or found on a body; of who reports on one side.
        (_called("Robel Kidane", own="22 123 459"), _called("Robel Kidane", "remains", own="22 123 459"), "most"),
        (_called("", own="22 123 459"), _called("", "remains", own="22 123 459"), "most"),
        (_called("Robel Kidane", family="22 123 459"), _called("Robel", "remains", own="22 123 459"), "most_family"),
        (_called("Robel Kidane", family="22 123 459"), _called("Robel", family="+216 22123459"), "most_family"),
        # Where nothing says which the given name is, two of one side may be brothers; one found with the own number of one sought need not be.
        (_called("Kidane Robel", own="22 123 459"), _called("Kidane Yonas", own="22 123 459"), ""),
        (_called("Kidane Robel", own="22 123 459"), _called("Kidane Yonas", "found", own="22 123 459"), "most_family"),
        # Two of a family, whoever has the number, and on which sides their records are.
        (_called("Robel Kidane", own="22 123 459"), _called("Yonas Kidane", own="22 123 459"), ""),
        (_called("Robel Kidane", family="22 123 459"), _called("Yonas Kidane", "remains", own="22 123 459"), ""),
        (_called("KIDANE Robel", own="22 123 459"), _called("KIDANE Yonas", "found", own="22 123 459"), ""),
    ],
)  # fmt: skip
def test_a_telephone_tells_of_a_family_first(one: Record, other: Record, most: str) -> None:
    settings = defaults()["identifiers"]
    for first, second in ((one, other), (other, one)):
        told = compare_telephones(first, second)
        assert told is not None
        assert told.ln_likelihood_ratio == pytest.approx(settings[most] if most else 0.0)
        assert (told.left, told.values) == ("…459", {"number": "…459"})
    assert 0 < settings["most_family"] < settings["most"] < -math.log(settings["chance"])


def test_a_telephone_of_a_man_and_a_woman_is_their_family_s() -> None:
    """Whoever has it: a brother and a sister, both without a name, are no one person by it."""
    man, woman = (replace(_called("", kind, own="22 123 459"), sex=Sex(sex)) for kind, sex in _OF_BOTH)  # type: ignore[arg-type]
    for first, second in ((man, woman), (woman, man)):
        told = compare_telephones(first, second)
        assert told is not None
        assert told.ln_likelihood_ratio == 0
    both = Register([man, woman, replace(man, kind="found")], TODAY)
    telephones = Comparison(both, both, Setting(TODAY)).fields["telephones"]
    assert telephones(np.zeros(2, np.int32), np.array([1, 2], np.int32)).tolist() == [
        0,
        defaults()["identifiers"]["most"],
    ]


_OF_BOTH = (("sought", "M"), ("found", "F"))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        # Digits that run fill a field, but not of a whole number with its country's code.
        ("98 765 432", None),
        ("+216 98 765 432", "98765432"),
        ("00216 98765432", "98765432"),
        ("+216 99 999 909", "99999909"),
        ("99 999 909", None),
        ("+216 11 111 111", None),
        ("+216 00 000 000", None),
    ],
)
def test_a_whole_number_is_one_whatever_its_digits(written: str, number: str | None) -> None:
    read = telephone_of(written)
    assert (read.number if read else None) == number


def test_the_telephone_of_who_reports_is_another_column(tmp_path: Path) -> None:
    file = tmp_path / "sought.csv"
    file.write_text(
        "id,kind,nom,téléphone,tél famille\n1,sought,Ali,22 123 459,+216 98 765 431\n2,sought,Musa,,12345\n"
    )
    read = read_records(file)
    assert [(record.phones, record.reporter_phones) for record in read.records] == [
        (("22 123 459",), ("+216 98 765 431",)),
        ((), ("12345",)),
    ]
    assert [(cell.row, cell.value) for cell in read.unread] == [(3, "12345")]


def _holding(number: str, country: str | None) -> Record:
    return Record("a", "sought", documents=(Document("passport", number, country),))


def test_the_number_of_another_country_is_another_document() -> None:
    assert compare_numbers(_holding("AB734921", "ERI"), _holding("AB734921", "SOM")) is None
    for country in ("ERI", None):
        assert compare_numbers(_holding("AB734921", "ERI"), _holding("ab-734921", country)) is not None


def test_a_telephone_is_no_document() -> None:
    holding, called = _holding("734921556", None), Record("b", "found", phones=("734921556",))
    assert compare_numbers(holding, called) is None
    assert compare_telephones(holding, called) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("22 123 459", "22 123 459", True),  # Tunisia, as it is dialled there
        ("22 123 459", "+216 22 123 459", True),
        ("22 123 459", "00216-22123459", True),
        ("22 123 459", "21622123459", True),  # a form that leaves the plus out
        ("+216 22 123 459", "+223 22 123 459", False),  # the same number in Mali
        ("22 123 459", "+216 22 123 458", False),
        ("٢٢١٢٣٤٥٩", "+٢١٦ ٢٢١٢٣٤٥٩", True),
        ("07 123 459", "+291 7 123 459", True),  # Eritrea, with the zero of calls within the country
        ("076 123459", "+232 76 123459", True),  # Sierra Leone
        ("5512 3459", "+502 5512 3459", True),  # Guatemala
        ("06 12 34 59 78", "+33 6 12 34 59 78", True),
        ("06 12 34 59 78", "+33 (0)6 12 34 59 78", True),
        ("(202) 555-0173", "+1 202 555 0173", True),
        ("0912 345 978", "+251 912 345 978", True),  # Ethiopia
        ("8 912 345-97-81", "+7 912 345-97-81", True),  # Russia
    ],
)
def test_a_telephone_is_the_same_with_and_without_its_country(one: str, other: str, same: bool) -> None:
    sought, found = Record("a", "sought", phones=(one,)), Record("b", "found", phones=(other,))
    assert (compare_telephones(sought, found) is not None) == same
    assert compare_numbers(sought, found) is None


def test_a_telephone_that_says_nothing_is_told(tmp_path: Path) -> None:
    file = tmp_path / "sought.csv"
    file.write_text("id,kind,name,phone\n1,sought,Ali,98 765 432\n2,sought,Musa,12345\n3,sought,Omar,22 123 459\n")
    told = read_records(file).unread
    assert [(cell.row, cell.column, cell.value) for cell in told] == [(2, "phone", "98 765 432"), (3, "phone", "12345")]
    assert "+216" in told[0].remedy


def test_codes_of_numbers_are_apart_and_fit_in_63_bits() -> None:
    records = [_holding("zzzzz1973", country) for country in ("ZZZ", "AAA", None)]
    records.append(Record("b", "found", phones=("734921556",)))
    codes = [number_code(number) for record in records for number in numbers_of(record)]
    assert len(set(codes)) == 4
    assert all(0 <= code < 2**63 for code in codes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_born_of("Zahra Omar"), _born_of("زهرة عمر")),
        (_born_of("Zahra Omar"), _born_of("Tsehay Bekele")),
        (Record("a", "sought", companions=("Berhanu Teklu", "Ali")), Record("b", "found", companions=("Berhanu Tekle",))),
        (Record("a", "sought", companions=("Berhanu Teklu",)), Record("b", "found", companions=("Zahra Omar",))),
        (Record("a", "sought", languages=("Tigrinya", "Arabic")), Record("b", "found", languages=("arabic",))),
        (Record("a", "sought", languages=("Tigrinya",)), Record("b", "found", languages=("Arabic",))),
        (_holding("AB734921", "ERI"), _holding("AB734921", "SOM")),
        (_holding("AB734921", "ERI"), _holding("AB734921", None)),
        (_holding("734921556", None), Record("b", "found", phones=("734921556",))),
        (Record("a", "sought", phones=("22 123 459",)), Record("b", "found", phones=("+216 22 123 459",))),
        (Record("a", "sought", phones=("+223 22 123 459",)), Record("b", "found", phones=("+216 22 123 459",))),
        (_called("", own="22 123 459"), _called("Yonas Kidane", "remains", own="22 123 459")),
    ],
)  # fmt: skip
def test_the_fast_twin_says_the_same(one: Record, other: Record) -> None:
    setting = Setting(TODAY)
    fast = Comparison(Register([one], TODAY), Register([other], TODAY), setting)
    only = np.zeros(1, np.int32)
    said = compare(one, other, setting).ln_likelihood_ratio
    assert fast(only, only)[0] == pytest.approx(said, abs=1e-4)
