"""Decisions: dated, reasoned, reversible; the cluster follows; nothing that was written is lost or changed."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.errors import InputError, InvalidDataError
from opencompact.missing.decisions import append, clusters, conflicts, judge, read_events, standing, withdraw

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


def test_a_crash_in_the_middle_of_a_line_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    append(path, same("S1", "R1"))
    with path.open("ab") as stream:
        stream.write(b'{"event": "judgement", "left": "S2"')
    append(path, same("S3", "R3"))
    assert [event.left for event in read_events(path)] == ["R1", "R3"]


def test_a_line_that_is_no_decision_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text('{"event": "something"}\n')
    with pytest.raises(InputError) as error:
        read_events(path)
    assert error.value.place.row == 1


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] != pair[1])), st.randoms())
def test_the_order_of_judgements_does_not_matter(pairs: list[tuple[int, int]], random) -> None:
    events = [same(f"r{a}", f"r{b}") for a, b in pairs]
    shuffled = random.sample(events, len(events))
    assert clusters(standing(events)) == clusters(standing(shuffled))
