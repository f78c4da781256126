"""The sources: for each, one declarative definition (`<name>.toml`) and at most a page of code (`<name>.py`).

How to add one is told in `contract`.
"""
