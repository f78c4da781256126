"""Marks, objects and medical findings: two descriptions in words, of what may be the same scar or ring.

Words are folded to concepts across six languages (`concepts.toml`: "croix", "cruz", "صليب" are `cross`), compared as sets; a concept
that both sides name counts by its rarity, one that is missing on the other side counts a little against, since marks are overlooked.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.language import N_, format_list
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import plain

_MOST = math.log(1e4)  # one description never says more than this: words are shared by chance and by suggestion


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.evidence").joinpath("concepts.toml").read_text(encoding="utf-8"))


@cache
def _concepts() -> tuple[dict[str, str], dict[str, float], frozenset[str]]:
    """word → concept, concept → frequency, words that say nothing."""
    content = _content()
    words = {plain(word): concept for concept, entry in content["concepts"].items() for word in entry["words"]}
    words |= {plain(concept): concept for concept in content["concepts"]}
    frequencies = {concept: float(entry["frequency"]) for concept, entry in content["concepts"].items()}
    return words, frequencies, frozenset(map(plain, content["empty"]))


def concept_frequencies() -> dict[str, float]:
    """How often each concept of the list occurs in the description of another person."""
    return _concepts()[1]


def words_for(concept: str, language: str) -> str:
    """A word for a concept in a language, where the list has one; else the concept itself."""
    ranges = {"ar": ("\u0600", "\u06ff"), "ru": ("\u0400", "\u04ff"), "zh": ("\u4e00", "\u9fff")}
    words = _content()["concepts"].get(concept, {"words": []})["words"]
    if language in ranges:
        low, high = ranges[language]
        return next((word for word in words if low <= word[0] <= high), concept)
    latin = [word for word in words if word[0] < "\u0250" and word != concept]
    place = {"fr": 0, "es": 1}.get(language)
    return concept if place is None or len(latin) <= place else latin[place]


def concepts(texts: Iterable[str]) -> frozenset[str]:
    """The concepts that these words name; a word in no list is its own concept."""
    words, _, empty = _concepts()
    found = set()
    for text in texts:
        said = plain(text)
        found |= {concept for word, concept in words.items() if not word.isascii() and len(word) > 1 and word in said}
        found |= {
            words.get(word, words.get(word.rstrip("s"), word)) for word in re.findall(r"\w+", said) if word not in empty
        }
    return frozenset(concept for concept in found if len(concept) > 1)


def description_likelihood_ratio(
    sought: frozenset[str],
    found: frozenset[str],
    *,
    recall: float,
    frequency: float,
    least: float,
    frequencies: Mapping[str, float] | None = None,
) -> tuple[float, frozenset[str]]:
    """(ln LR, shared concepts) of two descriptions: each shared concept counts recall / its frequency, each that only the
    remains show counts (1 - recall) / (1 - frequency), bounded below by `least` and above by 10⁴."""
    known = frequencies or _concepts()[1]
    shared = sought & found
    gain = sum(math.log(max(1.0, recall / known.get(concept, frequency))) for concept in shared)
    loss = sum(
        math.log((1 - recall) / (1 - known.get(concept, frequency)))
        for concept in (found if len(found) < len(sought) else sought) - shared
    )
    return min(_MOST, max(least, gain + max(loss, least))), shared


def compare_marks(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What scars, tattoos, piercings, prostheses and medical findings say."""
    first = concepts([f"{mark.kind} {mark.site or ''} {mark.words}" for mark in sought.marks] + list(sought.medical))
    second = concepts([f"{mark.kind} {mark.site or ''} {mark.words}" for mark in found.marks] + list(found.medical))
    words = ["; ".join([mark.words for mark in record.marks] + list(record.medical)) for record in (sought, found)]
    return _compare("marks", first, second, words, (parameters or defaults())["marks"])


def compare_objects(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What clothing and objects say: little against, since they change hands on the way."""
    first, second = concepts(sought.objects), concepts(found.objects)
    return _compare(
        "objects",
        first,
        second,
        ["; ".join(sought.objects), "; ".join(found.objects)],
        (parameters or defaults())["objects"],
    )


def _compare(
    field: str, first: frozenset[str], second: frozenset[str], words: list[str], settings: Parameters
) -> Evidence | None:
    if not first or not second:
        return None
    ratio, shared = description_likelihood_ratio(
        first, second, recall=settings["recall"], frequency=settings["frequency"], least=settings["least"]
    )
    if shared:
        reason, values = N_("Both name: {shared}."), {"shared": format_list(sorted(shared), "en")}
        return Evidence(field, ratio, reason, dict(values), words[0], words[1])
    return Evidence(field, ratio, N_("Nothing that one side describes is named by the other."), {}, words[0], words[1])
