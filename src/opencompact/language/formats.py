"""Numbers, dates and lists as a language's readers write them.

Arabic is set with Western digits (0-9), as the United Nations' Arabic documents and the statistics of most Arab States are:
docs/decisions/0003.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from babel import dates, lists, numbers
from babel.core import Locale

from opencompact.language.languages import language

# A right-to-left line turns "-5" and "12–15" round unless the number is isolated (Unicode TR9, 2.4: LRI … PDI).
_ISOLATE, _POP = "⁦", "⁩"


# Below these a language writes numbers in digits: a million, in Chinese 万.
_IN_DIGITS, _CHINESE_IN_DIGITS = 1_000_000, 10_000
_UNTIED = re.compile(r"(?<=\d) (?=[^\W\d_])|(?<=\$) (?=\d)|(?<=\d) (?=\$)")


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(language(code).locale)


def format_number(value: float, code: str, decimals: int = 0) -> str:
    """`value` with exactly that many decimals, thousands grouped as the language does: 1,234.5 · 1 234,5 · 1.234,5."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(numbers.format_decimal(value, format=pattern, locale=_locale(code), numbering_system="latn"))


def with_separators_of(code: str, text: str) -> str:
    """A number that Python wrote (`1,234.5`) with the separators of the language: 1 234,5."""
    symbols = _locale(code).number_symbols["latn"]
    return text.translate(str.maketrans({",": symbols["group"], ".": symbols["decimal"]}))


def format_significant(value: float, code: str, figures: int = 3) -> str:
    """`value` rounded to so many significant figures, as sentences show numbers: 284,000,000 → "284,000,000"."""
    if value == 0 or not math.isfinite(value):
        return format_number(value, code)
    magnitude = math.floor(math.log10(abs(value)))
    decimals = max(0, figures - 1 - magnitude)
    return format_number(round(value, figures - 1 - magnitude), code, decimals)


def format_large(value: float, code: str, figures: int = 3) -> str:
    """A large number with the language's own word, in so many significant figures: 596 billion · 5960亿 · 596 млрд.

    Russian texts of the United Nations abbreviate the word, and so need no case for it.

    Zeros after the point are left out; what is below a million (in Chinese, 万) is written in digits.
    """
    locale = _locale(code)
    formats = locale.compact_decimal_formats
    patterns = formats["short" if code == "ru" or "long" not in formats else "long"]
    shown = float(f"{value:.{figures}g}") if math.isfinite(value) else value
    least = _CHINESE_IN_DIGITS if code == "zh" else _IN_DIGITS
    steps = [int(step) for step in patterns["other"] if int(step) >= least]
    step = max((step for step in steps if step <= abs(shown)), default=0)
    if not step:
        return format_significant(value, code, figures)
    zeros = str(patterns["other"][str(step)].pattern).count("0")
    scaled = Decimal(repr(shown)) / (step // 10 ** (zeros - 1))
    text = format(scaled.normalize(), "f")
    forms = patterns.get(str(locale.plural_form(Decimal(text))), patterns["other"])
    pattern = str(forms[str(step)].pattern)
    decimals = len(text.partition(".")[2])
    digits = str(
        numbers.format_decimal(
            scaled, "0." + "0" * decimals if decimals else "0", _locale(code), numbering_system="latn"
        )
    )
    return tied(re.sub("0+", digits, pattern, count=1))


def tied(text: str) -> str:
    """A text in which no line ends between a number and the sign of currency or the word of size beside it."""
    return _UNTIED.sub("\u00a0", text)


def format_percent(value: float, code: str, decimals: int = 1) -> str:
    """`value`, already in percent (3.6, not 0.036), with the language's sign and spacing."""
    pattern = _locale(code).percent_formats[None].pattern.split(";")[0]
    digits = "0" + ("." + "0" * decimals if decimals else "")
    pattern = re.sub(r"#,##0", f"#,##{digits}", pattern)
    return str(numbers.format_percent(value / 100, format=pattern, locale=_locale(code), numbering_system="latn"))


def format_range(low: float, high: float, code: str, decimals: int = 0) -> str:
    """ "12–15", kept whole inside right-to-left text."""
    text = f"{format_number(low, code, decimals)}–{format_number(high, code, decimals)}"
    return f"{_ISOLATE}{text}{_POP}" if language(code).direction == "rtl" else text


def format_date(value: datetime.date, code: str, style: str = "long") -> str:
    """A day: 1 May 2023, in French 1er mai 2023. `style` is a CLDR one: short, medium, long, full."""
    text = numbers_latin(dates.format_date(value, format=style, locale=_locale(code)))
    return text.replace("1 ", "1er ", 1) if code == "fr" and value.day == 1 and style != "short" else text


def format_period(period: str, code: str) -> str:
    """An ISO 8601 period as it is said: `2023` → 2023, `2023-Q1` → Q1 2023, `2023-05` → May 2023."""
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", period):
        day = datetime.date(int(match[1]), int(match[2]) * 3, 1)
        if code == "ar":  # the name of the quarter alone beside a year is no phrase in Arabic
            return f"{dates.format_date(day, 'QQQQ', locale=_locale(code))} من عام {match[1]}"
        return numbers_latin(dates.format_skeleton("yQQQ", day, locale=_locale(code)))
    if match := re.fullmatch(r"(\d{4})-(\d{2})", period):
        day = datetime.date(int(match[1]), int(match[2]), 1)
        return numbers_latin(dates.format_skeleton("yMMMM", day, locale=_locale(code)))
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", period):
        return format_date(datetime.date(int(match[1]), int(match[2]), int(match[3])), code)
    return period


def format_list(items: Sequence[str], code: str, style: str = "standard") -> str:
    """ "women, men and children", with the language's own commas and its word for "and" (`style="or"` for "or")."""
    return lists.format_list(list(items), style=style, locale=_locale(code)) if items else ""


SEMICOLONS = {"ar": "؛ ", "zh": "；", "fr": "\N{NO-BREAK SPACE}; "}
COMMAS = {"ar": "، ", "zh": "，"}
COLONS = {"zh": "：", "fr": "\N{NO-BREAK SPACE}: "}


def within_line(name: str) -> str:
    """A name as it stands within a line: its capital goes, unless more follow as in a short form (UNHCR).

    A word of one letter, as the article of "A register", is no short form.
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def format_apart(items: Sequence[str], code: str) -> str:
    """Items side by side, with the language's own semicolon."""
    return SEMICOLONS.get(code, "; ").join(items)


def format_beside(items: Sequence[str], code: str) -> str:
    """Items that belong together, with the language's own comma."""
    return COMMAS.get(code, ", ").join(items)


def format_named(name: str, value: str, code: str) -> str:
    """A name and what is said of it, with the language's own colon: "Under way: 3", "进行中：3"."""
    return f"{name}{COLONS.get(code, ': ')}{value}"


def format_sentences(sentences: Sequence[str], code: str) -> str:
    """Sentences one after the other: in Chinese the full stop holds the space."""
    return ("" if code == "zh" else " ").join(sentences)


_ARABIC_INDIC = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def numbers_latin(text: str) -> str:
    """The same text with Western digits."""
    return text.translate(_ARABIC_INDIC)
