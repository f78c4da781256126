"""The PDF is tagged, says what the site says, can be searched in Arabic and Chinese, and is the same for the same input."""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from opencompact.errors import OutputError
from opencompact.language import LANGUAGES, translator
from opencompact.look.blocks import Callout, Figure, Heading, Page, Paragraph, Publication, Span, paragraph, spans
from opencompact.look.charts import Bar, BarChart
from opencompact.look.gallery import gallery
from opencompact.look.outline import leads_on, outline
from opencompact.look.pdf import typeset, write_pdf
from opencompact.look.samples import words
from opencompact.look.textlayer import mend_map, read_map

# What stands in the text of the gallery; the descriptions of pictures are read aloud but are not on the page.
UNSEEN = {"alt", "points"}


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    return {code: typeset(gallery(code)) for code in LANGUAGES}


def plain(text: str) -> str:
    """Text as a search compares it: no marks of direction, one form for each letter, no line ends."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", " ", re.sub(r"[\u200e\u200f\u202a-\u202e\u2060-\u2069\ufffe\xad]", "", text))


def pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return plain("\n".join(page.get_textpage().get_text_range() for page in document))


def poppler(pdf: bytes, folder: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler's pdftotext is not on PATH")
    path = folder / "text.pdf"
    path.write_bytes(pdf)
    return plain(subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout)


def found(code: str, text: str, letters: str) -> tuple[int, int, list[str]]:
    """How many of the gallery's words, made of those letters, are in a text; and which are not."""
    wanted = {w for name, line in words(code).items() if name not in UNSEEN for w in re.findall(letters, plain(line))}
    missing = sorted(w for w in wanted if w not in text)
    return len(wanted) - len(missing), len(wanted), missing


@pytest.mark.parametrize("code", ["en", "es", "fr", "ru"])
def test_every_word_can_be_found_again(code: str, pdfs: dict[str, bytes]) -> None:
    assert found(code, pdfium(pdfs[code]), r"[^\W\d_]{2,}")[2] == []


def test_every_chinese_run_of_two_can_be_found_again(pdfs: dict[str, bytes]) -> None:
    text = pdfium(pdfs["zh"]).replace(" ", "")
    pairs = {line[i : i + 2] for name, line in words("zh").items() if name not in UNSEEN for i in range(len(line) - 1)}
    assert {pair for pair in pairs if re.fullmatch(r"[\u4e00-\u9fff]{2}", pair) and pair not in text} == set()


ARABIC = r"[\u0621-\u0652]{2,}"


def test_every_arabic_word_can_be_found_again_by_pdfium(pdfs: dict[str, bytes]) -> None:
    assert found("ar", pdfium(pdfs["ar"]), ARABIC)[2] == []


def test_every_arabic_word_can_be_found_again_by_poppler(pdfs: dict[str, bytes], tmp_path: Path) -> None:
    assert found("ar", poppler(pdfs["ar"], tmp_path), ARABIC)[2] == []


# Words with a vowel sign at their head, midst and end, on a ligature, and with two; kaf after alef; letters as often as not.
HARD = [
    "يُنشر",
    "وُجدت",
    "لمّ",
    "أُخذت",
    "تُعرّف",
    "أساسًا",
    "عامًا",
    "المهرَّبين",
    "يؤرَّخ",
    "بُ",
    "بب",
    "صفًا",
    "لاً",
    "مدّعٍ",
    "أكبر",
    "وأكثر",
    "أكتوبر",
    "الكاريبي",
    "بسبب",
    "الأجانب",
    "الوثائق",
    "المناطق",
    "لكنه",
    "تسببه",
    "يُحمَّل",
    "ولمّ",
    "لا",
    "لأن",
    "في",
    "ين",
    "فُقدوا",
    "كُتب",
    "كتب",
    "نُشر",
    "نشر",
    "قُطع",
    "قطع",
]


def hard_words() -> Publication:
    """Each of the hard words after and before each of a few others."""
    lines = [" ".join(HARD[start:] + HARD[:start]) for start in range(0, len(HARD), 3)]
    return Publication("ar", "عنوان", "", (Page("index", "صفحة", (), tuple(map(paragraph, lines))),))


@pytest.fixture(scope="module")
def hard() -> bytes:
    return typeset(hard_words())


def test_words_with_vowel_signs_are_found_wherever_they_stand_by_pdfium(hard: bytes) -> None:
    said = pdfium(hard).split()
    assert {word: said.count(word) for word in HARD} == dict.fromkeys(HARD, len(range(0, len(HARD), 3)))


def test_words_with_vowel_signs_are_found_wherever_they_stand_by_poppler(hard: bytes, tmp_path: Path) -> None:
    said = poppler(hard, tmp_path).split()
    assert {word: said.count(word) for word in HARD} == dict.fromkeys(HARD, len(range(0, len(HARD), 3)))


def test_without_mending_arabic_ligatures_come_out_reversed(
    monkeypatch: pytest.MonkeyPatch, pdfs: dict[str, bytes]
) -> None:
    monkeypatch.setattr("opencompact.look.typesetting.mend_arabic", lambda pdf: pdf)
    raw = found("ar", pdfium(typeset(gallery("ar"))), ARABIC)
    assert raw[0] < found("ar", pdfium(pdfs["ar"]), ARABIC)[0] - 10
    assert {"الأطفال", "خلال"} <= set(raw[2])


def test_mending_changes_the_text_and_not_the_picture(monkeypatch: pytest.MonkeyPatch, hard: bytes) -> None:
    monkeypatch.setattr("opencompact.look.typesetting.mend_arabic", lambda pdf: pdf)
    raw = typeset(hard_words())
    assert poured(hard) == pytest.approx(poured(raw), rel=0.01)


def poured(pdf: bytes) -> int:
    """How much ink is on the pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(255 - grey for page in document for grey in bytes(page.render(scale=1, grayscale=True).buffer))


def test_glyphs_mean_their_letters_in_the_order_of_the_line_and_others_are_left() -> None:
    cmap = (
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n4 beginbfchar\n"
        b"<0005> <06440627>\n<0006> <0628064F>\n<0007> <00660069>\n<0008> <064F>\nendbfchar\n"
    )
    mended = mend_map(cmap, {9: "بُ"})
    assert read_map(mended) == {5: "ال", 6: "ب", 7: "fi", 8: "ُ", 9: "ُب"}
    assert b"<0000> <FFFF>" in mended


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pdf_is_tagged_and_names_its_language_and_title(code: str, pdfs: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdfs[code])) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert str(root.Lang).startswith(code)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == words(code)["title"]
        fonts = [
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontDescriptor" in item
        ]
        assert all(any(key.startswith("/FontFile") for key in font.FontDescriptor.keys()) for font in fonts)  # noqa: SIM118


def test_every_picture_has_its_text(pdfs: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdfs["fr"])) as document:
        texts = [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure" and "/Alt" in item
        ]
    assert texts.count(words("fr")["alt"]) == 18


def test_the_contents_name_the_pages_and_the_pages_are_numbered(pdfs: dict[str, bytes]) -> None:
    with pypdfium2.PdfDocument(pdfs["en"]) as document:
        count = len(document)
        pages = [plain(page.get_textpage().get_text_range()) for page in document]
    contents = pages[1]
    for name in ("glance", "words", "charts", "maps"):
        assert words("en")[name] in contents
    number = int(re.search(rf"{words('en')['maps']} ?[ .]*(\d+)", contents)[1])
    assert words("en")["maps"] in pages[number - 1]
    assert f"{number} / {count}" in pages[number - 1]
    assert all(words("en")["synthetic"] in page for page in pages)


def test_the_pdf_says_what_the_site_says(pdfs: dict[str, bytes], site: Path) -> None:
    from lxml import html as parser

    text = pdfium(pdfs["es"]).replace(" ", "")
    for page in ("index", "words", "charts", "maps"):
        tree = parser.fromstring((site / "es" / f"{page}.html").read_text("utf-8"))
        for element in tree.xpath("//main//p | //main//h2 | //main//td | //main//th | //main//li[not(*)]"):
            for node in element.xpath(".//text()[not(ancestor::*[contains(@class,'unseen')])]"):
                if node.strip() not in ("", translator("es", "look")("Rows (CSV)")):
                    assert plain(node).replace(" ", "") in text


def test_the_same_publication_is_the_same_file(pdfs: dict[str, bytes]) -> None:
    assert typeset(gallery("ar")) == pdfs["ar"]
    assert typeset(gallery("zh")) == pdfs["zh"]


def test_a_picture_without_a_text_is_refused(tmp_path: Path) -> None:
    figure = Figure("Finding", "measure", BarChart((Bar("a", 1.0),)), None, "")
    publication = replace(gallery("en"), pages=(Page("index", "T", (), (figure,)),))
    with pytest.raises(OutputError, match="cannot be set"):
        write_pdf(publication, tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_quotation_runs_from_the_side_of_its_own_language() -> None:
    quoted = Page("index", "صفحة", (), (Paragraph((Span("我们", language="zh"),), "quote"),))
    with pypdfium2.PdfDocument(typeset(Publication("ar", "عنوان", "", (quoted,)))) as document:
        places = [
            (textpage.get_charbox(found[0])[0], page.get_width())
            for page in document
            if (found := (textpage := page.get_textpage()).search("我").get_next())
        ]
    assert places
    assert all(left < width / 2 for left, width in places)


def test_a_caution_stays_with_the_figure_it_is_about() -> None:
    caution = Callout("warning", spans("Old prices"))
    figure = Figure("Title", "", BarChart(()), None, "")
    assert leads_on((caution, figure), 0)
    assert not leads_on((caution, paragraph("Another matter")), 0)
    assert not leads_on((caution,), 0)


def test_signs_of_the_typesetters_language_are_only_words() -> None:
    text = "#let x = 1 $a$ *b* _c_ <d> @e \\ // [f]"
    page = Page("index", text, spans(text), (paragraph(text, Span(text, strong=True)),))
    pdf = typeset(replace(gallery("en"), title=text, pages=(page,)))
    assert pdfium(pdf).count("#let x = 1 $a$ *b* _c_ <d> @e \\ // [f]") >= 3


def test_a_link_to_a_page_that_is_not_there_stops_the_setting_with_a_reason() -> None:
    page = Page("index", "T", (), (paragraph(Span("gone", href="page:nowhere")),))
    with pytest.raises(OutputError, match="nowhere"):
        typeset(replace(gallery("en"), pages=(page,)))


def test_a_note_under_a_heading_does_not_close_a_page_with_it() -> None:
    heading, note = Heading(2, "What is recommended", "what"), paragraph("In a few words.", role="note")
    below = Heading(3, "Preventing deaths", "preventing")
    assert leads_on((heading, note, below), 1)
    assert leads_on((heading, note, paragraph("A text")), 1)
    assert not leads_on((paragraph("A text"), note, below), 1)
    assert not leads_on((heading, paragraph("A text"), paragraph("Another")), 1)


def test_a_page_below_another_goes_on_where_that_one_ends() -> None:
    above = Page("above", "Round table", spans("Lead"), ())
    under = Page("under", "Objective", spans("More"), (), parent="above")
    other = Page("other", "Deaths", spans("Last"), ())
    with pypdfium2.PdfDocument(typeset(Publication("en", "T", "", (above, under, other)))) as document:
        pages = [plain(page.get_textpage().get_text_range()) for page in document]
    assert [page for page in pages if "Lead" in page] == [page for page in pages if "More" in page]
    assert not any("More" in page and "Last" in page for page in pages)


def test_on_paper_words_that_lead_to_a_file_say_which_and_values_do_not() -> None:
    known = outline(Publication("en", "T", "", (Page("index", "P", (), ()),)))
    assert (
        known.printed("the published values", "file:data/values.csv", None) == "the published values (data/values.csv)"
    )
    assert (
        known.printed("the published values", "file:data/values.csv", "https://example.org") == "the published values"
    )
    assert known.printed("1,234", "file:data/values.csv", None) == "1,234"
    assert known.printed("yes", "file:data/values.csv#row=4", None) == "yes"
    assert known.printed("Contents", "page:index", None) == "Contents"


def test_in_chinese_no_line_parts_a_number_from_its_word_of_size_and_its_unit() -> None:
    sentences = tuple(paragraph("数" * n + "11.3亿美元") for n in range(30, 45))
    text = "".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(typeset(Publication("zh", "题", "", (Page("index", "页", (), sentences),))))
    )
    assert len(re.findall("11\\.3 ?亿 ?美 ?元", text)) == 15
    assert "\u2060" not in text


def test_in_chinese_no_blank_stands_at_one_side_of_a_number() -> None:
    page = Page("index", "页", (), (paragraph("自2014年以来至少有2,420人"),))
    assert "自2014年以来至少有2,420人" in pdfium(typeset(Publication("zh", "题", "", (page,))))


def test_a_figure_that_stands_twice_has_one_table_in_print() -> None:
    from opencompact.look.blocks import Column, Table

    def figure(title: str) -> Figure:
        table = Table((Column("Year"), Column("Value", "number")), (("2020", "1"),))
        return Figure(title, "per cent", BarChart((Bar("a", 1.0),)), table, "")

    first, again, other = figure("One"), figure("One"), figure("Another")
    told = outline(Publication("en", "T", "", (Page("index", "P", (), (first, again, other)),)))
    assert [entry.figure.title for entry in told.annex] == ["One", "Another"]
    assert [told.numbers[id(each)] for each in (first, again, other)] == [1, 1, 2]
