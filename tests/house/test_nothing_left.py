"""What a test changes of the process is undone after it, so that tests run in any order and in any company."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from opencompact import compact
from opencompact.cli import speaking
from opencompact.errors import UnknownCodeError
from opencompact.statistics import areas
from opencompact.statistics.sample import places


def test_environment_folder_language_areas_and_memory_are_as_before(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    house = request.config.pluginmanager.getplugin(str(Path(__file__).parents[1] / "conftest.py"))
    before = dict(os.environ), Path.cwd(), speaking.spoken(), compact.areas(), gc.isenabled(), gc.get_threshold()
    with house._undone():
        os.environ["OPENCOMPACT_WORKSPACE"] = "elsewhere"
        del os.environ["OPENCOMPACT_LANG"]
        os.chdir(tmp_path)
        speaking.choose("ar")
        places.register()
        gc.disable()
        gc.set_threshold(1, 1, 1)
    after = dict(os.environ), Path.cwd(), speaking.spoken(), compact.areas(), gc.isenabled(), gc.get_threshold()
    assert after == before


def test_what_is_derived_from_areas_follows_them() -> None:
    assert areas.code_or_none(places.focus()) is None
    with compact.registered_areas(places.DEFINITION):
        assert areas.code_or_none(places.focus()) == places.focus()
        assert places.world() in areas.groups()
        number = compact.areas_known()
        places.register()
        assert compact.areas_known() == number, "registering the same areas again changes nothing"
    assert areas.code_or_none(places.focus()) is None
    assert places.world() not in areas.groups()
    with pytest.raises(UnknownCodeError):
        compact.area(places.focus())


def test_help_in_english_is_the_same_after_another_language() -> None:
    from click.testing import CliRunner

    from opencompact.cli.main import opencompact

    def help_of(*arguments: str) -> str:
        return CliRunner().invoke(opencompact, [*arguments, "values", "--help"]).output

    before = help_of("--language", "en")
    assert help_of("--language", "zh") != before
    assert help_of("--language", "en") == before
