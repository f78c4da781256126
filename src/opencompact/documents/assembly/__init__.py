"""Lines become paragraphs: each layer knows one thing more (state, labels, notes, opening), and `Assembly` reads."""

from opencompact.documents.assembly.reading import Assembly
from opencompact.documents.assembly.state import Piece, RawHeading, RawNote, RawParagraph, RawPart

__all__ = ["Assembly", "Piece", "RawHeading", "RawNote", "RawParagraph", "RawPart"]
