"""Files of records: every row accounted for, forms and mappings read, nothing lost for one bad cell."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from opencompact.errors import InputError
from opencompact.missing.records.reading import accounted, allowed, read_mapping, read_records
from opencompact.missing.records.record import Mark
from opencompact.missing.records.sayings import folded

ROWS = """id,given name,father name,family name,sex,age,nationality,last_contact_place,last_contact_date,height,tattoos,teeth,consent
S1,Synthetic,Sample,Person,female,about 20,Eritrea,between Agadez and Sabha,spring 2023,"160-170",a cross; a name,"36 missing, 11-12 filled",search: all yes
S2,محمد,,,M,child,SDN,سبها,1445-09-01 AH,unknown,,,
S3,,,,?,does not know,,,,,,,
S1,Again,,,F,30,,,,,,,
S5,Someone,,,F,200,Nowhereland,"112.6, 34.5",05/04/2023,12,,19 missing,maybe
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "reports.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_every_row_is_a_record_or_set_aside(table: Path) -> None:
    reading = read_records(table)
    assert reading.rows == reading.kept + len(reading.set_aside) == 5
    assert reading.kept == len(reading.records)
    assert [(line.row, line.reason) for line in reading.set_aside] == [
        (4, "The row says nothing that a search can use."),
        (5, "Row 2 has the same id."),
    ]


def test_what_a_family_says_is_kept_as_it_is_known(table: Path) -> None:
    first, second, _ = read_records(table).records
    assert [(name.kind, name.text) for name in first.names] == [
        ("given", "Synthetic"),
        ("father", "Sample"),
        ("family", "Person"),
    ]
    assert first.age.years.low == 17
    assert first.nationality == ("ERI",)
    assert first.stop("last-contact").place.towards is not None
    assert first.stop("last-contact").days.end == datetime.date(2023, 5, 31)
    assert first.marks == (Mark("tattoo", "a cross"), Mark("tattoo", "a name"))
    assert first.teeth == ((11, "filled"), (12, "filled"), (36, "missing"))
    assert first.consents[0].given
    assert second.stature is None
    assert second.stop("last-contact").days.calendar == "hijri"
    assert second.stop("last-contact").place.country == "LBY"


def test_a_cell_that_cannot_be_read_leaves_its_field_unknown_and_is_listed(table: Path) -> None:
    reading = read_records(table)
    assert {line.column for line in reading.unread if line.row == 6} == {
        "age",
        "nationality",
        "last_contact_place",
        "last_contact_date",
        "stature",
        "teeth",
        "consent",
    }
    assert all(line.remedy for line in reading.unread)
    assert reading.records[-1].age is None
    assert accounted(reading).height == 9
    assert set(accounted(reading)["what"]) == {"set aside", "not read"}


def test_a_mapping_names_other_headings_values_and_the_order_of_days(tmp_path: Path) -> None:
    (tmp_path / "form.csv").write_text("Nombre;Sexo;Visto\nAna;H;05/04/2023\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text(
        'day_order = "day-month"\n[columns]\nname = "Nombre"\nsex = "Sexo"\nlast_contact_date = "Visto"\n[values.sex]\nM = ["H"]\n'
    )
    reading = read_records(tmp_path / "form.csv", read_mapping(tmp_path / "map.toml"))
    (record,) = reading.records
    assert record.sex.value == "M"
    assert record.stop("last-contact").days.start == datetime.date(2023, 4, 5)
    assert record.id == "form.csv:2"


def test_an_export_of_odk_or_kobo_has_groups_in_its_headings(tmp_path: Path) -> None:
    rows = [
        {
            "_id": 7,
            "person/given_name": "Sample",
            "person/age": 30,
            "event/last_contact_date": "2023-05-01",
            "_uuid": "x",
        }
    ]
    (tmp_path / "export.json").write_text(json.dumps(rows))
    (record,) = read_records(tmp_path / "export.json").records
    assert (record.id, record.names[0].text, record.age.years.low) == ("7", "Sample", 30)


def test_answers_of_kobo_and_odk_services_are_read_as_they_come(tmp_path: Path) -> None:
    kobo = {
        "count": 1,
        "results": [{"_id": 11, "person/given_name": "Sample", "_geolocation": [35.5, 12.6], "_tags": []}],
    }
    odata = {
        "value": [
            {
                "__id": "uuid:1",
                "person": {"given_name": "Sample", "gps": {"type": "Point", "coordinates": [12.6, 35.5, 0]}},
                "scars": ["left arm", "face"],
            }
        ]
    }
    for content, marks in ((kobo, 0), (odata, 2)):
        (tmp_path / "form.json").write_text(json.dumps(content))
        reading = read_records(tmp_path / "form.json", read_mapping(kind="found"))
        (record,) = reading.records
        point = record.stop("found").place.point
        assert (record.names[0].text, point.latitude, point.longitude) == ("Sample", 35.5, 12.6)
        assert len(record.marks) == marks
        assert reading.unread == ()


def test_where_a_family_was_asked_is_not_where_the_person_was(tmp_path: Path) -> None:
    form = [{"_id": 1, "person/name": "Sample", "_geolocation": [48.8, 2.3]}]
    asked = [{"_id": 1, "person/name": "Sample", "gps": "35.5 12.6 0 5", "_geolocation": [48.8, 2.3]}]
    (tmp_path / "form.json").write_text(json.dumps(form))
    (tmp_path / "asked.json").write_text(json.dumps(asked))
    (alone,) = read_records(tmp_path / "form.json").records
    (told,) = read_records(tmp_path / "asked.json").records
    assert alone.stops == ()
    assert [(stop.kind, stop.place.point.latitude) for stop in told.stops] == [("last-contact", 35.5)]
    (found,) = read_records(tmp_path / "asked.json", read_mapping(kind="found")).records
    assert [(stop.kind, stop.place.point.latitude) for stop in found.stops] == [("found", 35.5)]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("_geolocation_latitude,_geolocation_longitude", "35.5,12.6"),
        ("gps-Latitude,gps-Longitude", "35.5,12.6"),
        ("Latitude,Longitude", '"35,5","12,6"'),
    ],
)
def test_a_point_in_two_columns_is_a_point(tmp_path: Path, headings: str, cells: str) -> None:
    (tmp_path / "form.csv").write_text(f"id,name,{headings}\n1,Sample,{cells}\n2,Other,35.5,\n", encoding="utf-8")
    reading = read_records(tmp_path / "form.csv", read_mapping(kind="remains"))
    first, second = reading.records
    assert (first.stop("found").place.point.latitude, first.stop("found").place.point.longitude) == (35.5, 12.6)
    assert second.stops == ()
    assert [line.row for line in reading.unread] == [3]
    assert reading.columns_not_used == ()


def test_a_group_that_was_answered_several_times_is_read_question_by_question(tmp_path: Path) -> None:
    answers = [{"name": "Sample", "body": [{"body/scars": "left arm", "kind": "old"}, {"body/scars": "face"}]}]
    (tmp_path / "form.json").write_text(json.dumps(answers))
    reading = read_records(tmp_path / "form.json")
    (record,) = reading.records
    assert [mark.words for mark in record.marks] == ["left arm", "face"]
    assert record.kind == "sought"
    assert reading.columns_not_used == ("body[*]/kind",)


def test_rows_of_blocks_that_fit_nowhere_are_listed(tmp_path: Path) -> None:
    (tmp_path / "am.csv").write_text("record,field,value\nAM-1,201,Sample\nAM-1,999,x\n,201,Nobody\n")
    (tmp_path / "map.toml").write_text('[blocks]\n"201" = "family_name"\n')
    reading = read_records(tmp_path / "am.csv", read_mapping(tmp_path / "map.toml"))
    assert [(line.row, line.column, line.value) for line in reading.set_aside] == [
        (3, "999", "x"),
        (4, "record", "Nobody"),
    ]
    assert (reading.rows, reading.kept, len(reading.records)) == (3, 1, 1)


def test_lines_of_blocks_are_counted_as_the_file_has_them(tmp_path: Path) -> None:
    lines = ["AM-1,201,Sample", "AM-1,210,F", "AM-1,999,x", "AM-2,201,Other", "AM-2,210,M", "AM-3,210,?", ",201,Nobody"]
    (tmp_path / "am.csv").write_text("record,field,value\n" + "\n".join(lines) + "\n")
    (tmp_path / "map.toml").write_text('[blocks]\n201 = "family_name"\n210 = "sex"\n')
    reading = read_records(tmp_path / "am.csv", read_mapping(tmp_path / "map.toml"))
    assert (reading.rows, reading.kept, [record.rows for record in reading.records]) == (7, 4, [2, 2])
    assert reading.rows == reading.kept + sum(line.rows for line in reading.set_aside)
    given_to_nobody = allowed(reading, recipient="Red Cross")
    assert (given_to_nobody.kept, sum(line.rows for line in given_to_nobody.set_aside)) == (0, 7)


def test_what_is_no_answer_in_a_list_of_answers_is_set_aside(tmp_path: Path) -> None:
    content = {"results": [{"_id": 1, "name": "Sample"}, "broken", {"_id": 3, "name": "Other"}, None]}
    (tmp_path / "form.json").write_text(json.dumps(content))
    reading = read_records(tmp_path / "form.json")
    assert (reading.rows, reading.kept) == (4, 2)
    assert [(line.row, line.value) for line in reading.set_aside] == [(2, "broken"), (4, "")]


def test_two_columns_of_one_field_are_put_together_where_it_can_hold_both(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "id,name,full_name,sex,gender\n1,Amina,Amina Deng,F,female\n2,Omar,omar,M,female\n3,,Ali,,m\n", encoding="utf-8"
    )
    reading = read_records(path)
    names = [[name.text for name in record.names] for record in reading.records]
    assert names == [["Amina", "Amina Deng"], ["Omar"], ["Ali"]]
    assert [record.sex and record.sex.value for record in reading.records] == ["F", None, "M"]
    assert [(line.row, line.column, line.value) for line in reading.unread] == [(3, "sex", "M / female")]
    assert "sex, gender" in str(reading.unread[0].reason)
    assert reading.merged == (("name", ("name", "full_name")), ("sex", ("sex", "gender")))
    assert reading.columns_not_used == ()


@pytest.mark.parametrize(
    ("heading", "birth", "age", "found", "flagged"),
    [
        ("found_date", "1990-05-01", "33", "2023-06-01", False),
        ("found_date", "1990-05-01", "50", "2023-06-01", True),
        ("last_contact_date", "1990-05-01", "20", "2023-06-01", True),
        ("last_contact_date", "1990", "about 33", "2023", False),
    ],
)
def test_an_age_that_contradicts_the_date_of_birth_is_a_finding(
    tmp_path: Path, heading: str, birth: str, age: str, found: str, flagged: bool
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"id,name,birth_date,age,{heading}\n1,Amina,{birth},{age},{found}\n", encoding="utf-8")
    reading = read_records(path, today=datetime.date(2024, 1, 1))
    assert [(line.row, line.column, line.value) for line in reading.findings] == ([(2, "age", age)] if flagged else [])
    (record,) = reading.records
    assert record.birth is not None
    assert record.age is not None


def test_remains_found_years_after_the_death_are_younger_than_their_birth_says(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,name,birth_date,age,found_date\n1,Amina,1990-05-01,20-25,2023-06-01\n", encoding="utf-8")
    assert read_records(path, read_mapping(kind="remains"), datetime.date(2024, 1, 1)).findings == ()


def test_a_date_of_birth_says_how_it_is_known(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "id,name,birth_date,birth_how\n1,A,1990-05-01,семья\n2,B,1990-05-01,\n3,C,1990-05-01,pasaporte\n", "utf-8"
    )
    assert [record.birth_how for record in read_records(path).records] == ["reported", "documents", "documents"]


HEADINGS = {
    "fr": "Nom complet,Sexe,Âge,Lieu de disparition,Date de disparition,Taille (cm),Vêtements,Nationalité,Téléphone",
    "es": "Nombre completo,Sexo,Edad,Lugar de desaparición,Fecha de desaparición,Estatura (cm),Ropa,Nacionalidad,Teléfono",
    "ar": "الاسم الكامل,الجنس,العمر,مكان الاختفاء,تاريخ الاختفاء,الطول (سم),الملابس,الجنسية,رقم الهاتف",
    "zh": "姓名,性别,年龄,失踪地点,失踪日期,身高（厘米）,衣物,国籍,电话",
    "ru": "ФИО,Пол,Возраст,Место исчезновения,Дата исчезновения,Рост (см),Одежда,Гражданство,Телефон",
}
ROW = {
    "fr": "Amina Deng,Femme,une vingtaine d'années,Sebha,fin mai 2023,1m71,robe bleue,érythréenne,555 0100 200",
    "es": "Amina Deng,Mujer,unos veinte años,Trípoli,fines de mayo de 2023,170 cm,vestido azul,eritrea,555 0100 200",
    "ar": "أمينة دنق,أنثى,حوالي عشرين سنة,سبها,أواخر مايو 2023,170 سم,ثوب أزرق,إريترية,555 0100 200",
    "zh": "阿米娜,女,二十岁左右,塞卜哈,2023年5月底,一米七,蓝色连衣裙,厄立特里亚,555 0100 200",
    "ru": "Амина Денг,женщина,около двадцати лет,в Себхе,конец мая 2023,170 см,синее платье,эритрейка,555 0100 200",
}


@pytest.mark.parametrize("language", ["fr", "es", "ar", "zh", "ru"])
def test_a_table_in_any_of_the_languages_is_read_without_a_mapping(tmp_path: Path, language: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{HEADINGS[language]}\n{ROW[language]}\n", encoding="utf-8")
    reading = read_records(path)
    (record,) = reading.records
    assert (reading.unread, reading.columns_not_used) == ((), ())
    assert (record.sex.value, record.nationality) == ("F", ("ERI",))
    assert record.age.years.low <= 20 <= record.age.years.high
    assert 170 <= record.stature.middle <= 171
    stop = record.stop("last-contact")
    assert stop.place.country == "LBY"
    assert stop.days.start == datetime.date(2023, 5, 21)
    assert record.phones
    assert record.objects


def test_a_name_beside_another_part_of_the_name_is_that_part(tmp_path: Path) -> None:
    for heading, kinds in (
        ("Nom,Prénom", ["given", "family"]),
        ("Nombre,Apellidos", ["given", "family"]),
        ("Имя,Фамилия,Отчество", ["given", "father", "family"]),
        ("Nom,Sexe", ["full"]),
    ):
        path = tmp_path / "x.csv"
        path.write_text(f"{heading}\n" + ",".join("AFB"[: heading.count(",") + 1]) + "\n", encoding="utf-8")
        names = read_records(path).records[0].names
        assert [name.kind for name in names] == kinds, heading


def test_no_heading_means_two_fields() -> None:
    seen: dict[str, str] = {}
    for name, headings in read_mapping().columns.items():
        for heading in headings:
            assert seen.setdefault(folded(heading), name) == name, heading


@pytest.mark.parametrize(
    "content",
    [
        'columns = "name"',
        "[columns]\nname = 3",
        '[values]\nsex = "F"',
        'day_order = "whatever"',
        "blocks = 1",
        'order = "x"',
    ],
)
def test_a_mapping_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "map.toml").write_text(content)
    with pytest.raises(InputError) as refused:
        read_mapping(tmp_path / "map.toml")
    assert refused.value.remedy


def test_a_mapping_without_a_kind_leaves_it_to_the_command(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('day_order = "day-month"\n')
    assert read_mapping(tmp_path / "map.toml", kind="found").kind == "found"
    (tmp_path / "map.toml").write_text('kind = "remains"\n')
    assert read_mapping(tmp_path / "map.toml", kind="found").kind == "remains"


def test_every_field_is_a_heading_of_its_own() -> None:
    for name, headings in read_mapping().columns.items():
        assert name in headings


def test_what_is_known_in_no_way_that_has_an_error_rate_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,name,sex,sex_how,birth_date,found_date\n1,Ali,M,guess,2024-01-01,2023-05-01\n")
    reading = read_records(tmp_path / "x.csv")
    assert {line.column for line in reading.unread} == {"birth_date", "sex_how"}
    assert (reading.records[0].sex.how, reading.records[0].birth) == ("unknown", None)


def test_numbered_field_blocks_are_put_together_by_record(tmp_path: Path) -> None:
    (tmp_path / "am.csv").write_text("record,field,value\nAM-1,201,Sample\nAM-1,210,F\nAM-2,201,Other\n")
    (tmp_path / "map.toml").write_text('kind = "sought"\n[blocks]\n"201" = "family_name"\n"210" = "sex"\n')
    reading = read_records(tmp_path / "am.csv", read_mapping(tmp_path / "map.toml"))
    assert [(record.id, record.names[0].kind) for record in reading.records] == [("AM-1", "family"), ("AM-2", "family")]
    assert reading.records[0].sex.value == "F"


def test_a_file_or_mapping_that_means_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="No column"):
        read_records(tmp_path / "x.csv")
    (tmp_path / "map.toml").write_text('[columns]\nshoe_size = "a"\n')
    with pytest.raises(InputError, match="field that records do not have"):
        read_mapping(tmp_path / "map.toml")


def test_a_name_of_ten_thousand_letters_or_without_a_letter_is_refused_and_the_record_kept(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"id,name,age\n1,{'a' * 10_000},20\n2,😀😀,30\n")
    reading = read_records(tmp_path / "x.csv")
    assert [record.names for record in reading.records] == [(), ()]
    assert [line.column for line in reading.unread] == ["name", "name"]


def test_a_mapping_that_names_a_column_the_file_lacks_is_refused(tmp_path: Path) -> None:
    people, mapping = tmp_path / "people.csv", tmp_path / "mapping.toml"
    people.write_text("id,Nombre completo\n1,Amina Deng\n", encoding="utf-8")
    mapping.write_text('[columns]\nname = "Nombre compleot"\n', encoding="utf-8")
    with pytest.raises(InputError, match="does not have") as refused:
        read_records(people, read_mapping(mapping))
    assert refused.value.value == "Nombre compleot"
    assert "Nombre completo" in str(refused.value.remedy)


def test_a_place_that_is_in_no_list_is_told_and_kept_as_said(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name,last_contact_place\n1,Amina,Wherever Springs\n2,Omar,Libya\n3,Ali,Agadez\n", "utf-8")
    reading = read_records(people)
    assert [(line.row, line.value) for line in reading.unread] == [(2, "Wherever Springs")]
    kept = [next(stop.place for stop in record.stops if stop.place) for record in reading.records]
    assert [(place.text, place.country) for place in kept] == [
        ("Wherever Springs", None), ("Libya", "LBY"), ("Agadez", "NER"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("around", "beyond"),
    [
        ({"count": 1200, "next": "https://example.org/?start=2"}, 1199),
        ({"count": 1200, "next": None, "previous": "https://example.org/?start=0"}, 1199),
        ({"@odata.nextLink": "https://example.org/Submissions?$skiptoken=1"}, None),
        ({"@odata.count": 3}, 2),
        ({"links": [{"rel": "next", "href": "https://example.org"}]}, None),
        ({"count": 1, "next": None}, 0),
        ({}, 0),
    ],
)
def test_a_page_of_a_service_says_how_many_answers_it_leaves_out(
    tmp_path: Path, around: dict, beyond: int | None
) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps({**around, "results": [{"id": "1", "name": "Sample"}]}), encoding="utf-8")
    assert read_records(path).beyond == beyond
