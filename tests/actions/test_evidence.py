"""What counts as evidence of progress: something that another person can look up, or a number."""

from pathlib import Path

import pytest

from opencompact import actions


@pytest.mark.parametrize(
    ("kind", "reference"),
    [
        ("", ""),
        ("document", "https://example.org/orsela/review-1"),
        ("document", "A/RES/73/195"),
        ("document", "Law No. 13.445 of 24 May 2017"),
        ("figure", "0"),
        ("figure", "٣ من ١٠"),
        ("indicator", "10.7.3"),
        ("indicator", "16.9.1: 83 per cent"),
        ("figure", "Note: 11 of 36"),
    ],
)
def test_what_can_be_looked_up_is_evidence(kind: str, reference: str) -> None:
    assert actions.evidence_fault(kind, reference) == ""


@pytest.mark.parametrize(
    ("kind", "reference"),
    [
        ("document", "trust me"),
        ("document", ""),
        ("document", "javascript:alert(1)"),
        ("document", " JavaScript:alert(1)"),
        ("figure", "data:text/html,1"),
        ("document", "https://localhost/1"),
        ("document", "ftp://example.org/1"),
        ("figure", "many"),
        ("indicator", "99.99.99"),
        ("indicator", ""),
    ],
)
def test_what_cannot_be_looked_up_is_none(kind: str, reference: str) -> None:
    assert actions.evidence_fault(kind, reference)


def test_a_file_is_held_to_the_same_rule(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "kind,id,title,language,objectives,progress\n"
        "pledge,a,A pledge,en,8,2024-05-31 | done | Done. | document | trust me\n"
        "pledge,b,A pledge,en,8,2024-05-31 | done | Done. | document | A/RES/73/195\n"
    )
    first, second = actions.read_actions(path)
    (fault,) = first.faults
    assert (fault.place.row, fault.place.column) == (2, "progress")
    assert "looked up as evidence" in fault.problem
    assert second.faults == ()
