# Two commands do everything: `make run` starts the hall, `make test` proves it. Both fetch what this machine still lacks.
# The work is in setup/; nothing here is needed by people who have the tools and prefer plain cargo.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run dev test test-rust test-browser e2e build release bench fuzz-api check format setup ready-to-run ready-to-test

TOOLS := $(or $(TONGBAN_TOOLS),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tongban/tools)
export PATH := $(TOOLS)/bin:$(PATH)

help: ## what can be asked for
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: build ## everything needed, then the hall with demo data on http://127.0.0.1:3000
	@exec setup/run serve

dev: ready-to-run ## the same, rebuilt and reloaded whenever a file changes
	@exec setup/run watch

test: ready-to-test ## everything needed, then every test: rules, both databases, doors, browser
	@cargo fmt --all --check || { echo "✗ some files are not formatted: make format" >&2; exit 1; }
	@$(MAKE) --no-print-directory test-rust
	@$(MAKE) --no-print-directory test-browser

# One test at a time: pages are drawn by an executor that is one per process, and a page of one test's hall waits for ever
# when the runtime of another test ends under it.
test-rust: ready-to-test ## only what cargo tests: rules, both databases, doors
	RUST_TEST_THREADS=1 cargo test

# `--tests` only makes cargo choose the library features the tests were compiled with: without it half the libraries are compiled twice.
test-browser: ready-to-test ## only the browser tests
	cargo leptos build --split --frontend-only
	cargo build --bin tongban --tests
	setup/e2e

e2e: ready-to-test build ## one browser spec: make e2e SPEC=tests/home.spec.ts
	setup/e2e $(SPEC)

build: ready-to-run
	cargo leptos build --split

release: ready-to-run ## optimised server, WASM and style sheet, with .gz and .br beside each file
	cargo leptos build --split --release --precompress

# Figures, not tests: nothing here can fail a build. Some twenty minutes once the release is built.
bench: ready-to-test release ## side by side with nginx, Django, SQLite …: one ratio per line, into docs/benchmarks.md (ONLY="P1 P3")
	bench/peers
	bench/run $(ONLY)

fuzz-api: ready-to-test build ## schemathesis against the open API of a hall of its own (SECONDS_OF_FUZZ=600)
	setup/fuzz-api $(SECONDS_OF_FUZZ)

check: ## format, lints of the server's and the browser's side, licences, scripts
	@setup/need check
	cargo fmt --all --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy -p frontend --target wasm32-unknown-unknown -- -D warnings
	@if command -v cargo-deny >/dev/null; then cargo deny --offline check bans licenses sources; else echo "(cargo-deny is not installed: licences not checked)"; fi
	@! command -v python3 >/dev/null || PYTHONDONTWRITEBYTECODE=1 python3 -c 'import ast, pathlib; [ast.parse(f.read_text(), str(f)) for f in [*pathlib.Path("bench").rglob("*.py"), pathlib.Path("bench/run")]]'
	@if command -v shellcheck >/dev/null; then shellcheck -x setup/need setup/run setup/e2e setup/fuzz-api bench/peers .ci/run; else echo "(shellcheck is not installed: scripts not checked)"; fi

format: ## let rustfmt have its way
	cargo fmt --all

setup: ## only fetch what is missing
	@setup/need all

ready-to-run:
	@setup/need run

ready-to-test:
	@setup/need test
