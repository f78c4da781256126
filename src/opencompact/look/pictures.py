"""Pictures as PNG, for readers of documents that cannot draw SVG: all of a publication's in one run of Typst."""

from __future__ import annotations

import json
from collections.abc import Sequence

from opencompact.errors import OutputError
from opencompact.language import said
from opencompact.look.drawing import Picture
from opencompact.look.typesetting import compiler, forget

# px: where a picture ends with the last letter, a reader that scales it down would cut that letter.
MARGIN = 3.0

_PAGE = """
#let pictures = json(bytes(sys.inputs.pictures))
#for p in pictures {
  page(width: p.width * 1pt, height: p.height * 1pt, margin: 0pt, fill: white,
    image(bytes(p.svg), format: "svg", width: 100%, alt: "picture"))
}
"""


def as_png(pictures: Sequence[Picture], *, scale: float = 1.5) -> list[bytes]:
    """Each picture as a PNG of `scale` dots a px, in the same order, with a margin at both sides.

    Raises OutputError where a picture cannot be drawn.
    """
    import typst

    if not pictures:
        return []
    data = json.dumps([{"svg": p.alone(MARGIN), "width": p.width + 2 * MARGIN, "height": p.height} for p in pictures])
    try:
        drawn = compiler().compile(input=_PAGE.encode(), format="png", ppi=72 * scale, sys_inputs={"pictures": data})
    except typst.TypstError as refused:
        raise OutputError(said("A picture cannot be drawn: {reason}", reason=refused.message)) from refused
    forget()
    return [drawn] if isinstance(drawn, bytes) else list(drawn or ())
