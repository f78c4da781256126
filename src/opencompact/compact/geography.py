"""An area: a country, a group of countries, or a special area of published tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from opencompact.compact.names import Named

Kind = Literal[
    "world", "region", "subregion", "intermediate-region", "sdg-region", "commission", "income-group", "group", "union",
    "country", "special",
]  # fmt: skip


@dataclass(frozen=True)
class Area(Named):
    """A country, a group of countries or a special area.

    `code` is ISO 3166 alpha-3 for a country, M49 for a region, else a short code (`ESCAP`, `LIC`). `region`,
    `subregion`, `intermediate` and `sdg_region` are M49 codes, None where M49 says none. `commission` is the regional
    commission for whose region the country is compared, `commissions` all that it is a member of. `members` are the
    ISO codes of the countries in a group. `point` is a latitude and longitude within the country, for maps.
    """

    code: str
    kind: Kind
    m49: str | None = None
    iso2: str | None = None
    region: str | None = None
    subregion: str | None = None
    intermediate: str | None = None
    sdg_region: str | None = None
    commission: str | None = None
    commissions: tuple[str, ...] = ()
    income_group: str | None = None
    ldc: bool = False
    lldc: bool = False
    sids: bool = False
    point: tuple[float, float] | None = None
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    origin_only: bool = False
    fictional: bool = False

    @property
    def is_group(self) -> bool:
        """Whether this is made of countries."""
        return self.kind not in ("country", "special")
