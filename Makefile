# Each target sets up what it needs; a second call finds it set up.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# The environment for use, the one for tests and checks, and the programs that are no Python packages.
USE := $(VENV)/.setup-use
DEV := $(VENV)/.setup-dev
SYSTEM := $(VENV)/.setup-system

# The tested set of packages, each by its hash; where it cannot be had, what pyproject.toml allows.
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check
locked = { $(PIP) --require-hashes -r requirements-$(1).lock && $(PIP) --no-deps -e .; } || \
  { echo "Bộ gói đã khóa không cài được trên máy này; cài theo các giới hạn trong pyproject.toml."; $(PIP) -e '.[$(1)]'; }

.PHONY: extract diff test test-long lint bench evaluate gains mutants house bench-office open setup clean fuzz sbom lock bundle golden

extract: $(USE)
	@$(BIN)/doichieu extract corpus --out extracted
	@mkdir -p extracted/diffs; find extracted/diffs -type f ! -name 'decisions*.json' -delete; find extracted/diffs -mindepth 1 -type d -empty -delete
	@$(BIN)/doichieu diff corpus --corpus corpus --out extracted/diffs
	@echo "Xong: các bảng ở extracted/, báo cáo đối chiếu ở extracted/diffs/*/report.html"

# make diff CHILD="a.txt b.txt" PARENT=c.txt OUT=ra ; without CHILD: every document of corpus/ with its parents there.
diff: $(USE)
	@$(BIN)/doichieu diff $(or $(CHILD),corpus) $(if $(PARENT),--parent $(PARENT),--corpus corpus) --out $(or $(OUT),extracted/diffs)

# A file's tests stay together: what a module sets up is set up once, and a story is told in order.
test: $(DEV) $(SYSTEM)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long"

# What takes minutes: kills, fuzzing, several Pythons, load.
test-long: $(DEV) $(SYSTEM)
	$(BIN)/python -m pytest -n 1 -m long

# Mutated files of every format: make fuzz MINUTES=20 SEED=1 ; what fails is kept in .fuzz/ under its seed.
fuzz: $(DEV) $(SYSTEM)
	@PYTHONPATH=. $(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),20) --seed $(or $(SEED),0)

# The parts that the environment is made of, as CycloneDX JSON.
sbom: $(DEV)
	@$(BIN)/cyclonedx-py environment $(BIN)/python --of JSON --output-reproducible -o sbom.json
	@echo "sbom.json"

# The tested set anew: versions and hashes of every package, for every Python that we run on.
lock: $(DEV)
	@for extra in all dev; do $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --no-emit-package doichieu --extra $$extra -o requirements-$$extra.lock pyproject.toml; done

# An installation for a machine without a network, in dist/: make bundle SYSTEM=windows PYTHON=3.12
bundle: $(DEV)
	@$(BIN)/python -m doichieu.quality.bundle $(or $(SYSTEM),debian) $(PYTHON)

lint: $(DEV)
	$(BIN)/ruff check pipeline tests
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/mypy

bench: $(DEV)
	@$(BIN)/doichieu bench

evaluate: $(USE)
	@if [ -d ../shared/gold ]; then $(BIN)/doichieu evaluate extracted ../shared/gold --corpus corpus --diffs extracted/diffs; \
	else echo "Không có bản chú giải mẫu ở ../shared/gold."; fi

# make gains REV=v0.1.0 FOLDER=corpus
gains: $(USE)
	@$(BIN)/doichieu gains $(or $(REV),HEAD) $(FOLDER)

# make mutants COUNT=100 SEED=1,2 JOBS=2: conditions of the core switched off at random (100 of each seed), and which no
# test notices; the first step, which test asks what, is kept for the next call while nothing changes; COUNT=0
# tries all of them.
mutants: $(DEV)
	@$(BIN)/python -m doichieu.quality.mutants $(or $(COUNT),100) $(or $(SEED),1) $(or $(JOBS),2)

# What the product makes of the invented documents of tests/golden, written anew: read what moved.
golden: $(DEV)
	@$(BIN)/python -m tests.golden.golden

# docs/house.svg, drawn from the imports.
house: $(USE)
	@$(BIN)/python -m doichieu.quality.house

# The office under load; make bench-office DATABASE=postgresql://…
bench-office: $(USE)
	@$(BIN)/python -m doichieu.office.bench $(DATABASE)

# The office for one person: sets up, starts, opens the browser.  make open DATA=folder
open: $(USE)
	@$(BIN)/doichieu open $(if $(DATA),--data $(DATA))

setup: $(USE) $(SYSTEM)

$(BIN)/python:
	@.ci/environment $(VENV)

$(USE): pyproject.toml requirements-all.lock | $(BIN)/python
	@echo "Đang chuẩn bị môi trường (một lần, vài phút)…"
	@$(call locked,all)
	@touch $@

$(DEV): pyproject.toml requirements-dev.lock | $(BIN)/python
	@echo "Đang chuẩn bị môi trường kiểm thử (một lần, vài phút)…"
	@$(call locked,dev)
	@touch $@ $(USE)

$(SYSTEM): .ci/programs | $(BIN)/python
	@.ci/programs
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
