"""On which route, of what and from where people died or disappeared."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from opencompact.language import N_
from opencompact.look.blocks import Block, Heading, paragraph
from opencompact.review.account import Account
from opencompact.review.pages.deaths_when import TOTAL, in_years
from opencompact.review.rankings import bars_of_labels
from opencompact.review.terms import NO_PLACE
from opencompact.statistics.assessment import Point
from opencompact.statistics.assessment.series import point

NOT_KNOWN = ("Not known", "Unknown", "Mixed or unknown")  # as the publisher writes them


def by_part(account: Account) -> list[Block]:
    """By route, cause and origin, over all years."""
    _ = account.words
    blocks: list[Block] = []
    people = sum(each.number for each in in_years(account))
    for key, heading, title, mostly_not, not_at_all, column in (
        (
            "route",
            _("On which route"),
            N_("The route on which most people were recorded: {name}"),
            _("Of most people it is not known on which route they were"),
            _("On which route they were is not known of any of them."),
            _("Route"),
        ),
        (
            "cause",
            _("Of what"),
            N_("The cause of which most people are recorded: {name}"),
            _("Of most people the cause is not known"),
            _("The cause is not known of any of them."),
            _("Cause"),
        ),
    ):
        parts = _summed(account, key)
        unknown = {_label(account, name) for name in NOT_KNOWN}
        named = most_told(parts, unknown, people)
        if parts and all(name in unknown for name, _value in parts):
            blocks += [Heading(2, heading, key), paragraph(not_at_all)]
            continue
        figure = bars_of_labels(
            account,
            TOTAL,
            parts,
            title=_(title, name=named) if named else mostly_not,
            subtitle=_("Dead and missing, all years together"),
            unit="persons",
            anchored=f"by-{key}",
            first_column=column,
            unknown=unknown,
        )
        if figure is not None:
            blocks += [Heading(2, heading, key), figure]
    return blocks + _by_origin(account, people)


def _by_origin(account: Account, people: float) -> list[Block]:
    """Where the `people` came from, over all years."""
    _ = account.words
    origins = _origins(account)
    if not origins:
        return []
    unknown = {_origin(account, code) for code in NO_PLACE}
    named = most_told(origins, unknown, people)
    figure = bars_of_labels(
        account,
        TOTAL,
        origins,
        title=_("The origin of which most people are recorded: {name}", name=named)
        if named
        else _("Where they came from is mostly not known"),
        subtitle=_("Dead and missing by country of origin, all years together"),
        unit="persons",
        anchored="by-origin",
        first_column=_("Country of origin"),
        unknown=unknown,
    )
    return [] if figure is None else [Heading(2, _("From where"), "origin"), figure]


def most_told(parts: Sequence[tuple[str, Point]], unknown: Collection[str], people: float) -> str:
    """The name with most people, or an empty text where it is known of less than half of all `people`.

    parts: names and how many, largest first; `unknown` are the names that mean that nothing is known.
    """
    told = [(name, each.number) for name, each in parts if name not in unknown]
    return told[0][0] if told and 2 * sum(number for _name, number in told) >= people else ""


def _label(account: Account, key: str) -> str:
    return account.label(f"x={key}")


def _summed(account: Account, key: str) -> list[tuple[str, Point]]:
    """The values of one key of the breakdown, yearly values added up, largest first."""
    frame = account.holdings.own(TOTAL).filter(
        pl.col("breakdown").str.starts_with(f"{key}=") & ~pl.col("breakdown").str.contains(";"), *_yearly_total()
    )
    return [(account.label(str(name)), each) for name, each in _sums(frame, "breakdown")]


def _origins(account: Account) -> list[tuple[str, Point]]:
    frame = account.holdings.own(TOTAL).filter(
        pl.col("origin") != "_T", pl.col("breakdown") == "_T", *_yearly_total("sex", "age")
    )
    return [(_origin(account, str(code)), each) for code, each in _sums(frame, "origin")]


def _origin(account: Account, code: str) -> str:
    """What is neither one country nor said to be unknown: several countries, or a region."""
    return account.words(N_("several countries, or a region")) if code == "OOO" else account.words.mark(code)


def _yearly_total(*columns: str) -> list[pl.Expr]:
    names = columns or ("sex", "age", "origin")
    return [
        pl.col("period").str.len_chars() == 4,
        *(pl.col(name) == "_T" for name in names),
        pl.col("value").is_not_null(),
    ]


def _sums(frame: pl.DataFrame, column: str) -> list[tuple[str, Point]]:
    """Sums over years: a point without a line of its own, since it stands for several rows."""
    sums = (
        frame.group_by(column)
        .agg(pl.col("value").sum(), pl.col("source").first(), pl.col("vintage").max(), pl.col("period").max())
        .sort("value", column, descending=[True, False])
    )
    return [(str(row[column]), point(row)) for row in sums.iter_rows(named=True) if row["value"]]
