"""The structure of texts as data that can be shipped: places, kinds, links and figures, and not one sentence.

python -m opencompact.documents.structure FOLDER     writes `data/` anew from the texts in a folder
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from opencompact.documents.claims import Claim, claims_in
from opencompact.documents.clauses import Clause
from opencompact.documents.model import Document
from opencompact.documents.provisions import Provision, Reason, TextLink, provisions_in

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class TextStructure:
    """What a text does, without its words: `loaded` where the words are at hand too."""

    symbol: str
    title: str
    date: str | None
    language: str
    provisions: tuple[Provision, ...]
    claims: tuple[Claim, ...]
    loaded: bool = False

    def provision(self, paragraph: str) -> Provision | None:
        return next((provision for provision in self.provisions if provision.paragraph == paragraph), None)


def structure_of(document: Document, others: Sequence[Document] = ()) -> TextStructure:
    """The structure of a text that was read, with its wording for as long as it is in memory."""
    return TextStructure(
        document.symbol,
        document.title,
        document.date,
        document.language,
        provisions_in(document, others),
        claims_in(document),
        loaded=True,
    )


def shipped() -> tuple[TextStructure, ...]:
    """The structures that come with OpenCompact, without wording."""
    folder = files("opencompact.documents").joinpath("data")
    sources = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")), key=lambda entry: entry.name
    )
    return tuple(_from_json(json.loads(entry.read_text(encoding="utf-8"))) for entry in sources)


def as_json(text: TextStructure) -> dict[str, Any]:
    """A structure as it ships: no wording, no words around a figure."""
    return {
        "symbol": text.symbol,
        "title": text.title,
        "date": text.date,
        "language": text.language,
        "provisions": [_provision_row(provision) for provision in text.provisions],
        "claims": [
            {name: value for name, value in claim.as_dict().items() if name not in {"document", "written", "at"}}
            | {"precision": claim.precision}
            for claim in text.claims
        ],
    }


def _provision_row(provision: Provision) -> dict[str, Any]:
    row: dict[str, Any] = {"paragraph": provision.paragraph}
    row["clauses"] = [[clause.kind, list(clause.addressees), list(clause.areas)] for clause in provision.clauses]
    row["objectives"] = [[reason.number, reason.by, reason.detail] for reason in provision.objectives]
    row["principles"] = [[reason.number, reason.by, reason.detail] for reason in provision.principles]
    row["by"] = list(provision.by)
    # A link's section is a heading of the text: it is read, not shipped.
    row["links"] = [[link.to, link.relation] for link in provision.links]
    row["topics"] = list(provision.topics)
    return {name: value for name, value in row.items() if value}


def _from_json(entry: Mapping[str, Any]) -> TextStructure:
    symbol = entry["symbol"]
    return TextStructure(
        symbol,
        entry["title"],
        entry["date"],
        entry["language"],
        tuple(_provision(symbol, row) for row in entry["provisions"]),
        tuple(_claim(symbol, row) for row in entry["claims"]),
    )


def _provision(symbol: str, row: Mapping[str, Any]) -> Provision:
    return Provision(
        symbol,
        row["paragraph"],
        tuple(
            Clause(kind, (0, 0), tuple(addressees), tuple(areas)) for kind, addressees, areas in row.get("clauses", ())
        ),
        tuple(Reason(*reason) for reason in row.get("objectives", ())),
        tuple(Reason(*reason) for reason in row.get("principles", ())),
        tuple(row.get("by", ())),
        tuple(TextLink(to, relation) for to, relation in row.get("links", ())),
        tuple(row.get("topics", ())),
    )


def _claim(symbol: str, row: Mapping[str, Any]) -> Claim:
    return Claim(
        symbol, row["paragraph"], float(row["value"]), row["unit"], row["subject"], row["area"], row["period"],
        row["period_from"], row["sex"], row["qualifier"], row["role"], row["footnote"], "", (0, 0), row["precision"],
    )  # fmt: skip


def write(folder: Path, out: Path = DATA) -> list[Path]:
    """Writes the structure of every text in a folder to `out`, one file a text."""
    from opencompact.documents.reader import read
    from opencompact.tables import write_text

    documents = {
        document.symbol: document for path in sorted(folder.glob("*")) if path.is_file() for document in [read(path)]
    }
    written = []
    for document in documents.values():
        path = out / f"{document.symbol.replace('/', '-')}.json"
        content = as_json(structure_of(document, list(documents.values())))
        rows = {name: value for name, value in content.items() if not isinstance(value, list)}
        lists = ",\n".join(
            f' "{name}": [\n' + ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in content[name]) + "\n ]"
            for name in ("provisions", "claims")
        )
        head = json.dumps(rows, ensure_ascii=False)[1:-1]
        write_text(path, f"{{{head},\n{lists}\n}}\n")
        written.append(path)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(Path(sys.argv[1]))
