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


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize(
    ("one", "other"), [("", "Ali"), ("N/A", "Ali"), ("Ali", "Unidentified male"), ("12345", "12345")]
)
def test_what_names_nobody_is_said_to_say_nothing(language: str, one: str, other: str) -> None:
    comparison = compare(one, other)
    (sentence,) = explain(comparison, language)
    assert comparison.log_likelihood_ratio == 0
    assert "1" not in sentence.replace("12345", "")
    if language == "en":
        assert "says nothing" in sentence
