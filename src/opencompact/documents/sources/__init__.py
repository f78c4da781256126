"""A file becomes plain text: the text itself for .txt, what stands on the page for DOCX, HTML and PDF.

The words are taken out and nothing else is: no script runs, no link is followed, no entity is fetched.
"""

from opencompact.documents.sources.opening import FORMATS, open_source
from opencompact.documents.sources.source import Source

__all__ = ["FORMATS", "Source", "open_source"]
