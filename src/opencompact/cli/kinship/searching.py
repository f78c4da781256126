"""Blind search and power: `search`, `power`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.kinship.group import case_argument, chance, findings_of, kinship, say_findings
from opencompact.cli.output import headings, json_option, number, print_json, print_table, progress, say
from opencompact.cli.speaking import tell
from opencompact.language import said

if TYPE_CHECKING:
    from opencompact.missing.kinship import Case, Power, RankedHit

MOST_PAIRS_IN_A_MATRIX = 250_000


@kinship.command(
    epilog=(
        "\b\n"
        "Example: opencompact kinship search event.json --floor 2\n"
        "Example: opencompact kinship search --remains profiles.csv --families families.json --floor 4"
    )
)
@click.argument("case_file", metavar="[CASE.json]", required=False, type=click.Path(path_type=Path))
@click.option("--remains", "remains_file", type=click.Path(path_type=Path), help="Profiles of remains: CSV or XLSX.")
@click.option("--families", "families_file", type=click.Path(path_type=Path), help="A case file of the families.")
@click.option("--floor", default=0.0, show_default=True, help="Keep pairs of at least this log10 LR.")
@click.option(
    "--top",
    default=10,
    show_default=True,
    type=click.IntRange(min=1),
    help="Keep so many for each remains and each missing person.",
)
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
    """Every remains against every missing person, ranked by posterior, with the chance hits to expect."""
    from opencompact.missing import kinship as room

    case = _case_to_search(case_file, remains_file, families_file)
    room.find_missing(case)
    room.find_remains(case)
    if stream:
        _stream(case, floor, top)
        return
    found = room.search(case, floor=floor, per_remains=top, per_missing=top, bounded=bounded)
    hits = room.rank(case, found)
    if as_json:
        print_json(room.plain(_told(case, hits, found.pairs, floor)))
        return
    heads = headings("remains", "family", "missing", "log10 LR", "log10 other", "posterior", "chance hits")
    print_table(heads, [_hit_row(hit) for hit in hits], right=range(3, 7))
    _say_who_fits_as_well(hits)
    say_findings(case)
    say(
        "{pairs:,} pairs scored, {n} at or above log10 LR {floor:g}.",
        pairs=found.pairs,
        n=len(hits),
        floor=floor,
    )


def _told(case: Case, hits: Sequence[RankedHit], pairs: int, floor: float) -> dict[str, object]:
    """What a search found, for a program: the hits; where there are few enough pairs, the whole matrix and how many assignments there are."""
    from opencompact.missing import joint as joint_room
    from opencompact.missing import kinship as room

    matrix = room.pairwise(case).as_dict() if pairs <= MOST_PAIRS_IN_A_MATRIX else None
    size = {"n_assignments": {"size": joint_room.sex_consistent(case), "type": "exact"}} if matrix else {}
    kept = {(hit.remains, hit.missing) for hit in hits}
    lineages = [
        {"remains": remains, "missing": missing, "log10_LR": ratio}
        for remains, missing, ratio in room.lineages_of(case)
        if matrix or (remains, missing) in kept
    ]
    return {
        "id": case.id,
        "pairwise": matrix,
        **size,
        "hits": [hit.as_dict() for hit in hits],
        "pairs": pairs,
        "floor": floor,
        "targets": [{"family": family.name, "missing": case.label(family, one)} for family, one in case.missing],
        "lineages": lineages,
        "same_profiles": [one.as_dict() for one in room.same_profiles(case)],
        **findings_of(case),
    }


def _hit_row(hit: RankedHit) -> list[str]:
    return [
        hit.remains,
        hit.family,
        hit.missing,
        number(hit.log10_LR, ".3f"),
        number(hit.log10_other, ".3f"),
        chance(hit.posterior),
        number(hit.expected_chance_hits, ".2g"),
    ]


def _say_who_fits_as_well(hits: Sequence[RankedHit]) -> None:
    """Remains that fit several people of one family equally: the family is what the DNA speaks for, not the person."""
    groups: dict[tuple[str, str, float], list[str]] = {}
    for hit in hits:
        groups.setdefault((hit.remains, hit.family, round(hit.log10_LR, 9)), []).append(hit.missing)
    for (remains, family, _), people in groups.items():
        if len(people) > 1:
            say(
                "{remains} fit {missing} of family {family} equally: the DNA speaks for the family, not for one person.",
                remains=remains,
                missing=", ".join(people),
                family=family,
            )


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


@kinship.command(epilog="Example: opencompact kinship power family.json --missing MP --whom")
@case_argument
@click.option("--missing", "person", help="Which missing person (default: every one).")
@click.option("--simulations", default=1000, show_default=True, type=click.IntRange(min=1), help="Simulated families.")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed gives the same numbers."
)
@click.option("--whom", is_flag=True, help="Also say what each relative not yet typed would add.")
@json_option
def power(case_file: Path, person: str | None, simulations: int, seed: int, whom: bool, as_json: bool) -> None:
    """Before anyone is sampled: what LR the true person will get with these relatives, and what chance will give."""
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
        number(one.lower, ".2f"),
        number(one.median, ".2f"),
        number(one.upper, ".2f"),
        f"{number(reach.value, '.3f')} ({number(reach.low, '.3f')}–{number(reach.high, '.3f')})",
        number(one.chance[4.0].value, ".1e"),
    ]
