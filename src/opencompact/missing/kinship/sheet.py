"""The evidence sheet as one page, in words that a family's lawyer and a court can follow, in six languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from opencompact.language import (
    N_,
    Translator,
    format_number,
    format_percent,
    format_significant,
    translator,
)
from opencompact.missing.kinship.evidence import EvidenceSheet, LocusEvidence

if TYPE_CHECKING:
    from opencompact.look.sheet import Sheet

_KINDS = {
    "population": N_("with the allele frequencies of {assumption}"),
    "theta": N_("with theta = {assumption} (relatedness within the population)"),
    "mutation": N_("with mutation rates {assumption}"),
}


def write_sheet(sheet: EvidenceSheet, path: Path, code: str = "en") -> Path:
    """Writes the sheet as PDF or HTML, as the file's name asks, in the language of that code; in PDF one page for the markers of any
    common kit. Raises InputError for another form."""
    from opencompact.look.sheet import write_sheet as write

    return write(as_sheet(sheet, code), path)


def as_sheet(sheet: EvidenceSheet, code: str) -> Sheet:
    """Everything that the page says, in one language: notices, sentences, markers, what the result hangs on."""
    from opencompact.look.blocks import Callout, Cell, Column, Heading, Paragraph, Span, Table
    from opencompact.look.sheet import ANY, Sheet

    _ = translator(code, "missing")
    synthetic = _("Synthetic data: these people do not exist.") if sheet.synthetic else ""
    unread = "" if _.reviewed else _("No reader of this language has checked this translation yet.")
    names = headings(code)
    markers = tuple(tuple(Cell(text, language=ANY) for text in row[:3]) + row[3:] for row in rows(sheet, code))
    kinds: tuple[Literal["text", "number"], ...] = ("text", "text", "text", "number", "text")
    blocks: list[Paragraph | Heading | Table | Callout] = []
    blocks += [Callout("synthetic", (Span(synthetic),))] if synthetic else []
    blocks += [Paragraph((Span(unread),), "note")] if unread else []
    blocks += [Paragraph((Span(sentence),)) for sentence in sentences(sheet, code)]
    blocks.append(Table(tuple(Column(name, kind) for name, kind in zip(names, kinds, strict=True)), markers))
    if sheet.sensitivity:
        assumed = [
            (_(_KINDS[one.kind], assumption=one.assumption), power_of_ten(one.log10_LR, code))
            for one in sheet.sensitivity
        ]
        columns = Column(_("What is assumed")), Column(_("Likelihood ratio"), "number")
        blocks += [Heading(2, _("What the result hangs on"), "hangs"), Table(columns, tuple(assumed))]
    blocks.append(Paragraph((Span(closing(code), strong=True),)))
    title = _("DNA evidence: remains {remains}, missing person {missing}", remains=sheet.remains, missing=sheet.missing)
    return Sheet(code, title, tuple(blocks), running=synthetic, synthetic=sheet.synthetic)


def headings(code: str) -> list[str]:
    """The headings of the table of markers."""
    _ = translator(code, "missing")
    return [_("Marker"), _("Remains"), _("Relatives"), _("Likelihood ratio"), _("What it needs")]


def rows(sheet: EvidenceSheet, code: str) -> list[tuple[str, ...]]:
    """The table of markers: what was typed in the remains and in each relative, the likelihood ratio, what it needs."""
    _ = translator(code, "missing")
    return [_row(locus, _, code) for locus in sheet.loci]


def closing(code: str) -> str:
    """What the page is not."""
    _ = translator(code, "missing")
    return _(
        "This page does not identify anyone. A person decides, on all the evidence, and may withdraw the decision."
    )


def sentences(sheet: EvidenceSheet, code: str) -> Iterator[str]:
    """The findings in words, one sentence each."""
    _ = translator(code, "missing")
    ratio = power_of_ten(abs(sheet.log10_total), code)
    if sheet.log10_total == -np.inf:
        yield _("If the stated relatives, model and samples are right, these remains cannot be this person.")
    elif sheet.log10_total >= 0:
        yield _(
            "The profile of the remains is {ratio} times as probable if they are {missing} of family {family} as if they are an unrelated person: {strength}.",
            ratio=ratio, missing=sheet.person, family=sheet.family, strength=_(sheet.strength),
        )  # fmt: skip
    else:
        yield _(
            "The profile of the remains is {ratio} times as probable if they are an unrelated person as if they are {missing} of family {family}: {strength} for an unrelated person.",
            ratio=ratio, missing=sheet.person, family=sheet.family, strength=_(sheet.strength),
        )  # fmt: skip
    yield _(
        "This is not the probability that they are that person. Before any DNA was read, that was taken to be {prior}; with the DNA, and weighed against everyone else who is sought, it is {posterior}.",
        prior=_probability(sheet.prior, _, code), posterior=_probability(sheet.posterior, _, code),
    )  # fmt: skip
    yield _(
        "Among {searched} remains that were searched, chance alone would be expected to give {expected} matches as strong.",
        searched=format_number(sheet.chance.searched, code), expected=_expected(sheet.chance.expected, _, code),
    )  # fmt: skip
    if sheet.symmetric:
        yield _(
            "The DNA cannot tell {missing} from {others}: the family is what it speaks for, not the person.",
            missing=sheet.person, others=", ".join(sheet.symmetric),
        )  # fmt: skip
    if sheet.same_profile:
        yield _(
            "The same profile was found in {others}: parts of one body, a sample taken twice or contaminated, or identical twins. What this page says of {remains} it says of all of them.",
            others=", ".join(sheet.same_profile), remains=sheet.remains,
        )  # fmt: skip
    for lineage in sheet.lineages:
        yield _(
            "Lineage marker {kind}, compared with {relative}: {differences} differences in {shared} places, likelihood ratio {ratio}.",
            kind=lineage.kind, relative=lineage.relative, differences=lineage.differences, shared=lineage.shared,
            ratio=power_of_ten(lineage.ln_LR / np.log(10), code),
        )  # fmt: skip
    if sheet.log10_other:
        yield _("Evidence other than DNA was weighed in with a likelihood ratio of {ratio}.", ratio=power_of_ten(sheet.log10_other, code))  # fmt: skip
    yield from _needs(sheet, _)
    if sheet.linked:
        yield _(
            "The markers {markers} lie close together on one chromosome and were computed as independent. Where the relation is more distant than parent and child, the true likelihood ratio may be larger or smaller ({source}).",
            markers="; ".join(" + ".join(one.markers) for one in sheet.linked),
            source="; ".join(dict.fromkeys(one.source for one in sheet.linked)),
        )  # fmt: skip


def _needs(sheet: EvidenceSheet, _: Translator) -> Iterator[str]:
    mutations = [locus.marker for locus in sheet.loci if locus.needs_mutation]
    dropouts = [locus.marker for locus in sheet.loci if locus.needs_dropout]
    impossible = [locus.marker for locus in sheet.loci if locus.log10_LR == -np.inf]
    if mutations:
        yield _("The match needs a mutation at {markers}.", markers=", ".join(mutations))
    if dropouts:
        yield _("The match is likelier with an allele lost in the sample (drop-out) at {markers}.", markers=", ".join(dropouts))  # fmt: skip
    if impossible:
        yield _("The match is impossible at {markers}.", markers=", ".join(impossible))
    if not (mutations or dropouts or impossible):
        yield _("The match needs neither a mutation nor a lost allele at any marker.")


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(log10_value: float, code: str) -> str:
    """A ratio as a reader can take it in: 0, 0.0031, 58, 12,000, 2.5 × 10⁸."""
    if log10_value == -np.inf:
        return format_number(0, code)
    if -4 < log10_value < 7:
        return format_significant(10.0**log10_value, code)
    exponent = int(np.floor(log10_value))
    digits = round(10 ** (log10_value - exponent), 1)
    if digits == 10:
        digits, exponent = 1.0, exponent + 1
    power = f"{format_number(digits, code, 1)} × 10{str(exponent).translate(_RAISED)}"
    # Among words written from the right its parts would change places: isolated, from the left.
    return f"\u2066{power}\u2069" if code == "ar" else power


def _probability(value: float, _: Translator, code: str) -> str:
    if value > 0.9999:
        return _("more than {share}", share=format_percent(99.99, code, 2))
    if value < 0.0001:
        return _("less than {share}", share=format_percent(0.01, code, 2))
    return format_percent(100 * value, code, 2)


def _expected(value: float, _: Translator, code: str) -> str:
    return (
        _("fewer than {share}", share=format_number(0.001, code, 3))
        if value < 0.001
        else format_significant(value, code)
    )


def _row(locus: LocusEvidence, _: Translator, code: str) -> tuple[str, ...]:
    needs = []
    if not locus.remains:
        needs.append(_("not typed in the remains"))
    if locus.log10_LR == -np.inf:
        needs.append(_("impossible"))
    if locus.needs_mutation:
        needs.append(_("a mutation"))
    if locus.needs_dropout:
        needs.append(_("a lost allele"))
    relatives = "; ".join(f"{person} {genotype}" for person, genotype in locus.relatives.items())
    return locus.marker, locus.remains or "–", relatives, power_of_ten(locus.log10_LR, code), ", ".join(needs)
