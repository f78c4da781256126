"""What a check of a claim found, in words: codes and numbers come in, a sentence in one of six languages goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import (
    N_,
    format_date,
    format_large,
    format_number,
    format_percent,
    format_period,
    tied,
    translator,
)
from opencompact.look.measure import is_arabic
from opencompact.look.words import whole

STATUSES: dict[str, str] = {
    "confirmed": N_("confirmed"),
    "revised": N_("revised since"),
    "other-definition": N_("another definition"),
    "differs": N_("differs"),
    "target": N_("a target"),
    "cannot-be-checked": N_("cannot be checked"),
}
"""What a check may find, and how it is called. The keys are stable."""

_SENTENCES: dict[str, str] = {
    "agrees": N_("{source} gives {value} in its edition of {vintage}: the same, as the text rounds it."),
    "agrees-then": N_(
        "The edition of {vintage}, the nearest to the text, gives {value}: the same, as the text rounds it."
    ),
    "allowed": N_(
        "{source} gives {value} in its edition of {vintage}: {difference} away from the text, within what its words (about, over, under) allow."
    ),
    "allowed-then": N_(
        "The edition of {vintage}, the nearest to the text, gives {value}: within what the words of the text allow."
    ),
    "agreed-then": N_("The edition nearest to the text ({vintage}) gives {value}, as the text does."),
    "revised-up": N_("The newest edition of {source} ({vintage}) gives {value}, {difference} more: revised upward."),
    "revised-down": N_(
        "The newest edition of {source} ({vintage}) gives {value}, {difference} less: revised downward."
    ),
    "grew": N_("{source} gives {value} in its edition of {vintage}, {difference} more than the text."),
    "shrank": N_("{source} gives {value} in its edition of {vintage}, {difference} less than the text."),
    "no-edition-then": N_(
        "No edition from the time of the text is loaded; the nearest is of {vintage}. What was published later is not what the text could know."
    ),
    "undated": N_("The files of that edition state no date; {last_day} is the last day of their data."),
    "interpolated": N_("The year is not published; the value is read off between {before} and {after}."),
    "added-up": N_("Added up: {parts}."),
    "displaced-parts": N_(
        "The parts are added up as they are published; Palestine refugees who are displaced within their own area are in two of them, and the publisher counts them once."
    ),
    "corridor-average": N_(
        "This is the plain average of the corridors that are published, not weighted by what is sent."
    ),
    "country-average": N_(
        "This is the plain average of the countries that are published, not weighted by what is sent."
    ),
    "not-persons": N_("The text counts incidents; the source of its footnote counts people, and so does this."),
    "ends-before": N_("What is loaded ends with {last}; the text speaks of {period}. The last value was {value}."),
    "not-loaded": N_("Nothing is loaded of {indicator}. Import it, and the figure can be checked."),
    "no-values": N_("What is loaded of {indicator} has no value for {area} and {period}."),
    "no-period": N_("The text does not say for when; the newest value before the text is taken, of {period}."),
    "no-period-at-all": N_("The text does not say for when."),
    "until-month": N_("Counted until the end of {month}, when the text was written."),
    "target-now": N_("This is a target for {period}. The newest value is {value}, of {last}."),
    "target-newest": N_("This is a target for which the text names no year. The newest value is {value}, of {last}."),
    "target": N_("This is a target, not a statement of what is."),
    "ilo-estimates": N_(
        "The estimates of the International Labour Organization that it rests on are not among the sources."
    ),
    "unodc-reports": N_("The case reports that it rests on are not among the sources."),
    "no-age": N_("No table that is among the sources gives this age."),
    "no-workspace": N_("No workspace with values is open."),
    "no-source": N_("No open table among the sources gives this figure."),
}


UNITS: dict[str, str] = {
    "persons": N_("people"),
    "countries": N_("countries"),
    "events": N_("incidents"),
    "commitments": N_("commitments"),
    "entities": N_("entities"),
    "networks": N_("networks"),
    "indicators": N_("indicators"),
    "programmes": N_("programmes"),
    "practices": N_("practices"),
    "documents": N_("documents"),
    "times": N_("times"),
    "count": N_("what it counts is not read from the text"),
}
"""What the figures of texts count, where no subject says it. The keys are the units of `Claim.unit`."""

_WITH_UNIT = frozenset({"ends-before"})  # said where no name of a subject stands beside it

FIGURES = 4
"""Of large amounts of money: one more than the texts give, so that what was revised shows."""


@dataclass(frozen=True)
class Finding:
    """One reason: the code of a sentence, and the values in it (numbers, ISO periods and dates, names of sources)."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, **self.values}


# What a sum of the world is made of, which the catalogue names by "here".
_ANYWHERE = {"refugees.hosted": N_("Refugees"), "asylum-seekers.hosted": N_("Asylum seekers")}


def status_name(status: str, language: str = "en") -> str:
    """The name of a status in a language."""
    return translator(language, "documents")(STATUSES[status])


def explain(findings: Sequence[Finding], unit: str, language: str = "en") -> str:
    """The findings as sentences, in the order given."""
    _ = translator(language, "documents")
    sentences = (
        _(_SENTENCES[each.code], **_shown(each.values, unit, language, named=each.code in _WITH_UNIT))
        for each in findings
    )
    # A sentence that ends with an abbreviation has one full stop.
    return ("" if language == "zh" else " ").join(sentences).replace("г..", "г.")


def _shown(values: Mapping[str, Any], unit: str, language: str, *, named: bool) -> dict[str, str]:
    _ = translator(language, "documents")
    shown: dict[str, str] = {}
    for name, value in values.items():
        if name == "difference" and unit == "percent":
            number = format_number(value, language, 2)
            points = Decimal(f"{value:.2f}")
            shown[name] = _.plural("{number} percentage point", "{number} percentage points", points, number=number)
        elif name in {"value", "difference"}:
            shown[name] = amount(value, unit, language)
            if named and unit in UNITS:
                shown[name] = _("{number} ({what})", number=shown[name], what=_(UNITS[unit]))
        elif name == "parts":
            shown[name] = " + ".join(
                _("{number} ({what})", number=amount(number, unit, language), what=_indicator_name(label, language))
                for label, number in value
            )
        elif name in {"vintage", "last_day"} and isinstance(value, str) and len(value) == 10:
            shown[name] = format_period(value, language)
        elif name in {"period", "last", "before", "after", "month"}:
            shown[name] = period_name(str(value), language)
        else:
            shown[name] = str(value)
    return shown


def _indicator_name(identifier: str, language: str) -> str:
    """The short name of an indicator, or its identifier where the catalogue does not know it; in a claim nobody is "here"."""
    if identifier in _ANYWHERE:
        return translator(language, "documents")(_ANYWHERE[identifier])
    try:
        return compact.catalogue().indicator(identifier).short(language)
    except UnknownCodeError:
        return identifier


def period_name(period: str, language: str) -> str:
    """A period, or a span "2019/2021", as it is said; in Chinese a year has its word."""
    start, _, end = period.partition("/")
    if not end:
        return format_period(start, language) + _word_of_year(start, language)
    if len(end) > len("2017") and "Q" not in end:
        return _span(start, end, language)
    first, last = format_period(start, language), format_period(end, language) + _word_of_year(end, language)
    # Where a day has a word of its own the line runs from the right between the two: a mark says so.
    return f"{first}–\u200f{last}" if is_arabic(first + last) else whole(f"{first}–{last}", language)


def _span(first: str, last: str, language: str) -> str:
    """A span up to a day or a month, from a day or a month: "1 January 2014 to 4 December 2017"."""
    _ = translator(language, "documents")
    first += "-01-01"[: len(last) - len(first)]
    if len(last) == len("2017-12-04"):
        return _("{day} to {last_day}", day=format_period(first, language), last_day=format_period(last, language))
    return _("{month} to {last_month}", month=format_period(first, language), last_month=format_period(last, language))


def _word_of_year(period: str, language: str) -> str:
    return "年" if language == "zh" and len(period) == 4 and period.isdecimal() else ""


def stated(value: float, unit: str, language: str) -> str:
    """The figure of a text with its unit, with the decimals that the text has: 3%, 49%, 3.6%."""
    if unit == "percent":
        decimals = next((n for n in (0, 1) if abs(round(value, n) - value) < 1e-9), 2)
        return whole(format_percent(value, language, decimals), language)
    return amount(value, unit, language)


def amount(value: float, unit: str, language: str) -> str:
    """A number with its unit, as a sentence shows it; a percentage with one decimal, below 10 with two where it has them."""
    _ = translator(language, "documents")
    if unit == "percent":
        fine = abs(value) < 10 and round(value, 2) != round(value, 1)
        return whole(format_percent(value, language, 2 if fine else 1), language)
    if unit == "usd":
        return tied(_("US$ {large}", large=format_large(value, language, FIGURES)))
    return format_number(value, language)


__all__ = ["STATUSES", "UNITS", "Finding", "amount", "explain", "format_date", "period_name", "stated", "status_name"]
