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
