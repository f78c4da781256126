"""Sex, with the errors of how it was told.

Method: Marsico, Vigeland, Egeland & Herrera Piñero 2023 (FSI Genetics 66:102891), §2.2. The error rates of each way of knowing are in
`parameters.toml`, each with its source.
"""

from __future__ import annotations

import math

from opencompact.language import N_, said
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.record import Sex


def sex_likelihood_ratio(
    sought: str, found: str, *, error: float, share_female: float, sought_error: float = 0.0
) -> float:
    """LR of two recorded sexes (`F`, `M`): the truth of the person sought errs with `sought_error`, the other with `error`.

    With `sought_error` 0 this is (1 - error) / P(sex) for agreement, error / P(sex) otherwise (Marsico et al. 2023, §2.1);
    P(sex) is that of the people found.
    """
    prior = {"F": share_female, "M": 1 - share_female}
    joint = marginal_sought = 0.0
    for true, share in prior.items():
        stated = 1 - sought_error if true == sought else sought_error
        seen = 1 - error if true == found else error
        joint += share * stated * seen
        marginal_sought += share * stated
    # What the remains of anyone else would be recorded as: their frequencies are counted as recorded.
    return joint / (marginal_sought * prior[found])


def compare_sex(sought: Sex | None, found: Sex | None, parameters: Parameters | None = None) -> Evidence | None:
    """What the two sexes say; None where one is unknown."""
    if sought is None or found is None:
        return None
    settings = (parameters or defaults())["sex"]
    ratio = sex_likelihood_ratio(
        sought.value,
        found.value,
        error=settings["errors"][found.how],
        sought_error=settings["errors"][sought.how],
        share_female=settings["share_female"],
    )
    same = sought.value == found.value
    reason = N_("The sex is the same.") if same else N_("The sex differs; it is told wrongly in {percent} of cases.")
    values: dict[str, object] = {} if same else {"percent": f"{100 * settings['errors'][found.how]:g} %"}
    return Evidence("sex", math.log(ratio), reason, values, said(WORDS[sought.value]), said(WORDS[found.value]))


WORDS = {"F": N_("female"), "M": N_("male")}
