"""Writes the tables of areas that are committed beside the code, from reference tables that are not.

    python scripts/areas.py FOLDER        FOLDER is the folder of real data that its own README describes

Sources: UNSD-M49-{en,ar,cn,es,fr,ru}.csv (UN Statistics Division, M49: codes, short names, regions, LDC, LLDC, SIDS);
wb-class-country.xlsx (World Bank classification, 1 July 2022: income groups, names of economies); country-codes.csv
(CLDR names), iom_country_names_regions.csv.gz (IOM names) and unhcr-refugee-statistics/countries.csv.gz (UNHCR names);
unsd-country-profiles-2019 (UN Statistics Division: a point within each country). Codes, names, points are facts; nothing
else is copied.
`CORRECTIONS` are names where the copy departs from the short name that the United Nations uses, or where a name stands in
an oblique case or lost a part on its way.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path

import openpyxl

DEFINITIONS = Path(__file__).parent.parent / "src" / "opencompact" / "compact" / "definitions"
LANGUAGES = {"en": "en", "ar": "ar", "zh": "cn", "es": "es", "fr": "fr", "ru": "ru"}
LEVELS = (("region", "Region"), ("subregion", "Sub-region"), ("intermediate-region", "Intermediate Region"))
INCOME = {
    "Low income": "low",
    "Lower middle income": "lower-middle",
    "Upper middle income": "upper-middle",
    "High income": "high",
}
FIELDS = [
    *("code", "kind", "m49", "iso2", "region", "subregion", "intermediate"),
    *("income_group", "ldc", "lldc", "sids", "lat", "lon"),
]

CORRECTIONS: dict[tuple[str, str], str] = {
    ("TWN", "en"): "China, Taiwan Province of China",
    ("TWN", "ar"): "الصين، مقاطعة تايوان الصينية",
    ("TWN", "zh"): "中国台湾省",
    ("TWN", "es"): "China, provincia china de Taiwán",
    ("TWN", "fr"): "Chine, province chinoise de Taïwan",
    ("TWN", "ru"): "Китай, провинция Китая Тайвань",
    ("CIV", "en"): "Côte d’Ivoire",
    ("CIV", "ru"): "Кот-д’Ивуар",
    ("NLD", "en"): "Netherlands (Kingdom of the)",
    ("NLD", "ar"): "هولندا (مملكة)",
    ("FLK", "en"): "Falkland Islands (Malvinas)",
    ("IOT", "ar"): "الإقليم البريطاني في المحيط الهندي",
    ("ATF", "ar"): "الأراضي الفرنسية الجنوبية",
    ("UMI", "ar"): "جزر الولايات المتحدة الصغيرة النائية",
    ("SJM", "ar"): "جزيرتا سفالبارد وجان ماين",
    ("SXM", "es"): "San Martín (parte holandesa)",
    ("ATA", "ru"): "Антарктида",
    ("ALA", "ru"): "Аландские острова",
    ("CCK", "ru"): "Кокосовые (Килинг) острова",
    ("CYM", "ru"): "Каймановы острова",
    ("CXR", "ru"): "Остров Рождества",
    ("MYT", "ru"): "Майотта",
    ("PRK", "en"): "Democratic People’s Republic of Korea",
    ("LAO", "en"): "Lao People’s Democratic Republic",
    ("IOT", "fr"): "Territoire britannique de l’océan Indien",
}

# Names that published tables still use, and short forms that no list above holds.
USAGE = {
    ("Turkey", "TUR"),
    ("Swaziland", "SWZ"),
    ("Burma", "MMR"),
    ("United States", "USA"),
    ("Macedonia", "MKD"),
    ("The former Yugoslav Republic of Macedonia", "MKD"),
    ("East Timor", "TLS"),
    ("Great Britain", "GBR"),
    ("Libyan Arab Jamahiriya", "LBY"),
    ("Macau", "MAC"),
    ("Palestinian Territories", "PSE"),
    ("Occupied Palestinian Territory", "PSE"),
    ("Republic of the Congo", "COG"),
    ("Congo, Democratic Republic of the", "COD"),
    ("DR Congo", "COD"),
    ("Vatican City", "VAT"),
    ("Réunion", "REU"),
}


def main(folder: Path) -> None:
    reference = folder / "country-reference"
    tables = {code: _rows(reference / f"UNSD-M49-{suffix}.csv") for code, suffix in LANGUAGES.items()}
    by_code = {code: {row["M49 Code"]: row for row in rows} for code, rows in tables.items()}
    points = _points(folder / "unsd-country-profiles-2019" / "Indicator_17.3.2_Series_BX_TRF_PWKR.json.gz")
    incomes, economies = _world_bank(reference / "wb-class-country.xlsx")
    rows = _world(by_code) + _regions(by_code) + _countries(by_code, incomes, points)
    _write(DEFINITIONS / "areas.csv", [*FIELDS, *LANGUAGES], rows)
    names = {(row[code], row["code"]) for row in rows for code in LANGUAGES}
    known = {row["code"] for row in rows if row["kind"] == "country"}
    aliases = {(a, c) for a, c in _other_names(folder) | economies | USAGE if c in known and (a, c) not in names}
    _write(DEFINITIONS / "area_aliases.csv", ["alias", "code"], [{"alias": a, "code": c} for a, c in sorted(aliases)])
    print(f"{len(rows)} areas, {len(aliases)} other names")


def _rows(path: Path) -> list[dict[str, str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _world_bank(path: Path) -> tuple[dict[str, str], set[tuple[str, str]]]:
    sheet = openpyxl.load_workbook(path, read_only=True)["List of economies"]
    economies = [row[:4] for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]]
    return (
        {str(code): INCOME[str(group)] for _, code, _, group in economies if group in INCOME},
        {(str(name), str(code)) for name, code, *_ in economies},
    )


def _other_names(folder: Path) -> set[tuple[str, str]]:
    tables = (
        ("country-reference/country-codes.csv", "CLDR display name", "ISO3166-1-Alpha-3"),
        ("country-reference/country-codes.csv", "official_name_en", "ISO3166-1-Alpha-3"),
        ("country-reference/country-codes.csv", "official_name_cn", "ISO3166-1-Alpha-3"),
        ("country-reference/iom_country_names_regions.csv.gz", "name", "iso3"),
        ("unhcr-refugee-statistics/countries.csv.gz", "name", "iso_code"),
    )
    names = {(row[name], row[code]) for table, name, code in tables for row in _rows(folder / table)}
    return {(name.strip(), code) for name, code in names if name.strip() and code}


def _points(path: Path) -> dict[str, tuple[str, str]]:
    """ISO code → latitude and longitude of a point within the country, to two decimals."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        places = json.load(stream)["refAreas"]
    return {
        place["ISO3"]: (f"{float(place['Y']):.2f}", f"{float(place['X']):.2f}")
        for place in places
        if place["ISO3"] and place["X"] and place["Y"]
    }


def _world(by_code: dict[str, dict[str, dict[str, str]]]) -> list[dict[str, str]]:
    names = {code: next(iter(rows.values()))["Global Name"] for code, rows in by_code.items()}
    return [{"code": "001", "kind": "world", "m49": "001", **names}]


def _regions(by_code: dict[str, dict[str, dict[str, str]]]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for m49, row in by_code["en"].items():
        above: dict[str, str] = {}
        for kind, heading in LEVELS:
            group = row[f"{heading} Code"]
            if group:
                names = {code: rows[m49][f"{heading} Name"] for code, rows in by_code.items()}
                found[group] = {"code": group, "kind": kind, "m49": group, **above, **names}
                above[kind] = group
    order = [kind for kind, _ in LEVELS]
    return sorted(found.values(), key=lambda row: (order.index(row["kind"]), row["code"]))


def _countries(
    by_code: dict[str, dict[str, dict[str, str]]], incomes: dict[str, str], points: dict[str, tuple[str, str]]
) -> list[dict[str, str]]:
    countries = []
    for m49, row in by_code["en"].items():
        iso3 = row["ISO-alpha3 Code"]
        latitude, longitude = points.get(iso3, ("", ""))
        names = {
            code: CORRECTIONS.get((iso3, code), rows[m49]["Country or Area"].strip()) for code, rows in by_code.items()
        }
        countries.append(
            {
                "code": iso3,
                "kind": "country",
                "m49": m49,
                "iso2": row["ISO-alpha2 Code"],
                "region": row["Region Code"],
                "subregion": row["Sub-region Code"],
                "intermediate": row["Intermediate Region Code"],
                "income_group": incomes.get(iso3, ""),
                "ldc": row["Least Developed Countries (LDC)"],
                "lldc": row["Land Locked Developing Countries (LLDC)"],
                "sids": row["Small Island Developing States (SIDS)"],
                "lat": latitude,
                "lon": longitude,
                **names,
            }
        )
    return sorted(countries, key=lambda row: row["code"])


def _write(path: Path, fields: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fields, restval="", lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
