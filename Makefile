# `make site` builds everything hosted in site/; `make test` proves it. Both prepare what they need.
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.PHONY: site book test check serve deploy audit sbom bench system clean

site: .venv/ready
	$(BIN)/mkdocs build --strict --quiet
	$(BIN)/handbook book --place

# Two processes, each with whole files of tests.
test: .venv/ready system
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

# The genuine veraPDF on both whole books: some fifteen minutes.
archive: .venv/ready system
	HANDBOOK_VERA=all $(BIN)/python -m pytest tests/test_book.py -k verapdf

check: .venv/ready
	$(BIN)/handbook check

book: site/index.html
	$(BIN)/handbook book

# The built site, anew when anything that goes into it is newer.
site/index.html: .venv/ready $(shell find docs overrides scripts mkdocs.yml -type f ! -name "*.pyc" 2>/dev/null)
	$(BIN)/mkdocs build --strict --quiet

deploy: .venv/ready
	$(BIN)/mkdocs build --strict --quiet --site-dir dist/site
	$(BIN)/handbook book --site dist/site --place
	$(BIN)/handbook deploy dist/site

serve: .venv/ready
	$(BIN)/handbook serve

# Known leaks in what is locked: asks an advisory database, and says so when it cannot be reached.
audit: .venv/ready
	$(BIN)/handbook audit

# The bill of materials: dist/sbom.cdx.json.
sbom: .venv/ready
	$(BIN)/handbook sbom

bench: .venv/ready
	$(BIN)/python bench/run.py

system:
	@sh scripts/system.sh

clean:
	rm -rf site dist .cache

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/handbook schemas >/dev/null
	touch $@
