# Python 3.11 and make are all that a machine needs; everything else comes into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
DEMO ?= demo

.PHONY: demo install test lint bench nightly clean

# The file's time says when the environment was last brought up to date.
.venv/.installed: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Shiftcast needs Python 3.11 or later; name it with 'make PYTHON=...'"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Shiftcast into .venv (a minute or two the first time) ..."
	@$(PIP) --editable .
	@touch $@

# In two processes, the simulation in the second.
.venv/.compiled: .venv/.installed
	@echo "Compiling the roster engine and the simulation (two to five minutes, once) ..."
	@$(BIN)/python -m shiftcast.scheduling.rostering.engine.warm_up \
	shiftcast.scheduling.simulation.warm_up
	@touch $@

.venv/.test-tools: .venv/.installed
	@echo "Installing the test tools ..."
	@$(PIP) --editable ".[test,lint]"
	@tests/install_browser
	@touch $@

install: .venv/.compiled

demo: install
	@$(BIN)/shiftcast init --sample $(DEMO) --if-absent
	@$(BIN)/shiftcast plan --workspace $(DEMO)

# Tools first: what is compiled must not be installed anew meanwhile.
test: .venv/.test-tools
	@$(MAKE) --no-print-directory -j2 lint .venv/.compiled
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: .venv/.test-tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@MYPYPATH=tests/_root $(BIN)/mypy
	@PYTHONPATH=tests/_root $(BIN)/lint-imports --no-logo 2>/dev/null || PYTHONPATH=tests/_root $(BIN)/lint-imports

bench: .venv/.test-tools install
	@$(BIN)/python -m benchmarks

nightly: .venv/.test-tools install
	@SHIFTCAST_NIGHTLY=1 $(BIN)/python -m pytest -n 2 --dist worksteal -m "slow or not slow"

clean:
	rm -rf .venv build dist *.egg-info demo
