# Everything sets itself up: python3 (3.11 or newer, with venv) and make are enough.
# PORT, HOST, DATELINE_HOME, DATABASE_URL and EMPTY=1 are obeyed (docs/reference/settings.md).
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What was compiled once is kept, whatever the shell says: each worker of a test run, and each process that a test starts,
# would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
# What is the same on PostgreSQL runs once: what asks no database (tests/engines.py leaves out what else asks none), what
# asks each door and way in turn, and pages of the desk whose verbs have tests of their own in their rooms; each page is
# opened on PostgreSQL still (test_desk_pages.py). `make test` leaves out there what asks nothing that another test does
# not ask as well (tests/engines.py; the run on SQLite writes into ASKED what each test asks). `make soak` runs all of it.
SAME_EVERYWHERE := $(addprefix --ignore=tests/,lib cli net exchange test_house.py test_licences.py) \
  $(addprefix --ignore-glob=,'*_pure*.py' '*_fuzz.py' '*_templates.py' '*_routes.py' '*_doors.py' '*_roles.py' \
  '*_refusals.py' '*_outsiders.py' '*_audit.py' '*/translation/test_translation_machine_services.py' \
  $(patsubst %,'*/desk/test_desk_%.py',pick pick_more picker pictures submitted_pictures correcting other_side by_hand \
  identity putting_right gists readers_post asking))
# A test that hangs prints the stacks of its threads after nine minutes and takes its worker with it: no run waits for it.
PYTEST := $(BIN)/python -m pytest --rerun-show-tracebacks -o faulthandler_timeout=540 -o faulthandler_exit_on_timeout=true
.PHONY: help run test test-postgres check format bench soak shots lock messages clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/run ## set up what is missing and serve the site and the desk (EMPTY=1: without the sample)
	@exec $(BIN)/dateline run $(if $(EMPTY),--empty)

test: ASKED := $(CURDIR)/.pytest_cache/asked
test: .venv/test ## every test, with a browser, on SQLite and, where there is one, on PostgreSQL
	@$(BIN)/python tests/support/prepare.py
	ASKED=$(ASKED) $(PYTEST) -n 3 --dist loadfile
	$(MAKE) --no-print-directory test-postgres ASKED=$(ASKED)

test-postgres: .venv/test ## what says something else on PostgreSQL (EVERY_CASE=1: all of it)
	EVERY_CASE=$(EVERY_CASE) ASKED=$(ASKED) $(BIN)/python tests/support/on_postgres.py $(PYTEST) -n 3 --dist loadfile -m "not browser and not kill and not corpus" $(if $(EVERY_CASE),,$(SAME_EVERYWHERE))

check: .venv/test ## format, lint, types, import rules, templates, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	@find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --check --target-version 5.2
	DJANGO_SETTINGS_MODULE=dateline.config.test_settings $(BIN)/python -m django makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=dateline.config.test_settings $(BIN)/python -m django check --fail-level WARNING

format: .venv/test ## write the code as the formatter wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2

bench: .venv/test ## every benchmark; prints ratios against its peers
	@for script in benchmarks/*/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

soak: ON_BOTH := tests/rights/test_rights_machine.py tests/publishing/test_publishing_machine.py
soak: .venv/test ## the long proofs, whole; resumable (SEED=1)
	$(BIN)/python tests/support/soak.py --seed $(or $(SEED),1)
	$(BIN)/python tests/support/on_postgres.py $(BIN)/python tests/support/soak.py --seed $(or $(SEED),1) $(ON_BOTH)
	$(MAKE) --no-print-directory test-postgres EVERY_CASE=1

shots: .venv/test ## screenshots of every page into docs/screens
	$(BIN)/python tests/support/shots.py

lock: .venv/test ## lock the dependencies again, with hashes
	@for name in run test translate; do \
	  $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
	    --override requirements/overrides.txt requirements/$$name.in -o requirements/$$name.txt; done

# The desk speaks English with every string marked; the catalogues have what readers meet, and no guesses. What readers
# meet and has no words yet is told by tests/publishing/test_publishing_words.py.
messages: .venv/test ## gather strings for translation and compile the catalogues
	$(BIN)/python -m django makemessages --all --ignore .venv --no-location --no-obsolete
	@for po in locale/*/LC_MESSAGES/django.po; do msgattrib --translated --no-fuzzy -o $$po $$po; done
	$(BIN)/python -m django compilemessages

clean: ## remove the environment, never the data
	rm -rf .venv

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dateline needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making an environment in .venv …"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/python requirements/run.txt pyproject.toml
	@echo "Installing what Dateline runs on (once; every file is checked against its hash) …"
	@$(BIN)/python -m pip install --quiet --progress-bar on --no-deps --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/run requirements/test.txt
	@echo "Installing what tests and checks need …"
	@$(BIN)/python -m pip install --quiet --progress-bar on --no-deps --require-hashes -r requirements/test.txt
	@touch $@
