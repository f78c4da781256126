"""WordprocessingML by hand, where python-docx has no word for it: direction, language, fields, SVG pictures, fast tables.

ECMA-376 part 1, 17 (WordprocessingML) and 20 (DrawingML).
"""

from opencompact.look.word.document import Word
from opencompact.look.word.package import About
from opencompact.look.word.pictures import Drawn
from opencompact.look.word.tables import Grid

__all__ = ["About", "Drawn", "Grid", "Word"]
