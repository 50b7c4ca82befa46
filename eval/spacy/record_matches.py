#!/usr/bin/env python3
"""Records what spaCy's matchers find, and its noun chunks: record_matches.py MODEL PATTERNS.json TEXTS.txt OUT.json

Of the texts, every third is taken. The output has the docs as spaCy prints them, with norms, and for each pattern the matches as
[doc, start, end] or [doc, token of each node…], sorted.
"""
import json
import sys

import spacy
from spacy.matcher import DependencyMatcher, Matcher


def find(nlp, docs, pattern, greedy=None):
    matcher = Matcher(nlp.vocab)
    matcher.add("key", [pattern], greedy=greedy)
    return sorted([i, start, end] for i, doc in enumerate(docs) for _, start, end in matcher(doc))


def find_trees(nlp, docs, pattern):
    matcher = DependencyMatcher(nlp.vocab)
    matcher.add("key", [pattern])
    return sorted([i, *nodes] for i, doc in enumerate(docs) for _, nodes in matcher(doc))


def main():
    model, patterns, texts, out = sys.argv[1:]
    nlp = spacy.load(model)
    patterns = json.load(open(patterns, encoding="utf-8"))
    texts = [t for t in open(texts, encoding="utf-8", newline="").read().split("\n\n") if t][::3]
    docs = [doc for doc in nlp.pipe(texts) if len(doc) < 200]
    recorded = {
        "spacy": spacy.__version__,
        "docs": [{**doc.to_json(), "norms": {t.i: t.norm_ for t in doc if t.norm_ != t.lower_}} for doc in docs],
        "chunks": [[i, c.start, c.end] for i, doc in enumerate(docs) for c in doc.noun_chunks],
        "matcher": [find(nlp, docs, p) for p in patterns["matcher"]],
        "greedy": [find(nlp, docs, p, greedy) for greedy, p in patterns["greedy"]],
        "dependency": [find_trees(nlp, docs, p) for p in patterns["dependency"]],
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(recorded, file, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
