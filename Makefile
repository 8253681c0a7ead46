# Recipes. Each is real commands; `make install` is all the set-up there is.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help install demo test check fast format types lint imports coverage moments mutation bench shots messages docs lock changelog clean

help:  ## list the recipes
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# --without-pip: bare Debian has no ensurepip; the system's pip installs into the environment instead.
$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes --requirement requirements.lock
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/installed  ## make .venv from the hash-locked requirements

demo: install  ## the app with a simulated couple, on SQLite
	$(BIN)/counterpoint demo --port $(PORT)

test: install  ## every test layer whose program is there, and the list of what was left out
	$(BIN)/python tests/run.py

check: install lint imports types fast  ## lint, import rules, types, fast tests

lint: install  ## style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

imports: install  ## the import rules
	$(BIN)/lint-imports --no-cache

types: install  ## static types
	$(BIN)/mypy

fast: install  ## the tests that take seconds
	$(BIN)/python tests/run.py unit property architecture

coverage: install  ## line and branch coverage against the floor
	$(BIN)/coverage run -m pytest -p no:randomly tests/unit tests/property tests/web
	$(BIN)/coverage report

# Midnight in Berlin and in Greenwich, a year's end, both turns of the clock, a leap day, a Sunday.
MOMENTS := 2026-11-25T23:40 2026-12-31T22:57 2027-03-28T00:56 2027-10-31T00:56 2028-02-29T11:30 2026-11-29T23:30

moments: install  ## the web tests at moments that are hard for a clock
	for moment in $(MOMENTS); do COUNTERPOINT_TEST_MOMENT=$$moment $(BIN)/python -m pytest -n 2 tests/web tests/abuse || exit 1; done

mutation: install  ## planted mistakes in rules, consent and sealing, and the table of those noticed
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/python tests/mutation.py

bench: install  ## every speed and accuracy this project states
	for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

shots: install  ## screenshots of every page, phone and desktop, light and dark; look at shots/index.html
	rm -rf shots
	$(BIN)/python -m pytest tests/e2e/test_pages.py tests/e2e/test_reach.py tests/e2e/test_things_go_wrong.py --shots shots; status=$$?; $(BIN)/python tests/gallery.py shots && exit $$status

docs: install  ## the documentation site, into build/site/
	$(BIN)/sphinx-build --quiet --fail-on-warning --builder html --conf-dir docs . build/site

lock:  ## resolve requirements.lock afresh (needs uv on the PATH)
	uv pip compile pyproject.toml --group dev --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet --output-file requirements.lock

messages: install  ## fill the catalogs of every app with the words found in it, and compile them (needs gettext)
	for app in src/counterpoint/web/*/locale; do (cd $$app/.. && PYTHONPATH=$(CURDIR)/src $(CURDIR)/$(BIN)/python -m django makemessages -l de -l es --no-location --no-obsolete --no-wrap --settings counterpoint.web.config.settings_test && PYTHONPATH=$(CURDIR)/src $(CURDIR)/$(BIN)/python -m django compilemessages --settings counterpoint.web.config.settings_test) || exit 1; done

changelog: install  ## fold the fragments into CHANGELOG.md
	$(BIN)/towncrier build --yes

format: install  ## mend style and formatting
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:  ## remove what the recipes made
	rm -rf $(VENV) build dist shots .mypy_cache .ruff_cache .pytest_cache .hypothesis
