# Every target here is something CI or a newcomer runs. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(not ((3,11) <= sys.version_info[:2] <= (3,14)))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKERS ?= 1000000
PIP := $(BIN)/pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all:
CATALOGUE := portal/translations/en/LC_MESSAGES/messages

.PHONY: help run test bench quality lock translations permissions clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Bến Việc needs Python 3.11, 3.12, 3.13 or 3.14; none of them was found (python3 is: $$(python3 --version 2>&1))."; exit 1; fi
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the portal needs (about a minute the first time) …"
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need …"
	$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $(VENV)/.run $@

# A peer that has no wheel for this machine is named in the table; the bench runs without it.
$(VENV)/.bench: requirements-bench.txt $(VENV)/.dev
	@echo "Installing the peers that the bench measures against …"
	-$(PIP) -r requirements-bench.txt
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po $(VENV)/.run
	$(BIN)/pybabel --quiet compile --use-fuzzy -d portal/translations

run: $(VENV)/.run $(CATALOGUE).mo ## the portal with believable data on http://127.0.0.1:8000 (PORT= for another)
	@$(BIN)/python -m portal.serve --port $(PORT)

test: $(VENV)/.dev $(CATALOGUE).mo ## every test, on SQLite and on PostgreSQL; journeys where Chromium is found
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

bench: $(VENV)/.bench $(CATALOGUE).mo ## speed of ranking and of pages, beside peers, to bench/results (WORKERS= for fewer than a million)
	@mkdir -p bench/results
	$(BIN)/python -m matching bench --workers $(WORKERS) --out bench/results/ranking.json
	$(BIN)/python -m portal.bench --workers $(WORKERS) --json bench/results/pages.json

quality: $(VENV)/.dev $(CATALOGUE).mo ## format, lint, types, templates, translations, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint portal/templates --lint --quiet
	$(BIN)/python -m tests.translations

lock: ## compile the requirements with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --only-binary :all: -q requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-bench.in -o requirements-bench.txt

translations: $(VENV)/.run ## collect the sentences of the pages into the English catalogue
	@mkdir -p build
	$(BIN)/pybabel --quiet extract -F babel.cfg -k _l -k lazy_gettext --no-location --sort-output --omit-header -o build/messages.pot portal
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header -i build/messages.pot -d portal/translations -l en
	$(BIN)/pybabel --quiet compile --use-fuzzy -d portal/translations

permissions: $(VENV)/.run ## write the table of routes in docs/permissions.md anew
	@mkdir -p build
	@$(BIN)/flask --app wsgi permissions > build/routes.md
	@sed -i '/<!-- routes -->/q' docs/permissions.md
	@cat build/routes.md >> docs/permissions.md

clean: ## remove what was built; keeps instance/
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
