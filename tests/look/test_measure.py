"""Text is as wide as the fonts say, in each script, and as the browser draws it."""

from pathlib import Path

import pytest

from opencompact.language import LANGUAGES
from opencompact.look.fonts import FONTS, font_path
from opencompact.look.measure import family_of, text_width, wrap
from opencompact.look.samples import words
from opencompact.look.tokens import families, tokens
from opencompact.look.widths import widths


@pytest.mark.parametrize("name", FONTS)
def test_the_widths_that_are_kept_are_those_of_the_fonts(name: str) -> None:
    import json

    import opencompact.look.measure as measure

    kept = json.loads(Path(measure.__file__).with_name("widths.json").read_text())[name]
    assert kept == widths(font_path(name))


def test_one_font_sets_a_text_the_languages_own_where_it_can() -> None:
    assert family_of("النساء 12%", "ar") == "IBM Plex Sans Arabic"
    assert family_of("妇女 12%", "zh") == "Noto Sans SC"
    assert family_of("Женщины", "ru") == "IBM Plex Sans"
    assert family_of("Женщины", "ar") == "IBM Plex Sans"


def test_arabic_letters_are_narrower_joined_than_apart() -> None:
    joined, apart = text_width("النساء", "ar", 100), sum(text_width(letter, "ar", 100) for letter in "النساء")
    assert 0.4 * apart < joined < apart


def test_an_ideograph_is_one_em() -> None:
    assert text_width("移民", "zh", 14) == 28


def test_lines_end_between_words_and_between_ideographs_but_not_before_a_stop() -> None:
    assert wrap("one two three", "en", 14, 60) == ("one two", "three")
    assert all(not line.startswith(("，", "。")) for line in wrap("移民，妇女。儿童，家庭。", "zh", 14, 30))
    assert wrap("one two three four", "en", 14, 60, lines=2)[-1].endswith("…")


@pytest.mark.browser
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_text_is_never_wider_in_the_browser_than_was_reckoned(code: str, page) -> None:
    faces = "".join(
        f"@font-face{{font-family:'{name[:-4]}';font-weight:{name[-3:]};src:url('{font_path(name).as_uri()}')}}"
        for name in FONTS
    )
    texts = sorted(words(code).values())
    family = ",".join(f"'{name}'" for name in families(code))
    spans = "".join(f'<span dir="auto" style="white-space:nowrap;position:absolute">{text}</span>' for text in texts)
    page.goto(font_path(FONTS and next(iter(FONTS))).parent.as_uri())
    page.set_content(f"<style>{faces} body{{font:{tokens().small}px {family}}}</style>{spans}")
    page.evaluate("Promise.all([...document.fonts].map(font => font.load())).then(() => null)")
    drawn = page.evaluate("[...document.querySelectorAll('span')].map(s => s.getBoundingClientRect().width)")
    reckoned = [text_width(text, code, tokens().small) for text in texts]
    wider = {t: (d, r) for t, d, r in zip(texts, drawn, reckoned, strict=True) if d > r * 1.02 + 1}
    assert wider == {}
    assert sum(drawn) > 0.85 * sum(reckoned)
