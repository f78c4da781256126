"""The notes that observations carry, so that they can be told in the reader's language.

A note is data and stays as it was written, in English: what a reader of files says of a value, beside what its publisher
says. `recalled` finds the template of each of its parts; a publisher's own words stay theirs.
"""

from __future__ import annotations

from functools import cache
from re import Pattern

from opencompact.language import N_, Said, said
from opencompact.statistics.reasons import patterns

SEPARATOR = "; "
TEMPLATES = (
    N_("computed: sum of the table's cells"),
    N_("computed: sum over ages"),
    N_("computed: sum over destinations"),
    N_("computed: sum over places and origins of which sex and age are told"),
    N_("computed: sum over {n} ages"),
    N_("computed: sum over {n} areas of asylum"),
    N_("computed: sum over {n} of {all} areas"),
    N_("computed: sum over {n} areas"),
    N_("computed: sum over {n} events"),
    N_("computed: sum over {n} hazards"),
    N_("computed: sum over {n} origins"),
    N_("computed: sum over {n} rows of one code"),
    N_("computed: sum over {n} rows"),
    N_("computed: sum over {n} sexes"),
    N_("computed: women and men"),
    N_("computed: all ages"),
    N_("computed: {part} / {whole} of {source}@{vintage}"),
    N_(
        "computed: refugees and others who need international protection from the country per 100,000 of its residents and of them"
    ),
    N_("population: {source} of {vintage}"),
    N_("0 may stand for no data"),
    N_("0 stands for none and for not reported"),
    N_("country data"),
    N_("country data, adjusted"),
    N_("estimate from numbers of migrants and incomes"),
    N_("estimated"),
    N_("external borders of the European Union and the Schengen area"),
    N_("global monitoring data"),
    N_("modelled"),
    N_("not relevant"),
    N_("negative as published: the exchange rate gave more than the fee took"),
    N_("published as {mark}"),
    N_("source: {source}"),
    N_("status given as {status}"),
    N_("synthetic: made up, of a place that does not exist"),
    N_("the file says {text}"),
    N_("the outcomes do not add up to this total"),
    N_("to {day}"),
    N_("type of data: {codes}"),
    N_("without incidents at sea"),
)
# The same of one alone: nobody sums over "1 origins".
OF_ONE = {
    "computed: sum over {n} ages": N_("computed: of one age"),
    "computed: sum over {n} areas of asylum": N_("computed: of one area of asylum"),
    "computed: sum over {n} of {all} areas": N_("computed: of one of {all} areas"),
    "computed: sum over {n} areas": N_("computed: of one area"),
    "computed: sum over {n} events": N_("computed: of one event"),
    "computed: sum over {n} hazards": N_("computed: of one hazard"),
    "computed: sum over {n} origins": N_("computed: of one origin"),
    "computed: sum over {n} rows": N_("computed: of one row"),
    "computed: sum over {n} sexes": N_("computed: of one sex"),
}
# A publisher's note may begin as one of ours does: these values look like nothing else.
_SHAPES = {"n": r"\d+", "all": r"\d+", "day": r"\d{4}-\d\d-\d\d", "codes": r"[A-Z ]+"}


def recalled(note: str) -> Said:
    """The parts of a note as they were said; a part that no template fits stays the text it is."""
    first, *others = note.split(SEPARATOR)
    together = _part(first)
    for part in others:
        together = said("{note}; {part}", note=together, part=_part(part))
    return together


def _part(text: str) -> Said:
    for pattern, template in _patterns():
        if found := pattern.fullmatch(text):
            values = found.groupdict()
            alone = OF_ONE.get(template) if values.get("n") == "1" else None
            return said(alone or template, **values)
    return said("{note}", note=text)


@cache
def _patterns() -> tuple[tuple[Pattern[str], str], ...]:
    return patterns(TEMPLATES, _SHAPES)
