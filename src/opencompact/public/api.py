"""The read-only JSON API: stable addresses under /api/v1/, described by OpenAPI at /api/v1/openapi.json, throttled."""

from __future__ import annotations

import datetime
import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import Throttled, ValidationError
from ninja.throttling import AnonRateThrottle

from opencompact import actions, compact
from opencompact.actions.sample import PREFIX, is_synthetic
from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.language import LANGUAGES, counted, said
from opencompact.public import access, languages, looking, reviewing, story
from opencompact.public.area_names import areas_found, code_asked
from opencompact.public.counting import counts_by
from opencompact.public.listing import Filters, assert_once, page_of
from opencompact.public.models import Record
from opencompact.public.problems import refused, wrong
from opencompact.public.refusing import Withdrawn
from opencompact.public.shapes import (
    NO_NUL,
    Actions,
    AreaFound,
    AreaTold,
    Asked,
    Change,
    Code,
    Hits,
    Identifier,
    Number,
    Objective,
    Problem,
    Provision,
    Recommendation,
    Report,
    Summary,
    Tally,
    Turned,
    Whole,
)
from opencompact.public.writing import today

api = NinjaAPI(
    title="OpenCompact",
    version="1",
    urls_namespace="api",
    docs_url=None,
    description="Published actions under the Global Compact for Migration, and what they answer. Read-only.",
    throttle=[AnonRateThrottle(settings.API_RATE)],
)


@api.exception_handler(UnknownCodeError)
def unknown(request: HttpRequest, error: UnknownCodeError) -> HttpResponse:
    return refused(request, 404, "UnknownCodeError", error.problem, error.value, error.remedy or "")


@api.exception_handler(Withdrawn)
def withdrawn(request: HttpRequest, error: Withdrawn) -> HttpResponse:
    problem = said("The action was withdrawn on {day}.", day=error.on)
    return refused(request, 410, "Withdrawn", problem, error.identifier, said("Take it out of what you show."))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problem, value = wrong(error.errors[0] if error.errors else {}, request)
    return refused(request, 422, "InvalidDataError", problem, value, said("See /api/v1/openapi.json."))


@api.exception_handler(InvalidDataError)
def meaningless(request: HttpRequest, error: InvalidDataError) -> HttpResponse:
    return refused(request, 422, "InvalidDataError", error.problem, error.value, error.remedy or "")


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    wait = max(1, int(error.wait or 1))
    remedy = counted("Ask again in {n} second.", "Ask again in {n} seconds.", wait)
    response = refused(request, 429, "Throttled", said("Too many questions in a short time."), None, remedy)
    response["Retry-After"] = str(wait)
    return response


_REFUSED = {404: Problem, 422: Problem, 429: Problem}
# Every question may name the language of its answer; it is read before the question is.
_LANG = {"name": languages.PARAMETER, "in": "query", "required": False, "schema": {"enum": list(LANGUAGES)}, "description": "The language of names and of refusals; without it, the one that the browser prefers."}  # fmt: skip
_get = functools.partial(api.get, openapi_extra={"parameters": [_LANG]})


def _exactly(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuses what a question asks beside what it may: nobody is handed all for a slip."""
    names = (
        {languages.PARAMETER}
        | set(inspect.signature(view).parameters)
        | (set(Asked.model_fields) if "asked" in view.__annotations__ else set())
    )

    @functools.wraps(view)
    def strict(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        known = names - {"request", "asked", *(request.resolver_match.kwargs if request.resolver_match else ())}
        for name in request.GET:
            if name not in known:
                remedy = said("It may ask: {names}.", names=", ".join(sorted(known)) or "–")
                raise InvalidDataError(
                    said("There is no filter “{name}”.", name=name[:80]), value=name[:80], remedy=remedy
                )
        assert_once(request.GET)
        if not languages.is_known(request):
            remedy = said("It may be: {codes}.", codes=", ".join(LANGUAGES))
            raise InvalidDataError("This is none of the six languages.", value=request.GET["lang"][:80], remedy=remedy)
        return view(request, *arguments, **named)

    return strict


@_get("/actions", response={200: Actions, **_REFUSED}, summary="List actions, the newest change first")
@_exactly
def list_actions(request: HttpRequest, asked: Query[Asked]) -> Actions:
    if asked.area and not code_asked(asked.area):
        compact.area(asked.area)  # which says what may be meant
    given = asked.dict()
    filters = Filters.exactly({name: given[name] for name in vars(Filters()) if given[name]})
    return _page(filters, asked.page)


def _page(filters: Filters, number: int) -> Actions:
    found = page_of(filters, number, today())
    days = story.days_of(found.records, today())
    return Actions(
        total=found.total,
        more=found.more,
        page=found.page,
        pages=found.last,
        actions=[_summary(r, days.get(r.pk, story.Days())) for r in found.records],
    )


def _summary(record: Record, days: story.Days) -> Summary:
    return Summary(
        id=record.identifier, kind=record.kind, title=record.title, language=record.language, by=record.who,
        stakeholder=record.stakeholder, areas=record.areas, objectives=record.objectives, state=record.state,
        overdue=_overdue(record), measured=record.measured, due=record.due, first_due=days.first_due, done_late=days.done_late, last_report=record.reported, changed=record.changed,
        version=record.version, synthetic=record.identifier.startswith(PREFIX), address=f"/id/{record.identifier}/",
    )  # fmt: skip


def _overdue(record: Record) -> bool:
    return record.due is not None and record.due < today() and record.state in actions.RUNNING


def _record(identifier: str) -> Record:
    record = Record.objects.filter(identifier=identifier, stage="published").first()
    if record is None:
        access.assert_not_withdrawn(identifier)
        raise UnknownCodeError(
            "There is no such action.", value=identifier, remedy="Look for it: /api/v1/search?q=WORDS."
        )
    return record


@_get("/actions/{identifier}", response={200: Whole, 410: Problem, **_REFUSED}, summary="One action, whole")
@_exactly
def one_action(request: HttpRequest, identifier: Identifier) -> Whole:
    record = _record(identifier)
    action = record.action
    stands = actions.standing(action, today(), record.entered)
    return Whole(
        version=record.version, changed=record.changed, state=stands.state, overdue=stands.overdue, stale=stands.stale,
        measured=stands.measured, synthetic=is_synthetic(action),
        first_due=story.first_due(record), done_late=actions.done_late(action, today()),
        provisions_derived=list(actions.derived_provisions(action)), action=actions.to_json(action),
    )  # fmt: skip


@_get(
    "/actions/{identifier}/versions",
    response={200: list[Change], 410: Problem, **_REFUSED},
    summary="What changed since it was published, and when",
)
@_exactly
def versions(request: HttpRequest, identifier: Identifier) -> list[Change]:
    record = _record(identifier)
    found = list(access.versions_of(None, record).order_by("-number")[:200])
    return [_change(step) for step in story.steps(record, found)]


def _change(step: story.Step) -> Change:
    version = step.version
    return Change(
        number=version.number, at=version.at, fields=list(step.fields), reason=version.reason, manner=version.manner,
        turned=[Turned(field=t.name, before=_plain(t.before), after=_plain(t.after)) for t in step.turned],
        withdrawn=step.withdrawn,
    )  # fmt: skip


def _plain(value: object) -> str | None:
    return None if value is None else value.isoformat() if isinstance(value, datetime.date) else str(value)


@_get(
    "/objectives", response={200: list[Objective], **_REFUSED}, summary="The 23 objectives with their actions counted"
)
@_exactly
def objectives(request: HttpRequest, language: Code | None = None) -> list[Objective]:
    counts = counts_by("objective", Filters(), today())
    return [_objective(entry, counts, language or request.code) for entry in compact.objectives()]


@_get("/objectives/{number}", response={200: Objective, **_REFUSED}, summary="One objective")
@_exactly
def one_objective(request: HttpRequest, number: Number, language: Code | None = None) -> Objective:
    return _objective(compact.objective(number), counts_by("objective", Filters(), today()), language or request.code)


def _objective(entry: compact.Objective, counts: dict[Any, Any], language: str) -> Objective:
    return Objective(
        number=entry.number, name=entry.name(language), short=entry.short(language), round_table=entry.round_table,
        actions=_tally(counts.get(entry.number)),
    )  # fmt: skip


def _tally(counts: Any) -> Tally:
    if counts is None:
        none = {state: 0 for state, _l in actions.STATES}
        return Tally(total=0, commitments=0, states=none, overdue=0, stale=0, without_measure=0)
    return Tally(
        total=counts.total,
        commitments=counts.committed,
        states=counts.states,
        overdue=counts.overdue,
        stale=counts.stale,
        without_measure=counts.unmeasured,
    )


@_get("/areas/{code}", response={200: AreaTold, **_REFUSED}, summary="An area with its actions by objective")
@_exactly
def one_area(request: HttpRequest, code: Annotated[str, Path(max_length=80)], language: Code | None = None) -> AreaTold:
    area = compact.area(code)
    counts = counts_by("objective", Filters(area=area.code), today())
    return AreaTold(
        code=area.code,
        name=area.name(language or request.code),
        objectives={str(number): _tally(found) for number, found in sorted(counts.items())},
    )


@_get(
    "/recommendations",
    response={200: list[Recommendation], **_REFUSED},
    summary="The 26 recommendations on missing migrants (A/79/590, annex) and what each area reports",
)
@_exactly
def recommendations(request: HttpRequest, language: Code | None = None) -> list[Recommendation]:
    known = reviewing.recommendations()
    return [
        Recommendation(
            code=entry.code,
            name=entry.name(language or request.code),
            group=entry.group,
            reported=[Report(**vars(each)) for each in known.get(entry.code, [])],
        )
        for entry in compact.recommendations()
    ]


@_get(
    "/search",
    response={200: Hits, **_REFUSED},
    summary="Search areas, actions and provisions, in any of the six languages",
)
@_exactly
def search(request: HttpRequest, q: Annotated[str, Query(min_length=1, max_length=200, pattern=NO_NUL)]) -> Hits:
    rows = looking.provisions(q, request.code, 20)
    found = [Provision(symbol=p.symbol, place=p.place, language=p.language, text=p.text) for p in rows]
    areas = [AreaFound(code=area.code, name=area.name(request.code)) for area in areas_found(q)]
    return Hits(areas=areas, actions=_page(Filters(q=q), 1), provisions=found)
