"""Parameters of the evidence: cited defaults, or what was learned from confirmed identifications."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Parameters = Mapping[str, Any]


@cache
def defaults() -> Parameters:
    """The parameters of `parameters.toml`, each with its source."""
    text = files("opencompact.missing.evidence").joinpath("parameters.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
