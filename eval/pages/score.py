#!/usr/bin/env python3
"""score.py GOLD.jsonl DOCUMENTS.jsonl [PEER.jsonl …]

Scores main text, title, authors and date of documents against gold, one line a file of documents.
A document with `seconds` counts into pages/s; peers.py makes such documents of other extractors.
GOLD has one page a line: {"file", "title", "author", "date", "with": [chunks of the main text], "without": [chunks of furniture]}.
DOCUMENTS is what `cargo run --release -p verbale-read --example documents -- FILE…` prints.
Main text is the text of the roles title, body, caption and dateline: precision, recall and F1 over the chunks.
Title and author count as right if they are equal after folding case and punctuation, dates by day."""
import json
import re
import sys
import unicodedata
from pathlib import Path

MAIN = ("title", "body", "caption", "dateline")


def squeeze(text):
    return re.sub(r"\s+", " ", text or "").strip()


def fold(text):
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text or "").lower()).strip()


def main_text(document):
    passages = document.get("passages")
    if passages:
        return squeeze(" ".join(p["text"] for p in passages if p["role"] in MAIN))
    return squeeze(document.get("text"))


def lines(path):
    with open(path, encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def score(gold, documents):
    found = missed = kept = 0
    right = {"title": [0, 0], "author": [0, 0], "date": [0, 0]}
    given = {key: 0 for key in right}
    for page in gold:
        document = documents.get(page["file"], {})
        text, metadata = main_text(document), document.get("metadata") or {}
        n_found = sum(squeeze(chunk) in text for chunk in page["with"])
        found, missed = found + n_found, missed + len(page["with"]) - n_found
        kept += sum(squeeze(chunk) in text for chunk in page["without"])
        author = page.get("author")
        wanted = {
            "title": page.get("title"),
            "author": "; ".join(author) if isinstance(author, list) else author,
            "date": (page.get("date") or "")[:10],
        }
        got = {
            "title": metadata.get("title"),
            "author": "; ".join(metadata.get("authors") or []),
            "date": (metadata.get("published") or "")[:10],
        }
        for key, value in wanted.items():
            if value:
                right[key][0] += fold(value) == fold(got[key])
                right[key][1] += 1
                given[key] += bool(got[key])
    precision, recall = found / max(1, found + kept), found / max(1, found + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    row = {"body P": precision, "body R": recall, "body F1": f1}
    row.update({key: n / max(1, of) for key, (n, of) in right.items()})
    row["date given"] = given["date"] / max(1, right["date"][1])
    row = {key: round(value, 3) for key, value in row.items()}
    seconds = sum(d.get("seconds", 0) for d in documents.values())
    if seconds:
        row["pages/s"] = round(len(gold) / seconds, 1)
    return row


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    gold = lines(sys.argv[1])
    for path in sys.argv[2:]:
        documents = {Path(d["path"]).name: d for d in lines(path)}
        print(json.dumps({"documents": path, "pages": len(gold), **score(gold, documents)}))


if __name__ == "__main__":
    main()
