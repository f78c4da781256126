"""How the texts are read: a UN document becomes paragraphs, citations, provisions, claims."""
