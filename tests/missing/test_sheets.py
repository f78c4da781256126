"""A candidate on paper says what the terminal says, in six languages, of those records alone that may be told, whole or not at all."""

import csv
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from opencompact.cli.missing import missing
from opencompact.errors import InputError
from opencompact.language import LANGUAGES, translator
from opencompact.look.blocks import Cell, Column, Heading, Span
from opencompact.look.sheet import ANY, Sheet, typeset
from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.candidates.contest import Contests
from opencompact.missing.candidates.sections import Made, Pair, Source
from opencompact.missing.candidates.sheet import index_sheet, pair_sheet, record_sheet
from opencompact.missing.candidates.whole import LONGEST, MOST, shortened
from opencompact.missing.decisions import judge
from opencompact.missing.records.reading import read_records

TODAY = datetime.date(2026, 11, 28)
FIELDS = (
    "objects", "id", "kind", "synthetic", "name", "sex", "birth_date", "nationality", "last_contact_place", "last_contact_date", "found_place",
    "found_date", "hair", "scars", "tattoos", "teeth", "reporter", "reporter_relation", "consent",
)  # fmt: skip
SOUGHT = [
    {"id": "S1", "name": "ገብረመድህን ብርሃነ", "sex": "M", "birth_date": "1990-05-03", "last_contact_place": "Sabha", "last_contact_date": "2023-05-01",
     "hair": "black", "scars": "scar left hand", "reporter": "Almaz Secret", "reporter_relation": "mother", "teeth": "11 filled, 36 missing"},
    {"id": "S2", "name": "Ousmane Diallo", "sex": "M", "birth_date": "1995"},
]  # fmt: skip
FOUND = [
    {"id": "R1", "kind": "remains", "name": "Berhane Gebremedhin", "sex": "M", "birth_date": "1990", "found_place": "Sabha", "found_date": "2023-05-20",
     "hair": "black", "teeth": "11 filled, 36 missing"},
    {"id": "R2", "kind": "remains", "name": "Birhane Gebremedhin", "sex": "M", "birth_date": "1991"},
    {"id": "R3", "kind": "remains", "name": "Mary Jones", "sex": "F"},
]  # fmt: skip


def write(path: Path, rows: list[dict[str, str]], **all_of: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, FIELDS, restval="")
        table.writeheader()
        table.writerows({"kind": "sought", **all_of, **row} for row in rows)
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    return str(write(tmp_path / "sought.csv", SOUGHT)), str(write(tmp_path / "found.csv", FOUND))


def pairs_of(sought: Path, found: Path, *wanted: tuple[str, str]) -> list[Pair]:
    first, second = (read_records(path, today=TODAY).records for path in (sought, found))
    search = Search(Register(first, TODAY), Register(second, TODAY), setting_of(first, second, TODAY))
    prior = search.prior()
    made = []
    for a, b in wanted:
        places = search.sought.place_of[a], search.found.place_of[b]
        contests = Contests(search, prior, places)
        one = search.candidate(*places, prior)
        made.append(Pair(one, first[places[0]], second[places[1]], contests.of(*places)))
    return made


MADE = Made(
    TODAY,
    "1.2.3",
    (Source("sought.csv", "ab" * 32),),
    recipient="Example Tracing Service",
    rates="own.toml",
    judged=True,
)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(missing, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def rows_of(html: str) -> list[list[str]]:
    """The cells of every row of a page, without marks."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def words_of(page: Path) -> str:
    """An HTML page without the fonts that it carries: their bytes, as letters, may say anything."""
    return re.sub(r'url\("data:[^"]*"\)', "", page.read_text("utf-8"))


def text_of(pdf: bytes) -> list[str]:
    """What can be read on each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_the_sheet_says_what_the_json_says(files: tuple[str, str], tmp_path: Path) -> None:
    told = json.loads(run("explain", *files, "S1", "R1", "--json", "--out", str(tmp_path / "sheet.html")).stdout)
    html = (tmp_path / "sheet.html").read_text("utf-8")
    rows = rows_of(html)
    assert told["lines"]
    for line in told["lines"]:
        said = [
            line["field"],
            line["sought"],
            line["found"],
            line["likelihood_ratio"],
            f"{line['strength']}\n{line['reason']}",
        ]
        assert said in rows
    assert unescape(html).count(told["total"]) == 1
    assert [sentence for sentence in told["names"] if sentence not in unescape(html)] == []
    assert any("“ብርሃነ” and “Berhane”" in sentence for sentence in told["names"])
    rivals = [row for row in rows if row[0] == "S1" and len(row) == 4]
    assert [row[1] for row in rivals] == [one["record"] for one in told["competing"]["for_sought"]] == ["R2"]


def test_who_competes_is_told_with_the_probability_that_it_has_itself(files: tuple[str, str]) -> None:
    mine, other = pairs_of(Path(files[0]), Path(files[1]), ("S1", "R1"), ("S1", "R2"))
    (rival,) = mine.contest.for_sought
    assert rival.record == "R2"
    assert rival.probability == pytest.approx(other.candidate.probability)
    total = sum(entry.log10_likelihood_ratio for entry in other.candidate.ledger.evidence)
    assert rival.log10_likelihood_ratio == pytest.approx(total, abs=1e-3)
    assert [one.record for one in other.contest.for_sought] == ["R1"]


def test_a_person_sought_twice_competes_for_the_record_found(tmp_path: Path) -> None:
    rows = [{"id": "S1", "name": "Amina Osman", "sex": "F"}, {"id": "S2", "name": "Amina Osman", "sex": "F"}]
    sought = write(tmp_path / "s.csv", rows)
    found = write(tmp_path / "f.csv", [{"id": "R1", "kind": "found", "name": "Amina Osman", "sex": "F"}])
    (pair,) = pairs_of(sought, found, ("S1", "R1"))
    assert [one.record for one in pair.contest.for_found] == ["S2"]
    assert pair.contest.for_sought == ()


def own_and_ours(sheet: Sheet) -> Iterator[tuple[bool, str]]:
    """Every text of a sheet: whether a record says it, and the text."""

    def walk(value: Any, own: bool) -> Iterator[tuple[bool, str]]:
        if isinstance(value, str):
            yield own, value
        elif isinstance(value, tuple):
            for one in value:
                yield from walk(one, own)
        elif isinstance(value, Cell | Span):
            yield value.language == ANY, value.text
        elif isinstance(value, Heading | Column):
            yield own, value.text if isinstance(value, Heading) else value.title
        elif hasattr(value, "__dict__"):
            for name, held in vars(value).items():
                if name not in ("kind", "role"):
                    yield from walk(held, own)

    yield from walk(sheet.blocks, False)
    yield from walk((sheet.title, sheet.running), False)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_word_of_ours_is_left_in_english(code: str, files: tuple[str, str]) -> None:
    pairs = pairs_of(Path(files[0]), Path(files[1]), ("S1", "R1"), ("S1", "R2"))
    at = datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC)
    seen = tuple(
        judge("S1", "R1", verdict, by="Dr A.", at=at, why="...") for verdict in ("same", "not-same", "undecided")
    )
    pair = replace(pairs[0], judgements=seen)
    _ = translator(code, "missing")
    for made in (MADE, replace(MADE, recipient=None, judged=False)):
        for build in (
            lambda code, made=made: pair_sheet(pair, made, code),
            lambda code, made=made: pair_sheet(replace(pairs[1], judgements=()), made, code),
            lambda code, made=made: record_sheet(pairs, made, code),
            lambda code, made=made: index_sheet([], ["S9"], None, made, False, code),
        ):
            english, told = list(own_and_ours(build("en"))), list(own_and_ours(build(code)))
            ours = {text for own, text in english if not own and re.search("[a-z]{3}", text)}
            same = {text for own, text in told if not own} & ours
            assert {text for text in same if _(text) != text or text == _("")} == set()
            assert not {text for text in same if " " in text and not text.startswith("sought.csv")}


def test_a_text_of_a_record_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script> Ali "><img src=x>'
    sought = write(tmp_path / "s.csv", [{"id": "S<b>1", "name": hostile, "scars": "</td></table><b>x</b>"}])
    found = write(tmp_path / "f.csv", [{"id": "R1", "kind": "remains", "name": hostile, "scars": "{{ 7*7 }} scar"}])
    run("explain", str(sought), str(found), "S<b>1", "R1", "--out", str(tmp_path / "sheet.html"))
    html = (tmp_path / "sheet.html").read_text("utf-8")
    assert not re.search(r"<(script|img|b)\b", html)
    assert [
        text for text in (hostile, "</td></table><b>x</b>", "{{ 7*7 }}", "S<b>1") if text not in unescape(html)
    ] == []


def test_the_family_is_told_by_how_it_is_related_alone(files: tuple[str, str], tmp_path: Path) -> None:
    run("explain", *files, "S1", "R1", "--out", str(tmp_path / "sheet.html"))
    html = (tmp_path / "sheet.html").read_text("utf-8")
    assert "mother" in html
    assert "Almaz" not in html


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_usual_pair_takes_two_pages_and_says_on_each_what_it_is(code: str, files: tuple[str, str]) -> None:
    (pair,) = pairs_of(Path(files[0]), Path(files[1]), ("S1", "R1"))
    pages = text_of(typeset(pair_sheet(pair, MADE, code)))
    assert len(pages) <= 2
    running = _plain(pair_sheet(pair, MADE, code).running)
    if code not in ("ar", "zh"):  # there the order, and the blanks, of the text layer are the reader's business
        assert [page for page in pages if "S1" not in page or running not in _plain(page)] == []


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_made_up_people_say_so_on_every_page(tmp_path: Path) -> None:
    sought = write(tmp_path / "s.csv", SOUGHT, synthetic="yes")
    found = write(tmp_path / "f.csv", FOUND, synthetic="yes")
    pairs = pairs_of(sought, found, ("S1", "R1"), ("S1", "R2"))
    for sheet in (pair_sheet(pairs[0], MADE, "en"), record_sheet(pairs, MADE, "en")):
        assert all("Synthetic data" in page for page in text_of(typeset(sheet)))


def test_records_with_nothing_in_common_say_so(tmp_path: Path) -> None:
    sought = write(tmp_path / "s.csv", [{"id": "S1", "hair": "black"}])
    found = write(tmp_path / "f.csv", [{"id": "R1", "kind": "remains", "scars": "scar left hand"}])
    (pair,) = pairs_of(sought, found, ("S1", "R1"))
    (page,) = text_of(typeset(pair_sheet(pair, MADE, "en")))
    assert "nothing in common that can be compared" in page
    assert "black hair" in page
    assert "scar left hand" in page


def test_a_long_text_goes_on_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    assert shortened("x" * LONGEST, "en") == "x" * LONGEST
    assert shortened("x" * 10_000, "en").startswith("x" * LONGEST + "… [9,400 more characters")
    objects = " ".join(f"note{number}" for number in range(1000))
    huge = " ".join(f"huge{number}" for number in range(4000))
    sought = write(tmp_path / "s.csv", [{**SOUGHT[0], "objects": objects}])
    found = write(tmp_path / "f.csv", [{**FOUND[0], "objects": huge}, {**FOUND[1], "objects": huge}])
    pairs = pairs_of(sought, found, ("S1", "R1"), ("S1", "R2"))
    for sheet in (pair_sheet(pairs[0], MADE, "en"), record_sheet(pairs, MADE, "en")):
        (whole,) = [
            block for block in sheet.blocks if isinstance(block, Heading) and block.text == "S1: Clothing and objects"
        ]
        assert sheet.blocks[sheet.blocks.index(whole) + 1].spans[0].text == objects
        text = " ".join(" ".join(text_of(typeset(sheet))).split())
        assert [word for word in objects.split() if word not in text] == []
        assert text.count("note999") == 1, "once, however many candidates share it"
        assert f"[{len(huge) - MOST:,} more characters in the record]" in text


def test_a_sheet_without_a_long_text_has_no_end_for_them(files: tuple[str, str]) -> None:
    (pair,) = pairs_of(Path(files[0]), Path(files[1]), ("S1", "R1"))
    titles = [block.text for block in pair_sheet(pair, MADE, "en").blocks if isinstance(block, Heading)]
    assert "The records in their own words" in titles
    assert "Long texts" not in titles


def test_who_did_not_agree_is_on_no_sheet(tmp_path: Path) -> None:
    yes, no = "share: Example Tracing Service yes", "share: Example Tracing Service no"
    sought = write(tmp_path / "s.csv", SOUGHT, consent=yes)
    found = write(tmp_path / "f.csv", [FOUND[0], {**FOUND[1], "consent": no}, FOUND[2]], consent=yes)
    decisions = tmp_path / "d.jsonl"
    judged = ("S1", "R2", "not-same", "--by", "Dr A.", "--why", "teeth", "--evidence", "teeth", "--without-records")
    run("judge", *judged, "--decisions", str(decisions))
    given = (str(sought), str(found), "--recipient", "Example Tracing Service", "--decisions", str(decisions))
    run("candidates", *given, "--sheets", str(tmp_path / "out"), "--form", "html")
    written = {path.name: words_of(path) for path in (tmp_path / "out").glob("*.html")}
    assert {"index.html", "S1.html"} <= set(written)
    assert [name for name, html in written.items() if "R2" in html] == []
    assert "It was made for Example Tracing Service" in written["S1.html"]
    run("candidates", *given[:2], *given[4:], "--sheets", str(tmp_path / "own"), "--form", "html")
    own = words_of(tmp_path / "own" / "S1.html")
    assert "R2" in own
    assert "are not the same person" in own


def test_a_folder_holds_a_sheet_for_who_has_a_likely_candidate_and_an_index(
    files: tuple[str, str], tmp_path: Path
) -> None:
    output = run("candidates", *files, "--sheets", str(tmp_path / "out")).output
    listed = json.loads(run("candidates", *files, "--json").stdout)["pairs"]
    likely = {pair["sought"] for pair in listed if pair["probability"] >= 0.01}
    assert {path.stem for path in (tmp_path / "out").glob("*.pdf")} == {"index", *likely}
    assert "S1" in likely
    assert str(tmp_path / "out") in output.splitlines()[-1]
    index = "\n".join(text_of((tmp_path / "out" / "index.pdf").read_bytes()))
    assert all(record in index for record in ("S1", "S2"))


def test_what_goes_wrong_half_way_leaves_no_sheet(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opencompact.missing.candidates import sheet

    def fail(*given: object) -> Sheet:
        raise MemoryError

    monkeypatch.setattr(sheet, "index_sheet", fail)
    with pytest.raises(MemoryError):
        run("candidates", *files, "--sheets", str(tmp_path / "out"))
    assert {path.name for path in tmp_path.iterdir()} == {"sought.csv", "found.csv"}


def test_nothing_that_is_not_ours_is_written_over(files: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    with pytest.raises(InputError):
        run("candidates", *files, "--sheets", str(tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]
    with pytest.raises(InputError):
        run("explain", *files, "S1", "R1", "--out", files[0])
    with pytest.raises(InputError):
        run("explain", *files, "S1", "R1", "--out", str(tmp_path / "sheet.docx"))
    assert not (tmp_path / "sheet.docx").exists()


def test_where_the_sheet_is_is_said_in_the_language_of_the_sheet(files: tuple[str, str], tmp_path: Path) -> None:
    told = run("explain", *files, "S1", "R1", "--lang", "fr", "--out", str(tmp_path / "sheet.html")).stdout
    assert "La feuille est dans" in told
    assert "The sheet is in" not in told
