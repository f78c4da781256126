"""`opencompact check`: everything in a user's own table that one would hate to publish."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.cli.workspace import workspace_option
from opencompact.language import N_, counted, said

if TYPE_CHECKING:
    from opencompact.statistics.checking import Report

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
    """Check a tidy table (one row, one value) before it is imported or published; or the folder of a review that was built.

    Columns: indicator, area, period, value, and as needed unit, sex, age, migratory_status, origin, status,
    confidentiality, lower, upper, note; any other column is a breakdown of your own. SDMX headings are read too.
    Indicators of the official list are known where the workspace has it, and so is how many people live in an area.

    Errors stop an import, warnings do not. Exit code 0 without errors, 4 with.

    Of a review the site is read as a reader gets it: links that lead nowhere, numbers that are not those of their rows, English
    left in another language, text that is cut or stands on other text.
    """
    if file.is_dir():
        _check_review(file, as_json=as_json)
        return
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
    _tell(report, file.name, as_json=as_json)
    if report.errors:
        sys.exit(4)


def _tell(report: Report, name: str, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "file": name,
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
        _say_summary(name, report.rows, report.errors, report.warnings)


def _check_review(folder: Path, *, as_json: bool) -> None:
    from dataclasses import asdict

    from opencompact.review.checking import CHECKS, check_review

    faults = check_review(folder)
    if as_json:
        print_json({"folder": str(folder), "faults": [asdict(fault) for fault in faults]})
    else:
        if faults:
            rows = [(fault.page, said(CHECKS[fault.check]), fault.what) for fault in faults]
            print_table(("page", "check", "what is wrong"), rows)
        say(counted("{n:,} fault in the review.", "{n:,} faults in the review.", len(faults)))
    if faults:
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
