# All commands that a user or contributor types. `make` alone lists them.

PYTHON ?= python3
UV ?= uv
INPUT ?= seeds
OUT ?= report
JOBS ?= 2
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
export UV
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# matplotlib lists its fonts once, at set-up. Neither a user's matplotlibrc nor IPython start-up files affect the
# notebooks and the report.
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib
test coverage notebooks: export IPYTHONDIR := $(CURDIR)/$(VENV)/ipython
MAKEFLAGS += --no-print-directory

.PHONY: help setup report test docs test-pythons test-spacy coverage check format lint types contracts lab page site workshop course test-course gold \
  gallery bibliography notebooks bench clean lock
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

help:  ## list these commands
	@echo "Close reading of the news. The commands:"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "Variables: PYTHON=python3.12 (which Python sets up), INPUT=folder and OUT=folder (for report),"
	@echo "           JOBS=2 and ARGS='-k sourcing' (for test, coverage), ARGS=--no-browser (for lab), UPGRADE=1 (for lock)"

setup: $(READY)  ## install everything into .venv (once, and again when the lock changes)
	@echo "Ready: $(VENV) ($$($(PY) --version))"

$(READY): requirements.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || \
	  { echo "'$(PYTHON)' is not on this machine. Name a Python 3.11 or newer: make PYTHON=python3.12 setup" >&2; exit 1; }
	@"$(PYTHON)" tools/set_up.py $(VENV)
	@touch $(READY)

report: $(READY)  ## read the articles in seeds/ and write tables, figures and a page to report/
	@$(PY) -m analysis report "$(INPUT)" --out "$(OUT)"
	@echo "The report: $(abspath $(OUT)/index.html)"

test: $(READY)  ## run every test: units, properties, doctests, examples of rules, notebooks
	@$(PY) -m pytest -n $(JOBS) --dist loadfile $(ARGS)

coverage: $(READY)  ## run every test except the notebooks, and report how much of the core they reach
	@$(PY) -m pytest --cov -n $(JOBS) --dist loadfile $(ARGS) tests analysis tools

test-pythons: $(READY)  ## run every test on the other supported Pythons, each in .venv-3.N
	@found="$$($(PY) tools/pythons.py)" || exit 1; for program in $$found; do \
	  version="$${program##*python}" && echo "Python $$version:" && \
	  $(MAKE) VENV=".venv-$$version" PYTHON="$$program" test || exit 1; done

test-spacy: $(READY)  ## test what needs spaCy, in a separate environment (.venv-spacy)
	@test -x .venv-spacy/bin/python || "$(PYTHON)" -m venv .venv-spacy
	@.venv-spacy/bin/python -m pip install -qq -e ".[spacy]" pytest hypothesis
	@.venv-spacy/bin/python -m pytest -o addopts= -W default -q tests/test_entities_backends.py tests/test_exchange_elsewhere.py

test-course: $(READY)  ## test the course with nbgrader and readers of Moodle XML and QTI, in .venv-course
	@test -x .venv-course/bin/python || "$(PYTHON)" -m venv .venv-course
	@.venv-course/bin/python -m pip install -qq -e . "nbgrader>=0.9,<0.10" moodle-xml-parser citolab-qti-convert mistune pytest hypothesis
	@.venv-course/bin/python -m pytest -o addopts= -W default -q tests/test_course_elsewhere.py

lab: $(READY)  ## open JupyterLab on your own copies of the notebooks, in work/
	@$(PY) -m analysis lab $(ARGS)

page: $(READY)  ## build close-reading.html, one file in which you paste an article and see its marks, without a network
	@$(PY) -m analysis page

site: $(READY)  ## build site/, the same page as a folder for a web server
	@$(PY) -m analysis page --site

course: $(READY)  ## build course/, the exercises and the test for Moodle, QTI platforms, H5P and nbgrader
	@$(PY) tools/build_course.py

workshop: $(READY)  ## build workshop/, handouts that open in any browser, even from a USB stick
	@$(PY) -m analysis workshop

gold: $(READY)  ## write our hand annotations in three formats, and the guidelines they follow, to gold/
	@$(PY) tools/build_gold.py
	@echo "The hand annotations: $(abspath gold)"

docs: $(READY)  ## build manual/, the documentation: tutorials, how-tos, every table, command and rule
	@$(PY) tools/build_docs.py

gallery: $(READY)  ## write docs/gallery.md, a picture of every figure with the lines that make it
	@$(PY) tools/build_gallery.py

bibliography: $(READY)  ## write docs/bibliography.md, the works that the rules draw on
	@$(PY) tools/build_bibliography.py

notebooks: $(READY)  ## run the notebooks again and store their outputs
	@$(PY) tools/build_exercises.py
	@$(PY) tools/rebuild_notebooks.py $(ARGS)

bench: $(READY)  ## measure speed, memory and growth; benchmarks/README.md explains how accuracy is measured
	@$(PY) benchmarks/speed.py $(ARGS)

check: lint types contracts  ## run lint, types and contracts, which takes seconds

format: $(READY)  ## format the code, and fix what can be fixed automatically
	@$(PY) -m ruff format
	@$(PY) -m ruff check --fix

lint: $(READY)  ## check the layout, style and complexity of the code, and the prose
	@$(PY) -m ruff format --check
	@$(PY) -m ruff check
	@$(PY) tools/complexity.py
	@$(PY) tools/prose.py

types: $(READY)  ## check the types of the core, strictly
	@$(PY) -m mypy

contracts: $(READY)  ## check that data flows one way (which module may import which)
	@$(VENV)/bin/lint-imports --no-cache --no-logo

clean:  ## remove everything that these commands made, except your copies in work/
	@rm -rf $(VENV) .venv-3.* .venv-spacy .venv-course .coverage .mypy_cache report workshop course gold site manual close-reading.html build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
	@find analysis notebooks tests tools -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

lock:  ## update requirements.lock and environment.yml from pyproject.toml (needs uv)
	@"$(PYTHON)" tools/lock.py $(if $(UPGRADE),--upgrade)
