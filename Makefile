# Everything is done by ops/, with whatever Python 3 is here; this page is its list of commands.
# A candidate is tried, not only looked up: a version manager's stand-in may be there and not work.
PYTHON := $(shell for p in python3 python /usr/bin/python3 /usr/local/bin/python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo $$p && break; done)
OPS = $(if $(PYTHON),@$(PYTHON) -m ops,$(error No Python 3.8 or newer was found. Install python3 and run make again))

.DEFAULT_GOAL := help
.PHONY: run setup test soak day lint train learn bench eval locks sbom clean help

run:  ## Set up what is missing and start everything; Ctrl-C stops it
	$(OPS) run

setup:  ## Set up what is missing: Python environments, web clients, the model
	$(OPS) setup

test:  ## Run all tests; some of them: make test PARTS="desk e2e"
	$(OPS) test $(PARTS)

soak:  ## Run what takes an hour: channels and bot away for ten minutes
	$(OPS) test soak

day:  ## Run one day of a shop in minutes: 200 customers, two agents, two outages
	$(OPS) test day

lint:  ## Check style and types
	$(OPS) lint

train:  ## Train the bot, if its data has changed
	$(OPS) train

learn:  ## Train from labelled messages beside the running model; then: make learn ARGS="release 1", ARGS=undo
	$(OPS) learn $(ARGS)

bench:  ## Measure speed: docs/benchmarks.md
	$(OPS) bench $(ARGS)

eval:  ## Measure understanding, on the messages set aside
	$(OPS) eval $(ARGS)

locks:  ## Resolve dependencies again after a change; newest versions: make locks ARGS=--upgrade
	$(OPS) locks $(ARGS)

sbom:  ## Write what is installed, for scanners: var/sbom.cdx.json
	$(OPS) sbom

clean:  ## Remove everything that was made here, var/ with its conversations too
	$(OPS) clean

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):  *## \(.*\)/\1	\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='	' read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done
