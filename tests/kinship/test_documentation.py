"""The tutorial runs as it stands, and the schema holds for every case that the reader takes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from opencompact.missing import kinship

DOCS = Path(__file__).parents[2] / "docs"


def test_every_block_of_the_tutorial_runs() -> None:
    page = (DOCS / "tutorial/kinship.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/tutorial/kinship.md", "exec"), names)


@pytest.fixture(scope="module")
def schema() -> dict:
    return json.loads((DOCS / "reference/kinship-case.schema.json").read_text(encoding="utf-8"))


def test_the_schema_holds_for_every_reference_case(reference: Path, schema: dict) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    files = [path for path in (reference / "kinship").glob("*.json") if not path.name.startswith("n01")]
    assert len(files) > 50
    for path in files:
        assert not list(validator.iter_errors(json.loads(path.read_text()))), path.name


def test_the_schema_holds_for_our_own_format(event, schema: dict) -> None:
    jsonschema.validate(kinship.example(3), schema)
    event["samples"] = {"V1": {"dropout": 0.1, "haplotypes": {"Y": {"DYS19": "14"}}}}
    jsonschema.validate(event, schema)
    event["theta"] = 2
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(event, schema)


def test_every_rule_of_a_command_is_in_the_reference_of_the_format() -> None:
    from opencompact.cli.kinship import kinship as group

    page = (DOCS / "reference/kinship-case.md").read_text(encoding="utf-8") + (DOCS / "tutorial/kinship.md").read_text()
    for name in group.commands:
        assert f"kinship {name}" in page
