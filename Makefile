# The commands of the project. `make demo` and `make test` need nothing but python3.11 and make.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3.11
LOCAL := .local
VENV := $(LOCAL)/venv
BIN := $(VENV)/bin
APPS := portal scheduling drivers crm_intake odoo_bridge
MIGRATED := core audit accounts setup odoo_bridge crm_intake scheduling drivers
STORIES := portal/tests/story
YAML_RULES := '{extends: default, rules: {line-length: {max: 120}, braces: {max-spaces-inside: 0}}}'
SOURCES := $(shell find static/src -type f)
export PATH := $(CURDIR)/$(LOCAL)/node/bin:$(PATH)
# Where an image sets it, each of our many processes would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: setup ## Everything, with a real Odoo and sample orders; prints the address and the log-ins
	@$(BIN)/python -m portal.local demo || test $$? = 130  # Ctrl-C is how it ends

test: setup browser ## Everything: lint, types, contracts, all tests with the real Odoo and the browser
	@$(MAKE) --no-print-directory -j 2 check up
	@$(BIN)/coverage erase
	@TEST_DATABASES_STAY=1 $(BIN)/coverage run -m pytest -n 3 --dist loadgroup -m 'not long and not timed'
	@$(BIN)/coverage run -m pytest -n 2 --dist worksteal -m timed $(STORIES)
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

quick: setup ## The tests without Odoo, without a browser and without simulated histories
	@$(BIN)/python -m pytest -n 3 -q -m "not odoo and not e2e and not simulated"

up: setup
	@$(BIN)/python -m portal.local up

chaos: setup browser ## Things go wrong for a quarter of an hour: simulated, with real workers, and in the stories (FULL=1: on from there)
	@$(MAKE) --no-print-directory up
	@$(MAKE) --no-print-directory -j 2 simulated real
	@$(BIN)/python -m pytest -n 3 --dist worksteal -q -m long
	@STORY_OUTAGE_SECONDS=60 $(BIN)/python -m pytest -n 2 --dist worksteal -q $(STORIES)

simulated: setup
	@$(BIN)/python -m odoo_bridge.tests.simulation $(if $(FULL),--from 3000 --to 20000 --last $(LOCAL)/simulation.seed,)

real: setup
	@$(BIN)/python -m odoo_bridge.tests.chaos $(if $(FULL),--from 20 --to 200 --last $(LOCAL)/chaos.seed,)

planted: setup ## Plant the bugs that the simulation must catch, one by one, and print which it does
	@$(BIN)/python -m odoo_bridge.tests.simulation.planted --most 3000

bench: setup ## The figures of intake and bridge, as ratios to controls in the same run (ARGS=--full: the long run)
	@for part in intake events sends stops leads quiet_hours inbox board board_screen quotes drivers driver_screen outbox first_load receiver idle latency mirror; do $(BIN)/python -m bench.$$part $(ARGS) || missed=1; done; exit $${missed:-0}

check: setup ## Lint, types, contracts, templates, migrations, deployment files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(APPS)
	@$(BIN)/lint-imports --no-logo
	@npm run --silent typecheck
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/python -m portal.local manage makemigrations --check --dry-run
	@$(BIN)/python -m portal.local manage lintmigrations --quiet ok warning ignore --no-cache --include-apps $(MIGRATED) --ignore-name 0002_cache_table 0004_old_ledger 0005_gate 0020_forget_text_pace 0003_one_person_a_mobile_number
	@$(BIN)/hadolint deploy/Dockerfile
	@$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec deploy/compose.yaml
	@$(BIN)/compose-lint deploy/compose.yaml 2>/dev/null | tail -n 1
	@$(BIN)/yamllint --strict -d $(YAML_RULES) deploy .pre-commit-config.yaml

fix: setup ## Format the code, and make the generated files anew
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 || true
	@$(BIN)/python -m portal.settings.example > .env.example
	@$(BIN)/python -m portal.local manage state_diagrams > docs/states.md

text: setup ## A text from a customer to the running demo (TEXT="2 cords of oak?" FROM=+16035550142)
	@$(BIN)/python -m portal.local text

odoo: setup ## Only the real Odoo, until Ctrl-C
	@$(BIN)/python -m portal.local odoo || test $$? = 130

down: ## Stop what `make test` left running here (PostgreSQL, Valkey, Odoo)
	@if test -x $(BIN)/python; then $(BIN)/python -m portal.local down; fi

key: setup ## Print a fresh key for ENCRYPTION_KEYS
	@$(BIN)/python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'

locks: setup ## Resolve the dependencies anew, into lock files that name no address
	@./deploy/locks.sh $(BIN)/uv

clean: down ## Stop everything of this checkout and remove its state
	@rm -rf $(LOCAL) node_modules static/dist

# --- set-up: each step leaves a stamp, and runs again when its lock or source has changed ---
setup: $(LOCAL)/python.stamp $(LOCAL)/assets.stamp $(LOCAL)/pango.stamp

$(LOCAL)/boot.stamp: requirements-boot.txt
	@command -v $(PYTHON) >/dev/null || { echo "python3.11 is missing: install Debian's package python3.11 (or set PYTHON)." >&2; exit 1; }
	@mkdir -p $(LOCAL)
	@$(PYTHON) -m venv $(LOCAL)/boot 2>/dev/null && $(LOCAL)/boot/bin/python -m pip install -qq --require-hashes -r requirements-boot.txt \
		|| { rm -rf $(LOCAL)/boot; $(PYTHON) -m pip install -qq --require-hashes --target $(LOCAL)/boot -r requirements-boot.txt; } \
		|| { echo "Neither venv nor pip works for $(PYTHON): install Debian's package python3.11-venv." >&2; exit 1; }
	@touch $@

$(LOCAL)/python.stamp: $(LOCAL)/boot.stamp requirements-dev.txt
	@echo "Python packages …"
	@test -x $(BIN)/python || $(LOCAL)/boot/bin/uv venv -q --python $(PYTHON) $(VENV)
	@VIRTUAL_ENV=$(VENV) $(LOCAL)/boot/bin/uv pip sync -q --require-hashes requirements-dev.txt
	@touch $@

# Without it all works but PDFs, which say so.
$(LOCAL)/pango.stamp: $(LOCAL)/python.stamp portal/local/pango.py
	@if $(BIN)/python -m portal.local pango; then touch $@; fi

$(LOCAL)/node.stamp: $(LOCAL)/python.stamp requirements-node.txt
	@if ! command -v npm >/dev/null || [ "$$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then \
		echo "node from its wheel …"; \
		$(LOCAL)/boot/bin/uv venv -q --allow-existing --python $(PYTHON) $(LOCAL)/node; \
		VIRTUAL_ENV=$(LOCAL)/node $(LOCAL)/boot/bin/uv pip sync -q --require-hashes requirements-node.txt; fi
	@touch $@

$(LOCAL)/npm.stamp: $(LOCAL)/node.stamp package.json package-lock.json .npmrc
	@npm ci --silent --ignore-scripts
	@touch $@

$(LOCAL)/assets.stamp: $(LOCAL)/npm.stamp $(SOURCES)
	@npm run --silent build -- --log-level=warning
	@touch $@

browser: setup
	@$(BIN)/python -m portal.local browser

.PHONY: help demo text test up quick chaos simulated real planted bench check fix odoo down key locks clean setup browser
