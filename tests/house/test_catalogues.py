"""No word is left untranslated: every message of every room is in every catalogue, with its own placeholders."""

import re
import sys
from pathlib import Path

import polib
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
import catalogues


def test_every_message_is_translated_into_every_language() -> None:
    assert catalogues.untranslated() == []


@pytest.mark.parametrize("code", catalogues.LANGUAGES)
def test_a_translation_keeps_the_placeholders_of_its_message(code: str) -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)[^}]*\}", text))

    wrong = []
    for path in (catalogues.CATALOGUES / code).glob("*.po"):
        for entry in polib.pofile(str(path)):
            wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
            # A form for one or two may say the number in words: "حالتان".
            for text in [entry.msgstr] if entry.msgstr else []:
                if placeholders(text) != wanted:
                    wrong.append((path.name, entry.msgid, text))
            for text in entry.msgstr_plural.values():
                if not placeholders(text) <= wanted:
                    wrong.append((path.name, entry.msgid, text))
    assert wrong == []


TERMS = catalogues.PACKAGE.parent.parent / "docs" / "reference" / "terms.md"


@pytest.mark.parametrize("code", catalogues.LANGUAGES)
def test_one_thing_has_one_name_in_a_language(code: str) -> None:
    """What docs/reference/terms.md says not to write is in no catalogue. Chinese has no ends of words to look for."""
    rows = re.findall(rf"^\| {code} \| (.+?) \| .+? \|$", TERMS.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows
    unwanted = re.compile("|".join(rows) if code == "zh" else rf"(?<!\w)(?:{'|'.join(rows)})")
    found = [
        (path.name, text)
        for path in (catalogues.CATALOGUES / code).glob("*.po")
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if unwanted.search(text)
    ]
    assert found == []


def test_no_french_sign_can_begin_a_line() -> None:
    assert catalogues.spaced_in_french("Où : ici ; « là » ?") == "Où\u00a0: ici\u00a0; «\u00a0là\u00a0»\u00a0?"
    found = [
        (path.name, text)
        for path in (catalogues.CATALOGUES / "fr").glob("*.po")
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text != catalogues.spaced_in_french(text)
    ]
    assert found == []
