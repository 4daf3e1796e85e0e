# Every command does its own set-up: a .venv with hash-checked packages. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
OUT    ?= out
SEED   ?= 1
PORT   ?= 8080
TOUR_LANG ?= id

# Where an environment forbids it, each of the many processes of a demo or a test compiles every file anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo tour screenshots test check run sabotage soak bench lock simulator clean

help:          ## list the commands
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ -/'

demo: $(VENV)/run.stamp   ## a class of 30 goes through the whole job; results land in out/
	$(RUN) -m bot demo --headless --seed $(SEED) --out $(OUT)

tour: $(VENV)/run.stamp   ## try it all in the browser, with a guided panel (PORT=8080 TOUR_LANG=id|en)
	$(RUN) -m bot tour --seed $(SEED) --port $(PORT) --lang $(TOUR_LANG)

screenshots: $(VENV)/dev.stamp ## take the README's pictures of the tour anew (needs chromium)
	$(RUN) -m tests.screenshots

test: $(VENV)/dev.stamp   ## the whole test suite, SQLite and PostgreSQL
	$(RUN) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/dev.stamp  ## lint, types, import contracts, the questionnaires
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m bot check config/questionnaires/*.md

run: $(VENV)/run.stamp    ## the real bot (settings from the environment or .env)
	$(RUN) -m bot run

simulator: $(VENV)/run.stamp ## a local Telegram on port 8080
	$(RUN) -m bot simulator --port 8080

sabotage: $(VENV)/dev.stamp ## break the code on purpose: each patch must turn its test red
	$(RUN) -m tests.sabotage

soak: $(VENV)/dev.stamp    ## the long tests: kills, faults, races, two years, 3,000 invitations (an hour and more)
	$(RUN) -m pytest -s tests/soak/long_*.py $(ARGS)

bench: $(VENV)/dev.stamp   ## answers a second, beside a ConversationHandler bot in the same run (docs/measured.md)
	$(RUN) -m tests.bench $(ARGS)

lock:          ## compile the lock files anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean:         ## remove what make made
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 14) else "Python 3.11 to 3.14 is needed, this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp
