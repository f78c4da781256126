"""How marks are told to a reader: what is listed in the reader's language, with what was written beside it. Own."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from opencompact.language import LANGUAGES, N_, said
from opencompact.missing.evidence.body import parts
from opencompact.missing.evidence.concepts import (
    concept_of,
    is_absent,
    is_there,
    listed,
    lost_part,
    stems,
    told_concept,
)
from opencompact.missing.evidence.ledger import all_told
from opencompact.missing.evidence.word_lists import words_in
from opencompact.missing.records.record import Record
from opencompact.missing.records.sayings import folded, plain
from opencompact.saying import Name


@cache
def _phrases() -> dict[str, str]:
    """Folded words of parts → part."""
    return {folded(word): name for name, part in parts().items() for words in part.words.values() for word in words}


@lru_cache(maxsize=20_000)
def told_clause(clause: str) -> str:
    """A clause of which every word is a part of the body, a side, or a thing that is listed: as it was written for whoever reads its language, for others in
    theirs, with what was written in brackets. Any other stays as it was written."""
    named = _named(clause)
    if not named:
        return clause
    return Name({code: _in_language(named, clause, code) for code in LANGUAGES})


def _in_language(named: list[tuple[str, str]], clause: str, code: str) -> str:
    from opencompact.language.catalogue import isolated
    from opencompact.language.formats import format_beside

    if all(_is_of(word, name, code) for word, name in named):
        return clause
    told = list(dict.fromkeys(_word(name, code) for _, name in named))
    return f"{format_beside(told, code)} ({isolated(clause, code)})"


def _word(name: str, code: str) -> str:
    return parts()[name].words[code][0] if name in parts() else told_concept(name, code)


_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff ]+"),
    "ru": re.compile("[\u0400-\u04ff ]+"),
    "zh": re.compile("[\u3400-\u9fff]+"),
}


def _is_of(word: str, name: str, code: str) -> bool:
    """Whether a word for a part or a thing is of a language: of its list, of its script, or begun as the word by which the thing is told."""
    if name in parts():
        told = set(map(folded, parts()[name].words[code]))
        return not told.isdisjoint((word, *stems(word)))
    if code in _SCRIPTS:
        return bool(_SCRIPTS[code].fullmatch(word))
    return folded(_word(name, code))[:4] == word[:4]


def _named(clause: str) -> list[tuple[str, str]]:
    """(folded words, part or concept) of a clause in their order; none where one word is in no list, or something is denied."""
    if is_absent(clause) or lost_part(clause) or is_there(clause):
        return []
    words = [folded(word) for word in words_in(plain(clause))]
    joined = "" if any("\u3400" <= word[:1] <= "\u9fff" for word in words) else " "
    found: list[tuple[str, str]] = []
    while words:
        for n in range(min(LONGEST, len(words)), 0, -1):
            text = joined.join(words[:n])
            names = _part_of(text) or concept_of(text)
            if names:
                found += [(text, name) for name in sorted(names)]
                break
        else:
            n = 1
            if words[0] not in listed().empty:
                return []
        words = words[n:]
    return found


LONGEST = 5
"""Words of the longest phrase for a part or a thing that is looked for."""


def _part_of(text: str) -> tuple[str, ...]:
    """The part of the body that folded words are for, with or without their endings."""
    known = _phrases()
    return next(((known[form],) for form in (text, *stems(text)) if form in known), ())


_MARK = {
    "scar": N_("Scar: {words}"),
    "tattoo": N_("Tattoo: {words}"),
    "piercing": N_("Piercing: {words}"),
    "prosthesis": N_("Prosthesis: {words}"),
    "birthmark": N_("Birthmark: {words}"),
    "amputation": N_("Amputation: {words}"),
}


def told_marks(record: Record) -> str:
    """The marks and findings of a record, each with what it is, parts of the body and sides in the reader's language (`body.told_clause`)."""
    marks = [
        said(_MARK.get(mark.kind, N_("{words}")), words=_in_words(", ".join(filter(None, (mark.words, mark.site)))))
        for mark in record.marks
    ]
    return all_told([*marks, *(said(N_("{words}"), words=_in_words(text)) for text in record.medical)])


def _in_words(text: str) -> str:
    """A text of which each clause is told by itself."""
    clauses = [told_clause(clause.strip()) for clause in re.split(r"[,،，、]", text) if clause.strip()]
    if not any(isinstance(clause, Name) for clause in clauses):
        return text
    return all_told([said(N_("{words}"), words=clause) for clause in clauses])
