"""Reading a catalogue file: TOML as people write it, or one row an indicator as CSV or XLSX.

The format is described in docs/reference/catalogue-format.md. Every fault is found, with its row and column: in TOML the
row is the line on which the entry begins and the column is its key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from opencompact.compact.indicators import DIMENSIONS, TIERS, Indicator, Question, Target, Word
from opencompact.compact.names import Citation, cited
from opencompact.errors import InputError, InvalidDataError
from opencompact.language import LANGUAGES, counted, said

#: Columns of a table, in the order of the template. A list is written with ";" between its parts.
COLUMNS = (
    "id", "official_code", "objectives", "tier", "official", *(f"name_{code}" for code in LANGUAGES),
    "unit", "direction", "target_comparison", "target_value", "target_year", "target_citation",
    "disaggregations", "sources", "computation", "questions", "citations",
)  # fmt: skip
_KEYS = {
    "id", "official_code", "same_as", "objectives", "tier", "official", "name", "official_names", "short", "unit",
    "direction", "targets", "disaggregations", "sources", "computation", "questions", "citations",
}  # fmt: skip
_LISTS = ("objectives", "disaggregations", "sources", "questions", "citations")
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_VOCABULARY = Path(__file__).parent / "definitions" / "vocabulary.toml"


@dataclass(frozen=True)
class CatalogueFile:
    """What a catalogue file holds; `rows` are the rows on which its indicators begin."""

    path: Path
    indicators: tuple[Indicator, ...]
    units: tuple[Word, ...] = ()
    computations: tuple[Word, ...] = ()
    questions: tuple[Question, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Record:
    """One entry as it stands in the file: its row (1 = the first line) and its values by key."""

    row: int
    values: Mapping[str, Any]


@dataclass
class _Faults:
    """The faults of a file, with what is needed to say where each is."""

    path: Path
    found: list[InvalidDataError] = field(default_factory=list)

    def add(self, record: Record, column: str, value: object, rule: str, problem: str, remedy: str) -> None:
        self.found.append(
            InvalidDataError(
                problem, file=self.path, row=record.row, column=column, value=value, rule=rule, remedy=remedy
            )
        )


class CatalogueFaults(InvalidDataError):
    """A catalogue file with faults: the message is the first one, `faults` are all of them."""

    def __init__(self, faults: Iterable[InvalidDataError]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        more = len(self.faults) - 1
        others = counted("({n} more fault in this file.)", "({n} more faults in this file.)", more)
        remedy = said("{remedy} {others}", remedy=first.remedy, others=others) if more else first.remedy
        super().__init__(
            first.problem,
            file=first.place.file,
            row=first.place.row,
            column=first.place.column,
            value=first.value,
            rule=first.rule,
            remedy=remedy,
        )


def read_catalogue(path: Path, *, shipped: bool = False) -> CatalogueFile:
    """Reads and checks a catalogue file.

    Raises InputError where it cannot be read and CatalogueFaults (an InvalidDataError with the first fault, and all of
    them in `.faults`) where what it says cannot be right.
    """
    document = _toml(path) if path.suffix.lower() == ".toml" else _table(path)
    faults = _Faults(path)
    units = {word.id: word for word in _words(document.get("unit", ()), faults)}
    computations = {word.id: word for word in _words(document.get("computation", ()), faults)}
    questions = {question.id: question for question in _questions(document.get("question", ()), faults)}
    shared = _Shared(units, computations, questions)
    if path != _VOCABULARY:
        shared = _vocabulary().with_words(shared)
    records = document.get("indicator", ())
    indicators = tuple(_indicator(record, faults, shared, shipped) for record in records)
    _check_unique(records, faults)
    if not (records or units or computations or questions):
        raise InputError("There is no indicator in this file.", file=path, remedy=_REMEDY_FORMAT)
    if faults.found:
        raise CatalogueFaults(sorted(faults.found, key=lambda fault: fault.place.row or 0))
    return CatalogueFile(
        path=path,
        indicators=indicators,
        units=tuple(units.values()),
        computations=tuple(computations.values()),
        questions=tuple(questions.values()),
        rows=tuple(record.row for record in records),
    )


@dataclass(frozen=True)
class _Shared:
    units: Mapping[str, Word]
    computations: Mapping[str, Word]
    questions: Mapping[str, Question]

    def with_words(self, own: _Shared) -> _Shared:
        return _Shared(
            {**self.units, **own.units},
            {**self.computations, **own.computations},
            {**self.questions, **own.questions},
        )


@cache
def _vocabulary() -> _Shared:
    found = read_catalogue(_VOCABULARY, shipped=True)
    return _Shared(
        {word.id: word for word in found.units},
        {word.id: word for word in found.computations},
        {word.id: word for word in found.questions},
    )


_REMEDY_FORMAT = said("'opencompact catalogue template' writes one to begin with.")


def _toml(path: Path) -> dict[str, tuple[Record, ...]]:
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except OSError as problem:
        raise InputError(
            said("The catalogue cannot be read: {reason}.", reason=problem.strerror),
            file=path,
            remedy="Check its name.",
        ) from problem
    except UnicodeDecodeError as problem:
        raise InputError("The catalogue is not UTF-8 text.", file=path, remedy="Save it as UTF-8.") from problem
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"at line (\d+)", str(problem))
        raise InputError(
            said("This is not TOML: {reason}.", reason=problem),
            file=path,
            row=int(place[1]) if place else None,
            remedy=_REMEDY_FORMAT,
        ) from problem
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line):
            lines.setdefault(found[1], []).append(number)
    return {name: _records(path, name, entries, lines.get(name, [])) for name, entries in tables.items()}


def _records(path: Path, name: str, entries: Any, lines: list[int]) -> tuple[Record, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(
            said("'{name}' is not a list of entries.", name=name),
            file=path,
            column=name,
            remedy=said("Write [[{name}]] before each.", name=name),
        )
    rows = lines if len(lines) == len(entries) else [1] * len(entries)
    return tuple(Record(row, entry) for row, entry in zip(rows, entries, strict=True))


def _table(path: Path) -> dict[str, tuple[Record, ...]]:
    from opencompact.tables import ROW, read_table

    if not path.is_file():
        raise InputError("There is no such file.", file=path, remedy="Check its name.")
    raw = read_table(path)
    missing = [column for column in ("id", "objectives", "tier", "name_en") if column not in raw.columns]
    if missing:
        raise InputError(
            said("The heading lacks {missing}.", missing=", ".join(missing)),
            file=path,
            row=raw.header_row,
            remedy=_REMEDY_FORMAT,
        )
    unknown = [column for column in raw.columns if column not in COLUMNS]
    if unknown:
        raise InputError(
            said("The heading has a column that the format does not know: {unknown}.", unknown=unknown[0]),
            file=path,
            row=raw.header_row,
            column=unknown[0],
            remedy=said("Its columns are {columns}.", columns=", ".join(COLUMNS)),
        )
    rows = raw.cells.to_dicts()
    return {"indicator": tuple(Record(row[ROW], _cells(row)) for row in rows if any(row[c] for c in raw.columns))}


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a row as the values that TOML would give; what does not read as one stays text, for the checks."""
    texts = {key: str(value).strip() for key, value in row.items() if key in COLUMNS and value not in (None, "")}
    values: dict[str, Any] = {
        key: value for key, value in texts.items() if not key.startswith(("name_", "target_")) and key not in _LISTS
    }
    for key in _LISTS:
        if key in texts:
            values[key] = [_number(part.strip()) for part in texts[key].split(";") if part.strip()]
    values["name"] = {code: texts[f"name_{code}"] for code in LANGUAGES if f"name_{code}" in texts}
    if "official" in texts:
        values["official"] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
            texts["official"].casefold(), texts["official"]
        )
    if "target_value" in texts:
        values["targets"] = [
            {
                "comparison": texts.get("target_comparison", "="),
                "value": _number(texts["target_value"]),
                "year": _number(texts["target_year"]) if "target_year" in texts else None,
                "citations": [texts["target_citation"]] if "target_citation" in texts else [],
            }
        ]
    return values


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text


def _words(records: Iterable[Record], faults: _Faults) -> list[Word]:
    words = []
    for record in records:
        if _text(record, "id", faults):
            words.append(Word(**_naming(record, faults), id=record.values["id"]))
    return words


def _questions(records: Iterable[Record], faults: _Faults) -> list[Question]:
    questions = []
    for record in records:
        kinds = ("census", "survey", "register", "policy")
        if _text(record, "id", faults) and _one_of(record, "kind", kinds, faults):
            kind = record.values["kind"]
            questions.append(Question(**_naming(record, faults), id=record.values["id"], kind=kind))
    return questions


def _indicator(record: Record, faults: _Faults, shared: _Shared, shipped: bool) -> Indicator:
    values = record.values
    for key in values.keys() - _KEYS:
        faults.add(
            record,
            key,
            values[key],
            "unknown-key",
            said("The format has no such key."),
            said("See catalogue-format.md."),
        )
    if _text(record, "id", faults) and not _ID.fullmatch(values["id"]):
        remedy = said("Use small letters, digits, '.' and '-', as in 10.7.3 or migrants.share.")
        faults.add(record, "id", values["id"], "id", said("This is not an id."), remedy)
    naming = _naming(record, faults)
    _one_of(record, "tier", TIERS, faults)
    _one_of(record, "direction", ("up", "down", "neither"), faults)
    official = values.get("official", False)
    _check_official(record, official, faults, shipped)
    unit = values.get("unit")
    if not isinstance(unit, str) or unit not in shared.units:
        remedy = said("Use one of: {units}; or define it with [[unit]].", units=", ".join(shared.units))
        faults.add(record, "unit", unit, "unit", said("This is not a unit of the catalogue."), remedy)
    given = values.get("name", {})
    return Indicator(
        **naming,
        id=str(values.get("id")),
        official_code=str(values["official_code"]) if "official_code" in values else None,
        objectives=_objectives(record, faults),
        tier=cast(Any, values.get("tier")),
        official=official is True,
        unit=str(unit),
        direction=cast(Any, values.get("direction")),
        short_names={**naming["names"], **values.get("short", {})},
        targets=_targets(record, faults),
        disaggregations=_subset(record, "disaggregations", DIMENSIONS, faults),
        sources=tuple(str(source) for source in values.get("sources", ())),
        computation=_computation(record, shared.computations, faults),
        questions=tuple(shared.questions[q] for q in _subset(record, "questions", tuple(shared.questions), faults)),
        same_as=values.get("same_as"),
        translated=frozenset(given) if isinstance(given, dict) else frozenset(),
    )


def _naming(record: Record, faults: _Faults) -> dict[str, Any]:
    """Names in six languages; English is required, and stands in where another lacks."""
    names = record.values.get("name")
    if not isinstance(names, dict) or not isinstance(names.get("en"), str) or not names["en"].strip():
        column = "name_en" if faults.path.suffix.lower() != ".toml" else "name.en"
        faults.add(
            record,
            column,
            names,
            "name",
            said("The English name is missing."),
            said("Write it, and the others you have."),
        )
        names = {"en": "?"}
    for code in names.keys() - LANGUAGES.keys():
        faults.add(
            record,
            "name",
            code,
            "language",
            said("This is not one of the languages."),
            said("Use {choices}.", choices=", ".join(LANGUAGES)),
        )
    return {
        "names": {code: names.get(code) or names["en"] for code in LANGUAGES},
        "official_names": frozenset(record.values.get("official_names", ())),
        "citations": cited(record.values),
    }


def _text(record: Record, key: str, faults: _Faults) -> bool:
    value = record.values.get(key)
    if isinstance(value, str) and value:
        return True
    faults.add(
        record, key, value, "required", said("This is missing or is not text."), said('Write {key} = "…".', key=key)
    )
    return False


def _one_of(record: Record, key: str, allowed: Iterable[str], faults: _Faults) -> bool:
    value = record.values.get(key)
    if value in tuple(allowed):
        return True
    faults.add(
        record,
        key,
        value,
        key,
        said("This is not a {key}.", key=key),
        said("Use one of: {allowed}.", allowed=", ".join(allowed)),
    )
    return False


def _subset(record: Record, key: str, allowed: tuple[str, ...], faults: _Faults) -> tuple[str, ...]:
    values = record.values.get(key, [])
    if not isinstance(values, list):
        faults.add(record, key, values, key, said("This is not a list."), said("Write it as a list."))
        return ()
    for value in values:
        if value not in allowed:
            faults.add(
                record,
                key,
                value,
                key,
                said("The catalogue does not know this."),
                said("Use: {allowed}.", allowed=", ".join(allowed)),
            )
    return tuple(value for value in values if value in allowed)


def _objectives(record: Record, faults: _Faults) -> tuple[int, ...]:
    values = record.values.get("objectives")
    if not isinstance(values, list) or not values:
        faults.add(
            record,
            "objectives",
            values,
            "objectives",
            said("No objective is named."),
            said("Name one or more of 1 to 23."),
        )
        return ()
    for value in values:
        if not isinstance(value, int) or value not in range(1, 24):
            faults.add(
                record, "objectives", value, "objectives", said("There is no such objective."), said("Use 1 to 23.")
            )
    return tuple(value for value in values if isinstance(value, int))


def _check_official(record: Record, official: object, faults: _Faults, shipped: bool) -> None:
    tier = record.values.get("tier")
    if not isinstance(official, bool):
        faults.add(
            record,
            "official",
            official,
            "official",
            said("This is neither true nor false."),
            said("Use true or false."),
        )
    elif shipped and official:
        faults.add(record, "official", official, "official", said("What ships is never official."), said("Use false."))
    elif official != (tier in ("core", "additional")):
        faults.add(
            record,
            "official",
            official,
            "official",
            said(
                "Tier and 'official' do not agree: core and additional are the tiers of the official list, and only they."
            ),
            said("Use tier provisional or context for indicators of your own."),
        )


def _targets(record: Record, faults: _Faults) -> tuple[Target, ...]:
    targets = []
    for entry in record.values.get("targets", ()):
        entry = entry if isinstance(entry, dict) else {}
        value, year = entry.get("value"), entry.get("year")
        if entry.get("comparison") not in ("<", "<=", "=", ">=", ">"):
            found = entry.get("comparison")
            faults.add(
                record,
                "target_comparison",
                found,
                "target",
                said("This compares nothing."),
                said("Use <, <=, =, >= or >."),
            )
        elif not isinstance(value, int | float) or isinstance(value, bool):
            faults.add(
                record, "target_value", value, "target", said("The target is not a number."), said("Write a number.")
            )
        elif year is not None and not (isinstance(year, int) and 1990 <= year <= 2100):
            faults.add(record, "target_year", year, "target", said("This is not a year."), said("Write four digits."))
        elif not entry.get("citations"):
            faults.add(
                record, "target_citation", None, "target", said("The target has no source."),
                said('Say which text states it, as in "A/RES/73/195, annex, ¶36(a)".'),
            )  # fmt: skip
        else:
            targets.append(Target(entry["comparison"], float(value), year, cited(entry)))
    return tuple(targets)


def _computation(record: Record, known: Mapping[str, Word], faults: _Faults) -> Word | None:
    value = record.values.get("computation")
    if value is None:
        return None
    if isinstance(value, str) and value in known:
        return known[value]
    if isinstance(value, str) and value.strip():
        return Word(dict.fromkeys(LANGUAGES, value), frozenset(), (Citation(faults.path.name, ""),), "own")
    faults.add(
        record,
        "computation",
        value,
        "computation",
        said("This is not text."),
        said("Use: {choices}; or a text.", choices=", ".join(known)),
    )
    return None


def _check_unique(records: Iterable[Record], faults: _Faults) -> None:
    seen: dict[object, int] = {}
    for record in records:
        id = record.values.get("id")
        if id in seen:
            problem = said("This id stands on row {seen} already.", seen=seen[id])
            faults.add(record, "id", id, "unique", problem, said("Give each indicator an id of its own."))
        elif isinstance(id, str):
            seen[id] = record.row
