# Two commands for a fresh machine with Python 3.11 or later, git and make:
#   make        set up, then validate the chapter and write every reading format and citation list to build/
#   make test   set up, then run the whole suite
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CHAPTER := tei/lenin-2-chapter-19.xml
TRANSCRIPTION := tei/source/lenin-2-chapter-19.txt
P5SUBSET ?= ../shared/tei/p5subset.xml
TARGETS := toolkit/teiwright/conversion/schemas
NOVEL ?= ../shared/samples/ENG18872_Lyall.xml

.DEFAULT_GOAL := edition
.PHONY: edition test check slow schemas benchmark benchmark-validation benchmark-formats benchmark-dts benchmark-linked browser benchmark-browser agreement wheel clean

edition: $(READY)
	@$(BIN)/teiwright validate $(CHAPTER)
	@$(BIN)/teiwright collate $(CHAPTER) $(TRANSCRIPTION)
	@mkdir -p build
	@$(BIN)/teiwright transform $(CHAPTER) --to all -o build/
	@echo
	@echo "To read the chapter, open build/lenin-2-chapter-19.html in a browser; the .txt files open in any editor,"
	@echo "the .epub on any reading device, the .csl.json, .bib and .ris files in Zotero or another reference manager (File > Import)."

test: $(READY)
	@$(BIN)/python -m pytest -q -m "not slow" -n auto --dist worksteal

slow: $(READY)
	@$(BIN)/python -m pytest -q -m slow -n auto --dist worksteal

check: $(READY)
	@$(BIN)/ruff check toolkit tests
	@$(BIN)/ruff format --check toolkit tests
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory test

schemas: $(READY)
	@$(BIN)/teiwright schema compile schemas/lenin.odd --source $(P5SUBSET)
	@for odd in $(TARGETS)/*.odd; do $(BIN)/teiwright schema compile $$odd --source $(P5SUBSET) -o build/ && cp build/$$(basename $$odd .odd).rng $(TARGETS)/ || exit 1; done

benchmark: $(READY)
	@$(BIN)/python tests/benchmark.py

# Verdicts beside jing's on more than ten thousand documents, and speed beside jing's, libxml2's and xmlschema's.
agreement: $(READY)
	@cd tests && ../$(BIN)/python agreement.py

benchmark-validation: $(READY)
	@cd tests && ../$(BIN)/python benchmark_validation.py

# HTML, text and Markdown of documents of many kinds, cold and warm, and a site of a hundred plays.
benchmark-formats: $(READY)
	@cd tests && ../$(BIN)/python benchmark_formats.py

# Answers a second of Distributed Text Services on a document of megabytes, for one client and for two hundred.
benchmark-dts: $(READY)
	@cd tests && ../$(BIN)/python benchmark_dts.py

# Linked data of a register of 10,000 persons whom a text names 100,000 times.
benchmark-linked: $(READY)
	@cd tests && ../$(BIN)/python benchmark_linked.py

# What the tests in a real browser need: playwright, pypdf, and Debian's Chromium where apt-get may be asked.
BROWSER := playwright==1.65.2 greenlet==3.5.6 pypdf==7.1.0
browser: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(BROWSER)
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get install -y -qq chromium >/dev/null; } || echo "Install Chromium; without it the tests are skipped"
	@$(BIN)/python -m pytest -q tests/test_browser.py tests/test_browser_site.py tests/test_serve_browser.py

benchmark-browser: $(READY)
	@cd tests && ../$(BIN)/python benchmark_browser.py $(abspath $(NOVEL))

wheel: $(READY)
	@$(BIN)/python -m build --wheel --outdir dist

clean:
	rm -rf build dist $(VENV)

# The environment: exact versions from requirements.lock, then the package itself, editable.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "teiwright needs Python 3.11 or later; set PYTHON=python3.11")'
	@echo "Setting up $(VENV) (once, about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
