"""Decisions: dated, reasoned, reversible; the cluster follows; nothing that was written is lost or changed."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.errors import InputError, InvalidDataError
from opencompact.missing.decisions import (
    append,
    clusters,
    conflicts,
    contradicted,
    history,
    judge,
    read_events,
    standing,
    withdraw,
)

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def same(left: str, right: str, verdict: str = "same", hour: int = 0):
    return judge(left, right, verdict, by="A. Doctor", at=NOON + datetime.timedelta(hours=hour), why="dental chart")


def test_a_withdrawn_judgement_undoes_what_followed_from_it() -> None:
    events = [same("S1", "R1"), same("R1", "S2")]
    assert clusters(standing(events)) == [("R1", "S1", "S2")]
    events.append(withdraw(events[0].id, by="B. Doctor", at=NOON, why="a second sample", events=events))
    assert clusters(standing(events)) == [("R1", "S2")]


def test_it_can_be_made_again_after_it_was_withdrawn() -> None:
    first = same("S1", "R1")
    events = [first, withdraw(first.id, by="B", at=NOON, why="mixed up", events=[first]), same("S1", "R1", hour=2)]
    assert clusters(standing(events)) == [("R1", "S1")]


def test_not_the_same_within_a_group_is_a_conflict_that_is_shown() -> None:
    events = [same("S1", "R1"), same("R1", "S2"), same("S1", "S2", "not-same")]
    (conflict,) = conflicts(standing(events))
    assert conflict.cluster == ("R1", "S1", "S2")


def test_a_decision_needs_a_person_a_reason_and_a_time_with_its_zone() -> None:
    for by, why, at in ((" ", "x", NOON), ("x", "", NOON), ("x", "x", NOON.replace(tzinfo=None))):
        with pytest.raises(InvalidDataError):
            judge("a", "b", "same", by=by, at=at, why=why)
    with pytest.raises(InvalidDataError):
        judge("a", "a", "same", by="x", at=NOON, why="x")


def test_only_what_stands_can_be_withdrawn() -> None:
    with pytest.raises(InvalidDataError):
        withdraw("0" * 16, by="x", at=NOON, why="x", events=[])


def by(person: str, verdict: str, hour: int):
    return judge("P", "Q", verdict, by=person, at=NOON + datetime.timedelta(hours=hour), why="x")


def test_a_contrary_judgement_of_another_sets_nothing_aside_and_both_are_shown_until_one_is_withdrawn() -> None:
    one, other = by("Dr 1", "same", 0), by("Dr 2", "not-same", 1)
    assert contradicted(other, [one]) == [one]
    assert standing([one, other]) == [one, other]
    assert clusters(standing([one, other])) == []
    (conflict,) = conflicts(standing([one, other]))
    assert conflict.cluster == ("P", "Q")
    own = withdraw(one.id, by="Dr 1", at=NOON, why="a slip", events=[one, other])
    assert standing([one, other, own]) == [other]
    assert conflicts(standing([one, other, own])) == []


def test_what_its_author_judged_anew_never_comes_back() -> None:
    first, second = by("Dr 1", "same", 0), by("dr 1", "not-same", 1)
    gone = withdraw(second.id, by="Dr 1", at=NOON, why="a slip", events=[first, second])
    told = history([first, second, gone])
    assert [one.state for one in told] == ["superseded", "withdrawn"]
    assert [one.by for one in told] == [second, gone]
    assert standing([first, second, gone]) == []
    with pytest.raises(InvalidDataError):
        withdraw(first.id, by="Dr 1", at=NOON, why="x", events=[first, second, gone])


def test_the_evidence_follows_its_records_into_their_order() -> None:
    seen = [("age", 0.5, "The ages agree.", "of S", "of R")]
    assert judge("S", "R", "same", by="x", at=NOON, why="x", evidence=seen).evidence[0][3:] == ("of R", "of S")


def test_a_reason_may_hold_any_sign(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    why = "first\u2028second\u0085third\x0b\x1cfourth\rfifth\nsixth"
    made = judge("S", "R", "same", by="x", at=NOON, why=why)
    append(path, made)
    assert read_events(path) == [made]


def test_a_crash_in_the_middle_of_a_line_loses_nothing_that_was_confirmed_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    append(path, same("S1", "R1"))
    with path.open("ab") as stream:
        stream.write(b'{"event": "judgement", "left": "S2"')
    told: list[tuple[int, str]] = []
    assert len(read_events(path, lambda number, text: told.append((number, text)))) == 1
    assert told == [(2, '{"event": "judgement", "left": "S2"')]
    append(path, same("S3", "R3"))
    assert [event.left for event in read_events(path)] == ["R1", "R3"]
    assert '\\"left\\": \\"S2\\"' in path.read_text(encoding="utf-8")


def test_a_file_that_lacks_its_last_end_of_line_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    append(path, same("S1", "R1"))
    path.write_bytes(path.read_bytes().rstrip())
    append(path, same("S3", "R3"))
    assert [event.left for event in read_events(path)] == ["R1", "R3"]


@pytest.mark.parametrize("line", ['{"event": "something"}', '{"event": "judg', "3", '{"event": "judgement"}', "\ufffd"])
def test_a_damaged_line_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "decisions.jsonl"
    append(path, same("S1", "R1"))
    path.write_bytes(path.read_bytes() + f"{line}\n".encode())
    append(path, same("S3", "R3"))
    with pytest.raises(InputError) as error:
        read_events(path)
    assert error.value.place.row == 2


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] != pair[1])), st.randoms())
def test_the_order_of_judgements_does_not_matter(pairs: list[tuple[int, int]], random) -> None:
    events = [same(f"r{a}", f"r{b}") for a, b in pairs]
    shuffled = random.sample(events, len(events))
    assert clusters(standing(events)) == clusters(standing(shuffled))
