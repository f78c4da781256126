"""The same reasons in six languages."""

import pytest

from opencompact.language import LANGUAGES
from opencompact.missing.names import compare, explain


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_relation_is_explained_in_every_language(language: str) -> None:
    seen = set()
    for one, other in (
        ("Bill Zirara", "William Zilara"),
        ("A. Gebre Medhin", "Amina Gebremedhin"),
        ("محمد زيرار", "Mohamed Zirar"),
        ("Amina Yusuf", "Girma Yusuf"),
        ("Amina Yusuf Ali", "Yusuf Amina"),
    ):
        comparison = compare(one, other)
        seen |= {part.relation for part in comparison.parts}
        sentences = explain(comparison, language)
        assert len(sentences) > len(comparison.parts)
        assert not any("{" in sentence for sentence in sentences)
    assert seen == {"same", "sound", "near", "known", "kindred", "initial"}


def test_a_language_has_its_own_words() -> None:
    comparison = compare("Amina Yusuf", "Amina Girma")
    assert len({explain(comparison, language)[0] for language in LANGUAGES}) == len(LANGUAGES)


def test_rarity_is_said() -> None:
    assert "common" in " ".join(explain(compare("Mohamed", "Mohammed")))
    assert "rare" in " ".join(explain(compare("Zerihunesh", "Zerihunesh")))
