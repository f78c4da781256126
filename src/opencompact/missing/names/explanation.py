"""A comparison of names in words, in six languages.

Own words; what counts as rare or common is our own judgement.
"""

from __future__ import annotations

import math
from dataclasses import replace

from opencompact.language import N_, format_significant, translator
from opencompact.missing.names.comparison import AlignedPart, Comparison
from opencompact.missing.names.nameless import names_nobody
from opencompact.missing.names.normalise import clean, fold, pieces
from opencompact.missing.names.parts import stands_for

COMMON = 4.0
"""A part that tells no more than this (nats: one person in fifty-five) is called common, …"""

RARE = 7.0
"""… and one that tells at least this (one in a thousand) rare."""

NOTHING = 0.05
"""A ratio nearer to 0 than this (nats: a twentieth) is 1 in every rounding."""

_RELATIONS = {
    "same": N_("“{one}” and “{other}” are the same."),
    "sound": N_("“{one}” and “{other}” are read alike."),
    "near": N_("“{one}” and “{other}” are near in sound ({changes})."),
    "known": N_("“{one}” and “{other}” are spellings of one well-known name."),
    "kindred": N_("“{one}” and “{other}” are forms of one name, or a name and its short form."),
    "initial": N_("“{one}” and “{other}” agree in their first letter."),
}


def explain(comparison: Comparison, language: str = "en") -> list[str]:
    """Sentences that say what was equated with what, and how strongly it speaks for or against one person."""
    _ = translator(language, "missing")
    for name in (comparison.one, comparison.other):
        if names_nobody(name):
            return [
                _("“{name}” names nobody: it says nothing for or against.", name=name)
                if name.strip()
                else _("One of the names is empty: it says nothing for or against.")
            ]
    return [_verdict(comparison.log_likelihood_ratio, language), *aligned(comparison, language)]


def aligned(comparison: Comparison, language: str = "en") -> list[str]:
    """What was equated with what and why, in the letters in which it is written; what has no counterpart."""
    _ = translator(language, "missing")
    first, second = as_written(comparison.one), as_written(comparison.other)
    parts = [
        replace(part, one=first.get(part.one, part.one), other=second.get(part.other, part.other))
        for part in comparison.parts
    ]
    sentences = [_part(part, language) for part in parts]
    if comparison.reordered:
        sentences.append(_("The parts stand in another order."))
    sides = zip((first, second), comparison.left_out, strict=True)
    left, right = (" ".join(written.get(part, part) for part in side) for written, side in sides)
    if left and right:
        sentences.append(
            _("“{one}” on one side and “{other}” on the other have no counterpart.", one=left, other=right)
        )
    elif left or right:
        sentences.append(_("“{part}” has no counterpart in the shorter name.", part=left or right))
    if comparison.disputed and comparison.parts:
        sentences.append(_("Relatives may share the parts that agree, so these count for less."))
    return sentences


def as_written(name: str) -> dict[str, str]:
    """The parts of a name as they are compared → as they stand in it."""
    words = [word for word in reversed(pieces(clean(name))) if word]
    return {form: word for word in words for form in (stands_for(fold(word)), fold(word))}


def _verdict(ratio: float, language: str) -> str:
    _ = translator(language, "missing")
    if abs(ratio) < NOTHING:
        return _("These names say nothing for or against.")
    times = format_significant(math.exp(min(abs(ratio), 30.0)), language, 2)
    if ratio >= 0:
        return _("These names are {times} times likelier if they belong to one person.", times=times)
    return _("These names are {times} times likelier if they belong to two persons.", times=times)


def _part(part: AlignedPart, language: str) -> str:
    _ = translator(language, "missing")
    changes = ", ".join(f"{step.one} ~ {step.other}" for step in part.steps if step.one != step.other)
    relation = "sound" if part.relation == "near" and not changes else part.relation
    sentences = [_(_RELATIONS[relation], one=part.one, other=part.other, changes=changes)]
    if part.together:
        sentences.append(_("They are written as one on one side and apart on the other."))
    if part.information <= COMMON:
        sentences.append(_("The name is common, so this says little."))
    elif part.information >= RARE:
        sentences.append(_("The name is rare, so this says much."))
    return " ".join(sentences)
