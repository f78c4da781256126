"""The commands: files in, scores out, errors with their place."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.names import names
from opencompact.errors import InputError, InvalidDataError
from opencompact.missing.names import compare, score_pairs, search


def run(*arguments: str) -> str:
    result = CliRunner().invoke(names, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pairs.tsv").write_text(
        'name1\tname2\tnote\nمحمد صالح\tMohamed Saleh\tkept "as is"\nAmina\tGirma\t\n', encoding="utf-8"
    )
    (tmp_path / "queries.tsv").write_text("id\tname\nq1\tمحمد صالح\nq2\t黃志強\n", encoding="utf-8")
    (tmp_path / "candidates.tsv").write_text(
        "id\tname\nc1\tWong Chi Keung\nc2\tMohamed Saleh\nc3\tGirma Bekele\n", encoding="utf-8"
    )
    return tmp_path


def test_compare_gives_stable_keys() -> None:
    found = json.loads(run("compare", "محمد صالح", "Mohamed Saleh", "--json"))
    assert {"one", "other", "score", "log_likelihood_ratio", "likelihood_ratio", "parts", "left_out"} <= set(found)
    assert found["score"] == found["log_likelihood_ratio"] > 5
    assert {"one", "other", "relation", "steps", "log_likelihood_ratio", "information"} <= set(found["parts"][0])


def test_compare_shows_the_parts_as_they_are_written() -> None:
    told = run("compare", "Md Rofique", "Mohammed RAFIQUE Ali")
    assert all(word in told for word in ("Md", "Rofique", "RAFIQUE", "Ali"))
    assert "md" not in told


def test_compare_speaks_to_people() -> None:
    assert "محمد" in run("compare", "محمد صالح", "Mohamed Saleh")
    assert "vraisemblable" in run("compare", "محمد صالح", "Mohamed Saleh", "--lang", "fr")


def test_score_keeps_rows_and_columns_and_adds_the_score(folder: Path) -> None:
    out = folder / "scored.tsv"
    assert "pairs: 2" in run("score", str(folder / "pairs.tsv"), "--out", str(out))
    lines = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == ["name1", "name2", "note", "score"]
    assert lines[1][:3] == ["محمد صالح", "Mohamed Saleh", 'kept "as is"']
    assert float(lines[1][3]) > 5 > 0 > float(lines[2][3])


def test_search_ranks_the_best_candidates_of_each_query(folder: Path) -> None:
    out = folder / "ranked.tsv"
    run("search", str(folder / "queries.tsv"), str(folder / "candidates.tsv"), "--top", "2", "--out", str(out))
    lines = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == ["query_id", "candidate_id", "rank", "score"]
    assert [line[:3] for line in lines[1:]] == [
        ["q1", "c2", "1"], ["q1", lines[2][1], "2"], ["q2", "c1", "1"], ["q2", lines[4][1], "2"],
    ]  # fmt: skip
    assert float(lines[1][3]) > float(lines[2][3])


def test_no_command_writes_over_what_it_reads(folder: Path) -> None:
    for arguments in (
        ("score", str(folder / "pairs.tsv"), "--out", str(folder / "." / "pairs.tsv")),
        (
            "search",
            str(folder / "queries.tsv"),
            str(folder / "candidates.tsv"),
            "--out",
            str(folder / "candidates.tsv"),
        ),
    ):
        before = {path: path.read_bytes() for path in folder.iterdir()}
        with pytest.raises(InputError, match="not written over") as refused:
            run_raising(*arguments)
        assert refused.value.remedy
        assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_summary_can_be_json(folder: Path) -> None:
    facts = json.loads(run("score", str(folder / "pairs.tsv"), "--out", str(folder / "x.tsv"), "--json"))
    assert facts["pairs"] == 2


def test_a_column_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(InvalidDataError, match="name2") as caught:
        run_raising("score", str(folder / "queries.tsv"), "--out", str(folder / "x.tsv"))
    assert caught.value.remedy


def test_a_row_of_too_many_cells_is_refused_with_its_place(folder: Path) -> None:
    bad = folder / "bad.tsv"
    bad.write_text("name1\tname2\na\tb\na\tb\tc\n", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        run_raising("score", str(bad), "--out", str(folder / "x.tsv"))
    assert caught.value.place.row == 3


def test_a_file_that_is_absent_or_no_text_is_refused(folder: Path) -> None:
    (folder / "binary.tsv").write_bytes(b"name1\tname2\n\xff\xfe\xfa\tb\n")
    for name in ("absent.tsv", "binary.tsv"):
        with pytest.raises(InputError):
            run_raising("score", str(folder / name), "--out", str(folder / "x.tsv"))


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", InputError, "empty"),
        (b"\n\n", InputError, "empty"),
        (b"id,name\n1,Amina\n", InvalidDataError, "commas"),
        (b"id\tname\tname\n1\tAmina\tx\n", InvalidDataError, "2 times"),
        (b"id\tname\n1\tAmina\n\n1\tYusuf\n", InvalidDataError, "row 2 already"),
        (b"id\tname\n\tAmina\n", InvalidDataError, "identifier is empty"),
    ],
)
def test_a_list_that_cannot_be_searched_is_refused_with_a_remedy(
    folder: Path, content: bytes, error: type[InputError | InvalidDataError], words: str
) -> None:
    (folder / "bad.tsv").write_bytes(content)
    with pytest.raises(error, match=words) as caught:
        run_raising("search", str(folder / "queries.tsv"), str(folder / "bad.tsv"), "--out", str(folder / "x.tsv"))
    assert caught.value.remedy
    assert not (folder / "x.tsv").exists()


def test_a_repeated_identifier_is_refused_where_it_stands(folder: Path) -> None:
    (folder / "bad.tsv").write_text("id\tname\n1\tAmina\n\n1\tYusuf\n", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        run_raising("search", str(folder / "bad.tsv"), str(folder / "candidates.tsv"), "--out", str(folder / "x.tsv"))
    assert (caught.value.place.row, caught.value.place.column) == (4, "id")


def test_quotation_marks_within_a_name_are_kept_and_those_round_a_cell_are_not(folder: Path) -> None:
    (folder / "quoted.tsv").write_text(
        'name1\tname2\n"Amina ""Nour"" Yusuf"\tAmina "Nour" Yusuf\n"Abu" Karim "Zidan"\t"Abu" Karim "Zidan"\n',
        encoding="utf-8",
    )
    run("score", str(folder / "quoted.tsv"), "--out", str(folder / "x.tsv"))
    rows = [line.split("\t") for line in (folder / "x.tsv").read_text(encoding="utf-8").splitlines()]
    assert rows[1][:2] == ['"Amina ""Nour"" Yusuf"', 'Amina "Nour" Yusuf']
    assert float(rows[1][2]) > 9


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = ["Amina Yusuf", "Girma Bekele", "AMINA YUSUF", "Amina Jusuf", "محمد صالح", ""] * 3
    whole = list(search(["Amina Yusuf", "Mohamed Saleh"], candidates, 5))
    heard: list[int] = []
    monkeypatch.setattr("opencompact.missing.names.scores.BLOCK", 4)
    assert list(search(["Amina Yusuf", "Mohamed Saleh"], candidates, 5, advance=heard.append)) == whole
    assert sum(heard) == len(candidates)
    pairs = score_pairs(candidates, candidates[::-1], advance=heard.append)
    monkeypatch.undo()
    assert pairs.tolist() == score_pairs(candidates, candidates[::-1]).tolist()


def run_raising(*arguments: str) -> None:
    result = CliRunner().invoke(names, list(arguments))
    assert result.exception is not None
    raise result.exception


def test_empty_cells_short_rows_and_other_line_ends_are_read(folder: Path) -> None:
    file = folder / "rough.tsv"
    file.write_bytes("\ufeffname1\tname2\r\nAmina Yusuf\r\n\tAmina\r\nAmina\tAmina".encode())
    run("score", str(file), "--out", str(folder / "x.tsv"))
    scores = [float(line.split("\t")[-1]) for line in (folder / "x.tsv").read_text().splitlines()[1:]]
    assert scores[:2] == [0.0, 0.0]
    assert scores[2] > 4


def test_searching_nothing_finds_nothing() -> None:
    assert list(search([], ["Amina"], 3)) == []
    assert list(search(["Amina"], [], 3)) == []


def test_equal_candidates_keep_the_order_of_the_list() -> None:
    found = list(search(["Amina Yusuf"], ["Girma", "Amina Yusuf", "AMINA YUSUF"], 2))
    assert [(row.candidate, row.rank) for row in found] == [(1, 1), (2, 2)]


def test_of_equal_candidates_the_one_that_is_written_most_like_the_query_stands_first() -> None:
    # aa is a and ee is i: all three are read alike; only one has the letters of the query, in whatever case and blanks.
    listed = ["Zirar Zarif", "ZIRAAR-ZAREEF", "Ziraar Zarif"]
    found = list(search(["Ziraar  Zareef"], listed, top=3))
    assert [listed[ranked.candidate] for ranked in found] == ["ZIRAAR-ZAREEF", "Ziraar Zarif", "Zirar Zarif"]
    assert len({ranked.score for ranked in found}) == 1, "the evidence is the same, and so is the score"
    twins = ["AMINA BELKO", "Amina Belko", "amina belko"]
    found = list(search(["Amina Belko"], twins, top=2))
    assert [ranked.candidate for ranked in found] == [1, 2], (
        "the one that is written exactly so, then the one with most of its letters"
    )
    assert len({ranked.score for ranked in found}) == 1


def test_who_is_written_like_the_query_stands_before_a_rarer_spelling_of_the_name() -> None:
    # Aly is not listed as a common name, so it tells more than Ali does: but Ali was asked for, and there is an Ali.
    listed = ["Aly", "Salim", "ALI", "Ali"]
    found = list(search(["Ali"], listed, top=3))
    assert [listed[ranked.candidate] for ranked in found] == ["Ali", "ALI", "Aly"]
    assert found[2].score > found[0].score, "the order says what is asked for, the score what it tells"
    assert [ranked.candidate for ranked in search(["Ali"], listed, top=1)] == [3]
    assert all(
        ranked.score == pytest.approx(compare("Ali", listed[ranked.candidate]).log_likelihood_ratio, abs=1e-3)
        for ranked in found
    )
