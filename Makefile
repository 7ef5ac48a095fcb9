# make serve   sets up, imports data/transcripts and serves the site; PORT=8123 for another port
# make demo    serves the invented collection of the tests instead, from an archive that is thrown away
# make test    sets up and runs every check and test
# make kills   kills TIMES=200 imports at random moments and looks at what each leaves: half an hour
# make publications   publishes TIMES=100 generations while a real server is read: ten minutes
# make soak    reads a site as a mixed readership does for MINUTES=30, at four fifths of what it can answer
# make inputs   types TIMES=100000 random and hostile things into the search: half an hour
# make contract   asks some thousands of things of what /openapi.json describes, CASES=80 of each address: minutes
# make bench   measures what pages cost to serve, beside others that serve the same; needs wrk: half an hour
# make bench-adding   measures what adding an interview costs, on a made archive of INTERVIEWS=100000: an hour at first
# make bench-import   measures reading, parsing and importing beside inserting the same rows, on PATHS=folder
# make bench-search   measures every kind of search on that archive and on one of a tenth, beside plain queries and, with
#              DATASETTE=folder, beside Datasette: half an hour on a machine that does nothing else
# make bench-quotations ARCHIVE=file   tells how often the quotation check is right about an archive: ten minutes
# make lock    writes both lock files anew from pyproject.toml (needs uv); for whoever changes a dependency

PORT ?= 8000
INTERVIEWS ?= 100000
CORPUS ?= $(or $(TMPDIR),/tmp)/verbatim-corpus/$(INTERVIEWS).db
SERVED ?= $(or $(TMPDIR),/tmp)/verbatim-corpus/1000.db
UV ?= uv
# A process of tests on each processor, of at most four; each takes the next module, and the browser's come last.
SIDE_BY_SIDE ?= --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

VENV_PYTHON := .venv/bin/python
INSTALL := $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check
COMPILE := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --quiet

define CREATE
for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
        echo "Setting up .venv with $$python ..."; \
        $$python -m venv --clear .venv && exit; rm -rf .venv; exit 1; \
    fi; \
done; \
echo 'Verbatim needs Python 3.11 or later; there is none on the PATH.' >&2; exit 1
endef

.PHONY: serve demo test kills publications soak contract inputs bench bench-adding bench-import bench-search \
	bench-quotations lock
.DELETE_ON_ERROR:
.NOTPARALLEL:

# Exit status 1 means that a file was refused or held back: the import has said which, and the others can be read.
serve: .venv/project
	@$(VENV_PYTHON) -m app import data/transcripts || test $$? -eq 1
	@$(VENV_PYTHON) -m app serve --port $(PORT)

demo: .venv/project
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && trap 'exit 130' INT TERM && \
	$(VENV_PYTHON) -m app import tests/collection/transcripts --archive "$$folder/archive.db" && \
	$(VENV_PYTHON) -m app serve --archive "$$folder/archive.db" --port $(PORT)

test: .venv/project .venv/tools
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) -m pytest $(SIDE_BY_SIDE)

bench: SECONDS = 3
bench: ROUNDS = 5
bench: .venv/project
	@mkdir -p $(dir $(SERVED))
	@$(VENV_PYTHON) -m tests.benchmarks.serving $(SERVED) --seconds $(SECONDS) --rounds $(ROUNDS)

bench-adding: .venv/project
	@mkdir -p $(dir $(CORPUS))
	@$(VENV_PYTHON) -m tests.benchmarks.adding $(CORPUS) --interviews $(INTERVIEWS)

bench-import: PATHS = tests/collection/transcripts
bench-import: .venv/project
	@$(VENV_PYTHON) -m tests.benchmarks.importing $(PATHS) $(if $(FILES),--files $(FILES))

bench-search: TENTH = $(dir $(CORPUS))$(shell expr $(INTERVIEWS) / 10).db
bench-search: .venv/project
	@mkdir -p $(dir $(CORPUS))
	@test -e $(TENTH) || $(VENV_PYTHON) -m tests.benchmarks.corpus $$(expr $(INTERVIEWS) / 10) $(TENTH)
	@test -e $(CORPUS) || $(VENV_PYTHON) -m tests.benchmarks.corpus $(INTERVIEWS) $(CORPUS)
	@$(VENV_PYTHON) -m tests.benchmarks.searching $(TENTH) $(CORPUS) $(if $(DATASETTE),--datasette $(DATASETTE))

bench-quotations: ARCHIVE = data/archive.db
bench-quotations: .venv/project
	@$(VENV_PYTHON) -m tests.benchmarks.quotations $(ARCHIVE)

kills: TIMES = 200
kills: .venv/project .venv/tools
	$(VENV_PYTHON) -m tests.faults.kills --times $(TIMES)

publications: TIMES = 100
publications: .venv/project .venv/tools
	$(VENV_PYTHON) -m tests.faults.publications --times $(TIMES)

soak: MINUTES = 30
soak: WORKERS = 1
soak: .venv/project
	@$(VENV_PYTHON) -m tests.faults.soak $(SERVED) --minutes $(MINUTES) --workers $(WORKERS)

inputs: TIMES = 100000
inputs: .venv/project
	@$(VENV_PYTHON) -m tests.faults.inputs --times $(TIMES)

contract: CASES = 80
contract: .venv/project .venv/tools
	CASES=$(CASES) $(VENV_PYTHON) -m pytest tests/web/test_contract.py

lock:
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

# Each stamp below is made last, so that whatever was interrupted is done again; and all of it is, where the interpreter
# behind the environment was removed or replaced by another.
ifneq ($(shell $(VENV_PYTHON) -c 'import pip' 2>/dev/null && echo whole),whole)
.PHONY: .venv/runtime
endif

.venv/runtime: requirements.lock
	@$(VENV_PYTHON) -c 'import pip' 2>/dev/null || { $(CREATE); }
	@echo 'Installing from requirements.lock ...'
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@touch $@

.venv/project: pyproject.toml .venv/runtime
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tools: requirements-dev.lock .venv/runtime
	@echo 'Installing from requirements-dev.lock ...'
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@
