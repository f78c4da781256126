"""The reasons that an account of an import keeps, so that they can be told in the reader's language.

A workspace keeps why a file or a row was set aside as an English sentence: it is data, and stays as it was written. `recalled`
finds the template that the sentence was made of, and its values.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from functools import cache

from opencompact.language import N_, Said, said

TEMPLATES = (
    # files
    N_("a list of codes and names, no observations"),
    N_("a list of countries and codes, no observations"),
    N_("a list of countries and the groups that they belong to"),
    N_("a list of countries, codes and groups"),
    N_("a list of places and the groups that they belong to"),
    N_("a list of series and dimensions, no observations"),
    N_("a sample of updates of one country over some months: their sums would look like totals"),
    N_("a schema of the SDMX format, no observations"),
    N_("a text or a results framework, without figures"),
    N_("a text, without a table of figures"),
    N_("allele frequencies for kinship: 'opencompact kinship' reads them"),
    N_("an SDMX structure: code lists and definitions, no observations"),
    N_("SDMX reference metadata: texts about series, no observations"),
    N_("the codes that each SDG series may have, no observations"),
    N_("SDMX data without a mapping beside it that says what its structure measures and whose figures they are"),
    N_("SDMX data without a mapping beside it that says what {structure} measures and whose figures they are"),
    N_("the same table as {file}, in another file"),
    N_("sheet '{sheet}': a description, no values"),
    N_("no source knows a table of this form"),
    # rows and cells
    N_("0 in a row that stands for another group: the publisher writes it for none and for not reported"),
    N_("0 of one outcome between two countries; the total of the row is kept"),
    N_("a code of the place that another column names"),
    N_("a group of countries without an M49 code"),
    N_("a group of economies that is no area of M49, or a name in no list: {name}"),
    N_("a number of people cannot be negative"),
    N_("a heading, or a group of countries without an M49 code: {name}"),
    N_("a sentence in place of data: {text}"),
    N_("an empty row"),
    N_("no area of ours: {code}"),
    N_("no indicator of ours: {code}"),
    N_("{code} is no code of {list}"),
    N_("no number"),
    N_("no period"),
    N_("the message says that it is deleted"),
    N_("empty"),
    N_("empty: not known, not 0"),
    N_("it repeats an earlier row"),
    N_("more children than dead and missing"),
    N_("more women and men than dead and missing"),
    N_("no area of M49 today: {name}"),
    N_("no date, month or year"),
    N_("no indicator for this column"),
    N_("no period: {text}"),
    N_("no rows below the header"),
    N_("no sex or age is told; the total stands in the table 'population' of this edition"),
    N_("no value ({mark})"),
    N_("not a number"),
    N_("not available or not reported separately (..)"),
    N_("nothing is counted in the row but what another table of this edition gives"),
    N_("other rows of the same cell have other values, and no label tells them apart"),
    N_("the same area stands in the table a second time, under another heading"),
    N_("the same as row {row}"),
    N_("the same figures stand in the table '{table}' of this edition"),
    N_("the same group stands in the table under another code"),
    N_("the template of the site: groups A and B with the values 1 to 3"),
    N_("the template of the site: one row of 2015 with the value 0"),
    N_("the value again, for the site's progress measure"),
    N_("titles, notes and footer"),
    N_("women and men do not add up to the total: the others are counted as of sex not known"),
)


def recalled(reason: str) -> Said:
    """The reason as it was said; one that no template fits stays the text it is."""
    for pattern, template in _patterns():
        if found := pattern.fullmatch(reason):
            return said(template, **found.groupdict())
    return said("{reason}", reason=reason)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return patterns(TEMPLATES)


def patterns(
    templates: Iterable[str], shapes: Mapping[str, str] | None = None
) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What finds the values of each template in a text that was made of it; `shapes`: how a value of that name looks."""
    return tuple((re.compile(_pattern(template, shapes or {}), re.DOTALL), template) for template in templates)


def _pattern(template: str, shapes: Mapping[str, str]) -> str:
    parts = string.Formatter().parse(template)
    return "".join(
        re.escape(text) + (f"(?P<{name}>{shapes.get(name, '.*')})" if name else "") for text, name, _, _ in parts
    )
