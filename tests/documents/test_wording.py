"""A/72/643, ¶18: words that respect people, in six languages, also in our own catalogues."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner

from opencompact.documents.wording import remarks, terms
from opencompact.language import LANGUAGES

SAID = {
    "en": "Illegal migrants and a flood of refugees.",
    "fr": "Les migrants illégaux et un stock de migrants.",
    "es": "Los inmigrantes ilegales y una avalancha de refugiados.",
    "ru": "Нелегальные мигранты и наплыв беженцев.",
    "zh": "非法移民和难民潮。",
    "ar": "المهاجرون غير الشرعيين وموجات من اللاجئين.",
}
RESPECTFUL = {
    "en": "Migrants in an irregular situation; the number of migrants; illegal recruitment fees; the stock of housing.",
    "fr": "Les migrants en situation irrégulière ; le nombre de migrants ; des frais illégaux.",
    "es": "Los migrantes en situación irregular; el número de migrantes; cobros ilegales.",
    "ru": "Мигранты с неурегулированным статусом; число мигрантов; незаконные сборы.",
    "zh": "身份不正常的移民；移民人数；非法收费。",
    "ar": "المهاجرون في وضع غير نظامي؛ عدد المهاجرين؛ رسوم غير قانونية.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_terms_are_found_in_each_language_with_reason_replacement_and_source(language) -> None:
    found = remarks(SAID[language], language)
    assert len(found) == 2
    assert all(entry.term.reason() and entry.term.instead and entry.term.sources for entry in found)
    assert "A/72/643, ¶18" in found[0].term.sources


@pytest.mark.parametrize("language", LANGUAGES)
def test_respectful_words_are_left_alone(language) -> None:
    assert remarks(RESPECTFUL[language], language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_replacement_needs_replacing(language) -> None:
    assert [entry.written for term in terms(language) for entry in remarks(term.instead, language)] == []


def test_72_643_18_quotes_two_of_them(report_2017) -> None:
    assert [entry.term.id for entry in remarks(report_2017.paragraph("18").text, "zh")][:1] == ["illegal-migrant"]


def test_our_own_catalogues_respect_people() -> None:
    folder = Path(str(files("opencompact.language"))) / "catalogues"
    for path in sorted(folder.glob("*/*.po")):
        for entry in polib.pofile(str(path)):
            words = [entry.msgstr, *entry.msgstr_plural.values()]
            found = [remark.written for text in words for remark in remarks(text, path.parent.name)]
            found += [remark.written for remark in remarks(entry.msgid, "en")]
            assert found == [], f"{path.parent.name}/{path.name}: {entry.msgid}"


def test_our_own_facts_respect_people() -> None:
    from opencompact.documents import examples
    from opencompact.documents.claims import subjects
    from opencompact.documents.topics import topics

    for language in LANGUAGES:
        names = [entry.name(language) for entry in (*examples(), *subjects().values(), *topics().values())]
        assert [remark.written for name in names for remark in remarks(name, language)] == []


def test_the_command_ends_with_4_where_something_is_found(tmp_path) -> None:
    from opencompact.cli.wording import wording

    (tmp_path / "a.txt").write_text(SAID["en"], "utf-8")
    (tmp_path / "b.txt").write_text(RESPECTFUL["en"], "utf-8")
    assert CliRunner().invoke(wording, [str(tmp_path / "a.txt")]).exit_code == 4
    assert CliRunner().invoke(wording, [str(tmp_path / "b.txt")]).exit_code == 0
