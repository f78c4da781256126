"""What every page knows: its language, names of things, how numbers and days are written, who is looking."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from opencompact import actions, compact
from opencompact.actions import words
from opencompact.actions.fields import field_named, signs
from opencompact.actions.writing import choices_of
from opencompact.documents.blocks import TEXT_NAMES, what_it_does
from opencompact.documents.citing import paragraph_name
from opencompact.errors import UnknownCodeError
from opencompact.language import (
    LANGUAGES,
    N_,
    format_beside,
    format_date,
    format_list,
    format_named,
    format_number,
    told,
    translator,
)
from opencompact.public import access, story
from opencompact.public.audit import DEEDS
from opencompact.public.holdings import Value
from opencompact.public.models import Paragraph, Record
from opencompact.public.roles import ROLES, Permission


def environment(**options: Any) -> Environment:
    """The templates' environment: everything escaped, nothing undefined."""
    made = Environment(
        **options | {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(
        url=url,
        static=lambda name: f"{settings.STATIC_URL}{name}",
        ROLES=ROLES,
        Permission=Permission,
        KINDS=actions.KINDS,
        COURSES=actions.COURSES,
        RUNNING=actions.RUNNING,
        signs=signs,
        days_of=story.days_of,
        objective_provision=actions.objective_provision,
    )
    made.filters.update(paragraphs=paragraphs, breakable=breakable)
    return made


def url(name: str, *arguments: object) -> str:
    """The address of a page, in the language that is spoken."""
    return str(reverse(name, args=arguments))


def paragraphs(text: str) -> Markup:
    """Text as it was typed, as paragraphs; nothing in it is markup."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n"))) for block in blocks
    )


def breakable(path: str) -> Markup:
    """A path that a narrow column may part where its names end, and nowhere else."""
    return Markup("<wbr>").join(escape(piece) for piece in re.findall(r"[^/_.-]*[/_.-]|[^/_.-]+", path))


def context(request: HttpRequest) -> dict[str, Any]:
    """What a template is given beside its own."""
    code: str = getattr(request, "code", "en")
    person = getattr(request, "user", None)
    return {
        "_": translator(code, "public"),
        "plural": translator(code, "public").plural,
        "the": Names(code),
        "code": code,
        "direction": LANGUAGES[code].direction,
        "languages": [(other, f"/{other.code}{request.path[3:]}{_query(request)}") for other in LANGUAGES.values()],
        "reviewed": translator(code, "public").reviewed,
        "synthetic": settings.SYNTHETIC,
        "operator": settings.OPERATOR,
        "here": section(request.path),
        "person": person if person is not None and person.is_authenticated else None,
        "held": access.permissions(person) if person is not None else frozenset(),
        "csrf": lambda: Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
            get_token(request)
        ),
    }


def section(path: str) -> str:
    """The entry of the menu under which a page stands: the name of its address, empty where it is under none."""
    parts = path.strip("/").split("/")[1:]
    if parts[:1] == ["desk"]:
        return parts[1] if parts[1:2] in (["people"], ["audit"]) else "desk"
    return (
        {"objectives": "actions", "templates": "about", "account": "account_login"}.get(parts[0], parts[0])
        if parts
        else ""
    )


def _query(request: HttpRequest) -> str:
    """What an address asks, to be asked again in another language."""
    asked = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    return f"?{asked}" if asked else ""


class Names:
    """Names of things in one language, for templates: `the.area("KEN")`."""

    def __init__(self, code: str) -> None:
        self.code = code

    def area(self, code: str) -> str:
        try:
            return compact.area(code).name(self.code)
        except UnknownCodeError:
            return code

    def areas(self, codes: list[str]) -> str:
        return format_list([self.area(code) for code in codes], self.code)

    def objective(self, number: int) -> str:
        return compact.objective(number).name(self.code)

    def short(self, number: int) -> str:
        return compact.objective(number).short(self.code)

    def letter(self, code: str) -> str:
        """The name of a lettered action of the Compact."""
        found = (action for action in compact.actions() if action.code == code)
        return next((action.name(self.code) for action in found), "")

    def paragraph(self, provision: str) -> str:
        """A paragraph as it is cited: `A/79/590#89` → A/79/590, para. 89."""
        symbol, place = actions.cited(provision)
        return paragraph_name(symbol, place, self.code) if place else symbol

    def does(self, paragraph: Paragraph) -> str:
        """What a paragraph of a text does, for whom and about what; empty where that is not known."""
        kept = paragraph.does
        if not kept:
            return ""
        return what_it_does(kept["kinds"], kept["addressees"], kept["about"][:3], self.code)

    def tongue(self, language: str) -> str:
        """What a language calls itself; of another than the six, its code."""
        return LANGUAGES[language].name if language in LANGUAGES else language

    def text(self, symbol: str) -> str:
        """What a text of the United Nations is called; empty for one that we know only by its symbol."""
        return translator(self.code, "documents")(TEXT_NAMES[symbol]) if symbol in TEXT_NAMES else ""

    def indicator(self, code: str) -> str:
        """The identifier of an indicator that evidence names by its code; empty where the catalogue has none such."""
        try:
            return compact.catalogue().indicator(code.strip()).id
        except UnknownCodeError:
            return ""

    def deed(self, verb: str) -> str:
        """What a deed on record is called; of one that is done no more, its own word."""
        return translator(self.code, "public")(DEEDS[verb]) if verb in DEEDS else verb

    def support(self, code: str) -> str:
        return words.choice(words.SUPPORT, code).name(self.code)

    def review(self, form: str) -> str:
        return words.choice(words.REVIEWS, form).name(self.code)

    def kind(self, kind: str, plural: bool = False) -> str:
        return actions.kind_name(kind, self.code, plural=plural)

    def stakeholder(self, code: str) -> str:
        return words.choice(words.speakers(), code).name(self.code)

    def state(self, state: str) -> str:
        return self.label(dict(actions.STATES)[state])  # type: ignore[index]

    def stage(self, kind: str, stage: str) -> str:
        """What a stage of a report is called for a kind of action."""
        return self.label(actions.stage_label(kind, stage))

    def fields(self, kind: str, names: list[str]) -> str:
        """The labels of fields of a kind of action; a name that is no field any more stays as it is."""
        known = [(name, field_named(actions.KINDS[kind], name)) for name in names]
        return format_list([self.label(field.label) if field else name for name, field in known], self.code)

    def said(self, record: Record, name: str, value: Any) -> Markup:
        """What a short field of an action says, in the language of the page or, as it was given, in that of the action."""
        field = field_named(actions.KINDS[record.kind], name)
        if value is None or field is None:
            return escape(translator(self.code, "public")(N_("nothing")))
        if field.form in ("day", "number"):
            return Markup("<bdi>{}</bdi>").format(self.day(value) if field.form == "day" else self.number(value))
        if choices := choices_of(field):
            return Markup("<bdi>{}</bdi>").format(words.choice(choices, value).name(self.code))
        return Markup('<bdi lang="{}">{}</bdi>').format(record.language, value)

    def measured(self, value: Value) -> str:
        """A value of an indicator with its unit and status."""
        from opencompact.public import measured

        return measured.amount(value, self.code)

    def period(self, value: Value) -> str:
        """The period of a value, and to which day of it is counted where it had not ended."""
        from opencompact.public import measured

        return measured.period(value, self.code)

    def edition(self, value: Value) -> str:
        """Where a value comes from."""
        from opencompact.public import measured

        return measured.edition(value, self.code)

    def label(self, message: str, **values: str) -> str:
        """A message of the actions room: labels of fields, states, choices."""
        return translator(self.code, "actions")(message, **values)

    def tell(self, words: str) -> str:
        """What a room says of a file, a row, a field: the problem or the remedy of an error, or its whole sentence."""
        return told(words, self.code)

    def number(self, value: float) -> str:
        return format_number(value, self.code, 0 if value == int(value) else 2)

    def day(self, value: datetime.date | None, style: str = "medium") -> str:
        return format_date(value, self.code, style) if value else ""

    def moment(self, value: datetime.datetime) -> str:
        """A day and the time of day, as the language writes them."""
        return format_beside([self.day(value.date()), f"{value:%H:%M}"], self.code)

    @property
    def direction(self) -> str:
        """Which way the language is written: a citation that begins with a symbol is read that way all the same."""
        return LANGUAGES[self.code].direction

    @property
    def colon(self) -> str:
        """The colon between a name and what is said of it, with the language's own spaces."""
        return format_named("", "", self.code)

    def list(self, items: list[str]) -> str:
        return format_list(items, self.code)
