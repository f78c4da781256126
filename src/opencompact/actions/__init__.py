"""What is done: pledges, practices, plans, programmes, policy instruments, recommendations, requests and offers; their progress."""

from opencompact.actions.correcting import MOST_CORRECTED, content_changes, is_correction
from opencompact.actions.courses import AWAITED, COMMITMENTS, COURSES, RUNNING, STATES, course_of, stage_label
from opencompact.actions.evidence import AGREED, evidence_fault
from opencompact.actions.for_review import Told, kind_name, summary
from opencompact.actions.matching import Match, matches
from opencompact.actions.model import (
    KINDS,
    Action,
    Activity,
    FollowUp,
    Instrument,
    Milestone,
    Offer,
    Passage,
    Plan,
    Pledge,
    Practice,
    Programme,
    Request,
    Review,
    Statement,
    Update,
    taken_back,
    updated,
)
from opencompact.actions.plans import Assembled, Priority, assemble
from opencompact.actions.progress import (
    NOT_COUNTED,
    Standing,
    Tally,
    day_fault,
    done_late,
    is_counted,
    standing,
    tally,
    turns,
)
from opencompact.actions.reading import Entry, read_actions
from opencompact.actions.references import (
    Known,
    Named,
    cited,
    derived_provisions,
    objective_provision,
    provision_faults,
    provision_objective,
    reference_faults,
)
from opencompact.actions.rows import (
    changes,
    from_json,
    from_row,
    incomplete,
    labels,
    lacking,
    lost,
    rule_faults,
    to_json,
    to_row,
)
from opencompact.actions.writing import atom, csv_lines, json_lines, schema, workbook

__all__ = [
    "AGREED", "AWAITED", "COMMITMENTS", "COURSES", "KINDS", "MOST_CORRECTED", "NOT_COUNTED", "RUNNING", "STATES", "Action", "Activity", "Assembled",
    "Entry", "FollowUp", "Instrument", "Known", "Match", "Milestone", "Named", "Offer", "Passage", "Plan", "Pledge", "Practice",
    "Priority", "Programme", "Request", "Review", "Standing", "Statement", "Tally", "Told", "Update", "assemble",
    "atom", "changes", "cited", "content_changes", "course_of", "csv_lines", "day_fault", "derived_provisions", "done_late", "evidence_fault", "from_json", "from_row",
    "incomplete", "is_correction", "is_counted", "json_lines", "kind_name", "labels", "lacking", "lost", "matches", "objective_provision", "provision_faults", "provision_objective", "read_actions",
    "reference_faults", "rule_faults", "schema", "stage_label", "standing", "summary", "taken_back", "tally", "to_json",
    "to_row", "turns", "updated", "workbook",
]  # fmt: skip
