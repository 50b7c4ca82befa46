#!/usr/bin/env python3
"""Records what spaCy says about texts, for verbale-nlp to be held against.

    python record.py MODEL OUT.jsonl TEXTS…

MODEL is a name or a folder that spacy.load takes. TEXTS are files: of a .txt file with blank lines each paragraph is a text, of a
.jsonl file each line's "text". The first line of the output says which versions answered; each further line is a text with one
column an attribute: offsets count code points, heads are positions, entities are [start, end, label] in tokens, and norms are given
where they are not the word in lower case.
"""
import json
import sys

import spacy


def texts(path):
    with open(path, encoding="utf-8", newline="") as file:
        if path.endswith(".jsonl"):
            for line in file:
                yield json.loads(line)["text"]
        else:
            for paragraph in file.read().split("\n\n"):
                if paragraph:
                    yield paragraph


def record(doc):
    return {
        "text": doc.text,
        "idx": [t.idx for t in doc],
        "len": [len(t) for t in doc],
        "norms": {t.i: t.norm_ for t in doc if t.norm_ != t.lower_},
        "tag": [t.tag_ for t in doc],
        "pos": [t.pos_ for t in doc],
        "morph": [str(t.morph) for t in doc],
        "lemma": [t.lemma_ for t in doc],
        "head": [t.head.i for t in doc],
        "dep": [t.dep_ for t in doc],
        "sents": [s.start for s in doc.sents],
        "ents": [[e.start, e.end, e.label_] for e in doc.ents],
    }


def main():
    model, out, *paths = sys.argv[1:]
    nlp = spacy.load(model)
    header = {"spacy": spacy.__version__, "model": nlp.meta["lang"] + "_" + nlp.meta["name"], "version": nlp.meta["version"]}
    with open(out, "w", encoding="utf-8") as file:
        print(json.dumps(header), file=file)
        for path in paths:
            for doc in nlp.pipe(texts(path)):
                print(json.dumps(record(doc), ensure_ascii=False, separators=(",", ":")), file=file)


if __name__ == "__main__":
    main()
