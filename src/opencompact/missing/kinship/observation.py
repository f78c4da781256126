"""P(what the laboratory saw | the true pair of alleles), as a matrix over ordered pairs of states.

Silent alleles, drop-out, undetermined alleles and typing error all enter here and nowhere else.

* one peak `a`: with a silent allele s the pair may be (a, a), (a, s) or (s, a);
* drop-out: every visible copy is lost independently with probability d (Slooten 2011, FSI Genetics 5: 308):
  P({a,b} | ab) = (1-d)², P({a} | ab) = d(1-d), P({a} | aa) = 1-d²;
* `a` and undetermined: any pair that has an a;
* typing error e: with probability e the reading is that of an unrelated person, so what was seen has the probability
  (1-e)·P(seen | pair) + e·P(seen | population).
"""

from __future__ import annotations

import numpy as np

from opencompact.missing.kinship.case import UNDETERMINED, Array, Call
from opencompact.missing.kinship.lumping import Locus


def visible(call: Call) -> tuple[int, ...]:
    """The different alleles that a call names, sorted."""
    return tuple(sorted({allele for allele in call if allele != UNDETERMINED}))


def is_exact(call: Call, dropout: float, error: float, silent: int | None) -> bool:
    """Whether the call says the pair of alleles without doubt."""
    if UNDETERMINED in call or dropout > 0 or error > 0:
        return False
    return silent is None or len(set(call)) == len(call) > 1


def pair_evidence(locus: Locus, call: Call, dropout: float = 0.0, error: float = 0.0) -> Array:
    """P(call | paternal state, maternal state), shape (states, states); all ones where nothing was determined."""
    size = locus.size
    seen = [int(locus.states[allele]) for allele in visible(call)]
    if not seen:
        return np.ones((size, size))
    if UNDETERMINED in call:
        has = np.zeros((size, size))
        has[seen, :] = 1.0
        has[:, seen] = 1.0
        return _with_error(has, locus, error)
    return _with_error(_shown(locus, seen, dropout), locus, error)


def _shown(locus: Locus, seen: list[int], d: float) -> Array:
    evidence = np.zeros((locus.size, locus.size))
    if len(seen) == 2:
        a, b = seen
        evidence[a, b] = evidence[b, a] = (1 - d) ** 2
        return evidence
    a = seen[0]
    evidence[a, :] = evidence[:, a] = d * (1 - d)
    evidence[a, a] = 1 - d * d
    if locus.silent is not None:
        evidence[a, locus.silent] = evidence[locus.silent, a] = 1 - d
    return evidence


def single_evidence(locus: Locus, call: Call, dropout: float = 0.0, error: float = 0.0) -> Array:
    """P(call | the one state that a man has on X), shape (states,)."""
    seen = [int(locus.states[allele]) for allele in visible(call)]
    evidence = np.ones(locus.size)
    if seen:
        evidence = np.zeros(locus.size)
        if len(seen) == 1:
            evidence[seen[0]] = 1 - dropout
    if error:
        evidence = (1 - error) * evidence + error * float(evidence @ locus.frequencies)
    return evidence


def _with_error(evidence: Array, locus: Locus, error: float) -> Array:
    if not error:
        return evidence
    population = float(locus.frequencies @ evidence @ locus.frequencies)
    return np.asarray((1 - error) * evidence + error * population)
