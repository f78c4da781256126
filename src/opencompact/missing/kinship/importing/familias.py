"""Familias projects (.fam, versions 2 and 3): a text file of one value per line.

Order: a preamble of three lines with the version; the number of people; each person's name, sex and calls as numbers of
allele and system; known relations; pedigrees with further relations; then the database, each system with its mutation
models, alleles and frequencies. Written from files that Familias made; a file that differs is refused, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.importing.grid import content_of
from opencompact.missing.kinship.loci import allele_label
from opencompact.tables import decode

_MODELS = {"0": "equal", "1": "proportional", "2": "stepwise", "4": "stepwise"}


def read_familias(path: Path) -> dict[str, Any]:
    """A case file from a Familias project: its systems, people, calls and pedigrees as hypotheses.

    The last pedigree is the reference hypothesis, as Familias' own default is the first: name it where it matters.
    Raises `InvalidDataError` with the line for twins, stationary stepwise models and anything else that is not read.
    """
    return _Project(Path(path)).case()


class _Project:
    def __init__(self, path: Path) -> None:
        self.path = path
        lines = decode(content_of(path), path).splitlines()
        self.lines: Iterator[tuple[int, str]] = iter(enumerate((line.strip() for line in lines), start=1))
        self.line = 0
        self.people: list[tuple[str, str]] = []
        self.calls: list[list[tuple[int, int, int]]] = []

    def fail(self, problem: str, value: object = None, remedy: str | None = None) -> NoReturn:
        raise InvalidDataError(
            problem, file=self.path, row=self.line, value=value, rule="kinship.familias", remedy=remedy
        )

    def next(self) -> str:
        try:
            self.line, text = next(self.lines)
        except StopIteration:
            self.fail(said("The Familias file ends too early."))
        return text.strip('"')

    def number(self) -> int:
        text = self.next()
        match = re.match(r"-?\d+", text)
        if not match:
            self.fail(said("A whole number was expected."), text)
        return int(match[0])

    def decimal(self) -> float:
        text = self.next()
        try:
            return float(text.replace(",", "."))
        except ValueError:
            self.fail(said("A number was expected."), text)

    def case(self) -> dict[str, Any]:
        if "familias" not in self.next().lower():
            self.fail(said("This is no Familias file."))
        self.next()
        self.next()
        first = self.next()
        number = int(first) if first.isdigit() else self.number()
        for _ in range(number):
            self._person()
        if self.next() != "Known relations":
            self.fail(said("The known relations were expected here."))
        known = self._relations()
        pedigrees = [self._pedigree(known) for _ in range(self.number())]
        theta, markers = self._database()
        return {
            "format": "opencompact-kinship/1",
            "id": self.path.stem,
            "kind": "kinship_lr",
            "theta": theta,
            "markers": markers,
            "hypotheses": [self._hypothesis(name, relations, people) for name, people, relations in pedigrees],
            "reference_hypothesis": pedigrees[-1][0] if pedigrees else None,
            "genotypes": self._genotypes(markers),
        }

    def _person(self) -> None:
        name = self.next()
        self.next()
        self.next()
        self.next()
        self.people.append((name, "male" if "TRUE" in self.next() else "female"))
        self.calls.append([(self.number(), self.number(), self.number()) for _ in range(self.number())])

    def _relations(self) -> tuple[list[tuple[str, str]], list[tuple[int, int]]]:
        """(people added, parent and child by number)."""
        women, men = self.number(), self.number()
        start = len(self.people)
        added = [(f"added {start + n + 1}", "female" if n < women else "male") for n in range(women + men)]
        relations = []
        for _ in range(self.number()):
            parent = self.next()
            if not parent.isdigit():
                self.fail(
                    said("Twins and other direct relations are not read."), parent, said("State them as one person.")
                )
            relations.append((int(parent), self.number()))
        return added, relations

    def _pedigree(
        self, known: tuple[list[tuple[str, str]], list[tuple[int, int]]]
    ) -> tuple[str, list[tuple[str, str]], list[tuple[int, int]]]:
        self.next()
        name = self.next()
        added, relations = self._relations()
        return name, [*self.people, *known[0], *added], [*known[1], *relations]

    def _hypothesis(self, name: str, relations: list[tuple[int, int]], people: list[tuple[str, str]]) -> dict[str, Any]:
        """Familias may state one parent only: the other is an untyped founder of its own."""
        parents: dict[int, dict[str, str]] = {n: {} for n in range(len(people))}
        for parent, child in relations:
            role = "father" if people[parent][1] == "male" else "mother"
            if role in parents[child]:
                two = (
                    said("{person} has two fathers in pedigree {name}.", person=people[child][0], name=name)
                    if role == "father"
                    else said("{person} has two mothers in pedigree {name}.", person=people[child][0], name=name)
                )
                self.fail(two, people[parent][0])
            parents[child][role] = people[parent][0]
        members: list[dict[str, Any]] = []
        for number, (person, sex) in enumerate(people):
            for role, other in (("father", "male"), ("mother", "female")):
                if parents[number] and role not in parents[number]:
                    parents[number][role] = f"{role} of {person}"
                    members.append({"id": f"{role} of {person}", "father": None, "mother": None, "sex": other})
            members.append({"id": person, "father": None, "mother": None, **parents[number], "sex": sex})
        return {"name": name, "components": [{"members": members}]}

    def _database(self) -> tuple[float, list[dict[str, Any]]]:
        head = self.next()
        if head.startswith("#TRUE#"):
            self.fail(said("The file holds computed probabilities; save the project without them."))
        match = re.search(r"Theta/Kinship/Fst:\s*([\d.eE+-]+)", head)
        number = self.number()
        if "TRUE" in self.next():
            self.next()
        return float(match[1]) if match else 0.0, [self._system() for _ in range(number)]

    def _system(self) -> dict[str, Any]:
        name = self.next()
        rates = self.decimal(), self.decimal()
        models = self.next(), self.next()
        self.number()
        ranges = self.decimal(), self.decimal()
        rates2 = self.decimal(), self.decimal()
        has_silent, silent = "TRUE" in self.next(), self.decimal()
        rows = [(self.next(), self.decimal()) for _ in range(self.number())]
        alleles = [allele_label(allele) for allele, _ in rows]
        frequencies = [frequency for _, frequency in rows]
        if has_silent:
            alleles.append("silent")
            frequencies.append(silent)
        total = sum(frequencies)
        if abs(total - 1) > 1e-3:
            self.fail(said("The frequencies of {name} do not add up to 1.", name=name), round(total, 6))
        marker: dict[str, Any] = {"name": name, "chromosome": "autosomal", "alleles": alleles}
        marker["frequencies"] = [frequency / total for frequency in frequencies]
        marker["mutation"] = {
            sex: self._model(name, models[place], rates[place], ranges[place], rates2[place])
            for place, sex in enumerate(("female", "male"))
        }
        if not any(rates) and not any(rates2):
            marker["mutation"] = None
        return {**marker, **({"silent_allele": "silent"} if has_silent else {})}

    def _model(self, name: str, code: str, rate: float, ratio: float, rate2: float) -> dict[str, Any]:
        if code not in _MODELS:
            self.fail(
                said("The mutation model of {name} is not read.", name=name),
                code,
                said("Use an unstationary stepwise or another model."),
            )
        model: dict[str, Any] = {"model": _MODELS[code], "rate": rate}
        if _MODELS[code] == "stepwise":
            model.update(range=ratio, rate2=rate2 if code == "4" else 0.0)
        return model

    def _genotypes(self, markers: list[dict[str, Any]]) -> dict[str, dict[str, list[str]]]:
        return {
            name: {
                markers[system]["name"]: [markers[system]["alleles"][a], markers[system]["alleles"][b]]
                for a, b, system in calls
            }
            for (name, _), calls in zip(self.people, self.calls, strict=False)
            if calls
        }
