"""Names that were written to fill a field: "Unidentified male", "John Doe", "مجهول الهوية". They say nothing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from opencompact.missing.records.sayings import is_unknown, plain


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files("opencompact.missing.evidence").joinpath("placeholders.toml").read_text(encoding="utf-8")
    return {name: frozenset(map(plain, words)) for name, words in tomllib.loads(text).items()}


def names_nobody(name: str) -> bool:
    """Whether a name is none: a word for "not known", a stock name, or such words with a number ("unknown male 3")."""
    lists = _lists()
    words = [word for word in re.findall(r"[^\W_]+", plain(name)) if not word.isdigit()]
    if not words or is_unknown(name) or " ".join(words) in lists["names"]:
        return True
    # A name may be Man or Fille: such words alone are none only where all are of the list, and one says so outright.
    filled = all(word in lists["words"] or len(word) == 1 for word in words)
    return filled and (not lists["outright"].isdisjoint(words) or (len(words) == 1 and words[0] in _TITLES))


_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mme", "sr", "sra", "male", "female"])
