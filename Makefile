# Two commands: `make up` runs everything, `make test` proves it. The rest is for those who work on the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: up test check fast bench chaos lock clean

up: $(VENV)/ready
	@$(BIN)/trinvis up

test: check
	@$(BIN)/python -m pytest tests -m "slow" -p no:cacheprovider

check: $(VENV)/ready
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests -m "not slow and not chaos" -n 2

bench: $(VENV)/ready
	@$(BIN)/python -m bench

chaos: $(VENV)/ready
	@TRINVIS_KILLS=60 $(BIN)/python -m pytest tests -m "chaos" -s

lock: $(VENV)/ready
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes \
		--no-emit-index-url --upgrade --quiet --output-file requirements.lock
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --extra embedded --group dev --universal \
		--generate-hashes --no-emit-index-url --upgrade --quiet --output-file requirements-dev.lock

$(VENV)/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "This Python lacks venv or pip; on Debian or Ubuntu install them with: apt install python3-venv python3-pip"; exit 1; }
	@echo "Setting up the environment in $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
