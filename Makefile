# Each target first sets up what it misses; `.ci/tools` says what that is and how long it takes.

port ?= 8080

.PHONY: serve test quick dist weight bench tools

# The page and a practice OVHcloud, on http://127.0.0.1:8080; another port: make serve port=8081
serve: dist
	@$(call with,build) cargo run --example practice --no-default-features -- --port $(port) --dist dist

# Every check; .ci/check has the list.
test:
	@$(call with,test) .ci/check

# The checks that need no browser and no build of the page.
quick:
	@$(call with,rust) .ci/check quick

# The files to serve, in dist/.
dist:
	@$(call with,build) trunk build && cargo run --example dist --no-default-features -- target/page dist

# What the reader of headers adds to the page, refused above a limit.
weight:
	@$(call with,build) trunk build && trunk build --features bare --dist target/bare && \
	cargo run --example weight --no-default-features -- target/bare/page_bg.wasm target/page/page_bg.wasm

# How fast headers are read and a job over many addresses steps, with the limits.
bench:
	@$(call with,rust) cargo bench --no-default-features --bench speed --bench speed-run

# Only the setting up.
tools:
	@$(call with,test) :

with = tools="$$(.ci/tools $(1))" && eval "$$tools" &&
