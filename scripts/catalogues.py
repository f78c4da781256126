"""Brings the catalogues up to date with the messages in the source, or checks that they are.

    python scripts/catalogues.py update        add new messages, drop those that are gone, keep every translation
    python scripts/catalogues.py missing       list what is not translated yet, by language and domain

A message belongs to the domain of the room whose source it stands in.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib
from babel.messages.extract import extract_from_dir

PACKAGE = Path(__file__).parent.parent / "src" / "opencompact"
CATALOGUES = PACKAGE / "language" / "catalogues"
LANGUAGES = ("ar", "zh", "es", "fr", "ru")
ROOMS = ("tables", "look", "compact", "documents", "statistics", "missing", "actions", "review", "public", "cli")
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2), "gettext": None}
METHODS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.xml", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "zh": "nplurals=1; plural=0;",
    "es": "nplurals=2; plural=n != 1;",
    "fr": "nplurals=2; plural=n > 1;",
    "ru": "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
}


def messages(room: str) -> dict[str, str | None]:
    """Every message of a room, in the order of its source: singular → plural, or None."""
    found: dict[str, str | None] = {}
    for _file, _line, message, _comments, _context in extract_from_dir(
        PACKAGE / room, METHODS, keywords=KEYWORDS, options_map={"**.html": {"silent": "false"}}
    ):
        singular, plural = message if isinstance(message, tuple) else (message, None)
        if singular:
            found.setdefault(singular, plural)
            found[singular] = found[singular] or plural
    return found


def load(code: str, room: str) -> polib.POFile:
    path = CATALOGUES / code / f"{room}.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": code,
        "Plural-Forms": PLURAL_FORMS[code],
        # Empty until a person who reads the language has read the whole catalogue and signs it here.
        "X-Reviewed-By": "",
    }
    return catalogue


def update() -> None:
    for room in ROOMS:
        wanted = messages(room)
        for code in LANGUAGES:
            catalogue = load(code, room)
            known = {entry.msgid: entry for entry in catalogue}
            fresh = load(code, "no such room")
            fresh.metadata = catalogue.metadata
            for singular, plural in wanted.items():
                entry = known.get(singular) or polib.POEntry(msgid=singular)
                if plural and entry.msgid_plural != plural:
                    entry.msgid_plural = plural
                    forms = int(PLURAL_FORMS[code].split("=")[1].split(";")[0])
                    entry.msgstr_plural = entry.msgstr_plural or dict.fromkeys(range(forms), "")
                fresh.append(entry)
            path = CATALOGUES / code / f"{room}.po"
            if wanted:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(str(fresh) + "\n", encoding="utf-8")
            else:
                path.unlink(missing_ok=True)


def untranslated() -> list[tuple[str, str, str]]:
    """(language, room, message) for every message that some catalogue lacks."""
    gaps = []
    for room in ROOMS:
        wanted = messages(room)
        for code in LANGUAGES:
            known = {
                entry.msgid: entry.msgstr or (all(entry.msgstr_plural.values()) and bool(entry.msgstr_plural))
                for entry in load(code, room)
            }
            gaps += [(code, room, message) for message in wanted if not known.get(message)]
    return gaps


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["missing"]:
        for gap in untranslated():
            print(*gap, sep="\t")
    else:
        sys.exit(__doc__)
