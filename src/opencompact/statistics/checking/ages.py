"""Ages as people write them, and as the code list wants them."""

from __future__ import annotations

import re

from opencompact.language import said

_CODE = re.compile(
    r"_T|_U|_Z|_O|Y\d{1,3}|Y(\d{1,3})T(\d{1,3})|Y_(GE|GT|LE|LT)\d{1,3}|M\d{1,3}|M\d{1,3}T\d{1,3}|D\d{1,3}(T\d{1,3})?"
)
_SPAN = re.compile(
    r"(?:aged?\s+)?(\d{1,3})\s*(?:-|–|to|a|à|至)\s*(\d{1,3})\s*(?:years?|ans|años|岁)?(?:\s+old)?", re.IGNORECASE
)
_OPEN = re.compile(
    r"(?:aged?\s+)?(?:>=|≥)?\s*(\d{1,3})\s*(?:years?\s*)?(?:\+|and over|and above|or more|or older|and older|y?\+)",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:>=|≥)\s*(\d{1,3})")
_UNDER = re.compile(r"(?:aged?\s+)?(?:<|under|below|less than)\s*(\d{1,3})(?:\s*years?)?", re.IGNORECASE)


def fault_of_age(text: str, words: dict[str, tuple[str, ...]]) -> str | None:
    """What to write instead of an age that is no code; None for one that is."""
    if match := _CODE.fullmatch(text):
        backwards = match[1] is not None and int(match[1]) > int(match[2])
        return said("The first age is above the last.") if backwards else None
    plain = text.strip()
    if match := _SPAN.fullmatch(plain):
        return said("Write Y{first}T{last}.", first=int(match[1]), last=int(match[2]))
    if match := _OPEN.fullmatch(plain) or _FROM.fullmatch(plain):
        return said("Write Y_GE{age}.", age=int(match[1]))
    if match := _UNDER.fullmatch(plain):
        return said("Write Y_LT{age} (or Y0T{last}).", age=int(match[1]), last=int(match[1]) - 1)
    if _CODE.fullmatch(text.upper()):
        return said("Write {text}.", text=text.upper())
    meant = next((code for code, forms in words.items() if text.lower() in forms), None)
    return said("Write {code}.", code=meant) if meant else said(
        "Write ages as Y0T17, Y18T64, Y_GE65, and _T for all ages."
    )  # fmt: skip
