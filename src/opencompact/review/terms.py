"""What the review calls verdicts, reasons, absences, groups of people and places that are none: the words, not the grammar."""

from __future__ import annotations

from opencompact.language import N_
from opencompact.statistics.assessment import Presence, Reason, Verdict

VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.FAST_ENOUGH: (N_("towards the target, fast enough"), N_("in the wanted direction, clearly")),
    Verdict.TOO_SLOWLY: (N_("towards it, too slowly"), N_("in the wanted direction, too slowly")),
    Verdict.NO_CLEAR_CHANGE: (N_("no clear change"), N_("no clear change")),
    Verdict.AWAY: (N_("away from it"), N_("away from the wanted direction")),
}

REASONS: dict[Reason, str] = {
    Reason.NO_VALUE: N_("there is no value since 2015"),
    Reason.ONE_POINT: N_("there are no two values a year apart since 2015"),
    Reason.TOO_FEW_POINTS: N_("there are fewer than five values since 2015, too few to tell a course from chance"),
    Reason.AFTER_BREAK: N_("there are too few values that compare with one another to tell a course from chance"),
    Reason.NO_DIRECTION: N_("no text says which direction is better"),
    Reason.NO_TARGET: N_("no text states a target"),
    Reason.PARITY: N_("growth says nothing about nearness to parity"),
    Reason.BASE_ZERO: N_("the first value is zero"),
    Reason.TARGET_ZERO: N_("the target is zero"),
    Reason.NEGATIVE: N_("a value is negative"),
    Reason.SIGN_CHANGE: N_("the values change sign"),
    Reason.BASE_IS_TARGET: N_("the first value equals the target"),
    Reason.TARGET_YEAR_PASSED: N_("the year of the target had passed"),
}

ABSENCES: dict[Presence, str] = {
    Presence.MISSING: N_("not published"),
    Presence.DOUBTFUL: N_("0 or not reported"),
    Presence.NOT_COLLECTED: N_("not collected"),
    Presence.SUPPRESSED: N_("suppressed"),
    Presence.NOT_APPLICABLE: N_("not applicable"),
}

DIMENSIONS: dict[str, str] = {
    "sex": N_("by sex"),
    "age": N_("by age"),
    "migratory_status": N_("by migratory status"),
    "origin": N_("by origin"),
}

GROUPS: dict[str, str] = {
    "F": N_("women"),
    "M": N_("men"),
    "MIGRANT": N_("migrants"),
    "NONMIGRANT": N_("non-migrants"),
    "Y0T17": N_("children"),
    "Y_LT18": N_("children"),
    "Y_GE18": N_("adults"),
}

# Ages as SDMX codes them, and how a group of that age is called.
AGES: tuple[tuple[str, str, str], ...] = (
    (
        r"Y(?P<first>\d+)T(?P<last>\d+)",
        N_("{people} aged {first} to {last}"),
        N_("people aged {first} to {last}"),
    ),
    (r"Y_GE(?P<first>\d+)", N_("{people} aged {first} and over"), N_("people aged {first} and over")),
    (r"Y_LT(?P<last>\d+)", N_("{people} aged under {last}"), N_("people aged under {last}")),
    (r"Y0", N_("{people} under one year of age"), N_("children under one year of age")),
    (r"Y(?P<first>\d+)", N_("{people} aged {first}"), N_("people aged {first}")),
)

# Units in which tables are published that are no indicator's own.
UNITS: dict[str, str] = {
    "not stated": N_("unit not stated by the publisher"),
    "US dollars, millions": N_("millions of US dollars"),
    "constant usd ($ thousands)": N_("thousands of US dollars at constant prices"),
    "gbp (£ thousands)": N_("thousands of pounds sterling"),
    "rate per 100,000 (3 year average)": N_("per 100,000 workers, average of three years"),
}

# What is counted one by one: whole numbers, with a singular and a plural. A displacement is a movement, not a person.
COUNTS = frozenset({"persons", "displacements"})

# What the levels of indicator 10.7.2 mean, as its publisher has them.
POLICY = "level of policy"
POLICY_LEVELS: dict[float, str] = {
    1: N_("requires further progress"),
    2: N_("partially meets the criteria"),
    3: N_("meets the criteria"),
    4: N_("fully meets the criteria"),
}

# Counterparts that are no area, as the publishers write them.
NO_PLACE: dict[str, str] = {
    "OOO": N_("not told by country"),
    "UNK": N_("not known"),
    "UKN": N_("not known"),
    "STA": N_("stateless"),
    "XXA": N_("stateless"),
}

# English puts an article before these names where a sentence goes through them.
_ENGLISH_ARTICLE = (
    "United ", "Netherlands", "Philippines", "Russian Federation", "Dominican Republic", "Central African Republic",
    "Congo", "Democratic ", "Gambia", "Bahamas", "Comoros", "Maldives", "Marshall Islands", "Solomon Islands",
    "Cook Islands", "Niger", "Sudan", "Syrian Arab Republic", "Lao People", "Republic of ", "World", "Inner Sea",
    "Outer Coast", "Sample world", "Least developed", "Caribbean", "Americas", "State of", "D. R. Congo", "D. P. R. Korea",
    "Holy See", "Isle of Man", "Czech Republic", "French Southern", "Landlocked", "Small island",
)  # fmt: skip
_NO_ENGLISH_ARTICLE = ("Nigeria",)


def takes_article(name: str) -> bool:
    """Whether an English sentence that goes through this name of an area puts "the" before it."""
    if name.startswith(_NO_ENGLISH_ARTICLE):
        return False
    return name.startswith(_ENGLISH_ARTICLE) or " Islands" in name
