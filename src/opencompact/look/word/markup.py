"""Names of WordprocessingML: its spaces, styles and bookmarks, the languages as Word calls them."""

from __future__ import annotations

from hashlib import sha256

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)
LOCALES = {"en": "en-GB", "ar": "ar-SA", "zh": "zh-CN", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU"}
TEXT_WIDTH = 162  # mm: A4 less its margins
SIDE = 24  # mm
WHOLE = round(TEXT_WIDTH / 25.4 * 1440)  # the width of the text in twentieths of a point


def style_id(name: str) -> str:
    """A style's identifier."""
    return name.replace(" ", "")


def bookmark(name: str) -> str:
    """A name that Word takes: letters, digits and underscores, forty at most; a longer one ends in a digest of the whole, so
    that two that begin alike stay two."""
    clean = "b_" + "".join(character if character.isalnum() else "_" for character in name)
    return clean if len(clean) <= 40 else f"{clean[:31]}_{sha256(name.encode()).hexdigest()[:8]}"
