#!/usr/bin/env python3
"""Check the gold annotations of examples/ and eval/ against their pages.

usage: check_gold.py [--text DIR] [FOLDER...]

FOLDER      a folder with pages and a `gold` folder beside them; all of examples/*, eval/open and eval/held-out
            if none is given
--text DIR  also write each page's plain text to DIR/<id>.txt, for scorers that read no HTML

Each span must be found inside one block of its page (a line of a text page, a block element of an HTML page,
white space folded), ids must be unique over all folders, and each field must have a value that eval/README.md allows.
Exit code 1 with one line per fault.
"""

import html.parser
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACTS = "say confirm deny admit accuse estimate insist demand promise expect other".split()
POLARITIES = "asserted denied".split()
MODALITIES = "actual planned possible conditional demanded".split()
FIELDS = {
    "figure": "value low high approximator unit subject where per as_of".split(),
    "status": "subject status as_of".split(),
    "event": "type actors place date".split(),
    "obligation": "instrument paragraph party action deadline".split(),
    "position": "holder stance target".split(),
}
ENTITY_TYPES = "person organisation country mission instrument place other".split()
DATE = r"(\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?)"
TIME = re.compile(rf"{DATE}(/{DATE})?")
BLOCKS = set(
    "address article aside blockquote body br button caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol option p pre section table td th title tr ul".split()
)
UNSEEN = {"script", "style", "template", "noscript"}


class Blocks(html.parser.HTMLParser):
    """Collects the visible text of a page, one string a block element."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.parts, self.hidden = [], [], 0

    def close_block(self):
        text = " ".join("".join(self.parts).split())
        if text:
            self.blocks.append(text)
        self.parts = []

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in UNSEEN
        if tag in BLOCKS:
            self.close_block()

    def handle_endtag(self, tag):
        self.hidden -= tag in UNSEEN
        if tag in BLOCKS:
            self.close_block()

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def blocks_of(page):
    text = page.read_text(encoding="utf-8")
    if page.suffix != ".html":
        return [line for line in text.splitlines() if line.strip()]
    parser = Blocks()
    parser.feed(text)
    parser.close_block()
    return parser.blocks


def faults_of_claim(claim, gold, page, blocks):
    kind, body = claim.get("kind"), claim.get(claim.get("kind"))
    if kind not in FIELDS or not isinstance(body, dict):
        yield f"unknown kind or no body `{kind}`"
        return
    if not any(claim["span"] in block for block in blocks):
        yield f"span is not found in one block `{claim['span']}`"
    missing = [f for f in FIELDS[kind] if f not in body]
    if missing:
        yield f"fields are missing `{missing}`"
    if claim["act"] not in ACTS:
        yield f"unknown act `{claim['act']}`"
    if claim.get("polarity", "asserted") not in POLARITIES or claim.get("modality", "actual") not in MODALITIES:
        yield "unknown polarity or modality"
    if not isinstance(claim["anonymous"], bool) or not isinstance(claim["reported_via"], list):
        yield "`anonymous` is a boolean and `reported_via` a list"
    if claim["speaker"] and claim["speaker"] in claim["reported_via"]:
        yield "the speaker is not a part of its own chain"
    for time in (claim["said_on"], body.get("as_of"), body.get("date"), body.get("deadline")):
        if time is not None and not TIME.fullmatch(time):
            yield f"not a date `{time}`"
    if claim["said_on"] not in (None, gold["metadata"]["published"]) and not claim["said_on_raw"]:
        yield "`said_on` is not the page's date and has no words in `said_on_raw`"
    if kind == "figure":
        numbers = [body[k] for k in ("value", "low", "high")]
        bad = [n for n in numbers if n is not None and (isinstance(n, bool) or not isinstance(n, (int, float)))]
        if bad:
            yield f"not a number `{bad}`"
        elif None not in numbers[1:] and numbers[1] > numbers[2]:
            yield "`low` is above `high`"
    if "start" in claim:
        text = page.read_text(encoding="utf-8")
        if text[claim["start"] : claim["start"] + len(claim["span"])] != claim["span"]:
            yield f"the span does not stand at `{claim['start']}`"
    if claim.get("restates") and claim["restates"] not in [c["id"] for c in gold["claims"]]:
        yield f"restates an unknown claim `{claim['restates']}`"


def check(folder, seen, text_dir):
    faults, n_claims = [], 0
    files = sorted((folder / "gold").glob("*.json"))
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        page = folder / gold["metadata"]["source_file"]
        if file.stem != gold["id"] or not page.name.startswith(gold["id"]) or not page.is_file():
            faults.append(f"{file}: id, file name and page do not agree")
            continue
        blocks = blocks_of(page)
        for claim in gold["claims"]:
            n_claims += 1
            faults += [f"{claim['id']}: {f}" for f in faults_of_claim(claim, gold, page, blocks)]
            if claim["id"] in seen:
                faults.append(f"{claim['id']}: id is used twice")
            seen.add(claim["id"])
        for entity in gold["entities"]:
            if entity["type"] not in ENTITY_TYPES:
                faults.append(f"{gold['id']}: unknown entity type `{entity['type']}`")
            for form in entity["forms"]:
                if not any(form.lower() in block.lower() for block in blocks):
                    faults.append(f"{gold['id']}: entity form is not found `{form}`")
        for item in gold.get("out_of_scope", []):
            if not any(item["span"] in block for block in blocks):
                faults.append(f"{gold['id']}: out-of-scope span is not found `{item['span']}`")
        if text_dir:
            text_dir.mkdir(parents=True, exist_ok=True)
            (text_dir / f"{gold['id']}.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    gold_pages = {json.loads(f.read_text())["metadata"]["source_file"] for f in files}
    for page in sorted(p for p in folder.iterdir() if p.suffix in (".html", ".txt", ".md")):
        if page.name not in gold_pages and page.name != "README.md":
            faults.append(f"{page}: page has no gold file")
    print(f"{folder.relative_to(ROOT)}: {len(files)} pages, {n_claims} claims")
    return faults


def main():
    args, text_dir = sys.argv[1:], None
    if "--text" in args:
        at = args.index("--text")
        text_dir = Path(args[at + 1])
        del args[at : at + 2]
    folders = [Path(a).resolve() for a in args]
    folders = folders or sorted(p.parent for root in ("examples", "eval") for p in (ROOT / root).glob("*/gold"))
    seen, faults = set(), []
    for folder in folders:
        faults += check(folder, seen, text_dir)
    print("\n".join(faults) if faults else "no faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
