"""How the texts are read: a UN document becomes numbered paragraphs, citations, provisions, claims, country examples."""

from opencompact.documents.model import Citation, Document, Footnote, Furniture, Paragraph, Part, Section, Trouble
from opencompact.documents.reader import read, read_source

__all__ = [
    "Citation",
    "Document",
    "Footnote",
    "Furniture",
    "Paragraph",
    "Part",
    "Section",
    "Trouble",
    "read",
    "read_source",
]
