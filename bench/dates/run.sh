#!/bin/sh
# Measures dates beside SUTime and go-dateparser in one run: accuracy by the
# corpus's own scorer, speed in processor time on one core. Needs Go, Maven,
# Java and Python; the corpus lies in ../../../shared/corpora/dates.
set -eu
cd "$(dirname "$0")"
corpus=../../../shared/corpora/dates
out=${1:-$(mktemp -d)}
go build -o "$out/compare" .
(cd sutime && mvn -q -B compile dependency:copy-dependencies)
"$out/compare" -tool tsv "$corpus"/*.jsonl.gz > "$out/corpus.tsv"
export GOMAXPROCS=1
taskset -c 0 "$out/compare" -tool dateline "$corpus"/*.jsonl.gz > "$out/dateline.jsonl"
taskset -c 0 "$out/compare" -tool go-dateparser "$corpus"/*.jsonl.gz > "$out/go-dateparser.jsonl"
taskset -c 0 java -Xmx3g -XX:+UseSerialGC -cp "sutime/target/classes:sutime/target/dependency/*" Sutime < "$out/corpus.tsv" > "$out/sutime.jsonl"
taskset -c 0 "$out/compare" -tool dateline "$corpus"/*.jsonl.gz > "$out/dateline.jsonl"
for tool in dateline sutime go-dateparser; do
	echo "== $tool"
	python3 "$corpus/score.py" --gold "$corpus/gum.jsonl.gz" "$corpus/meantime.jsonl.gz" --pred "$out/$tool.jsonl"
	python3 "$corpus/score.py" --gold "$corpus"/*.jsonl.gz --pred "$out/$tool.jsonl"
done
python3 split.py "$corpus" "$out/dateline.jsonl"
