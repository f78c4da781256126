"""Marks, objects and medical findings: two descriptions in words, of what may be the same scar or ring.

Words are folded to concepts across six languages (`concepts.toml`: "croix", "cruz", "صليب" are `cross`), compared as sets; a concept
that both sides name counts by its rarity, one that is missing on the other side counts a little against, since marks are overlooked.
What is denied ("no tattoos", "не обнаружено") describes nothing, nor does a word that only joins others; and that both have a tattoo is
no likeness of the two.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.language import N_
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import folded, is_unknown, plain

_MOST = math.log(1e4)  # one description never says more than this: words are shared by chance and by suggestion


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.evidence").joinpath("concepts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class _List:
    """The list of concepts: phrase (its words) → concept, stem → concept, concept → frequency, and the words that say nothing."""

    phrases: dict[tuple[str, ...], str]
    stems: dict[str, str]
    frequencies: dict[str, float]
    empty: frozenset[str]
    kinds: frozenset[str]
    longest: int


@cache
def _concepts() -> _List:
    content = _content()
    said = [(plain(word), concept) for concept, entry in content["concepts"].items() for word in entry["words"]]
    said += [(plain(concept), concept) for concept in content["concepts"]]
    phrases = {tuple(_words(word)): concept for word, concept in said}
    stems: dict[str, str] = {}
    for word, concept in said:
        for stem in _stems(word):
            stems.setdefault(stem, concept)
    return _List(
        phrases,
        stems,
        {concept: float(entry["frequency"]) for concept, entry in content["concepts"].items()},
        frozenset(folded(word) for word in (*content["empty"], *content["absent"])),
        frozenset(content["kinds"]),
        max(map(len, phrases)),
    )


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


def told_concept(concept: str, language: str) -> str:
    """The word by which a concept is told to a reader; one that is in no list is told as it was written."""
    return str(_content()["told"].get(language, {}).get(concept) or words_for(concept, language))


def concepts(texts: Iterable[str]) -> frozenset[str]:
    """The concepts that these words name; a word in no list is its own concept, and what is said not to be there is left out."""
    found: set[str] = set()
    for text in texts:
        for sentence in re.split(r"[;.؛。；\n]+", plain(text)):
            for clause in _affirmed(_clauses(sentence)):
                if not _tells_a_state(clause):
                    found |= _named(_words(clause))
    return frozenset(concept for concept in found if len(concept) > 1)


def is_absent(clause: str) -> bool:
    """Whether this says that there is nothing, or that nothing is known: a denial anywhere in it ("none", "he has no scars",
    "sin cicatrices", "не обнаружено", "未发现纹身"). What stands in quotation marks is quoted, and denies nothing; nor does "no 5"."""
    said = _QUOTED.sub(" ", folded(clause))
    if is_unknown(clause) or _SHORT_NOT.search(said):
        return True
    return bool(_denials().search(_NUMBERED.sub(" ", said)))


_QUOTED = re.compile(r'"[^"]*"|«[^»]*»|「[^」]*」|『[^』]*』')
_SHORT_NOT = re.compile(r"\bn'[^\W\d_]|n't\b")  # n'a, n'y; hasn't
_NUMBERED = re.compile(r"\bno\.? ?(?=\d)")


@cache
def _denials() -> re.Pattern[str]:
    return _any_of("absent", "affirmed")


@cache
def _any_of(name: str, but: str | None = None) -> re.Pattern[str]:
    """Finds a word of a list, whole; in Han anywhere, but not within a word of the list `but`."""
    told = sorted((folded(word) for word in _content()[name]), key=len, reverse=True)
    signs = [re.escape(word) for word in told if _HAN_SIGN.match(word)]
    whole = "|".join(re.escape(word) for word in told if not _HAN_SIGN.match(word))
    around = [(word[:at], word[at + 1 :]) for word in _content()[but] for at in range(len(word))] if but else []
    within = "".join(f"(?!(?<={re.escape(before)}).{re.escape(after)})" for before, after in around)
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)" + (f"|{within}(?:{'|'.join(signs)})" if signs else ""))


def _clauses(sentence: str) -> list[str]:
    """The parts of a sentence between commas, and before and after "but"."""
    parts = re.split(r"[,،，、]+", sentence)
    return [clause for part in parts for clause in _any_of("turns").split(part)]


def _affirmed(clauses: list[str]) -> list[str]:
    """The clauses that deny nothing; in "no scars, tattoos or rings" the denial holds for the whole list."""
    denied = [is_absent(clause) for clause in clauses]
    last = max((at for at, clause in enumerate(clauses) if _any_of("either").search(folded(clause))), default=-1)
    first = denied.index(True) if True in denied else len(clauses)
    return [clause for at, clause in enumerate(clauses) if not denied[at] and not first < at <= last]


def _tells_a_state(clause: str) -> bool:
    """Whether this only says that a body is in no state to show marks: "badly decomposed", "burned", "白骨化"."""
    rest = _words(_any_of("unseen").sub(" ", folded(clause)))
    return all(word in _concepts().empty for word in rest)


_HAN = "\u3400-\u9fff"
_HAN_SIGN = re.compile(f"[{_HAN}]")


def _words(said: str) -> list[str]:
    """The words of a text; what is written without blanks, sign by sign."""
    return re.findall(rf"[{_HAN}]|[^\W{_HAN}]+", said)


def _named(words: list[str]) -> set[str]:
    """The concepts of a row of words, the longest phrase first, so that a gris-gris is no grey."""
    known, found, at = _concepts(), set[str](), 0
    while at < len(words):
        n = _phrase(words, at)
        found |= {known.phrases[tuple(words[at : at + n])]} if n else _of_word(words[at], known)
        at += n or 1
    return found


def _phrase(words: list[str], at: int) -> int:
    """How many words from here are a phrase of the list; 0 where a word stands alone."""
    known = _concepts()
    most = min(known.longest, len(words) - at)
    return next((n for n in range(most, 1, -1) if tuple(words[at : at + n]) in known.phrases), 0)


def _of_word(word: str, known: _List) -> set[str]:
    if folded(word) in known.empty or (word.isdigit() and len(word) < _FEWEST_DIGITS):
        return set()
    if (word,) in known.phrases:
        return {known.phrases[(word,)]}
    return {next((known.stems[stem] for stem in _stems(word) if stem in known.stems), word)}


_FEWEST_DIGITS = 3  # a year is a mark; "5 cm" and "2 scars" name no number

_CASES = re.compile(
    "(?<=[а-яё]{3})(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ей|ый|ий|ая|яя|ое|ее|ую|юю|ом|ем|ым|им|ах|ях|ам|ям|ых|их|ые|ие|"
    "[аяоеуюыийь])$"
)
_ARTICLE = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{2})")


def _stems(word: str) -> list[str]:
    """A word without the endings and articles that its language adds: "руке" → "рук", "الذراع" → "ذراع", "fleurs" → "fleur"."""
    if _words(word)[:1] != [word]:
        return []
    bare = _ARTICLE.sub("", word)
    return list(dict.fromkeys([bare, re.sub("(?<=..)(?:ها|ه)$", "", bare), word.rstrip("s"), _CASES.sub("", word)]))


def description_likelihood_ratio(
    sought: frozenset[str],
    found: frozenset[str],
    *,
    recall: float,
    frequency: float,
    least: float,
    frequencies: Mapping[str, float] | None = None,
) -> tuple[float, frozenset[str]]:
    """(ln LR, shared concepts) of two descriptions: each shared concept says ln(recall / its frequency), never less than 0, and each
    that one side alone names says ln((1 - recall) / (1 - frequency)), never more than 0.

    Of the two sides' losses the smaller one counts, since the longer description says more than the other could, and it is
    bounded below by `least`; the sum by 10⁴ above. A naive Bayes over words, as the agreement weights of Fellegi & Sunter 1969,
    J Am Stat Assoc 64:1183.
    """
    shared = sought & found
    weights = {concept: concept_weight(concept, recall, frequency, frequencies) for concept in sought | found}
    gain = math.fsum(weights[concept][0] for concept in shared)
    losses = [math.fsum(weights[concept][1] for concept in side - shared) for side in (sought, found)]
    return min(_MOST, max(least, gain + max(*losses, least))), shared


def concept_weight(
    concept: str, recall: float, frequency: float, frequencies: Mapping[str, float] | None = None
) -> tuple[float, float]:
    """What a concept says (ln LR) where both name it, at least 0, and where only one does, at most 0: of something that others name
    as often, neither says anything. `frequency` is that of a concept in no list. Fellegi & Sunter 1969."""
    known = _concepts()
    often = (frequencies or known.frequencies).get(concept, frequency)
    gain = 0.0 if concept in known.kinds else math.log(max(1.0, recall / often))
    return gain, min(0.0, math.log((1 - recall) / (1 - often)))


def mark_concepts(record: Record) -> frozenset[str]:
    """The concepts of the marks and medical findings of a record, each mark with its kind and site."""
    described = [f"{mark.kind} {mark.site or ''} {mark.words}" for mark in record.marks if concepts([mark.words])]
    return concepts([*described, *record.medical])


def compare_marks(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What scars, tattoos, piercings, prostheses and medical findings say."""
    first, second = mark_concepts(sought), mark_concepts(found)
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
    if shared and _other_side(first, second):
        reason = N_("Both name: {shared}. They name other sides of the body: one the left, the other the right.")
        return Evidence(field, ratio, reason, {"shared": tuple(sorted(shared))}, *words)
    if shared:
        reason, values = N_("Both name: {shared}."), {"shared": tuple(sorted(shared))}
        return Evidence(field, ratio, reason, dict(values), *words)
    return Evidence(field, ratio, N_("Nothing that one side describes is named by the other."), {}, words[0], words[1])


def _other_side(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether one names only the left and the other only the right."""
    sides = frozenset(("left", "right"))
    return {first & sides, second & sides} == {frozenset(("left",)), frozenset(("right",))}
