"""Names of files made of what people wrote: any system can hold them, none is given twice, none leaves its folder."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60
"""Letters; in UTF-8 no letter takes more than four bytes, and systems hold 255."""
# Devices of Windows, whatever follows the first full stop (Microsoft, Naming Files, Paths, and Namespaces).
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)


class FileNames:
    """Gives names of files with one ending: letters and digits of any script stay, what a folder cannot hold is a hyphen.

    `taken` are names, without their ending, that are given to others.
    """

    def __init__(self, ending: str, *taken: str) -> None:
        self.ending, self.given = ending, set(taken)

    def of(self, words: str) -> str:
        """The name for words: theirs, with a number where another has it already, whether or not its letters are capitals."""
        plain = unicodedata.normalize("NFC", words)
        stem = re.sub(r"[^\w.-]+", "-", plain).strip("-.")[:_LONGEST].rstrip("-.") or "record"
        if _RESERVED.match(stem):
            stem = f"record-{stem}"
        name, number = stem, 1
        while name.casefold() in self.given:
            number += 1
            name = f"{stem}-{number}"
        self.given.add(name.casefold())
        return f"{name}.{self.ending}"
