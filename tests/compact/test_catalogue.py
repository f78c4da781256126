"""The catalogue that ships, files that people write, and the official list once somebody has it."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from opencompact.compact import (
    Catalogue,
    CatalogueFaults,
    area,
    catalogue,
    load_official_list,
    objectives,
    official_list,
    read_catalogue,
)
from opencompact.compact.indicators import DIMENSIONS
from opencompact.compact.template import csv_template, toml_template
from opencompact.errors import InputError, InvalidDataError, OpenCompactError, StoreError, UnknownCodeError
from opencompact.language import LANGUAGES

FORMAT = Path(__file__).parents[2] / "docs" / "reference" / "catalogue-format.md"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return catalogue()


def test_what_ships_is_never_official(shipped: Catalogue) -> None:
    assert not any(entry.official for entry in shipped.indicators())
    assert {entry.tier for entry in shipped.indicators()} == {"provisional", "context"}
    assert not shipped.official_list.loaded
    assert str(shipped.official_list) == "official list not loaded"


def test_every_indicator_has_names_in_six_languages_that_differ(shipped: Catalogue) -> None:
    scripts = {"ar": "[؀-ۿ]", "zh": "[一-鿿]", "ru": "[Ѐ-ӿ]"}
    for entry in (*shipped.indicators(), *shipped.units, *shipped.questions):
        assert set(entry.names) == set(LANGUAGES)
        for code, script in scripts.items():
            assert re.search(script, entry.name(code)), (entry.id, code)
    for entry in shipped.indicators():
        assert entry.translated == set(LANGUAGES)
        assert all(entry.short(code) for code in LANGUAGES)
        # "Population" is an English word and a French one.
        assert len(set(entry.names.values())) >= 5, entry.id


def test_ids_are_unique_and_what_they_refer_to_exists(shipped: Catalogue) -> None:
    ids = [entry.id for entry in shipped.indicators()]
    assert len(set(ids)) == len(ids)
    for entry in shipped.indicators():
        assert set(entry.objectives) <= set(range(1, 24))
        assert set(entry.disaggregations) <= set(DIMENSIONS)
        assert shipped.unit(entry.unit)
        assert entry.computation is not None
        assert entry.questions
        assert entry.sources
        assert entry.citations
        assert shipped.indicator(entry.canonical).same_as is None


def test_the_candidates_of_the_sdg_framework_are_all_there(shipped: Catalogue, reference: Path) -> None:
    text = (reference / "compact-systems.md").read_text(encoding="utf-8")
    table = text[text.index("### 1.4") : text.index("## 2.")]
    rows = re.findall(r"^\| ([\d, ]+) \| ([\d.abc/ =]+) \| (.+?) \| (.+?) \|$", table, flags=re.M)
    assert len(rows) >= 18
    compared = 0
    for numbers, codes, english, chinese in rows:
        for code in re.findall(r"\d+\.[\dabc]+\.\d+", codes.split("=")[0]):
            entry = shipped.indicator(code)
            assert set(map(int, numbers.split(","))) <= set(entry.objectives)
            # The note writes "see yml" for some, shortens 8.8.2 and writes Chinese with Latin commas.
            if chinese != "see yml" and code != "8.8.2":
                assert entry.name("en").replace("–", "-") == english
                assert entry.name("zh").translate(str.maketrans("，（）", ",()")) == chinese
                compared += 1
    assert compared >= 15


def test_a_target_names_the_text_that_states_it(shipped: Catalogue) -> None:
    targets = {entry.id: entry.targets for entry in shipped.indicators() if entry.targets}
    assert all(target.citations for found in targets.values() for target in found)
    cost = targets["10.c.1"][0]
    assert (cost.comparison, cost.value, cost.year) == ("<", 3, 2030)
    assert str(cost.citations[0]) == "A/RES/73/195, annex, ¶36(a)"
    corridor = targets["remittances.corridor-cost"][0]
    assert (corridor.comparison, corridor.value) == ("<=", 5)


def test_a_number_of_people_who_move_is_neither_good_nor_bad(shipped: Catalogue) -> None:
    for id in ("migrants", "migrants.share", "emigrants", "net-migration", "asylum.applications", "border-detections"):
        assert shipped.indicator(id).direction == "neither"


def test_an_unknown_indicator_is_an_error_with_near_ones(shipped: Catalogue) -> None:
    with pytest.raises(UnknownCodeError, match=r"refugees\.hosted"):
        shipped.indicator("refugee.hosted")


def test_indicators_are_chosen_by_objective_and_tier(shipped: Catalogue) -> None:
    assert "10.7.3" in {entry.id for entry in shipped.indicators(8)}
    assert {entry.tier for entry in shipped.indicators(8, "context")} == {"context"}
    assert shipped.indicators(official=True) == ()
    for objective in objectives():
        assert all(objective.number in entry.objectives for entry in shipped.indicators(objective.number))


def test_the_documentation_lists_what_ships(shipped: Catalogue) -> None:
    text = FORMAT.read_text(encoding="utf-8")
    section = text[text.index("## The indicators that ship") : text.index("## Units")]
    rows = re.findall(r"^\| `([^`]+)` \| ([\d, ]+) \| ([^|]+) \| ([^|]*)\|$", section, flags=re.M)
    listed = {id: (tuple(map(int, numbers.split(","))), unit.strip()) for id, numbers, unit, _ in rows}
    assert listed == {entry.id: (entry.objectives, entry.unit) for entry in shipped.indicators()}
    units = text[text.index("## Units") : text.index("## Computations")]
    assert re.findall(r"^\| `([^`]+)`", units, flags=re.M) == [unit.id for unit in shipped.units]


def test_the_example_of_the_documentation_loads(tmp_path: Path) -> None:
    text = FORMAT.read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    file.write_text(text.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    mine = catalogue(file).indicator("my.recruitment-fees")
    assert mine.name("es").startswith("Trabajadores")
    # A language that the file does not name has the English name, and says that it has no translation.
    assert mine.name("ru") == mine.name("en")
    assert mine.translated == {"en", "es"}
    assert mine.questions[0].kind == "survey"
    assert mine.computation is not None
    assert mine.computation.name().startswith("Workers")


def test_both_templates_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(toml_template(), encoding="utf-8")
    (tmp_path / "b.csv").write_text(csv_template(), encoding="utf-8")
    assert read_catalogue(tmp_path / "a.toml").indicators == read_catalogue(tmp_path / "b.csv").indicators


def test_an_indicator_of_a_file_takes_the_place_of_the_one_that_ships(tmp_path: Path, shipped: Catalogue) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(_entry(id="10.7.3", tier="core", official="true"), encoding="utf-8")
    found = catalogue(file)
    assert len(found.indicators()) == len(shipped.indicators())
    entry = found.indicator("10.7.3")
    assert (entry.tier, entry.official) == ("core", True)
    assert entry.sources == shipped.indicator("10.7.3").sources
    assert entry.short("fr") == shipped.indicator("10.7.3").short("fr")


# --- Bad files: what is wrong, where, and what to do -----------------------------------------------------------------

_GOOD = {
    "id": '"x.one"',
    "objectives": "[8]",
    "tier": '"provisional"',
    "official": "false",
    "name": '{ en = "One" }',
    "unit": '"persons"',
    "direction": '"down"',
}


def _entry(**changes: str) -> str:
    texts = {key: value if key in ("official", "objectives") else f'"{value}"' for key, value in changes.items()}
    return "[[indicator]]\n" + "".join(f"{key} = {value}\n" for key, value in {**_GOOD, **texts}.items())


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("id", '"Ten Seven"', "id"),
        ("objectives", "[24]", "objectives"),
        ("objectives", "[]", "objectives"),
        ("objectives", '["eight"]', "objectives"),
        ("tier", '"main"', "tier"),
        ("official", "true", "official"),
        ("official", '"perhaps"', "official"),
        ("name", '{ fr = "Un" }', "name"),
        ("name", '{ en = "One", de = "Eins" }', "language"),
        ("unit", '"bushels"', "unit"),
        ("direction", '"sideways"', "direction"),
        ("disaggregations", '["height"]', "disaggregations"),
        ("questions", '["nobody.asks"]', "questions"),
        ("computation", "3", "computation"),
        ("colour", '"blue"', "unknown-key"),
        ("targets", '[{ comparison = "near", value = 3, citations = ["x, ¶1"] }]', "target"),
        ("targets", '[{ comparison = "<", value = "three", citations = ["x, ¶1"] }]', "target"),
        ("targets", '[{ comparison = "<", value = 3, year = 30, citations = ["x, ¶1"] }]', "target"),
        ("targets", '[{ comparison = "<", value = 3, year = 2030 }]', "target"),
    ],
)
def test_a_fault_is_found_with_its_place_and_remedy(tmp_path: Path, key: str, value: str, rule: str) -> None:
    file = tmp_path / "bad.toml"
    wrong = "\n[[indicator]]\n" + "".join(f"{k} = {v}\n" for k, v in {**_GOOD, "id": '"x.two"', key: value}.items())
    file.write_text(_entry() + wrong, encoding="utf-8")
    with pytest.raises(CatalogueFaults) as caught:
        read_catalogue(file)
    fault = caught.value
    assert fault.rule == rule
    assert (fault.place.file, fault.place.row) == (str(file), 10)
    assert (fault.place.column or "").split("_")[0].startswith(key.removesuffix("s"))
    assert fault.remedy


def test_a_missing_id_and_one_used_twice_are_faults(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(_entry() + _entry(), encoding="utf-8")
    with pytest.raises(CatalogueFaults, match="row 1 already"):
        read_catalogue(file)
    file.write_text(_entry().replace('id = "x.one"\n', ""), encoding="utf-8")
    with pytest.raises(CatalogueFaults, match="column id"):
        read_catalogue(file)


@pytest.mark.parametrize(
    ("unit", "meant"),
    [
        ("%", "percent"),
        ("Per cent", "percent"),
        ("person", "persons"),
        ("per 100,000 population", "per 100000 population"),
    ],
)
def test_a_unit_that_is_written_otherwise_is_told_with_the_one_that_is_meant(
    tmp_path: Path, unit: str, meant: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        f'id,objectives,tier,official,name_en,unit,direction\nc.1,1,core,true,A name,"{unit}",up\n', "utf-8"
    )
    with pytest.raises(CatalogueFaults) as caught:
        read_catalogue(path)
    assert (caught.value.place.column, caught.value.remedy) == ("unit", f"Write {meant}.")


def test_an_indicator_of_a_table_may_be_the_same_as_one_that_ships(tmp_path: Path, shipped: Catalogue) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "id,same_as,objectives,tier,official,name_en,unit,direction\nc.8,10.7.3,8,core,true,Deaths,persons,down\n",
        "utf-8",
    )
    assert shipped.with_file(read_catalogue(path)).indicator("c.8").canonical == "10.7.3"


def test_all_faults_of_a_file_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(_entry(tier="main", unit="bushels"), encoding="utf-8")
    with pytest.raises(CatalogueFaults, match="1 more fault") as caught:
        read_catalogue(file)
    assert {fault.rule for fault in caught.value.faults} >= {"tier", "unit"}


def test_a_fault_in_a_table_has_its_row_and_column(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(
        "id,objectives,tier,official,name_en,unit,direction\n"
        "x.one,8; 9,provisional,no,One,persons,up\n"
        "x.two,8; 30,provisional,no,Two,persons,up\n",
        encoding="utf-8",
    )
    with pytest.raises(CatalogueFaults) as caught:
        read_catalogue(file)
    assert (caught.value.place.row, caught.value.place.column, caught.value.value) == (3, "objectives", 30)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", b"[[indicator]\n", "not TOML"),
        ("a.toml", b"\xff\xfe\x00", "UTF-8"),
        ("a.toml", b"", "no indicator"),
        ("a.toml", b"indicator = 3\n", "not a list"),
        ("a.csv", b"name,unit\nx,persons\n", "lacks id"),
        ("a.csv", b"id,objectives,tier,name_en,colour\nx,1,core,X,blue\n", "colour"),
        ("a.xlsx", b"PK\x03\x04broken", ""),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_catalogue(file)
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


def test_an_absent_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for name in ("none.toml", "none.csv"):
        with pytest.raises(InputError, match="none"):
            read_catalogue(tmp_path / name)


# --- The official list -------------------------------------------------------------------------------------------


def _list(folder: Path, core: int = 27, additional: int = 83) -> Path:
    """A made-up list of the right size: its names say that it is made up."""
    tiers = ["core"] * core + ["additional"] * additional
    entries = [
        _entry(id=f"made-up.{n}", tier=tier, official="true", objectives=f"[{n % 23 + 1}]")
        for n, tier in enumerate(tiers)
    ]
    file = folder / "list.toml"
    file.write_text("\n".join(entries), encoding="utf-8")
    return file


def test_the_official_list_comes_back_as_it_was_loaded(tmp_path: Path) -> None:
    file, workspace = _list(tmp_path), tmp_path / "workspace"
    state = load_official_list(file, workspace, today=TODAY)
    assert (state.core, state.additional, state.complete) == (27, 83, True)
    kept = official_list(workspace)
    assert kept is not None
    assert kept[0].indicators == read_catalogue(file).indicators
    assert kept[1] == state
    found = catalogue(workspace=workspace)
    assert len(found.indicators(official=True)) == 110
    assert str(found.official_list) == "official list loaded: 27 core and 83 additional indicators"
    assert not catalogue(workspace=tmp_path / "another").official_list.loaded


def test_the_official_list_is_taken_as_a_table_too(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = [f"made-up.{n},8,{'core' if n < 27 else 'additional'},true,Made up {n},persons,down" for n in range(110)]
    file.write_text("\n".join(["id,objectives,tier,official,name_en,unit,direction", *rows]), encoding="utf-8")
    assert load_official_list(file, tmp_path / "workspace", today=TODAY).complete


def test_loading_again_replaces_the_list_and_leaves_nothing_behind(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    load_official_list(_list(tmp_path), workspace, today=TODAY)
    load_official_list(_list(tmp_path, core=3, additional=1), workspace, today=TODAY, incomplete=True)
    state = catalogue(workspace=workspace).official_list
    assert (state.core, state.additional, state.complete) == (3, 1, False)
    assert "27 and 83" in str(state)
    assert len(list((workspace / "catalogue").iterdir())) == 2


def test_a_list_of_another_size_or_tier_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    with pytest.raises(InvalidDataError, match="27 and 83"):
        load_official_list(_list(tmp_path, core=26), workspace, today=TODAY)
    file = tmp_path / "own.toml"
    file.write_text(_entry(), encoding="utf-8")
    with pytest.raises(InvalidDataError, match="row 1, column tier"):
        load_official_list(file, workspace, today=TODAY, incomplete=True)
    with pytest.raises(OpenCompactError):
        load_official_list(tmp_path / "none.toml", workspace, today=TODAY)
    assert not workspace.exists()


def test_a_bad_list_leaves_the_one_that_was_there(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    before = load_official_list(_list(tmp_path), workspace, today=TODAY)
    bad = tmp_path / "bad.toml"
    bad.write_text(_entry(tier="main"), encoding="utf-8")
    with pytest.raises(CatalogueFaults):
        load_official_list(bad, workspace, today=TODAY)
    assert catalogue(workspace=workspace).official_list == before


def test_a_damaged_list_is_an_error_not_an_empty_one(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    load_official_list(_list(tmp_path), workspace, today=TODAY)
    kept = json.loads((workspace / "catalogue" / "official-list.json").read_text(encoding="utf-8"))["kept"]
    (workspace / "catalogue" / kept).write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="catalogue load"):
        catalogue(workspace=workspace)


def test_every_source_that_the_catalogue_names_is_one_that_can_be_imported(shipped: Catalogue) -> None:
    from opencompact.statistics.sources import contract

    named = {source for entry in shipped.indicators() for source in entry.sources}
    assert {source for source in named if contract.source(source)} == named


def test_the_code_of_an_indicator_is_never_taken_for_an_m49_code(shipped: Catalogue) -> None:
    # 3.7.2 is not 372, Ireland.
    for entry in shipped.indicators(tier="provisional"):
        with pytest.raises(UnknownCodeError):
            area(entry.id)
