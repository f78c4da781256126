"""Names as nobody should write them: marks of direction, joiners, look-alikes, pictures, lone marks, broken files."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opencompact.cli.names import names
from opencompact.errors import OpenCompactError
from opencompact.missing.names import blocking_keys, compare, explain, score
from opencompact.missing.names.model import DEFAULT
from opencompact.missing.names.normalise import clean, fold

WORDS = [
    "Amina",
    "Yusuf",
    "Diallo",
    "محمد",
    "صالح",
    "ፀጋይ",
    "জাহাঙ্গীর",
    "Ольга",
    "王小明",
    "민준",
    "שרה",
    "カルロス",
    "さくら",
]
DIRECTION = ["\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2069"]  # fmt: skip
JOINERS = ["\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\ufe0f"]
PRESENTED = ["ﻣﺤﻤﺪ", "ﷲ", "ﷺ", "ﬁ", "Ａｍｉｎａ", "𝐀𝐦𝐢𝐧𝐚", "ｶﾙﾛｽ", "㍿", "℡", "Ⅳ", "①"]
IMITATIONS = ["Аmina", "ᎪMINᎪ", "ꓮMINꓮ", "Yυsυf", "Оlga", "Ольgа", "D1all0"]
PICTURES = ["😀", "👩\u200d👧", "🏳️\u200d🌈", "🇹🇩", "👍🏽", "\U000e0041", "☺"]
LONE = ["\u0301", "\u064e", "\u0bcd", "\u3099", "\u093f", "\u20dd", "\u1161", "ー", "ッ", "ʼ", "ـ"]
BROKEN = ["\ud800", "\udfff", "\x00", "\x1b[31m", "\u2028", "\x85", "\ue000", "\U0010ffff"]
SIGNS = [*DIRECTION, *JOINERS, *PRESENTED, *IMITATIONS, *PICTURES, *LONE, *BROKEN, " ", "-", "/", ",", "(", "'"]

hostile = st.lists(st.sampled_from([*WORDS, " ", *SIGNS]), max_size=10).map("".join)
written = hostile.map(lambda text: text.encode("utf-8", "ignore").decode().replace("\x00", ""))
"""What a file of text can hold: no half of a character, and no null."""

few = settings(max_examples=settings.default.max_examples // 2)


@few
@given(hostile, hostile)
@example("", "")
@example("\u0301", "\ud800")
@example("ー", "ッ")
def test_any_two_are_compared_alike_from_either_side_and_explained(one: str, other: str) -> None:
    found = compare(one, other)
    assert np.isfinite(found.log_likelihood_ratio)
    # A part that stands twice is a tie: it may count as crossed one way round.
    assert score(one, other) == pytest.approx(score(other, one), abs=3 * DEFAULT.order + 1e-3)
    assert score(one, other) == pytest.approx(found.log_likelihood_ratio, abs=1e-3)
    assert all(sentence.strip() for sentence in explain(found))
    assert json.loads(json.dumps(found.as_dict()))["one"] == one
    assert len(blocking_keys(one)) <= 64


@few
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_characters_at_all_are_compared(text: str) -> None:
    for other in (text, "Amina Yusuf", ""):
        assert np.isfinite(score(text, other))
        assert explain(compare(text, other))


@settings(max_examples=settings.default.max_examples // 8)
@given(hostile.filter(bool), hostile.filter(bool))
@example("َ", "a b ")
def test_ten_thousand_characters_cost_no_more_than_can_be_read(one: str, other: str) -> None:
    huge, long = ((text * 10_000)[:10_000] for text in (one, other))
    assert np.isfinite(score(huge, long))
    assert score(huge, long) == pytest.approx(score(long, huge), abs=3 * DEFAULT.order + 1e-3)
    assert len(compare(huge, long).parts) <= 14
    assert len(blocking_keys(huge)) <= 64


LIKE = {
    "A": "АΑᎪꓮＡ𝐀",
    "E": "ЕΕᎬꓰＥ",
    "M": "МΜᎷꓟ",
    "S": "ЅᏚꓢ",
    "H": "НΗᎻꓧ",
    "K": "КΚᏦꓗ",
    "T": "ТΤᎢꓔ",
    "B": "ВΒᏴꓐ",
    "P": "РΡᏢꓑ",
}


@few
@given(st.sampled_from(["AMINATA", "HASSANE", "BEKELE", "TESFAMARIAM", "SAMPATH"]), st.data())
def test_a_letter_that_looks_like_another_is_read_as_what_it_imitates(name: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, letter in enumerate(name) if letter in LIKE]))
    imitated = name[:place] + data.draw(st.sampled_from(LIKE[name[place]])) + name[place + 1 :]
    assert score(imitated, name) == pytest.approx(score(name, name), abs=1e-3)


def _run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(names, [*arguments, "--out", str(folder / "out.tsv")], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return _exactly(folder / "out.tsv")


def _exactly(path: Path) -> str:
    """The text of a file, no end of line made another."""
    return path.read_bytes().decode()


def _table(path: Path, heading: str, cells: list[tuple[str, str]]) -> str:
    path.write_bytes("\n".join([heading, *("\t".join(row) for row in cells)]).encode() + b"\n")
    return str(path)


@settings(max_examples=settings.default.max_examples // 4)
@given(st.lists(st.tuples(written, written), min_size=1, max_size=6))
def test_every_pair_of_a_file_has_its_score_and_stays_as_it_stands(pairs: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = _run(folder, "score", _table(folder / "pairs.tsv", "name1\tname2", pairs)).removesuffix("\n").split("\n")
    scored = [row.split("\t") for row in rows[1:]]
    assert [(one, other) for one, other, _score in scored] == pairs
    assert [float(row[2]) for row in scored] == pytest.approx([score(*pair) for pair in pairs], abs=1e-3)


@settings(max_examples=settings.default.max_examples // 4)
@given(st.lists(written, min_size=1, max_size=5), st.lists(written, min_size=1, max_size=5))
@example(["ﷲAminaﷲ"], ["", "ﷲ'Aminaﷲ"])
def test_every_query_of_a_file_has_all_its_candidates_in_order(queries: list[str], candidates: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sides = [
            _table(folder / f"{side}.tsv", "id\tname", [(f"{side}{row}", name) for row, name in enumerate(side_names)])
            for side, side_names in (("q", queries), ("c", candidates))
        ]
        found = _run(folder, "search", *sides, "--top", "9").removesuffix("\n").split("\n")
    rows = [row.split("\t") for row in found[1:]]
    assert [(row[0], row[2]) for row in rows] == [
        (f"q{query}", str(rank)) for query in range(len(queries)) for rank in range(1, len(candidates) + 1)
    ]
    for query in range(len(queries)):
        own = [row for row in rows if row[0] == f"q{query}"]
        assert {row[1] for row in own} == {f"c{row}" for row in range(len(candidates))}
        # Who is written with the query's own letters stands before all others, whatever the scores.
        standing = [
            (_letters(candidates[int(row[1][1:])]) == (_letters(queries[query]) or None), float(row[3])) for row in own
        ]
        assert np.isfinite([score for _, score in standing]).all()
        assert standing == sorted(standing, reverse=True)


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, fold(clean(name)))) if clean(name) else ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", ["\ud800", "\ude00\ud83d", "\x00"])
def test_a_file_with_half_a_character_or_a_null_is_refused_in_words(tmp_path: Path, encoding: str, sign: str) -> None:
    mark = {"utf-8": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    file = tmp_path / "pairs.tsv"
    file.write_bytes(mark + f"name1\tname2\nAmina\tA{sign}mina\n".encode(encoding, "surrogatepass"))
    with pytest.raises(OpenCompactError) as refused:
        CliRunner().invoke(
            names,
            ["score", str(file), "--out", str(tmp_path / "out.tsv")],
            catch_exceptions=False,
            standalone_mode=False,
        )
    assert refused.value.remedy
    assert not (tmp_path / "out.tsv").exists()
