# Everything sets itself up: a virtual environment in .venv, and the Pulumi command in the user's cache folder.
PYTHON ?= python3
BIN := .venv/bin
export PULUMI_CI_ENGINE_INSTALLER ?= on

.PHONY: help demo demo-promote test check unit bench bench-full fast-mode kill-rounds record emulator-load drift-matrix fault-matrix fuzz live generated lock audit kind check-kind engine clean
help:
	@echo "make demo          the quickstart against the emulator, with a real engine"
	@echo "make demo-promote  a change tried in dev goes to prod: drift, export, compare, plan, apply"
	@echo "make test          all tests; make unit: those without an engine; make check: types and style"
	@echo "make bench         calls, time and memory of 10 to 300 resources beside two other ways; bench-full: to 1,000"
	@echo "make fast-mode     300 resources without checkpoints, killed five times; the next up finds them all"
	@echo "make kill-rounds   a changing program, its runs killed 20 times at random moments: nothing is lost"
	@echo "make record        the state of every kind as the running version leaves it, for the upgrade tests of later ones"
	@echo "make emulator-load requests a second of the emulator beside moto's, and 100,000 templates in a bucket"
	@echo "make drift-matrix  which changes made behind the program's back are seen, kind by kind"
	@echo "make fault-matrix  what each fault at each call of each kind comes to: retried, told, healed"
	@echo "make fuzz          10,000 cases of garbage for each door; 500 of them are part of the tests"
	@echo "make live          asks a real bucket what the documents leave open: make live BUCKET=... REGION=... [PROBE=--runs]"
	@echo "make generated     writes the type stubs and schemas from the declarations"
	@echo "make lock          the newest versions for development and CI into constraints.txt, for every supported Python"
	@echo "make audit         known vulnerabilities of these versions, and how many packages got no verdict"
	@echo "make kind NAME=... writes the skeleton of a kind; make check-kind NAME=... says what it still lacks"

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --constraint constraints.txt
	@touch $@

engine: .venv/ready
	$(BIN)/pulumi-ci engine install

demo: .venv/ready
	$(BIN)/pulumi-ci demo

demo-promote: .venv/ready
	$(BIN)/pulumi-ci demo --promote

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pulumi-ci stubs --check
	$(BIN)/pulumi-ci schema --check

unit: check
	$(BIN)/python -m pytest -n auto --dist loadscope -m "not engine"

test: check engine
	$(BIN)/python -m pytest -n auto --dist loadscope

bench: engine
	$(BIN)/python -m benchmarks

bench-full: engine
	$(BIN)/python -m benchmarks 10 30 100 300 1000

fast-mode: engine
	FAST_MODE_RESOURCES=300 FAST_MODE_KILLS=5 $(BIN)/python -m pytest -s tests/acceptance/test_fast_mode.py

kill-rounds: engine
	KILL_ROUNDS=20 $(BIN)/python -m pytest -s tests/acceptance/test_kill_rounds.py

record: engine
	PYTHONPATH=tests $(BIN)/python -m upgrade.record

emulator-load: .venv/ready
	$(BIN)/python -m benchmarks.emulator_load

drift-matrix: .venv/ready
	$(BIN)/python tests/conformance/matrix.py

fault-matrix: .venv/ready
	$(BIN)/python tests/reliability/matrix.py

fuzz: .venv/ready
	HYPOTHESIS_CASES=10000 $(BIN)/python -m pytest -n auto tests/reliability/test_fuzz.py

# Uses the account of TENCENTCLOUD_SECRET_ID; no test does. PROBE holds further options, such as --switches.
live:
	@test -n "$(BUCKET)" -a -n "$(REGION)" || { echo "make live needs BUCKET and REGION, best of an empty bucket"; exit 2; }
	@$(MAKE) --no-print-directory .venv/ready
	$(BIN)/pulumi-ci probe --bucket "$(BUCKET)" --region "$(REGION)" --yes --output choices.yaml $(PROBE)

generated: .venv/ready
	$(BIN)/pulumi-ci stubs
	$(BIN)/pulumi-ci schema

.tools/ready:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet 'uv>=0.5' 'pip-audit>=2.7'
	@touch $@

lock: .tools/ready
	.tools/bin/uv pip compile --quiet --universal --python-version 3.10 --extra dev --upgrade --no-annotate \
		--custom-compile-command 'make lock' --output-file constraints.txt pyproject.toml

audit: .tools/ready
	@.tools/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip --progress-spinner off --format json \
		2>/dev/null | .tools/bin/python .ci/audit.py

# PAGES names the vendor's pages about the kind, such as PAGES="460/94315 460/94394".
kind: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m scaffold.new_kind "$(NAME)" $(PAGES)

check-kind: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m scaffold.check_kind "$(NAME)"

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis
