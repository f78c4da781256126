"""The site stands alone: no script, no network, every link leads somewhere, readable in six languages and on a phone."""

import itertools
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as parser

from opencompact.language import LANGUAGES
from opencompact.look.blocks import (
    Callout,
    Cell,
    Column,
    Contents,
    Definitions,
    Page,
    Publication,
    Span,
    Table,
    paragraph,
    spans,
)
from opencompact.look.gallery import gallery
from opencompact.look.samples import words
from opencompact.look.site import render_page, stylesheet, write_site

ROOT = Path(__file__).parents[2]
PAGES = ("index", "words", "charts", "maps")
# A font is asked for when the page is laid out, which may be after it has loaded.
DRAWN = "document.body.getBoundingClientRect() && document.fonts.ready.then(() => null)"


def parsed(site: Path, code: str, page: str):
    return parser.fromstring((site / code / f"{page}.html").read_text("utf-8"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_needs_no_script_and_nothing_from_elsewhere(code: str, site: Path) -> None:
    for page in PAGES:
        text = (site / code / f"{page}.html").read_text("utf-8")
        assert "<script" not in text
        assert "javascript:" not in text
        outside = [a for a in re.findall(r'(?:src|href|url)[=(]"?(https?:[^"\s)]+)', text) if "w3.org" not in a]
        assert outside == []
    assert "http" not in (site / "assets" / f"style-{code}.css").read_text("utf-8")


def test_the_page_that_leads_to_the_languages_says_what_they_are_of(tmp_path: Path) -> None:
    made = replace(gallery("en"), title="Orsela", subtitle="Review of a country")
    made = replace(made, notices=(Callout("synthetic", spans("Synthetic data: made up.")),))
    write_site(made, tmp_path)
    tree = parser.fromstring((tmp_path / "index.html").read_text("utf-8"))
    assert tree.findtext(".//title") == "Orsela – Review of a country"
    assert [each.text_content() for each in tree.xpath("//main/*[self::h1 or self::p]")] == [
        "Synthetic data: made up.", "Orsela", "Review of a country",
    ]  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_link_leads_to_a_page_or_place_that_exists(code: str, site: Path) -> None:
    downloads = re.compile(r"\.(csv|pdf|docx)$")
    for page in PAGES:
        tree = parsed(site, code, page)
        for href in tree.xpath("//a/@href | //link/@href"):
            path, _, anchor = href.partition("#")
            if downloads.search(path):
                continue
            target = (site / code / path).resolve() if path else site / code / f"{page}.html"
            assert target.is_file(), (page, href)
            if anchor:
                assert f'id="{anchor}"' in target.read_text("utf-8"), (page, href)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_names_its_language_and_direction_and_its_headings_leave_no_level_out(code: str, site: Path) -> None:
    for page in PAGES:
        tree = parsed(site, code, page)
        assert (tree.get("lang"), tree.get("dir")) == (code, LANGUAGES[code].direction)
        levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (page, levels)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_identifier_stands_twice_on_a_page_and_every_reference_finds_its_own(code: str, site: Path) -> None:
    for page in PAGES:
        text = (site / code / f"{page}.html").read_text("utf-8")
        counted = Counter(re.findall(r'\bid="([^"]+)"', text))
        assert [name for name, count in counted.items() if count > 1] == [], page
        used = set(re.findall(r'url\(#([^)]+)\)|<use href="#([^"]+)"', text))
        assert {one or other for one, other in used} <= set(counted), page
        labels = {name for value in re.findall(r'aria-labelledby="([^"]+)"', text) for name in value.split()}
        assert labels <= set(counted), page


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_figure_has_finding_measure_picture_source_rows_and_table(code: str, site: Path) -> None:
    w = words(code)
    figures = parsed(site, code, "charts").xpath("//figure")
    assert len(figures) == 12
    for figure in figures:
        assert figure.xpath("string(.//*[contains(@class,'finding')])") == w["finding"]
        assert figure.xpath("string(.//*[contains(@class,'measure')])") == w["measure"]
        assert len(figure.xpath(".//*[local-name()='svg'][@role='img']")) == 2
        assert w["source"] in figure.text_content()
        assert figure.xpath(".//a[contains(@href,'.csv')]")
        assert figure.xpath("count(.//details//th[@scope='row'])") == 4
        assert figure.xpath("string(.//*[local-name()='desc'])") == w["alt"]


def test_the_notice_of_synthetic_data_stands_on_every_page(site: Path) -> None:
    for code in LANGUAGES:
        for page in PAGES:
            assert words(code)["synthetic"] in (site / code / f"{page}.html").read_text("utf-8")


def test_suppressed_and_missing_cells_are_marked_and_explained(site: Path) -> None:
    table = parsed(site, "en", "words").xpath("(//table)[1]")[0]
    assert [cell.text_content() for cell in table.xpath(".//td[contains(@class,'suppressed')]")] == ["suppressed"]
    assert table.xpath("string(.//td[contains(@class,'suppressed')]/@title)") == words("en")["body"]
    assert len(table.xpath(".//td[contains(@class,'absent')]")) == 2


def test_a_table_of_words_and_numbers_is_stacked_on_a_narrow_screen_and_a_series_is_not() -> None:
    """A number cut at the edge of a phone reads as another number."""
    named = Table(
        (Column("What"), Column("When"), Column("Was", "number"), Column("Is", "number")), (("a", "b", "1", "2"),)
    )
    series = Table((Column("Year"), Column("Women", "number"), Column("Men", "number")), (("2020", "1", "2"),))
    page = Page("index", "Page", (), (named, series))
    tables = parser.fromstring(render_page(Publication("en", "Title", "", (page,)), page)).xpath("//table")
    assert [table.get("class") for table in tables] == ["stack", None]


def test_chinese_headings_are_not_balanced_which_would_part_their_words() -> None:
    assert "text-wrap: balance" in stylesheet("ar")
    assert "text-wrap: balance" not in stylesheet("zh")


@pytest.mark.browser
def test_a_narrow_screen_shows_the_hatch_of_what_is_missing(page, tmp_path: Path) -> None:
    columns = (Column("Indicator"), Column("Value"), Column("Why"))
    table = Table(columns, (("People", Cell("none", absence="missing"), "not collected"),))
    write_site(Publication("en", "Title", "", (Page("index", "Table", (), (table,)),)), tmp_path)
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto((tmp_path / "en" / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.stack')).display") == "block"
    mark = page.locator("td.absent .mark")
    assert mark.bounding_box()["width"] > 8
    assert "gradient" in mark.evaluate("e => getComputedStyle(e).backgroundImage")


@pytest.mark.browser
def test_in_arabic_units_stand_under_units(page, tmp_path: Path) -> None:
    table = Table((Column("Year"), Column("People", "number")), (("2023", "1,234"), ("2024", "5")))
    write_site(Publication("ar", "Title", "", (Page("index", "Table", (), (table,)),)), tmp_path)
    page.goto((tmp_path / "ar" / "index.html").as_uri())
    ends = page.evaluate(
        """() => [...document.querySelectorAll('td.n')].map(cell => {
            const range = document.createRange(); range.selectNodeContents(cell); return range.getBoundingClientRect().right })"""
    )
    assert abs(ends[0] - ends[1]) < 0.5


@pytest.mark.parametrize("code", ["ar", "en", "zh"])
def test_a_range_of_years_is_kept_on_one_line(code: str) -> None:
    term = Definitions((("9 · \u20662019–2021\u2069: 8,436", spans("2000–2017")),))
    page = Page("index", "P", (), (term, paragraph("2014–2024")))
    html = render_page(Publication(code, "T", "", (page,)), page)
    assert re.findall(r'<span class="kept">([^<]*)</span>', html) == ["\u20662019–2021\u2069", "2000–2017", "2014–2024"]


def test_in_chinese_a_number_its_word_of_size_and_its_unit_are_kept_on_one_line() -> None:
    page = Page("index", "页", spans("收到11.3亿美元，涉及1160万人，2003–2021年"), ())
    assert re.findall(r'<span class="kept">[^<]*</span>', render_page(Publication("zh", "题", "", (page,)), page)) == [
        '<span class="kept">11.3亿美元</span>',
        '<span class="kept">1160万人</span>',
        '<span class="kept">2003–2021年</span>',
    ]


def test_words_are_escaped_wherever_they_come_from() -> None:
    evil = '<b onload="x">&'
    page = Page(
        "index",
        evil,
        spans(evil),
        (paragraph(evil, Span(evil, href=f"page:{evil}")), Callout("note", spans(evil), evil)),
    )
    text = render_page(Publication("en", evil, evil, (page,)), page)
    assert "<b onload" not in text
    assert text.count("&lt;b onload=") >= 6


def test_breadcrumbs_lead_down_from_the_first_page_and_pages_follow_one_another(site: Path) -> None:
    tree = parsed(site, "en", "maps")
    assert tree.xpath("//nav[@class='path']//a/@href") == ["index.html", "charts.html"]
    assert tree.xpath("//a[@rel='prev']/@href") == ["charts.html"]
    assert tree.xpath("//a[@rel='next']") == []


def test_a_cell_that_says_what_its_column_is_called_is_not_called_so_once_more_on_a_narrow_screen() -> None:
    table = Table((Column("Area"), Column("PDF"), Column("Year")), (("Niger", Cell("PDF", href="niger.pdf"), "2024"),))
    page = Page("index", "I", (), (table,))
    text = render_page(Publication("en", "T", "", (page,)), page)
    assert parser.fromstring(text).xpath("//td/@data-label") == ["", "Year"]


def test_contents_list_the_pages_below_with_their_own_below_them() -> None:
    pages = (Page("index", "I", (), (Contents("index"),)), Page("a", "A", (), (), "index"), Page("b", "B", (), (), "a"))
    text = render_page(Publication("en", "T", "", pages), pages[0])
    assert re.search(r'href="a.html">A</a><ul>\s*<li><a href="b.html">B', text)


def test_the_same_publication_is_the_same_site_and_what_is_unchanged_is_not_written_again(tmp_path: Path) -> None:
    first = write_site(gallery("zh", ("zh",)), tmp_path)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in first.paths}
    write_site(gallery("zh", ("zh",)), tmp_path)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in first.paths} == before
    assert first.size == sum(len(content) for content, _ in before.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_fonts_of_a_site_have_every_letter_that_it_shows(code: str, site: Path) -> None:
    from fontTools.ttLib import TTFont

    css = (site / "assets" / f"style-{code}.css").read_text("utf-8")
    covered: set[str] = set()
    for name in re.findall(r'url\("([^"]+)"\)', css):
        with TTFont(site / "assets" / name) as font:
            covered |= set(map(chr, font.getBestCmap()))
    shown = {c for page in PAGES for c in parsed(site, code, page).text_content()}
    import unicodedata

    assert {c for c in shown - covered if unicodedata.category(c) not in ("Cc", "Cf", "Zs")} == set()


def test_a_chinese_font_is_cut_to_what_is_used_and_still_opens(site: Path) -> None:
    from fontTools.ttLib import TTFont

    path = site / "assets" / "fonts" / "NotoSansSC-400-zh.woff2"
    with TTFont(path) as font:
        cmap, metrics, glyphs = font.getBestCmap(), font["hmtx"], font["glyf"]
        assert metrics[cmap[ord("移")]][0] == 1000
        assert glyphs[cmap[ord("移")]].numberOfContours > 0
        assert len(cmap) < 700
    assert path.stat().st_size < 120_000


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("code", "width"), [("en", 1100), ("ar", 1100), ("ar", 360), ("zh", 360)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(code: str, width: int, site: Path, page) -> None:
    axe = ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not installed: run `npm ci` in assets/")
    page.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        page.goto((site / code / f"{name}.html").as_uri())
        page.add_script_tag(path=str(axe))
        found = page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
        )
        assert found == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.browser
@pytest.mark.parametrize(
    ("code", "width"),
    [("en", 1100), ("ar", 1100), ("zh", 1100), ("ar", 360), ("zh", 360), ("ru", 360), ("fr", 360), ("es", 360)],
)
def test_the_browser_draws_every_label_within_its_picture_and_in_its_font(
    code: str, width: int, site: Path, page
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("charts", "maps"):
        page.goto((site / code / f"{name}.html").as_uri())
        page.evaluate(DRAWN)
        beyond = page.evaluate(
            """() => [...document.querySelectorAll('svg[role=img]')].filter(s => s.getClientRects().length).flatMap(s => {
                const [, , w, h] = s.getAttribute('viewBox').split(' ').map(Number);
                return [...s.querySelectorAll('text')].filter(t => { const b = t.getBBox();
                    return b.x < -2 || b.x + b.width > w + 2 || b.y < -4 || b.y + b.height > h + 4 }).map(t => t.textContent)})"""
        )
        assert beyond == [], name
        assert page.evaluate("[...document.fonts].filter(f => f.status == 'error').length") == 0
        assert page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length") >= 2


@pytest.mark.browser
def test_the_first_thing_the_keyboard_reaches_is_the_way_to_the_text(site: Path, page) -> None:
    page.goto((site / "en" / "charts.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id == 'text'")


@pytest.mark.browser
def test_in_print_the_wide_pictures_stand_and_the_ways_around_do_not(site: Path, page) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto((site / "en" / "charts.html").as_uri())
    shown = "[...document.querySelectorAll(s)].filter(e => e.getClientRects().length).length"
    assert page.evaluate(f"(s => {shown})('.wide svg')") == 0
    page.emulate_media(media="print")
    assert page.evaluate(f"(s => {shown})('.wide svg')") == 12
    assert page.evaluate(f"(s => {shown})('.turn, .languages, .narrow svg')") == 0


@pytest.mark.browser
def test_the_languages_of_a_page_lead_to_the_same_page(site: Path, page) -> None:
    page.goto((site / "en" / "charts.html").as_uri())
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar/charts.html")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"


def test_a_publication_in_one_language_offers_no_other(tmp_path: Path) -> None:
    publication = gallery("fr", ("fr",))
    text = render_page(publication, publication.pages[0])
    assert 'class="languages"' not in text
    assert "hreflang" not in text
    assert replace(publication, title="x").pages == publication.pages


def test_a_site_built_after_one_of_another_language_has_its_own_words(tmp_path: Path) -> None:
    for number, code in enumerate(("en", "ru", "en")):
        write_site(gallery(code), tmp_path / str(number))
    first, again = ((tmp_path / number / "en/charts.html").read_text("utf-8") for number in ("0", "2"))
    assert "Rows (CSV)" in again
    assert again == first


@pytest.mark.browser
@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_head_of_a_long_table_stays_in_sight(code: str, page, tmp_path: Path) -> None:
    rows = tuple((str(1990 + n), f"{n:,}") for n in range(200))
    table = Table((Column("Year"), Column("People", "number")), rows)
    write_site(Publication(code, "Title", "", (Page("index", "Table", (), (table,)),)), tmp_path)
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto((tmp_path / code / "index.html").as_uri())
    page.evaluate("scrollTo(0, 3000)")
    assert page.locator("tbody tr").first.bounding_box()["y"] < -1000
    assert page.locator("thead th").first.bounding_box()["y"] == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
