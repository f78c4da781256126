"""What a record may be used for: the purpose and the recipient that its giver agreed to, and nothing else.

A record is given for humanitarian search; whoever holds it may search with it unless the giver said no. Handing it to anyone by name needs the giver's
yes, to that recipient or to all. No purpose outside the list can be agreed to, and there is none for
immigration enforcement (A/RES/73/195, objective 8, and principle 7 of the annex: the dignity and the rights of the missing and their families).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.records.bodies import bodies_of, is_body, is_enforcement, near_names, words_of
from opencompact.missing.records.record import Consent, Record
from opencompact.missing.records.sayings import INVISIBLE, folded, is_unknown, plain, words

SEARCH, SHARE, IDENTIFY, STATISTICS = "humanitarian search", "share", "identification", "statistics"
PURPOSES = (SEARCH, SHARE, IDENTIFY, STATISTICS)
ALL = "all"
REFUSED = tuple(Consent(purpose, ALL, False) for purpose in PURPOSES)
"""What stands for an answer that cannot be read: nothing is allowed until somebody has asked the giver."""


def read_consent(text: str) -> Consent:
    """ "yes", "no", "share: Red Cross yes", "humanitarian search: all no", "share: nobody", "nobody": one consent.

    It is a purpose, a recipient and a known yes or no, and nothing else: a recipient that holds a word of refusal or of doubt
    ("not yet", "all except") is none. Raises InvalidDataError for what is not written so, and for a purpose in no list.
    """
    if (alone := _answer(text)) is not None:
        return Consent(SEARCH, ALL, alone)
    if folded(text).strip(" .!。") in _list("nobody"):
        return Consent(SEARCH, ALL, False)
    match = re.fullmatch(r"([^:：]+?)\s*[:：]\s*([^:：]+?)", re.sub(r"[\s.!。,;،؛、，–—-]+$", "", _as_written(text)))
    if match is None:
        raise _unreadable(text)
    purpose = _purposes().get(folded(match[1]), plain(match[1]))
    if purpose not in PURPOSES:
        raise _no_purpose(match[1])
    if folded(match[2]) in _list("nobody"):
        return Consent(purpose, ALL, False)
    recipient, given = _recipient_and_answer(match[2])
    if recipient is None or given is None:
        raise _unreadable(text)
    return Consent(purpose, recipient, given)


def _unreadable(text: str) -> InvalidDataError:
    return InvalidDataError(
        "The consent cannot be read.", value=text, remedy="Write 'purpose: recipient yes' or 'yes' / 'no'."
    )


def _no_purpose(purpose: str) -> InvalidDataError:
    return InvalidDataError(
        "This is no purpose that a record can be given for.",
        value=purpose,
        remedy=said("Purposes: {purposes}.", purposes=", ".join(PURPOSES)),
    )


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(folded(word) for word in words()[name])


@cache
def _purposes() -> dict[str, str]:
    return {folded(word): purpose for word, purpose in words()["purposes"].items()}


def _answer(text: str) -> bool | None:
    """A known yes or no; None where the text is neither."""
    told = folded(text).strip(" .!。")
    return None if told not in _list("consent_yes") | _list("consent_no") else told in _list("consent_yes")


_BETWEEN = " \t,;،、，.-–—"
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAMED = re.compile(r"[^\W\d_]{2}|[^\W\d_]\.\s?[^\W\d_]")
"""What every name of a body has: two letters, with a point between them at most (I.C.R.C.)."""


def _recipient_and_answer(text: str) -> tuple[str | None, bool | None]:
    """The recipient as written and the answer at the end; None for a part that is not there."""
    for at in range(len(text)):  # the longest answer first, so that 不同意 is no 同意
        unspaced = _HAN.match(text[at]) and _HAN.match(text[at - 1])
        if at and not unspaced and text[at - 1] not in _BETWEEN:
            continue
        if (given := _answer(text[at:])) is not None:
            return _recipient(text[:at].strip(_BETWEEN)), given
    return _refused_first(text)


def _refused_first(text: str) -> tuple[str | None, bool | None]:
    """ "no Red Cross", "non à la Croix-Rouge": a refusal that comes first, of one listed body and nothing more. What else follows a no may
    be a doubt or a condition, and is no recipient."""
    for at in range(1, len(text)):
        if (
            text[at] in _BETWEEN
            and folded(text[:at]) in _list("consent_no")
            and is_body(name := text[at:].strip(_BETWEEN))
        ):
            return name, False
    return None, None


def _recipient(name: str) -> str | None:
    """The name, or `ALL`; None for what is no name of anyone: other signs than names have, or a word of refusal or doubt."""
    if folded(name) in _list("everyone"):
        return ALL
    told = _words_of(name)
    doubts = _list("doubts") | _list("nobody") | _list("consent_yes") | _list("consent_no")
    doubtful = any(word in doubts or word.endswith("n't") for word in told)
    doubtful |= any(sign in folded(name) for sign in doubts if _HAN.match(sign))
    several = any(tuple(told[at : at + n]) in _phrases() for n in (2, 3) for at in range(len(told) - n + 1))
    named = re.fullmatch(r"[^\W_][\w\s,،、，.&'’()/-]*", name) and _NAMED.search(name)
    return name if named and not (doubtful or several) else None


@cache
def _phrases() -> frozenset[tuple[str, ...]]:
    """Refusals and doubts of several words."""
    told = _list("doubts") | _list("nobody") | _list("consent_yes") | _list("consent_no")
    return frozenset(tuple(_words_of(phrase)) for phrase in told if " " in phrase)


def _words_of(name: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", folded(name))


def _key(recipient: str) -> frozenset[str]:
    """By what two writings of a recipient are known as one: its words without articles and signs, in any order."""
    told = _words_of(recipient)
    bare = [re.sub("^ال(?=..)", "", word) for word in told if word not in _list("articles")]
    return frozenset(bare or told)


def _as_written(text: str) -> str:
    """The text with single blanks and without signs that are not seen; a recipient keeps its capitals."""
    return re.sub(r"\s+", " ", INVISIBLE.sub("", text)).strip()


def permits(record: Record, purpose: str = SEARCH, recipient: str | None = None) -> bool:
    """Whether a record may be used for a purpose, by its holder (`recipient` None) or handed to a recipient.

    What is said of a recipient by name goes before what is said of all, and a no before a yes. A yes reaches the name that it
    gives; a no also reaches whatever may be the same body: a name that is a part of it, or it of theirs, one that is nearly written so, and
    its names in other languages and in short (`bodies`). Without a word the holder may search and identify, and nobody else may have
    the record; a holder who may not search may not identify either. Whoever is given a record identifies with it: where
    the giver said no to that, it is not given. Bodies of border and immigration enforcement are given nothing.
    """
    if purpose not in PURPOSES:
        raise _no_purpose(purpose)
    if recipient is None:
        told = _said_of(record, (purpose,), None)
        return told if told is not None else purpose == SEARCH or (purpose == IDENTIFY and permits(record))
    if is_enforcement(recipient) or _said_of(record, (IDENTIFY,), recipient) is False:
        return False
    return _said_of(record, (purpose, SHARE), recipient) is True


def _said_of(record: Record, purposes: tuple[str, ...], recipient: str | None) -> bool | None:
    """What the giver said of a recipient (None: of the holder) for these purposes together; None without a word."""
    relevant = [one for one in record.consents if one.purpose in purposes]
    exactly, nearly = ([], False) if recipient is None else _of_recipient(relevant, recipient)
    if nearly:
        return False
    told = exactly or [one for one in relevant if one.recipient.casefold() == ALL]
    return all(one.given for one in told) if told else None


def _of_recipient(consents: Iterable[Consent], recipient: str) -> tuple[list[Consent], bool]:
    """The consents that name just this recipient, and whether a refusal names what may be the same body.

    Where the recipient itself has a yes, the refusal of one whose name says more ("Libyan Red Cross" beside "Red Cross") is of that one.
    """
    asked = _key(recipient)
    named = [one for one in consents if one.recipient.casefold() != ALL]
    exactly = [one for one in named if _key(one.recipient) == asked]
    agreed = any(one.given for one in exactly)
    nearly = any(
        _may_be(one.recipient, recipient) and not (agreed and asked < _key(one.recipient))
        for one in named
        if not one.given and one not in exactly
    )
    return exactly, nearly


def _may_be(refused: str, recipient: str) -> bool:
    one, other = (tuple(w for w in words_of(name) if w not in _list("articles")) for name in (refused, recipient))
    return near_names(one, other) or bool(bodies_of(refused) & bodies_of(recipient))


def names_recipient(records: Iterable[Record], recipient: str) -> bool:
    """Whether the giver of any record names this recipient."""
    asked = _key(recipient)
    return any(_key(one.recipient) == asked for record in records for one in record.consents if one.recipient != ALL)


def check_recipient(recipient: str) -> None:
    """Raises InvalidDataError for what is no name of anyone ("nobody", "all", a blank), and for a body of border or immigration enforcement."""
    name = folded(recipient).strip(" .!。")
    if is_enforcement(recipient):
        raise InvalidDataError(
            "Records are never given to a body of border or immigration enforcement.",
            value=recipient,
            remedy="They serve the humanitarian search alone (A/RES/73/195, objective 8). There is no option that allows it.",
        )
    nobody = _list("nobody") | _list("everyone") | _list("consent_no") | _list("consent_yes")
    if name in nobody or is_unknown(recipient) or not _NAMED.search(recipient):
        raise InvalidDataError(
            "This is no name of a recipient.", value=recipient, remedy="Name the body that will be given the result."
        )
