"""The same kernel inside PySpark gives what one machine gives."""

from __future__ import annotations

import os
import shutil
import sys

import numpy as np
import pytest

from opencompact.missing import kinship

pyspark = pytest.importorskip("pyspark")
pytest.importorskip("pyarrow")


@pytest.mark.slow
def test_spark_finds_what_one_machine_finds(event, tmp_path) -> None:
    if shutil.which("java") is None:
        pytest.skip("no Java on PATH")
    from pyspark.sql import SparkSession

    from opencompact.missing.kinship.spark import search_with_spark

    random = np.random.default_rng(11)
    template = event["families"][1]
    event["families"] = [{**template, "name": f"F{number}", "missing": ["C"]} for number in range(7)]
    event["missing"] = []
    event["genotypes_references"] = {
        f"F{number}/W": {
            marker["name"]: sorted(random.choice(marker["alleles"], 2).tolist()) for marker in event["markers"]
        }
        for number in range(7)
    }
    case = kinship.case_of(event)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[1,2,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "512m")
        .config("spark.sql.warehouse.dir", str(tmp_path))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    try:
        found = search_with_spark(session, case, floor=-3.0, partitions=3)
    finally:
        session.stop()
    one = kinship.search(case, floor=-3.0)
    assert found.pairs == one.pairs
    assert {(hit.remains, hit.missing) for hit in found.hits} == {(hit.remains, hit.missing) for hit in one.hits}
    for ours, theirs in zip(found.hits, one.hits, strict=True):
        assert ours.log10_LR == pytest.approx(theirs.log10_LR, abs=1e-12)
