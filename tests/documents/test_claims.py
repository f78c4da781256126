"""Claims: every figure that the texts state is found, and checked against real tables."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from opencompact.documents import claims_in
from opencompact.documents.explaining import UNITS, amount, period_name, stated
from opencompact.documents.figures import numbers_in
from opencompact.documents.grammar import grammar
from opencompact.documents.model import Paragraph
from opencompact.errors import StoreError
from opencompact.look.blocks import Heading
from opencompact.review.claims import Entry, ledger, ledger_files, ledger_page, links_of_texts
from opencompact.review.claims.checking import Check
from opencompact.statistics import Workspace
from opencompact.statistics.importing import Options, import_file

TABLES = (
    "iom-missing-migrants/Missing_Migrants_Global_Figures_allData_2025-04.xlsx",
    "iom-missing-migrants/MissingMigrants-Global-2020-01-08T14-05-32.csv.gz",
    "undesa-migrant-stock/undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx",
    "undesa-migrant-stock/undesa_stocks_2024_origin_destination_sex.csv.gz",
    "unhcr-refugee-statistics/population.csv.gz",
    "unhcr-refugee-statistics/idmc.csv.gz",
    "unhcr-refugee-statistics/unrwa.csv.gz",
    "unsd-sdg-global-database-2020-10/datapoints/ddf--datapoints--si_cov_benfts--by--geo_area--nature--sex--units--year.csv.gz",
    "worldbank-remittances/remittance-inflows.xlsx",
    "worldbank-remittances/sending-cost-to-country.xls",
)


@pytest.fixture(scope="module")
def claims(read_texts):
    return {
        name: {(claim.paragraph, claim.value): claim for claim in claims_in(document)}
        for name, document in read_texts.items()
    }


def test_76_266_14_counts_the_dead_and_the_missing_of_three_years(claims) -> None:
    dead, missing = claims["A-RES-76-266"]["14", 8436], claims["A-RES-76-266"]["14", 5534]
    assert (dead.subject, dead.unit, dead.period, dead.area, dead.qualifier) == (
        "missing.dead",
        "persons",
        "2019/2021",
        "001",
        "over",
    )
    assert (missing.subject, missing.period) == ("missing.missing", "2019/2021")


def test_76_266_9_counts_migrants_women_the_young_and_money(claims) -> None:
    found = claims["A-RES-76-266"]
    told = [found["9", value] for value in (281e6, 48, 15, 751e9)]
    assert [claim.subject for claim in told] == [
        "migrants",
        "migrants.women-share",
        "migrants.under-20-share",
        "remittances.world",
    ]
    assert [claim.period for claim in told] == ["2020", "2020", "2020", "2021"]
    assert (told[1].sex, told[0].precision) == ("F", 1e6)


def test_76_266_67_tells_a_cost_from_a_target(claims) -> None:
    assert (claims["A-RES-76-266"]["67", 6.3].period, claims["A-RES-76-266"]["67", 6.3].role) == (
        "2021-Q3",
        "statement",
    )
    assert (claims["A-RES-76-266"]["67", 3].period, claims["A-RES-76-266"]["67", 3].role) == ("2030", "target")


def test_72_643_3_compares_migrants_with_population(claims) -> None:
    found = claims["A-72-643"]
    assert (found["3", 258e6].period, found["3", 258e6].period_from) == ("2017", "footnote")
    assert [found["3", value].subject for value in (49, 23, 2.8, 3.4)] == [
        "migrants.growth", "population.growth", "migrants.share", "migrants.share",
    ]  # fmt: skip
    assert [found["3", value].period for value in (49, 23, 2.8, 3.4)] == ["2000/2017", "2000/2017", "2000", "2017"]
    assert found["3", 49].note == "3"


def test_79_590_box_1_gives_each_figure_its_footnote(claims) -> None:
    found = claims["A-79-590"]
    assert [
        found[f"box-1.{number}", value].note for number, value in ((1, 3.6), (2, 8500), (4, 656e9), (7, 117.3e6))
    ] == ["a", "b", "d", "g"]
    assert found["box-1.7", 117.3e6].subject == "displaced"
    assert found["box-1.4", 656e9].area == "LMY"


def test_70_302_3_takes_its_year_from_the_sentence_before(claims) -> None:
    claim = claims["A-RES-70-302"]["3", 65e6]
    assert (claim.subject, claim.period, claim.period_from) == ("displaced", "2015", "sentence before")


def test_dates_documents_and_objectives_are_no_claims(claims) -> None:
    values = {value for paragraph, value in claims["A-RES-76-266"] if paragraph in {"1", "2", "4", "18", "23", "70"}}
    assert values == set()


def test_without_a_workspace_nothing_is_checked(claims) -> None:
    entries = ledger(claims["A-RES-76-266"].values(), None, {})
    assert {entry.check.status for entry in entries} == {"cannot-be-checked"}
    assert "workspace" in entries[0].check.explanation()


@pytest.fixture(scope="module")
def entries(claims, read_texts, data, tmp_path_factory) -> dict[tuple[str, str, float], Entry]:
    folder = tmp_path_factory.mktemp("claims")
    Workspace.create(folder)
    for table in TABLES:
        import_file(folder, data / table, Options(include_derived=True))
    stated = [claim for name, found in claims.items() if "plain" not in name for claim in found.values()]
    dates = {document.symbol: document.date for document in read_texts.values()}
    found = ledger(stated, Workspace(folder), dates)
    return {(entry.claim.document, entry.claim.paragraph, entry.claim.value): entry for entry in found}


def check_of(entries, document: str, paragraph: str, value: float) -> Check:
    return entries[document, paragraph, value].check


@pytest.mark.slow
def test_76_266_14_was_revised_upward(entries) -> None:
    """The edition of April 2025: 3,647 + 2,429 + 3,838 dead in 2019–2021; of 13 of 2020 no day is recorded, only the year in their number."""
    check = check_of(entries, "A/RES/76/266", "14", 8436)
    assert (check.status, check.value, check.vintage) == ("revised", 9914, "2025-04-29")
    assert [(row.period, row.value) for row in check.rows] == [("2019", 3647), ("2020", 2429), ("2021", 3838)]
    assert all(row.file.startswith("Missing_Migrants") for row in check.rows)
    assert check_of(entries, "A/RES/76/266", "14", 5534).value == 6119


@pytest.mark.slow
def test_76_266_9_agreed_with_the_edition_of_2020_and_was_revised_downward(entries) -> None:
    check = check_of(entries, "A/RES/76/266", "9", 281e6)
    assert (check.status, check.value, check.then.value) == ("revised", 275_284_032, 280_598_105)
    assert [finding.code for finding in check.findings] == ["agreed-then", "revised-down", "undated"]
    assert check_of(entries, "A/RES/76/266", "9", 48).status == "confirmed"


@pytest.mark.slow
def test_79_590_box_1_is_checked_against_the_edition_that_it_could_know(entries) -> None:
    assert check_of(entries, "A/79/590", "box-1.1", 281e6).then.vintage == "2020-12-31"
    assert check_of(entries, "A/79/590", "box-1.1", 3.6).status == "confirmed"
    deaths = check_of(entries, "A/79/590", "box-1.2", 8500)
    assert (deaths.status, deaths.value, deaths.difference) == ("revised", 8747, 247)
    assert "not-persons" in [finding.code for finding in deaths.findings]


@pytest.mark.slow
def test_79_590_box_1_displaced_people_are_added_up_from_their_parts(entries) -> None:
    check = check_of(entries, "A/79/590", "box-1.7", 117.3e6)
    assert check.status == "other-definition"
    parts = dict(next(finding.values["parts"] for finding in check.findings if finding.code == "added-up"))
    assert sum(parts.values()) == check.value == 117_552_287
    assert abs(check.difference) < 0.003 * 117.3e6


@pytest.mark.slow
def test_72_643_3_is_confirmed_between_two_published_years(entries) -> None:
    """By hand: 250,042,020 and 275,284,032 in 2015 and 2020 give 260.1 million for 2017; 174,566,152 in 2000, so 49.0 % more."""
    growth = check_of(entries, "A/72/643", "3", 49)
    assert growth.value == pytest.approx(100 * ((250_042_020 + 0.4 * (275_284_032 - 250_042_020)) / 174_566_152 - 1))
    assert [check_of(entries, "A/72/643", "3", value).status for value in (258e6, 49, 23, 2.8)] == ["confirmed"] * 4
    assert "interpolated" in [finding.code for finding in growth.findings]


@pytest.mark.slow
def test_76_266_42_cannot_be_checked_where_the_data_ends_before(entries) -> None:
    check = check_of(entries, "A/RES/76/266", "42", 6.3)
    assert (check.status, check.period) == ("cannot-be-checked", "2020")
    assert "2020" in check.explanation("es")
    assert check_of(entries, "A/RES/76/266", "67", 3).status == "target"


@pytest.mark.slow
def test_79_590_37_people_whom_no_benefit_covers_are_what_the_share_leaves(entries) -> None:
    """In 2016 45.2 % of people had one benefit at least; the loaded table says nothing of 2021."""
    check = check_of(entries, "A/79/590", "37", 4_100_000_000)
    assert (check.status, check.period) == ("cannot-be-checked", "2016")
    people = 7_379_796_967 + (7_794_798_729 - 7_379_796_967) / 5
    assert check.value == pytest.approx(people * (1 - 0.452))
    assert {row.indicator for row in check.rows} == {"1.3.1", "population"}


@pytest.mark.slow
def test_every_check_explains_itself_in_six_languages(entries) -> None:
    for language in ("en", "ar", "zh", "es", "fr", "ru"):
        for entry in entries.values():
            assert "{" not in entry.check.explanation(language)
            assert entry.check.explanation(language)
        page = ledger_page(list(entries.values()), language)
        assert sum(type(block).__name__ == "Table" for block in page.blocks) == 4
        headings = [block.text for block in page.blocks if isinstance(block, Heading) and block.level == 2]
        assert all(len(text) > len("A/RES/76/266: ") for text in headings), "a text by its symbol alone"
    files = ledger_files(list(entries.values()))
    rows = files["data/claims/A-RES-76-266-14-8436.csv"]
    assert rows.splitlines()[0].startswith("indicator,period,value,source,vintage,file,row")
    assert len(rows.splitlines()) == 4


def test_the_hooks_of_a_review_show_provisions_and_examples(texts) -> None:
    from opencompact.documents import shelf
    from opencompact.look.blocks import BulletList, Disclosure, Paragraph

    links = links_of_texts(shelf(texts))
    blocks = links.provisions(8, "zh")
    assert any(block.role == "quote" for block in blocks if isinstance(block, Paragraph))
    (more,) = (block for block in blocks if isinstance(block, Disclosure))
    assert sum(block.role == "quote" for block in more.blocks) > 9
    quoted = [block for block in more.on_paper if isinstance(block, Paragraph) and block.role == "quote"]
    (named,) = (block for block in more.on_paper if isinstance(block, BulletList))
    assert len(quoted) + len(named.items) == sum(block.role == "quote" for block in more.blocks)
    assert all("/RES/" not in item[0].text for item in named.items)
    assert links.examples(1, "MEX", "es")
    assert links.examples(1, "FJI", "es") == ()


@pytest.mark.parametrize("code", ["ar", "en", "es", "fr", "ru"])
def test_wording_in_another_language_is_folded_on_the_site_and_left_out_in_print(texts, code) -> None:
    from opencompact.documents import shelf
    from opencompact.look.blocks import Disclosure, Paragraph

    blocks = links_of_texts(shelf(texts)).provisions(8, code)
    more, wording = (block for block in blocks if isinstance(block, Disclosure))
    shown = [block for block in (*blocks, *more.blocks) if isinstance(block, Paragraph)]
    assert not any(span.language == "zh" for block in shown for span in block.spans)
    assert sum(block.role == "quote" for block in wording.blocks) == len(shown)
    printed = [*more.on_paper, *wording.on_paper]
    lines = [block.spans for block in printed if isinstance(block, Paragraph)]
    lines += [item for block in printed if not isinstance(block, Paragraph) for item in block.items]
    assert not any(span.language == "zh" for line in lines for span in line)
    assert len(lines) == len(more.blocks) + 1


def test_the_command_gives_stable_keys(texts, tmp_path) -> None:
    from opencompact.cli.claims import claims as command

    file = texts / "A-RES-76-266.plain.zh.txt"
    result = CliRunner().invoke(command, [str(file), "--json", "--workspace", str(tmp_path / "none")])
    found = json.loads(result.output)
    assert {"paragraph", "value", "unit", "subject", "area", "period", "check"} <= set(found[0])
    assert {"status", "value", "source", "vintage", "explanation"} <= set(found[0]["check"])


def test_a_damaged_workspace_is_an_error(texts, tmp_path) -> None:
    from opencompact.cli.claims import claims as command

    file = texts / "A-RES-76-266.plain.zh.txt"
    assert isinstance(CliRunner().invoke(command, [str(file), "--workspace", str(tmp_path)]).exception, StoreError)


def test_79_590_37_counts_the_people_without_social_protection(claims) -> None:
    claim = claims["A-79-590"]["37", 4.1e9]
    assert (claim.unit, claim.subject, claim.area) == ("persons", "social-protection.uncovered", "001")


def test_79_590_50_names_the_target_and_not_a_year_for_it(claims) -> None:
    claim = claims["A-79-590"]["50", 3]
    assert (claim.unit, claim.subject, claim.role, claim.period) == ("percent", "remittances.cost", "target", None)


def test_79_590_36_is_not_counted_where_the_route_leads_to(claims) -> None:
    assert [claims["A-79-590"]["36", value].area for value in (257, 163)] == [None, None]


def test_79_590_38_takes_no_period_from_the_name_of_a_plan(claims) -> None:
    assert claims["A-79-590"]["38", 63].period != "2019/2030"


def test_79_590_48_leaves_the_year_to_the_figure_that_it_stands_before(claims) -> None:
    assert [claims["A-79-590"]["48", value].period for value in (70, 120)] == [None, "2023"]
    assert claims["A-79-590"]["box-1.6", 150].period == "2003/2021"


@pytest.mark.slow
def test_76_266_9_agreed_also_where_two_files_of_an_edition_hold_the_same_total(claims, data, tmp_path) -> None:
    """The table by destination publishes the total, the table by origin adds up to it: one edition, one value."""
    Workspace.create(tmp_path / "workspace")
    for name in (
        "undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx",
        "undesa_stocks_2020_origin_destination_sex.csv.gz",
        "undesa_stocks_2024_origin_destination_sex.csv.gz",
    ):
        import_file(tmp_path / "workspace", data / "undesa-migrant-stock" / name, Options(include_derived=True))
    stated = [claims["A-RES-76-266"]["9", 281e6]]
    [entry] = ledger(stated, Workspace(tmp_path / "workspace"), {"A/RES/76/266": "2022-06-07"})
    assert entry.check.then is not None
    assert (entry.check.status, entry.check.then.value, entry.check.value) == ("revised", 280598105, 275284032)


@pytest.mark.slow
def test_70_302_3_is_allowed_by_its_words_and_not_called_the_same(entries) -> None:
    check = check_of(entries, "A/RES/70/302", "3", 244e6)
    assert (check.status, check.findings[0].code) == ("confirmed", "allowed")
    assert "the same" not in check.explanation("en")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "2023 年，三分之二的移民是工人，近半数是妇女。", [(66.6667, "percent", None), (50.0, "percent", "about")]),
        ("zh", "汇款是官方发展援助的三倍多，百分之二十的难民是儿童。", [(3.0, "times", "over"), (20.0, "percent", None)]),
        ("zh", "上半年，我们承诺加倍努力，人数增加一倍。", []),
        ("en", "Two thirds of migrants work; one in three is a woman; more than half of the refugees are children.",
         [(66.6667, "percent", None), (33.3333, "percent", None), (50.0, "percent", "over")]),
        ("en", "Remittances were three times the amount of aid and twice as stable.", [(3.0, "times", None), (2.0, "times", None)]),
        ("en", "In the first half of 2023 a third country held three meetings, three times a year, by a two-thirds majority.", []),
        ("fr", "Près des trois quarts des migrants travaillent ; une personne sur cinq est un enfant ; la moitié des réfugiés.",
         [(75.0, "percent", None), (20.0, "percent", None), (50.0, "percent", None)]),
        ("es", "Dos tercios de los migrantes trabajan; uno de cada cinco es menor; la mitad de los refugiados.",
         [(66.6667, "percent", None), (20.0, "percent", None), (50.0, "percent", None)]),
        ("ru", "Две трети мигрантов работают; каждый пятый — ребёнок; половина беженцев; в три раза больше.",
         [(66.6667, "percent", None), (20.0, "percent", None), (50.0, "percent", None), (3.0, "times", None)]),
        ("ar", "يعمل ثلثا المهاجرين، ونصف اللاجئين أطفال، واحد من كل خمسة، ثلاثة أضعاف.",
         [(66.6667, "percent", None), (50.0, "percent", None), (20.0, "percent", None), (3.0, "times", None)]),
    ],
)  # fmt: skip
def test_fractions_and_multiples_in_words_are_figures(language: str, text: str, expected: list) -> None:
    found = numbers_in(Paragraph("A#1", "1", "paragraph", "A", (), text, ((0, len(text)),)), grammar(language))
    assert [(number.value, number.unit, number.qualifier) for number in found] == expected


def test_79_590_38_half_of_the_countries_is_a_figure(report_2024) -> None:
    stated = [(claim.value, claim.unit, claim.written) for claim in claims_in(report_2024) if claim.paragraph == "38"]
    assert (50.0, "percent", "一半") in stated
    (doubled,) = [claim for claim in claims_in(report_2024) if claim.paragraph == "50" and claim.unit == "times"]
    assert (doubled.value, doubled.qualifier, doubled.precision) == (2.0, "over", 1.0)


@pytest.mark.parametrize(
    ("value", "figure", "measured"),
    [(3.0, "3%", "3.0%"), (49.0, "49%", "49.0%"), (3.6, "3.6%", "3.6%"), (3.46, "3.46%", "3.46%")],
)
def test_a_figure_has_the_decimals_of_its_text_and_none_are_made_up(value: float, figure: str, measured: str) -> None:
    assert stated(value, "percent", "en") == figure
    assert amount(value, "percent", "en") == measured


def test_every_unit_of_a_figure_has_a_word(claims) -> None:
    units = {claim.unit for found in claims.values() for claim in found.values()}
    assert {"countries", "persons", "count"} <= units
    assert units - {"percent", "usd"} <= set(UNITS)


def test_a_span_up_to_a_day_begins_with_a_day_in_each_language() -> None:
    said = {code: period_name("2017/2017-12-04", code) for code in ("en", "zh", "es", "fr")}
    assert said == {
        "en": "1 January 2017 to 4 December 2017",
        "zh": "2017年1月1日至2017年12月4日",
        "es": "del 1 de enero de 2017 al 4 de diciembre de 2017",
        "fr": "du 1er janvier 2017 au 4 décembre 2017",
    }
    assert period_name("2014/2017-05", "en") == "January 2014 to May 2017"
    assert period_name("2000/2017", "en") == "2000–2017"


@pytest.mark.parametrize(
    ("code", "said"), [("en", "US$ 596 billion"), ("zh", "5960亿美元"), ("fr", "596 milliards de dollars")]
)
def test_large_money_has_the_languages_own_word(code: str, said: str) -> None:
    assert amount(596e9, "usd", code).replace("\u00a0", " ") == said
