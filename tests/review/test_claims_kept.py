"""What was found about claims is kept beside a workspace: the same as what was found, and never stale."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from opencompact.documents import claims_in, read
from opencompact.documents.claims import Claim
from opencompact.documents.explaining import Finding
from opencompact.review.claims import Check, Entry, keeping, kept_ledger
from opencompact.review.claims.measuring import Measured, Row
from opencompact.statistics import Workspace

TEXT = Path(__file__).parent.parent / "documents" / "samples" / "en.txt"
DATES = {"A/RES/76/266": "2022-06-07"}
ROW = Row("migrants", "2020", 280_598_105.0, "undesa.migrant-stock", "2020-12-31", "file.csv", 7, 3)
CHECK = Check(
    "revised",
    (Finding("added-up", {"parts": (("missing.dead", 3.0), ("missing.missing", 4.5))}), Finding("not-persons")),
    "persons",
    8.5,
    "undesa.migrant-stock",
    "2024-07-01",
    "2020",
    Measured(
        7.5, "undesa.migrant-stock", "2020-12-31", "2020", (ROW,), ("2015", "2020"), (("missing.dead", 3.0),), "2021-03"
    ),
    1.0,
    (ROW, dataclasses.replace(ROW, row=None)),
)


@pytest.fixture
def claims() -> tuple[Claim, ...]:
    return tuple(claims_in(read(TEXT)))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    Workspace.create(tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many claims were checked, each time that any were."""
    times: list[int] = []

    def check_all(claims: tuple[Claim, ...], _workspace: Workspace, dates: dict[str, str | None]) -> tuple[Entry, ...]:
        times.append(len(claims))
        return tuple(Entry(claim, CHECK, dates.get(claim.document)) for claim in claims)

    monkeypatch.setattr(keeping, "ledger", check_all)
    return times


def test_what_is_kept_is_what_was_found(claims, workspace, asked) -> None:
    once, again = (kept_ledger(claims, workspace, DATES) for _time in range(2))
    assert again == once
    assert repr(again) == repr(once)
    assert asked == [len(claims)] != [0]


def test_another_claim_another_date_and_another_edition_are_checked_anew(claims, workspace, asked) -> None:
    kept_ledger(claims, workspace, DATES)
    kept_ledger(claims[:-1], workspace, DATES)
    kept_ledger(claims[:-1], workspace, {"A/RES/76/266": "2023-06-07"})
    manifest = workspace.folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    kept_ledger(claims[:-1], workspace, {"A/RES/76/266": "2023-06-07"})
    assert asked == [len(claims), *[len(claims) - 1] * 3]
    assert len(list((workspace.folder / "cache").glob("claims.*.json"))) == 1


def test_another_program_checks_anew(claims, workspace, asked, monkeypatch) -> None:
    kept_ledger(claims, workspace, DATES)
    monkeypatch.setattr(keeping, "made_by", lambda: "another")
    kept_ledger(claims, workspace, DATES)
    assert len(asked) == 2


def test_what_cannot_be_read_is_checked_anew(claims, workspace, asked) -> None:
    once = kept_ledger(claims, workspace, DATES)
    [path] = (workspace.folder / "cache").glob("claims.*.json")
    path.write_text('[{"status": "confirmed"}]', "utf-8")
    assert kept_ledger(claims, workspace, DATES) == once
    shutil.rmtree(path.parent)
    path.parent.write_text("no folder", "utf-8")
    assert kept_ledger(claims, workspace, DATES) == once
    assert len(asked) == 3
