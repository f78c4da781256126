"""Nationality, origins and languages; numbers of documents and telephones.

What agreement says depends on how frequent the value is: Newcombe, Kennedy, Axford & James 1959 (Science 130:954); Fellegi & Sunter 1969 (JASA
64:1183), §3. The error rates are judgements, in `parameters.toml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from opencompact.language import N_
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.names.nameless import names_nobody
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import plain
from opencompact.missing.records.telephones import telephone


def group_likelihood_ratio(shared: bool, frequency: float, error: float) -> float:
    """LR of a group both share, of this frequency, or of two that differ; `error` is how often one person's are told otherwise.

    What is told otherwise says nothing; one person of whom the groups are told rightly may have another one besides (`BESIDES`, of those who do not share it).
    Over two people the mean is one: frequency × shared + (1 - frequency) × differing.
    """
    if shared:
        return (1 - error) * (1 - BESIDES * (1 - frequency)) / frequency + error
    return error + (1 - error) * BESIDES


BESIDES = 0.02
"""Of two people of other groups so many times as often one person of both as two: judgement."""


def compare_origin(
    sought: Record,
    found: Record,
    parameters: Parameters | None = None,
    frequencies: Mapping[str, float] | None = None,
    alike: bool = False,
) -> Evidence | None:
    """What nationality and origins say; `frequencies` are those of the register by ISO 3166 alpha-3 code (else one in eight). Where the names are
    `alike`, they tell the origin: most namesakes are of one."""
    first, second = {*sought.nationality, *sought.origins}, {*found.nationality, *found.origins}
    if not first or not second:
        return None
    shared, settings = first & second, (parameters or defaults())["group"]
    known = frequencies or {}
    frequency = max(0.005, min(0.9, origin_frequency(tuple(first), tuple(second), known)))
    if alike:
        frequency = max(frequency, settings["namesakes"])
    ratio = group_likelihood_ratio(bool(shared), frequency, settings["error"])
    reason = N_("The origin is the same: {shared}.") if shared else N_("The origins differ.")
    if shared and alike:
        reason = N_("The origin is the same: {shared}. Names that are alike tell most of that already.")
    return Evidence(
        "origin",
        math.log(ratio),
        reason,
        {"shared": ", ".join(sorted(shared))} if shared else {},
        ", ".join(sorted(first)),
        ", ".join(sorted(second)),
    )


def origin_frequency(first: tuple[str, ...], second: tuple[str, ...], known: Mapping[str, float]) -> float:
    """How many others agree with two people's countries by chance: of those that have one in common, as many as are of any country of the one
    who has more (a people of two countries meets twice as many); of others, as many as are of the second's."""
    shared = set(first) & set(second)
    return max(
        math.fsum(sorted(known.get(code, 0.125) for code in side))
        for side in ((first, second) if shared else (second,))
    )


def languages_of(record: Record) -> tuple[str, ...]:
    """The languages of a person, each in one form of its letters, in their order."""
    return tuple(sorted({plain(language) for language in record.languages} - {""}))


def languages_log_ratio(first: tuple[str, ...], second: tuple[str, ...], settings: Parameters) -> float:
    """ln LR of languages: of one that both speak, ln((1 - error) / frequency); others say nothing, since few of a person's languages are
    told, and each by a name of its own in every language. Fellegi & Sunter 1969, §3."""
    return math.log((1 - settings["error"]) / settings["frequency"]) if set(first) & set(second) else 0.0


def compare_languages(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What it says that both speak a language; None where none is named of both. Fellegi & Sunter 1969, §3."""
    first, second = languages_of(sought), languages_of(found)
    shared = [language for language in dict.fromkeys(sought.languages) if plain(language) in second]
    if not shared:
        return None
    ratio = languages_log_ratio(first, second, (parameters or defaults())["languages"])
    left, right = (", ".join(record.languages) for record in (sought, found))
    return Evidence("languages", ratio, N_("Both speak: {shared}."), {"shared": shared}, left, right)


def compare_numbers(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the numbers of documents say: the same long number says much, different ones say nothing. A number that another country gave is
    another document."""
    settings = (parameters or defaults())["identifiers"]
    shared = shared_numbers(documents_of(sought), documents_of(found))
    if not shared:
        return None
    ratio = (1 - settings["error"]) / settings["chance"]
    shown = "…" + shared[0][-3:]
    reason = N_("A number of a document is the same (ends in {number}).")
    return Evidence("numbers", math.log(ratio), reason, {"number": shown}, shown, shown)


class Number(NamedTuple):
    """A long number: of a document, its last nine letters and digits; of a telephone, what follows the country's code
    (`records.telephones`); and the country that gave it (ISO 3166 alpha-3), "" where it is not known."""

    number: str
    country: str
    telephone: bool


def same_number(one: Number, other: Number) -> bool:
    """Whether two numbers may be of one document or telephone: countries that are both known are the same. Own."""
    known = one.country == other.country or not (one.country and other.country)
    return one.number == other.number and one.telephone == other.telephone and known


def shared_numbers(first: Iterable[Number], second: Iterable[Number]) -> list[str]:
    """The numbers that are of one document or telephone on both sides."""
    others = list(second)
    return sorted({one.number for one in first for other in others if same_number(one, other)})


def numbers_of(record: Record) -> set[Number]:
    """The long numbers of documents and telephones, those of who reports too; placeholders are none. Own."""
    return documents_of(record) | telephones_of(record.phones) | telephones_of(record.reporter_phones)


def documents_of(record: Record) -> set[Number]:
    """The long numbers of documents; placeholders are none. Own."""
    written = [document for document in record.documents if not _DATE.fullmatch(plain(document.number))]
    told = [(document.number, document.country or "") for document in written if not _is_no_number(document.number)]
    folded = [(re.sub(r"[^0-9a-z]", "", plain(number)), country) for number, country in told]
    return {
        Number(number[-9:], country, False)
        for number, country in folded
        if len(number) >= _FEWEST_SIGNS and not is_placeholder(number)
    }


def telephones_of(written: Iterable[str]) -> set[Number]:
    """Telephones as they are compared; placeholders are none. Own."""
    return {read for one in written if (read := telephone_of(one)) is not None}


def telephone_of(written: str) -> Number | None:
    """A telephone as it is compared; None for one that is too short, or was written to fill a field. With its country's code a number is whole, whatever its
    digits: only one digit over and over fills a field. Own."""
    number, country = telephone(written)
    fills = len(set(number)) < 2 if country else is_placeholder(number)
    return Number(number, country, True) if number and not fills else None


_FEWEST_SIGNS = 7

_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}([/.-])\d{1,2}\2\d{1,2}")
"""What stands in the field of a number where a form asks for both: 01/01/1990."""

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def _is_no_number(text: str) -> bool:
    """Whether a word for "not known" stands within what should be a number: UNKNOWN123. Own."""
    return any(map(names_nobody, _LONG_WORD.findall(plain(text))))


def number_code(number: Number) -> int:
    """A number as one of 63 bits: its signs (base 36) in the upper 47, then the country (base 27, 0 unknown) in 15, then whether it is a telephone's."""
    country = 0
    for letter in number.country.upper()[:3]:
        country = 27 * country + (ord(letter) - 64 if "A" <= letter <= "Z" else 0)
    return int(number.number, 36) << 16 | country << 1 | number.telephone


_FEWEST, _COUNTED_FROM = 3, 6
_COUNTED = "0123456789" * 2


def is_placeholder(number: str) -> bool:
    """Whether this was written to fill a field: of one or two signs ("000000000", "9999999"), counted up or down, or without a digit."""
    digits = re.sub(r"\D", "", number)
    counted = not digits or (len(digits) >= _COUNTED_FROM and (digits in _COUNTED or digits in _COUNTED[::-1]))
    return len(set(digits)) < _FEWEST or counted or len(set(number[-9:])) < _FEWEST
