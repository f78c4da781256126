"""`opencompact kinship`: likelihood ratios, blind search, joint identification, power, evidence, from DNA profiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.output import headings, json_option, print_json, print_table, progress, say
from opencompact.cli.speaking import tell
from opencompact.errors import plain
from opencompact.language import N_, said

if TYPE_CHECKING:
    from opencompact.missing.kinship import Case, Power

case_argument = click.argument("case_file", metavar="CASE.json", type=click.Path(path_type=Path))


LEVELS = (N_("note"), N_("warning"), N_("error"))


@click.group()
def kinship() -> None:
    """Whose remains are these? Exact kinship likelihoods, search and joint identification.

    Example: opencompact kinship lr case.json
    """


@kinship.command()
@case_argument
@json_option
def lr(case_file: Path, as_json: bool) -> None:
    """Likelihood of each hypothesis of a case, by marker and in all, and its ratio to the reference hypothesis.

    Example: opencompact kinship lr parent-or-stranger.json --json
    """
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    result = room.likelihood_ratios(case)
    if as_json:
        print_json({"id": case.id, **room.plain(result.as_dict()), **_findings(case)})
        return
    names = list(result.ln_likelihood)
    rows: list[list[Any]] = [
        [marker.name, *(f"{result.ln_likelihood_per_marker[name][marker.name]:.6f}" for name in names)]
        for marker in case.markers
    ]
    rows.append([said("total ln-likelihood"), *(f"{result.ln_likelihood[name]:.6f}" for name in names)])
    rows.append(["log10 LR", *(f"{result.log10_LR[name]:.4f}" for name in names)])
    print_table(["marker", *names], rows, right=range(1, len(names) + 1))
    _say_findings(case)
    say(
        "{markers} markers, {n} hypotheses, LR against {reference}.",
        markers=len(case.markers),
        n=len(names),
        reference=result.reference,
    )


def _findings(case: Case) -> dict[str, Any]:
    return {"findings": [finding.as_dict() for finding in case.findings]} if case.findings else {}


def _say_findings(case: Case) -> None:
    for finding in case.findings:
        say(
            "{level}: {message} (found: {value})",
            level=said(finding.level),
            message=finding.message,
            value=finding.value,
            err=True,
        )


@kinship.command()
@click.argument("case_file", metavar="[CASE.json]", required=False, type=click.Path(path_type=Path))
@click.option("--remains", "remains_file", type=click.Path(path_type=Path), help="Profiles of remains: CSV or XLSX.")
@click.option("--families", "families_file", type=click.Path(path_type=Path), help="A case file of the families.")
@click.option("--floor", default=0.0, show_default=True, help="Keep pairs of at least this log10 LR.")
@click.option("--top", default=10, show_default=True, help="Keep so many for each remains and each missing person.")
@click.option("--stream", is_flag=True, help="Print one JSON object a line, as hits are found, unranked.")
@click.option("--bounded", is_flag=True, help="Leave pairs early that cannot reach the floor; the hits are the same.")
@json_option
def search(
    case_file: Path | None,
    remains_file: Path | None,
    families_file: Path | None,
    floor: float,
    top: int,
    stream: bool,
    bounded: bool,
    as_json: bool,
) -> None:
    """Every remains against every missing person, ranked by posterior, with the chance hits to expect.

    Example: opencompact kinship search event.json --floor 2
    Example: opencompact kinship search --remains profiles.csv --families families.json --floor 4
    """
    from opencompact.missing import kinship as room

    case = _case_to_search(case_file, remains_file, families_file)
    room.find_missing(case)
    if stream:
        _stream(case, floor, top)
        return
    found = room.search(case, floor=floor, per_remains=top, per_missing=top, bounded=bounded)
    hits = room.rank(case, found)
    if as_json:
        matrix = room.pairwise(case).as_dict() if found.pairs <= MOST_PAIRS_IN_A_MATRIX else None
        listed = {"hits": [hit.as_dict() for hit in hits], "pairs": found.pairs, "floor": floor}
        print_json(room.plain({"id": case.id, "pairwise": matrix, **listed, **_findings(case)}))
        return
    rows = [
        [
            hit.remains,
            hit.family,
            hit.missing,
            f"{hit.log10_LR:.3f}",
            f"{hit.log10_other:.3f}",
            f"{hit.posterior:.6f}",
            f"{hit.expected_chance_hits:.2g}",
        ]
        for hit in hits
    ]
    heads = headings("remains", "family", "missing", "log10 LR", "log10 other", "posterior", "chance hits")
    print_table(heads, rows, right=range(3, 7))
    _say_findings(case)
    say(
        "{pairs:,} pairs scored, {n} at or above log10 LR {floor:g}.",
        pairs=found.pairs,
        n=len(hits),
        floor=floor,
    )


MOST_PAIRS_IN_A_MATRIX = 250_000


def _stream(case: Case, floor: float, top: int) -> None:
    import json

    from opencompact.missing import kinship as room

    labels = case.labels
    for block in room.stream(case, floor=floor, per_missing=top):
        for hit in block:
            line = {
                "remains": case.remains[hit.remains].id,
                "family": case.missing[hit.missing][0].name,
                "missing": labels[hit.missing],
                "log10_LR": hit.log10_LR,
            }
            click.echo(json.dumps(line, ensure_ascii=False))


def _case_to_search(case_file: Path | None, remains_file: Path | None, families_file: Path | None) -> Case:
    """One case file, or remains and families from two."""
    from opencompact.errors import UsageError
    from opencompact.missing import kinship as room
    from opencompact.missing.kinship import importing

    if case_file is not None and remains_file is None and families_file is None:
        return room.read_case(case_file)
    if case_file is not None or remains_file is None or families_file is None:
        raise UsageError("Give one case file, or both --remains and --families.")
    stated = room.stated_case(families_file)
    remains = importing.read_profiles(remains_file)
    case = room.case_of(importing.as_case(remains, stated["markers"], stated), file=str(families_file))
    return room.with_findings(case, remains.findings)


@kinship.command()
@case_argument
@click.option("--top", type=int, help="List so many assignments (default: all up to 20 000, else 1 000).")
@click.option("--seed", default=1, show_default=True, help="Of the sampler, where an exact sum is out of reach.")
@json_option
def joint(case_file: Path, top: int | None, seed: int, as_json: bool) -> None:
    """Which remains are which missing persons, all at once: assignments with their posterior, and marginals.

    Example: opencompact kinship joint event.json --top 5
    """
    from opencompact.missing import joint as joint_room
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    room.find_missing(case)
    result = joint_room.identify(case, listed=top, seed=seed)
    if as_json:
        print_json(room.plain({"id": case.id, **result.as_dict(), **_findings(case)}))
        return
    rows = [
        [
            ", ".join(f"{r} = {m}" for r, m in one.assignment.items() if m != "*") or said("nobody"),
            f"{one.ln_LR_vs_null:.3f}",
            f"{one.posterior:.6f}",
        ]
        for one in result.assignments[: top or 10]
    ]
    print_table(["assignment", "ln LR", "posterior"], rows, right=(1, 2))
    found = [
        [one.family, one.missing, one.remains, f"{one.posterior:.6f}", f"{one.posterior_found:.6f}"]
        for one in result.identified
    ]
    print_table(["family", "missing", "likeliest remains", "posterior", "found at all"], found, right=(3, 4))
    for match in result.symmetric:
        say(
            "{missing} of family {family} cannot be told apart ({reason}): {remains} are theirs with probability {posterior:.6f}.",
            missing=" and ".join(match.missing),
            family=match.family,
            reason=match.reason,
            remains=", ".join(match.remains),
            posterior=match.posterior,
        )
    for note in result.notes:
        say(note)
    _say_findings(case)
    how = said("exact") if result.exact else said("sampled, standard error {error:.2g}", error=result.standard_error)
    say(
        "{remains} remains, {missing} missing; {how}.",
        remains=len(result.remains),
        missing=len(result.missing),
        how=how,
    )


@kinship.command()
@case_argument
@click.option("--missing", "person", help="Which missing person (default: the first).")
@click.option("--remains", help="Which remains to compare (default: the only ones).")
@json_option
def table(case_file: Path, person: str | None, remains: str | None, as_json: bool) -> None:
    """How probable each genotype of a missing person is, given the relatives.

    Example: opencompact kinship table family.json --missing MP
    """
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    result = room.genotype_table(case, person, remains)
    if as_json:
        print_json(room.plain({"id": case.id, **result.as_dict(), **_findings(case)}))
        return
    rows = []
    for marker, genotypes in result.genotype_probability_given_relatives.items():
        likely = sorted(genotypes.items(), key=lambda item: -item[1])[:3]
        ratio = (result.LR_per_marker_with_dropout or {}).get(marker)
        shown = ", ".join(f"{genotype} {probability:.3f}" for genotype, probability in likely)
        rows.append([marker, shown, "" if ratio is None else f"{ratio:.4g}"])
    print_table(["marker", "likeliest genotypes", "LR"], rows, right=(2,))
    if result.log10_LR_with_dropout is not None:
        say("log10 LR {ratio:.4f}", ratio=result.log10_LR_with_dropout)
    _say_findings(case)
    say("{missing}: {n} markers.", missing=result.missing, n=len(rows))


@kinship.command()
@case_argument
@click.option("--missing", "person", help="Which missing person (default: every one).")
@click.option("--simulations", default=1000, show_default=True, help="Simulated families.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers.")
@click.option("--whom", is_flag=True, help="Also say what each relative not yet typed would add.")
@json_option
def power(case_file: Path, person: str | None, simulations: int, seed: int, whom: bool, as_json: bool) -> None:
    """Before anyone is sampled: what LR the true person will get with these relatives, and what chance will give.

    Example: opencompact kinship power family.json --missing MP --whom
    """
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    first = room.find_missing(case, person)
    targets = [first] if person else list(case.missing)
    results, advice = [], {}
    with progress(quiet=as_json) as bar:
        for target in bar.track(targets, description=tell("Simulating families")):
            results.append(room.power(case, target, simulations=simulations, seed=seed))
            if whom:
                advice[case.label(*target)] = room.whom_to_sample(case, target, simulations=simulations, seed=seed)
    if as_json:
        added = {name: [{"relative": r, **p.as_dict()} for r, p in better] for name, better in advice.items()}
        listed = {"power": [one.as_dict() for one in results], **({"whom_to_sample": added} if whom else {})}
        print_json(room.plain({"id": case.id, "seed": seed, **listed}))
        return
    rows = [_power_row(one.missing, ", ".join(one.typed) or said("nobody"), one) for one in results]
    for name, better in advice.items():
        rows += [_power_row(name, said("and {relative}", relative=relative), one) for relative, one in better]
    heads = headings("missing", "typed", "log10 LR 5 %", "median", "95 %", "reaches 10^4", "stranger reaches 10^4")
    print_table(heads, rows, right=range(2, 7))
    say(
        "{n} missing persons, {simulations} simulated families each, seed {seed}.",
        n=len(results),
        simulations=simulations,
        seed=seed,
    )


def _power_row(missing: str, typed: str, one: Power) -> list[str]:
    reach = one.reach[4.0]
    return [
        missing,
        typed,
        f"{one.lower:.2f}",
        f"{one.median:.2f}",
        f"{one.upper:.2f}",
        f"{reach.value:.3f} ({reach.low:.3f}–{reach.high:.3f})",
        f"{one.chance[4.0].value:.1e}",
    ]


@kinship.command()
@case_argument
@click.option("--remains", required=True, help="Which remains.")
@click.option("--missing", "person", required=True, help="Which missing person.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the page to this file.")
@click.option("--language", "code", default="en", show_default=True, help="ar, zh, en, es, fr or ru.")
@json_option
def evidence(case_file: Path, remains: str, person: str, pdf: Path | None, code: str, as_json: bool) -> None:
    """The evidence on one candidate, marker by marker, in words; as JSON or as a page in PDF.

    Example: opencompact kinship evidence event.json --remains V1 --missing M1 --pdf sheet.pdf
    """
    from opencompact.missing import kinship as room
    from opencompact.missing.kinship import sheet as page

    case = room.read_case(case_file)
    sheet = room.evidence_sheet(case, remains, person)
    if pdf:
        page.write_sheet(sheet, pdf, code)
    if as_json:
        print_json(room.plain({**sheet.as_dict(), "sentences": list(page.sentences(sheet, code))}))
        return
    for sentence in page.sentences(sheet, code):
        say(sentence)
    rows = [[one.marker, one.remains, f"{one.log10_LR:.3f}"] for one in sheet.loci]
    print_table(["marker", "remains", "log10 LR"], rows, right=(2,))
    ratio = said("log10 LR {ratio:.3f}.", ratio=sheet.log10_total)
    say(said("{sentence} Written to {file}.", sentence=ratio, file=pdf) if pdf else ratio)


@kinship.command()
@case_argument
@json_option
def check(case_file: Path, as_json: bool) -> None:
    """What is odd about a case: people, markers and values, each named. Exit code 4 where something cannot be right.

    Example: opencompact kinship check event.json
    """
    from opencompact.errors import InvalidDataError
    from opencompact.missing import kinship as room

    case = room.read_case(case_file)
    found = room.findings(case)
    if as_json:
        print_json({"id": case.id, "findings": [finding.as_dict() for finding in found]})
    else:
        print_table(
            ["level", "person", "marker", "value", "finding"],
            [[said(one.level), one.person, one.marker, one.value, plain(one.message)] for one in found],
        )
        say("{n} findings.", n=len(found))
    if wrong := [finding for finding in found if finding.level == "error"]:
        first = wrong[0]
        raise InvalidDataError(first.message, file=case.file, column=first.marker, value=first.value, rule=first.rule)


@kinship.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The case file to write.")
@click.option(
    "--frequencies", type=click.Path(path_type=Path), help="Table of allele frequencies, for profiles and ped files."
)
@click.option("--population", help="Which population of the table (default: its only one).")
@click.option("--names", type=click.Path(path_type=Path), help="Names of the markers of a ped file (.dat or .map).")
@click.option("--missing", multiple=True, help="Who is sought in a ped file: person or family/person; may be repeated.")
@click.option("--mutation-rate", type=float, help="Rate of the proportional mutation model to give every marker.")
@json_option
def import_(
    file: Path,
    out: Path,
    frequencies: Path | None,
    population: str | None,
    names: Path | None,
    missing: tuple[str, ...],
    mutation_rate: float | None,
    as_json: bool,
) -> None:
    """A case file from Familias (.fam), a LINKAGE / ped file (.ped, .pre), or profiles (CSV, XLSX).

    Example: opencompact kinship import project.fam --out case.json
    Example: opencompact kinship import family.ped --frequencies table.csv --missing F1/MP --out families.json
    """
    import json

    from opencompact.missing import kinship as room
    from opencompact.missing.kinship import importing
    from opencompact.tables import write_text

    stated = importing.case_from(file, frequencies, population, names, missing, mutation_rate)
    case = room.case_of(stated, file=str(file))
    write_text(out, json.dumps(stated, ensure_ascii=False, indent=1) + "\n")
    counts = {
        "markers": len(case.markers),
        "families": len(case.families),
        "remains": len(case.remains),
        "hypotheses": len(case.hypotheses),
    }
    if as_json:
        print_json({"out": str(out), **counts, **_findings(case)})
        return
    _say_findings(case)
    say(
        "{markers} markers, {families} families, {remains} remains, {hypotheses} hypotheses written to {out}.",
        out=out,
        markers=len(case.markers),
        families=len(case.families),
        remains=len(case.remains),
        hypotheses=len(case.hypotheses),
    )


@kinship.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The case file to write.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same event.")
def example(out: Path, seed: int) -> None:
    """A synthetic event to learn on: four families, remains of some of those sought. Nobody in it exists.

    Example: opencompact kinship example --out event.json
    """
    import json

    from opencompact.missing import kinship as room
    from opencompact.tables import write_text

    write_text(out, json.dumps(room.example(seed), indent=1) + "\n")
    say("Synthetic event of seed {seed} written to {out}.", seed=seed, out=out)
