"""`opencompact check`: everything in a user's own table that one would hate to publish."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from opencompact.cli.output import json_option, print_json, say
from opencompact.cli.workspace import workspace_option
from opencompact.language import N_, counted, said

SEVERITIES = (N_("error"), N_("warning"))


@click.command(epilog="Example: opencompact check births-by-status.csv --indicator 16.9.1")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--indicator", help="The indicator, where the table has no such column.")
@click.option("--area", help="The area (ISO 3166 alpha-3 or M49), where the table has no such column.")
@click.option("--unit", help="The unit, where neither the table nor the catalogue says it.")
@click.option("--sheet", help="The sheet of a workbook; the first that is not hidden if not given.")
@workspace_option
@json_option
def check(
    file: Path,
    indicator: str | None,
    area: str | None,
    unit: str | None,
    sheet: str | None,
    workspace: Path,
    as_json: bool,
) -> None:
    """Check a tidy table (one row, one value) before it is imported or published.

    Columns: indicator, area, period, value, and as needed unit, sex, age, migratory_status, origin, status,
    confidentiality, lower, upper, note; any other column is a breakdown of your own. SDMX headings are read too.
    Indicators of the official list are known where the workspace has it, and so is how many people live in an area.

    Errors stop an import, warnings do not. Exit code 0 without errors, 4 with.
    """
    from datetime import date

    from opencompact.compact import catalogue
    from opencompact.statistics.checking import check_file
    from opencompact.statistics.checking.populations import populations_of

    report = check_file(
        file,
        today=date.today(),
        indicator=indicator,
        area=area,
        unit=unit,
        sheet=sheet,
        definitions=catalogue(workspace=workspace),
        populations=populations_of(workspace),
    )
    if as_json:
        print_json(
            {
                "file": file.name,
                "rows": report.rows,
                "errors": report.errors,
                "warnings": report.warnings,
                "findings": [finding.as_dict() for finding in report.findings],
            }
        )
    else:
        shown: Counter[str] = Counter()
        for finding in report.findings:
            shown[finding.rule] += 1
            if shown[finding.rule] <= 10:
                say(said("{severity:<8}{finding}", severity=said(finding.severity), finding=finding.sentence))
        for rule, count in shown.items():
            if count > 10:
                say("        … and {count} more of '{rule}' (--json gives all)", count=count - 10, rule=rule)
        _say_summary(file.name, report.rows, report.errors, report.warnings)
    if report.errors:
        sys.exit(4)


def _say_summary(name: str, rows: int, errors: int, warnings: int) -> None:
    verdict = said("It cannot be imported until the errors are mended.") if errors else said("It can be imported.")
    say(
        "{file}: {rows} read, {errors}, {warnings}. {verdict}",
        file=name,
        rows=counted("{n:,} row", "{n:,} rows", rows),
        errors=counted("{n:,} error", "{n:,} errors", errors),
        warnings=counted("{n:,} warning", "{n:,} warnings", warnings),
        verdict=verdict,
    )
