"""Case files: `check`, `import`, `example`."""

from __future__ import annotations

from pathlib import Path

import click

from opencompact.cli.kinship.group import case_argument, findings_of, kinship, say_findings
from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.errors import plain
from opencompact.language import counted, said


@kinship.command(epilog="Example: opencompact kinship check event.json")
@case_argument
@json_option
def check(case_file: Path, as_json: bool) -> None:
    """What is odd about a case: people, markers and values, each named. Exit code 4 where something cannot be right."""
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
        say(counted("{n} finding.", "{n} findings.", len(found)))
    if wrong := [finding for finding in found if finding.level == "error"]:
        first = wrong[0]
        raise InvalidDataError(first.message, file=case.file, column=first.marker, value=first.value, rule=first.rule)


@kinship.command(
    "import",
    epilog=(
        "\b\n"
        "Example: opencompact kinship import project.fam --out case.json\n"
        "Example: opencompact kinship import family.ped --frequencies table.csv --missing F1/MP --out families.json"
    ),
)
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
    """A case file from Familias (.fam), a LINKAGE / ped file (.ped, .pre), or profiles (CSV, XLSX)."""
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
        print_json({"out": str(out), **counts, **findings_of(case)})
        return
    say_findings(case)
    say(
        "{markers} markers, {families} families, {remains} remains, {hypotheses} hypotheses written to {out}.",
        out=out,
        markers=len(case.markers),
        families=len(case.families),
        remains=len(case.remains),
        hypotheses=len(case.hypotheses),
    )


@kinship.command(epilog="Example: opencompact kinship example --out event.json")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The case file to write.")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed gives the same event."
)
def example(out: Path, seed: int) -> None:
    """A synthetic event to learn on: four families, remains of some of those sought. Nobody in it exists."""
    import json

    from opencompact.missing import kinship as room
    from opencompact.tables import write_text

    write_text(out, json.dumps(room.example(seed), indent=1) + "\n")
    say("Synthetic event of seed {seed} written to {out}.", seed=seed, out=out)
