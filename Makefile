# The verbs people expect. Each is one command that you can also type.
.PHONY: run build test short lint bench image clean

run: ## start everything; the page is on http://127.0.0.1:8080
	go run ./cmd/dateline run

build: ## one static binary in dist/
	CGO_ENABLED=0 go build -trimpath -o dist/dateline ./cmd/dateline

test: ## every test
	go test ./...

short: ## the fast tests, under two minutes
	go test -short ./...

lint: ## what continuous integration checks besides the tests
	test -z "$$(gofmt -l .)"
	go vet ./...
	go tool staticcheck ./...

bench: ## the benchmarks whose results are under bench/
	go test -run '^$$' -bench . -benchtime 2s ./...

image: ## the container image
	docker build -t dateline .

clean:
	rm -rf dist
