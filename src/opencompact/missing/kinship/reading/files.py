"""Case files: `kinship-reference/1` as it is, and our own `opencompact-kinship/1`, which holds more (docs/reference).

Every fault is named with the place in the file, the person, the marker and the value; nothing is guessed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from opencompact.errors import InputError, InvalidDataError, OpenCompactError
from opencompact.language import said
from opencompact.missing.kinship.case import Case, CaseKind, Finding, Hypothesis
from opencompact.missing.kinship.reading.event import families_of, missing_of, remains_of
from opencompact.missing.kinship.reading.markers import markers_of
from opencompact.missing.kinship.reading.pedigrees import hypotheses_of
from opencompact.missing.kinship.reading.profiles import people_of_hypotheses
from opencompact.missing.kinship.reading.stated import Reading
from opencompact.missing.kinship.reading.surroundings import (
    haplotype_databases_of,
    other_likelihood_ratios_of,
    populations_of,
    prior_of,
)
from opencompact.tables.refusals import broken_json, unreadable


def read_case(path: Path) -> Case:
    """Reads a case file. Raises `InputError` where it is no JSON, `InvalidDataError` where it contradicts itself."""
    return case_of(stated_case(path), file=str(path))


def stated_case(path: Path) -> Any:
    """The JSON of a case file, as it stands."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise unreadable(path, problem, rule="kinship.file") from None
    except UnicodeDecodeError:
        raise InputError(
            "The case is not UTF-8 text.", file=path, rule="kinship.not-json", remedy="Save it as JSON in UTF-8."
        ) from None
    except json.JSONDecodeError as problem:
        raise InputError(
            said("The JSON is broken: {reason}.", reason=broken_json(problem)),
            file=path,
            row=problem.lineno,
            column=str(problem.colno),
            rule="kinship.not-json",
            remedy="Mend it there; 'opencompact manual kinship-case' describes the format.",
        ) from None
    except RecursionError:
        raise InputError(
            "The JSON is nested too deeply.",
            file=path,
            rule="kinship.not-json",
            remedy="'opencompact manual kinship-case' describes the format.",
        ) from None


def with_findings(case: Case, findings: tuple[Finding, ...]) -> Case:
    """The case with what was found before it was put together."""
    return replace(case, findings=(*findings, *case.findings))


def case_of(stated: Any, file: str | None = None) -> Case:
    """A case from what its JSON says. Raises `InvalidDataError` with the place, the person, the marker and the value."""
    try:
        return _case(Reading(stated, file))
    except OpenCompactError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InvalidDataError(
            said(
                "The case has not the shape of its format ({name}: {reason}).", name=type(error).__name__, reason=error
            ),
            file=file,
            rule="kinship.shape",
            remedy="'opencompact manual kinship-case' describes the format.",
        ) from error


def _case(reading: Reading) -> Case:
    stated = reading.stated
    theta = reading.theta()
    markers = markers_of(reading)
    hypotheses = tuple(hypotheses_of(reading))
    families = tuple(families_of(reading, markers))
    remains = tuple(remains_of(reading, markers))
    reference = stated.get("reference_hypothesis")
    if reference is not None and reference not in {hypothesis.name for hypothesis in hypotheses}:
        reading.fail("The reference hypothesis is none of the hypotheses.", "reference_hypothesis", reference, "reference")  # fmt: skip
    profiles = people_of_hypotheses(reading, markers, hypotheses)
    reading.say_which_samples_went_astray()
    return Case(
        id=str(stated.get("id") or Path(reading.file or "case").stem),
        kind=_kind(reading, hypotheses),
        markers=markers,
        description=str(stated.get("description") or ""),
        theta=theta,
        hypotheses=hypotheses,
        reference_hypothesis=reference,
        profiles=profiles,
        families=families,
        stated_order=tuple(missing_of(reading, {family.name: family.pedigree for family in families})),
        remains=remains,
        populations=populations_of(reading, markers),
        prior=prior_of(reading, len(remains), sum(len(family.missing) for family in families)),
        other_likelihood_ratios=other_likelihood_ratios_of(reading, families, remains),
        haplotype_databases=dict(haplotype_databases_of(reading)),
        findings=tuple(reading.findings),
        synthetic=bool(stated.get("synthetic")),
        file=reading.file,
    )


def _kind(reading: Reading, hypotheses: tuple[Hypothesis, ...]) -> CaseKind:
    kind: Any = reading.stated.get("kind") or ("kinship_lr" if hypotheses else "joint_dvi")
    if kind not in ("kinship_lr", "joint_dvi", "genotype_distribution_and_dropout"):
        reading.fail("This kind of case is not known.", "kind", kind, "kind")
    return cast("CaseKind", kind)
