"""A file of actions looked through before it goes anywhere: its faults, what its rows lack, what they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from opencompact import documents
from opencompact.actions.reading import placed, read_actions
from opencompact.actions.references import Known, Named, provision_faults
from opencompact.actions.rows import incomplete
from opencompact.errors import InvalidDataError, Place


@dataclass
class Checked:
    """What was found in a file: rows read, rows without a fault, faults, rows that lack something, columns and names it does not explain.

    `elsewhere` are identifiers that rows name and that are no row of the file: only who has them can tell whether they exist.
    """

    rows: int = 0
    sound: int = 0
    faults: list[InvalidDataError] = field(default_factory=list)
    incomplete: list[InvalidDataError] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def check_file(path: Path, kind: str | None = None, *, texts: Iterable[Path] = ()) -> Checked:
    """Looks a file through to its end; `texts` are United Nations texts, or folders of them, that rows may cite.

    Raises InputError for what is no table of actions.
    """
    found, named, places = Checked(), Named(), _places(texts)
    known = Known(lambda _name: "", lambda symbol: places.get(symbol, ()))
    faulty: set[Place] = set()
    for number, entry in enumerate(read_actions(path, kind, unknown=found.unknown.append), 1):
        found.rows, place, faults = number, entry.place(path.name), entry.faults
        if entry.action is not None:
            faults = tuple(placed(fault, place) for fault in provision_faults(entry.action, known))
            named.take(place, entry.action)
            lack = incomplete(entry.action)
            found.incomplete += [placed(lack, place)] if lack else []
        faulty.update([place] if faults else [])
        found.faults += faults
    for place, fault in named.faults(known.kind_of):
        faulty.add(place)
        found.faults.append(placed(fault, place))
    found.sound, found.elsewhere = found.rows - len(faulty), named.elsewhere()
    return found


def _places(paths: Iterable[Path]) -> dict[str, Collection[str]]:
    """The places of each text, in whatever languages it is given."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            if file.is_file():
                text = documents.read(file)
                found[text.symbol].update(paragraph.place for paragraph in text.paragraphs)
    return dict(found)
