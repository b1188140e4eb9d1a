"""Scores the dates of one tool on the documents that were read while the grammar was written and on
those that were kept aside: a third, by the SHA-256 of their ids.

  split.py CORPUS PREDICTIONS
"""
import collections, glob, hashlib, os, sys

corpus, predictions = sys.argv[1:]
sys.path.insert(0, corpus)
import score

found = collections.defaultdict(list)
for line in score.read(predictions):
    found[line["id"]].extend(line.get("expr") or [])
documents = [d for path in sorted(glob.glob(os.path.join(corpus, "*.jsonl.gz"))) for d in score.read(path)]


def aside(d):
    return int(hashlib.sha256(d["id"].encode()).hexdigest(), 16) % 3 == 0


for name, part in (("read", [d for d in documents if not aside(d)]), ("kept aside", [d for d in documents if aside(d)])):
    row = []
    for chosen in ([d for d in part if d["source"] in ("gum", "meantime")], part):
        total = collections.Counter()
        for d in chosen:
            score.score_doc(d, found[d["id"]], total)
        r = score.report(total)
        row += [100 * r["relaxed_F1"], 100 * r["value_F1"]]
    print("%-10s %4d documents | news: relaxed %.2f value %.2f | all: relaxed %.2f value %.2f" % (name, len(part), *row))
