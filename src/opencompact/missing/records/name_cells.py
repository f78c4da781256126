"""What stands in a cell of names: the names of one person, those of somebody else, or of several people.

Offices write a family, a group or "friend of Robel" into one cell. One row is one person: whoever else is named there is told, and the name
of a friend or a brother never counts for the one who is looked for.
Own: words in `name_cells.toml`; names that contradict each other by `names.comparison`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from opencompact.missing.names.comparison import score
from opencompact.missing.names.nameless import names_nobody

CONTRARY = -2.0
"""ln LR below which two names of several words each have nothing in common: not a second name, but maybe a second person."""


@dataclass(frozen=True)
class NameCell:
    """The names of a cell, each of one person; `others` are names by which somebody else than the person is told, `several` tells that
    the names are of several people, `apart` that two of them have nothing in common."""

    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    several: bool = False
    apart: bool = False


@dataclass(frozen=True)
class _Words:
    """The patterns of `name_cells.toml`."""

    family: re.Pattern[str]
    joining: re.Pattern[str]
    joining_two: re.Pattern[str]
    kin: re.Pattern[str]
    kin_of: re.Pattern[str]
    ahead: re.Pattern[str]


@cache
def _words() -> _Words:
    lists = tomllib.loads(files("opencompact.missing.records").joinpath("name_cells.toml").read_text(encoding="utf-8"))
    either = {name: "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for name, words in lists.items()}
    kin, of, owned = either["kin"], either["of"], either["owned"]
    whose = rf"(?:(?:{kin})\s+(?:(?:{of})\s+|d['’])|(?:{either['kin_before_name']})\s+)"
    return _Words(
        family=re.compile(rf"^(?:{either['family']})\s+([^:：,;()]+?)\s*(?:[:：]\s*(.+))?$", re.I | re.S),
        joining=re.compile(rf"\s+(?:{either['joining']})\s+|\s*[&+、]\s*|\s+و(?=[أإآ])", re.I),
        joining_two=re.compile(rf"\s+(?:{either['joining_two']})\s+", re.I),
        kin=re.compile(
            rf"^(?:\d+\s*)?(?:(?:{owned})\s+)*(?:{kin}|{either['children']})\b[^,]*$|^\d+\s+\S+$|^(?:{owned})\s+", re.I
        ),
        kin_of=re.compile(rf"(?:^|[\s,،(]+){whose}(?:{either['article']})?\S.*$|^\S+['’]s\s+(?:{kin})$", re.I),
        ahead=re.compile(rf"^(?:(?:{either['ahead']})\s+)+", re.I),
    )


_AGED = re.compile(r"(?:\s+|(?<=[^\W\d_])(?=[(（\[]\d+\s*[^\W\d_]))[(（\[][^()（）\[\]]*\d[^()（）\[\]]*[)）\]]")
"""A remark in brackets that holds a number: "Ali (32)", "Ali(32 ans)"; what stands like "f(1)" is none."""
_CLAUSES = re.compile(r"\s*[,،]\s*")


def read_names(parts: tuple[str, ...]) -> NameCell:
    """What the parts of a cell of names say, as they stand between separators."""
    names: list[str] = []
    others: list[str] = []
    several = False
    for part in _whole_lists(parts):
        own, others_of, more = _of_part(part)
        names += own
        others += others_of
        several |= more
    names = list(dict.fromkeys(names))
    return NameCell(tuple(names), tuple(others), several, not several and _contrary(names))


def _whole_lists(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts; those of a family whose members are parted by the separator are one."""
    if len(parts) > 1 and (family := _words().family.match(parts[0])) and family[2]:
        return (", ".join(parts),)
    return parts


def _of_part(text: str) -> tuple[list[str], list[str], bool]:
    """(names, names of others, whether they are of several people) of one part."""
    if len(text) > _LONGEST:
        return [text], [], False
    words = _words()
    if family := words.family.match(text):
        listed = [one for one in _members(family[2] or "") if not names_nobody(one)]
        return [f"{one} {family[1]}" for one in listed] or [family[1]], [], True
    aged = len(_AGED.findall(text))
    if aged > 1 or len(_long_clauses(text)) > 2:
        return _members(text), [], True
    text = _AGED.sub("", text)
    own, others = _without_others(text)
    joined = _joined(own)
    return [one for one, kin in joined if not kin], others, len(joined) > 1


def _members(text: str) -> list[str]:
    """The people of a list, without their ages and what is said before a name."""
    words = _words()
    found = (
        words.ahead.sub("", part).strip()
        for clause in _CLAUSES.split(_AGED.sub("", text))
        for part in words.joining.split(clause)
    )
    return [one for one in found if one and not words.kin.match(one)]


def _long_clauses(text: str) -> list[str]:
    """Clauses of two words or more: three such are three people, where two may be the parts of one name."""
    clauses = _CLAUSES.split(text)
    return clauses if all(len(clause.split()) > 1 for clause in clauses) else []


def _without_others(text: str) -> tuple[str, list[str]]:
    """A name without what tells somebody by another one ("friend of Robel"), and that."""
    found = _words().kin_of.search(text)
    if found is None:
        return text, []
    kept = text[: found.start()].strip(" ,،(-–:")
    return kept, [found[0].strip(" ,،()")]


def _joined(text: str) -> list[tuple[str, bool]]:
    """The people whom a name joins by "and", each with whether only a kinship is told of them."""
    words = _words()
    parts = [part for part in words.joining.split(text) if part.strip()]
    if len(parts) < 2:
        two = words.joining_two.split(text)
        long = all(len(part.split()) > 1 for part in two)
        parts = two if len(two) == 2 and (long or words.kin.match(two[1])) else parts
    return [(part.strip(), at > 0 and bool(words.kin.match(part.strip()))) for at, part in enumerate(parts)]


def _contrary(names: list[str]) -> bool:
    """Whether two whole names of a cell have nothing in common."""
    whole = [name for name in names if len(name.split()) > 1 and not names_nobody(name)]
    return any(score(one, other) < CONTRARY for one, other in combinations(whole[:_MOST], 2))


_MOST, _LONGEST = 6, 300
