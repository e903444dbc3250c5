# The commands of the project: `make help` lists them.

# Which Python to build the environment with (3.11 to 3.14).
PYTHON = python3
# Where the pages are served.
HOST = 127.0.0.1
PORT = 7860
# An index for torch alone, e.g. https://download.pytorch.org/whl/cpu: the CPU build, where the default index would
# bring the CUDA build and its packages, several GB.
TORCH_INDEX =
# Further arguments for pytest, e.g. PYTEST_ARGS="-k validity -x".
PYTEST_ARGS =
# For `make lock`: UPGRADE=1 moves every package to its newest version, otherwise what is locked stays.
UPGRADE =
# For `make peers`: the part of the cases that is asked, e.g. SPLIT=test; otherwise all.
SPLIT =

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
STAMP = $(VENV)/.installed
UV = uv==0.13.9
# Python: exit 0 where the version fits (`requires-python` in pyproject.toml).
FITS = sys.exit(not (3, 11) <= sys.version_info < (3, 15))

.DEFAULT_GOAL := help
.PHONY: help install serve test gate lint format peers lock clean

help: ## this list
	@echo '惠企政策助手 · policy assistant'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'
	@echo
	@echo '  PYTHON=python3.12   the Python to use           HOST=0.0.0.0 PORT=8000   where to serve'
	@echo '  TORCH_INDEX=https://download.pytorch.org/whl/cpu   torch without CUDA (Linux: several GB less)'

install: $(STAMP) ## create .venv and install from the lock; then .venv/bin/policy-assistant works

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; $(FITS)' 2>/dev/null || { \
		echo '找不到可用的 Python 3.11–3.14（试过 $(PYTHON)）：请先安装（Debian/Ubuntu：apt install python3 python3-venv；macOS：brew install python@3.13），或用 make install PYTHON=路径 指定。' >&2; \
		echo 'No usable Python 3.11 to 3.14 found (tried $(PYTHON)): install one (Debian/Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13) or name it with make install PYTHON=/path/to/python3.' >&2; \
		exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo '$(PYTHON) 缺少 venv 或 pip（ensurepip）模块：请先安装（Debian/Ubuntu：apt install python3-venv），再运行一次。' >&2; \
		echo '$(PYTHON) lacks its venv or pip (ensurepip) module: install it (Debian/Ubuntu: apt install python3-venv) and run this again.' >&2; \
		exit 1; }
	@$(BIN)/python -c 'import pip, sys; $(FITS)' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@grep -v '^torch==' requirements.lock > $(VENV)/without-torch.lock
	$(PIP) install --no-deps --require-hashes -r $(VENV)/without-torch.lock
	$(PIP) install $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) "$$(grep '^torch==' requirements.lock)"
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

serve: install ## install, build the index and open the pages on http://127.0.0.1:7860
	$(BIN)/policy-assistant index build
	$(BIN)/policy-assistant serve --host $(HOST) --port $(PORT)

test: lint gate ## every check: ruff, mypy, the direction of the imports, the dev cases against their gate, pytest
	$(BIN)/python -m pytest $(PYTEST_ARGS)

gate: install ## the cases of the dev split against the thresholds in evals/gate.toml
	$(BIN)/policy-assistant eval check evals/cases
	$(BIN)/policy-assistant eval run evals/cases --split dev --gate evals/gate.toml

lint: install ## ruff, mypy and the direction of the imports, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## put the code into the common format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

peers: $(VENV)/peers/.installed ## the same cases through other retrieval stacks, side by side (SPLIT=test)
	$(BIN)/python -m evals.benchmarks.peers $(if $(SPLIT),--split $(SPLIT))

# A folder of their own: the environment keeps the packages of its lock, and these the few that they lack.
$(VENV)/peers/.installed: evals/benchmarks/peers.lock | install
	rm -rf $(@D)
	$(PIP) install --no-deps --require-hashes --target $(@D) -r $<
	@touch $@

# uv (from PyPI, in a throw-away environment) resolves pyproject.toml for every platform and writes hashes; torch's line is
# then set by hand as its bare pin, because its builds (CPU, CUDA, macOS) come from different indexes with different hashes.
# CUDA packages never enter: pyproject.toml tells uv what torch needs without them.
lock: ## resolve the dependencies anew into requirements.lock (UPGRADE=1: newest versions)
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(PYTHON) -m venv "$$tmp/venv"; \
	"$$tmp/venv/bin/python" -m pip install --quiet --disable-pip-version-check $(UV); \
	if [ -f requirements.lock ]; then cp requirements.lock "$$tmp/requirements.lock"; fi; \
	"$$tmp/venv/bin/uv" pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-package torch --no-header $(if $(UPGRADE),--upgrade) --output-file "$$tmp/requirements.lock" --quiet; \
	{ echo '# Every package with its hashes, for Python 3.11 to 3.14 on Linux and macOS. Made by `make lock`, not by hand.'; \
	  echo '# torch stands without a hash: its builds come from different indexes. `make install` reads this file.'; \
	  echo; \
	  sed '/^# The following packages were excluded/,$$d' "$$tmp/requirements.lock"; \
	  sed -n 's/^ *"\(torch==[^"]*\)",/\1/p' pyproject.toml; } > "$$tmp/lock"; \
	mv "$$tmp/lock" requirements.lock

clean: ## remove the environment, the built index and all caches
	rm -rf $(VENV) index/built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
