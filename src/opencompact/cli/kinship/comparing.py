"""What profiles say of stated relations: `lr`, `table`, `evidence`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from opencompact.cli.kinship.group import case_argument, findings_of, kinship, say_findings
from opencompact.cli.known import lang_option
from opencompact.cli.output import json_option, number, print_json, print_table, say
from opencompact.cli.speaking import language_of
from opencompact.language import said


@kinship.command(epilog="Example: opencompact kinship lr parent-or-stranger.json --json")
@case_argument
@json_option
def lr(case_file: Path, as_json: bool) -> None:
    """Likelihood of each hypothesis of a case, by marker and in all, and its ratio to the reference hypothesis."""
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    result = room.likelihood_ratios(case)
    if as_json:
        print_json({"id": case.id, **room.plain(result.as_dict()), **findings_of(case)})
        return
    names = list(result.ln_likelihood)
    rows: list[list[Any]] = [
        [marker.name, *(number(result.ln_likelihood_per_marker[name][marker.name], ".6f") for name in names)]
        for marker in case.markers
    ]
    rows.append([said("total ln-likelihood"), *(number(result.ln_likelihood[name], ".6f") for name in names)])
    rows.append(["log10 LR", *(number(result.log10_LR[name], ".4f") for name in names)])
    print_table(["marker", *names], rows, right=range(1, len(names) + 1))
    say_findings(case)
    say(
        "{markers} markers, {n} hypotheses, LR against {reference}.",
        markers=len(case.markers),
        n=len(names),
        reference=result.reference,
    )


@kinship.command(epilog="Example: opencompact kinship table family.json --missing MP")
@case_argument
@click.option("--missing", "person", help="Which missing person (default: the first).")
@click.option("--remains", help="Which remains to compare (default: the only ones).")
@json_option
def table(case_file: Path, person: str | None, remains: str | None, as_json: bool) -> None:
    """How probable each genotype of a missing person is, given the relatives."""
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    result = room.genotype_table(case, person, remains)
    if as_json:
        print_json(room.plain({"id": case.id, **result.as_dict(), **findings_of(case)}))
        return
    rows = []
    for marker, genotypes in result.genotype_probability_given_relatives.items():
        likely = sorted(genotypes.items(), key=lambda item: -item[1])[:3]
        ratio = (result.LR_per_marker_with_dropout or {}).get(marker)
        shown = ", ".join(f"{genotype} {number(probability, '.3f')}" for genotype, probability in likely)
        rows.append([marker, shown, "" if ratio is None else number(ratio, ".4g")])
    print_table(["marker", "likeliest genotypes", "LR"], rows, right=(2,))
    if result.log10_LR_with_dropout is not None:
        say("log10 LR {ratio:.4f}", ratio=result.log10_LR_with_dropout)
    say_findings(case)
    say("{missing}: {n} markers.", missing=result.missing, n=len(rows))


@kinship.command(epilog="Example: opencompact kinship evidence event.json --remains V1 --missing M1 --pdf sheet.pdf")
@case_argument
@click.option("--remains", required=True, help="Which remains.")
@click.option("--missing", "person", required=True, help="Which missing person.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the page to this file, .pdf or .html.")
@lang_option("code", "ar, zh, en, es, fr or ru (default: the language of the terminal).")
@json_option
def evidence(case_file: Path, remains: str, person: str, pdf: Path | None, code: str | None, as_json: bool) -> None:
    """The evidence on one candidate, marker by marker, in words; as JSON or as a page in PDF."""
    from opencompact.missing import kinship as room
    from opencompact.missing.kinship import sheet as page

    case = room.read_case(case_file)
    sheet = room.evidence_sheet(case, remains, person)
    if pdf:
        page.write_sheet(sheet, pdf, language_of(code, as_json=False))
    code = language_of(code, as_json=as_json)
    if as_json:
        print_json(room.plain({**sheet.as_dict(), "sentences": list(page.sentences(sheet, code)), **findings_of(case)}))
        return
    for sentence in page.sentences(sheet, code):
        say(sentence)
    print_table(page.headings(code), page.rows(sheet, code), right=(3,))
    say_findings(case, cautions=False)
    ratio = said("log10 LR {ratio:.3f}.", ratio=sheet.log10_total)
    say(said("{sentence} Written to {file}.", sentence=ratio, file=pdf) if pdf else ratio)
