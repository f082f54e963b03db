# Everything is done in .venv by uv, which is fetched into .uv if the machine has none. `make help` lists the targets.

UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --frozen
SUDO := $(shell test $$(id -u) = 0 || echo sudo)
CORPORA ?= ../shared/corpora
MODEL ?= runs/model
PEERS ?= runs/peers/venv
ARGS ?=
PYTHONS ?= 3.11 3.12 3.13 3.14
MINUTES ?= 2
EACH ?= 2000
MOST ?= 45
DOCUMENTS := $(wildcard README*.md docs/*.md) docs/summarize.1
PYBABEL := $(RUN) pybabel --quiet

.PHONY: help install demo browser test check check-speed check-pythons check-oldest check-offline mutants format site train evaluate \
  bench bench-quality bench-marks bench-editing errands gallery gate wheel bill licences audit release clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

install: $(filter .uv/bin/uv,$(UV))  ## set up .venv with everything that development needs
	@$(UV) sync --frozen --quiet

demo: $(filter .uv/bin/uv,$(UV))  ## set up what a user needs, then summarize the model case, real articles and a PDF
	@$(UV) sync --frozen --quiet --inexact --no-default-groups --extra all
	@for file in data/worldcup.txt data/zh/news-city.txt data/en/news.txt data/mixed/release-notes.txt \
	    data/samples/report.pdf; do \
	  printf '\n$$ summarize %s\n' $$file; .venv/bin/summarize $$file || exit 1; done

# The tests of pages and plots need a browser and a font that shows Chinese. SUMMARIZE_NO_BROWSER=1 leaves them out.
browser:  ## install Chromium and a Chinese font by apt, unless they are there
	@test -n "$$SUMMARIZE_NO_BROWSER" || { \
	  for name in chromium chromium-browser google-chrome; do command -v $$name && break; done | grep -q . && \
	  fc-list :lang=zh 2>/dev/null | grep -q .; } || { $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
	  chromium fontconfig fonts-wqy-microhei >/dev/null; } || { \
	  echo 'install Chromium and a font that shows Chinese, or set SUMMARIZE_NO_BROWSER=1' >&2; exit 1; }

test: install wheel browser  ## run every test, fuzz for two minutes, and run the wheel as it was built
	$(RUN) pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered
	PYTHONPATH=tests $(RUN) python -m fuzz --not-led --minutes 0.19
	$(UV) run --quiet --isolated --no-project --with dist/*.whl summarize data/worldcup.txt | \
	  grep -qx '法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。'
	$(UV) run --quiet --isolated --no-project --with dist/*.whl summarize --format html data/worldcup.txt | grep -q '</html>'
	$(UV) run --quiet --isolated --no-project --with dist/*.whl summarize --interface zh --help | grep -q '^用法：summarize'

check: install  ## check format, style, types, imports, dependencies and documents
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) python -m release.typed
	$(RUN) lint-imports
	$(RUN) deptry summarize
	$(RUN) codespell
	$(RUN) python -m benchmarks.results --check
	$(RUN) cog -I docs --check $(DOCUMENTS)
	$(RUN) mkdocs build --strict --quiet
	$(RUN) hadolint Dockerfile

# In about an hour. MOST mutants of each module are tried.
mutants: install  ## put faults into the code and its tables, and list those that no test finds: make mutants MOST=45
	$(UV) run --frozen --quiet --with mutmut==3.8.1 python -m benchmarks.mutants --most $(MOST)
	$(RUN) python -m benchmarks.mutants_of_tables

fuzz: install  ## throw bytes at each layer: make fuzz MINUTES=2, for each; what it finds lies in tests/fuzz/found
	@$(UV) run --quiet --frozen --with atheris true 2>/dev/null && led="--with atheris"; \
	  PYTHONPATH=tests $(UV) run --frozen $$led python -m fuzz --minutes $(MINUTES)

fuzz-files: install  ## read changed copies of a file of each format: make fuzz-files EACH=2000, which takes half an hour
	PYTHONPATH=tests $(RUN) python -m fuzz.mutants --each $(EACH)

format: install  ## put the code in form, and the catalogue of messages and what is made in the documents up to date
	$(RUN) ruff format .
	$(RUN) ruff check --fix .
	mkdir -p build
	$(PYBABEL) extract --add-location=file --no-wrap --omit-header -o build/summarize.pot summarize
	$(PYBABEL) update --ignore-pot-creation-date --ignore-obsolete --no-wrap -D summarize -l zh -d summarize/locale \
	  -i build/summarize.pot
	$(PYBABEL) compile -D summarize -d summarize/locale
	$(RUN) python -m benchmarks.results
	$(RUN) cog -I docs -r $(DOCUMENTS)

site: install  ## build the pages of the documents into site/
	$(RUN) mkdocs build --strict --quiet

train: install  ## train the shipped model again: make train CORPORA=DIR MODEL=DIR
	$(RUN) python -m summarize.train --corpora $(CORPORA) --dev-documents 15 --out $(MODEL) \
	  $(foreach file,$(sort $(wildcard data/marks/*.train.jsonl data/marks/*.dev.jsonl)),--marks $(file)) \
	  $(foreach file,$(sort $(wildcard data/cuts/*.jsonl)),--cuts $(file))

evaluate: install  ## score the shipped model on the dev corpora beside lead, centrality and oracle
	$(RUN) python -m summarize.evaluate $(CORPORA)/*/dev/*.jsonl.gz

bench: install  ## measure start-up, throughput, growth with length, memory, inner loops, and other tools beside
	$(RUN) python -m benchmarks.speed
	$(RUN) python -m benchmarks.throughput
	$(RUN) python -m benchmarks.linear
	$(RUN) python -m benchmarks.growth
	$(RUN) pytest -q benchmarks/loops.py
	UV_PROJECT_ENVIRONMENT=$(PEERS) $(UV) sync --frozen --quiet --no-default-groups --group peers
	$(RUN) python -m benchmarks.beside $(PEERS)/bin/python

check-speed: install  ## fail if a start or the loop takes more instructions than it did: make check-speed ARGS=--update
	@command -v valgrind >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -qq valgrind >/dev/null; }
	$(RUN) python -m benchmarks.instructions $(ARGS)

bench-quality: $(filter .uv/bin/uv,$(UV))  ## measure other tools beside the network: make bench-quality CORPORA=DIR ARGS='--limit 500'
	UV_PROJECT_ENVIRONMENT=$(PEERS) PYTHONHASHSEED=0 $(RUN) --quiet --no-default-groups --group peers \
	  python -m benchmarks.quality $(CORPORA) $(ARGS)

bench-marks: $(filter .uv/bin/uv,$(UV))  ## judge other tools and the network by the marks of readers: make bench-marks CORPORA=DIR
	UV_PROJECT_ENVIRONMENT=$(PEERS) PYTHONHASHSEED=0 $(RUN) --quiet --no-default-groups --group peers \
	  python -m benchmarks.marks $(CORPORA) $(ARGS)

bench-editing: install  ## write shortened and fused sentences for readers: make bench-editing CORPORA=DIR ARGS='--limit 300'
	$(RUN) python -m benchmarks.editing make --corpora $(CORPORA) --out runs/editing/items.txt $(ARGS)

errands: install  ## do everyday errands and everyday mistakes: make errands ARGS='-v chat'
	$(RUN) python -m benchmarks.errands $(ARGS)

gallery: install browser  ## write the report pages of docs/gallery and their pictures again
	$(RUN) python -m benchmarks.gallery

gate: install  ## hold the shipped model against its floors: make gate CORPORA=DIR ARGS=--update
	SUMMARIZE_CORPORA=$(CORPORA) $(RUN) python -m benchmarks.gate $(ARGS)

wheel: install  ## build wheel and source archive into dist/, twice, and fail unless they are the same
	@$(RUN) python -m release.wheel $(abspath $(UV))

# An interpreter that the machine lacks is fetched by uv. Its path will do as well: make check-pythons PYTHONS=/opt/python3.14
check-pythons: install wheel  ## test the wheel with each Python: make check-pythons PYTHONS=3.14 ARGS=tests/inputs
	for python in $(PYTHONS); do $(RUN) python -m release.environment $(UV) --python $$python $(ARGS) || exit 1; done

check-oldest: install wheel  ## test the wheel with the oldest libraries that it allows, then with the newest
	$(RUN) python -m release.environment $(UV) --oldest $(ARGS)
	$(RUN) python -m release.environment $(UV) $(ARGS)

check-offline: install  ## install without a network and call it as another user, with nothing to write to
	$(RUN) python -m release.offline $(abspath $(UV)) $(ARGS)

bill: install  ## write the bill of materials (CycloneDX) of the program and all extras into build/
	$(RUN) python -m release $(abspath $(UV)) bill

licences: install  ## list the licences of all libraries, and fail at one that may not be
	$(RUN) python -m release $(abspath $(UV)) licences

audit: install  ## ask PyPI for known flaws of the libraries
	$(RUN) python -m release $(abspath $(UV)) audit

release: install  ## prepare a release up to its upload: make release VERSION=0.2.0 ARGS='--tested --audited'
	$(RUN) python -m release $(abspath $(UV)) $(VERSION) $(ARGS)

clean:  ## remove what was built
	rm -rf .venv .uv dist build site mutants .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
