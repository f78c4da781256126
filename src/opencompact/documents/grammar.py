"""How a United Nations document is written in a language: patterns as data, one file a language in `grammars/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.language import LANGUAGES, said

_SAMPLE = 20000


@dataclass(frozen=True)
class Grammar:
    """The grammar file of a language, its patterns compiled where they are asked for.

    `terminal` are the characters that may end a paragraph; `joins_without_space` is true where a broken line is mended
    without a space.
    """

    code: str
    tables: Mapping[str, Any]

    @cached_property
    def terminal(self) -> str:
        return str(self.tables["terminal"])

    @cached_property
    def joins_without_space(self) -> bool:
        return bool(self.tables["joins_without_space"])

    def pattern(self, table: str, name: str) -> re.Pattern[str]:
        """The pattern of that name; one that never matches where the language has none."""
        return _compiled(str(self.tables.get(table, {}).get(name, r"(?!)")))

    def patterns(self, table: str, name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_compiled(pattern) for pattern in self.tables.get(table, {}).get(name, ()))

    def number(self, written: str) -> int | None:
        """The value of a numeral as labels write it: 12, 二, 十二, II."""
        written = written.strip().rstrip(".．、")
        if written.isdecimal():
            return int(written)
        numerals: Mapping[str, int] = self.tables.get("numerals", {})
        if written in numerals:
            return numerals[written]
        if re.fullmatch(r"[一二三四五六七八九]?十[一二三四五六七八九]?", written):
            tens, _, ones = written.partition("十")
            return (numerals[tens] if tens else 1) * 10 + (numerals[ones] if ones else 0)
        return _roman(written)


@cache
def grammar(code: str) -> Grammar:
    """The grammar of a language.

    Raises UnknownCodeError where there is none.
    """
    source = files("opencompact.documents").joinpath("grammars", f"{code}.toml")
    if code not in LANGUAGES or not source.is_file():
        raise UnknownCodeError(
            "There is no grammar for this language.",
            value=code,
            remedy=said("Use one of: {choices}.", choices=", ".join(LANGUAGES)),
        )
    return Grammar(code, tomllib.loads(source.read_text(encoding="utf-8")))


def detect(text: str, file: str) -> str:
    """The language a text is in, by its script and, among those of one script, by its commonest words.

    Raises InvalidDataError where it is none of the six.
    """
    sample = text[:_SAMPLE]
    share = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    script = max(share, key=lambda name: share[name])
    candidates = _LANGUAGES_OF[script]
    if share[script] == 0 or not candidates or any(share[other] * 50 > share[script] for other in _TELLTALES[script]):
        raise _no_grammar(file, script)
    words = re.findall(r"[^\W\d_]+", sample.lower()) or [""]
    hits = {
        code: sum(words.count(word) for word in grammar(code).tables["words"]) / len(words)
        if script != "han"
        else sum(sample.count(word) for word in grammar(code).tables["words"]) / max(1, share["han"])
        for code in candidates
    }
    code = max(hits, key=lambda candidate: hits[candidate])
    if hits[code] < _FEWEST[script] and len(words) > 3:
        raise _no_grammar(file, script)
    return code


_SCRIPTS = {
    "han": re.compile("[\u4e00-\u9fff]"),
    "arabic": re.compile("[\u0621-\u064a]"),
    "cyrillic": re.compile("[\u0410-\u044fЁё]"),
    "latin": re.compile("[A-Za-zÀ-ÿ]"),
    "kana": re.compile("[\u3040-\u30ff]"),
    "hangul": re.compile("[\uac00-\ud7af]"),
    "persian": re.compile("[پچژگکیے]"),
    "eastern": re.compile("[іїєґўјљњћђқңүұҳ]"),
    "other": re.compile("[\u0370-\u03ff\u0530-\u05ff\u0900-\u0dff\u0e00-\u0fff\u10a0-\u139f]"),
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    "han": ("zh",), "arabic": ("ar",), "cyrillic": ("ru",), "latin": ("en", "fr", "es"),
    "kana": (), "hangul": (), "persian": (), "eastern": (), "other": (),
}  # fmt: skip
# A letter that another language of the same script uses often, and ours never: more than 2 in 100 settle it.
_TELLTALES: dict[str, tuple[str, ...]] = {
    "han": ("kana",), "arabic": ("persian",), "cyrillic": ("eastern",), "latin": (),
    "kana": (), "hangul": (), "persian": (), "eastern": (), "other": (),
}  # fmt: skip
# The share of words that are among the language's commonest; any of ours is well above, another language well below.
_FEWEST = {"han": 0.02, "arabic": 0.05, "cyrillic": 0.05, "latin": 0.14}


def _no_grammar(file: str, script: str) -> InvalidDataError:
    return InvalidDataError(
        "The text is in a language that there is no grammar for.",
        file=file,
        value=f"script: {script}",
        rule="unknown-language",
        remedy=said("Give the document in one of: {choices}.", choices=", ".join(LANGUAGES)),
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _roman(written: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    letters = [values.get(letter) for letter in written.upper()]
    if not letters or None in letters:
        return None
    numbers = [value for value in letters if value is not None]
    return sum(
        -value if later and later > value else value for value, later in zip(numbers, [*numbers[1:], 0], strict=True)
    )
