# kgdocs: `make serve` builds corpus/ and opens the site, `make test` runs all tests. Both make .venv first.
PYTHON ?= python3
PORT ?= 8001
DB ?= kgdocs.db
BIN := .venv/bin
READY := .venv/.installed
NEXT := datasette==1.0a41
SITE_TESTS = $(wildcard tests/test_publish*.py)

.PHONY: serve test test-next browser fuzz fuzz-tools load audit-packages licences reference lint format score bench docs docs-tools samples newcomer clean

serve: $(READY)
	$(BIN)/kgdocs build corpus --db $(DB)
	$(BIN)/kgdocs serve --db $(DB) --port $(PORT)

test: $(READY)
	$(BIN)/python -m pytest

# The tests of the site on the pinned pre-release of Datasette 1.0, in an environment of its own.
test-next: .venv-next/.installed
	.venv-next/bin/python -m pytest $(SITE_TESTS)

# What the tests in a browser need beside Chromium (Debian: apt install chromium).
browser: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev,browser]'

# Inputs made by chance, led by atheris where it has a wheel; FUZZ="extraction --runs 1000000 --seconds 3600" for options.
fuzz: fuzz-tools
	$(BIN)/python -m tests.fuzz $(FUZZ)

fuzz-tools: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev,fuzz]'

# docs/ as a site in build/docs, made without the network; a link that leads nowhere fails. Look at it with
# python -m http.server --directory build/docs --bind 127.0.0.1
docs: docs-tools
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file .mkdocs.yml

docs-tools: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev,docs]'

# What the commands in the documentation print, written into the pages anew; PAGES="docs/tutorial.md" for some of them.
samples: $(READY)
	$(BIN)/python -m tests.samples $(PAGES)

# README and tutorials followed to the letter in fresh folders, from this checkout and from its wheel, by each Python from
# 3.11 to 3.13 that is here; PYTHONS="/usr/bin/python3.12 …" for others.
newcomer: $(READY)
	$(BIN)/python -m tests.newcomer $(PYTHONS)

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

# Everything as ratios with its aim; BENCH="--quick --json FILE" for options. eyecite is measured where it can be installed.
bench: $(READY)
	@$(MAKE) --no-print-directory .venv-bench/.installed || echo "== eyecite could not be installed"
	$(BIN)/python -m tests.benchmarks $(BENCH)

# Many requests at once on a running site; LOAD="--requests 10000 --at-once 50" for options.
load: $(READY)
	$(BIN)/python -m tests.benchmarks.load $(LOAD)

# The list of licences, from what all the packages say of themselves.
licences: browser fuzz-tools docs-tools
	$(BIN)/python -m tests.licences

# The pages and schemas of docs/reference, from commands, tables, findings and types.
reference: $(READY)
	$(BIN)/python -m tests.reference

# Known holes in the pinned packages, in an environment of its own; where the database cannot be reached it says so.
audit-packages: constraints.txt
	@test -x .venv-audit/bin/pip-audit || { $(PYTHON) -m venv .venv-audit && .venv-audit/bin/python -m pip install --quiet 'pip-audit==2.10.1'; }
	@rm -f .venv-audit/found.json
	@.venv-audit/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip --timeout 15 --progress-spinner off \
	  --format json --output .venv-audit/found.json 2> .venv-audit/told || true
	@$(PYTHON) tests/audited.py .venv-audit/found.json || { cat .venv-audit/told; exit 1; }

# One environment for all targets: versions from constraints.txt, remade when what is declared changes.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kgdocs needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt pip hatchling editables
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $(READY)

# What that line of Datasette wants newer than constraints.txt says is left free; all else is the same.
.venv-next/.installed: pyproject.toml constraints.txt Makefile
	$(PYTHON) -m venv .venv-next
	grep -viE '^(datasette|httpx|httpcore|pydantic|pydantic_core|click)==' constraints.txt > .venv-next/constraints.txt
	.venv-next/bin/python -m pip install --quiet --constraint .venv-next/constraints.txt pip hatchling editables
	.venv-next/bin/python -m pip install --quiet --constraint .venv-next/constraints.txt --no-build-isolation --editable . '$(NEXT)' datasette-auth-passwords pytest hypothesis
	@touch $@

# eyecite by itself: one of the packages that it needs installs a module named tests, which would hide ours.
.venv-bench/.installed: tests/benchmarks/eyecite.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --constraint constraints.txt --requirement tests/benchmarks/eyecite.txt
	@touch $@

clean:
	rm -rf .venv .venv-next .venv-audit .venv-bench build/docs $(DB)
