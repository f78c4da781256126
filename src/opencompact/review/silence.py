"""Zeros that their publisher also writes where nothing was reported: never a newest value, never drawn, always told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opencompact.language import N_
from opencompact.look.blocks import Spans, spans
from opencompact.review.account import Account
from opencompact.statistics.assessment import Point, silent


def since_then(account: Account, points: Sequence[Point]) -> Spans:
    """A sentence that says for which years after the newest value there are such zeros; nothing where there are none."""
    _ = account.words
    zeros = silent(points)
    text = N_(" For {years} the source has zero, which may also mean that nothing was reported.")
    return _.spans(text, years=years(account, zeros)) if zeros else ()


def not_drawn(account: Account, name: str, points: Sequence[Point]) -> tuple[Spans, ...]:
    """The note of a line of which such zeros are left out."""
    _ = account.words
    zeros = [each for each in points if each.doubtful]
    text = N_(
        "{name}: for {years} the source has zero, which may also mean that nothing was reported; these zeros are not drawn."
    )
    return (spans(_(text, name=name, years=years(account, zeros))),) if zeros else ()


def years(account: Account, points: Iterable[Point]) -> str:
    """The periods of points; years that follow one another as one range."""
    _ = account.words
    runs: list[list[Point]] = []
    for each in points:
        follows = runs and len(each.period) == 4 and each.year == runs[-1][-1].year + 1
        runs = [*runs[:-1], [*runs[-1], each]] if follows else [*runs, [each]]
    ends = [(_.period(run[0].period), _.period(run[-1].period)) for run in runs]
    return _.listed(
        [first if first == last else _("{first} to {last}", first=first, last=last) for first, last in ends]
    )
