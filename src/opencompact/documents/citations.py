"""Citations: document symbols, numbered resolutions and decisions, agenda items, treaties and other named instruments.

What a text names is resolved to a symbol: by the pattern of the language's grammar, or by the list of instruments.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from opencompact.documents.grammar import Grammar
from opencompact.documents.model import Citation, Span

# A/76/642, A/RES/73/195, A/HRC/53/26, FCCC/CP/2015/10/Add.1, A/72/124-E/2018/3, ILC.111/Record No.7A, POP/DB/MIG/Stock/Rev.2017
_SYMBOL = re.compile(
    r"(?<![\w/.])(?P<symbol>(?:[AES]|ST|TD|CRC|CEDAW|CMW|CAT|CCPR|FCCC|HRI|POP|ILC\.\d+|Assembly|ECE|DP)"
    r"(?:/(?:[A-Za-z]+(?:\.[\w-]+)*(?:\([A-Z]+\))?|\d+[\w.-]*(?:\((?:[IVXL]+|\d{4})\))?))+(?:(?<=Record) No\.\w+|(?<=Resolution) [IVX]+)?)",
    re.ASCII,
)
_SALES = re.compile(r"(?<![\w.])(?P<symbol>E\.\d{2}\.[IVX]+\.[A-Z]?\.?\d+)(?!\w)", re.ASCII)
_LONGEST_ADDRESS = 2_000
_MARKS = ("resolution", "decision", "treaty_series", "agenda")


def citations_in(text: str, rules: Grammar, own: str) -> tuple[Citation, ...]:
    """Every other text that this one names, in order; `own` is its own symbol, for references to its paragraphs."""
    found: list[Citation] = []
    places: list[Span] = []
    for citation in (*_symbols(text), *_numbered(text, rules), *_named(text, rules, own)):
        place = bisect_left(places, (citation.at[1], -1))
        if place == 0 or places[place - 1][1] <= citation.at[0]:
            places.insert(place, citation.at)
            found.insert(place, citation)
    return tuple(_with_paragraphs(found, text, rules, own))


def _symbols(text: str) -> Iterator[Citation]:
    for pattern in (_SYMBOL, _SALES):
        for match in pattern.finditer(text):
            symbol = match["symbol"].rstrip(".-")
            if re.search(r"\d", symbol) and not _in_address(text, match.start()):
                start = match.start("symbol")
                yield Citation(symbol, "document", symbol, (start, start + len(symbol)))


def _in_address(text: str, at: int) -> bool:
    word = re.split(r"\s", text[max(0, at - _LONGEST_ADDRESS) : at])[-1]
    return "://" in word


def _numbered(text: str, rules: Grammar) -> Iterator[Citation]:
    """Resolutions, decisions, volumes of the Treaty Series, agenda items, as the grammar writes them."""
    organs: dict[str, str] = rules.tables.get("organs", {})
    for name in _MARKS:
        for match in rules.pattern("citations", name).finditer(text):
            number = re.sub(r"\s+", "", match["number"])
            organ = (match.groupdict().get("organ") or "").strip()
            for symbol in _symbols_of(name, number, organs.get(organ.lower(), "A")):
                yield Citation(symbol, _KINDS[name], match.group().strip(), match.span())


_KINDS = {"resolution": "resolution", "decision": "decision", "treaty_series": "treaty", "agenda": "agenda-item"}


def _symbols_of(name: str, number: str, organ: str) -> list[str]:
    if name == "treaty_series":
        return [f"UNTS-{number}"]
    if name == "agenda":
        return [f"agenda item {item}" for item in re.findall(r"\d+", number)][:1]
    if "CP" in number or "CMA" in number:
        return [f"FCCC/{number}"]
    if organ == "S":
        return [f"S/RES/{number}"]
    if name == "decision":
        return [f"{organ}/DEC/{number}"]
    return [f"{organ}/RES/{number}"]


def _named(text: str, rules: Grammar, own: str) -> Iterator[Citation]:
    instruments, pattern = _instruments(rules.code)
    for match in pattern.finditer(text) if pattern else ():
        symbol, kind = instruments[int((match.lastgroup or "n0")[1:])]
        if symbol != own:
            yield Citation(symbol, kind, match.group(), match.span())


def _with_paragraphs(found: list[Citation], text: str, rules: Grammar, own: str) -> Iterator[Citation]:
    """Adds the paragraphs that follow a citation ("paragraphs 27 and 29"); those that follow none are the text's own."""
    taken = set()
    for index, citation in enumerate(found):
        until = found[index + 1].at[0] if index + 1 < len(found) else len(text)
        match = rules.pattern("citations", "paragraphs_after").match(text[citation.at[1] : until])
        if match is None:
            yield citation
            continue
        taken.add(citation.at[1] + match.end())
        numbers = tuple(re.findall(r"\d+(?:\([a-z]\))?", match["paragraphs"]))
        yield Citation(citation.symbol, citation.kind, citation.written, citation.at, numbers)
    for match in rules.pattern("citations", "own_paragraphs").finditer(text):
        if match.end() not in taken:
            numbers = tuple(re.findall(r"\d+", match["paragraphs"]))
            yield Citation(own, "paragraph", match.group(), match.span(), numbers)


@cache
def _instruments(language: str) -> tuple[list[tuple[str, str]], re.Pattern[str] | None]:
    """Symbols and kinds, and one pattern whose groups n0, n1, … are their names; longer names before shorter ones."""
    source = files("opencompact.documents").joinpath("facts", "instruments.toml")
    found: list[tuple[int, str, tuple[str, str], bool]] = []
    for entry in tomllib.loads(source.read_text(encoding="utf-8"))["instrument"]:
        for name in entry.get(language, ()):
            bare = entry.get("bare", False) or name.startswith("*")
            pattern = _pattern_of(name.lstrip("*"), language)
            found.append((len(name), pattern, (entry["symbol"], entry["kind"]), bare or language != "zh"))
    if not found:
        return [], None
    found.sort(key=lambda entry: -entry[0])
    groups = [(f"(?P<n{number}>{pattern})", bare) for number, (_, pattern, _, bare) in enumerate(found)]
    marked = "|".join(group for group, bare in groups if not bare)
    unmarked = "|".join(group for group, bare in groups if bare)
    whole = f"《(?:{marked})(?:》|(?=[(（]))|《?(?:{unmarked})》?" if language == "zh" else unmarked
    return [symbol for _, _, symbol, _ in found], re.compile(whole, 0 if language == "zh" else re.IGNORECASE)


def _pattern_of(name: str, language: str) -> str:
    """A name as it may stand: in Chinese with any spaces; elsewhere as whole words, in Russian in any case, in Arabic with
    what is written together with it."""
    if language == "zh":
        return r"\s*".join(map(re.escape, name.split())).replace("年", r"\s*年\s*")
    words = [_inflected(word) if language == "ru" else re.escape(word) for word in name.split()]
    body = r"\s+".join(words)
    if language == "ar":
        return r"(?<!\w)[وفبكل]{0,2}" + re.sub("^ال", "(?:ال|ل)", body) + r"(?!\w)"
    return r"(?<!\w)" + body + r"(?!\w)"


def _inflected(word: str) -> str:
    """A Russian word in any of its cases: its end may change."""
    return re.escape(word[:-2]) + r"\w{0,4}" if len(word) > 4 and word.isalpha() else re.escape(word)
