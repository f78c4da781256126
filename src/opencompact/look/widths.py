"""Writes `widths.json`: how wide each character is, so that charts measure text without opening a font.

    python -m opencompact.look.widths

Run it when the fonts change; a test compares the file with the fonts. Arabic letters have four widths (alone, first, middle,
last) taken from the font's own substitutions; ideographs are one em and are not listed.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from opencompact.look.fonts import FONTS, font_path
from opencompact.look.measure import is_han

FORMS = ("isol", "init", "medi", "fina")
IDEOGRAPH = 1000


def widths(path: Path) -> dict[str, Any]:
    """One font's widths in thousandths of an em: `plain` by character, `arabic` by letter and form."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        cmap = font.getBestCmap()
        metrics = font["hmtx"].metrics
        forms = _forms(font) if 0x0628 in cmap else {}
        plain = {
            chr(code): metrics[glyph][0]
            for code, glyph in cmap.items()
            if code < 0xE000
            and not (is_han(chr(code)) and metrics[glyph][0] == IDEOGRAPH)
            and not 0x3400 <= code <= 0xD7FF
        }
        arabic = {}
        for code, glyph in cmap.items():
            shaped = {form: forms[form].get(glyph) for form in forms}
            if 0x0600 <= code <= 0x06FF and shaped.get("fina"):
                arabic[chr(code)] = [
                    metrics[shaped.get(form) or glyph][0] if form != "isol" else metrics[glyph][0] for form in FORMS
                ] + [int(bool(shaped.get("init")))]
        return {"plain": plain, "arabic": arabic}


def _forms(font: Any) -> dict[str, dict[str, str]]:
    """feature → glyph → glyph, for the features that shape Arabic letters."""
    table = font["GSUB"].table
    found: dict[str, dict[str, str]] = {form: {} for form in FORMS}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag in found:
            for index in record.Feature.LookupListIndex:
                for sub in table.LookupList.Lookup[index].SubTable:
                    sub = getattr(sub, "ExtSubTable", sub)
                    found[record.FeatureTag].update(getattr(sub, "mapping", {}))
    return found


def main() -> None:
    """Writes the file beside this module."""
    measured = {name: widths(font_path(name)) for name in FONTS}
    text = json.dumps(measured, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    Path(str(files("opencompact.look").joinpath("widths.json"))).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
