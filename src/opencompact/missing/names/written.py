"""Well-known names as a script writes them, where its letters alone do not tell which name it is.

`written.tsv`: what unvowelled Arabic letters stand for (عمر is Omar, عمرو Amr), with older spellings of the same name behind
the usual one (رحمن), and the transcriptions of foreign names that Chinese, Korean and Japanese have made their own.
Own: by hand, from standard spellings and the usual transcriptions.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from opencompact.missing.names.normalise import clean
from opencompact.missing.names.sounds import rows

ONE_FORM = str.maketrans("أإآٱىیکةۀہ", "ااااييكههه")
"""The forms of an Arabic letter that are written for one another, as the table writes them."""


class Written(NamedTuple):
    """A well-known name in Latin letters, and its usual spelling in the script."""

    name: str
    usual: str


@cache
def _table() -> dict[tuple[str, str], Written]:
    found: dict[tuple[str, str], Written] = {}
    for row in rows("written.tsv"):
        usual, *others = (clean(spelling) for spelling in row["written"].split())
        for spelling in (usual, *others):
            found.setdefault((row["script"], spelling), Written(row["name"], usual))
    return found


def written(text: str, script: str) -> Written | None:
    """Which well-known name a folded word is, by how the script writes it; None for the others."""
    return _table().get((script, text.translate(ONE_FORM) if script == "ARABIC" else text))
