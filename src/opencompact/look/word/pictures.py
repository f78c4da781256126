"""Pictures as DrawingML (ECMA-376 part 1, 20): an SVG for who can draw it ([MS-ODRAWXML] 2.3.1.9), a PNG for all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from opencompact.look.word.markup import RELATIONS, TEXT_WIDTH

_EMU_A_MM = 36000


@dataclass(frozen=True)
class Drawn:
    """A picture as SVG and as PNG, its size in px, and the text that is read in its place."""

    svg: str
    png: bytes
    width: float
    height: float
    alt: str


class Pictures:
    """The pictures of one document, numbered as they come."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._count = 0

    def run(self, drawn: Drawn, share: float) -> str:
        """A run that shows a picture over `share` of the width of the text."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        self._count += 1
        number, package = self._count, self._part.package
        bitmap = Part(PackURI(f"/word/media/picture{number}.png"), "image/png", drawn.png, package)
        vector = Part(PackURI(f"/word/media/picture{number}.svg"), "image/svg+xml", drawn.svg.encode(), package)
        plain, fine = (self._part.relate_to(part, f"{RELATIONS}/image") for part in (bitmap, vector))
        across = round(TEXT_WIDTH * _EMU_A_MM * share)
        down = round(across * drawn.height / drawn.width)
        name = f'id="{number}" name="picture{number}" descr={quoteattr(drawn.alt)}'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
            f'<wp:docPr {name}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
            f'<a:blip r:embed="{plain}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip r:embed="{fine}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
