# The virtual environment and everything in it comes from the lock file; nothing else is needed but Python, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := demo-out
TRUCE := syria-coh-2016

.PHONY: install demo test lint types imports check docs lock clean

install: $(STAMP)

INDEX := $(wildcard src/trucewatch/gazetteer/*.py src/trucewatch/gazetteer/data/*.csv)   # what the place index is built from

$(STAMP): requirements-dev.lock pyproject.toml hatch_build.py $(INDEX)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: Python 3.11 or newer is needed: make PYTHON=python3.12 install"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: install
	mkdir -p $(DEMO)
	rm -f $(DEMO)/demo.db
	$(BIN)/trucewatch add --verbose --store $(DEMO)/demo.db examples/pages
	@echo
	$(BIN)/trucewatch assess --truce $(TRUCE) --store $(DEMO)/demo.db --summary
	@echo
	$(BIN)/trucewatch brief --truce $(TRUCE) --store $(DEMO)/demo.db -o $(DEMO)/brief.html -o $(DEMO)/brief.md
	@echo "open $(DEMO)/brief.html in a browser, or decide on it yourself:"
	@echo "$(BIN)/trucewatch serve --store $(DEMO)/demo.db --truce $(TRUCE)"

test: install
	$(BIN)/python -m pytest -n auto

lint: install
	$(BIN)/ruff check

types: install
	$(BIN)/mypy

imports: install
	$(BIN)/lint-imports

check: test lint types imports

docs: install
	$(BIN)/python docs/refresh.py
	$(BIN)/python -m trucewatch.cli.reference > docs/cli.md

# Made with the oldest Python that is supported, so that one lock fits all of them.
lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: PIP_COMPILE = $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --no-emit-options
lock: install
	$(PIP_COMPILE) --extra dev -o requirements-dev.lock pyproject.toml
	cp requirements-dev.lock requirements.lock
	$(PIP_COMPILE) -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) $(DEMO) build dist
