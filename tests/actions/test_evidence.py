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
        ("document", "A/79/590, para. 74"),
        ("document", "E/CN.9/2023/2"),
        ("document", "CMW/C/GC/5"),
        ("document", "Gaceta Oficial, 3 de mayo de 2021"),
        ("document", "الجريدة الرسمية، العدد ١٢، ٢٠٢٣"),
        ("document", "国务院公报2021年第5号"),
        ("document", "Постановление № 5, 2019"),
        ("figure", "0 children held"),
        ("figure", "95 %"),
        ("figure", "٣ قوارب من ١٠"),
        ("figure", "十 400人完成"),
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
        ("document", "trust me 5"),
        ("document", "5"),
        ("document", "v2.1"),
        ("document", "2023"),
        ("document", "12/05/2023"),
        ("document", "Report 7"),
        ("document", "see chapter 12345"),
        ("document", "www.example.org/report-2023"),
        ("document", "example.org/reports/2023"),
        ("document", "AA/2023"),
        ("figure", "0"),
        ("figure", "90 of 90"),
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


@pytest.mark.parametrize(
    ("kind", "reference", "lacks"),
    [
        ("document", "Report of the working group", "no date"),
        ("document", "12/05/2023", "no title"),
        ("document", "www.example.org/report-2023", "https://"),
        ("document", "5", "which document"),
        ("figure", "many boats", "has a number"),
        ("figure", "90", "what it counts"),
        ("indicator", "99.99.99", "no such indicator"),
    ],
)
def test_it_is_said_what_is_missing(kind: str, reference: str, lacks: str) -> None:
    assert lacks in actions.evidence_fault(kind, reference)


def test_all_evidence_of_the_sample_can_be_looked_up(sample: tuple[actions.Action, ...]) -> None:
    shown = [update for action in sample for update in action.progress if update.evidence]
    assert len(shown) > 10
    assert [u.reference for u in shown if actions.evidence_fault(u.evidence, u.reference)] == []


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
