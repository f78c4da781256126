"""What the entries of a catalogue file mean, and every fault that they have, with its row and column.

In TOML the row is the line on which the entry begins and the column is its key.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from opencompact.compact.catalogue_faults import Faults, one_of, required_text, subset_of
from opencompact.compact.catalogue_records import Record
from opencompact.compact.indicators import DIMENSIONS, TIERS, Indicator, Question, Target, Word
from opencompact.compact.names import Citation, cited
from opencompact.language import LANGUAGES, said

_KEYS = {
    "id", "official_code", "same_as", "objectives", "tier", "official", "name", "official_names", "short", "unit",
    "direction", "targets", "disaggregations", "sources", "computation", "questions", "citations",
}  # fmt: skip


_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


@dataclass(frozen=True)
class Shared:
    """The words that the indicators of a file may use: its own and those that ship."""

    units: Mapping[str, Word]
    computations: Mapping[str, Word]
    questions: Mapping[str, Question]

    def with_words(self, own: Shared) -> Shared:
        """These and a file's own, which go before."""
        return Shared(
            {**self.units, **own.units},
            {**self.computations, **own.computations},
            {**self.questions, **own.questions},
        )


def words_of(records: Iterable[Record], faults: Faults) -> list[Word]:
    """The entries of a vocabulary: units or ways of computing."""
    words = []
    for record in records:
        if required_text(record, "id", faults):
            words.append(Word(**_naming(record, faults), id=record.values["id"]))
    return words


def questions_of(records: Iterable[Record], faults: Faults) -> list[Question]:
    """What would fill a gap, of the kinds that there are."""
    questions = []
    for record in records:
        kinds = ("census", "survey", "register", "policy")
        if required_text(record, "id", faults) and one_of(record, "kind", kinds, faults):
            kind = record.values["kind"]
            questions.append(Question(**_naming(record, faults), id=record.values["id"], kind=kind))
    return questions


def indicator_of(record: Record, faults: Faults, shared: Shared, shipped: bool) -> Indicator:
    """An indicator from its entry; what is wrong in it is added to the faults."""
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
    if required_text(record, "id", faults) and not _ID.fullmatch(values["id"]):
        remedy = said("Use small letters, digits, '.' and '-', as in 10.7.3 or migrants.share.")
        faults.add(record, "id", values["id"], "id", said("This is not an id."), remedy)
    naming = _naming(record, faults)
    one_of(record, "tier", TIERS, faults)
    one_of(record, "direction", ("up", "down", "neither"), faults)
    official = values.get("official", False)
    _check_official(record, official, faults, shipped)
    unit = values.get("unit")
    if not isinstance(unit, str) or unit not in shared.units:
        near = _near_unit(unit, shared.units)
        remedy = (
            said("Write {unit}.", unit=near)
            if near
            else said("Use one of: {units}; or define it with [[unit]].", units=", ".join(shared.units))
        )
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
        disaggregations=subset_of(record, "disaggregations", DIMENSIONS, faults),
        sources=tuple(str(source) for source in values.get("sources", ())),
        computation=_computation(record, shared.computations, faults),
        questions=tuple(shared.questions[q] for q in subset_of(record, "questions", tuple(shared.questions), faults)),
        same_as=values.get("same_as"),
        translated=frozenset(given) if isinstance(given, dict) else frozenset(),
    )


def _near_unit(unit: object, units: Mapping[str, Word]) -> str | None:
    """The unit that was probably meant: by its name in some language, or by its letters."""
    text = str(unit or "").strip().casefold().replace(",", "").replace("%", "percent")
    for word in units.values():
        if text in {word.id.casefold(), *(name.casefold() for name in word.names.values())}:
            return word.id
    near = difflib.get_close_matches(text, units, n=1, cutoff=0.75)
    return near[0] if near else None


def _naming(record: Record, faults: Faults) -> dict[str, Any]:
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


def _objectives(record: Record, faults: Faults) -> tuple[int, ...]:
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


def _check_official(record: Record, official: object, faults: Faults, shipped: bool) -> None:
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


def _targets(record: Record, faults: Faults) -> tuple[Target, ...]:
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


def _computation(record: Record, known: Mapping[str, Word], faults: Faults) -> Word | None:
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


def check_unique(records: Iterable[Record], faults: Faults) -> None:
    """Adds a fault for every id that stands in two entries."""
    seen: dict[object, int] = {}
    for record in records:
        id = record.values.get("id")
        if id in seen:
            problem = said("This id stands on row {seen} already.", seen=seen[id])
            faults.add(record, "id", id, "unique", problem, said("Give each indicator an id of its own."))
        elif isinstance(id, str):
            seen[id] = record.row
