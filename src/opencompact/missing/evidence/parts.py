"""Parts of the body that one side says to be missing and the other to be there: limbs, and organs that were taken out.

What is gone does not come back: where the earlier record says that the appendix was taken out and the later one that it is there, one of the two
errs. What was there may be lost since. Own; the logic of Adams 2003 (J Forensic Sci 48:522) for teeth. Words: `concepts.toml`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from opencompact.language import N_, Said, all_of, said
from opencompact.missing.evidence.concepts import body_parts, gone_with, paired_parts, parts_told
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.records.record import Record


class Parts(NamedTuple):
    """Parts of a body as bits, two for each (`_bits`): those that are `gone` and those that are `there`; and those of a pair of which one, on a side that is
    not told, is gone (`one_gone`), or of which `both` are there."""

    gone: int = 0
    there: int = 0
    one_gone: int = 0
    both: int = 0


def parts_of(record: Record) -> Parts:
    """What the marks and the medical findings of a record say of parts of the body."""
    texts = [*(f"{mark.words} {mark.site or ''}" for mark in record.marks), *record.medical]
    gone, there, one_gone = 0, 0, 0
    for lost, seen in map(parts_told, texts):
        for part, side in lost:
            for each in (part, *gone_with(part)):
                if side or each not in paired_parts():
                    gone |= _bits(each, side)
                else:
                    one_gone |= _bits(each, "left")
        for part, side in seen:
            there |= _bits(part, side)
    both = there & (there >> 1) & _LEFTS
    return Parts(gone, there, one_gone, both)


_LEFTS = int("01" * 31, 2)


def _bits(part: str, side: str) -> int:
    """The bits of a part: the left one, the right one, or, where no side is told or there is but one, both."""
    return {"left": 1, "right": 2}.get(side, 3) << (2 * body_parts().index(part))


def parts_log_ratio(before: Parts, after: Parts, settings: Parameters) -> float:
    """ln LR of parts that are gone on one side and there on the other: of one that came back, or of one that was lost since; 0 where there is none."""
    if _at_odds(before, after):
        return math.log(settings["regained"])
    return math.log(settings["lost_since"]) if _at_odds(after, before) else 0.0


def _at_odds(lost: Parts, seen: Parts) -> int:
    return lost.gone & seen.there | lost.one_gone & seen.both


def parts_at_odds(first: Parts, second: Parts) -> Said:
    """The parts of which one says that they are gone, the other that they are there."""
    bits = _at_odds(first, second) | _at_odds(second, first)
    told = [part for part in body_parts() if bits & _bits(part, "")]
    return said("{parts}", parts=all_of(said(_TOLD[part]) for part in told))


_TOLD = {
    "arm": N_("arm"),
    "hand": N_("hand"),
    "finger": N_("finger"),
    "leg": N_("leg"),
    "foot": N_("foot"),
    "ear": N_("ear"),
    "eye": N_("eye"),
    "toe": N_("toe"),
    "tooth": N_("tooth"),
    "appendix": N_("vermiform appendix"),
    "gallbladder": N_("gallbladder"),
    "womb": N_("womb"),
    "kidney": N_("kidney"),
    "spleen": N_("spleen"),
    "tonsils": N_("tonsils"),
}
