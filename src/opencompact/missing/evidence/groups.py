"""Nationality, origins and languages; numbers of documents and telephones.

What agreement says depends on how frequent the value is: Newcombe, Kennedy, Axford & James 1959 (Science 130:954); Fellegi & Sunter 1969 (JASA
64:1183), §3. The error rates are judgements, in `parameters.toml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from opencompact.language import N_
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import plain


def group_likelihood_ratio(shared: bool, frequency: float, error: float) -> float:
    """LR of a group both share, of this frequency, or of two that differ; `error` is how often one person's are told otherwise."""
    return (1 - error) / frequency + error if shared else error + (1 - error) * 0.02


def compare_origin(
    sought: Record, found: Record, parameters: Parameters | None = None, frequencies: Mapping[str, float] | None = None
) -> Evidence | None:
    """What nationality and origins say; `frequencies` are those of the register by ISO 3166 alpha-3 code (else one in eight)."""
    first, second = {*sought.nationality, *sought.origins}, {*found.nationality, *found.origins}
    if not first or not second:
        return None
    shared = first & second
    frequency = min(0.9, max(0.005, sum((frequencies or {}).get(code, 0.125) for code in shared or second)))
    ratio = group_likelihood_ratio(bool(shared), frequency, (parameters or defaults())["group"]["error"])
    reason = N_("The origin is the same: {shared}.") if shared else N_("The origins differ.")
    return Evidence(
        "origin",
        math.log(ratio),
        reason,
        {"shared": ", ".join(sorted(shared))} if shared else {},
        ", ".join(sorted(first)),
        ", ".join(sorted(second)),
    )


def compare_numbers(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What document and telephone numbers say: the same long number says much, different ones say nothing."""
    settings = (parameters or defaults())["identifiers"]
    first, second = numbers_of(sought), numbers_of(found)
    shared = sorted(first & second)
    if not shared:
        return None
    ratio = (1 - settings["error"]) / settings["chance"]
    shown = "…" + shared[0][-3:]
    return Evidence(
        "numbers",
        math.log(ratio),
        N_("A number of a document or telephone is the same (ends in {number})."),
        {"number": shown},
        shown,
        shown,
    )


def numbers_of(record: Record) -> set[str]:
    """The long numbers of documents and telephones, folded to their last nine letters and digits; placeholders are none."""
    told = [document.number for document in record.documents] + list(record.phones)
    folded = (re.sub(r"[^0-9a-z]", "", plain(number)) for number in told)
    # The last nine characters: a telephone is written with and without its country's code.
    return {number[-9:] for number in folded if len(number) >= 7 and not is_placeholder(number)}


_FEWEST, _COUNTED_FROM = 3, 6
_COUNTED = "0123456789" * 2


def is_placeholder(number: str) -> bool:
    """Whether this was written to fill a field: of one or two signs ("000000000", "9999999"), counted up or down, or without a digit."""
    digits = re.sub(r"\D", "", number)
    counted = not digits or (len(digits) >= _COUNTED_FROM and (digits in _COUNTED or digits in _COUNTED[::-1]))
    return len(set(digits)) < _FEWEST or counted or len(set(number[-9:])) < _FEWEST
