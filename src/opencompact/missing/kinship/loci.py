"""Names of loci and of alleles, so that `THO1` and `TH01`, `Penta_D` and `PENTAD`, 9.0 and `9` are the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

_IGNORED = re.compile(r"[\s\-_./]+")


def locus_key(name: str) -> str:
    """What two spellings of one locus have in common; for comparing, not for showing."""
    plain = _IGNORED.sub("", name).upper()
    return _aliases().get(plain, plain)


@cache
def _aliases() -> dict[str, str]:
    text = resources.files(__package__).joinpath("loci.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)["aliases"]
    return {
        _IGNORED.sub("", alias).upper(): _IGNORED.sub("", name).upper()
        for name, aliases in table.items()
        for alias in [name, *aliases]
    }


def matching(name: str, known: Iterable[str]) -> str | None:
    """The known locus that a name means, or None."""
    known = tuple(known)
    if name in known:
        return name
    key = locus_key(name)
    return next((other for other in known if locus_key(other) == key), None)


def is_amelogenin(name: str) -> bool:
    return locus_key(name) == "AMEL"


def is_y_locus(name: str) -> bool:
    """DYS…, DY…, YGATA…, Yindel: on the Y chromosome, handed from father to son."""
    key = locus_key(name)
    return key.startswith(("DYS", "DYF", "YGATA", "YINDEL")) or key in {"YIND", "YINDEL"}


def allele_label(value: object) -> str:
    """An allele as text: `9`, `9.3`, `silent`; numbers without a trailing .0."""
    text = str(value).strip()
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number == int(number) and abs(number) < 1e6 else f"{number:g}"


_OFF_LADDER = re.compile(r"^(OL|OFF.?LADDER|OMR|[<>]\s*\d.*|\d+(\.\d)?\s*[<>])", re.IGNORECASE)
_NOTHING = {"", "-", "?", "NA", "N/A", "NULL", "NONE", "ND", "NR", "INC", "F", "*"}


def is_off_ladder(label: str) -> bool:
    """A peak that the kit's ladder has no name for (`OL`, `<8`, `>20`): seen, but not named."""
    return bool(_OFF_LADDER.match(label))


def is_nothing(label: str) -> bool:
    """A way of writing that nothing was determined."""
    return label.upper() in _NOTHING
