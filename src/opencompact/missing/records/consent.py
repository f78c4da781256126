"""What a record may be used for: the purpose and the recipient that its giver agreed to, and nothing else.

A record is given for humanitarian search; whoever holds it may search with it unless the giver said no. Handing it to anyone by name needs the giver's
yes, to that recipient or to all. No purpose outside the list can be agreed to, and there is none for
immigration enforcement (A/RES/73/195, objective 8, and principle 7 of the annex: the dignity and the rights of the missing and their families).
"""

from __future__ import annotations

import re

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.records.record import Consent, Record
from opencompact.missing.records.sayings import INVISIBLE, plain, words

SEARCH, SHARE, IDENTIFY, STATISTICS = "humanitarian search", "share", "identification", "statistics"
PURPOSES = (SEARCH, SHARE, IDENTIFY, STATISTICS)
ALL = "all"
REFUSED = tuple(Consent(purpose, ALL, False) for purpose in PURPOSES)
"""What stands for an answer that cannot be read: nothing is allowed until somebody has asked the giver."""


def read_consent(text: str) -> Consent:
    """ "yes", "no", "share: Red Cross yes", "humanitarian search: all": one consent. Raises InvalidDataError for a purpose in no list."""
    answer = plain(text).strip(" .!。")
    yes, no = words()["consent_yes"], words()["consent_no"]
    if answer in no:
        return Consent(SEARCH, ALL, False)
    if answer in yes:
        return Consent(SEARCH, ALL, True)
    match = re.fullmatch(r"([^:：]+?)\s*[:：]\s*([^:：]+?)", re.sub(r"[.!。]+$", "", _as_written(text)))
    if match is None:
        raise InvalidDataError(
            "The consent cannot be read.", value=text, remedy="Write 'purpose: recipient yes' or 'yes' / 'no'."
        )
    purpose = words()["purposes"].get(plain(match[1]), plain(match[1]))
    if purpose not in PURPOSES:
        raise InvalidDataError(
            "This is no purpose that a record can be given for.",
            value=match[1],
            remedy=said("Purposes: {purposes}.", purposes=", ".join(PURPOSES)),
        )
    *before, last = match[2].split()
    answered = plain(last) in yes or plain(last) in no
    recipient = " ".join(before if answered else [*before, last])
    return Consent(purpose, ALL if plain(recipient) in words()["everyone"] else recipient, plain(last) not in no)


def _as_written(text: str) -> str:
    """The text with single blanks and without signs that are not seen; a recipient keeps its capitals."""
    return re.sub(r"\s+", " ", INVISIBLE.sub("", text)).strip()


def permits(record: Record, purpose: str = SEARCH, recipient: str | None = None) -> bool:
    """Whether a record may be used for a purpose, by its holder (`recipient` None) or handed to a recipient.

    What is said of a recipient by name goes before what is said of all, and a no before a yes. Without a word the holder
    may search and identify, and nobody else may have the record.
    """
    if purpose not in PURPOSES:
        raise InvalidDataError(
            "This is no purpose that a record can be given for.",
            value=purpose,
            remedy=said("Purposes: {purposes}.", purposes=", ".join(PURPOSES)),
        )
    relevant = [one for one in record.consents if one.purpose == purpose or (recipient and one.purpose == SHARE)]
    own = [one for one in relevant if recipient and one.recipient.casefold() == recipient.strip().casefold()]
    general = [one for one in relevant if one.recipient.casefold() == ALL]
    for told in (own, general):
        if told:
            return all(one.given for one in told)
    return recipient is None and purpose in (SEARCH, IDENTIFY)
