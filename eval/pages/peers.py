#!/usr/bin/env python3
"""peers.py GOLD.jsonl HTML_FOLDER OUT_FOLDER [NAME=COMMAND ...]

Runs other extractors over the pages of GOLD, as many of them as are installed, and each COMMAND: a program
that reads names of files from its standard input and answers each with its document in one line, such as
`verbale=target/release/examples/documents`.
Each tool's documents go to OUT_FOLDER/TOOL.jsonl, for score.py. Each line has the seconds of computing time
that the page took, so that a busy machine does not matter; the tools take turns at each page. No tool is told
the page's address: it has the bytes, as for a saved page. A COMMAND runs as one process over all pages, and
its seconds are those of the process, its start included, divided evenly.

`pip install trafilatura htmldate readability-lxml newspaper4k goose3 lxml_html_clean`"""
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

SECONDS = 30


def decoded(data):
    from trafilatura.utils import decode_file

    return decode_file(data)


def trafilatura_tool(**options):
    import trafilatura

    def run(data):
        document = trafilatura.bare_extraction(data, with_metadata=True, **options)
        if document is None:
            return None
        d = document.as_dict()
        authors = (d.get("author") or "").split("; ")
        return d.get("text"), d.get("title"), [a for a in authors if a], d.get("date")

    return run


def htmldate_tool():
    from htmldate import find_date

    def run(data):
        return None, None, [], find_date(data)

    return run


def readability_tool():
    from lxml import html
    from readability import Document

    def run(data):
        document = Document(decoded(data))
        text = html.fromstring(document.summary()).text_content()
        return text, document.short_title(), [], None

    return run


def newspaper_tool():
    import newspaper

    def run(data):
        article = newspaper.Article("https://example.org/")
        article.download(input_html=decoded(data))
        article.parse()
        date = article.publish_date
        return article.text, article.title, article.authors, date and date.strftime("%Y-%m-%d")

    return run


def goose_tool():
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def run(data):
        article = goose.extract(raw_html=decoded(data))
        date = article.publish_date
        return article.cleaned_text, article.title, article.authors, date and str(date)[:10]

    return run


TOOLS = {
    "trafilatura": trafilatura_tool,
    "trafilatura-precision": lambda: trafilatura_tool(favor_precision=True),
    "trafilatura-fast": lambda: trafilatura_tool(fast=True),
    "htmldate": htmldate_tool,
    "readability-lxml": readability_tool,
    "newspaper4k": newspaper_tool,
    "goose3": goose_tool,
}


def installed():
    tools = {}
    for name, make in TOOLS.items():
        try:
            tools[name] = make()
        except ImportError as why:
            print(f"{name}: not installed ({why})", file=sys.stderr)
    return tools


def too_long(*_):
    raise TimeoutError


def timed(run, data, name):
    """What the tool says of a page and its computing time; nothing for a page that it fails on."""
    began = time.thread_time()
    signal.alarm(SECONDS)
    try:
        result = run(data)
    except Exception as why:  # A tool that fails on a page has no answer for it.
        print(f"{name}: {type(why).__name__}", file=sys.stderr)
        result = None
    finally:
        signal.alarm(0)
    return result or (None, None, [], None), time.thread_time() - began


class Program:
    """A program that answers the name of a file with its document."""

    def __init__(self, command):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(command.split(), text=True, encoding="utf8", **pipes)
        self.documents = []

    def ask(self, path):
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        self.documents.append(json.loads(self.process.stdout.readline()))

    def finished(self):
        self.process.stdin.close()
        _, _, used = os.wait4(self.process.pid, 0)
        seconds = (used.ru_utime + used.ru_stime) / max(1, len(self.documents))
        return [{**d, "seconds": seconds} for d in self.documents]


def write(path, documents):
    with open(path, "w", encoding="utf8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


def main():
    args = [a for a in sys.argv[1:] if "=" not in a]
    programs = {n: Program(c) for n, _, c in (a.partition("=") for a in sys.argv[1:] if "=" in a)}
    if len(args) != 3:
        sys.exit(__doc__)
    gold = [json.loads(line) for line in open(args[0], encoding="utf8") if line.strip()]
    folder, out = Path(args[1]), Path(args[2])
    out.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGALRM, too_long)
    tools = installed()
    documents = {name: [] for name in tools}
    for page in gold:
        data = (folder / page["file"]).read_bytes()
        for name, run in tools.items():
            (text, title, authors, date), seconds = timed(run, data, page["file"])
            metadata = {"title": title, "authors": list(authors or []), "published": date}
            documents[name].append(
                {"path": page["file"], "text": text or "", "metadata": metadata, "seconds": seconds}
            )
        for program in programs.values():
            program.ask(folder / page["file"])
    for name, lines in documents.items():
        write(out / f"{name}.jsonl", lines)
    for name, program in programs.items():
        write(out / f"{name}.jsonl", program.finished())


if __name__ == "__main__":
    main()
