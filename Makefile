# `make` lists what can be done. A machine needs Python 3.11+, make and git; the rest is set up as it is needed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test sure fast soak bench lock format vendor pictures clean ready ready-to-test checks

PY := .venv/bin/python
PORT ?= 8000
INSTANCE ?= $(CURDIR)/instance
AUDIT_ENVIRONMENT ?= demonstration
WORKERS ?= auto
export FLASK_APP := audit_app
export PYTHONUNBUFFERED := 1

help: ## List what can be done (this list)
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | while IFS="$$(printf '\t')" read -r target words; do printf '  make %-10s %s\n' "$$target" "$$words"; done
	@printf '\n  PORT=8001 and INSTANCE=folder change where `make run` serves and what it keeps its data in.\n'

run: export PORT := $(PORT)
run: export INSTANCE := $(INSTANCE)
run: export AUDIT_ENVIRONMENT := $(AUDIT_ENVIRONMENT)
run: ready ## Set up what is missing, then serve on http://127.0.0.1:8000 with demonstration data
	@exec $(PY) -m tools.setup.serve

test: ready-to-test checks ## Set up what is missing, then check and test everything
	$(PY) -m pytest -n $(WORKERS) -m "not browser"
	$(PY) -m pytest -n $(WORKERS) --dist loadfile -m browser

sure: test ## The same as make test

fast: ready-to-test-quickly ## The pure tests, in seconds
	$(PY) -m pytest -q -m pure

soak: ready-to-test ## The long forms of races, state machines and faults
	$(PY) -m pytest -n $(WORKERS) -m soak

bench: ready-to-test-quickly ## What is fast, as ratios of two things run in turn (SIZE=1000000 KEEP=folder ONLY="G1 G7")
	$(PY) -m benchmarks $(if $(SIZE),--size $(SIZE)) $(if $(KEEP),--keep $(KEEP)) $(if $(ONLY),--only $(ONLY))

lock: ready-to-test-quickly ## Compile requirements*.in to locks with hashes
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) tools/setup/requirements-postgres.in --output-file tools/setup/requirements-postgres.txt

format: ready-to-test-quickly ## Mend style and imports
	$(PY) -m ruff check --fix --quiet .
	$(PY) -m ruff format .

vendor: ready-to-test-quickly ## Fetch the vendored stylesheets and scripts again (needs npm)
	$(PY) -m tools.vendor_assets

pictures: ready-to-test ## Take the pictures of the README and the documents again
	$(PY) -m tools.pictures

clean: ## Remove what set-up and tests made; the data of an installation is left alone
	rm -rf .venv .postgres-wheel .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

LOCK = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"
SETUP = python=$$(tools/setup/find-python) && "$$python" -m tools.setup.environment

ready:
	@$(SETUP) run

ready-to-test-quickly:
	@$(SETUP) test

ready-to-test: ready-to-test-quickly
	@$(PY) -m tools.setup.chromium
	@$(PY) -m tools.setup.postgres

checks: ready-to-test-quickly
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
