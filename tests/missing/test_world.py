"""The synthetic world: the same for the same seed, labelled, with its truth, and read like any other file."""

import re
from datetime import date
from pathlib import Path

import pytest

from opencompact.missing.records.reading import read_records
from opencompact.missing.world import make_world, write_world
from opencompact.missing.world.people import ENDS
from opencompact.missing.world.records import Rates


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    assert make_world(3, 60) == make_world(3, 60)
    assert make_world(3, 60) != make_world(4, 60)


def test_every_record_says_that_it_is_synthetic_and_every_row_is_read(tmp_path: Path) -> None:
    world = make_world(7, 300)
    write_world(world, tmp_path)
    for name, rows in (("sought", world.sought), ("found", world.found)):
        reading = read_records(tmp_path / f"{name}.csv")
        assert (reading.rows, len(reading.records), reading.unread) == (len(rows), len(rows), ())
        assert all(record.synthetic for record in reading.records)


def test_the_truth_names_records_that_exist_and_duplicates_are_of_one_file(tmp_path: Path) -> None:
    world = make_world(7, 300)
    sought, found = ({row["id"] for row in rows} for rows in (world.sought, world.found))
    assert world.truth
    assert all(a in sought and b in found for a, b in world.truth)
    assert all(a in sought and b in sought for a, b in world.duplicates)


def test_a_world_errs_as_often_as_the_evidence_takes_for_granted() -> None:
    """Counted in pairs of one person; without errors nothing is told otherwise."""
    for times, wrong_country, wrong_hair in ((0.0, 0.0, 0.0), (1.0, 0.10, 0.10), (2.0, 0.20, 0.20)):
        world = make_world(11, 3000, Rates(errors=times))
        sought, found = ({row["id"]: row for row in rows} for rows in (world.sought, world.found))
        for field, rate in (("nationality", wrong_country), ("hair", wrong_hair)):
            pairs = [(sought[a].get(field), found[b].get(field)) for a, b in world.truth]
            known = [one != other for one, other in pairs if one and other]
            assert len(known) > 300
            assert sum(known) / len(known) == pytest.approx(rate, abs=0.05 if rate else 0)


def test_bones_are_not_found_within_weeks_and_things_are_worn_as_often_as_they_are_listed() -> None:
    world = make_world(12, 3000)
    bones = [row for row in world.found if row["stature_how"] == "bone"]
    others = [row for row in world.found if row["stature_how"] != "bone"]
    ends = {
        row["id"][1:]: row["last_contact_date"] for row in world.sought if len(row.get("last_contact_date", "")) == 10
    }
    days = [
        [
            (date.fromisoformat(row["found_date"]) - date.fromisoformat(ends[row["id"][1:]])).days
            for row in rows
            if row["id"][1:] in ends
        ]
        for rows in (bones, others)
    ]
    assert sorted(days[0])[len(days[0]) // 20] >= 60  # but for days that are told wrongly
    assert sorted(days[1])[len(days[1]) // 2] < 40
    words = " ".join(row.get("objects", "") for row in world.found)
    assert words.count("black") > 2 * words.count("yellow")


def test_nothing_in_a_world_is_still_to_come(tmp_path: Path) -> None:
    """Of six hundred people some are found years later: none after the last day of the world."""
    write_world(make_world(1, 600), tmp_path)
    days = re.findall(r"\b20\d\d-\d\d-\d\d\b", "".join(file.read_text("utf-8") for file in tmp_path.glob("*.csv")))
    assert len(days) > 1000
    assert max(days) <= ENDS.isoformat()
