"""What every format is turned into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opencompact.documents.model import Trouble

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Footnote marks that a format sets raised are written with raised digits, so that they cannot be read as numbers."""

PAGE_BREAK = "\f"


@dataclass(frozen=True)
class Source:
    """The text of a file. Offsets count in `text`: the decoded file for text, the words taken out for other formats."""

    text: str
    format: str
    encoding: str | None
    file: Path
    troubles: tuple[Trouble, ...] = ()
    title: str | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "file": self.file.name,
            "format": self.format,
            "encoding": self.encoding,
            "characters": len(self.text),
            "offsets_in": "decoded text" if self.format == "text" else "text taken out",
        }
