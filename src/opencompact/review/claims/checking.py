"""One claim against the values of a workspace: today's, those of the edition nearest to the text, and why they differ.

A claim agrees with a value where the value, rounded as the text rounds, is what the text says: 281 million agrees with
280,598,105. "Over" allows a little more, "about" a little of both. Which statuses there are: `documents.explaining.STATUSES`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from opencompact.documents.claims import Claim
from opencompact.documents.explaining import Finding, explain, status_name
from opencompact.errors import UnknownCodeError
from opencompact.review.claims.measuring import Measured, Measures, Rows, measure
from opencompact.review.claims.recipes import Recipe, recipes, unavailable
from opencompact.review.labels import label
from opencompact.statistics.sources import contract

OVER, ABOUT = 0.05, 0.01
"""How much more "over" allows, and how much either way "about" does, as shares of the figure."""


@dataclass(frozen=True)
class Check:
    """What was found about a claim.

    `value`, `source`, `vintage` and `period` are today's: the newest edition that says anything. `then` is the same from the
    edition nearest to the text, None where that is today's own. `difference` is today's value less the claim. `rows` are the
    published values that today's was made of, each with its file and line.
    """

    status: str
    findings: tuple[Finding, ...]
    unit: str
    value: float | None = None
    source: str | None = None
    vintage: str | None = None
    period: str | None = None
    then: Measured | None = None
    difference: float | None = None
    rows: Rows = ()

    def explanation(self, language: str = "en") -> str:
        """Why the status is what it is, in a language."""
        named = {"source": source_name(self.source, language)} if self.source else {}
        findings = [
            replace(each, values={**each.values, **named}) if "source" in each.values else each
            for each in self.findings
        ]
        return explain(findings, self.unit, language)

    def name(self, language: str = "en") -> str:
        return status_name(self.status, language)

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        return {
            "status": self.status,
            "value": _plain(self.value),
            "source": self.source,
            "vintage": self.vintage,
            "period": self.period,
            "difference": _plain(self.difference),
            "then": None
            if self.then is None
            else {"value": _plain(self.then.value), "source": self.then.source, "vintage": self.then.vintage},
            "explanation": self.explanation(language),
            "findings": [finding.as_dict() for finding in self.findings],
            "rows": [row.as_dict() for row in self.rows],
        }


def _plain(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 4)


def check(claim: Claim, written: str | None, measures: Measures | None) -> Check:
    """Checks a claim of a text written at that date (ISO, as far as it is known) against a workspace's values."""
    if measures is None:
        return _cannot(claim, "no-workspace")
    if claim.subject in unavailable():
        return _cannot(claim, unavailable()[claim.subject])
    tried = recipes().get(claim.subject, ())
    if not tried or claim.area is None:
        return _cannot(claim, "no-source")
    loaded = [recipe for recipe in tried if measures.loaded(recipe)]
    if not loaded:
        return _cannot(claim, "not-loaded", indicator=tried[0].indicators[0])
    if claim.role == "target":
        return _target(claim, loaded, measures)
    written = written or "9999"
    period, assumed = _period_of(claim, loaded[0], measures, written)
    if period is None:
        return _cannot(claim, "no-period-at-all")
    for recipe in loaded:
        measured = measure(measures, recipe, claim.area, period, written)
        if measured:
            found = _compare(claim, recipe, measured, written, measures)
            notes = [Finding("no-period", {"period": period})] if assumed else []
            return replace(found, findings=(*notes, *found.findings))
    return _without_values(claim, loaded, measures, period)


def _cannot(claim: Claim, code: str, **values: Any) -> Check:
    return Check("cannot-be-checked", (Finding(code, values),), claim.unit)


# — the period —


def _period_of(claim: Claim, recipe: Recipe, measures: Measures, written: str) -> tuple[str | None, bool]:
    """The claim's own period, else the newest one that ended before the text; whether it was assumed."""
    if claim.period is not None:
        return claim.period, False
    series = measures.series(recipe.indicators[0], recipe, claim.area or "001")
    years = [period for period in (series.periods() if series else ()) if len(period) == 4 and period < written[:4]]
    return (years[-1], True) if years and recipe.kind in {"value", "share", "parts"} else (None, False)


def _last(claim: Claim, recipe: Recipe, measures: Measures) -> Measured | None:
    """The newest value of the recipe, whatever its period."""
    series = measures.series(recipe.indicators[0], recipe, claim.area or "001")
    periods = series.periods() if series else []
    for period in reversed(periods):
        measured = measure(measures, recipe, claim.area or "001", period, "9999")
        if measured:
            return max(measured.values(), key=lambda entry: entry.vintage)
    return None


def _target(claim: Claim, loaded: Sequence[Recipe], measures: Measures) -> Check:
    newest = [last for recipe in loaded if (last := _last(claim, recipe, measures))]
    if not newest:
        return Check("target", (Finding("target"),), claim.unit)
    last = max(newest, key=lambda entry: entry.period)
    values = {"value": last.value, "last": last.period, **({"period": claim.period} if claim.period else {})}
    told = Finding("target-now" if claim.period else "target-newest", values)
    return Check("target", (told,), claim.unit, last.value, last.source, last.vintage, last.period, rows=last.rows)


def _without_values(claim: Claim, loaded: Sequence[Recipe], measures: Measures, period: str) -> Check:
    """What is loaded does not reach the period: says where it ends, and what it said last."""
    ends = [(recipe, last) for recipe in loaded if (last := _last(claim, recipe, measures))]
    if not ends:
        return _cannot(claim, "no-values", indicator=loaded[0].indicators[0], area=claim.area, period=period)
    recipe, last = max(ends, key=lambda entry: entry[1].period)
    reached = Finding("ends-before", {"last": last.period, "period": period, "value": last.value})
    notes = [Finding(recipe.definition)] if recipe.definition else []
    return Check(
        "cannot-be-checked",
        (reached, *notes),
        claim.unit,
        last.value,
        last.source,
        last.vintage,
        last.period,
        rows=last.rows,
    )


# — the comparison —


def source_name(identifiers: str, language: str = "en") -> str:
    """The publishers of sources, by their ids: as a sentence of a language names them."""
    found = []
    for identifier in identifiers.split(", "):
        try:
            publisher = contract.source(identifier).publisher
        except UnknownCodeError:
            found.append(identifier)
        else:
            named = label(publisher, language) or publisher
            found.append(re.split("[(（]", named)[0].strip().rstrip(","))
    return " + ".join(dict.fromkeys(found))


def _compare(
    claim: Claim, recipe: Recipe, measured: dict[tuple[str, str], Measured], written: str, measures: Measures
) -> Check:
    own = {edition: entry for edition, entry in measured.items() if edition[0] in recipe.sources} or measured
    now = max(own.values(), key=lambda entry: entry.vintage)
    then = _of_its_time(list(own.values()), written)
    status, findings = _verdict(claim, recipe, now, then, written)
    return Check(
        status,
        (*findings, *_notes(claim, recipe, now), *_of_no_date(now, measures)),
        claim.unit,
        now.value,
        now.source,
        now.vintage,
        now.period,
        None if then is now else then,
        now.value - claim.value,
        now.rows,
    )


def _of_its_time(measured: Sequence[Measured], written: str) -> Measured:
    """The newest edition that the text could know; where none is loaded, the first that came after it."""
    before = [entry for entry in measured if entry.vintage <= written]
    if before:
        return max(before, key=lambda entry: entry.vintage)
    return min(measured, key=lambda entry: _distance(entry.vintage, written))


def _verdict(
    claim: Claim, recipe: Recipe, now: Measured, then: Measured, written: str
) -> tuple[str, tuple[Finding, ...]]:
    said = {
        "source": source_name(now.source),
        "vintage": now.vintage,
        "value": now.value,
        "difference": abs(now.value - claim.value),
    }
    if agrees(claim, now.value):
        findings = [Finding("agrees" if _rounds(claim, now.value) else "allowed", said)]
        if then is not now and agrees(claim, then.value):
            code = "agrees-then" if _rounds(claim, then.value) else "allowed-then"
            findings.append(Finding(code, {"vintage": then.vintage, "value": then.value}))
        return "confirmed", tuple(findings)
    more = now.value > claim.value
    if then is not now and agrees(claim, then.value):
        earlier = Finding("agreed-then", {"vintage": then.vintage, "value": then.value})
        return "revised", (earlier, Finding("revised-up" if more else "revised-down", said))
    if recipe.definition:
        return "other-definition", (Finding("grew" if more else "shrank", said),)
    change = Finding("grew" if more else "shrank", said)
    if now.vintage > written:
        return "revised", (change, Finding("no-edition-then", {"vintage": then.vintage}))
    return "differs", (change,)


def _of_no_date(now: Measured, measures: Measures) -> list[Finding]:
    """That the day by which an edition was named is the last of its data, where its files state none."""
    return [Finding("undated", {"last_day": now.vintage})] if measures.undated(now) else []


def _notes(claim: Claim, recipe: Recipe, now: Measured) -> list[Finding]:
    notes = []
    if now.between:
        notes.append(Finding("interpolated", {"before": now.between[0], "after": now.between[1]}))
    if now.parts:
        notes.append(Finding("added-up", {"parts": now.parts}))
    if recipe.definition:
        notes.append(Finding(recipe.definition))
    if now.until:
        notes.append(Finding("until-month", {"month": now.until}))
    if claim.unit == "events" and claim.subject.startswith("missing."):
        notes.append(Finding("not-persons"))
    return notes


def agrees(claim: Claim, value: float) -> bool:
    """Whether a value, rounded as the claim is, is the claim."""
    tolerance = claim.precision / 2
    if claim.qualifier == "about":
        tolerance = max(tolerance, ABOUT * abs(claim.value))
    if claim.qualifier == "over" and claim.value <= value <= claim.value * (1 + OVER):
        return True
    if claim.qualifier == "under" and claim.value * (1 - OVER) <= value <= claim.value:
        return True
    return abs(value - claim.value) <= tolerance + 1e-9


def _rounds(claim: Claim, value: float) -> bool:
    """Whether the value is the claim by rounding alone, without what "about", "over" and "under" allow."""
    return abs(value - claim.value) <= claim.precision / 2 + 1e-9


def _distance(vintage: str, written: str) -> int:
    """Days between an edition and a text, as far as their dates are known."""
    return abs((_day(vintage) - _day(written)).days)


def _day(text: str) -> date:
    year, month, day = ([int(part) for part in text.split("-")] + [7, 1])[:3] if text != "9999" else (9999, 12, 31)
    return date(year, month, min(day, 28))
