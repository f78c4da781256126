"""What a check says of a slip is for a person: about how much the neighbours are, in three figures."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from opencompact.language import told
from opencompact.statistics.checking import check_file


def test_what_neighbours_are_about_is_three_figures_and_no_power_of_ten(tmp_path: Path) -> None:
    rows = [f"remittances.received,MEX,{2010 + n},US dollars,{36_363_636_363 + n}" for n in range(9)]
    rows[4] = rows[4] + "0"
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["indicator,area,period,unit,value", *rows]) + "\n", encoding="utf-8")
    report = check_file(path, today=date(2026, 11, 28))
    (slip,) = (finding for finding in report.findings if finding.rule in ("decimal-slip", "unit-slip"))
    assert re.findall(r"about ([\d,]+\d)", slip.message) == ["10", "36,400,000,000"], "ten times, and how much"
    assert "36\N{NARROW NO-BREAK SPACE}400\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000" in told(
        slip.message, "fr"
    )
