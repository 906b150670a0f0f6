# make run: the window. make test: every check. Both set up .venv first, once.
.PHONY: run test test-long walk bench screenshots words machine clean
.DELETE_ON_ERROR:
.DEFAULT_GOAL := run

# Always by its interpreter: scripts in .venv/bin break when the folder is moved.
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check -qq
CATALOGUES := $(wildcard resources/words/*/*.po)

# Without a display the program writes opening.png and says so.
run: .venv/machine .venv/words
	@$(PYTHON) -m viewer

test: .venv/machine .venv/words .venv/developer
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports_command as lint; lint()"
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

# What takes minutes: some hundred kills of a program that edits.
test-long: .venv/machine .venv/words .venv/developer
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -m long -s

# Through the real window on a screen of its own, by keys and mouse; pictures in build/walk/.
walk: .venv/machine .venv/words .venv/developer
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -m long tests/walk -rs

bench: .venv/machine .venv/words
	@$(PYTHON) -m tests.bench $(FILE)

screenshots: .venv/machine .venv/words
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.screenshots

words: .venv/words

machine: .venv/machine

clean:
	rm -rf .venv build dist .coverage .pytest_cache .mypy_cache .ruff_cache

.venv/made:
	@.ci/machine python
	@python3 -m venv .venv
	@touch $@

# The program's own dependencies.
.venv/program: .venv/made pyproject.toml
	@echo "Setting up .venv (once)"
	@$(PIP) install --editable .
	@touch $@

# What the checks need besides.
.venv/developer: .venv/program
	@$(PIP) install --editable ".[dev]"
	@touch $@

.venv/machine: .venv/program .ci/machine .ci/lacking.py
	@.ci/machine qt
	@touch $@

.venv/words: .venv/program $(CATALOGUES)
	@$(PYTHON) -m viewer.words.compile
	@touch $@
