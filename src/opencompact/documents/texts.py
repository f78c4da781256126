"""The texts that the Compact's follow-up rests on: symbol, official titles, session, date. Names and facts only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Text:
    """A text that is known by name: `titles` in any language, as they stand on it; `session` where titles recur."""

    symbol: str
    titles: tuple[str, ...]
    session: str | None
    date: str | None


@cache
def known_texts() -> tuple[Text, ...]:
    source = files("opencompact.documents").joinpath("facts", "texts.toml")
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["text"]
    return tuple(
        Text(entry["symbol"], tuple(entry["titles"]), entry.get("session"), entry.get("date")) for entry in entries
    )
