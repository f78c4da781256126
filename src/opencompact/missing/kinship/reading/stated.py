"""One reading of one file: what it says, where a fault lies, and what was found on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NoReturn

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.case import Finding, Sex

FORMATS = ("kinship-reference/1", "opencompact-kinship/1")
SEXES: Mapping[str, Sex] = {
    "male": "male",
    "m": "male",
    "1": "male",
    "female": "female",
    "f": "female",
    "2": "female",
    "unknown": "unknown",
    "u": "unknown",
    "0": "unknown",
    "": "unknown",
}


class Reading:
    """The JSON of a case as `stated`, and the findings so far. Raises `InvalidDataError` where it is no kinship case."""

    def __init__(self, stated: Any, file: str | None) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._samples_used: Counter[str] = Counter()
        if not isinstance(stated, dict) or stated.get("format") not in FORMATS:
            found = stated.get("format") if isinstance(stated, dict) else type(stated).__name__
            self.fail(
                "This is not a kinship case.",
                "format",
                found,
                "format",
                said("Known: {formats}.", formats=", ".join(FORMATS)),
            )
        self.stated: dict[str, Any] = stated

    def fail(self, problem: str, place: str, value: object, rule: str, remedy: str | None = None) -> NoReturn:
        raise InvalidDataError(
            problem, file=self.file, column=place, value=value, rule=f"kinship.{rule}", remedy=remedy
        )

    def sex(self, stated: object, place: str) -> Sex:
        sex = SEXES.get(str("" if stated is None else stated).strip().lower())
        if sex is None:
            self.fail("This sex is not known.", place, stated, "sex", "Known: male, female, unknown.")
        return sex

    def probability(self, stated: object, place: str) -> float:
        try:
            number = float(str(stated)) if stated is not None else 0.0
        except ValueError:
            self.fail("This is no probability.", place, stated, "probability")
        if not 0 <= number <= 1:
            self.fail("This is no probability.", place, number, "probability")
        return number

    def dropout(self, stated: object, place: str) -> float:
        """A probability below 1: a sample that loses every allele shows none."""
        number = self.probability(stated, place)
        if number == 1:
            self.fail("With drop-out of 1 nothing could be seen.", place, stated, "probability")
        return number

    def whole_number(self, stated: object, place: str, least: int) -> int | None:
        """A stated number of people, None where none is stated."""
        if stated is None:
            return None
        if isinstance(stated, bool) or not isinstance(stated, int | float) or stated != stated // 1 or stated < least:
            self.fail(said("This is no whole number from {least} up.", least=least), place, stated, "number")
        return int(stated)

    def name(self, stated: object, place: str) -> str:
        """An id; `*` stands for nobody listed in every output, and cannot be one."""
        if (name := str(stated)) in ("*", ""):
            self.fail("This cannot be a name: * stands for nobody listed.", place, stated, "person-name")
        return name

    def theta(self) -> float:
        try:
            theta = float(self.stated.get("theta") or 0.0)
        except (TypeError, ValueError):
            self.fail("theta is no number from 0 to below 1.", "theta", self.stated.get("theta"), "theta")
        if not 0 <= theta < 1:
            self.fail("theta is no number from 0 to below 1.", "theta", theta, "theta")
        return theta

    def sample(self, key: str, person: str) -> Mapping[str, Any]:
        """What `samples` says of a person, under `family/person` (the key of their profile) or their id."""
        samples: Mapping[str, Any] = self.stated.get("samples") or {}
        found = next((name for name in (key, person) if name in samples), None)
        if found is None:
            return {}
        self._samples_used[found] += 1
        return samples[found] or {}

    def say_which_samples_went_astray(self) -> None:
        """A finding for every sample that nobody in the case has, and for every one that several have."""
        for name in self.stated.get("samples") or {}:
            if self._samples_used[name] == 0:
                message = said("The sample {name} belongs to nobody who has a profile in the case.", name=name)
                self.findings.append(Finding("kinship.sample-unused", message, name))
            elif self._samples_used[name] > 1:
                message = said(
                    "Several people are called {name}; what the case says of that sample was taken for all of them.",
                    name=name,
                )
                self.findings.append(Finding("kinship.sample-shared", message, name))
