"""Where each observation stands in a table row: one float per genotype and marker, one offset per profile and marker.

A row belongs to one missing person and holds log10 T for every genotype of every marker, one marker after the other;
entry 0 is 0 and stands for a marker that was not typed. A profile is a row of offsets into it, so that scoring a pair
is one look-up per marker. Observations that leave a doubt (drop-out, one allele only, typing error) get entries of
their own, one for each different one among the remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError
from opencompact.missing.kinship.batches import Ratios, ratios_at
from opencompact.missing.kinship.case import Array, Call, Family, Marker, Profile
from opencompact.missing.kinship.lumping import whole
from opencompact.missing.kinship.observation import pair_evidence, single_evidence, visible
from opencompact.missing.kinship.shapes import question
from opencompact.missing.kinship.tables import refuse_impossible

Target = tuple[Family, str]
"""A family and one of its missing people."""

MOST_OFFSETS = 65_535


@dataclass(frozen=True)
class Observation:
    """One way in which a marker can be read: the call, and the sample's drop-out and typing error."""

    call: Call
    dropout: float = 0.0
    error: float = 0.0


@dataclass(frozen=True, eq=False)
class Segment:
    """The entries of one marker: known pairs `first`/`second`, single alleles (men on X), then doubtful observations."""

    marker: Marker
    start: int
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    singles: int
    doubtful: tuple[Observation, ...]

    @property
    def width(self) -> int:
        return len(self.first) + self.singles + len(self.doubtful)


class Layout:
    """The entries of a row, and the offsets of profiles into it."""

    def __init__(self, markers: Sequence[Marker], remains: Iterable[Profile], *, only_seen: bool = False) -> None:
        self.markers = tuple(markers)
        remains = tuple(remains)
        self.segments: list[Segment] = []
        self._places: list[dict[Observation, int]] = []
        width = 1
        for marker in self.markers:
            segment = _segment(marker, width, remains, only_seen)
            self.segments.append(segment)
            self._places.append(dict(_places(segment)))
            width += segment.width
        self.width = width

    def signature(self, theta: float) -> tuple[object, ...]:
        """What tables of this layout depend on besides their families: equal where they may be used again."""
        markers = tuple(
            (marker.name, marker.alleles, marker.frequencies.tobytes(), marker.silent, marker.prunes, marker.x_linked)
            + ((marker.mutation.female.tobytes(), marker.mutation.male.tobytes()) if marker.mutation else ())
            for marker in self.markers
        )
        return theta, markers, tuple((segment.width, segment.doubtful) for segment in self.segments)

    def offsets(self, remains: Sequence[Profile]) -> NDArray[np.uint32]:
        """The entries that each profile reads, shape (remains, markers); 0 where it has no call."""
        made = np.zeros((len(remains), len(self.markers)), dtype=np.uint32)
        for row, profile in enumerate(remains):
            for column, marker in enumerate(self.markers):
                if observation := observation_at(profile, marker):
                    made[row, column] = self._places[column][observation]
        return made

    def compact(self, remains: Sequence[Profile]) -> NDArray[np.uint16]:
        """The same as 16-bit numbers, which the kernel reads; raises where a row is too long for them."""
        if self.width > MOST_OFFSETS:
            raise InvalidDataError(
                "The remains have too many different doubtful observations for one search.",
                value=self.width,
                rule="kinship.layout-width",
                remedy="Round drop-out probabilities, or search the remains in parts.",
            )
        return self.offsets(remains).astype(np.uint16)

    def rows(
        self,
        targets: Sequence[Target],
        theta: float = 0.0,
        *,
        markers: Sequence[Marker] | None = None,
        given: Sequence[Mapping[str, Profile]] | None = None,
    ) -> Array:
        """log10 T of each target, shape (targets, width), float64. `markers` gives other frequencies of the same alleles.

        `given` puts profiles on other missing people of each target's family. Raises where the relatives of a family
        are impossible together.
        """
        made = np.full((len(targets), self.width), -np.inf)
        made[:, 0] = 0.0
        if theta > 0:
            for segment, marker in zip(self.segments, markers or self.markers, strict=True):
                _fill_with_theta(made[:, _part(segment)], segment, marker, targets, theta)
            return made
        extras = given or [{}] * len(targets)
        asked = [
            (marker, [question(*target, marker, extra) for target, extra in zip(targets, extras, strict=True)])
            for marker in markers or self.markers
        ]
        for number, places, ratios in ratios_at(asked):
            marker, segment = asked[number][0], self.segments[number]
            if np.any(ratios.evidence == -np.inf):
                row = int(np.argmax(ratios.evidence == -np.inf))
                refuse_impossible(targets[places[row]][0], marker, ratios, row)
            with np.errstate(divide="ignore"):
                made[places, _part(segment)] = np.log10(_entries(segment, marker, ratios))
        return made


def _part(segment: Segment) -> slice:
    return slice(segment.start, segment.start + segment.width)


def observation_at(profile: Profile, marker: Marker) -> Observation | None:
    """What a profile shows at a marker, or None where it shows nothing."""
    call = profile.calls.get(marker.name)
    if not call or not visible(call):
        return None
    return Observation(call, profile.dropout_at(marker.name), profile.typing_error)


def _segment(marker: Marker, start: int, remains: Sequence[Profile], only_seen: bool) -> Segment:
    seen = {found for profile in remains if (found := observation_at(profile, marker))}
    alleles = [] if only_seen else [a for a in range(len(marker.alleles)) if a != marker.silent]
    pairs = [(a, b) for place, a in enumerate(alleles) for b in alleles[place:]]
    exact = {Observation(pair) for pair in pairs}
    if marker.x_linked:
        exact |= {Observation((a,)) for a in alleles}
    doubtful = sorted(seen - exact, key=lambda one: (one.call, one.dropout, one.error))
    return Segment(
        marker,
        start,
        np.array([a for a, _ in pairs], dtype=np.intp),
        np.array([b for _, b in pairs], dtype=np.intp),
        len(alleles) if marker.x_linked else 0,
        tuple(doubtful),
    )


def _places(segment: Segment) -> Iterator[tuple[Observation, int]]:
    place = segment.start
    for a, b in zip(segment.first.tolist(), segment.second.tolist(), strict=True):
        yield Observation((a, b)), place
        place += 1
    visible_alleles = [a for a in range(len(segment.marker.alleles)) if a != segment.marker.silent]
    for a in visible_alleles[: segment.singles]:
        yield Observation((a,)), place
        place += 1
    for observation in segment.doubtful:
        yield observation, place
        place += 1


def _entries(segment: Segment, marker: Marker, ratios: Ratios) -> Array:
    """T of every entry of a segment, shape (batch, width); 0 for entries that are not for the target's sex."""
    batch, pairs = len(ratios.values), len(segment.first)
    made = np.zeros((batch, segment.width))
    on_x_of_a_man = ratios.values.ndim == 2
    if on_x_of_a_man:
        alleles = np.array(
            [a for a in range(len(marker.alleles)) if a != marker.silent][: segment.singles], dtype=np.intp
        )
        made[:, pairs : pairs + segment.singles] = ratios.values[np.arange(batch)[:, None], ratios.states[:, alleles]]
    elif pairs:
        made[:, :pairs] = ratios.of_pairs(segment.first, segment.second)
        if marker.silent is not None:
            _add_silent(made, segment, marker, ratios)
    doubtful = [one for one in segment.doubtful if not (marker.x_linked and (len(one.call) == 1) != on_x_of_a_man)]
    if doubtful:
        places = [pairs + segment.singles + segment.doubtful.index(one) for one in doubtful]
        made[:, places] = _doubtful(doubtful, marker, ratios)
    return made


def _add_silent(made: Array, segment: Segment, marker: Marker, ratios: Ratios) -> None:
    """One peak may be a homozygote or the allele and a silent one: the mean of both by their frequencies."""
    silent = marker.silent
    assert silent is not None
    same = np.flatnonzero(segment.first == segment.second)
    alleles = segment.first[same]
    p, s = marker.frequencies[alleles], marker.frequencies[silent]
    with_silent = ratios.of_pairs(alleles, np.full(len(alleles), silent))
    made[:, same] = (p * made[:, same] + 2 * s * with_silent) / (p + 2 * s)


def _doubtful(observations: Sequence[Observation], marker: Marker, ratios: Ratios) -> Array:
    """T of doubtful observations: P(seen | genotype) weighed by the frequencies of the genotypes."""
    locus = whole(marker)
    p = marker.frequencies
    full = ratios.full()
    if full.ndim == 2:
        weights = np.stack([single_evidence(locus, one.call, one.dropout, one.error) for one in observations]) * p
        return np.asarray(full @ (weights / weights.sum(axis=1, keepdims=True)).T)
    weights = np.stack([pair_evidence(locus, one.call, one.dropout, one.error) for one in observations])
    weights = (weights * np.outer(p, p)).reshape(len(observations), -1)
    return np.asarray(full.reshape(len(full), -1) @ (weights / weights.sum(axis=1, keepdims=True)).T)


def _fill_with_theta(part: Array, segment: Segment, marker: Marker, targets: Sequence[Target], theta: float) -> None:
    """T with theta: the founders of the family and the unrelated person are one urn, so every entry is two likelihoods."""
    from opencompact.missing.kinship.theta import log10_ratio

    for row, (family, person) in enumerate(targets):
        sex = family.pedigree.person(person).sex
        for place, one in enumerate(segment.doubtful):
            if marker.x_linked and (len(one.call) == 1) != (sex == "male"):
                continue
            seen = Profile("remains", {marker.name: one.call}, sex, one.dropout, one.error)
            part[row, place] = log10_ratio(family, person, seen, marker, theta)
