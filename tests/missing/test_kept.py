"""A register that is kept in a file: used as long as it is of the same, made anew otherwise, and never trusted to run anything."""

import datetime
import hashlib
import json
import os
import pickle
import stat
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from opencompact.cli.missing import missing
from opencompact.errors import InputError
from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.candidates.kept import Ready, fingerprint, keep, kept
from opencompact.missing.records.reading import read_records

TODAY = datetime.date(2026, 11, 27)


@pytest.fixture
def ready(world_folder: Path) -> Ready:
    reading = read_records(world_folder / "found.csv")
    register = Register(reading.records, TODAY)
    _ = register.index
    return Ready(reading, register, setting_of((), reading.records, TODAY))


def test_what_is_kept_finds_what_was_found(world_folder: Path, tmp_path: Path, ready: Ready) -> None:
    keep(tmp_path / "index", ready, "abc")
    again = kept(tmp_path / "index", "abc")
    assert again is not None
    sought = Register(read_records(world_folder / "sought.csv").records, TODAY)
    first, second = (Search(sought, one.register, one.setting).best(5) for one in (ready, again))
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_only_its_owner_can_read_it(tmp_path: Path, ready: Ready) -> None:
    keep(tmp_path / "index", ready, "abc")
    assert stat.S_IMODE((tmp_path / "index").stat().st_mode) == 0o600


def test_of_something_else_or_broken_it_is_not_used(tmp_path: Path, ready: Ready) -> None:
    file = tmp_path / "index"
    assert kept(file, "abc") is None
    keep(file, ready, "abc")
    assert kept(file, "abd") is None
    file.write_bytes(file.read_bytes()[:-100])
    assert kept(file, "abc") is None


@given(st.data())
def test_one_changed_byte_anywhere_is_found(tmp_path: Path, ready: Ready, data: st.DataObject) -> None:
    file = tmp_path / "index"
    if not file.exists():
        keep(file, ready, "abc")
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = tmp_path / "damaged"
    damaged.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    assert kept(damaged, "abc") is None


def test_a_person_put_into_it_by_hand_is_never_listed(world_folder: Path, tmp_path: Path) -> None:
    index, found = tmp_path / "index", world_folder / "found.csv"
    first = search(world_folder / "sought.csv", found, index)
    index.write_bytes(index.read_bytes().replace(b"R000001", b"R999999"))
    again = search(world_folder / "sought.csv", found, index)
    assert again["pairs"] == first["pairs"]
    assert b"R999999" not in index.read_bytes()  # it was made anew


@pytest.mark.parametrize(
    "content", [pickle.dumps(3), pickle.dumps((1, 2, 3)), b"", b"\x80\x05\x8e" + b"\xff" * 8, b"(" * 100_000 + b"l."]
)
def test_what_is_whole_but_no_register_is_not_used(content: bytes, tmp_path: Path) -> None:
    """A forger who makes the digest too gets no further than this."""
    file = tmp_path / "index"
    file.write_bytes(b"abc\n" + hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    assert kept(file, "abc") is None


class Hostile:
    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.folder,)


def test_what_somebody_else_put_into_it_is_not_run(tmp_path: Path) -> None:
    file = tmp_path / "index"
    content = pickle.dumps((Hostile(str(tmp_path / "made")), None, None))
    file.write_bytes(b"abc\n" + hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    assert kept(file, "abc") is None
    assert not (tmp_path / "made").exists()


def test_a_fingerprint_follows_the_records_the_day_and_what_was_stated(tmp_path: Path) -> None:
    file = tmp_path / "found.csv"
    file.write_text("id\n1\n")
    before = fingerprint([file, None], "ICRC", today=TODAY)
    assert before == fingerprint([file, None], "ICRC", today=TODAY)
    others = [fingerprint([file, None], None, today=TODAY), fingerprint([file], "ICRC", today=TODAY)]
    others.append(fingerprint([file, None], "ICRC", today=TODAY + datetime.timedelta(1)))
    file.write_text("id\n2\n")
    others.append(fingerprint([file, None], "ICRC", today=TODAY))
    assert before not in others


def search(record: Path, found: Path, index: Path) -> dict[str, object]:
    result = CliRunner().invoke(missing, ["search", str(record), str(found), "--index", str(index), "--json"])
    assert result.exit_code == 0, result.output
    content: dict[str, object] = json.loads(result.stdout)
    return content


def test_a_second_search_takes_what_the_first_has_kept(
    world_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, found = tmp_path / "index", tmp_path / "found.csv"
    found.write_bytes((world_folder / "found.csv").read_bytes())
    first = search(world_folder / "sought.csv", found, index)
    monkeypatch.setattr("opencompact.missing.candidates.kept.keep", lambda *_: pytest.fail("made anew"))
    second = search(world_folder / "sought.csv", found, index)
    assert (second["pairs"], second["files"]) == (first["pairs"], first["files"])
    monkeypatch.undo()
    lines = found.read_text(encoding="utf-8").splitlines()
    found.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    third = search(world_folder / "sought.csv", found, index)
    assert third["files"][1]["rows"] == first["files"][1]["rows"] - 1  # type: ignore[index]


def test_neither_the_records_nor_any_other_file_is_overwritten_by_the_index(world_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "decisions.jsonl"
    other.write_text('{"event": "judgement"}\n', encoding="utf-8")
    sought, found = str(world_folder / "sought.csv"), str(world_folder / "found.csv")
    for file in (found, str(other)):
        told = CliRunner().invoke(missing, ["search", sought, found, "--index", file])
        assert isinstance(told.exception, InputError)
    assert other.read_text(encoding="utf-8") == '{"event": "judgement"}\n'
