"""All that two records say about being one person: every field's evidence in one ledger.

Logs of likelihood ratios are added (Good 1950, *Probability and the Weighing of Evidence*), damped where fields repeat one another by the own shares of
`[dependence]` in `parameters.toml`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from opencompact.language import N_
from opencompact.missing.evidence.again import Told, compare_place_again, compare_time_again, is_told_again
from opencompact.missing.evidence.age import compare_age
from opencompact.missing.evidence.crowd import Crowd, among_others
from opencompact.missing.evidence.crowded_days import CrowdedDays, among_days, crowded_days
from opencompact.missing.evidence.departure import compare_departure
from opencompact.missing.evidence.groups import compare_languages, compare_numbers, compare_origin
from opencompact.missing.evidence.journey import Journeys, compare_journey
from opencompact.missing.evidence.ledger import Evidence, Ledger, Prior
from opencompact.missing.evidence.marks import compare_marks, compare_objects
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.relatives import as_of_relatives, as_relatives, mothers
from opencompact.missing.evidence.sex import compare_sex
from opencompact.missing.evidence.stature import compare_stature
from opencompact.missing.evidence.teeth import compare_teeth
from opencompact.missing.evidence.telephones import compare_telephones
from opencompact.missing.evidence.traits import compare_traits
from opencompact.missing.evidence.where_when import compare_place, compare_time, first_known
from opencompact.missing.names.comparison import Comparison
from opencompact.missing.names.comparison import compare as compare_two_names
from opencompact.missing.names.explanation import as_written
from opencompact.missing.names.nameless import names_nobody
from opencompact.missing.records.record import Record


@dataclass(frozen=True)
class Setting:
    """What the comparison takes for granted: the day, the parameters, and frequencies in the register.

    `origins` is the share of each ISO 3166 alpha-3 code among the people found, `traits` that of each class of a trait, `journeys` how
    their journeys are spread; `reported` and `discovered` are how the last contacts of those sought, and the discoveries, are, `crowd` where people were
    found and `departed` where they are told to have departed, `crowd_days` and `departed_days` when.
    """

    today: datetime.date
    parameters: Parameters = field(default_factory=defaults)
    origins: Mapping[str, float] = field(default_factory=dict)
    traits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    journeys: Journeys = field(default_factory=Journeys)
    reported: Told = field(default_factory=Told)
    discovered: Told = field(default_factory=Told)
    crowd: Crowd = field(default_factory=Crowd)
    departed: Crowd = field(default_factory=Crowd)
    crowd_days: CrowdedDays = field(default_factory=lambda: crowded_days(()))
    departed_days: CrowdedDays = field(default_factory=lambda: crowded_days(()))


def compare(
    sought: Record, found: Record, setting: Setting, prior: Prior | None = None, other: Iterable[Evidence] = ()
) -> Ledger:
    """The ledger of a pair. `other` is evidence made elsewhere, as that of DNA; fields unknown on a side are left out."""
    parameters = setting.parameters
    names = compare_names(sought, found, parameters)
    alike = names is not None and names.ln_likelihood_ratio > 0
    entries = (
        names,
        compare_mothers(sought, found, parameters),
        compare_companions(sought, found, parameters),
        compare_sex(sought.sex, found.sex, parameters),
        compare_age(sought, found, setting.today, parameters),
        compare_origin(sought, found, parameters, setting.origins, alike),
        compare_languages(sought, found, parameters),
        *_where_and_when(sought, found, setting, alike),
        compare_departure(sought, found, parameters, setting.journeys.days, setting.journeys.departed),
        compare_journey(sought, found, parameters, setting.journeys),
        compare_stature(sought, found, parameters, setting.today),
        compare_traits(sought, found, parameters, setting.traits),
        compare_marks(sought, found, parameters),
        compare_objects(sought, found, parameters),
        compare_teeth(sought, found, parameters),
        compare_numbers(sought, found, parameters),
        compare_telephones(sought, found, parameters),
    )
    counted = [tempered(entry, parameters) for entry in entries if entry is not None]
    if apart := as_relatives(sought, found):
        counted = [as_of_relatives(entry, parameters, apart) for entry in counted]
    return Ledger((*counted, *other), prior)


def _where_and_when(
    sought: Record, found: Record, setting: Setting, alike: bool
) -> tuple[Evidence | None, Evidence | None]:
    """Time and place: of a journey, or of what two records of one side tell of one event; `alike` is whether the names are."""
    parameters = setting.parameters
    if is_told_again(sought, found):
        told = setting.reported if sought.kind == "sought" else setting.discovered
        return compare_time_again(sought, found, parameters, told), compare_place_again(sought, found, parameters, told)
    time, place = compare_time(sought, found, parameters), compare_place(sought, found, parameters)
    met = first_known(found, sought)
    at_departure = met is not None and met.kind == "departure"
    crowd, days = (setting.departed, setting.departed_days) if at_departure else (setting.crowd, setting.crowd_days)
    return (
        among_days(time, sought, found, days, parameters) if time else None,
        among_others(place, sought, found, crowd, alike, parameters) if place else None,
    )


def tempered(entry: Evidence, parameters: Parameters) -> Evidence:
    """The entry as it counts beside the others: fields that repeat one another count less (`[dependence]`)."""
    return replace(entry, ln_likelihood_ratio=counts_for(entry.field, parameters) * entry.ln_likelihood_ratio)


def counts_for(field: str, parameters: Parameters) -> float:
    """The share of a field's ln LR that counts."""
    return float(parameters["dependence"]["share"].get(field, 1.0))


def full_names(record: Record) -> tuple[str, ...]:
    """The names of a record, each whole: full names, names on documents and nicknames as they are, parts put together.

    What was written only to fill the field is no name.
    """
    names = [name for name in record.names if not names_nobody(name.text)]
    whole = [name.text for name in names if name.kind in ("full", "document", "nickname")]
    order = ("given", "father", "grandfather", "family")
    parts = [name.text for kind in order for name in names if name.kind == kind]
    return tuple(dict.fromkeys([*whole, *([" ".join(parts)] if parts else [])]))


def compare_names(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the names say: the pair of names, one of each side, that speaks most for one person."""
    return _compare_named("names", full_names(sought), full_names(found), parameters)


def companions(record: Record) -> tuple[str, ...]:
    """The names of those who travelled along; "his brother" is none."""
    return tuple(name for name in dict.fromkeys(record.companions) if not names_nobody(name))


def compare_mothers(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the names of the mothers say, as `compare_names`: little against, since a mother is called by more than one name."""
    return _compare_named("mother", mothers(sought), mothers(found), parameters)


def compare_companions(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What it says that one travelled along with both, as `compare_names`: never against, since people part on the way, and not much for
    them, since others travelled with the same."""
    entry = _compare_named("companions", companions(sought), companions(found), parameters)
    return entry if entry is not None and entry.ln_likelihood_ratio > 0 else None


def _compare_named(
    field: str, first: tuple[str, ...], second: tuple[str, ...], parameters: Parameters | None
) -> Evidence | None:
    """The pair of names, one of each side, that speaks most for one person, within what the field may say."""
    if not first or not second:
        return None
    settings = (parameters or defaults())[field]
    best = max((_alike(a, b) for a in first for b in second), key=lambda one: one.log_likelihood_ratio)
    reason, values = _summary(best)
    told = min(max(best.log_likelihood_ratio, settings["least"]), settings.get("most", math.inf))
    return Evidence(field, told, reason, values, best.one, best.other)


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> Comparison:
    return compare_two_names(one, other)


def _summary(comparison: Comparison) -> tuple[str, dict[str, object]]:
    """The parts that were equated, and those that have no counterpart, as a message and its values."""
    first, second = as_written(comparison.one), as_written(comparison.other)
    pairs = [(first.get(part.one, part.one), second.get(part.other, part.other)) for part in comparison.parts]
    told = [one if one == other else f"{one} = {other}" for one, other in pairs]
    sides = zip((first, second), comparison.left_out, strict=True)
    alone = [", ".join(written.get(part, part) for part in left_out) for written, left_out in sides if left_out]
    if told and alone:
        reason = N_("The names were compared part by part: {parts}. Without a counterpart: {alone}.")
        return reason, {"parts": told, "alone": alone}
    if told:
        return N_("The names were compared part by part: {parts}."), {"parts": told}
    return N_("The names have no part in common: {alone}."), {"alone": alone}


def dna_evidence(log10_likelihood_ratio: float, markers: int | None = None, lineage: float | None = None) -> Evidence:
    """The result of a kinship computation as an entry of the ledger (`opencompact kinship search`).

    `lineage` is the log10 LR of haplotypes of Y and mitochondrial DNA, which is multiplied in as independent of the other markers (Buckleton,
    Krawczak & Weir 2011, FSI Genetics 5:78); both exclude where one does.
    """
    whole = max(log10_likelihood_ratio + (lineage or 0.0), _EXCLUDED)
    natural, power = whole * math.log(10), round(whole, 1)
    values: dict[str, object] = {"power": power}
    if markers is not None:
        reason = N_("DNA of relatives, {markers} markers, likelihood ratio 10^{power}.")
        values["markers"] = markers
    else:
        reason = N_("DNA of relatives, likelihood ratio 10^{power}.")
    if lineage is not None:
        reason = N_("DNA of relatives, likelihood ratio 10^{power}, of which 10^{lineage} of Y or mitochondrial DNA.")
        values = {"power": power, "lineage": round(max(lineage, _EXCLUDED), 1)}
    return Evidence("dna", natural, reason, values)


_EXCLUDED = -308.0  # log10: as small as a number of double precision can be
