# The two commands a newcomer needs are `make report` and `make test`; both do all the set-up there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BROWSER := $(VENV)/.browser
OFFICE := $(VENV)/.office
SIGNATURE := $(VENV)/.signature
CRATE := $(VENV)/.crate

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## virtual environment, packages, Pango

$(READY): pyproject.toml requirements.txt scripts/pango scripts/debian
	@sh scripts/pango
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

report: setup  ## the profile of Lithuania's latest year, as a PDF under build/
	$(BIN)/reporter build

$(BROWSER): $(READY) scripts/browser scripts/debian tests/browser/package.json
	@sh scripts/browser
	@touch $(BROWSER)

$(OFFICE): $(READY) scripts/office scripts/debian
	@sh scripts/office
	@touch $(OFFICE)

$(SIGNATURE): $(READY) scripts/signature scripts/debian
	@sh scripts/signature
	@touch $(SIGNATURE)

$(CRATE): $(READY) scripts/crate scripts/debian exhaustive/crate/requirements.txt
	@PYTHON=$(PYTHON) sh scripts/crate
	@touch $(CRATE)

test: setup $(BROWSER) $(OFFICE) $(SIGNATURE)  ## the tests to run at every change, in every room
	@# A fifth of their time, tests wait for a browser or another program: a third process for two cores is worth it.
	$(BIN)/python -m pytest -n 3 tests

exhaustive: setup $(BROWSER) $(OFFICE) $(SIGNATURE) $(CRATE)  ## the rest: every extreme, every moment of a kill, every language
	$(BIN)/python -m pytest exhaustive

same: setup  ## tells which outputs of the program differ from those of REV (main): before each commit of a refactoring
	$(BIN)/python -m scripts.same --rev $(REV)

same-quick: setup  ## the same without PDFs, in a minute
	$(BIN)/python -m scripts.same --rev $(REV) --quick

fuzz: setup  ## reads altered files for FUZZ_MINUTES (5), and keeps those with which a reader fails under .fuzz/
	nice -n 10 $(BIN)/python -m scripts.fuzz

tested: test exhaustive  ## notes what every test passed with, for reporter admin doctor to compare
	$(BIN)/python scripts/tested.py

# Side by side with `make -j 2 lint`.
lint: .layout .types .types-windows .rooms  ## layout, types, and which room may import which

.types: setup
	$(BIN)/mypy

.types-windows: setup
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/windows

.rooms: setup
	$(BIN)/lint-imports

.layout: setup
	$(BIN)/ruff format --check reporter tests scripts exhaustive
	$(BIN)/ruff check --quiet reporter tests scripts exhaustive

update: setup  ## what follows from the program and the catalogue: schema/, the tables of docs/, translations/
	$(BIN)/reporter admin schema --quiet
	$(BIN)/python -m pytest -n 0 --update-golden -k in_their_order tests/test_docs.py exhaustive/test_reliability.py tests/check
	$(BIN)/python scripts/messages.py

examples: setup  ## an example of each message of documents for translators, in translations/document.pot
	$(BIN)/python -m scripts.examples

messages: setup  ## brings translations/*.po up to date and says what is missing
	$(BIN)/python scripts/messages.py

pictures: setup $(BROWSER)  ## the pictures of docs/workbench.md, as the pages are now
	$(BIN)/python -m scripts.pictures

bench: setup $(BROWSER)  ## how fast, against the script a user would write instead
	$(BIN)/python scripts/bench/bench.py
	$(BIN)/python -m scripts.bench.live
	$(BIN)/python scripts/bench/tags.py
	$(BIN)/python scripts/bench/packages.py
	$(BIN)/python -m scripts.bench.disclosure
	$(BIN)/python -m scripts.bench.union

clean:  ## removes what can be made again
	rm -rf $(VENV) tests/browser/node_modules exhaustive/crate/environment build/.cache build/.same build/[A-Z][A-Z] dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis

REV ?= main
FUZZ_MINUTES ?= 5
export FUZZ_MINUTES

.PHONY: help setup report test exhaustive same same-quick fuzz tested lint .types .types-windows .rooms .layout update examples messages pictures bench clean
