# Two commands for a newcomer: `make map` and `make test`. Each sets up all it
# needs in .venv (Python 3.11 or later), with the versions pinned in requirements/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MAP := ptce-map.html

.DEFAULT_GOAL := help
.PHONY: help map test lint bench generated lock screenshot clean

help:
	@echo "make map    set everything up, write the first map and print its path"
	@echo "make test   set everything up, run the tests"
	@echo "make lint   style and types      make generated   rewrite the generated files"
	@echo "make bench  ours beside networkx and raw pyvis on invented data (half an hour)"
	@echo "make lock   pin the versions     make screenshot  picture of the map for the README"

map: $(VENV)/.run
	@$(BIN)/ptce-graph viz -o $(MAP)

test: $(VENV)/.dev
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.measures
	@$(BIN)/python -m benchmarks.maps
	@$(BIN)/python -m benchmarks.serve
	@$(BIN)/python -m benchmarks.path

generated: $(VENV)/.dev
	@$(BIN)/python tools/generate_terms.py
	@$(BIN)/python tools/compile_messages.py
	@$(BIN)/python tools/write_coverage.py
	@$(BIN)/python tools/write_data_folder.py
	@$(BIN)/python tools/write_measures.py
	@$(BIN)/python tools/write_scorecard.py

lock: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/python tools/lock.py

screenshot: $(VENV)/.dev map
	@$(BIN)/python tools/screenshot.py $(MAP) docs/images/map.png

clean:
	rm -rf $(VENV) $(MAP) ptce-build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "ptce-graph needs Python 3.11 or later; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "The venv module is missing; on Debian or Ubuntu: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up ptce-graph in $(VENV) (once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up ptce-graph and its tests in $(VENV) (once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
