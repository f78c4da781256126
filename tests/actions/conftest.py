"""The areas of the sample, and its actions on a day of its own."""

import datetime
from collections.abc import Iterator

import pytest

from opencompact.actions.model import Action
from opencompact.actions.sample import sample_actions
from opencompact.compact import registered_areas
from opencompact.statistics.sample.places import DEFINITION

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module", autouse=True)
def fictional_areas() -> Iterator[None]:
    with registered_areas(DEFINITION):
        yield


@pytest.fixture
def sample() -> tuple[Action, ...]:
    return sample_actions(TODAY)
