"""Rules about periods: possible, of one form, not in the future."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import polars as pl

from opencompact.language import N_, counted, said
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW

_FORMS = {
    "year": r"\d{4}",
    "half-year": r"\d{4}-S[12]",
    "quarter": r"\d{4}-Q[1-4]",
    "month": r"\d{4}-(0[1-9]|1[0-2])",
    "day": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
}
_EARLIEST = 1800


_FORM_WORDS = {
    "year": N_("year"),
    "half-year": N_("half-year"),
    "quarter": N_("quarter"),
    "month": N_("month"),
    "day": N_("day"),
}


def form_of(period: str) -> str | None:
    """`year`, `half-year`, `quarter`, `month`, `day`, or None for what is no ISO 8601 period."""
    return next((name for name, pattern in _FORMS.items() if re.fullmatch(pattern, period)), None)


def check_periods(table: TidyTable, today: date) -> None:
    """Every period is one of ISO 8601, not before 1800, not after today; an indicator has periods of one length."""
    if "period" not in table.cells.columns:
        return
    for (row,) in table.cells.filter(pl.col("period").is_null()).select(ROW).iter_rows():
        table.find(
            "period-missing", "error", "The row does not say its period.", "Fill it in.", row=row, column="period"
        )
    for text in table.cells["period"].drop_nulls().unique().sort().to_list():
        fault = _fault(text, today)
        if fault:
            for (row,) in table.cells.filter(pl.col("period") == text).select(ROW).iter_rows():
                table.find(fault[0], "error", fault[1], fault[2], row=row, column="period", value=text)
    _mixed(table)
    _days_for_years(table)


def _fault(text: str, today: date) -> tuple[str, str, str] | None:
    form = form_of(text)
    if form is None:
        return ("period-form", said("This is not a period."), _remedy(text))
    year = int(text[:4])
    if form == "day":
        try:
            date.fromisoformat(text)
        except ValueError:
            return ("period-impossible", said("There is no such day."), said("Give a day of the calendar."))
    if _start(text, form) > today.isoformat():
        return (
            "period-impossible",
            said("The period lies in the future."),
            said("Check the year, and its calendar; a forecast says so with `status` F and is not imported."),
        )
    if year < _EARLIEST:
        return (
            "period-impossible",
            said("The period lies before {earliest}.", earliest=_EARLIEST),
            said("Check the year, and its calendar: years are Gregorian."),
        )
    return None


def _start(text: str, form: str) -> str:
    year = text[:4]
    if form == "quarter":
        return f"{year}-{int(text[-1]) * 3 - 2:02}-01"
    if form == "half-year":
        return f"{year}-{'01' if text[-1] == '1' else '07'}-01"
    return {"year": f"{year}-01-01", "month": f"{text}-01", "day": text}[form]


def last_day(period: str) -> date:
    """The last day of a period."""
    form = form_of(period)
    year = int(period[:4])
    month = {"year": 12, "half-year": 6 * int(period[-1]) if form == "half-year" else 12}.get(form or "", 12)
    if form == "quarter":
        month = 3 * int(period[-1])
    elif form == "month":
        month = int(period[5:7])
    elif form == "day":
        return date.fromisoformat(period)
    return date(year, month, monthrange(year, month)[1])


def _remedy(text: str) -> str:
    if (match := re.fullmatch(r"(\d{4})-(\d{2})", text)) and int(match[2]) != (int(match[1]) + 1) % 100:
        return said("There is no month {month}: write a month from 01 to 12.", month=match[2])
    if match := re.fullmatch(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})", text):
        return said(
            "Write one year ({year}, or the year in which the period ends) and say so in `note`.", year=match[1]
        )
    if match := re.fullmatch(r"(\d{4})[\s_-]*[Qq]\s*([1-4])", text) or re.fullmatch(r"[Qq]([1-4])[\s/-]*(\d{4})", text):
        year, quarter = (match[1], match[2]) if len(match[1]) == 4 else (match[2], match[1])
        return said("Write {year}-Q{quarter}.", year=year, quarter=quarter)
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        return _day_remedy(int(match[3]), int(match[1]), int(match[2]))
    if match := re.match(r"(\d{4})-\d{2}-\d{2}[T ]", text):
        return said("Write the day without the time: {text}.", text=text[:10])
    if match := re.match(r"(\d{4})\b", text):
        return said("Write {period} and put the rest in `note`.", period=match[1])
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", text):
        return said("This looks like a spreadsheet's own number of a day: format the column as text, year-month-day.")
    return said("Write 2023, 2023-Q1, 2023-05 or 2023-05-31.")


def _day_remedy(year: int, first: int, second: int) -> str:
    """What 20/05/2020 may mean: those days, of the two orders of day and month, that the calendar has."""
    meant = [_day(year, month, day) for day, month in ((first, second), (second, first))]
    possible = list(dict.fromkeys(text for text in meant if text))
    if not possible:
        return said("Give a day of the calendar.")
    if len(possible) == 1:
        return said("Write year-month-day: {text}.", text=possible[0])
    return said("Write year-month-day: {one} or {other}.", one=possible[0], other=possible[1])


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _days_for_years(table: TidyTable) -> None:
    """Years that a spreadsheet has made days of."""
    days = table.cells.filter(pl.col("period").str.contains(r"^\d{4}-\d{2}-\d{2}$")).select(ROW, "period")
    if days.height > 1 and (days["period"].str.slice(5) == "01-01").all():
        table.find(
            "day-for-year",
            "warning",
            "Every day is a 1 January: years that a spreadsheet made days of?",
            "Write the year alone, in a column formatted as text.",
            row=int(days[ROW][0]),
            column="period",
            value=str(days["period"][0]),
        )


def _mixed(table: TidyTable) -> None:
    forms = table.cells.select(
        ROW,
        "period",
        *([pl.col("indicator")] if "indicator" in table.cells.columns else []),
        pl.col("period").map_elements(form_of, return_dtype=pl.String).alias("form"),
    ).drop_nulls("form")
    groups = forms.group_by("indicator") if "indicator" in forms.columns else [(("",), forms)]
    for _, group in groups:
        counts = sorted(group["form"].value_counts().iter_rows(), key=lambda pair: -pair[1])
        for form, count in counts[1:]:
            first = group.filter(pl.col("form") == form).row(0, named=True)
            table.find(
                "period-mixed",
                "warning",
                counted(
                    "{n:,} row gives a {form} where the others give a {usual}.",
                    "{n:,} rows give a {form} where the others give a {usual}.",
                    count,
                    form=said(_FORM_WORDS[form]),
                    usual=said(_FORM_WORDS[counts[0][0]]),
                ),
                "Give periods of one length for one indicator.",
                row=first[ROW],
                column="period",
                value=first["period"],
            )
