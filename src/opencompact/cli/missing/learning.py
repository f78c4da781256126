"""Commands that show the parameters of the evidence, and learn error rates from what people decided."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.missing.deciding import events_of
from opencompact.cli.missing.files import (
    SYNTHETIC,
    is_synthetic,
    own_rates,
    read_file,
    say_rates,
    setting_with,
)
from opencompact.cli.missing.group import (
    file_type,
    found_argument,
    mapping_options,
    missing,
    rates_option,
    sought_argument,
)
from opencompact.cli.missing.whose import about
from opencompact.cli.output import headings, json_option, number, print_json, print_table, say
from opencompact.cli.speaking import tell
from opencompact.cli.writing import refuse_to_overwrite
from opencompact.errors import NoDataError
from opencompact.language import counted, said

if TYPE_CHECKING:
    from opencompact.missing.evidence.described import Parameter, Value
    from opencompact.missing.evidence.learned_rates import LearnedRate, Person
    from opencompact.missing.records.reading import Reading


@missing.command(epilog="Example: opencompact missing rates sex --json")
@click.argument("only", required=False)
@rates_option
@json_option
def rates(only: str | None, rates_file: Path | None, as_json: bool) -> None:
    """The parameters of the evidence: error rates, frequencies, bounds; each with its value, its source and what it stands for.

    ONLY shows those whose names begin so (sex, marks.recall). With --rates your own stand beside the defaults.
    """
    from opencompact.missing.evidence.described import every_parameter, leaves

    own = own_rates(rates_file)
    asked = [one for one in every_parameter() if not only or f"{one.name}.".startswith(f"{only.rstrip('.')}.")]
    if not asked:
        raise NoDataError(
            "No parameter has a name that begins so.",
            value=only,
            remedy="See all of them with: opencompact missing rates.",
        )
    values = dict(leaves(own.parameters)) if own else {}
    if as_json:
        told = [_as_dict(one, values.get(one.name, one.value)) for one in asked]
        print_json({"parameters": told, "rates": own.as_dict() if own else None})
        return
    print_table(
        headings("parameter", "default", *(headings("yours") if own else []), "what it stands for", "source"),
        _rows(asked, own.changed if own else None),
    )
    say_rates(own)


def _as_dict(one: Parameter, value: Value) -> dict[str, Any]:
    of = one.described
    return {
        "name": one.name,
        "value": value,
        "default": one.value,
        "meaning": of.meaning if of else "",
        "source": one.source,
        "between": [list(between) for between in of.between] if of else [],
        "learned": bool(of and of.learned),
    }


def _rows(asked: Sequence[Parameter], changed: Mapping[str, Value] | None) -> list[list[str]]:
    """A row for each parameter; what it stands for and its source are told once for those that follow one another and share it."""
    rows = []
    before = ["", ""]
    for one in asked:
        own = [] if changed is None else [_written(changed[one.name]) if one.name in changed else ""]
        told = [tell(said(one.described.meaning)) if one.described else "", tell(said(one.source))]
        fresh = ["" if text == earlier else text for text, earlier in zip(told, before, strict=True)]
        rows.append([one.name, _written(one.value), *own, *fresh])
        before = told
    return rows


def _written(value: Value) -> str:
    """A value as it stands in a file; of long lists the ends."""
    if not isinstance(value, list):
        return value if isinstance(value, str) else f"{value:g}"
    words = [one if isinstance(one, str) else f"{one:g}" for one in value]
    return ", ".join(words) if len(words) <= 3 else f"{words[0]} … {words[-1]}"


@missing.command(
    epilog="Example: opencompact missing learn sought.csv found.csv --decisions decisions.jsonl --out rates.toml"
)
@sought_argument
@found_argument
@click.option(
    "--decisions",
    "decisions_file",
    type=file_type,
    default=Path("decisions.jsonl"),
    show_default=True,
    help="Your decisions about the records of SOUGHT and FOUND.",
)
@mapping_options
@rates_option
@click.option(
    "--prior-weight",
    type=click.FloatRange(1, 1_000_000),
    help="The rates from before count as so many cases (default: 20, and of a rare error half as many as hold one).",
)
@click.option("--out", type=file_type, help="Write what was learned here (TOML), to be given with --rates.")
@json_option
def learn(
    sought: Path,
    found: Path,
    decisions_file: Path,
    mapping: Path | None,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    rates_file: Path | None,
    prior_weight: float | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Learn error rates from the decisions "same" that stand: how often sex, age, a colour, a name … is told wrongly of one person.

    Who of the two told it wrongly is not known, and its expectation takes its place (EM). Each rate is shown with the one from before, the weight
    that it had, how many cases tell of it, and a 95 % interval. Rates that fewer than ten people tell of are shown and not written.
    """
    from opencompact.missing.candidates import setting_of
    from opencompact.missing.evidence.learned_rates import learn_rates
    from opencompact.missing.evidence.own_rates import write_rates
    from opencompact.missing.records.apart import check_apart

    refuse_to_overwrite(out, sought, found, decisions_file, mapping, mapping_sought, mapping_found, rates_file)
    first, second = (
        read_file(sought, mapping_sought or mapping, quiet=True),
        read_file(found, mapping_found or mapping, kind="found", quiet=True),
    )
    made_up = is_synthetic(first, second)
    check_apart(first, second)
    today = datetime.date.today()
    own = own_rates(rates_file, first, second)
    setting = setting_of(first.records, second.records, today, setting_with(own, today))
    people, judgements = _confirmed(first, second, decisions_file)
    learned = learn_rates(people, setting, prior_weight)
    values: dict[str, Value] = {one.name: one.value for one in learned if one.enough}
    if out:
        values = write_rates(
            out, learned, judgements=judgements, people=len(people), on=today, synthetic=made_up, before=own
        )
    if as_json:
        content = {"judgements": judgements, "people": len(people), "synthetic": made_up}
        told = [_learned_as_dict(one) for one in learned]
        print_json({**content, "rates": told, "values": values, "out": str(out) if out else None})
        return
    _say_learned(learned, judgements, len(people))
    say_rates(own)
    if made_up:
        say(SYNTHETIC)
    if out:
        say("Rates of your own, to be given with --rates: {out}", out=out)


def _confirmed(first: Reading, second: Reading, decisions_file: Path) -> tuple[list[Person], int]:
    """The pairs of records of each person that the decisions that stand confirm, and how many decisions about records of the files say "same".
    Raises NoDataError where they confirm none."""
    from opencompact.missing.candidates.calibration import confirmed_people
    from opencompact.missing.decisions import standing

    now = about(standing(events_of(decisions_file)), decisions_file, first, second)
    people = confirmed_people(now, first.records, second.records)
    if not people:
        raise NoDataError(
            "No decision that stands says of a record of each file that they are one person.",
            file=decisions_file,
            remedy="Decide about candidates with: opencompact missing judge.",
        )
    known = {record.id for reading in (first, second) for record in reading.records}
    return people, sum(one.verdict == "same" and {one.left, one.right} <= known for one in now)


def _learned_as_dict(one: LearnedRate) -> dict[str, Any]:
    return {
        "name": one.name,
        "default": one.default,
        "prior_weight": one.rate.prior_weight,
        "people": one.people,
        "cases": one.rate.cases,
        "cases_worth": one.rate.worth,
        "prior_share": one.rate.share,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "written": one.enough,
    }


def _say_learned(learned: Sequence[LearnedRate], judgements: int, people: int) -> None:
    from opencompact.missing.evidence.learned_rates import FEWEST

    rows = [
        [
            one.name if one.enough else said("{name} *", name=one.name),
            _short(one.default),
            number(one.rate.prior_weight, ".0f"),
            one.people,
            number(one.rate.cases, ".0f"),
            number(one.rate.worth, ".0f"),
            _short(one.value),
            said("{low} to {high}", low=_short(one.low), high=_short(one.high)),
        ]
        for one in learned
    ]
    columns = headings("rate", "before", "its weight", "people", "cases", "worth", "learned", "95 % interval")
    print_table(columns, rows, right=range(1, 8))
    say(
        counted(
            "Learned from {n} decision that says same; people of whom both files have a record: {people}.",
            "Learned from {n} decisions that say same; people of whom both files have a record: {people}.",
            judgements,
            people=people,
        )
    )
    if not all(one.enough for one in learned):
        say("* Fewer than {n} people tell of it: it is not written.", n=FEWEST)
    say(
        "Who was identified because two entries agreed cannot tell how often such entries are wrong: learn from decisions that rest on other grounds, as DNA or teeth."
    )


def _short(value: float) -> str:
    """Three figures, with the separators of the reader's language; what is all but nothing as less than one in ten thousand."""
    if 0 < value < LEAST:
        return said("< {least}", least=number(LEAST, "g"))
    return number(value, ".3g")


LEAST = 0.0001
