# What a contributor may want; "make help" lists it.

GOLANGCI_LINT := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME ?= 10s
# The tests of the program that need an Elasticsearch or a PostgreSQL; README.md's test command runs the others once more, without one.
WITH_SERVER := Elastic|Postgres|Accounted|Server|OlderLedger|Rebuild|Alias|Surplus|Forgotten|Querying|Meanwhile

# Long tests that reckon one thing after the other, which the race detector makes ten times as long. Those that need a
# server or a program are run by themselves; the others, with all of internal/eval, by README.md's test command.
LONG := ^TestYear$$|^TestDescribed$$|^TestTablesAreAlike$$|^TestEveryCriterionIsAtWork$$
LONG_WITH_SERVER := ^TestQueriesElastic$$|^TestDescribed$$|^TestTablesAreAlike$$

.PHONY: help build test race lint shape docs docs-check fuzz bench bench-import bench-tables eval learn e2e soak readme elasticsearch deploy-check check

help: ## list the tasks
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: ## build the program: bin/jobsieve
	CGO_ENABLED=0 go build -trimpath -o bin/jobsieve ./cmd/jobsieve

test: ## run the tests
	go test -timeout 25m ./...
	@if [ -z "$$JOBSIEVE_TEST_ELASTICSEARCH" ] && ! { command -v javac && command -v mvn; } >/dev/null 2>&1; then \
		echo 'The Elasticsearch suite was left out: it needs a JDK and Maven (on Debian: apt-get install default-jdk-headless maven), or JOBSIEVE_TEST_ELASTICSEARCH=URL of a server.'; fi
	@if [ -z "$$JOBSIEVE_TEST_POSTGRES" ] && ! { command -v psql && { ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; }; } >/dev/null 2>&1; then \
		echo 'The PostgreSQL suite was left out: it needs its programs (on Debian: apt-get install postgresql), or JOBSIEVE_TEST_POSTGRES=URL of a server.'; fi
	@command -v chromium >/dev/null || echo 'The page was not tried in a browser: that needs Chromium (on Debian: apt-get install chromium).'

race: ## run the tests in random order, with the race detector where they run within one process (needs a C compiler)
	CGO_ENABLED=1 go test -race -p 3 -shuffle=on -timeout 25m -skip '$(LONG)' $$(go list ./... | grep -v '/cmd/\|/internal/eval')
	go test -timeout 25m -run '$(LONG_WITH_SERVER)' ./internal/eval ./desk ./web/api
	CGO_ENABLED=1 go test -race -shuffle=on -timeout 25m -run 'Scripts/(run|rundue|serve|sources)$$|Beside|Keeper|SourceFaults' ./cmd/jobsieve
	go test -shuffle=on -timeout 25m -run '$(WITH_SERVER)' ./cmd/jobsieve

lint: ## check the code: gofmt, go vet, golangci-lint, and the bounds of lines, conditions and branches
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'not gofmted'; exit 1; }
	go vet ./...
	$(GOLANGCI_LINT) run ./...
	go run ./internal/shape/run -check

docs: ## write the references that are generated from the code
	go run ./cmd/jobsieve docs docs

docs-check: docs ## fail if the generated references are not up to date
	@git diff --exit-code -- docs || { echo 'run "make docs" and commit'; exit 1; }

shape: ## count what shows how the code is built: lengths, branches, tests, documentation
	@go run ./internal/shape/run

fuzz: ## fuzz whatever reads foreign bytes, FUZZTIME each (10s)
	@for target in $$(grep -rlE '^func Fuzz' --include=*_test.go . | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -hoE '^func Fuzz[A-Za-z]+' $$target/*_test.go | sed 's/func //'); do \
			echo "$$target $$f"; go test $$target -run XXX -fuzz "^$$f$$" -fuzztime $(FUZZTIME) || exit 1; \
		done; \
	done

bench: ## run the benchmarks, on real postings where they are, and bench-tables
	go test -run XXX -bench . -benchmem -timeout 60m ./...
	$(MAKE) bench-tables

bench-import: ## compare how fast imports are with those of a commit: BASE=COMMIT, COUNT times each (3)
	.ci/bench-import $(BASE)

bench-tables: ## make the same pay tables of N postings (100000) from ledger, indexes and DuckDB, and compare them, in DIR, with a ledger in POSTGRES
	go run ./internal/million/tables -n $(or $(N),100000) $(if $(DIR),-dir $(DIR)) $(if $(POSTGRES),-postgres $(POSTGRES))

eval: ## score pay, facts and labels against the labelled sets, list the disagreements, write docs/scoreboard*.md
	JOBSIEVE_UPDATE=1 go test -count=1 -v -run 'Gold|SampleBoard|Ads|Readings' ./pay ./facts ./pipeline
	go test -count=1 -v -run 'Scoreboard|TestRounds|TestReadings|TestQueries|TestVacancies' ./internal/eval -args -update -show " "

learn: ## learn the words of labelled postings anew: classifier/likeness/words.tsv
	JOBSIEVE_REQUIRE=shared go test -count=1 -run TestLearn ./internal/eval -args -update

e2e: ## run the command line's scripts
	go test -count=1 ./cmd/jobsieve

.PHONY: bench-machines
bench-machines: ## measure how fast one, two and three machines crawl into one PostgreSQL
	JOBSIEVE_REQUIRE=postgres go test -run XXX -bench Machines -benchtime 1x -timeout 60m ./internal/machines

.PHONY: analysts
analysts: ## open tables and exports in pandas, DuckDB, openpyxl and LibreOffice (needs soffice and a Python with .ci/requirements.txt: JOBSIEVE_PYTHON, else python3)
	JOBSIEVE_REQUIRE=analysts go test -count=1 ./internal/analysts

.PHONY: browser pictures
browser: ## try the page in Chromium (on Debian: apt-get install chromium), with axe-core, which .ci/axe loads once
	JOBSIEVE_REQUIRE=browser JOBSIEVE_AXE=$$(.ci/axe) go test -count=1 -run TestPage ./internal/browser

pictures: ## draw README.md's pictures of the page, made from the sample board: docs/page*.png
	JOBSIEVE_REQUIRE=browser go test -count=1 -v -run TestPictures ./internal/browser -args -pictures ../../docs

soak: ## the long tests: kills of imports and deliveries, faults of a server, ill treatment of a data folder and of a server, with real postings; machines that are disturbed, SEEDS times (20)
	JOBSIEVE_SOAK=1 go test -count=1 -timeout 120m -v -run 'Killed|AccountedFor|Abuse' ./cmd/jobsieve
	JOBSIEVE_SOAK=1 SEEDS=$(or $(SEEDS),20) go test -count=1 -timeout 240m -v -run Disturbed ./internal/machines

elasticsearch: ## run a real Elasticsearch for tests, until Ctrl-C (needs a JDK and Maven)
	go run ./indexer/elastic/testserver/run

deploy-check: ## read docker-compose.yml and the Dockerfile with their own parsers, and try the alerts (needs promtool: on Debian, prometheus)
	cd deploy/check && go vet ./... && go test ./...
	promtool check rules deploy/alerts.yml
	promtool test rules deploy/alerts_test.yml

readme: ## run README.md's two commands in a fresh clone, with only Go, git and make
	.ci/readme

check: lint race deploy-check readme docs-check ## all that .ci/run runs
