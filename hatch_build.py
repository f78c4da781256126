"""Build hook: brings fonts, boundaries and scripts from the npm packages pinned in assets/ into the package.

Runs when the package is built or installed from source. A wheel carries the result, so that installing a wheel needs
neither Node nor a network. `python hatch_build.py` does the same by hand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

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


def install_assets() -> None:
    """Fills TARGET from the pinned packages; does nothing where it is complete."""
    if all((TARGET / name).is_file() for name in FILES.values()):
        return
    if not PACKAGES.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(
                "Building OpenCompact from source needs Node 20 with npm. Install it, or install the wheel."
            )
        print("Fetching fonts, boundaries and scripts with npm, once (175 MB).", file=sys.stderr, flush=True)
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"], cwd=PACKAGES.parent, check=True
        )
    for source, target in FILES.items():
        destination = TARGET / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, destination)


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
