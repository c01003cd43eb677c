# Needs git, make and Python 3.11 or newer; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test lint type unit cover soak format snapshots example wheel docs clean bench bench-peers bench-profile

demo: $(VENV)/.ready
	rm -rf $(DEMO)
	$(BIN)/vaultflow init $(DEMO) --example
	$(BIN)/vaultflow --vault $(DEMO) daily
	@echo
	@head -n 40 "$$(ls -1 $(DEMO)/Reviews/*.md | tail -n 1)"

test: lint type unit

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

type: $(VENV)/.ready
	$(BIN)/mypy

unit: $(VENV)/.ready
	$(BIN)/pytest --numprocesses auto

# Which lines no test runs; it takes twice as long.
cover: $(VENV)/.ready
	$(BIN)/pytest --numprocesses auto --cov --cov-report=term

soak: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,oracle]"
	$(BIN)/pytest tests/soak -v

format: $(VENV)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

snapshots: $(VENV)/.ready
	$(BIN)/pytest --snapshot-update

# The example vault's pages as of the day that it is written for.
example: $(VENV)/.ready
	$(BIN)/vaultflow --vault example-vault --today 2026-11-23 refresh

wheel: $(VENV)/.ready
	$(BIN)/python -m build --wheel

# The bars of speed as ratios: docs/reference/benchmarks.md. `make bench BENCH_NOTES=1000` is quicker.
SIZES = $(if $(BENCH_NOTES),--notes $(BENCH_NOTES))

bench: $(VENV)/.ready
	$(BIN)/python benchmarks/bench.py bars $(SIZES)

bench-peers: $(VENV)/.ready
	$(BIN)/python benchmarks/bench.py peers $(SIZES)

bench-profile: $(VENV)/.ready
	$(BIN)/python benchmarks/bench.py profile $(SIZES)

docs: $(VENV)/.ready
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .coverage

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("VaultFlow needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@
