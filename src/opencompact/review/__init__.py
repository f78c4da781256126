"""What is told: one area's review put together; site, PDF, DOCX, data."""

from opencompact.review.building import FORMATS, Built, Request, build
from opencompact.review.library import Library
from opencompact.review.linking import links_of
from opencompact.review.links import Links
from opencompact.review.publication import publication

__all__ = ["FORMATS", "Built", "Library", "Links", "Request", "build", "links_of", "publication"]
