#!/usr/bin/env python3
"""Measures verbale-nlp beside spaCy on the same texts, in turns, and prints the ratios.

    python run.py MODEL TEXTS.jsonl [ROUNDS]

MODEL is a folder that both load; each line of TEXTS has a "text". Build the other side first:
    cargo build --release -p verbale-nlp --example throughput

Both sides run all components on one thread; ours also with each kind of kernels, and on two threads. A round is one run of each;
within a run the texts are read three times: the first time with empty caches, and the best counts as warm. spaCy takes its best batch size of three. Rates are tokens per second of processor time, so that
other work on the machine disturbs them less; on an idle machine they are those of the clock.
"""
import json
import os
import subprocess
import sys
import time

BINARY = os.environ.get("THROUGHPUT", "target/release/examples/throughput")
BATCHES = [16, 64, 256]
# Kernels and threads of our side.
SIDES = [("avx512", 1), ("avx2", 1), ("portable", 1), ("avx512", 2)]

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
    """The answer of one side, or None if this processor lacks the kernels asked for."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, env=environment)
    if b"processor lacks" in done.stderr:
        return None
    done.check_returncode()
    return json.loads(done.stdout)


def main():
    model, texts = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    theirs, ours = [], {}
    for number in range(rounds):
        theirs.append(run([sys.executable, "-c", SPACY, model, texts, json.dumps(BATCHES)]))
        for kernels, threads in SIDES:
            answer = run([BINARY, model, texts, "3", str(threads), kernels])
            if answer:
                ours.setdefault((kernels, threads), []).append(answer)
        print(f"round {number + 1} of {rounds} done", file=sys.stderr, flush=True)
    best = lambda answers, key, choose=max: choose(answer[key] for answer in answers)
    print(f"{time.strftime('%Y-%m-%d')}, spaCy {theirs[0]['spacy']}, {theirs[0]['tokens']} tokens, best of {rounds} rounds\n")
    print("| | threads | tokens/s first | × spaCy | tokens/s best | × spaCy | start-up, ms | memory, MB |")
    print("|---|---|---|---|---|---|---|---|")

    def row(name, threads, answers, clock):
        first, top = best(answers, f"first_per_{clock}"), best(answers, f"best_per_{clock}")
        start_up, memory = best(answers, "start_up_ms", min), best(answers, "peak_kb") / 1000
        a, b = first / best(theirs, "first_per_cpu_s"), top / best(theirs, "best_per_cpu_s")
        print(f"| {name} | {threads} | {first:.0f} | {a:.1f} | {top:.0f} | {b:.1f} | {start_up:.0f} | {memory:.0f} |")

    row("spaCy", 1, theirs, "cpu_s")
    for (kernels, threads), answers in ours.items():
        # On several threads only the clock on the wall says what is gained.
        row(kernels, threads, answers, "cpu_s" if threads == 1 else "s")


if __name__ == "__main__":
    main()
