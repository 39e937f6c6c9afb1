# make          the tool into bin/ and the site into public/
# make test     every test
# make check    formatting, vet, staticcheck and the race detector
# make serve    the site with its drafts, on this machine
# make demo     the example site, on this machine
#
# make fuzz, make corpus, make redline-bench, make lighthouse and make bench take longer; see below.

GO ?= go
CODICIL = bin/codicil
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: all engine tool test check serve demo fuzz corpus redline-bench lighthouse bench clean

all: tool
	$(CODICIL) build

# The redline engine for browsers is a part of the tool; the same Go gives the same bytes.
ENGINE = generator/engine
engine:
	GOOS=js GOARCH=wasm $(GO) build -trimpath -ldflags="-s -w" -buildvcs=false -o $(ENGINE)/built/redline.wasm ./$(ENGINE)/wasm
	gzip -9nf $(ENGINE)/built/redline.wasm
	cp "$$($(GO) env GOROOT)/lib/wasm/wasm_exec.js" $(ENGINE)/built/wasm_exec.js

tool: engine
	$(GO) build -trimpath -o $(CODICIL) ./generator

test: engine
	$(GO) test -timeout=20m ./...

check:
	@unformatted=$$(gofmt -l generator templates); \
	  test -z "$$unformatted" || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) test -race -short -timeout=20m ./...

serve: tool
	$(CODICIL) serve

demo: tool
	rm -rf bin/demo
	$(CODICIL) init bin/demo
	cd bin/demo && ../codicil build --as-of 2026-12-01 && ../codicil serve --as-of 2026-12-01

# Fuzz the laws: what is read never breaks, a redline holds both texts, and an
# imported version the words of its text.
FUZZTIME ?= 5m
fuzz:
	$(GO) test -run='^$$' -fuzz=FuzzLoad -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s ./generator/internal/legal
	$(GO) test -run='^$$' -fuzz=FuzzCompare -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s ./generator/internal/redline
	$(GO) test -run='^$$' -fuzz=FuzzFreeze -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s ./generator/internal/history
	$(GO) test -run='^$$' -fuzz=FuzzRedlineHTML -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s ./generator/internal/site
	$(GO) test -run='^$$' -fuzz=FuzzRules -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s ./generator/internal/check
	$(GO) test -run='^$$' -fuzz=FuzzRedlineMarkdown -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s ./generator/internal/site

# Build and import every document of the corpora, where they are there.
corpus:
	$(GO) test -count=1 -v -run=TestCorpora -timeout=60m ./generator -corpora=all
	$(GO) test -count=1 -v -run=TestImportCorpora -timeout=60m ./generator -corpora=all
	CORPORA=all $(GO) test -count=1 -run=Corpora -timeout=60m ./generator/internal/site ./generator/internal/history

# Compare the redline with its peers, where the bench is there.
REDLINE_BENCH ?= ../shared/redline
redline-bench: tool
	generator/internal/redline/bench.sh $(REDLINE_BENCH) bin/redline-bench $(CODICIL)

# Lighthouse's scores of the example's pages, that for performance among them, which
# depends on the machine; needs what .ci/run installs.
lighthouse:
	LIGHTHOUSE=performance $(GO) test -count=1 -v -run=TestLighthouse ./generator

# Measure whole builds beside Hugo's, and write what was found as PAGE. Sizes,
# made and REAL, are numbers of versions; the growth of VERSIONS of one document
# and of DOCUMENTS, and PAIRS compared with go-diff (-1: all), are asked for by
# theirs. Results of the same tool add up on the page.
SIZES ?= 1000
RUNS ?= 5
PAIRS ?= 0
PAGE ?= generator/docs/scale.md
bench: tool
	$(GO) build -trimpath -o bin/scale ./generator/bench/scale
	bin/scale -codicil $(CODICIL) -runs $(RUNS) -sizes "$(SIZES)" -real "$(REAL)" \
	  -versions "$(VERSIONS)" -documents "$(DOCUMENTS)" -pairs $(PAIRS) -page $(PAGE)

clean:
	rm -rf bin $(ENGINE)/built/*.wasm.gz $(ENGINE)/built/*.js
