# hrkit: two commands on a fresh machine are `make demo` and `make test`.
# Needs Python 3.11 or newer with venv, and GNU make 3.81 or newer; nothing else by hand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=

.PHONY: demo test test-lowest test-newest golden lab bench lint format simulate soak lock site gallery clean

demo: $(READY)
	$(BIN)/hrkit demo -o reports/demo

# What Python has compiled is kept, whatever the environment says: tests, workers, kernels and commands
# are hundreds of processes, and rewriting every assertion anew takes a worker seven seconds.
test soak: export PYTHONDONTWRITEBYTECODE :=

test: $(READY)
	$(BIN)/python -m pytest $(ARGS)
ifeq ($(strip $(ARGS)),)
	$(BIN)/python -m pytest -q -o addopts= --nbval tests/golden
endif

# What a report says and shows, kept; read the difference before you commit it.
golden: $(READY)
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False tests/golden/released.ipynb
	HRKIT_SNAPSHOTS=write $(BIN)/python -m pytest -q -n 0 -o addopts="--strict-markers --import-mode=importlib" tests/report/test_snapshots.py tests/portfolio/test_benchmark_snapshots.py

# The documentation as a site, in build/site; a link that leads nowhere ends it.
site: $(READY)
	$(BIN)/python website/build.py

# Every deliverable, printed small from the SYNTHETIC municipality, for the site; takes some minutes.
# A part of it: make gallery ARGS="report-full-en agenda-120"
gallery: $(READY)
	$(BIN)/python website/gallery.py $(ARGS)

lab: $(READY)
	$(BIN)/jupyter lab --notebook-dir notebooks

bench: $(READY)
	$(BIN)/python benchmarks/bench.py $(ARGS)

simulate: $(READY)
	$(BIN)/python benchmarks/simulate.py $(ARGS)

soak: $(READY)
	$(BIN)/python -m pytest -m soak -o addopts="-q --strict-markers" $(ARGS)

# Collecting the tests tells in seconds of one that imports what is no more.
lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy hrkit
	$(BIN)/lint-imports
	@told=$$($(BIN)/python -m pytest -q -n 0 -o addopts="--strict-markers --import-mode=importlib" --collect-only) || { echo "$$told" | grep -v '^tests/.*: [0-9]*$$'; exit 1; }

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The same tests on the oldest versions that pyproject.toml names, and on the newest there are; a part: ARGS="tests/answers".
test-lowest: LEVEL := lowest-direct
test-newest: LEVEL := highest
test-lowest test-newest: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(VENV)-$(LEVEL)
	$(BIN)/uv pip compile --quiet --all-extras --no-header --resolution $(LEVEL) --python $(VENV)-$(LEVEL)/bin/python pyproject.toml -o $(VENV)-$(LEVEL)/versions.txt
	$(BIN)/uv pip install --quiet --python $(VENV)-$(LEVEL)/bin/python -r $(VENV)-$(LEVEL)/versions.txt -e .
	PATH="$(CURDIR)/$(VENV)-$(LEVEL)/bin:$$PATH" $(VENV)-$(LEVEL)/bin/python -m pytest $(ARGS)

# Pin every dependency for all platforms; run after changing pyproject.toml.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-header pyproject.toml -o constraints.txt

clean:
	rm -rf $(VENV) $(VENV)-* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Rebuilt when what is installed changes.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hrkit needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(READY)
