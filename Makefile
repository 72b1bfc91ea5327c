# make run serves the guide, make dev does so while it is edited, make test checks everything. Each sets up what it needs,
# on Linux and macOS.
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Files of browser tests in which a slider is held or a visit goes on.
HELD := drag play phone fallback restart grab walk arrival present
# The parts of the tests: the longest first, and beside it what needs no browser.
UNIT := unit-rest unit-experiments
APP := app-rest app-functions app-scenes
BROWSER := browser-rest browser-pages browser-held browser-painter
# One page of each kind: the first page, a function, a topic and a tool.
KINDS := home elu vanishing compare
OPENED := tests/app/test_pages.py::test_a_page_opens_by_its_link_in_both_languages
TESTS := $(BROWSER) $(APP) $(UNIT) deploy-tests lint
# Two parts at a time, each a process of its own, to the end whatever fails; where make can, no part's lines stand among
# another's.
PARTS := $(MAKE) --no-print-directory -k -j 2 $(if $(filter output-sync,$(.FEATURES)),-O)

.PHONY: run classroom dev test test-cost quick app-kinds lint unit unit-experiments unit-rest app-tests app-functions app-rest app-scenes deploy-tests container-root
.PHONY: browser-tests browser-painter browser-pages browser-held browser-rest browser proxies bench course frameworks systemd space lock audit newest screenshots cards maps golden clean

run: .venv/run
	$(BIN)/streamlit run app.py

# Serves a room without internet: prints the address that students type, and its QR code.
PORT ?= 8501
classroom: .venv/run
	$(BIN)/python -m serving.classroom $(PORT)

# Pages run again when their Python, a text, a style or a script is saved, and show their errors.
dev: .venv/run
	NONLINEAR_DEV=1 $(BIN)/streamlit run app.py --server.fileWatcherType=auto --server.runOnSave=true \
	  --server.folderWatchList='$(CURDIR)/assets' --client.showErrorDetails=full

test: .venv/dev browser
	@$(PARTS) $(TESTS)

# What takes a minute and a half: every check that needs no page, all figures, and a page of each kind.
quick: .venv/dev
	@$(PARTS) $(UNIT) app-scenes app-kinds lint

app-kinds: .venv/dev
	@echo '=== one page of each kind, as a server opens it'
	$(PYTEST) $(foreach kind,$(KINDS),'$(OPENED)[$(kind)-en]' '$(OPENED)[$(kind)-zh]')

# CPU seconds and wall time of each part of the tests.
test-cost: .venv/dev browser
	@$(BIN)/python -m tests.cost $(TESTS)

lint: .venv/dev
	@echo '=== ruff, mypy --strict'
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy activations pages serving app.py

unit: .venv/dev
	@$(PARTS) $(UNIT)

app-tests: .venv/dev
	@$(PARTS) $(APP)

browser-tests: .venv/dev browser
	@$(PARTS) $(BROWSER)

unit-experiments: .venv/dev
	@echo '=== unit, property and golden tests of the experiments'
	$(PYTEST) tests/experiments

unit-rest: .venv/dev
	@echo '=== the same of the functions and of what pages share; architecture'
	$(PYTEST) tests/activations tests/shared tests/serving tests/test_architecture.py

app-scenes: .venv/dev
	@echo '=== the figure of every scene against its table, and what the browser is sent for a drag of it'
	$(PYTEST) tests/scenes

app-functions: .venv/dev
	@echo "=== every function's page, as a server opens it"
	$(PYTEST) tests/app/test_function_*.py

app-rest: .venv/dev
	@echo '=== every other page, language and hostile link'
	$(PYTEST) tests/app --ignore-glob='*/test_function_*'

# What the Dockerfile describes can be made and served only by root on Linux, as in CI.
deploy-tests: .venv/dev systemd proxies
	@echo '=== deploy: the recipes for hosts'
	$(PYTEST) tests/deploy $(if $(CI)$(filter Linux-0,$(shell uname)-$(shell id -u)),,--ignore=tests/deploy/test_image.py)

# The same over a bare Debian with its own Python, by every line of the Dockerfile as it is: three minutes.
container-root: .venv/dev .container-root/usr/bin/pip
	$(BIN)/python -m tests.deploy.image --root .container-root

.container-root/usr/bin/pip:
	command -v debootstrap >/dev/null || (apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null)
	debootstrap --variant=minbase --include=python3-pip,python3-venv trixie .container-root

browser-painter: .venv/dev
	@echo '=== browser: what the scripts draw of every page against what Plotly draws, without Streamlit'
	$(PYTEST) tests/browser/test_painter.py

browser-pages: .venv/dev
	@echo '=== browser: one visit to every page, every control by hand once'
	$(PYTEST) tests/browser/test_every_page.py

browser-held: .venv/dev
	@echo '=== browser: sliders held, played and restarted; from page to page'
	$(PYTEST) $(HELD:%=tests/browser/test_%.py)

browser-rest: .venv/dev
	@echo '=== browser: questions, typed numbers, lost connections and all else'
	$(PYTEST) tests/browser $(patsubst %,--ignore-glob='*/test_%.py',painter every_page $(HELD))

# The system's Chromium serves, for the tests the one without windows, which is quicker; what is missing is installed
# from Debian (with the libraries it needs) if we may, else Playwright fetches its own.
browser: .venv/dev
	@(command -v chromium && command -v chromium-headless-shell) >/dev/null \
	  || ([ "$$(id -u)" = 0 ] && apt-get update -qq \
	      && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-headless-shell >/dev/null) \
	  || command -v chromium >/dev/null \
	  || $(BIN)/playwright install chromium

# The proxies of deploy/proxies, for its tests and for bench.replicas.
proxies:
	@(command -v nginx && command -v caddy && command -v haproxy && command -v openssl) >/dev/null \
	  || ([ "$$(id -u)" = 0 ] && apt-get update -qq \
	      && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx caddy haproxy openssl >/dev/null) \
	  || (echo "nginx, caddy, haproxy and openssl are needed" && exit 1)

bench: .venv/dev browser
	$(BIN)/python -m bench

# The questions as files for a course site, with links to NONLINEAR_PUBLIC_ADDRESS.
course: .venv/run
	$(BIN)/python -m serving.course course

# Not part of the tests: several gigabytes of libraries, whose answers are stored and then tested.
frameworks: .venv-frameworks/done
	.venv-frameworks/bin/python -m frameworks

# systemd-analyze, which judges the unit; Debian has it wherever systemd is installed, whether it runs or not.
systemd:
	@[ "$$(uname)" != Linux ] || command -v systemd-analyze >/dev/null \
	  || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends systemd >/dev/null)

# The folder of a Hugging Face Space: what its container is made of, and the README.md with the Space's metadata.
space:
	@test -n '$(DIR)' && test ! -e '$(DIR)' || (echo 'make space DIR=… needs the name of a new folder' && exit 1)
	mkdir -p '$(DIR)/.streamlit' '$(DIR)/deploy'
	cp -R activations assets pages serving app.py LICENSE LICENSE-CONTENT '$(DIR)'
	cp .streamlit/config.toml '$(DIR)/.streamlit'
	cp deploy/requirements.lock '$(DIR)/deploy'
	cp deploy/container/Dockerfile deploy/huggingface/README.md '$(DIR)'
	find '$(DIR)' -name __pycache__ -prune -exec rm -r {} +

# Writes the exact versions anew, with the hashes of their files, for every Python from 3.11 on.
lock: .venv/dev
	$(BIN)/uv pip compile requirements.txt --universal --python-version 3.11 --upgrade --generate-hashes --quiet \
	  --no-annotate --no-emit-index-url --custom-compile-command 'make lock' --output-file deploy/requirements.lock

# Asks databases of advisories about the versions of the lock; fails if one is known, not if no database answers.
audit: .venv/dev
	$(BIN)/python -m tests.audit

# The tests without a browser and one page of each kind, with the versions of the lock, on the newest Python of the lock
# that can be had: one on the PATH or of pyenv, else one that uv can fetch. Two to three minutes on two cores.
NEWEST := .venv-newest/bin/python
newest: .venv/dev
	@PATH="$$PATH$$(printf ':%s' ~/.pyenv/versions/*/bin)"; for python in 3.14 3.13 3.12 $(BIN)/python; do \
	  UV_HTTP_RETRIES=0 $(BIN)/uv venv --quiet --clear --python $$python .venv-newest 2>/dev/null && break; done
	$(BIN)/uv pip install --quiet --python $(NEWEST) --require-hashes -r deploy/requirements.lock
	$(BIN)/uv pip install --quiet --python $(NEWEST) -r requirements-dev.txt
	@minor='import sys; print(*sys.version_info[:2], sep=".")'; begun=$$(date +%s); \
	used=$$($(BIN)/python -c "$$minor"); found=$$($(NEWEST) -c "$$minor"); \
	if [ "$$found" = "$$used" ]; then echo "=== newest: no Python newer than $$used is to be had here"; exit; fi; \
	$(PARTS) PYTEST='$(NEWEST) -m pytest' $(UNIT) app-scenes app-kinds \
	  && echo "=== newest: passed on $$($(NEWEST) -V) in $$(($$(date +%s) - begun)) s"

screenshots: .venv/dev browser
	$(BIN)/python docs/screenshots.py

cards: .venv/dev browser
	$(BIN)/python docs/cards.py
	$(BIN)/python docs/inks.py

maps: .venv/run
	$(BIN)/python -m activations.measure

golden: .venv/dev
	$(BIN)/python -m tests.golden.make
	$(BIN)/python -m tests.golden.truths
	$(BIN)/python -m tests.oracle.exact

.venv/run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed: make PYTHON=…" && exit 1)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv-frameworks/done: requirements-frameworks.txt
	test -x .venv-frameworks/bin/python || $(PYTHON) -m venv .venv-frameworks
	.venv-frameworks/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-frameworks.txt
	@touch $@

clean:
	rm -rf .venv .venv-frameworks .venv-newest .container-root .mypy_cache .ruff_cache .pytest_cache .hypothesis
