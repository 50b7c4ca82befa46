#!/usr/bin/env python3
"""Measures verbale-nlp beside spaCy on the same texts, in turns, and prints the ratios.

    python run.py MODEL TEXTS.jsonl [ROUNDS]

MODEL is a folder that both load; each line of TEXTS has a "text". Build the other side first:
    cargo build --release -p verbale-nlp --example throughput

Both sides run on one thread with all components. A round is one run of each; within a run the texts are read three times and the
best counts, so that both are warm. spaCy takes its best batch size of three. Rates are tokens per second of processor time, so that
other work on the machine disturbs them less; on an idle machine they are those of the clock.
"""
import json
import os
import subprocess
import sys
import time

BINARY = os.environ.get("THROUGHPUT", "target/release/examples/throughput")
BATCHES = [16, 64, 256]

SPACY = """
import json, sys, time
start = time.perf_counter()
import spacy
nlp = spacy.load(sys.argv[1])
start_up = time.perf_counter() - start
texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
first, best, batch_size = 0, 0, 0
for size in json.loads(sys.argv[3]):
    before = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=size))
    rate = tokens / (time.process_time() - before)
    first = first or rate
    if rate > best:
        best, batch_size = rate, size
import resource
print(json.dumps({"spacy": spacy.__version__, "tokens": tokens, "first_per_cpu_s": first, "best_per_cpu_s": best, "batch_size": batch_size,
    "start_up_ms": start_up * 1e3, "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


def run(command):
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    return json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)


def main():
    model, texts = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    ours, theirs = [], []
    for number in range(rounds):
        theirs.append(run([sys.executable, "-c", SPACY, model, texts, json.dumps(BATCHES)]))
        ours.append(run([BINARY, model, texts, "3"]))
        print(f"round {number + 1}: spaCy {theirs[-1]}", f"         verbale-nlp {ours[-1]}", sep="\n", flush=True)
    print(f"\n{time.strftime('%Y-%m-%d')}, spaCy {theirs[0]['spacy']}, {ours[0]['kernels']}, {ours[0]['tokens']} tokens, best of {rounds}")
    for key, name, best in [
        ("first_per_cpu_s", "tokens/s, cold", max),
        ("best_per_cpu_s", "tokens/s, warm", max),
        ("start_up_ms", "start-up, ms", min),
        ("peak_kb", "memory, kB", min),
    ]:
        a, b = best(r[key] for r in theirs), best(r[key] for r in ours)
        ratio = b / a if best is max else a / b
        print(f"{name:16} {a:12.0f} {b:12.0f}   {ratio:6.1f} ×")


if __name__ == "__main__":
    main()
