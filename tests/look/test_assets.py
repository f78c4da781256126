"""Fonts, boundaries and scripts: a source tree that nobody has built brings them itself, and says what to type where it cannot."""

from pathlib import Path

import pytest

from opencompact.errors import InputError
from opencompact.look.fonts import PARTS, _bring


def test_a_source_tree_brings_them_itself(tmp_path: Path) -> None:
    folder = tmp_path / "assets"
    made = f"import pathlib\nfor part in {PARTS}: (pathlib.Path({str(folder)!r}) / part).mkdir(parents=True)"
    (tmp_path / "hatch_build.py").write_text(made)
    _bring(folder, tmp_path)
    assert {path.name for path in folder.iterdir()} == set(PARTS)


@pytest.mark.parametrize("script", ["raise SystemExit('no npm')", "pass"])
def test_where_it_cannot_the_command_to_type_is_named(tmp_path: Path, script: str) -> None:
    (tmp_path / "hatch_build.py").write_text(script)
    with pytest.raises(InputError) as found:
        _bring(tmp_path / "assets", tmp_path)
    assert f"{tmp_path}/hatch_build.py" in str(found.value.remedy)


def test_an_installed_package_without_them_is_to_be_installed_again(tmp_path: Path) -> None:
    with pytest.raises(InputError) as found:
        _bring(tmp_path / "assets", tmp_path)
    assert "from its wheel" in str(found.value.remedy)
