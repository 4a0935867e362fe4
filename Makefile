# Verbs: setup run french fast test lint bench extension clean lock

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# What a virtual environment, a shell or a package manager may have left behind must not leak in.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: setup setup-dev run french fast test lint bench extension clean lock help

help:
	@echo "make run    set up and serve on http://127.0.0.1:8765"
	@echo "make french add the French language model"
	@echo "make fast   the tests that need no browser, Java, Redis or network; PYTEST=\"tests/actors -x\" chooses"
	@echo "make test   set up everything and run all tests; PYTEST= as above"
	@echo "make lint   ruff, mypy, eslint, tsc, web-ext lint"
	@echo "make bench  the figures of the README, beside those of the peers"
	@echo "make extension  the extension's packages for the stores, into dist/"
	@echo "make clean  remove what setup made"
	@echo "make lock   compile the lock files again (needs uv)"

setup: $(VENV)/.run-ready
setup-dev: $(VENV)/.dev-ready

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' || \
	  { echo "Personae needs Python 3.11 to 3.14; $(PYTHON) is $$($(PYTHON) --version 2>&1). Say which: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Could not make a virtual environment. On Debian: apt install python3-venv" >&2; exit 1; }

$(VENV)/.run-ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt $(VENV)/.run-ready
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

french: setup
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-fr.txt

run: setup
	@$(VENV)/bin/personae serve

node_modules/.ready: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

lint: setup-dev node_modules/.ready
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	npm run --silent lint

# A process that has nothing left takes tests from the one that has most; else they stay in their order, so that
# services and browsers are started once a process.
PYTEST_RUN := $(VENV)/bin/pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal

# Which tests these are follows from the fixtures that they use: tests/conftest.py.
fast: setup-dev node_modules/.ready
	npm run --silent test
	$(PYTEST_RUN) -m "not (browser or java or redis)" $(PYTEST)

# What the tests drive comes first, so that none has a reason to be skipped.
test: setup-dev
	tests/system-packages.sh
	$(MAKE) --no-print-directory lint
	npm run --silent test
	$(PYTEST_RUN) $(PYTEST)

$(VENV)/.bench-ready: requirements-bench.txt $(VENV)/.run-ready
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.txt
	@touch $@

benchmarks/peers/node_modules/.ready: benchmarks/peers/package-lock.json
	cd benchmarks/peers && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

bench: $(VENV)/.bench-ready benchmarks/peers/node_modules/.ready
	$(PY) -m benchmarks.extraction --rounds 3 --plot docs/figures/extraction.svg
	$(PY) benchmarks/actors.py --rounds 3

# Needs nothing but Python; the same files give the same bytes.
extension:
	@$(PYTHON) -m tools.package_extension

clean:
	rm -rf $(VENV) node_modules benchmarks/peers/node_modules dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Needs uv (https://docs.astral.sh/uv/). The files name no registry: pip uses yours.
COMPILE := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
  --no-emit-index-url --custom-compile-command "make lock" pyproject.toml
lock:
	$(COMPILE) --group build --output-file requirements.txt
	$(COMPILE) --group build --extra fr --constraint requirements.txt --output-file requirements-fr.txt
	$(COMPILE) --group dev --extra fr --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --group bench --constraint requirements.txt --override benchmarks/overrides.txt --output-file requirements-bench.txt
