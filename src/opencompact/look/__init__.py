"""How it looks: design tokens, charts, maps, typesetting to HTML, PDF and DOCX.

    blocks      what a publication is made of
    charts      one form a file; maps
    draw        a chart or map as SVG;  check: what is wrong with a picture
    site, pdf, docx     `write_site`, `write_pdf`, `write_docx`: the same publication in three forms

The writers are imported from their own modules, late: they bring Typst, Jinja and python-docx with them.
"""

from opencompact.look.drawing import depict, draw

__all__ = ["depict", "draw"]
