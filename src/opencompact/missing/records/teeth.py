"""Dental charts in FDI notation (ISO 3950:2016): "36 missing, 11 filled; 21-23 sound"."""

from __future__ import annotations

import re

from opencompact.errors import InvalidDataError
from opencompact.language import said

STATES = ("sound", "filled", "crowned", "root-treated", "missing", "implant")
_ALSO = {
    "extracted": "missing",
    "lost": "missing",
    "absent": "missing",
    "x": "missing",
    "filling": "filled",
    "amalgam": "filled",
    "composite": "filled",
    "crown": "crowned",
    "bridge": "crowned",
    "rct": "root-treated",
    "capped": "crowned",
    "cap": "crowned",
    "present": "sound",
    "intact": "sound",
    "healthy": "sound",
}


# What a crown or a filling is made of, beside the state: it is read, and not compared.
_MADE_OF = "(?:gold(?:en)?|silver|metal|steel|porcelain|ceramic|zirconia|amalgam|composite|plastic|white)"


def check_tooth(number: int, state: str) -> None:
    """Raises InvalidDataError for a number that FDI notation does not have, or a state that is in no list."""
    quadrant, place = divmod(number, 10)
    if not ((1 <= quadrant <= 4 and 1 <= place <= 8) or (5 <= quadrant <= 8 and 1 <= place <= 5)):
        raise InvalidDataError(
            "FDI notation has no such tooth.",
            column="teeth",
            value=number,
            remedy="Use 11–48, or 51–85 for milk teeth.",
        )
    if state not in STATES:
        raise InvalidDataError(
            "This is no state of a tooth.",
            column="teeth",
            value=state,
            remedy=said("Use one of: {choices}.", choices=", ".join(STATES)),
        )


def read_chart(text: str) -> tuple[tuple[int, str], ...]:
    """(tooth, state) of each tooth that the chart names, ascending."""
    chart: dict[int, str] = {}
    for part in re.split(r"[,;\n]", text.lower()):
        if not part.strip():
            continue
        match = re.fullmatch(rf"\s*(\d\d)(?:\s*-\s*(\d\d))?\s*[:=]?\s*(?:{_MADE_OF}\s+(?=[cf]))?([a-z-]+)\s*", part)
        if match is None:
            raise InvalidDataError(
                "The chart cannot be read.", column="teeth", value=part.strip(), remedy="Write '36 missing, 11 filled'."
            )
        state = _ALSO.get(match[3], match[3])
        for number in range(int(match[1]), int(match[2] or match[1]) + 1):
            check_tooth(number, state)
            chart[number] = state
    return tuple(sorted(chart.items()))
