"""What descriptions in words name: concepts of six languages, without what is denied, cannot be seen, or only joins other words.

A denial anywhere in a clause takes the clause ("he has no scars", "не обнаружено", "未发现纹身"); "no scars but a tattoo" begins anew
after "but". Words and stems are those of `concepts.toml`; one in no list is its own concept. Judgement, after the negation lists of
Chapman et al. 2001, J Biomed Inform 34:301 (NegEx), with the clause as the scope.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from opencompact.missing.evidence.body import turkish_left, words_of_offices
from opencompact.missing.evidence.word_lists import HAN_SIGN, WordList, word_list, words_in
from opencompact.missing.records.sayings import folded, is_unknown, plain


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.evidence").joinpath("concepts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Concepts:
    """The list of concepts: phrase (its words) → concept, stem → concept, concept → frequency, and the words that say nothing."""

    phrases: dict[tuple[str, ...], frozenset[str]]
    stems: dict[str, str]
    frequencies: dict[str, float]
    empty: frozenset[str]
    kinds: frozenset[str]
    sites: frozenset[str]
    longest: int

    @property
    def every(self) -> Set[str]:
        """Every concept of the list."""
        return self.frequencies.keys()


@cache
def listed() -> Concepts:
    """The concepts of `concepts.toml`, ready to be looked up."""
    content = _content()
    said = [*((plain(word), concept) for word, concept in words_of_offices())]
    said += [(plain(word), concept) for concept, entry in content["concepts"].items() for word in entry["words"]]
    said += [(plain(concept), concept) for concept in content["concepts"]]
    # In one form of each letter where it is written in no other: a word is first looked for as it stands.
    several = [(form(word), frozenset((concept,))) for form in (folded, plain) for word, concept in said]
    several += [(folded(word), named) for word, named in turkish_left()]
    phrases = {tuple(words_in(word)): named for word, named in several}
    by_stem: dict[str, str] = {}
    for word, concept in said:
        for stem in stems(word):
            by_stem.setdefault(stem, concept)
    return Concepts(
        phrases,
        by_stem,
        {concept: float(entry["frequency"]) for concept, entry in content["concepts"].items()},
        frozenset(folded(word) for name in ("empty", "absent", "removed", "there") for word in content[name]),
        frozenset(content["kinds"]),
        frozenset(content["sites"]),
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
    return frozenset().union(*map(_concepts_of, texts))


@lru_cache(maxsize=50_000)
def _concepts_of(text: str) -> frozenset[str]:
    return frozenset().union(*separately(text))


@lru_cache(maxsize=50_000)
def separately(text: str) -> tuple[frozenset[str], ...]:
    """What a text names, thing by thing: what stands after a semicolon is another one, and so is what is said after a comma of another part of
    the body, and each missing limb. Own."""
    found: list[frozenset[str]] = []
    for part in re.split(r"[;؛；\n]+", plain(text)):
        things: list[frozenset[str]] = []
        for sentence in re.split(r"[.。]+", part):
            for named in _told_in(sentence):
                if things and not _begins_anew(things[-1], named):
                    things[-1] |= named
                else:
                    things.append(named)
        found += things
    return tuple(found)


def _told_in(sentence: str) -> list[frozenset[str]]:
    """What each clause of a sentence names; of one that says that a limb is missing, the limb and `amputation`, of one that says that an organ was
    taken out, the operation; nothing of one that says that a part of the body is there."""
    clauses = _clauses(sentence)
    affirmed = _affirmed(clauses)
    lost = [lost_part(clause) for clause in clauses if clause in affirmed or is_absent(clause)]
    affirmed = [clause for clause in affirmed if not _tells_a_state(clause) and not is_there(clause)]
    told = [frozenset(word for word in _named(words_in(clause)) if len(word) > 1) for clause in affirmed]
    named = [one for clause, one in zip(affirmed, told, strict=True) if one and not lost_part(clause)]
    return [*named, *(one for one in lost if one)]


def _begins_anew(thing: frozenset[str], more: frozenset[str]) -> bool:
    """Whether a clause tells of another thing: of a limb that is missing, or of something on a part of the body where the part of the thing is known."""
    of_body = _set("sites") | {"left", "right"}
    apart = bool(thing & _set("sites") and more & _set("sites") and thing - of_body and more - of_body)
    return apart or "amputation" in thing ^ more


def missing_limb(clause: str) -> frozenset[str]:
    """The limb that this says to be missing, its side, and `amputation`; nothing where it says anything else ("no scars on the left leg"). Own."""
    lacking, joining = _listed("lacking", "affirmed"), _listed("beside_lacking").words
    if _QUOTED.search(clause) or not lacking.holds(folded(clause)):
        return frozenset()
    words = words_in(lacking.signs.sub(" ", clause) if lacking.signs else clause)
    words = [word for word in words if folded(word) not in lacking.words]
    named = frozenset(one for one in _named(words) if one not in joining)
    says_more = any(folded(word) in listed().empty - joining for word in words)
    if says_more or named - _set("limbs") - {"left", "right"}:
        return frozenset()
    return named | {"amputation"} if named & _set("limbs") else frozenset()


def lost_part(clause: str) -> frozenset[str]:
    """A limb that is missing, or the operation that took an organ out, with its side and the like; nothing where a clause says neither. Own."""
    return missing_limb(clause) or frozenset(_operations(clause))


def _operations(clause: str) -> set[str]:
    """The operations that took out the organs of which a clause says that they were, and what else it names."""
    text = folded(clause)
    taken_out = [name for name in _organs() if _organ(name).holds(text)]
    removed, denied = _listed("removed").holds(text), is_absent(clause)
    if not taken_out or removed == denied or (denied and _says_more(clause, taken_out)):
        return set()
    known = listed().every
    return {*taken_out, *(one for one in _named(words_in(clause)) if one in known)}


def _says_more(clause: str, organs: list[str]) -> bool:
    """Whether a clause that denies says more than that organs are missing: "no pain in the kidneys"."""
    rest = _listed("lacking").rest(folded(clause))
    words = {word for name in organs for one in _organs()[name]["words"] for word in words_in(folded(one))}
    joining = {folded(word) for word in _content()["beside_lacking"]} | words
    return any(word not in joining and not _named([word]) <= SIDES for word in rest)


SIDES = frozenset(("left", "right"))


@cache
def _organs() -> dict[str, Any]:
    return dict(_content()["organs"])


@cache
def _organ(operation: str) -> WordList:
    return word_list(tuple(_organs()[operation]["words"]))


def is_there(clause: str) -> bool:
    """Whether a clause says only that limbs or organs are there: "both feet present", "rein droit en place", "阑尾完好". Own."""
    return bool(parts_there(clause))


@lru_cache(maxsize=50_000)
def parts_there(clause: str) -> frozenset[str]:
    """The limbs and organs that a clause says to be there, with the side; nothing where it says anything else."""
    text = folded(clause)
    organs = [name for name in _organs() if _organ(name).holds(text)]
    not_removed = _listed("removed").holds(text) and is_absent(clause)
    if not not_removed and (not _listed("there").holds(text) or is_absent(clause) or _listed("removed").holds(text)):
        return frozenset()
    named = frozenset(one for one in _named(words_in(text)) if one in listed().every)
    limbs = frozenset(("arm", "hand", "leg", "foot")) if _listed("all_limbs").holds(text) else named & _set("limbs")
    parts = limbs | frozenset(str(_organs()[name]["organ"]) for name in organs)
    beside = named - parts - SIDES - set(organs)
    return parts | (named & SIDES) if parts and not beside else frozenset()


@lru_cache(maxsize=50_000)
def parts_told(text: str) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """(part, side) of the limbs and organs that a text says to be gone, and of those that it says to be there; "" where no side is told. Own."""
    gone, there = set[tuple[str, str]](), set[tuple[str, str]]()
    for sentence in re.split(r"[;؛；\n.。]+", plain(text)):
        for clause in _clauses(sentence):
            there |= _with_sides(parts_there(clause))
            named = lost_part(clause) or frozenset()
            if not named and not is_absent(clause) and not is_there(clause):
                named = frozenset(_named(words_in(clause)))
            organs = {_organs()[one]["organ"] for one in named & _organs().keys()}
            limbs = _farthest(named & _set("limbs")) if "amputation" in named else frozenset[str]()
            gone |= _with_sides(frozenset(organs | limbs | (named & SIDES)) if organs | limbs else frozenset())
    return frozenset(gone), frozenset(there)


def _farthest(limbs: frozenset[str]) -> frozenset[str]:
    """Of a limb and its part the part: of "missing finger, left hand" the finger."""
    within = {"hand": {"finger"}, "arm": {"finger", "hand"}, "foot": {"toe"}, "leg": {"toe", "foot"}}
    return frozenset(limb for limb in limbs if not limbs & within.get(limb, set()))


def _with_sides(named: frozenset[str]) -> set[tuple[str, str]]:
    sides = named & SIDES or {""}
    return {(part, side) for part in named - SIDES for side in sides}


@cache
def body_parts() -> tuple[str, ...]:
    """The limbs and organs, in a fixed order."""
    return (*_content()["limbs"], *(entry["organ"] for entry in _organs().values()))


@cache
def beside_sites(site: str) -> frozenset[str]:
    """A part of the body, and those that border on it."""
    pairs = [pair for pair in _content()["beside"] if site in pair]
    return frozenset((site, *(one for pair in pairs for one in pair)))


def paired_parts() -> frozenset[str]:
    """Those of which there are a left one and a right one."""
    return _set("paired")


def gone_with(part: str) -> tuple[str, ...]:
    """The parts that are gone with a part."""
    return tuple(_content()["goes_with"].get(part, ()))


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_content()[name])


def is_absent(clause: str) -> bool:
    """Whether this says that there is nothing, or that nothing is known: a denial anywhere in it ("none", "he has no scars",
    "sin cicatrices", "не обнаружено", "未发现纹身"). What stands in quotation marks is quoted, and denies nothing; nor does "no 5"."""
    said = _QUOTED.sub(" ", folded(clause))
    if is_unknown(clause) or _SHORT_NOT.search(said):
        return True
    return _listed("absent", "affirmed").holds(_NUMBERED.sub(" ", said))


_QUOTED = re.compile(r'"[^"]*"|«[^»]*»|「[^」]*」|『[^』]*』')
_SHORT_NOT = re.compile(r"\bn'[^\W\d_]|n't\b")  # n'a, n'y; hasn't
_NUMBERED = re.compile(r"\bno\.? ?(?=\d)")


@cache
def _listed(name: str, but: str | None = None) -> WordList:
    return word_list(tuple(_content()[name]), tuple(_content()[but]) if but else ())


@cache
def _turns() -> re.Pattern[str]:
    told = sorted(_content()["turns"], key=len, reverse=True)
    signs = [word for word in told if HAN_SIGN.match(word)]
    whole = "|".join(re.escape(plain(word)) for word in told if word not in signs)
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)|{'|'.join(signs)}")


def _clauses(sentence: str) -> list[str]:
    """The parts of a sentence between commas, and before and after "but"."""
    parts = re.split(r"[,،，、]+", sentence)
    if not _listed("turns").holds(folded(sentence)):
        return parts
    return [clause for part in parts for clause in _turns().split(part)]


def _affirmed(clauses: list[str]) -> list[str]:
    """The clauses that deny nothing; in "no scars, tattoos or rings" the denial holds for the whole list."""
    denied = [is_absent(clause) for clause in clauses]
    last = max((at for at, clause in enumerate(clauses) if _listed("either").holds(folded(clause))), default=-1)
    first = denied.index(True) if True in denied else len(clauses)
    return [clause for at, clause in enumerate(clauses) if not denied[at] and not first < at <= last]


def _tells_a_state(clause: str) -> bool:
    """Whether this only says that a body is in no state to show marks: "badly decomposed", "burned", "白骨化"."""
    return all(word in listed().empty for word in _listed("unseen").rest(folded(clause)))


def _named(words: list[str]) -> set[str]:
    """The concepts of a row of words, the longest phrase first, so that a gris-gris is no grey."""
    known, found, at = listed(), set[str](), 0
    while at < len(words):
        n = _phrase(words, at)
        found |= _phrase_of(words[at : at + n], known) if n else _of_word(words[at], known)
        at += n or 1
    return found


def _phrase(words: list[str], at: int) -> int:
    """How many words from here are a phrase of the list; 0 where a word stands alone."""
    known = listed()
    most = min(known.longest, len(words) - at)
    return next((n for n in range(most, 1, -1) if _phrase_of(words[at : at + n], known)), 0)


def _phrase_of(words: Sequence[str], known: Concepts) -> frozenset[str]:
    """What words in a row are a phrase for; nothing where they are none."""
    as_written = known.phrases.get(tuple(words))
    return as_written or known.phrases.get(tuple(map(folded, words)), frozenset())


def concept_of(text: str) -> frozenset[str]:
    """The concepts that a word or a phrase of the list names, alone or with its endings; nothing where it is in no list."""
    words, known = words_in(plain(text)), listed()
    if len(words) != 1:
        return _phrase_of(words, known)
    return frozenset(one for one in _of_word(words[0], known) if one in known.every)


def _of_word(word: str, known: Concepts) -> set[str]:
    if folded(word) in known.empty or (word.isdigit() and len(word) < _FEWEST_DIGITS):
        return set()
    if named := _phrase_of((word,), known):
        return set(named)
    return {next((known.stems[stem] for stem in stems(word) if stem in known.stems), word)}


_FEWEST_DIGITS = 3  # a year is a mark; "5 cm" and "2 scars" name no number

_CASES = re.compile(
    "(?<=[а-яё]{3})(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ей|ый|ий|ая|яя|ое|ее|ую|юю|ом|ем|ым|им|ах|ях|ам|ям|ых|их|ые|ие|"
    "[аяоеуюыийь])$"
)
_PREFIXED = re.compile("(?<=^)[በየከለብናም](?=[\u1200-\u137f]{2})")
_INDIAN = re.compile("(?<=..)(?:টি|টা|ের|তে|য়ে|য়|ে|র)$")
_ARTICLE = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{2})")


def stems(word: str) -> list[str]:
    """A word without the endings and articles that its language adds: "руке" → "рук", "الذراع" → "ذراع", "fleurs" → "fleur",
    "በእጅ" → "እጅ", "হাতের" → "হাত"."""
    if words_in(word)[:1] != [word]:
        return []
    bare = _ARTICLE.sub("", word)
    return list(
        dict.fromkeys(
            [
                bare,
                re.sub("(?<=..)(?:ها|ه)$", "", bare),
                word.rstrip("s"),
                _CASES.sub("", word),
                _PREFIXED.sub("", word),
                _INDIAN.sub("", word),
            ]
        )
    )
