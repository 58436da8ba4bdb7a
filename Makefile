# Everything a checkout needs, from one place. `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help setup dev assets build run test check format browser clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATASET ?= dataset
PORT ?= 8000
HOST ?= 127.0.0.1
FRONTEND := queryapp/frontend
VENDOR := queryapp/static/vendor
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Tests run side by side on this many processes.
JOBS ?= 2

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/ready: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip==26.3
	$(PIP) install --constraint .ci/constraints.txt --editable .
	@touch $@

$(VENV)/dev: $(VENV)/ready
	$(PIP) install --constraint .ci/constraints.txt --group dev
	@touch $@

$(VENDOR)/manifest.json: $(FRONTEND)/package-lock.json $(wildcard $(FRONTEND)/*.mjs $(FRONTEND)/src/*)
	@if command -v npm >/dev/null; then \
	  cd $(FRONTEND) && npm ci --silent --no-audit --no-fund && npm run --silent build; \
	else \
	  echo "No npm here: the site does without its fonts and its query editor."; \
	fi

setup: $(VENV)/ready ## environment and dependencies to run it

dev: $(VENV)/dev ## what the tests and checks need besides

assets: $(VENDOR)/manifest.json ## fonts and scripts, from the npm registry

build: setup ## the sample corpus into ./dataset
	$(BIN)/recalling build --out $(DATASET)

run: setup assets build ## the sample corpus, built and served
	$(BIN)/recalling serve $(DATASET) --host $(HOST) --port $(PORT)

browser: ## Chromium for the browser tests, where it can be installed
	@if command -v chromium >/dev/null || [ -n "$$CHROMIUM" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo "The browser tests are skipped: no Chromium here, and installing it needs root and apt."; \
	fi

test: dev assets browser ## all tests, in a browser too
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

check: dev ## style, types, Turtle and shapes, registers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m ingest.validation.validate ontology shapes
	$(BIN)/recalling registers check

format: dev ## lay out the Python as `make check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what was made
	rm -rf $(VENV) $(VENDOR) $(DATASET) $(FRONTEND)/node_modules build dist
