# make audit, make test: each sets up .venv first when it is missing or out of date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUTPUTS ?= outputs
JOBS ?=

.PHONY: audit test check verify lab batch bench lock wheelhouse clean

audit: $(READY)  ## audit the sample wards in data/ and say where each memo is
	$(BIN)/cchc-audit batch data --outputs $(OUTPUTS)

test: check  ## every check and every test but the long ones
	$(BIN)/python -m pytest -m "not verify"

check: $(READY)  ## style, types and the layers of the package
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

verify: $(READY)  ## the long tests: browsers, faults, fuzzing
	$(BIN)/python -m pytest -m verify

lab: $(READY)  ## JupyterLab on the start page
	$(BIN)/cchc-audit lab

batch: $(READY)  ## make batch WARDS=folder
	$(BIN)/cchc-audit batch $(WARDS) --outputs $(OUTPUTS) $(if $(JOBS),--jobs $(JOBS))

bench: $(READY)  ## the comparisons the documents quote
	$(BIN)/python -m benchmarks

wheelhouse: $(READY)  ## make wheelhouse PLATFORM=win_amd64: everything an offline laptop needs
	$(BIN)/python tools/wheelhouse.py $(PLATFORM)

lock: $(VENV)/bin/uv  ## pin the dependencies anew; the file names versions and hashes, no addresses
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --group dev \
		--python-version 3.11 pyproject.toml -o requirements.lock

$(VENV)/bin/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(READY): pyproject.toml requirements.lock $(VENV)/bin/uv
	$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	$(BIN)/python -m compileall -q cchc_audit
	touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
