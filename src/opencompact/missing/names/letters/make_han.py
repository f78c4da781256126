"""Makes `han.tsv` from the Unihan database (Unicode 15.0, Debian package `unicode-data`), Unicode licence v3.

    python make_han.py FOLDER_OF_UNIHAN

Columns: character, folded (its simplified form), then readings without tones: mandarin (pinyin), cantonese (jyutping),
korean (Hangul), japanese (on readings, Hepburn-like), kun (native Japanese readings, adjectives as their stems: names are
put together of these), vietnamese. Kept are the characters of the national standards
GB 2312, Big5, HKSCS, JIS X 0208 and KS X 1001 that have a Mandarin reading.
"""

from __future__ import annotations

import bz2
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

STANDARDS = ("kGB0", "kBigFive", "kHKSCS", "kJis0", "kKSC0")


def read(folder: Path) -> dict[str, dict[str, str]]:
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for name in ("Unihan_Readings", "Unihan_OtherMappings", "Unihan_Variants", "Unihan_IRGSources"):
        with bz2.open(folder / f"{name}.txt.bz2", "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("U+"):
                    code, field, value = line.rstrip("\n").split("\t", 2)
                    fields[chr(int(code[2:], 16))][field] = value
    return fields


def bare(text: str) -> str:
    """Without tones: marks off, except the diaeresis of ü; digits off."""
    marked = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    kept = "".join(c for c in marked if c == "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", re.sub(r"[0-9]", "", kept))


def unique(readings: list[str], most: int) -> str:
    return " ".join(list(dict.fromkeys(r for r in readings if r))[:most])


def mandarin(entry: dict[str, str]) -> str:
    found = entry.get("kMandarin", "").split()[:1]
    for item in entry.get("kXHC1983", "").split():
        found += item.split(":")[1].split(",")
    return unique([bare(r) for r in found], 3)


def kun(entry: dict[str, str]) -> str:
    words = [bare(word) for word in entry.get("kJapaneseKun", "").split()]
    stems = [re.sub("(?<=[aiou])i$", "", word) for word in words]
    return unique([stem for stem in stems if len(stem) <= 6], 2)


def readings(entry: dict[str, str]) -> list[str]:
    return [
        mandarin(entry),
        unique([bare(r) for r in entry.get("kCantonese", "").split()], 3),
        unique([r.split(":")[0] for r in entry.get("kHangul", "").split()], 2),
        unique([bare(r) for r in entry.get("kJapaneseOn", "").split()], 2),
        kun(entry),
        unique([bare(r) for r in entry.get("kVietnamese", "").split()], 2),
    ]


def variant(value: str | None) -> str | None:
    return chr(int(value.split()[0][2:], 16)) if value else None


def main(folder: Path) -> None:
    unihan = read(folder)
    with (Path(__file__).parent / "han.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write("character\tfolded\tmandarin\tcantonese\tkorean\tjapanese\tkun\tvietnamese\n")
        for character in sorted(unihan):
            entry = unihan[character]
            if not any(standard in entry for standard in STANDARDS) or "kMandarin" not in entry:
                continue
            simple = variant(entry.get("kSimplifiedVariant")) or character
            traditional = variant(entry.get("kTraditionalVariant"))
            own = readings(entry)
            if traditional:
                own = [mine or other for mine, other in zip(own, readings(unihan[traditional]), strict=True)]
            out.write("\t".join([character, simple, *own]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
