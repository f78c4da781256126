"""Mutation models as matrices: `M[i, j]` = P(the child's copy is allele j | the parent's copy is allele i).

The models are those of Familias (Egeland, Mostad et al. 2000; Simonsson and Mostad 2016, FSI Genetics 23) and pedmut
(Vigeland 2021), so that a case computed elsewhere can be computed here:

equal          every other allele is equally likely
proportional   another allele is drawn by its frequency; keeps the frequencies, recommended
stepwise       n steps are `range` times as likely as n - 1 within a microvariant class; `rate2` in all to other classes
onestep        one step up or down; at either end only inwards
dawid          stepwise made reversible (Dawid, Mortera, Pascali 2001): keeps the frequencies
custom         the matrix as given
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError
from opencompact.language import said

Array = NDArray[np.float64]
MODELS = ("equal", "proportional", "stepwise", "onestep", "dawid", "custom")
KEEP_FREQUENCIES = ("none", "proportional", "dawid")
_TOLERANCE = 1e-8


@dataclass(frozen=True)
class MutationModel:
    """How a mutation matrix was stated: `model` with its `rate` per meiosis, `rate2` to other microvariant classes and `range`."""

    model: str
    rate: float | None = None
    rate2: float | None = None
    range: float | None = None


@dataclass(frozen=True, eq=False)
class Mutation:
    """Transmission by mothers and by fathers: `female[i, j]` = P(the child's copy is allele j | the mother's is i)."""

    female: Array
    male: Array
    female_model: MutationModel = MutationModel("custom")
    male_model: MutationModel = MutationModel("custom")


def matrix_of(model: MutationModel, alleles: Sequence[str], frequencies: Array, silent: int | None = None) -> Array:
    """The matrix of a stated model over `alleles`; a silent allele neither mutates nor arises by mutation.

    Raises `InvalidDataError` for an unknown model, a rate outside 0–1, or allele names that a stepwise model cannot count.
    """
    visible = [index for index in range(len(alleles)) if index != silent]
    matrix = np.eye(len(alleles))
    if len(visible) > 1:
        p = frequencies[visible] / frequencies[visible].sum()
        matrix[np.ix_(visible, visible)] = _visible(model, [alleles[i] for i in visible], p)
    if matrix.min() < 0:
        raise InvalidDataError(
            said("The {model} mutation model gives a negative probability.", model=model.model),
            value=model.rate,
            rule="kinship.mutation-rate",
            remedy="Lower the rate.",
        )
    return matrix


def _visible(model: MutationModel, alleles: list[str], p: Array) -> Array:
    rate = model.rate
    if rate is None or not 0 <= rate <= 1:
        raise InvalidDataError(
            said("The {model} mutation model needs a rate between 0 and 1.", model=model.model),
            value=rate,
            rule="kinship.mutation-rate",
        )
    size = len(alleles)
    if model.model == "equal":
        return np.asarray((1 - rate) * np.eye(size) + rate * (1 - np.eye(size)) / (size - 1))
    if model.model == "proportional":
        renewal = rate / float((p * (1 - p)).sum())
        return np.asarray((1 - renewal) * np.eye(size) + renewal * p)
    if model.model == "stepwise":
        return _stepwise(alleles, rate, model.rate2 or 0.0, 0.1 if model.range is None else model.range)
    if model.model == "onestep":
        return _onestep(alleles, rate)
    if model.model == "dawid":
        return _dawid(alleles, p, rate, 0.1 if model.range is None else model.range)
    raise InvalidDataError(
        "This mutation model is not known.",
        value=model.model,
        rule="kinship.mutation-model",
        remedy=said("Known are {choices}; give any other as a custom matrix.", choices=", ".join(MODELS)),
    )


def _repeats(alleles: list[str]) -> tuple[Array, Array]:
    """The repeat number of every allele and its microvariant class (9.3 → 9.3 and 0.3)."""
    try:
        repeats = np.array([float(allele) for allele in alleles])
    except ValueError:
        raise InvalidDataError(
            "A stepwise mutation model needs alleles that are repeat numbers.",
            value=", ".join(alleles),
            rule="kinship.mutation-alleles",
            remedy="Use the proportional or the equal model for this marker.",
        ) from None
    return repeats, np.round(repeats % 1, 3)


def _stepwise(alleles: list[str], rate: float, rate2: float, ratio: float) -> Array:
    repeats, variant = _repeats(alleles)
    same = (variant[:, None] == variant) & ~np.eye(len(alleles), dtype=bool)
    weights = np.where(same, ratio ** np.abs(repeats[:, None] - repeats), 0.0)
    totals = weights.sum(axis=1, keepdims=True)
    matrix = rate * np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)
    other = variant[:, None] != variant
    counts = other.sum(axis=1, keepdims=True)
    matrix += rate2 * np.divide(other, counts, out=np.zeros_like(weights), where=counts > 0)
    return np.asarray(matrix + np.diag(1 - matrix.sum(axis=1)))


def _onestep(alleles: list[str], rate: float) -> Array:
    repeats, _ = _repeats(alleles)
    neighbours = np.abs(np.abs(repeats[:, None] - repeats) - 1) < 1e-9
    counts = neighbours.sum(axis=1, keepdims=True)
    matrix = rate * np.divide(neighbours, counts, out=np.zeros(neighbours.shape), where=counts > 0)
    return np.asarray(matrix + np.diag(1 - matrix.sum(axis=1)))


def _dawid(alleles: list[str], p: Array, rate: float, ratio: float) -> Array:
    repeats, _ = _repeats(alleles)
    flow = ratio ** np.abs(repeats[:, None] - repeats)
    np.fill_diagonal(flow, 0.0)
    matrix = rate * flow / flow.sum() / p[:, None]
    return np.asarray(matrix + np.diag(1 - matrix.sum(axis=1)))


def read_mutation(
    stated: Mapping[str, Any] | None, alleles: Sequence[str], frequencies: Array, silent: int | None
) -> Mutation | None:
    """A case file's `mutation`: null, one model for both sexes, or one under `female` and one under `male`.

    A `matrix` goes before the model that it was made with. Raises `InvalidDataError`.
    """
    if not stated:
        return None
    by_sex = stated if "female" in stated or "male" in stated else {"female": stated, "male": stated}
    if not ("female" in by_sex and "male" in by_sex):
        raise InvalidDataError(
            "A mutation model is given for one sex only.",
            rule="kinship.mutation-sex",
            remedy="Give `female` and `male`, or one model without either for both.",
        )
    parts = [_one_sex(by_sex[sex], alleles, frequencies, silent) for sex in ("female", "male")]
    return Mutation(parts[0][0], parts[1][0], parts[0][1], parts[1][1])


def _one_sex(
    stated: Mapping[str, Any], alleles: Sequence[str], frequencies: Array, silent: int | None
) -> tuple[Array, MutationModel]:
    model = MutationModel(
        str(stated.get("model", "custom")), stated.get("rate"), stated.get("rate2"), stated.get("range")
    )
    if stated.get("matrix") is None:
        return matrix_of(model, alleles, frequencies, silent), model
    matrix = np.array(stated["matrix"], dtype=np.float64)
    if matrix.shape != (len(alleles), len(alleles)):
        raise InvalidDataError(
            said(
                "The mutation matrix is {shape} for {alleles_n} alleles.",
                shape="×".join(map(str, matrix.shape)),
                alleles_n=len(alleles),
            ),
            rule="kinship.mutation-matrix",
            remedy="Give a row and a column per allele, in the order of `alleles`.",
        )
    if matrix.min() < 0 or np.abs(matrix.sum(axis=1) - 1).max() > _TOLERANCE:
        row = int(np.abs(matrix.sum(axis=1) - 1).argmax())
        raise InvalidDataError(
            said(
                "The row of allele {alleles} in the mutation matrix is not a probability distribution.",
                alleles=alleles[row],
            ),
            value=float(matrix[row].sum()),
            rule="kinship.mutation-matrix",
            remedy="Every row must add up to 1 and have no negative entry.",
        )
    return matrix, model


def restated(
    mutation: Mutation | None, alleles: Sequence[str], frequencies: Array, silent: int | None
) -> Mutation | None:
    """The same models under other frequencies; a custom matrix stays as it is."""
    if mutation is None:
        return None

    def again(model: MutationModel, matrix: Array) -> Array:
        known = model.model in MODELS[:-1] and model.rate is not None
        return matrix_of(model, alleles, frequencies, silent) if known else matrix

    return Mutation(
        again(mutation.female_model, mutation.female),
        again(mutation.male_model, mutation.male),
        mutation.female_model,
        mutation.male_model,
    )


def scaled(mutation: Mutation | None, factor: float) -> Mutation | None:
    """Every probability of changing an allele times `factor`: for asking how much a result hangs on the rates."""
    if mutation is None:
        return None
    parts = []
    for matrix in (mutation.female, mutation.male):
        moved = matrix * factor
        np.fill_diagonal(moved, 0.0)
        moved += np.diag(1 - moved.sum(axis=1))
        parts.append(moved)
    return Mutation(parts[0], parts[1], MutationModel("custom"), MutationModel("custom"))
