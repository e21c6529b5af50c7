# kgdocs: `make serve` builds corpus/ and opens the site, `make test` runs all tests. Both make .venv first.
PYTHON ?= python3
PORT ?= 8001
DB ?= kgdocs.db
BIN := .venv/bin
READY := .venv/.installed

.PHONY: serve test lint format score bench clean

serve: $(READY)
	$(BIN)/kgdocs build corpus --db $(DB)
	$(BIN)/kgdocs serve --db $(DB) --port $(PORT)

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Accuracy on the answers beside corpus/ and tests/held_out/, and on ../shared/gold where it is present.
score: $(READY)
	$(BIN)/kgdocs score corpus --per-document --floors tests/floors.json
	$(BIN)/kgdocs score tests/held_out --per-document --floors tests/floors.json
	@for gold in dev seed; do \
	  if [ -d ../shared/gold/$$gold ]; then $(BIN)/kgdocs score ../shared/gold/$$gold --per-document --floors tests/floors.json || exit 1; fi; \
	done

# Ratios to plain re and to spaCy's tokeniser, and growth on adversarial inputs; BENCH="--quick --json FILE" for options.
bench: $(READY)
	$(BIN)/python -m tests.benchmarks $(BENCH)

# One environment for all targets: versions from constraints.txt, remade when what is declared changes.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kgdocs needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt pip hatchling editables
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf .venv $(DB)
