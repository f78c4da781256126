"""The DOCX opens, has styles, headings, contents and page numbers, turns round in Arabic, and says what the site says."""

import posixpath
import re
import zipfile
from io import BytesIO
from itertools import product

import docx
import pytest
from lxml import etree

from opencompact.language import LANGUAGES, translator
from opencompact.look.blocks import BulletList, Callout, Cell, Column, Meta, Page, Paragraph, Publication, Span, Table
from opencompact.look.charts import Bar, BarChart
from opencompact.look.docx import assemble
from opencompact.look.drawing import depict
from opencompact.look.gallery import gallery
from opencompact.look.printed import Printed
from opencompact.look.samples import words
from opencompact.look.word.markup import bookmark
from opencompact.look.word.widths import column_widths
from opencompact.look.word.writing import joined

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {code: assemble(gallery(code)) for code in ("en", "ar", "zh")}


def part(file: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return package.read(name).decode("utf-8")


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_the_file_opens_with_headings_tables_and_pictures(code: str, files: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(files[code]))
    chapters = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    w = words(code)
    assert chapters == [w["glance"], w["words"], w["charts"], translator(code, "look")("The values as tables")]
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"][1] == w["maps"]
    assert len(document.tables) == 2 + 18 + 1  # the facts stand beside each other
    assert len(document.inline_shapes) == 18 + 2
    assert document.core_properties.title == w["title"]


def test_every_picture_is_svg_with_a_png_beside_and_a_text(files: dict[str, bytes]) -> None:
    body = part(files["en"], "word/document.xml")
    with zipfile.ZipFile(BytesIO(files["en"])) as package:
        names = package.namelist()
        kinds = package.read("[Content_Types].xml").decode()
        assert package.read("word/media/picture3.png").startswith(b"\x89PNG")
        assert package.read("word/media/picture3.svg").startswith(b"<svg")
    assert len([n for n in names if n.endswith(".svg")]) == len([n for n in names if n.endswith(".png")]) == 20
    assert body.count("<asvg:svgBlip ") == 20
    assert "image/svg+xml" in kinds
    assert all(text for text in re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body))


def test_a_table_has_a_head_that_is_repeated(files: dict[str, bytes]) -> None:
    tree = etree.fromstring(part(files["en"], "word/document.xml").encode())
    tables = [table for table in tree.iter(f"{W}tbl") if table.find(f"{W}tblPr/{W}tblLook") is not None]
    assert len(tables) == 2 + 18
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])


def test_arabic_runs_from_the_right_in_paragraphs_runs_and_tables(files: dict[str, bytes]) -> None:
    tree = etree.fromstring(part(files["ar"], "word/document.xml").encode())
    assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in tree.iter(f"{W}p"))
    assert all(t.find(f"{W}tblPr/{W}bidiVisual") is not None for t in tree.iter(f"{W}tbl"))
    assert tree.find(f".//{W}sectPr/{W}bidi") is not None
    for run in tree.iter(f"{W}r"):
        text = "".join(t.text or "" for t in run.findall(f"{W}t"))
        marked = run.find(f"{W}rPr/{W}rtl") is not None
        if re.search("[\u0600-\u06ff]", text):
            assert marked, text
        elif re.search(r"\d", text):
            assert not marked, text
    english = part(files["en"], "word/document.xml")
    assert "<w:bidi/>" not in english
    assert "bidiVisual" not in english


def test_a_quotation_runs_from_the_side_of_its_own_language() -> None:
    quoted = (
        Paragraph((Span("我们请秘书长", language="zh"),), "quote"),
        Paragraph((Span("نقتبس هنا"),), "quote"),
        Paragraph(
            (Span("A/RES/76/266"), Span(" فقرة")),
        ),
    )
    publication = Publication("ar", "عنوان", "", (Page("index", "صفحة", (), quoted),))
    tree = etree.fromstring(part(assemble(publication), "word/document.xml").encode())
    sides = {
        "".join(t.text or "" for t in p.iter(f"{W}t")): p.find(f"{W}pPr/{W}bidi").get(f"{W}val")
        for p in tree.iter(f"{W}p")
    }
    assert sides["我们请秘书长"] == "0"
    assert sides["نقتبس هنا"] is None
    assert sides["A/RES/76/266 فقرة"] is None


def test_there_are_fields_for_the_contents_and_the_number_of_the_page(files: dict[str, bytes]) -> None:
    body = part(files["zh"], "word/document.xml")
    places = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', body)
    asked = re.findall(r"<w:instrText[^>]*> PAGEREF (\S+) ", body)
    assert len(asked) == len(gallery("zh").pages) + 1  # and the annex
    assert asked[-1] == "b_annex"
    assert not set(asked) - set(places)
    assert "> TOC " not in body  # inside one, no program but Word reckons the numbers
    with zipfile.ZipFile(BytesIO(files["zh"])) as package:
        footers = [package.read(n).decode() for n in package.namelist() if "footer" in n and n.endswith(".xml")]
    assert any(" PAGE " in footer for footer in footers)
    assert all(words("zh")["synthetic"] in footer for footer in footers)


def test_every_link_within_finds_its_place(files: dict[str, bytes]) -> None:
    body = part(files["en"], "word/document.xml")
    places = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', body)
    assert len(places) == len(set(places))
    assert set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', body)) <= set(places)


def test_the_elements_of_a_paragraph_stand_in_the_order_of_the_standard(files: dict[str, bytes]) -> None:
    """ECMA-376 part 1, 17.3.1.26 (pPr), 17.3.2.28 (rPr), 17.4.60 (tblPr): Word refuses other orders."""
    before = ("pStyle", "keepNext", "pageBreakBefore", "pBdr", "shd", "tabs", "autoSpaceDE", "autoSpaceDN", "bidi")
    orders = {
        "pPr": (*before, "spacing", "ind", "jc", "outlineLvl"),
        "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "u", "rtl", "lang"),
        "tblPr": ("bidiVisual", "tblW", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
        "sectPr": ("headerReference", "footerReference", "pgSz", "pgMar", "cols", "titlePg", "bidi", "docGrid"),
    }
    for code, name in product(("ar", "zh"), ("word/document.xml", "word/styles.xml")):
        tree = etree.fromstring(part(files[code], name).encode())
        for kind, order in orders.items():
            for element in tree.iter(f"{W}{kind}"):
                known = [order.index(tag) for child in element if (tag := etree.QName(child).localname) in order]
                assert known == sorted(known), (name, kind, [etree.QName(c).localname for c in element])


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_document_says_what_the_site_says(code: str, files: dict[str, bytes], site) -> None:
    from lxml import html as parser

    tree = etree.fromstring(part(files[code], "word/document.xml").encode())
    text = re.sub(r"[\s\u2060]", "", "".join(t.text or "" for t in tree.iter(f"{W}t")))
    skipped = translator(code, "look")("Rows (CSV)")
    for page in ("index", "words", "charts", "maps"):
        site_page = parser.fromstring((site / code / f"{page}.html").read_text("utf-8"))
        for element in site_page.xpath("//main//p | //main//h2 | //main//td | //main//th | //main//dd"):
            for node in element.xpath(".//text()[not(ancestor::*[contains(@class,'unseen')])]"):
                words_ = re.sub(r"[\s\u2066-\u2069]", "", node)
                assert words_ in text or node.strip() == skipped, node


def test_the_same_publication_is_the_same_file(files: dict[str, bytes]) -> None:
    assert assemble(gallery("ar")) == files["ar"]


def test_fonts_and_languages_are_named_for_each_script(files: dict[str, bytes]) -> None:
    for code in ("en", "ar", "zh"):
        styles = part(files[code], "word/styles.xml")
        assert 'w:cs="IBM Plex Sans Arabic"' in styles
        assert 'w:eastAsia="Noto Sans SC"' in styles
        assert 'w:bidi="ar-SA"' in styles
    assert '<w:lang w:val="zh' not in part(files["zh"], "word/styles.xml"), "a Latin word would be parted anywhere"
    assert set(LANGUAGES) >= {"en", "ar", "zh"}


def test_a_sentence_stays_with_the_chart_or_table_that_it_leads_to() -> None:
    from opencompact.look.blocks import Column, Page, Publication, Table, paragraph, spans

    table = Table((Column("A"), Column("B")), (("one", "a long text of many words that needs its room"),))
    page = Page("index", "A page", spans("Lead."), (paragraph("Alone."), paragraph("It leads on."), table))
    document = docx.Document(BytesIO(assemble(Publication("en", "T", "S", (page,)))))
    styles = {p.text: p.style for p in document.paragraphs}
    assert styles["It leads on."].paragraph_format.keep_with_next
    assert not styles["Alone."].paragraph_format.keep_with_next
    narrow, wide = (int(column.width) for column in document.tables[0].columns)
    assert wide > narrow


def test_no_empty_paragraph_stands_where_it_could_begin_a_page(files: dict[str, bytes]) -> None:
    """Only between two tables, and at the end of the text, Word needs one."""
    for file in files.values():
        *parts, _section = etree.fromstring(part(file, "word/document.xml").encode())[0]
        kinds = [each.tag for each in parts]
        for place, element in enumerate(parts[:-1]):
            if element.tag == f"{W}p" and next(element.iter(f"{W}t", f"{W}drawing"), None) is None:
                assert kinds[place - 1] == kinds[place + 1] == f"{W}tbl"
        assert kinds[-1] == f"{W}p"
        assert f"{W}tbl" in kinds


def test_the_title_of_a_callout_has_a_line_of_its_own() -> None:
    callout = Callout("warning", (Span("Old prices."),), "Take care")
    file = assemble(Publication("ar", "T", "", (Page("index", "P", (), (callout,)),)))
    body = part(file, "word/document.xml")
    assert re.search(r"Take care</w:t><w:br/>.*Old prices", body)


def test_a_picture_ends_a_little_beyond_its_last_letter() -> None:
    picture = depict(BarChart((Bar("الولايات المتحدة", 3.0),)), "ar")
    alone = picture.alone(3)
    width = picture.width
    assert f'viewBox="-3 0 {width + 6:g} ' in alone
    assert f' width="{width + 6:g}"' in alone
    assert picture.alone() == picture.svg


def test_all_of_a_figure_stands_on_one_page(files: dict[str, bytes]) -> None:
    """Every paragraph of it but the last is kept with the next one."""
    document = docx.Document(BytesIO(files["en"]))
    kept = {
        style.name
        for style in document.styles
        if getattr(style, "paragraph_format", None) and style.paragraph_format.keep_with_next
    }
    assert {"Finding", "Measure", "Picture", "Leading Note"} <= kept
    names = [paragraph.style.name for paragraph in document.paragraphs]
    figures = [place for place, name in enumerate(names) if name == "Finding"]
    assert len(figures) == 18
    for place in figures:
        after = names[place : place + 8]
        assert after[:3] == ["Finding", "Measure", "Picture"]
        assert after[3 + after[3:].index("Note") - 1] in ("Picture", "Leading Note")


def table_of(code: str, *rows: tuple[str | Cell, ...]) -> str:
    columns = (Column("Name"), *(Column("People", "number") for _ in rows[0][1:]))
    return part(
        assemble(Publication(code, "T", "", (Page("index", "P", (), (Table(columns, rows),)),))), "word/document.xml"
    )


def test_in_arabic_a_column_of_numbers_ends_at_the_right_and_keeps_the_order_of_its_signs() -> None:
    body = table_of("ar", ("أ", "236,810 (2025)"))
    assert '<w:pStyle w:val="TableText"/><w:bidi w:val="0"/><w:jc w:val="right"/></w:pPr>' in body


def test_chinese_words_in_arabic_are_not_set_from_the_right() -> None:
    body = part(
        assemble(Publication("ar", "T", "", (Page("index", "P", (Span("لغة 中文 هنا"),), ()),))), "word/document.xml"
    )
    assert '<w:r><w:t xml:space="preserve">中文</w:t></w:r>' in body
    assert '<w:rtl/></w:rPr><w:t xml:space="preserve">لغة </w:t>' in body


def test_in_arabic_no_line_parts_a_code_from_its_bracket() -> None:
    said = (Span("تسجيل المواليد (\u206616.9.1\u2069)"), Span(" (2015)"))
    body = part(assemble(Publication("ar", "T", "", (Page("index", "P", said, ()),))), "word/document.xml")
    assert "تسجيل المواليد \u2066(16.9.1)\u2069" in body
    assert " (2015)" in body


def test_the_parts_of_an_imprint_keep_their_order_in_arabic() -> None:
    meta = Meta(publisher="OpenCompact", date="2026-11-27")
    pages = (Page("index", "P", (), ()),)
    assert Printed(Publication("ar", "T", "", pages, meta=meta)).imprint() == "\u2066OpenCompact\u2069 · 27 نوفمبر 2026"
    assert Printed(Publication("en", "T", "", pages, meta=meta)).imprint() == "OpenCompact · 27 November 2026"


def test_no_page_begins_or_ends_with_a_single_row() -> None:
    body = table_of("en", *((f"row {n}", "1") for n in range(9)))
    rows = re.findall(r"<w:tr>.*?</w:tr>", body)
    assert ["<w:keepNext/>" in row for row in rows] == [True, True, True, *[False] * 4, True, True, False]


def test_what_is_missing_is_hatched_and_what_is_suppressed_is_dotted() -> None:
    body = table_of("en", ("A", Cell("none", absence="missing")), ("B", Cell("few", absence="suppressed")))
    assert re.findall(r'<w:shd w:val="(\w+)"', body) == ["thinDiagStripe", "pct25"]


def test_columns_are_as_wide_as_their_words_where_there_is_room() -> None:
    body = table_of("en", ("United Nations Children’s Fund and partners", "1", "22"))
    name, *numbers = map(int, re.findall(r'<w:gridCol w:w="(\d+)"', body))
    assert name > 3 * max(numbers)
    assert name + sum(numbers) < 9184


def test_a_chinese_date_has_room_for_the_blanks_that_a_program_sets_beside_numbers() -> None:
    names, dates = column_widths([["项目", "国" * 60], ["版本", "2024年12月31日"]], [False, False], full=True)
    assert dates >= 8 * 86 + 3 * 166 + 5 * 42 + 170
    assert names + dates == 9184


def test_fonts_have_others_in_their_place(files: dict[str, bytes]) -> None:
    fonts = part(files["zh"], "word/fontTable.xml")
    assert re.search(r'w:name="Noto Sans SC"><w:altName w:val="Microsoft YaHei"/>', fonts)


def test_in_chinese_no_line_parts_a_number_from_what_it_counts() -> None:
    assert (
        joined("2024年有11.3亿美元，约2,138,825人") == "2024\u2060年有11.3\u2060亿\u2060美\u2060元，约2,138,825\u2060人"
    )
    body = part(
        assemble(Publication("zh", "T", "", (Page("index", "P", (Span("在2024年内"),), ()),))), "word/document.xml"
    )
    assert re.search(r'w:eastAsia="en-US"/></w:rPr><w:t[^>]*>2024\u2060年</w:t>', body)


def test_in_chinese_no_blank_is_set_beside_numbers(files: dict[str, bytes]) -> None:
    for code, unspaced in (("zh", True), ("en", False)):
        styles = etree.fromstring(part(files[code], "word/styles.xml").encode())
        found = styles.findall(f"{W}style[@{W}styleId='Normal']/{W}pPr/{W}autoSpaceDN[@{W}val='0']")
        assert bool(found) is unspaced


def test_facts_stand_two_beside_each_other_each_with_its_picture(files: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(files["en"]))
    facts = document.tables[0]
    assert len(facts.columns) == 2
    styles = [paragraph.style.name for paragraph in facts.cell(0, 0).paragraphs]
    assert styles == ["Fact", "Fact Label", "Note"]
    assert "<w:drawing>" in facts.cell(0, 0).paragraphs[0]._element.xml
    right = etree.fromstring(part(files["ar"], "word/document.xml").encode()).find(f".//{W}tbl/{W}tblPr/{W}bidiVisual")
    assert right is not None


def test_a_caution_and_the_first_point_of_a_list_are_kept_with_what_follows() -> None:
    caution = Callout("warning", (Span("Old prices."),))
    table = Table((Column("A"), Column("B")), (("one", "two"),))
    points = BulletList(tuple((Span(f"point {n}"),) for n in range(4)))
    page = Page("index", "P", (), (caution, table, points))
    document = docx.Document(BytesIO(assemble(Publication("en", "T", "", (page,)))))
    kept = {p.text: bool(p.style.paragraph_format.keep_with_next) for p in document.paragraphs}
    assert kept["Old prices."]
    assert [kept[f"point {n}"] for n in range(4)] == [True, False, True, False]


def test_no_identifier_stands_twice_and_every_relation_leads_somewhere(files: dict[str, bytes]) -> None:
    for file in files.values():
        body = part(file, "word/document.xml")
        for kind in (r"<w:bookmarkStart w:id", r"<wp:docPr id", r"w:name"):
            found = re.findall(rf'{kind}="([^"]+)"', body)
            assert found
            assert len(found) == len(set(found)), kind
        with zipfile.ZipFile(BytesIO(file)) as package:
            names = set(package.namelist())
        relations = etree.fromstring(part(file, "word/_rels/document.xml.rels").encode())
        inner = [each.get("Target") for each in relations if each.get("TargetMode") != "External"]
        assert {posixpath.normpath(posixpath.join("/word", target))[1:] for target in inner} <= names
        known = {each.get("Id") for each in relations}
        assert set(re.findall(r'r:(?:id|embed)="([^"]+)"', body)) <= known
        anchors = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', body))
        assert set(re.findall(r'w:anchor="([^"]+)"', body)) <= anchors


def test_the_head_of_a_group_of_a_matrix_stands_over_all_columns_and_on_the_page_of_its_rows(
    files: dict[str, bytes],
) -> None:
    document = docx.Document(BytesIO(files["en"]))
    groups = [row for table in document.tables for row in table.rows if row._tr.tc_lst[0].grid_span > 1]
    assert groups
    for row in groups:
        assert len(row._tr.tc_lst) == 1
        assert row.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_the_head_of_a_column_has_room_for_its_strong_letters() -> None:
    long = "85% of what people earn stays where they live, and the rest is sent home to those who live on it " * 2
    as_head, as_cell = (
        column_widths([column, ["Figures", long]], [False, False], full=False)[0]
        for column in (["Paragraph", "para. 20"], ["", "Paragraph"])
    )
    assert as_head > 1.1 * as_cell


def test_long_names_of_places_that_begin_alike_stay_two() -> None:
    names = {bookmark(f"objective-02--displacement-cross-border-{kind}") for kind in ("new", "old")}
    assert len(names) == 2
    assert all(len(name) == 40 for name in names)
    assert bookmark("table-1") == "b_table_1"
