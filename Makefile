# make run opens the app, make test checks everything; both set up what they need, on Linux and macOS.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint unit app-tests browser-tests browser bench golden clean

run: .venv/run
	$(BIN)/streamlit run app.py

test: lint unit app-tests browser-tests

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy activations app_pages/parts

unit: .venv/dev
	$(BIN)/python -m pytest tests/activations tests/experiments tests/parts tests/test_architecture.py

app-tests: .venv/dev
	$(BIN)/python -m pytest tests/app

browser-tests: .venv/dev browser
	$(BIN)/python -m pytest tests/browser

# A Chromium that is there is used; else Playwright's own is fetched; else Debian's.
browser: .venv/dev
	@$(BIN)/python tests/browser/chromium.py || $(BIN)/playwright install chromium \
	  || (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium)
	@$(BIN)/python tests/browser/chromium.py

bench: .venv/dev browser
	$(BIN)/python -m bench

golden: .venv/dev
	$(BIN)/python tests/golden/make.py

.venv/run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed: make PYTHON=…" && exit 1)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
