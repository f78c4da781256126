"""Palestine refugees: UNRWA has the mandate for them, so that UNHCR's figures of refugees leave them out."""

from __future__ import annotations

from opencompact.language import N_
from opencompact.look.blocks import Block, Callout, Heading, Spans
from opencompact.review.account import Account, newest
from opencompact.review.figures import Named, lines
from opencompact.review.rankings import groups_of_people
from opencompact.review.titles import title_of
from opencompact.statistics.assessment import Point

INDICATOR = "refugees.unrwa"


def leaves_out(account: Account) -> Point | None:
    """The Palestine refugees of the newest year, where some live; None elsewhere."""
    here = newest(account.holdings.total(INDICATOR))
    return here if here is not None and here.value else None


def left_out(account: Account) -> list[Block]:
    """That the figures of UNHCR leave people out, and how many."""
    _ = account.words
    here = leaves_out(account)
    if here is None:
        return []
    message = (
        N_("The figures of UNHCR leave out the Palestine refugees, for whom UNRWA has the mandate: {people} ({year}).")
        if account.area.kind == "world"
        else N_(
            "The figures of UNHCR leave out the Palestine refugees, for whom UNRWA has the mandate: {people} lived here ({year})."
        )
    )
    people = account.said(here, INDICATOR, "persons")
    return [Callout("note", _.spans(message, people=people, year=_.period(here.period)))]


def of_unrwa_alone(account: Account) -> Spans:
    """The first sentence where no other table says who found protection; nothing where none of them lives."""
    _ = account.words
    here = leaves_out(account)
    if here is None:
        return ()
    text = N_("In {year}, {people} lived in {area} as Palestine refugees under the mandate of UNRWA.")
    people = account.said(here, INDICATOR, "persons")
    return _.spans(text, year=_.period(here.period), people=people, area=account.within)


def palestine_refugees(account: Account) -> list[Block]:
    """Those who live here by year, and for the State of Palestine where they live; nothing elsewhere."""
    _ = account.words
    here = account.holdings.total(INDICATOR)
    course = lines(
        account,
        INDICATOR,
        [Named(_("Palestine refugees"), here, "first")],
        title=title_of(account, account.title(INDICATOR), INDICATOR, here, "persons"),
        subtitle=_("People at the end of the year"),
        unit="persons",
        zero=True,
    )
    places = [] if account.area.is_group else account.holdings.destinations(INDICATOR, "2010")
    ranked = groups_of_people(
        account,
        INDICATOR,
        places,
        largest=N_("The largest group of Palestine refugees lives in {area}"),
        subtitle=N_("Palestine refugees by where they live, {year}"),
        since="2010",
        anchored="palestine-refugees-by-place",
    )
    blocks: list[Block] = [*course, *([ranked] if ranked is not None else [])]
    return [Heading(2, _("Palestine refugees"), "palestine-refugees"), *blocks] if blocks else []
