"""What was written only to fill a field, a name or a number, says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.missing.evidence.compare import compare_names, full_names
from opencompact.missing.evidence.groups import compare_numbers
from opencompact.missing.evidence.telephones import compare_telephones
from opencompact.missing.names.nameless import _lists, names_nobody
from opencompact.missing.records.record import Document, PersonName, Record


@pytest.mark.parametrize(
    "name",
    ["kimliği belirsiz", "Syrian national", "tidak dikenal", "varón subsahariano", "Foulane ben Foulane", "tak diketahui", "mon frère", "i panjohur",
     "inmigrante", "subsahariano", "nepoznat", "ኣይፍለጥን", "défunt", "không rõ", "chưa biết", "mother", "X femme", "mayat", "unbekannte Tote",
     "não identificado", "mi hermano", "أخي", "Unidentified male", "unknown", "Unknown male 3", "John Doe", "N/A", "Mr", "غير معروف", "مجهول الهوية", "Неизвестный мужчина",
     "无名氏", "desconocido", "NN", "X", "Corps inconnu", "--", "corps non identifié", "cadáver sin identificar", "cuerpo no identificado",
     "Body of a young man", "Name not known", "to be confirmed", "does not know", "name withheld", "无名女尸", "ne sait pas", "无名尸", "不知道",
     "身份不明男子", "confidential", "young man", "Не знаю", "enfant", "no sabe", "Grave 4", "PM-0012", "Case 12/2023", "M1", "男孩", "女",
     "неопознанный труп", "неизвестный мужчина 30 лет", "личность не установлена", "جثة مجهولة الهوية", "الاسم غير معروف", "شاب", "قبر 4",
     "femme enceinte", "homme africain", "mineur non accompagné", "hombre joven", "Nombre: no consta", "boy about 10", "DVI 334", "T.B.C.",
     "the one with the red cap", "Tripoli hospital 4", "Syrian man", "Ivorian boy", "homme syrien", "Mother of 3", "UNK MALE", "survivor", "survivant",
     "мёртвый", "sister of Amina", "аноним", "his brother", "frère de Moussa",
     "Lampedusa 12", "Zuwara beach 3", "Corpse Lampedusa 5", "inconnu de Zarzis", "Лампедуза 5", "زوارة 7", "兰佩杜萨 5", "的黎波里医院4号", "man in red shirt",
     "father of three", "nobody", "no documents", "NN femenino", "без документов", "мать троих детей", "труп мужчины", "بدون وثائق", "لا يوجد اسم",
     "أم لثلاثة أطفال", "无证件", "三个孩子的母亲", "溺水者", "X se disant", "náufrago", "le noyé",
     "he does not remember", "ne se souvient pas", "no recuerda", "не помнит", "لا يتذكر اسمه", "不记得", "Sub-Saharan male", "the deceased", "none given",
     "see file", "Baby", "Eritrean", "Eritrea", "Baby of Fatima", "the baby of Fatima Hassan", "son of Ahmed", "ابن أحمد", "сын Ахмеда", "fils de Moussa",
     "Ragazzo eritreo", "bambino", "neonato", "uomo", "donna", "donna incinta", "cadavere n. 3", "cadavere non identificato", "salma n. 12", "salma 12",
     "non ricorda", "nome sconosciuto", "giovane africano", "CMO 14", "resti umani", "figlio di Amina", "uomo di circa 30 anni",
     "የማይታወቅ", "ስሙ የማይታወቅ", "ስም የለም", "ወንድ", "ሴት", "አስከሬን 4", "አያስታውስም", "ዘይፍለጥ", "ስም የብሉን", "ሰብኣይ", "ሬሳ 3",
     "lama yaqaan", "aan la aqoon", "magac la'aan", "magaca lama garanayo", "meyd", "nin aan la aqoonsan", "naag", "নামহীন", "অজ্ঞাত পুরুষ"],
)  # fmt: skip
def test_a_name_written_to_fill_the_field_is_no_name(name: str) -> None:
    records = [Record(one, "sought", names=(PersonName(name, "full"),)) for one in "ab"]
    assert compare_names(*records) is None


@pytest.mark.parametrize(
    "name",
    ["Ma Nin", "Mi Son", "Mon Ami", "Malcolm X", "Foulane Ba", "Man Singh", "Maria Niño", "Fille", "Omar", "Li Na", "Jean Homme", "رجل الدين", "John Doerr", "Nina", "Nino", "No Thi Lan", "无忌",
     "王无名", "Moussa 2", "Donna Brown", "Ella Young", "ابن سينا البخاري", "Bin Laden", "Ben Ali", "ወንድወሰን", "ወንድ ወሰን", "ልጅ ኢያሱ", "Nin", "Ma Leh", "Bambino Rossi", "ኢትዮጵያ", "ሕፃን", "Innocent", "Hope", "Grave Smith", "Enfant Traoré", "Baby Akter", "Donna", "Salma", "Salma Hassan", "Lama Hassan", "محمد هيكل", "هيكل", "Юноша Иван", "M. Ali", "Body Ahmed",
     "Theone Diallo", "Marie de Souza", "Ami Diallo", "Ami", "Somali", "Tio", "Con", "Su Su", "Amigo", "Syrian",
     "Na", "Nan", "Mari0n", "Lampedusa", "Catania", "Aden 3", "Omar Zuwara 3", "Padre Pio", "Rosa Verde", "سري", "ناجي"],
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
        "UNKNOWN123",
        "inconnu 4567",
        "00 000 00-00",
    ],
)
def test_a_number_written_to_fill_the_field_is_no_number(number: str) -> None:
    records = [Record(one, "sought", documents=(Document("passport", number),), phones=(number,)) for one in "ab"]
    assert compare_numbers(*records) is None
    assert compare_telephones(*records) is None


@pytest.mark.parametrize("date", ["01/01/1990", "1.1.1990", "1990-01-01", "٠١/٠١/١٩٩٠"])
def test_a_date_is_no_number_of_a_document(date: str) -> None:
    records = [Record(one, "sought", documents=(Document("passport", date),)) for one in "ab"]
    assert compare_numbers(*records) is None


def test_a_true_number_still_says_much() -> None:
    records = [
        Record(one, "sought", phones=(number,)) for one, number in (("a", "+218 91 234 5698"), ("b", "091-2345698"))
    ]
    told = compare_telephones(*records)
    assert told is not None
    assert told.log10_likelihood_ratio > 3
    told = compare_numbers(*(Record(one, "sought", documents=(Document("passport", "AB734921"),)) for one in "ab"))
    assert told is not None
    assert told.log10_likelihood_ratio > 6


_PLACEHOLDERS = _lists()
# "Sister of Omar" and "hospital 7 Omar" name somebody else, or a house: tests of their own hold that.
_PLAIN = _PLACEHOLDERS.every - _PLACEHOLDERS.kin - _PLACEHOLDERS.the_one - _PLACEHOLDERS.houses


@given(
    st.lists(st.sampled_from(sorted(_PLAIN | {"7", "30"})), max_size=3),
    st.sampled_from(sorted(_PLACEHOLDERS.outright)),
    st.sampled_from(["Omar", "Fatima", "محمد", "Иван", "Traoré", "王伟"]),
)
def test_words_of_the_lists_name_nobody_until_a_name_stands_among_them(said: list[str], sure: str, name: str) -> None:
    assert names_nobody(" ".join([*said, sure]))
    assert not names_nobody(" ".join([*said, sure, name]))
