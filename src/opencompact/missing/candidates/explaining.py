"""A candidate side by side: what each record says, what it is worth, in words and numbers, in six languages.

The words for a strength follow the verbal scale of ENFSI (2015, *Guideline for Evaluative Reporting*, §4): they describe the
evidence, never the conclusion. A score does not identify anyone: the last line says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from opencompact.compact.areas import area
from opencompact.errors import UnknownCodeError
from opencompact.language import (
    N_,
    Said,
    Translator,
    format_apart,
    format_beside,
    format_large,
    format_list,
    format_number,
    format_period,
    said,
    told,
    translator,
)
from opencompact.language.formats import format_sentences
from opencompact.missing.evidence.ledger import Evidence, Ledger
from opencompact.missing.evidence.marks import told_concept
from opencompact.missing.evidence.relatives import OF_A_FAMILY, SHARED_BY_RELATIVES
from opencompact.missing.names import compare as compare_names
from opencompact.missing.names.explanation import aligned
from opencompact.missing.records.record import Record
from opencompact.saying import Listed

FIELDS = {
    "names": N_("Names"),
    "mother": N_("Mother's name"),
    "companions": N_("Companions"),
    "languages": N_("Languages"),
    "sex": N_("Sex"),
    "age": N_("Age"),
    "origin": N_("Origin"),
    "time": N_("Time"),
    "place": N_("Place"),
    "departure": N_("Departure"),
    "journey": N_("Journey"),
    "stature": N_("Stature"),
    "traits": N_("Hair, eyes, skin, build"),
    "marks": N_("Marks and medical findings"),
    "objects": N_("Clothing and objects"),
    "teeth": N_("Teeth"),
    "numbers": N_("Numbers"),
    "telephones": N_("Telephone"),
    "dna": N_("DNA"),
}
NAMED = ("names", "mother", "companions")
"""Fields that compare names part by part."""
LIKELIHOOD_RATIO = N_("LR")
"""The heading of a column of likelihood ratios."""
WHAT_IT_SAYS = N_("what it says")
KINDS = {"sought": N_("{record}, sought"), "remains": N_("{record}, remains"), "found": N_("{record}, found")}
# log10 of the likelihood ratio from which on each word holds.
STRENGTHS = (
    (4.0, N_("very strong support")),
    (3.0, N_("strong support")),
    (2.0, N_("moderately strong support")),
    (1.0, N_("moderate support")),
    (0.3, N_("weak support")),
    (-0.3, N_("says little")),
    (-1.0, N_("weakly against")),
    (-2.0, N_("moderately against")),
    (float("-inf"), N_("strongly against")),
)


@dataclass(frozen=True)
class Line:
    """One field of the side-by-side table, in words of one language."""

    field: str
    sought: str
    found: str
    likelihood_ratio: str
    strength: str
    reason: str


@dataclass(frozen=True)
class Explanation:
    """A candidate in words: lines, the total, the probability with its prior, what it is not, and which parts of the names were equated
    and why."""

    lines: tuple[Line, ...]
    total: str
    closing: str
    names: tuple[str, ...] = ()


def strength(log10_likelihood_ratio: float) -> str:
    """The word for a likelihood ratio, as a message of the catalogues."""
    return next(word for least, word in STRENGTHS if log10_likelihood_ratio >= least)


def explain(ledger: Ledger, code: str, probability: float | None = None) -> Explanation:
    """The ledger in the words of a language (en, ar, zh, es, fr, ru), the fields that say most first.

    `probability` is that of the pair among the candidates of both records; without it the sentence says that they are left out.
    """
    _ = translator(code, "missing")
    entries = sorted(ledger.evidence, key=lambda entry: -abs(entry.ln_likelihood_ratio))
    total = Evidence("total", ledger.ln_likelihood_ratio, "").log10_likelihood_ratio
    words = _(
        N_(
            "All evidence together: what is recorded is {ratio} times as likely if this is one person as if these are two ({strength})."
        )
        if total >= 0
        else N_(
            "All evidence together: what is recorded is {ratio} times as likely if these are two people as if this is one ({strength})."
        ),
        ratio=_times(abs(total), code),
        strength=_(strength(total)),
    )
    if ledger.prior is not None and ledger.posterior is not None:
        sentence = (
            N_(
                "Of {sought} sought and {found} found: the probability that they are one person is {percent}, the other candidates of both left out of account."
            )
            if probability is None
            else N_(
                "Of {sought} sought and {found} found: the other candidates of both taken into account, the probability that they are one person is {percent}."
            )
        )
        whole = _(
            sentence,
            sought=format_number(ledger.prior.sought, code),
            found=format_number(ledger.prior.found, code),
            percent=told_probability(ledger.posterior if probability is None else probability, code),
        )
        words = format_sentences([words, whole], code)
    closing = _(
        "This is a lead, not an identification: a person decides, on all the evidence, and may withdraw the decision."
    )
    lines = tuple(_line(entry, _, code) for entry in told_once(entries))
    return Explanation(lines, words, closing, _aligned(entries, code))


def told_once(entries: Iterable[Evidence]) -> Iterable[Evidence]:
    """The entries, of which what relatives share is told with its reason once, and in short after that."""
    before: set[str] = set()
    for entry in entries:
        again = entry.reason in (SHARED_BY_RELATIVES, OF_A_FAMILY) and entry.reason in before
        before.add(entry.reason)
        yield replace(entry, reason=SHARED_TOO) if again else entry


SHARED_TOO = N_("Relatives who travel together share this too.")


def _aligned(entries: Iterable[Evidence], code: str) -> tuple[str, ...]:
    """Which parts of the names were equated, and why, name by name."""
    compared = [compare_names(entry.left, entry.right) for entry in entries if entry.field in NAMED]
    return tuple(words for names in compared for words in aligned(names, code))


def headings_of(records: Iterable[Record], code: str) -> list[str]:
    """The headings of the two sides: which record, and of whom."""
    _ = translator(code, "missing")
    return [_(KINDS[record.kind], record=record.id) for record in records]


def also_told(record: str, others: Sequence[str]) -> list[Said]:
    """That other records of its file are likely of the same person, and so no rivals."""
    return [
        said(
            "Another report, {other}, is likely of the same person as {record}: neither is the other's rival.",
            other=other,
            record=record,
        )
        for other in others
    ]


def _line(entry: Evidence, _: Translator, code: str) -> Line:
    power = entry.log10_likelihood_ratio
    return Line(
        _(FIELDS[entry.field]),
        _side(entry, entry.left, code),
        _side(entry, entry.right, code),
        told_ratio(power, code),
        _(strength(power)),
        reason_of(entry, code),
    )


def _side(entry: Evidence, text: str, code: str) -> str:
    """What a record says, in a language; a date in digits and a country as that language says it."""
    if entry.field == "origin":
        return named_areas(text, code)
    if isinstance(text, Said) and "day" in text.values:
        text = said(text.template, **{**text.values, "day": format_period(str(text.values["day"]), code)})
    return format_period(text, code) if entry.field == "time" and not isinstance(text, Said) else told(text, code)


def reason_of(entry: Evidence, code: str) -> str:
    """Why a field says what it says, in a language."""
    value_of = named_areas if entry.field == "origin" else _value
    values = {name: value_of(value, code) for name, value in entry.values.items()}
    return translator(code, "missing")(entry.reason, **values)


def named_areas(codes: object, code: str) -> str:
    """The names of countries (ISO 3166 alpha-3 codes with commas between) in a language."""
    return format_beside([_name(one, code) for one in str(codes).split(", ")], code)


def _name(one: str, code: str) -> str:
    try:
        return area(one).names[code]
    except UnknownCodeError:
        return one


def _value(value: object, code: str) -> str:
    if isinstance(value, list):
        return format_apart(value, code)
    if isinstance(value, tuple):
        return format_list([told_concept(concept, code) for concept in value], code)
    if isinstance(value, int | float):
        return format_number(value, code, 0 if isinstance(value, int) else 1)
    return told(value if isinstance(value, Said | Listed) else str(value), code)


IN_WORDS = 5.0, 15.0
"""Powers of ten between which a ratio is told in words: 400 million."""


def _times(power: float, code: str) -> str:
    """How many times as likely: in digits, from a hundred thousand in words, and beyond those as a power of ten."""
    return format_large(10**power, code, 2) if IN_WORDS[0] <= power < IN_WORDS[1] else told_ratio(power, code)


def told_ratio(power: float, code: str) -> str:
    """A likelihood ratio from its power of ten: 801, 0.056, and beyond five figures as a power."""
    if math.isinf(power):
        return "0" if power < 0 else "∞"
    if abs(power) >= 5:
        return "10^" + format_number(power, code, 1)
    value = 10**power
    return format_number(value, code, 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 4)


def told_probability(value: float, code: str) -> str:
    """A probability in percent, never nothing and never certainty: < 0.01 % to 99.99 %."""
    if value < 0.0001:
        return "< " + format_number(0.01, code, 2) + " %"
    return format_number(min(100 * value, 99.99), code, 2) + " %"
