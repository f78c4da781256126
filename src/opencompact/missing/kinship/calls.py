"""Calls: from the alleles that a laboratory wrote down to a genotype that a marker knows.

Conventions (docs/explanation/kinship.md):
* two alleles are a genotype; one and nothing (`[11, null]`) is a genotype of which one allele was determined;
* a man has one allele on X; the same one written twice is that one;
* three or more alleles, and off-ladder peaks, set that marker aside for that person, with a finding;
* an allele that the marker does not know is a fault, unless the case states a frequency for such alleles.
"""

from __future__ import annotations

from collections.abc import Sequence

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.case import UNDETERMINED, Call, Finding, Marker, Sex
from opencompact.missing.kinship.loci import allele_label, is_nothing, is_off_ladder


def read_call(
    raw: Sequence[object], marker: Marker, person: str, sex: Sex, *, peaks: bool = False, file: str | None = None
) -> tuple[Call, Finding | None]:
    """The genotype that alleles stand for, () where it says nothing, and a finding where it was set aside.

    With `peaks`, the alleles are the different ones seen, so that a single one may be a pair. Raises
    `InvalidDataError` naming person, marker and value.
    """
    labels = [None if value is None or is_nothing(allele_label(value)) else allele_label(value) for value in raw]
    shown = "/".join("?" if label is None else label for label in labels)
    if aside := _set_aside(labels, shown, marker, person):
        return (), aside
    known = [_index(label, marker, person, file) for label in labels if label is not None]
    if not known:
        return (), None
    hemizygous = marker.x_linked and sex == "male"
    if hemizygous:
        return _on_x_of_a_man(known, marker, person, shown, file), None
    if marker.x_linked and sex == "unknown":
        raise _fault(
            said("This marker is on X, and the sex of the person is not stated."),
            person, marker, shown, "kinship.x-sex-unknown", file, said("State the sex, or leave the marker out."),
        )  # fmt: skip
    if len(labels) == 1 and not peaks:
        raise _fault(
            said("One allele is given where a person has two."),
            person, marker, shown, "kinship.one-allele", file,
            said("Write it twice for a homozygote, or with null where the other was not determined."),
        )  # fmt: skip
    pair = known * 2 if len(known) == 1 and (peaks and len(labels) == 1) else known + [UNDETERMINED] * (2 - len(known))
    return tuple(sorted(pair, key=lambda allele: (allele == UNDETERMINED, allele))), None


def _set_aside(labels: Sequence[str | None], shown: str, marker: Marker, person: str) -> Finding | None:
    if len({label for label in labels if label}) > 2 or len(labels) > 2:
        return Finding(
            "kinship.tri-allelic",
            said(
                "{person} shows more than two alleles at {marker}; the marker is set aside for this person.",
                person=person,
                marker=marker.name,
            ),
            person,
            marker.name,
            shown,
        )
    if any(label and label not in marker.alleles and is_off_ladder(label) for label in labels):
        return Finding(
            "kinship.off-ladder",
            said(
                "{person} has an off-ladder allele at {marker}; the marker is set aside for this person.",
                person=person,
                marker=marker.name,
            ),
            person,
            marker.name,
            shown,
        )
    return None


def _index(label: str, marker: Marker, person: str, file: str | None) -> int:
    if label in marker.alleles:
        return marker.alleles.index(label)
    raise _fault(
        said("{person} has an allele that marker {marker} does not know.", person=person, marker=marker.name),
        person, marker, label, "kinship.allele-unknown", file,
        said("It knows {alleles}. Correct the call, or state `rare_alleles` with the frequency to use.", alleles=', '.join(marker.alleles)),
    )  # fmt: skip


def _on_x_of_a_man(known: list[int], marker: Marker, person: str, shown: str, file: str | None) -> Call:
    if len(set(known)) > 1:
        raise _fault(
            said("{person} is a man and has two alleles at {marker} on X.", person=person, marker=marker.name),
            person, marker, shown, "kinship.sex-contradiction", file, said("Correct the sex or the call."),
        )  # fmt: skip
    return (known[0],)


def _fault(
    problem: str, person: str, marker: Marker, value: str, rule: str, file: str | None, remedy: str | None
) -> InvalidDataError:
    return InvalidDataError(
        problem, file=file, column=f"{person}, {marker.name}", value=value, rule=rule, remedy=remedy
    )


def check_amelogenin(raw: Sequence[object], person: str, sex: Sex, name: str, file: str | None = None) -> Sex:
    """The sex that amelogenin shows (`unknown` where it shows none); raises where the stated one contradicts it."""
    labels = {allele_label(value).upper() for value in raw if value is not None and not is_nothing(allele_label(value))}
    shown: Sex = "male" if "Y" in labels else "female" if labels == {"X"} and len(raw) > 1 else "unknown"
    if "unknown" not in (shown, sex) and shown != sex:
        raise InvalidDataError(
            said(
                "Amelogenin of {person} shows a {shown} profile, the stated sex is {sex}.",
                person=person,
                shown=shown,
                sex=sex,
            ),
            file=file,
            column=f"{person}, {name}",
            value="/".join(str(value) for value in raw),
            rule="kinship.sex-contradiction",
            remedy="Correct the sex, or check whether the sample is the one it should be.",
        )
    return shown
