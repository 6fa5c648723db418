# Two commands: `make up` runs everything, `make test` proves it. The rest is for those who work on the code.
VENV := .venv
BIN := $(VENV)/bin
# The first of these that is new enough; another one with: make PYTHON=/path/to/python3.12
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$each"; break; }; done)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --universal --generate-hashes \
	--no-emit-index-url --upgrade --quiet
TESTS := $(BIN)/python -m pytest tests -p no:cacheprovider

.PHONY: help up test check fast reference bench chaos wander lock clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

up: $(VENV)/ready ## Start everything here: PostgreSQL, Temporal, the programmes, a worker; Ctrl-C stops it
	@$(BIN)/trinvis up

test: check ## Everything that proves it: check, two years lived, processes killed, on real servers
	@$(TESTS) -m "slow and not chaos" -n 2 --dist loadfile
	@$(TESTS) -m "chaos"

check: $(VENV)/ready ## Format, lint, types, import rules, fast tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(TESTS) -m "not slow and not chaos" -n 2

fast: $(VENV)/ready ## The fast tests alone
	@$(TESTS) -m "not slow and not chaos" -n 2

reference: $(VENV)/ready ## Write docs/reference anew from the code
	@$(BIN)/python -m tests.docs.reference

bench: $(VENV)/ready ## One table of speed and memory, measured on the servers that ship
	@$(BIN)/python -m bench

chaos: $(VENV)/ready ## Kill worker and servers sixty times under load
	@TRINVIS_KILLS=60 $(TESTS) -m "chaos" -s

wander: $(VENV)/ready ## Look for what chance finds: other examples than those that `make test` repeats, and more lives
	@TRINVIS_LIVES=500 $(TESTS) -m "hypothesis and not slow" -n 2

lock: $(VENV)/ready ## Raise every version in the locks
	@$(COMPILE) pyproject.toml --output-file requirements.lock
	@$(COMPILE) pyproject.toml --extra embedded --group dev --output-file requirements-dev.lock
	@$(COMPILE) --group pyproject.toml:build --output-file requirements-build.lock

clean: ## Take the environment and what tools left away; facts and keys stay
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/ready: requirements-dev.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed, and none is on the path." \
		"If you have one, name it with: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		"Python 3.11 or newer is needed; $(PYTHON) is older. Name another with: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) lacks venv or pip. On Debian or Ubuntu install them with:" \
		"apt install $$("$(PYTHON)" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; exit 1; }
	@echo "Setting up the environment in $(VENV), once ..."
	@"$(PYTHON)" -m venv $(VENV)
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
