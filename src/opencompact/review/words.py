"""The review's words in one language: numbers, units, areas, verdicts and reasons as its readers say them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import (
    N_,
    Translator,
    format_apart,
    format_beside,
    format_date,
    format_large,
    format_list,
    format_number,
    format_percent,
    format_period,
    format_significant,
    tied,
    translator,
    within_line,
)
from opencompact.look.blocks import Span, Spans, spans
from opencompact.look.words import whole
from opencompact.review.labels import short_name
from opencompact.review.rounding import LARGE, decimals_of, rounded
from opencompact.review.terms import (
    ABSENCES,
    AGES,
    COUNTS,
    DIMENSIONS,
    GROUPS,
    NO_PLACE,
    POLICY,
    POLICY_LEVELS,
    REASONS,
    UNITS,
    VERDICTS,
    takes_article,
)
from opencompact.statistics.assessment import Presence, Reason, Verdict
from opencompact.statistics.units import NOT_STATED

# In Chinese a count is said with its word (173万) from here on, and in digits below.
CHINESE_LARGE = 10_000
# A growth of more per cent than this is said as a multiple.
MANIFOLD = 900
# More than that no reader pictures: only that it is more is said.
FOLDS = 100


@dataclass(frozen=True)
class Words:
    """What a page of the review says in one language. Call it as a translator: `words("Text {n}", n=…)`."""

    code: str

    @cached_property
    def translator(self) -> Translator:
        return translator(self.code, "review")

    def __call__(self, message: str, /, **values: object) -> str:
        return self.translator(message, **values)

    @property
    def reviewed(self) -> bool:
        """Whether a person who reads the language has signed the review's catalogue."""
        return self.translator.reviewed

    def plural(self, singular: str, plural: str, n: float | Decimal, /, **values: object) -> str:
        """The form of a message that goes with `n`, which is the number as it is shown: `rounded` where the number is."""
        return self.translator.plural(singular, plural, n, **values)

    def spans(self, message: str, /, **values: str | Span) -> Spans:
        """A sentence of which some values are spans (a number that leads to its rows), as spans."""
        marks = {name: chr(0xE000 + number) for number, name in enumerate(values)}
        text = self.translator(message, **marks) if values else self.translator(message)
        found = {mark: values[name] for name, mark in marks.items()}
        parts = re.split("([\ue000-\uf8ff])", text)
        return spans(*(found.get(part, part) for part in parts if part))

    # --- numbers ------------------------------------------------------------------------------------------------------

    def exact(self, value: float, decimals: int | None = None) -> str:
        """A value as tables show it: counts and millions whole, other values with as many decimals as they have, two at most.

        A column of one measure has the same `decimals` in each row: `decimals_of` its values.
        """
        shown = decimals_of([value]) if decimals is None or abs(value) >= LARGE else decimals
        return self.signed(format_number(value, self.code, shown))

    def in_order(self, text: str) -> str:
        """A range or a code, kept in its own order in a line from the right."""
        return whole(text, self.code)

    def signed(self, number: str) -> str:
        """A number with the sign of subtraction, as charts write it, and in its own order in a line from the right."""
        text = number.replace("-", "−").replace("\u200e", "")
        return whole(text, self.code) if text[:1] in "+−" else text

    def rough(self, value: float) -> str:
        """A count as sentences show it: three significant figures; in Chinese with its word (173万), as charts write it too."""
        whole_number = rounded(value)
        if self.code == "zh" and abs(whole_number) >= CHINESE_LARGE:
            return format_large(whole_number, self.code)
        return format_number(whole_number, self.code)

    def people(self, value: float) -> str:
        """ "1,730,000 people", in the plural form of the number shown."""
        return self.plural("{n} person", "{n} people", rounded(value), n=self.signed(self.rough(value)))

    def displacements(self, value: float) -> str:
        """ "52,700 displacements", in the plural form of the number shown: movements, of which one person may make several."""
        shown = self.signed(self.rough(value))
        return self.plural("{n} displacement", "{n} displacements", rounded(value), n=shown)

    def percent(self, value: float) -> str:
        """A percentage with one decimal, two below one."""
        return whole(format_percent(value, self.code, 1 if abs(value) >= 1 or value == 0 else 2), self.code)

    def target(self, value: float, unit: str, name: str) -> str:
        """The value of a target, as its text states it: 3%, not 3.0%."""
        if unit == "percent" and value == round(value):
            return whole(format_percent(value, self.code, 0), self.code)
        return self.value(value, unit, name)

    def money(self, value: float) -> str:
        """An amount in US dollars: "US$ 61.1 billion", not parted by the end of a line."""
        if abs(value) < LARGE and self.code != "zh":
            return tied(self(N_("US$ {n}"), n=format_significant(value, self.code)))
        return tied(self(N_("US$ {large}"), large=self.large(value)))

    def large(self, value: float) -> str:
        """Three significant figures with the language's own word for million, billion."""
        return format_large(value, self.code)

    def unit(self, identifier: str, catalogue: compact.Catalogue) -> str:
        """The name of a unit; of one in no list the words of its table, which pages of other languages only say that there are."""
        if identifier in UNITS:
            return self(UNITS[identifier])
        try:
            return catalogue.unit(identifier).name(self.code)
        except UnknownCodeError:
            return identifier if self.code == "en" else self(N_("unit in the publisher’s own words"))

    def value(self, value: float, unit: str, name: str) -> str:
        """A value in a sentence with its unit, whose name is given; where none is stated, the number alone."""
        if unit == "persons":
            return self.people(value)
        if unit == "displacements":
            return self.displacements(value)
        if unit == "percent":
            return self.percent(value)
        if unit == "US dollars":
            return self.money(value)
        if unit == "US dollars, millions":
            return self.money(value * 1e6)
        if unit == NOT_STATED:
            return self.short(value)
        if unit == POLICY and value in POLICY_LEVELS:
            return self(N_("level {n} of 4, {meaning}"), n=self.short(value), meaning=self(POLICY_LEVELS[value]))
        return self(N_("{n} ({unit})"), n=self.short(value), unit=name)

    def bracketed(self, text: str, beside: str) -> str:
        """A text and what stands behind it in brackets, which are wide in Chinese: 1,043 (2019), 1,043（2019）."""
        return self(N_("{n} ({unit})"), n=text, unit=beside)

    def named_value(self, name: str, value: str) -> str:
        """A name with its value behind it; in Chinese no blank parts the two."""
        return f"{name}{'' if self.code == 'zh' else ' '}{value}"

    def bare(self, value: float, unit: str) -> str:
        """A value whose unit has been said: what would stand in brackets behind it is left out."""
        named = unit in COUNTS or unit == "percent" or unit.startswith("US dollars")
        return self.value(value, unit, unit) if named else self.short(value)

    def short(self, value: float) -> str:
        """A value that is no count: three significant figures, no more decimals than two."""
        return format_number(
            value, self.code, 0 if value == round(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
        )

    def points(self, difference: float) -> str:
        """How far two percentages are apart, without a sign: a decimal, two below a tenth."""
        size = abs(difference)
        return format_number(size, self.code, 1 if size >= 0.1 else 2)

    def in_points(self, text: str, size: float) -> str:
        """A number of points of a percentage, in the plural form that goes with it as it is shown: 1 point, 1.0 points."""
        return self.plural("{n} point", "{n} points", self.as_shown(text, size), n=text)

    def as_shown(self, text: str, size: float) -> Decimal:
        """A size with the decimals of the text that shows it: they decide on the plural form in several languages."""
        decimals = len(re.sub(r"\D", "", text.partition(format_number(0.5, self.code, 1)[1])[2]))
        return Decimal(f"{abs(size):.{decimals}f}")

    def change(self, first: float, last: float, unit: str = "persons") -> str:
        """ "+23%", "×12" where it is more than tenfold, ">×100" beyond a hundredfold, or an empty text where the first is zero.

        Of a percentage the change is in points: a rise by 30 % of 40 % may be taken for one to 70 %.
        """
        if unit.startswith("percent"):
            sign = "+" if last > first else "−" if last < first else ""
            number = self.signed(f"{sign}{self.points(last - first)}")
            return self.in_points(number, abs(last - first))
        if first == 0:
            return ""
        change = 100 * (last - first) / abs(first)
        if change > MANIFOLD:
            folds = last / first
            return whole(f">×{FOLDS}" if folds > FOLDS else f"×{self.short(folds)}", self.code)
        size = abs(change)
        text = format_percent(size, self.code, 0 if size >= 10 else 2 if 0 < size < 0.1 else 1)
        return whole(f"{'+' if change > 0 else '−' if change < 0 else ''}{text}", self.code)

    def share(self, part: float) -> str:
        """A change as a share of what was: 0.23 → "23%"."""
        return whole(format_percent(100 * part, self.code, 0 if part >= 0.1 else 1), self.code)

    def small(self, value: float) -> str:
        """A value of any size with three significant figures."""
        return format_significant(value, self.code)

    # --- names --------------------------------------------------------------------------------------------------------

    def area(self, code: str) -> str:
        """The name of an area; of a counterpart that is none, what it is."""
        if code in NO_PLACE:
            return self(NO_PLACE[code])
        try:
            return compact.area(code).name(self.code)
        except UnknownCodeError:
            return code

    def mark(self, code: str) -> str:
        """The name of an area as charts write it beside a mark: short, without what stands in brackets."""
        short = short_name(code, self.code)
        return short or re.sub(r"\s*[(（].*?[)）]", "", self.area(code))

    def in_alphabet(self, name: str) -> str:
        """By what names stand in their order: Åland among those with A, Chinese ones by their sounds.

        The first 3,755 signs of GB 2312, those of nearly every name, stand in the order of pinyin; its successor kept it.
        """
        if self.code == "zh":
            return name.encode("gb18030").decode("latin-1")
        return "".join(
            sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
        ).casefold()

    def within(self, area: compact.Area) -> str:
        """The name as a sentence goes through it: English needs "the" before some."""
        name = area.name(self.code)
        if not self._takes_article(name):
            return name
        return f"the {name[0].lower() + name[1:] if area.kind == 'world' else name}"

    def named(self, code: str) -> str:
        """A short name as a sentence goes through it: "the United States"."""
        name = self.mark(code)
        return f"the {name}" if self._takes_article(name) else name

    def _takes_article(self, name: str) -> bool:
        return self.code == "en" and takes_article(name)

    def round_table(self, table: compact.RoundTable) -> str:
        """A round table with what its objectives are about."""
        return self(N_("{name}: {subject}"), name=table.name(self.code), subject=table.subject(self.code))

    def numbered(self, number: int, name: str) -> str:
        """An objective's number and name; in Chinese, where lines may end anywhere, the two stay together."""
        return f"{number}.{chr(0xA0) if self.code == 'zh' else ' '}{name}"

    def inside(self, text: str) -> str:
        """A text as it stands within a line: its capital goes, unless more follow as in a short form (UNHCR)."""
        return within_line(text)

    def opening(self, text: str) -> str:
        """A text as it stands at the start of a line: its first letter is a capital where the script has them."""
        return text[:1].upper() + text[1:]

    def period(self, period: str) -> str:
        """An ISO 8601 period as it is said."""
        return format_period(period, self.code)

    def date(self, iso: str) -> str:
        """A day as it is said; what is no day stays as it is."""
        import datetime

        try:
            return format_date(datetime.date.fromisoformat(iso), self.code)
        except ValueError:
            return iso

    def listed(self, items: list[str]) -> str:
        """Items as a list with the language's own commas and its word for "and"."""
        return format_list(items, self.code)

    def clauses(self, items: list[str]) -> str:
        """Clauses one after the other; the Chinese word for "and" joins nouns only, so there they stand side by side."""
        return format_beside(items, self.code) if self.code == "zh" else self.listed(items)

    def apart(self, items: Sequence[str]) -> str:
        """Items that stand side by side, with the language's own semicolon."""
        return format_apart(items, self.code)

    def beside(self, items: Sequence[str]) -> str:
        """Items that belong together, with the language's own comma."""
        return format_beside(items, self.code)

    def group(self, code: str) -> str:
        """The name of a group of people."""
        return self(GROUPS[code]) if code in GROUPS else code

    def aged(self, people: str, age: str) -> str:
        """A group of an age, "women aged 15 to 19", or people of it; `age` is a code of SDMX, else it stays as it is."""
        for pattern, of_group, of_all in AGES:
            if match := re.fullmatch(pattern, age):
                return self(of_group if people else of_all, people=people, **match.groupdict())
        return age

    def dimension(self, name: str) -> str:
        """A breakdown in words: by sex, by age."""
        return self(DIMENSIONS[name]) if name in DIMENSIONS else name

    # --- verdicts -----------------------------------------------------------------------------------------------------

    def verdict(self, verdict: Verdict, reason: Reason | None, *, target: bool) -> str:
        """The word of an assessment; where nothing can be said, with the reason."""
        if verdict is Verdict.UNKNOWN:
            because = self(REASONS[reason or Reason.NO_VALUE])
            return self(N_("cannot be said, because {reason}"), reason=because)
        return self(VERDICTS[verdict][0 if target else 1])

    def reason(self, reason: Reason) -> str:
        return self(REASONS[reason])

    def absence(self, presence: Presence) -> str:
        return self(ABSENCES[presence])
