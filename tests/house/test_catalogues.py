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
