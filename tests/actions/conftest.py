"""The areas of the sample, and its actions on a day of its own."""

import datetime
from collections.abc import Iterator

import pytest

from opencompact.actions.model import Action
from opencompact.actions.sample import sample_actions

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module", autouse=True)
def fictional_areas() -> Iterator[None]:
    from opencompact import compact
    from opencompact.statistics.sample.places import DEFINITION

    with compact.registered_areas(DEFINITION):
        yield


@pytest.fixture
def sample() -> tuple[Action, ...]:
    return sample_actions(TODAY)
