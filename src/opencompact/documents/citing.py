"""A paragraph as the United Nations cites it in each of its languages: A/RES/76/266, para. 70 · A/RES/76/266，第70段."""

from __future__ import annotations

from opencompact.documents.grammar import grammar
from opencompact.language import N_, Translator, format_beside, translator
from opencompact.look.words import whole

PLACE_NAMES: dict[str, str] = {
    "annex": N_("annex"),
    "appendix": N_("appendix"),
    "box": N_("box"),
    "summary": N_("summary"),
}
_NO_BREAK = "\u00a0"


def paragraph_name(document: str, paragraph: str, language: str) -> str:
    """A paragraph with its document: A/79/590, para. 14 · A/79/590, annex, para. 1 (a).

    No line ends within it, but for a long one, which is wider than a telephone: it may end behind its document.
    """
    parts = _parts(paragraph, translator(language, "documents"))
    if len(parts) > 1:
        return format_beside([whole(document, language), held(parts, language)], language)
    return held([whole(document, language), *parts], language)


def place_name(paragraph: str, language: str) -> str:
    """A paragraph where its document is known: para. 14 · annex, para. 1 (a) · box 1, para. 2."""
    return held(_parts(paragraph, translator(language, "documents")), language)


def held(parts: list[str], language: str) -> str:
    """The parts of a citation with the language's comma, held together by no-break spaces."""
    return format_beside(parts, language).replace(" ", _NO_BREAK)


def _parts(paragraph: str, _: Translator) -> list[str]:
    """`70`, `4.a`, `annex.1.a`, `box-1.2` and `summary` in words; a name that is not ours stands as it is."""
    first, *rest = paragraph.split(".")
    if first.isdigit():
        return [_numbered([first, *rest], _)]
    kind, _dash, number = first.partition("-")
    name = _(PLACE_NAMES[kind]) if kind in PLACE_NAMES else kind
    place = _("{place} {number}", place=name, number=number) if number else name
    return [place, _numbered(rest, _)] if rest else [place]


def _numbered(pieces: list[str], _: Translator) -> str:
    if len(pieces) == 1:
        return _("para. {number}", number=pieces[0])
    return _("para. {number} ({letter})", number=pieces[0], letter=_letter(pieces[1], _.language.code))


def _letter(letter: str, code: str) -> str:
    """In Arabic a sub-paragraph bears the letter of the same rank in the abjad; the fifth is written with a stroke."""
    rank = ord(letter) - ord("a") if len(letter) == 1 else -1
    letters = str(grammar("ar").tables["labels"]["letters"]) if code == "ar" else ""
    return letters[rank].replace("ه", "هـ") if 0 <= rank < len(letters) else letter
