"""Marks in the words of the languages in which offices write: read alike, and told to a reader in their own."""

from __future__ import annotations

import pytest

from opencompact.language import LANGUAGES, told
from opencompact.missing.evidence.body import parts
from opencompact.missing.evidence.concepts import concepts, listed
from opencompact.missing.evidence.marks_told import told_marks
from opencompact.missing.records.record import Mark, Record

OFFICES = ("am", "ti", "bn", "it", "tr", "fa", "ur")


def _told(text: str, code: str, kind: str = "scar") -> str:
    return told(told_marks(Record("a", "sought", marks=(Mark(kind, text),))), code)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("በግራ እጁ ላይ ጠባሳ", {"left", "hand", "scar"}),
        ("ኣብ የማናይ ኢዱ ውቃጦ መስቀል", {"right", "hand", "tattoo", "cross"}),
        ("বাম হাতে উল্কি", {"left", "hand", "tattoo"}),
        ("ডান গালে পোড়া দাগ", {"right", "face", "burn"}),
        ("cicatrice guancia destra", {"scar", "face", "right"}),
        ("tatuaggio croce avambraccio sinistro", {"tattoo", "cross", "arm", "left"}),
        ("sol kolunda gül dövmesi", {"left", "arm", "rose", "tattoo"}),
        ("خالکوبی عقرب روی بازوی چپ", {"tattoo", "scorpion", "arm", "left"}),
        ("بائیں ہاتھ پر جلنے کا نشان", {"left", "hand", "burn"}),
        ("sağ kolu yok", {"right", "arm", "amputation"}),
        ("ندبة على الجبين الأيسر", {"scar", "head", "left"}),
        # A word that is another thing elsewhere: the sun, two, the article, a sign in a word.
        ("un sol", {"sol"}),
        ("dos tatuajes", {"tattoo"}),
        ("tatouage au dos", {"tattoo", "back"}),
        ("el brazo", {"arm"}),
        ("palm tree", {"palm", "tree"}),
    ],
)
def test_what_offices_write_is_read(text: str, named: set[str]) -> None:
    assert concepts([text]) == named


@pytest.mark.parametrize(
    "text", ["ጠባሳ የለውም", "በሰላ የብሉን", "দাগ নেই", "nessuna cicatrice", "dövmesi yok", "خالکوبی ندارد", "ٹیٹو نہیں"]
)
def test_what_they_deny_is_no_mark(text: str) -> None:
    assert concepts([text]) == frozenset()


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("forehead gauche", "en", "Scar: forehead, left (forehead gauche)"),
        ("forehead gauche", "fr", "Cicatrice\u202f: front, gauche (forehead gauche)"),
        ("forehead gauche", "es", "Cicatriz: frente, izquierda (forehead gauche)"),
        ("forehead gauche", "zh", "疤痕：额，左 (forehead gauche)"),
        ("front gauche", "fr", "Cicatrice\u202f: front gauche"),
        ("ندبة على الجبين", "ar", "ندبة: ندبة على الجبين"),
        ("левое предплечье, роза", "en", "Scar: left, forearm (левое предплечье), rose (роза)"),
        # What is in no list, is denied or is measured stays as it was written.
        ("quokka brazo izquierdo", "en", "Scar: quokka brazo izquierdo"),
        ("দাগ নেই", "fr", "Cicatrice\u202f: দাগ নেই"),
        ("5 cm brazo", "en", "Scar: 5 cm brazo"),
    ],
)
def test_parts_and_sides_are_told_in_the_readers_language(text: str, code: str, expected: str) -> None:
    assert _told(text, code).replace("\u00a0", "\u202f") == expected


def test_every_part_has_a_word_in_every_language_of_the_product() -> None:
    for part in parts().values():
        assert part.site in listed().sites
        assert all(part.words[code] for code in LANGUAGES)
    assert {part.site for part in parts().values()} == listed().sites


@pytest.mark.parametrize("code", [*LANGUAGES, *OFFICES])
def test_no_word_of_a_part_is_read_as_something_else(code: str) -> None:
    """Alone each is its part, but for the few words of which a side or an article is one."""
    read = {word: concepts([word]) for part in parts().values() for word in part.words[code]}
    wrong = {
        word: named for part in parts().values() for word in part.words[code] if part.site not in (named := read[word])
    }
    assert wrong == {}
