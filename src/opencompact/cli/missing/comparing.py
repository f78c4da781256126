"""Commands that put records side by side: candidates, duplicates, search, explain."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.known import Tongue
from opencompact.cli.missing.files import (
    SYNTHETIC,
    is_synthetic,
    make_ready,
    own_rates,
    position,
    read_file,
    read_ready,
    say_rates,
    setting_with,
)
from opencompact.cli.missing.giving import entries, give
from opencompact.cli.missing.group import (
    closed_option,
    dna_option,
    file_type,
    found_argument,
    judged_option,
    lang_option,
    mapping_options,
    missing,
    rates_option,
    recipient_option,
    sought_argument,
    top_option,
)
from opencompact.cli.missing.sheets import (
    check_sheet,
    check_sheets,
    competing,
    form_option,
    made_of,
    pair_at,
    say_sheet,
    say_sheets,
    sheets_option,
    write_pair,
    write_sheets,
)
from opencompact.cli.output import harmless, json_option, print_json, print_table, say
from opencompact.cli.speaking import language_of
from opencompact.cli.writing import refuse_to_overwrite

if TYPE_CHECKING:
    from opencompact.missing.candidates import Candidate, Explanation, Search
    from opencompact.missing.candidates.sections import Pair
    from opencompact.missing.records.record import Record


@missing.command(epilog="Example: opencompact missing candidates sought.csv found.csv --top 5 --out candidates.jsonl")
@sought_argument
@found_argument
@top_option
@mapping_options
@dna_option
@judged_option
@closed_option
@click.option("--truth", type=file_type, help="Pairs known to be one person (CSV): recall is measured and printed.")
@click.option("--out", type=file_type, help="Write every candidate here, one JSON object a line.")
@sheets_option
@form_option
@click.option(
    "--lang",
    "--language",
    "lang",
    type=Tongue(),
    help="Language of the sheets: en, ar, zh, es, fr, ru (default: the language of the terminal).",
)
@rates_option
@recipient_option
@json_option
def candidates(
    sought: Path,
    found: Path,
    top: int,
    mapping: Path | None,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    dna: Path | None,
    decisions_file: Path | None,
    closed: float | None,
    truth: Path | None,
    out: Path | None,
    sheets: Path | None,
    form: str,
    lang: str | None,
    rates_file: Path | None,
    recipient: str | None,
    as_json: bool,
) -> None:
    """The likeliest people found for each person sought, with the evidence for and against.

    With --sheets also on paper: a sheet for each record sought that has a likely candidate, to be put into its case file.
    """
    refuse_to_overwrite(out, sought, found, truth, dna, rates_file)
    lang = check_sheets(sheets, lang)
    first, second = (
        read_file(sought, mapping_sought or mapping, recipient=recipient),
        read_file(found, mapping_found or mapping, kind="found", recipient=recipient),
    )
    rates = own_rates(rates_file, first, second)
    search = make_ready(first, second, dna, decisions=decisions_file, rates=rates)
    if sheets:
        inputs = (sought, found, mapping, mapping_sought, mapping_found, dna)
        made = made_of(inputs, recipient, rates_file, decisions_file, datetime.date.today())
        written = write_sheets(search, [first, second], top, closed, sheets, form, made, decisions_file, lang, as_json)
    give(search, [first, second], top, closed, truth, out, as_json, rates=rates)
    if sheets and not as_json:
        say_sheets(written, sheets, form)
    if not as_json:
        _say_plain(search, sought, found)


def _say_plain(search: Search, sought: Path, found: Path) -> None:
    """Says where the command for lists is the better one."""
    from opencompact.missing.candidates.plain import are_plain_lists

    if are_plain_lists(search.sought.records, search.found.records):
        say(
            "Both files are lists of names, sex, births, countries and places. Of such lists `opencompact missing link {sought} {found}` learns what agreement tells, and errs less.",
            sought=sought,
            found=found,
        )


LEAST_SHOWN = 0.01
"""Most records have no double: pairs less likely than this are counted and not shown."""


@missing.command(epilog="Example: opencompact missing duplicates sought.csv --json")
@click.argument("file", type=file_type)
@top_option
@click.option("--mapping", type=file_type, help="Mapping of the columns (TOML).")
@click.option("--truth", type=file_type, help="Pairs known to be one person (CSV): recall is measured and printed.")
@click.option("--out", type=file_type, help="Write every candidate here, one JSON object a line.")
@rates_option
@recipient_option
@json_option
def duplicates(
    file: Path,
    top: int,
    mapping: Path | None,
    truth: Path | None,
    out: Path | None,
    rates_file: Path | None,
    recipient: str | None,
    as_json: bool,
) -> None:
    """Records of one file that may be one person, reported or found twice."""
    refuse_to_overwrite(out, file, truth, rates_file)
    reading = read_file(file, mapping, recipient=recipient)
    rates = own_rates(rates_file, reading)
    search = make_ready(reading, reading, None, itself=True, rates=rates)
    # A file holds few people twice: one record in fifty is taken to have another.
    give(search, [reading], top, 0.02, truth, out, as_json, least=LEAST_SHOWN, rates=rates)


@missing.command(epilog="Example: opencompact missing search new-report.json found.csv --top 3")
@click.argument("record", type=file_type)
@found_argument
@top_option
@mapping_options
@closed_option
@click.option(
    "--index",
    "kept_in",
    type=file_type,
    help="Keep FOUND here as it was made ready, for the next search: a second copy of the records, to be guarded and deleted with them.",
)
@rates_option
@recipient_option
@json_option
def search(
    record: Path,
    found: Path,
    top: int,
    mapping: Path | None,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    closed: float | None,
    kept_in: Path | None,
    rates_file: Path | None,
    recipient: str | None,
    as_json: bool,
) -> None:
    """One or a few new records (JSON, CSV) against all of a file; says how long making ready and the search itself took.

    A service makes ready once. Here that is done for each search, and told apart; with --index it is kept, and done again when the
    records, the day or the program have changed.
    """
    import time

    from opencompact.missing.candidates import Register, Search, setting_of
    from opencompact.missing.records.apart import check_apart

    refuse_to_overwrite(kept_in, record, found, mapping, mapping_sought, mapping_found, rates_file)
    first = read_file(record, mapping_sought or mapping, recipient=recipient)
    start = time.perf_counter()
    today = datetime.date.today()
    ready = read_ready(found, mapping_found or mapping, recipient, kept_in, today)
    is_synthetic(first, ready.reading)
    check_apart(first, ready.reading)
    rates = own_rates(rates_file, first, ready.reading)
    setting = setting_of((), ready.reading.records, today, setting_with(rates, today)) if rates else ready.setting
    # The first search loads what is compiled and the ways between towns: that is making ready, not searching.
    Search(Register(ready.reading.records[:1], today), ready.register, setting).best(1)
    readied = time.perf_counter()
    searched = Search(Register(first.records, today), ready.register, setting)
    searched.best(top)
    took = (readied - start, time.perf_counter() - readied)
    give(searched, [first, ready.reading], top, closed, None, None, as_json, took=took, rates=rates)


@missing.command(
    epilog="Example: opencompact missing explain sought.csv found.csv S000012 R000012 --lang fr --out sheet.pdf"
)
@sought_argument
@found_argument
@click.argument("id_sought")
@click.argument("id_found")
@mapping_options
@dna_option
@judged_option
@closed_option
@lang_option
@click.option("--out", type=file_type, help="Write the sheet of this pair here, .pdf or .html.")
@rates_option
@recipient_option
@json_option
def explain(
    sought: Path,
    found: Path,
    id_sought: str,
    id_found: str,
    mapping: Path | None,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    dna: Path | None,
    decisions_file: Path | None,
    closed: float | None,
    lang: str | None,
    out: Path | None,
    rates_file: Path | None,
    recipient: str | None,
    as_json: bool,
) -> None:
    """Two records side by side, in words and numbers, in one of six languages."""
    from opencompact.language import translator
    from opencompact.missing.candidates import explain as explain_ledger

    refuse_to_overwrite(out, sought, found, mapping, mapping_sought, mapping_found, dna, decisions_file, rates_file)
    on_paper = check_sheet(out, lang)
    lang = language_of(lang, as_json=as_json)
    translator(lang, "missing")
    first, second = (
        read_file(sought, mapping_sought or mapping, quiet=True, recipient=recipient),
        read_file(found, mapping_found or mapping, kind="found", quiet=True, recipient=recipient),
    )
    rates = own_rates(rates_file, first, second)
    search = make_ready(first, second, dna, decisions=decisions_file, rates=rates)
    places = (
        position(search.sought.place_of, id_sought, first),
        position(search.found.place_of, id_found, second),
    )
    pair = pair_at(search, places, closed, decisions_file)
    if out:
        inputs = (sought, found, mapping, mapping_sought, mapping_found, dna)
        made = made_of(inputs, recipient, rates_file, decisions_file, datetime.date.today())
        write_pair(pair, out, made, on_paper)
    told = explain_ledger(pair.candidate.ledger, lang, pair.candidate.probability)
    if as_json:
        made_with = {"synthetic": is_synthetic(first, second), "rates": rates.as_dict() if rates else None}
        print_json({**_content(pair, told, lang), **made_with})
        return
    _show(told, pair.candidate, (pair.sought, pair.found), lang)
    say_rates(rates, lang)
    if is_synthetic(first, second):
        click.echo(translator(lang, "missing")(SYNTHETIC))
    if out:
        say_sheet(out, lang)


def _content(pair: Pair, told: Explanation, lang: str) -> dict[str, Any]:
    """A candidate explained, as JSON: what the sheet and the table say, and the evidence in numbers."""
    from dataclasses import asdict

    one = pair.candidate
    return {
        "sought": one.sought,
        "found": one.found,
        "lang": lang,
        "rank": one.rank,
        "probability": one.probability,
        "also_sought": list(one.also_sought),
        "also_found": list(one.also_found),
        **competing(pair),
        **asdict(told),
        "evidence": entries(one.ledger),
    }


def _show(told: Explanation, one: Candidate, records: tuple[Record, Record], lang: str) -> None:
    """Two records side by side, field by field, and what it comes to."""
    from opencompact.language import told as told_in
    from opencompact.language import translator
    from opencompact.missing.candidates.explaining import LIKELIHOOD_RATIO, WHAT_IT_SAYS, also_told, headings_of

    print_table(
        ["", *headings_of(records, lang), *(translator(lang, "missing")(x) for x in (LIKELIHOOD_RATIO, WHAT_IT_SAYS))],
        [[x.field, x.sought, x.found, x.likelihood_ratio, f"{x.strength}\n{x.reason}"] for x in told.lines],
        right=[3],
    )
    for sentence in told.names:
        click.echo(harmless(sentence))
    say(told.total)
    for sentence in (*also_told(one.sought, one.also_sought), *also_told(one.found, one.also_found)):
        click.echo(harmless(told_in(sentence, lang)))
    say(told.closing)
