"""Power, chance hits, lineages and the evidence sheet."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from opencompact.cli.kinship import kinship as command
from opencompact.language import LANGUAGES
from opencompact.missing import kinship
from opencompact.missing.kinship import chance, lineage, sheet
from opencompact.missing.kinship.case import HaplotypeDatabase
from opencompact.missing.kinship.power import drop_genes, power, simulate


def test_gene_dropping_has_the_frequencies_and_the_mendelian_shares(event) -> None:
    case = kinship.case_of(event)
    family, marker = case.families[0], case.markers[2]
    dropped = drop_genes(family, marker, 20_000, np.random.default_rng(1))
    shares = np.bincount(dropped["F"].ravel(), minlength=6) / 40_000
    assert shares == pytest.approx(marker.frequencies, abs=0.01)
    shared = (dropped["B1"][:, 0] == dropped["B2"][:, 0]).mean()
    homozygosity = float((marker.frequencies**2).sum())
    assert shared == pytest.approx(0.5 + 0.5 * homozygosity, abs=0.02)


def test_power_is_seeded_and_its_intervals_hold(event) -> None:
    case = kinship.case_of(event)
    target = case.missing[2]
    first = power(case, target, simulations=300, seed=5)
    assert first == power(case, target, simulations=300, seed=5)
    assert first != power(case, target, simulations=300, seed=6)
    assert first.mean.low < first.mean.value < first.mean.high
    for estimate in (*first.reach.values(), *first.chance.values()):
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def test_the_mean_ratio_of_strangers_is_one(event) -> None:
    """E[LR | stranger] = 1 (Good 1950): what table, gene dropping and strangers must agree on."""
    case = kinship.case_of(event)
    family, person = case.missing[2]
    _, stranger = simulate(case, family, person, ("W",), 20_000, 3)
    assert (10.0**stranger).mean() == pytest.approx(1.0, abs=0.05)


def test_more_relatives_help_more_and_are_ranked(event) -> None:
    case = kinship.case_of(event)
    advice = kinship.whom_to_sample(case, case.missing[2], simulations=200)
    assert [relative for relative, _ in advice] == ["F"]
    alone = power(case, case.missing[2], simulations=200)
    assert advice[0][1].mean.value > alone.mean.value


def test_chance_hits_by_convolution_are_those_of_enumeration(event) -> None:
    case = kinship.case_of(event)
    target = case.missing[0]
    found = chance.distribution(case, target)
    true = chance.distribution(case, target, true_person=True)
    values, weights = np.zeros(1), np.ones(1)
    for marker in case.markers:
        from opencompact.missing.kinship.tables import table_of

        ratios = table_of(*target, marker).full()[0].ravel()
        shares = np.outer(marker.frequencies, marker.frequencies).ravel()
        values = (values[:, None] + np.log10(ratios)[None]).ravel()
        weights = (weights[:, None] * shares[None]).ravel()
    for threshold in (-2.0, -1.0, 0.0, 0.5, 1.0):
        near = weights[np.abs(values - threshold) < 0.03].sum()
        assert found.at_least(threshold) == pytest.approx(weights[values >= threshold].sum(), abs=near + 1e-9)
    assert found.mass.sum() == pytest.approx(1.0, abs=1e-9)
    assert true.mass.sum() == pytest.approx(1.0, abs=1e-9)
    for threshold in (0.5, 1.0):
        assert found.at_least(threshold) <= 10**-threshold


def test_a_hit_says_how_many_chance_hits_to_expect(event) -> None:
    case = kinship.case_of(event)
    hits = kinship.rank(case, kinship.search(case, floor=-5))
    assert hits
    for hit in hits:
        assert 0 <= hit.expected_chance_hits <= len(case.remains)
        assert 0 <= hit.posterior <= 1
    by_remains: dict[str, float] = {}
    for hit in hits:
        by_remains[hit.remains] = by_remains.get(hit.remains, 0.0) + hit.posterior
    assert max(by_remains.values()) < 1, "being nobody of those sought is never ruled out in an open event"


def test_a_shared_y_haplotype_speaks_for_the_line_and_not_for_the_person(event) -> None:
    event["samples"] = {
        "S": {"haplotypes": {"Y": {"DYS19": "14", "DYS390": "24", "DYS391": "10"}}},
        "V1": {"haplotypes": {"Y": {"DYS19": "14", "DYS390": "24", "DYS391": "10"}}},
        "V2": {"haplotypes": {"Y": {"DYS19": "15", "DYS390": "21", "DYS391": "11"}}},
    }
    event["haplotype_databases"] = {"Y": {"size": 999, "counts": {"DYS19=14;DYS390=24;DYS391=10": 4}}}
    case = kinship.case_of(event)
    family = case.families[0]
    ratios = {
        (person, remains.id): lineage.ln_lineage_ratio(case, family, person, remains)
        for person in ("B1", "B2")
        for remains in case.remains[:2]
    }
    assert ratios["B1", "V1"] == ratios["B2", "V1"]
    assert ratios["B1", "V1"] == pytest.approx(math.log(200) + 3 * math.log(1 - 0.004), abs=1e-9)
    assert ratios["B1", "V2"] < math.log(1e-3)
    assert lineage.ln_lineage_ratio(case, case.families[1], "C", case.remains[0]) == 0.0
    listed = {(person, remains): power for remains, person, power in kinship.lineages_of(case)}
    assert listed == {pair: pytest.approx(ratio / math.log(10)) for pair, ratio in ratios.items()}


def test_kappa_makes_an_unseen_haplotype_rarer_than_the_count_does() -> None:
    plain = HaplotypeDatabase("Y", 1000)
    brenner = replace(plain, singletons=800)
    haplotype = {"DYS19": "14"}
    assert lineage.haplotype_probability(haplotype, plain) == pytest.approx(1 / 1001)
    assert lineage.haplotype_probability(haplotype, brenner) == pytest.approx((1 - 801 / 1001) / 1001)
    assert lineage.haplotype_probability(haplotype, replace(plain, theta=0.01)) > 0.01


def test_the_sheet_names_the_markers_that_need_a_mutation(event) -> None:
    event["genotypes_victims"]["V1"]["TH01"] = ["12", "12"]
    case = kinship.case_of(event)
    found = kinship.evidence_sheet(case, "V1", "C")
    needs = {locus.marker for locus in found.loci if locus.needs_mutation}
    assert needs == {"TH01", "FGA", "SE33"} & needs
    assert "TH01" in needs
    assert any("mutation at TH01" in sentence for sentence in sheet.sentences(found, "en"))
    assert {one.kind for one in found.sensitivity} == {"theta", "mutation"}
    assert found.log10_LR == pytest.approx(sum(locus.log10_LR for locus in found.loci))


def test_the_sheet_says_where_a_lost_allele_is_likelier(event) -> None:
    event["samples"] = {"V1": {"dropout": 0.2}}
    event["genotypes_victims"]["V1"]["SE33"] = ["10", "10"]
    event["genotypes_references"]["A/M"]["SE33"] = ["12", "12"]
    event["genotypes_references"]["S"]["SE33"] = ["10", "12"]
    found = kinship.evidence_sheet(kinship.case_of(event), "V1", "B1")
    assert {locus.marker for locus in found.loci if locus.needs_dropout} == {"SE33"}
    assert found.symmetric == ("B2",)


def test_other_populations_are_part_of_the_sensitivity(event) -> None:
    event["populations"] = {"East": {"THO1": {"10": 0.7, "11": 0.1, "12": 0.1, "13": 0.1}}}
    found = kinship.evidence_sheet(kinship.case_of(event), "V1", "B1")
    other = next(one for one in found.sensitivity if one.kind == "population")
    assert other.assumption == "East"
    assert other.log10_LR != pytest.approx(found.log10_LR, abs=1e-6)


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_the_page_is_one_page_in_each_language(event, tmp_path: Path, code: str) -> None:
    import pypdfium2

    found = kinship.evidence_sheet(kinship.case_of(event), "V1", "B1")
    path = sheet.write_sheet(found, tmp_path / "sheet.pdf", code)
    document = pypdfium2.PdfDocument(path)
    pages, text = len(document), document[0].get_textpage().get_text_range()
    document.close()
    assert pages == 1
    assert "V1" in text or code == "ar", "the order of a right-to-left text layer is the reader's business"
    if code != "en":
        assert sheet.closing(code) != sheet.closing("en")
    assert sheet.as_sheet(found, code).running


def test_the_page_is_html_too_and_says_the_same(event, tmp_path: Path) -> None:
    from html import unescape

    found = kinship.evidence_sheet(kinship.case_of(event), "V1", "B1")
    html = unescape(sheet.write_sheet(found, tmp_path / "sheet.html", "en").read_text("utf-8"))
    said = [
        *sheet.sentences(found, "en"),
        *(cell for row in sheet.rows(found, "en") for cell in row),
        sheet.closing("en"),
    ]
    assert [words for words in said if words not in html] == []


def test_power_and_evidence_from_the_command_line(event, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(event))
    arguments = ["power", str(file), "--missing", "C", "--simulations", "50", "--whom", "--json"]
    found = json.loads(CliRunner().invoke(command, arguments, catch_exceptions=False).stdout)
    assert found["power"][0]["missing"] == "C"
    assert found["whom_to_sample"]["C"][0]["relative"] == "F"
    arguments = ["evidence", str(file), "--remains", "V1", "--missing", "B1", "--json"]
    shown = json.loads(CliRunner().invoke(command, arguments, catch_exceptions=False).stdout)
    assert len(shown["loci"]) == 3
    assert shown["sentences"][0].startswith("The profile of the remains is")


def test_a_power_of_ten_keeps_its_order_among_words_written_from_the_right() -> None:
    from opencompact.missing.kinship import sheet

    assert sheet.power_of_ten(8.4, "en") == "2.5 × 10⁸"
    assert sheet.power_of_ten(-12.6, "en") == "2.5 × 10⁻¹³"
    assert sheet.power_of_ten(8.99, "en") == "9.8 × 10⁸"
    assert sheet.power_of_ten(8.999, "en") == "1.0 × 10⁹"
    assert sheet.power_of_ten(3.0, "en") == "1,000"
    assert sheet.power_of_ten(8.4, "ar").startswith("\u2066")
    assert sheet.power_of_ten(8.4, "ar").endswith("\u2069")
