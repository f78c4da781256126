"""What the loaded texts provide is found in every language, and listed under each objective."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

TEXT = """A/RES/90/901
第九十届会议
大会
2035年10月1日

1. 请会员国降低汇款成本；

2. 请秘书长报告失踪移民的情况；

3. 决定继续审议这个项目。
"""


@pytest.fixture
def loaded(db: None, tmp_path: Path) -> None:
    from opencompact.public.loading import load_texts

    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    load_texts(paths=[tmp_path / "text.txt"], by="test")


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("en", "remittances"),
        ("ar", "تحويلات"),
        ("es", "remesas"),
        ("fr", "envois de fonds"),
        ("ru", "денежные переводы"),
        ("zh", "汇款"),
    ],
)
def test_a_chinese_text_is_found_by_words_of_every_language(loaded: None, client: Any, code: str, asked: str) -> None:
    page = client.get(f"/{code}/search/", {"q": asked}).content.decode()
    assert "#p1" in page
    assert "请会员国降低汇款成本" in page


def test_an_objective_lists_its_provisions_in_the_language_of_the_page(loaded: None, client: Any) -> None:
    page = client.get("/fr/objectives/20/").content.decode()
    section = page.partition('id="provisions"')[2].partition("<h2")[0]
    assert "A/RES/90/901" in section
    assert "demande" in section
    assert "中文" in section, "the wording says in which language it is"
    assert 'lang="zh"' in section
    assert "请秘书长报告失踪移民的情况" not in section


def test_wording_in_the_language_of_the_page_stands_without_a_fold(loaded: None, client: Any) -> None:
    section = client.get("/zh/objectives/20/").content.decode().partition('id="provisions"')[2].partition("<h2")[0]
    assert "<summary>" not in section
    assert "请会员国降低汇款成本" in section


def test_an_objective_of_which_no_text_speaks_has_no_such_heading(loaded: None, client: Any) -> None:
    assert 'id="provisions"' not in client.get("/en/objectives/22/").content.decode()


def test_a_text_in_two_languages_is_found_once_in_the_readers(loaded: None, client: Any) -> None:
    from opencompact.public.models import Paragraph

    for row in list(Paragraph.objects.filter(symbol="A/RES/90/901")):
        row.pk, row.language, row.text = None, "en", "Remittances cost less."
        row.save()
    Paragraph.objects.filter(symbol="A/RES/90/901", language="en").update(
        tokens=Paragraph.objects.filter(language="zh", place="1").values_list("tokens", flat=True)[:1]
    )
    page = client.get("/en/search/", {"q": "remittances"}).content.decode()
    assert "Remittances cost less." in page
    assert "请会员国降低汇款成本" not in page
