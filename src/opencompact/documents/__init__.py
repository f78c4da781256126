"""How the texts are read: a UN document becomes numbered paragraphs, citations, provisions, claims, country examples.

document = read(Path("A-RES-76-266.docx"))      paragraphs, footnotes, citations, furniture
provisions_in(document)                         what each paragraph does, for whom, under which objectives and why
claims_in(document)                             every figure it states
shelf()                                         the texts that are known: structure always, wording where they are loaded

What reads files is imported when it is first asked for: most who ask for a text find it read already.
"""

from typing import TYPE_CHECKING, Any

from opencompact.documents.claims import Claim, claims_in, subjects
from opencompact.documents.clauses import KINDS, Clause
from opencompact.documents.examples import CountryExample, examples
from opencompact.documents.mending import folded
from opencompact.documents.model import Citation, Document, Footnote, Furniture, Paragraph, Part, Section, Trouble
from opencompact.documents.provisions import Provision, Reason, TextLink, provisions_in
from opencompact.documents.shelf import Shelf, country_examples, documents_folder, provisions_for, shelf

if TYPE_CHECKING:
    from opencompact.documents.reader import read, read_source

__all__ = [
    "KINDS",
    "Citation",
    "Claim",
    "Clause",
    "CountryExample",
    "Document",
    "Footnote",
    "Furniture",
    "Paragraph",
    "Part",
    "Provision",
    "Reason",
    "Section",
    "Shelf",
    "TextLink",
    "Trouble",
    "claims_in",
    "country_examples",
    "documents_folder",
    "examples",
    "folded",
    "provisions_for",
    "provisions_in",
    "read",
    "read_source",
    "shelf",
    "subjects",
]


def __getattr__(name: str) -> Any:
    if name in {"read", "read_source"}:
        from opencompact.documents import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
