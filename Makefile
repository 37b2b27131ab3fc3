# Each target sets up what it needs; a second call finds it set up.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-stamp
SYSTEM := $(VENV)/.system-stamp
# What reports and tests use beyond Python: a browser for the pages, an office suite to open the office formats.
DEBIAN := chromium libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-core

.PHONY: extract diff test lint bench clean setup evaluate gains

setup: $(STAMP)

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[files,formats,dev]'
	@touch $@

$(SYSTEM): $(STAMP)
	@missing=""; for p in $(DEBIAN); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing) >/dev/null 2>&1 \
	  || echo "Không cài được:$$missing. Các kiểm thử cần chương trình này sẽ được bỏ qua."; \
	else echo "Thiếu chương trình hệ thống:$$missing. Các kiểm thử cần chương trình này sẽ được bỏ qua (cài bằng: apt-get install$$missing)."; fi
	@touch $@

extract: $(STAMP)
	@$(BIN)/doichieu extract corpus --out extracted
	@$(BIN)/doichieu diff corpus --corpus corpus --out extracted/diffs
	@echo "Xong: bảng ở extracted/, báo cáo đối chiếu ở extracted/diffs/*/report.html"

diff: $(STAMP)
	@$(BIN)/doichieu diff corpus --corpus corpus --out extracted/diffs

test: $(STAMP) $(SYSTEM)
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff check pipeline tests
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m pipeline.bench

evaluate: $(STAMP)
	@if [ -d ../shared/gold ]; then $(BIN)/doichieu evaluate extracted ../shared/gold --corpus corpus --diffs extracted; \
	else echo "Không có bản chú giải mẫu ở ../shared/gold."; fi

gains: $(STAMP)
	$(BIN)/python -m pipeline.gains $(or $(REV),HEAD) $(FOLDER)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
