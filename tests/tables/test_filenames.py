"""Names of files made of what people wrote."""

import pytest

from opencompact.tables.filenames import FileNames


def test_no_two_records_share_a_file_and_none_leaves_the_folder() -> None:
    names = FileNames("pdf", "index")
    ids = ("camp:1", "camp/1", "../../etc", "Index", "S1", "s1", "ገብረ", "…", "x" * 300, "e\u0301", "\u00e9")
    given = [names.of(record) for record in ids]
    assert given[:6] == ["camp-1.pdf", "camp-1-2.pdf", "etc.pdf", "Index-2.pdf", "S1.pdf", "s1-2.pdf"]
    assert given[6:8] == ["ገብረ.pdf", "record.pdf"]
    assert given[9:] == ["é.pdf", "é-2.pdf"], "one letter, typed in two ways, is one name on some systems"
    assert len({name.casefold() for name in given}) == len(ids)
    assert max(len(name.encode()) for name in given) < 255


@pytest.mark.parametrize("device", ["CON", "con", "PRN", "Aux", "NUL", "COM1", "lpt9", "COM²", "CON.old", "nul."])
def test_no_file_bears_the_name_of_a_device(device: str) -> None:
    assert FileNames("html").of(device) == f"record-{device.rstrip('.')}.html"


@pytest.mark.parametrize("word", ["CONSTANTINE", "COM10", "AUX-1", "console.1", "NULL"])
def test_a_name_that_only_begins_like_a_device_stays(word: str) -> None:
    assert FileNames("html").of(word) == f"{word}.html"
