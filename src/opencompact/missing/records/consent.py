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

SEARCH, SHARE, IDENTIFY, STATISTICS = "humanitarian search", "share", "identification", "statistics"
PURPOSES = (SEARCH, SHARE, IDENTIFY, STATISTICS)
_ALSO = {"search": SEARCH, "humanitarian": SEARCH, "sharing": SHARE, "exchange": SHARE}
_YES = {"yes", "y", "true", "1", "oui", "sí", "si", "نعم", "да", "是"}
_NO = {"no", "n", "false", "0", "non", "لا", "нет", "否"}
ALL = "all"


def read_consent(text: str) -> Consent:
    """ "yes", "no", "share: Red Cross yes", "humanitarian search: all": one consent. Raises InvalidDataError for a purpose in no list."""
    answer = text.strip()
    if answer.lower() in _YES | _NO:
        return Consent(SEARCH, ALL, answer.lower() in _YES)
    match = re.fullmatch(r"([^:]+?)\s*:\s*([^:]+?)", answer)
    if match is None:
        raise InvalidDataError(
            "The consent cannot be read.", value=text, remedy="Write 'purpose: recipient yes' or 'yes' / 'no'."
        )
    purpose = _ALSO.get(match[1].lower(), match[1].lower())
    if purpose not in PURPOSES:
        raise InvalidDataError(
            "This is no purpose that a record can be given for.",
            value=match[1],
            remedy=said("Purposes: {purposes}.", purposes=", ".join(PURPOSES)),
        )
    words = match[2].split()
    given = words[-1].lower() not in _NO
    recipient = " ".join(words[:-1] if words[-1].lower() in _YES | _NO else words) or ALL
    return Consent(purpose, recipient, given)


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
