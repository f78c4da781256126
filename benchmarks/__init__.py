"""Benchmarks: ratios from one run, the machine's load beside them. `python -m benchmarks` runs them all."""
