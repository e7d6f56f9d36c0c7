# Each command once. `make demo` and `make test` need Python 3.11, Node 20 and npm, and nothing done before.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
BUILD_SOURCES := $(shell git ls-files frontend src/ejlas/locale 2>/dev/null | grep -v '\.test\.ts$$')
KERNELS := $(wildcard src/ejlas/engine/meetings/tables/*.py src/ejlas/engine/*/kernels/*.py \
  src/ejlas/engine/meetings/tables/kernels/*.py)
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup demo demo-reset test services check again browse lint messages locks bench bench-all docs

help:  ## List these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.warm  ## Prepare .venv/bin/ejlas

# What is never imported need not be compiled, and the rest is when it is.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/.locked: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --no-compile --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ejlas: $(VENV)/.locked pyproject.toml hatch_build.py $(BUILD_SOURCES)
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# What the planner compiles is kept beside its sources: the first plan does not wait for it.
$(VENV)/.warm: $(VENV)/.ejlas $(KERNELS)
	$(BIN)/ejlas engine warm --quiet
	@touch $@

$(VENV)/.dev: $(VENV)/.ejlas requirements-dev.txt
	$(PIP) --no-compile --require-hashes -r requirements-dev.txt
	@touch $@

demo: setup  ## Load, plan, publish and serve the example; PORT= for another port
	@EJLAS_END_WITH_PARENT=1 exec $(BIN)/ejlas demo --port $(PORT)

demo-reset:  ## Forget the demo's data, so that the next demo starts over
	rm -rf var
	@echo "The demo's data are gone; “make demo” starts over."

test: $(VENV)/.dev $(VENV)/.warm  ## All tests that run with Python and Node alone, on SQLite
	cd frontend && npm test --silent
	$(BIN)/python -m pytest -n 2 -m "not services"

services:  ## Install and start PostgreSQL, Redis, Chromium and gettext (as root, on Debian)
	.ci/services

check: $(VENV)/.dev $(VENV)/.warm  ## What needs the services: PostgreSQL, Redis, the browser; and all static checks
	$(MAKE) --no-print-directory again
	$(MAKE) --no-print-directory -j 2 lint browse  # the browser waits much, and the checks take that time

again: $(VENV)/.dev $(VENV)/.warm
	.ci/services --check
	# What may know no database need not be read to find that out.
	DATABASE_URL=postgresql://ejlas:ejlas@127.0.0.1/ejlas REDIS_URL=redis://127.0.0.1:6379/9 \
	  $(BIN)/python -m pytest -n 2 -m "database and not services" $(addprefix --ignore=tests/,architecture benchmarks build engine)

browse: $(VENV)/.dev $(VENV)/.warm
	.ci/services --check
	# A file shares one server and one browser; files without such a test are not even read.
	$(BIN)/python -m pytest -n 2 --dist loadfile -m services $$(grep -rl --include='test_*.py' 'mark\.services' tests)

lint: $(VENV)/.dev  ## ruff, mypy, import contracts, migrations, templates, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd frontend && npm run --silent types
	$(BIN)/python -m django makemigrations --check --dry-run --settings ejlas.config.settings
	$(BIN)/python -m tests.catalogues --check

messages: $(VENV)/.dev  ## Gather the sentences of the interface into the catalogues (needs gettext)
	$(BIN)/python -m tests.catalogues --update

locks:  ## Renew the locks (needs uv)
	uv pip compile $(LOCK_FLAGS) pyproject.toml --extra build --extra dev -o requirements-dev.txt
	uv pip compile $(LOCK_FLAGS) pyproject.toml --extra build -c requirements-dev.txt -o requirements.txt

LOCK_FLAGS := --no-config -q --no-header --no-emit-index-url --no-emit-find-links --generate-hashes \
  --python-version 3.11 --no-annotate

bench: $(VENV)/.dev $(VENV)/.warm  ## Measure the planner beside plain CP-SAT and published values, in under 20 minutes
	$(BIN)/python -m benchmarks meetings

bench-all: $(VENV)/.dev $(VENV)/.warm  ## All benchmarks, for hours; what was measured of the planner is kept, so it can be broken off
	$(BIN)/python -m benchmarks meetings --all
	$(BIN)/python -m benchmarks planning pages desk search people letters passports serving workplan ready_page

docs: $(VENV)/.dev  ## Write the reference pages from the code
	$(BIN)/python -m tests.reference
