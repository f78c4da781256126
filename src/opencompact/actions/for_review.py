"""What a review says of actions: per objective what was promised and how far it is, and the missing-migrants recommendations.

`Told(actions, today).objective` and `.recommendations` have the shape of the hooks of `review.links.Links`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from opencompact import compact
from opencompact.actions.courses import COMMITMENTS, STATES, Course, course_of
from opencompact.actions.model import KINDS, Action, FollowUp
from opencompact.actions.progress import Standing, Tally, done_late, is_counted, standing, tally
from opencompact.language import (
    Translator,
    format_apart,
    format_date,
    format_list,
    format_named,
    format_sentences,
    translator,
)
from opencompact.look.blocks import Block, Callout, Cell, Column, Heading, Paragraph, Span, Table, spans

_MOST = 25
_ORDER = {state: index for index, (state, _label) in enumerate(reversed(STATES))}


def _nowhere(action: Action, language: str) -> str | None:
    return None


@dataclass(frozen=True)
class Told:
    """Published actions as a review tells of them.

    `address` gives an action's page, where a service shows it; `entered` the day on which one was published, by identifier,
    `first_due` the day on which it was due as it was first promised, where that was moved or taken away.
    """

    actions: tuple[Action, ...]
    today: datetime.date
    address: Callable[[Action, str], str | None] = field(default=_nowhere)
    entered: Mapping[str, datetime.date] = field(default_factory=dict)
    first_due: Mapping[str, datetime.date] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Text that changes when what is told changes, so that a review knows which pages to write anew."""
        digest = hashlib.blake2s(self.today.isoformat().encode())
        for action in self.actions:
            digest.update(repr((action, self.entered.get(action.id), self.first_due.get(action.id))).encode())
        return digest.hexdigest()

    def objective(self, objective: int, area: str, language: str) -> tuple[Block, ...]:
        """What was promised and done under an objective in an area, and how one would know."""
        mine = [a for a in self.actions if objective in a.objectives and area in a.areas and is_counted(a)]
        if not mine:
            return ()
        _ = translator(language, "actions")
        return (
            Heading(2, _("What was promised and what is done"), "actions"),
            Paragraph(spans(summary(mine, self.today, language))),
            *self._measured(mine, _),
            self._table(mine, language, _),
        )

    def _standing(self, action: Action) -> Standing:
        return standing(action, self.today, self.entered.get(action.id))

    def _measured(self, actions: list[Action], _: Translator) -> Iterable[Block]:
        without = tally(actions, self.today).unmeasured
        if without:
            words = _.plural(
                "{n} of them names no indicator and no target: nobody will be able to tell whether it worked.",
                "{n} of them name no indicator and no target: nobody will be able to tell whether they worked.",
                without, n=without,
            )  # fmt: skip
            yield Callout("gap", spans(words), _("Without a measure"))

    def _table(self, actions: list[Action], language: str, _: Translator) -> Table:
        ordered = sorted(actions, key=lambda a: (-_ORDER[self._standing(a).state], a.due or datetime.date.max, a.id))
        columns = (_("Action"), _("Kind"), _("Who"), _("Where it stands"), _("Due"))
        rows = tuple(self._row(action, language, _) for action in ordered[:_MOST])
        more = len(ordered) - _MOST
        note = _.plural("{n} more is not shown here.", "{n} more are not shown here.", more, n=more) if more > 0 else ""
        return Table(tuple(Column(title) for title in columns), rows, _("Actions under this objective"), note)

    def _row(self, action: Action, language: str, _: Translator) -> tuple[str | Cell, ...]:
        stands = self._standing(action)
        words = [_(dict(STATES)[stands.state])]
        words += [_("overdue")] if stands.overdue else []
        words += [_("no report for a year")] if stands.stale else []
        if late := done_late(action, self.today):
            words.append(_("done on {date}, after it was due", date=format_date(late, language, "medium")))
        named = action.language if action.language != language else None
        title = Cell(action.title, href=self.address(action, language), language=named)
        who = Cell(action.by, language=named)
        return (title, _(action.label), who, format_list(words, language), self._due(action, language, _))

    def _due(self, action: Action, language: str, _: Translator) -> str:
        """When it is due, and when it was due as it was first promised."""
        due = format_date(action.due, language, "medium") if action.due else ""
        first = self.first_due.get(action.id)
        if first is None:
            return due
        was = _("was due {date}", date=format_date(first, language, "medium"))
        return _("{due} ({was})", due=due, was=was) if due else was

    def recommendations(self, area: str, language: str) -> tuple[Block, ...]:
        """What the area reports on each of the 26 recommendations on missing migrants; silence is said too."""
        _ = translator(language, "actions")
        reported = {a.recommendation: a for a in self.actions if isinstance(a, FollowUp) and area in a.areas}
        if not reported:
            return ()
        total = len(compact.recommendations())
        words = _(
            "{n} of the {total} recommendations on missing migrants are reported on.", n=len(reported), total=total
        )
        rows: list[tuple[str | Cell, ...]] = []
        for entry in compact.recommendations():
            action = reported.get(entry.code)
            name = f"{entry.code}  {entry.name(language)}"
            if action is None:
                rows.append((name, Cell(_("nothing reported"), absence="not-collected"), ""))
                continue
            state = _(dict(STATES)[self._standing(action).state])
            linked = Cell(action.title, href=self.address(action, language), language=action.language)
            rows.append((name, state, linked))
        columns = (Column(_("Recommendation")), Column(_("Where it stands")), Column(_("What was done")))
        return (
            Paragraph((Span(words),)),
            Table(columns, tuple(rows), _("Recommendations on missing migrants (A/79/590, annex)")),
        )


def summary(actions: Iterable[Action], today: datetime.date, language: str) -> str:
    """In a sentence or two: how many commitments, by state, and how many overdue; what else is on record, by kind."""
    _ = translator(language, "actions")
    known = list(actions)
    counted = tally(known, today)
    if not counted.total:
        return _("No action is on record.")
    parts = []
    if counted.committed:
        list_ = format_list(_states(counted, COMMITMENTS, _), language)
        parts.append(_.plural("{n} commitment is on record ({list}).", "{n} commitments are on record ({list}).", counted.committed, n=counted.committed, list=list_))  # fmt: skip
    if counted.overdue:
        parts.append(_.plural("{n} is overdue.", "{n} are overdue.", counted.overdue, n=counted.overdue))
    beside = [words for kind in KINDS if (words := _beside(kind, known, today, language))]
    if beside:
        named = format_list(beside, language)
        parts.append(
            _("Beside them: {list}.", list=named) if counted.committed else _("On record: {list}.", list=named)
        )
    return format_sentences(parts, language)


def _states(counted: Tally, course: Course, _: Translator) -> list[str]:
    code, states = _.language.code, counted.states
    return [format_named(_(label), str(states[state]), code) for state, label in course.states if states[state]]


def _beside(kind: str, actions: list[Action], today: datetime.date, language: str) -> str:
    """How many of a kind that is no commitment, by state where it has several; empty where there are none."""
    course = course_of(kind)
    counted = tally((action for action in actions if action.kind == kind), today)
    if course is COMMITMENTS or not counted.total:
        return ""
    _ = translator(language, "actions")
    said = format_named(_(KINDS[kind].plural), str(counted.total), language)
    if len(course.states) == 1 or kind == "statement":
        return said
    return _("{counted} ({list})", counted=said, list=format_apart(_states(counted, course, _), language))


def kind_name(kind: str, language: str, *, plural: bool = False) -> str:
    """The name of a kind in a language."""
    model = KINDS[kind]
    return translator(language, "actions")(model.plural if plural else model.label)
