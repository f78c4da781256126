"""A sheet that goes into a file: every script is shown or told, nothing in a text is obeyed, the file is whole."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from opencompact.errors import InputError
from opencompact.look.blocks import BulletList, Callout, Cell, Column, Heading, Paragraph, Span, Table
from opencompact.look.lettering import FAMILY, carried, rules
from opencompact.look.letters import breakable, harmless, lacking, legible
from opencompact.look.sheet import ANY, Sheet, as_html, check_suffix, typeset, write_sheet

# A name, or a word, of every script whose font is carried.
SHOWN = {
    "Adlam": "𞤀𞤣𞤢𞤥𞤢", "Arabic": "محمد شہزاد", "Armenian": "Հայկ", "Bengali": "আব্দুল", "Cyrillic": "Әлия", "Devanagari": "मोहम्मद",
    "Ethiopic": "ገብረመድህን", "Georgian": "გიორგი", "Greek": "Γιώργος", "Gujarati": "પટેલ", "Gurmukhi": "ਸਿੰਘ", "Han": "陳偉強", "Hangul": "김민수",
    "Hebrew": "דוד", "Kana": "タナカひろ", "Kannada": "ಗೌಡ", "Khmer": "ចាន់ធីតា", "Lao": "ສົມພອນ", "Latin": "Ɗan ʿAlī ṣọlá Nguyễn", "Malayalam": "നായർ",
    "Myanmar": "မြင့်ကျော်", "N'Ko": "ߒߞߏ", "Sinhala": "නිමල්", "Syriac": "ܡܪܝܡ", "Tamil": "முருகன்", "Telugu": "శ్రీనివాస్", "Thaana": "މުޙައްމަދު",
    "Thai": "สมชาย", "Tifinagh": "ⵎⵓⵃ",
}  # fmt: skip


@pytest.mark.parametrize("script", sorted(SHOWN))
def test_names_of_every_carried_script_are_shown(script: str) -> None:
    assert lacking(SHOWN[script]) == frozenset()
    assert legible(SHOWN[script]) == SHOWN[script]


def test_what_no_font_has_is_told_by_its_name() -> None:
    assert legible("Bat ᠪᠠ 😀 \ue000!") == "Bat [Mongolian ba, a] [grinning face] [U+E000]!"


def text_of(pdf: bytes) -> tuple[int, str]:
    """The number of pages and all that can be read on them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document), "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def a_sheet(*rows: tuple[str, ...], code: str = "en") -> Sheet:
    cells = tuple(tuple(Cell(text, language=ANY) for text in row) for row in rows)
    table = Table((Column("Field"), Column("One"), Column("LR", "number")), cells, note="A note.")
    blocks = (
        Callout("warning", (Span("A lead.", strong=True),)),
        Heading(2, "Fields", "f"),
        table,
        BulletList(((Span("a point"),),)),
        Paragraph((Span("the end"),)),
    )
    return Sheet(code, "A title", blocks, running="Confidential", date="2026-11-28")


def test_a_reader_is_told_that_signs_stand_by_their_names() -> None:
    assert "square brackets" in text_of(typeset(a_sheet(("Name", "ᠪᠠ", "1"))))[1]
    assert "square brackets" not in text_of(typeset(a_sheet(("Name", "Bat", "1"))))[1]


def test_the_same_sheet_is_the_same_bytes() -> None:
    sheet = a_sheet(("Name", "محمد", "1"))
    assert typeset(sheet) == typeset(sheet)


def test_heads_of_a_table_and_the_foot_stand_on_every_page() -> None:
    pages, text = text_of(typeset(a_sheet(*((f"row {n}", "said\nand said", "1") for n in range(120)))))
    assert pages > 2
    assert text.count("Confidential") == pages
    assert text.count("Field") == pages + 1, "the heading above the table, and the head of each page's part of it"


def test_a_text_is_never_obeyed() -> None:
    hostile = '</td><script>alert(1)</script> "onload=x {{ 7*7 }} #panic("x") $x$ \u202eliA\x07'
    sheet = a_sheet(("Name", hostile, "1"))
    html = as_html(sheet)
    assert [sign for sign in ("<script", "\u202e", "\x07") if sign in html] == []
    assert [text for text in ("&lt;/td&gt;&lt;script&gt;", "{{ 7*7 }}") if text not in html] == []
    shown = text_of(typeset(sheet))[1]
    assert [text for text in ('#panic("x")', "$x$") if text not in shown] == []


def test_one_html_file_needs_neither_script_nor_network() -> None:
    html = as_html(a_sheet(("Name", "Ali ብርሃነ", "1")))
    assert "default-src 'none'" in html
    for fetched in ("<script", "<link", "src=", "@import", "http:", "https:"):
        assert fetched not in html
    assert html.count("url(") == html.count('url("data:font/woff2;base64,') == 1


def test_letters_that_a_reader_may_lack_are_in_the_page_and_no_others() -> None:
    assert carried("en", "Ouédraogo, Nuñez, Łukasz — 12 % “so”") == ()
    assert carried("zh", "陳偉強，1990年") == carried("ru", "Ольга") == carried("ar", "محمد") == ()
    (ethiopic,) = carried("en", "Berhane ብርሃነ")
    assert set(ethiopic.range.split(",")) == {f"U+{ord(sign):X}" for sign in "ብርሃነ"}
    assert len(ethiopic.content) < 5_000
    borne = [face.range.split(",") for face in carried("en", "ṣọ\u0301lá") if "U+301" in face.range]
    assert [("U+1ECD" in ranges) for ranges in borne] == [True], (
        "a mark comes from the font of the letter that bears it"
    )
    assert carried("en", "ᠪᠠ") == (), "what no font of ours has is left to the reader's own"


@pytest.mark.browser
def test_every_carried_script_is_drawn_by_the_page_itself(page) -> None:
    text = "".join(SHOWN.values())
    names = [name.replace(" ", "") for name in SHOWN.values()]
    held = "".join(f'<p id="{place}">{name}</p>' for place, name in enumerate(names))
    page.set_content(f'<style>{rules(carried("es", text))} p {{ font-family: "{FAMILY}" }}</style>{held}')
    page.evaluate("document.body.getBoundingClientRect() && document.fonts.ready.then(() => null)")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    strange = {}
    for place, script in enumerate(SHOWN):
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": f"[id='{place}']"})["nodeId"]
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if not all(font["isCustomFont"] for font in fonts):
            strange[script] = [(font["familyName"], font["glyphCount"]) for font in fonts]
    # Of Latin only the letters with rarer marks are carried; whoever reads Spanish has the others.
    assert set(strange) == {"Latin"}


@pytest.mark.parametrize("name", ["Ali", "محمد"])
def test_the_pdf_says_that_it_is_tagged_and_nothing_that_readers_take_amiss(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(typeset(a_sheet(("Name", name, "1"))))
    with pikepdf.open(path) as document:
        assert dict(document.Root.MarkInfo) == {"/Marked": True}
        assert document.check_pdf_syntax() == []
    if shutil.which("pdfinfo"):
        assert subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stderr == ""


def test_a_word_without_a_space_finds_room_and_keeps_its_letters() -> None:
    long = "x" * 400
    assert breakable(long).replace("\u200b", "") == long
    assert max(map(len, breakable(long).split("\u200b"))) <= 10
    bengali = "ক্ষ" * 20  # consonant, virama, consonant: no line may end within
    assert all(piece.startswith("ক") for piece in breakable(bengali).split("\u200b"))
    assert breakable("Abdurrahman ibn Khaldun") == "Abdurrahman ibn Khaldun"


def test_signs_that_turn_a_line_are_taken_out_and_joiners_stay() -> None:
    assert harmless("\u202eAli\u2028\x00\ufeff") == "Ali"
    assert harmless("می\u200cخواهم\n") == "می\u200cخواهم\n"


def test_a_sheet_is_pdf_or_html_and_is_its_owners_alone(tmp_path: Path) -> None:
    sheet = a_sheet(("Name", "Ali", "1"))
    for name in ("a.pdf", "a.html"):
        path = write_sheet(sheet, tmp_path / name)
        assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(InputError):
        write_sheet(sheet, tmp_path / "a.docx")
    with pytest.raises(InputError):
        check_suffix(tmp_path / "a")
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf", "a.html"}
