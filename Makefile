# `make demo` and `make test` set up everything they need. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
DATA ?=
AREA ?=
LANGS ?= en
WORKSPACE ?=
TEXTS ?=
TESTS ?= tests
SEED ?=

.PHONY: help demo serve test quick explore lint benchmarks lock catalogues clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/run.stamp: requirements/run.lock pyproject.toml hatch_build.py assets/package-lock.json
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/all.stamp: requirements/all.lock .venv/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/all.lock
	@touch $@

# Tests and axe-core's script take their browser and script from here when none is given.
assets/node_modules/.package-lock.json: assets/package-lock.json
	cd assets && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

demo: .venv/run.stamp  ## build the review of a fictional country, or of a real one: make demo DATA=../shared/data AREA=MEX
	$(BIN)/opencompact demo --out demo $(if $(DATA),--data $(DATA)) $(if $(AREA),--area $(AREA)) $(foreach l,$(LANGS),--lang $(l))

serve: .venv/all.stamp  ## start the service with the synthetic sample, or with real tables: make serve WORKSPACE=demo/workspace TEXTS=../shared/documents
	$(BIN)/opencompact serve $(if $(WORKSPACE),--workspace $(WORKSPACE),--sample) $(if $(TEXTS),--texts $(TEXTS))

test: .venv/all.stamp assets/node_modules/.package-lock.json  ## run all the tests
	$(BIN)/ruff check src tests benchmarks scripts
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

quick: .venv/all.stamp  ## run the tests that take no more than a few seconds each
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser"

explore: .venv/all.stamp  ## draw ten times as many examples for the property tests, new ones each time: make explore TESTS=tests/names SEED=7
	$(BIN)/python -m pytest -n 2 --dist loadfile -m hypothesis --hypothesis-profile=explore $(if $(SEED),--hypothesis-seed=$(SEED)) $(TESTS)

lint: .venv/all.stamp  ## format and check
	$(BIN)/ruff format src tests benchmarks scripts
	$(BIN)/ruff check --fix src tests benchmarks scripts
	$(BIN)/mypy

benchmarks: .venv/all.stamp  ## print every ratio that the docs quote
	$(BIN)/python -m benchmarks

catalogues: .venv/all.stamp  ## bring the translation catalogues up to date with the messages in the source
	$(BIN)/python scripts/catalogues.py update

lock:  ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-header --extra build -o requirements/run.lock
	uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-header --all-extras -c requirements/run.lock -o requirements/all.lock

clean:  ## remove what the build made
	rm -rf .venv assets/node_modules src/opencompact/look/assets demo dist build
