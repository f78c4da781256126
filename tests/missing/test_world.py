"""The synthetic world: the same for the same seed, labelled, with its truth, and read like any other file."""

from pathlib import Path

from opencompact.missing.records.reading import read_records
from opencompact.missing.world import make_world, write_world


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
