"""The codes that a table may have, and what people write for them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def code_list(name: str) -> tuple[str, ...]:
    """The codes of an SDMX list that we use: CL_SEX, CL_MIG_STATUS, CL_OBS_STATUS, CL_CONF_STATUS."""
    lists = tomllib.loads(files("opencompact.statistics.sdmx").joinpath("codes.toml").read_text(encoding="utf-8"))
    return tuple(lists[name]["codes"])


@cache
def words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Column → code → what people write for it (words.toml)."""
    found = tomllib.loads(files("opencompact.statistics.checking").joinpath("words.toml").read_text(encoding="utf-8"))
    return {column: {code: tuple(forms) for code, forms in codes.items()} for column, codes in found.items()}
