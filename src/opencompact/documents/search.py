"""Search over provisions, claims and country examples, in six languages.

What can be found: the names of topics, objectives and subjects in six languages, our own words for examples, and the wording
of the texts where they are loaded. Words are cut as the script asks: Chinese into pairs of characters, Arabic into its words
without prefixes and into triples of letters, the others into words and their beginnings, so that inflected forms meet.
Ranking is BM25 (Robertson and Zaragoza, 2009, The Probabilistic Relevance Framework, §3.1: k1 = 1.2, b = 0.75).

The index is one JSON file: a page needs no more than this file and a few lines of script to search it (docs/reference/documents.md).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opencompact import compact
from opencompact.documents.citing import paragraph_name
from opencompact.documents.claims import Claim, subjects
from opencompact.documents.examples import CountryExample, examples
from opencompact.documents.explaining import amount
from opencompact.documents.provisions import Provision
from opencompact.documents.shelf import Shelf
from opencompact.documents.topics import topics
from opencompact.language import LANGUAGES, format_beside, format_list, language
from opencompact.look.words import named

K1, B = 1.2, 0.75
VERSION = 1

_CHINESE = re.compile("[\u3400-\u9fff]+")
_ARABIC = re.compile("[\u0621-\u064a]+")
_WORD = re.compile(r"[^\W_]+")
_ARABIC_FORMS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_ARABIC_PREFIX = re.compile(r"^(?:وال|بال|كال|فال|لل|ال|و|ب|ل|ف)(?=\w{3})")
_BEGINNING = 5


@dataclass(frozen=True)
class Hit:
    """What was found: a provision, a claim or an example, its label in the language asked for, and how well it fits."""

    id: str
    sort: str
    label: str
    score: float
    text: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "sort": self.sort, "label": self.label, "score": round(self.score, 3), "text": self.text}


def words_of(text: str) -> list[str]:
    """The text cut into what is searched for."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found: list[str] = []
    for run in _CHINESE.findall(plain):
        found += [run[index : index + 2] for index in range(len(run) - 1)] or [run]
    for word in _ARABIC.findall(plain):
        stem = _ARABIC_PREFIX.sub("", word.translate(_ARABIC_FORMS))
        found += [stem, *(f"~{stem[index : index + 3]}" for index in range(len(stem) - 2))]
    for word in _WORD.findall(_ARABIC.sub(" ", _CHINESE.sub(" ", plain))):
        found.append(word)
        if len(word) > _BEGINNING:
            found.append(f"~{word[:_BEGINNING]}")
    return found


class Index:
    """An index of entries; `search` ranks them. It is built from a shelf, or read from the JSON that `as_json` gives."""

    def __init__(
        self, entries: list[dict[str, Any]], postings: Mapping[str, list[list[float]]], lengths: list[int]
    ) -> None:
        self.entries = entries
        self._postings = postings
        self._lengths = lengths
        self._mean = sum(lengths) / len(lengths) if lengths else 1.0

    @classmethod
    def of(cls, stock: Shelf) -> Index:
        """The index of everything on a shelf."""
        entries: list[dict[str, Any]] = []
        postings: dict[str, list[list[float]]] = defaultdict(list)
        lengths: list[int] = []
        for entry, said in _searchable(stock):
            counts = Counter(words_of(said))
            for word, count in counts.items():
                postings[word].append([len(entries), count])
            entries.append(entry)
            lengths.append(sum(counts.values()))
        return cls(entries, postings, lengths)

    @classmethod
    def from_json(cls, text: str) -> Index:
        content = json.loads(text)
        return cls(content["entries"], content["postings"], content["lengths"])

    def as_json(self) -> str:
        """The index as one JSON document: entries, their lengths, and for each word the entries that have it."""
        content = {
            "version": VERSION, "k1": K1, "b": B, "beginning": _BEGINNING,
            "entries": self.entries, "lengths": self._lengths, "postings": self._postings,
        }  # fmt: skip
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    def search(self, query: str, code: str = "en", *, limit: int = 20, sort: str | None = None) -> list[Hit]:
        """What fits a query best, best first; `sort` narrows to provision, claim or example; labels are in that language."""
        language(code)
        scores: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(words_of(query)):
            posting = self._postings.get(word, [])
            rarity = math.log(1 + (len(self.entries) - len(posting) + 0.5) / (len(posting) + 0.5))
            weight = 0.4 if word.startswith("~") else 1.0
            for number, count in posting:
                length = K1 * (1 - B + B * self._lengths[int(number)] / self._mean)
                scores[int(number)] += weight * rarity * count * (K1 + 1) / (count + length)
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        found = (number for number in ranked if sort in (None, self.entries[number]["sort"]))
        return [self._hit(number, scores[number], code) for number, _ in zip(found, range(limit), strict=False)]

    def _hit(self, number: int, score: float, code: str) -> Hit:
        entry = self.entries[number]
        return Hit(entry["id"], entry["sort"], entry["label"][code], score, entry.get("text"))


def _searchable(stock: Shelf) -> Iterable[tuple[dict[str, Any], str]]:
    for provision in stock.provisions():
        yield _of_provision(provision)
    for claim in stock.claims():
        yield _of_claim(claim)
    for example in examples():
        yield _of_example(example)


def _of_provision(provision: Provision) -> tuple[dict[str, Any], str]:
    label = {code: _provision_label(provision, code) for code in LANGUAGES}
    entry: dict[str, Any] = {"id": provision.id, "sort": "provision", "label": label}
    if provision.wording:
        entry["text"] = provision.wording
    about = [topics()[name].name(code) for name in provision.topics for code in LANGUAGES]
    about += [compact.objective(reason.number).name(code) for reason in provision.objectives for code in LANGUAGES]
    return entry, " ".join([provision.document, provision.paragraph, *provision.kinds, *about, provision.wording or ""])


def _provision_label(provision: Provision, code: str) -> str:
    names = [topics()[name].name(code) for name in provision.topics if topics()[name].objectives]
    place = paragraph_name(provision.document, provision.paragraph, code)
    return named(place, format_beside(names[:3], code), code) if names else place


def _of_claim(claim: Claim) -> tuple[dict[str, Any], str]:
    known = subjects().get(claim.subject)
    label = {
        code: named(
            paragraph_name(claim.document, claim.paragraph, code),
            format_beside([amount(claim.value, claim.unit, code), *([known.name(code)] if known else [])], code),
            code,
        )
        for code in LANGUAGES
    }
    said = [known.name(code) for code in LANGUAGES] if known else []
    number = f"{claim.value:.0f}" if claim.value == int(claim.value) else str(claim.value)
    return {"id": claim.id, "sort": "claim", "label": label}, " ".join(
        [claim.document, claim.paragraph, number, claim.period or "", *said]
    )


def _of_example(example: CountryExample) -> tuple[dict[str, Any], str]:
    countries = [compact.area(code) for code in example.areas]
    told = {
        code: named(format_list([area.name(code) for area in countries], code), example.name(code), code)
        for code in LANGUAGES
    }
    label = {
        code: f"{text} ({paragraph_name(example.document, example.paragraph, code)})" for code, text in told.items()
    }
    about = [
        *told.values(),
        *(compact.objective(number).name(code) for number in example.objectives for code in LANGUAGES),
    ]
    return {"id": example.provision, "sort": "example", "label": label}, " ".join(about)
