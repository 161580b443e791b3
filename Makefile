# Needs Python 3.11, 3.12 or 3.13, and make. Everything else goes into .venv, pinned by hash.
PYTHON ?= python3
ARGS ?=
PIP := .venv/bin/pip --disable-pip-version-check --quiet
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help install demo test check quick lint cover bench chaos fuzz eval train lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/run: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

install: .venv/dev ## Create .venv with all dependencies, for running and developing

demo: .venv/run ## Try the bot with a small Discord on this machine (ARGS=--once, ARGS="--content DIR")
	@.venv/bin/afterword demo $(ARGS)

test: .venv/dev ## Run the tests, on every core (ARGS="-k words")
	@pytest --numprocesses auto --dist loadfile $(ARGS)

lint: .venv/dev
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	vulture
	! vulture bot/sandbox bot/cli tests --exclude bot/core/phrases/ | grep "^bot/sandbox/"

check: lint test ## Run all linters and tests, as CI does

# A room's tests have its name; those of the rooms at Discord's edge are the journeys.
BASE ?= HEAD
changed = $(shell git diff --name-only $(BASE) -- bot tests; git ls-files --others --exclude-standard -- bot tests)
rooms = $(foreach file,$(changed),$(word 2,$(subst /, ,$(file))))
beside = $(if $(filter app.py client cogs desk discussion,$(rooms)),journeys) $(if $(filter endpoint.py,$(rooms)),discussion) \
  $(if $(filter settings.py sites,$(rooms)),cli) $(if $(filter dialects,$(rooms)),core)

quick: lint ## The linters, and the tests of the rooms that changed (BASE=main: since the branch began)
	@pytest --numprocesses auto --dist loadfile $(wildcard $(patsubst %,tests/%/,$(sort meta $(rooms) $(beside)))) $(ARGS)

cover: .venv/dev ## Run the tests and show the branches that they do not reach
	@pytest --numprocesses auto --dist loadfile --cov --cov-report=term $(ARGS)

bench: .venv/dev ## Measure speed, requests and memory against their floors (ARGS=--quick, ARGS="--only index")
	@python -m tests.bench $(ARGS)

chaos: .venv/dev ## Kill and disturb the bot in N=1000 schedules (SEED=123 plays one again)
	@python -m tests.crash.chaos $(if $(SEED),--seed $(SEED),--count $(or $(N),1000)) $(ARGS)

fuzz: .venv/dev ## Read and render N=100000 generated files; measure texts of twice the length
	@AFTERWORD_FUZZ=$(or $(N),100000) pytest --timeout=3600 tests/core/markup/test_fuzz_rendering.py tests/core/test_fuzz_reading.py $(ARGS)
	@python -m tests.growth.measure

eval: .venv/dev ## Score closing questions (ARGS=--misses lists mistakes), related essays, answers and dreams
	@python -m tests.eval.closing $(ARGS)
	@python -m tests.eval.related
	@python -m tests.eval.ask
	@python -m tests.eval.dream

train: .venv/dev ## Fit the weights of closing questions anew on the labelled endings
	@python -m tests.eval.train

lock: .venv/dev ## Pin the newest allowed versions of all dependencies (needs uv)
	uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml --group dev --extra desk --extra encryption -c requirements.lock -o requirements-dev.lock
	sed -n '/^sqlcipher3==/,/[^\\]$$/p' requirements-dev.lock > requirements-encryption.lock

clean: ## Remove .venv and every cache
	rm -rf .venv build *.egg-info .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
