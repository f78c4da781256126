"""Small synthetic cases, made up here: no profile in them is a person's."""

from __future__ import annotations

from typing import Any

import pytest


def marker(name: str, frequencies: list[float], mutation: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    alleles = [str(10 + number) for number in range(len(frequencies))]
    return {
        "name": name,
        "chromosome": "autosomal",
        "alleles": alleles,
        "frequencies": frequencies,
        "mutation": mutation,
        **more,
    }


def member(identity: str, father: str | None = None, mother: str | None = None, sex: str = "male") -> dict[str, Any]:
    return {"id": identity, "father": father, "mother": mother, "sex": sex}


@pytest.fixture
def event() -> dict[str, Any]:
    """Two families, one of which misses two brothers; three remains; three markers with proportional mutation."""
    mutation = {"model": "proportional", "rate": 0.002}
    nuclear = [member("F"), member("M", sex="female")]
    return {
        "format": "opencompact-kinship/1",
        "id": "synthetic-event",
        "kind": "joint_dvi",
        "synthetic": True,
        "markers": [
            marker("TH01", [0.2, 0.3, 0.1, 0.4], mutation),
            marker("FGA", [0.25, 0.25, 0.3, 0.2], mutation),
            marker("SE33", [0.05, 0.15, 0.2, 0.25, 0.2, 0.15], mutation),
        ],
        "families": [
            {"name": "A", "members": [*nuclear, member("B1", "F", "M"), member("B2", "F", "M"), member("S", "F", "M")]},
            {"name": "B", "members": [member("F"), member("W", sex="female"), member("C", "F", "W")]},
        ],
        "missing": ["B1", "B2", "C"],
        "genotypes_references": {
            "S": {"TH01": ["10", "11"], "FGA": ["12", "12"], "SE33": ["10", "13"]},
            "A/M": {"TH01": ["11", "13"], "FGA": ["10", "12"], "SE33": ["13", "15"]},
            "W": {"TH01": ["13", "13"], "FGA": ["11", "13"], "SE33": ["12", "14"]},
        },
        "victims": [{"id": "V1", "sex": "male"}, {"id": "V2", "sex": "male"}, {"id": "V3", "sex": "unknown"}],
        "genotypes_victims": {
            "V1": {"TH01": ["10", "11"], "FGA": ["10", "12"], "SE33": ["10", "15"]},
            "V2": {"TH01": ["10", "13"], "FGA": ["12", "12"], "SE33": ["13", "14"]},
            "V3": {"TH01": ["12", "13"], "FGA": ["11", "11"]},
        },
    }
