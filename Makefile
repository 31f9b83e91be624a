# Everything sets itself up: a virtual environment in .venv, and the Pulumi command in the user's cache folder.
PYTHON ?= python3
BIN := .venv/bin
export PULUMI_CI_ENGINE_INSTALLER ?= on

.PHONY: help demo test check unit bench drift-matrix generated engine clean
help:
	@echo "make demo          the quickstart against the emulator, with a real engine"
	@echo "make test          all tests; make unit: those without an engine; make check: types and style"
	@echo "make bench         calls and time of 300 resources beside a do-nothing provider"
	@echo "make drift-matrix  which changes made behind the program's back are seen, kind by kind"
	@echo "make generated     writes the type stubs and schemas from the declarations"

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

engine: .venv/ready
	$(BIN)/pulumi-ci engine install

demo: .venv/ready
	$(BIN)/pulumi-ci demo

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pulumi-ci stubs --check
	$(BIN)/pulumi-ci schema --check

unit: check
	$(BIN)/python -m pytest -n auto -m "not engine"

test: check engine
	$(BIN)/python -m pytest -n auto

bench: engine
	$(BIN)/python benchmarks/scale.py

drift-matrix: .venv/ready
	$(BIN)/python tests/conformance/matrix.py

generated: .venv/ready
	$(BIN)/pulumi-ci stubs
	$(BIN)/pulumi-ci schema

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
