"""The benchmark that prints how often each rule of sourcing is right."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks/precision_by_rule.py"


def test_counts_by_rule(tmp_path):
    text = "Ann Reed said the wall was safe. Mark Cole said it was not."
    first = {"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 31]]}
    corpus = tmp_path / "gold.jsonl"
    corpus.write_text(json.dumps({"doc_id": "a", "text": text, "attributions": [first]}) + "\n")
    run = subprocess.run([sys.executable, SCRIPT, corpus, "--min", "1"], capture_output=True, text=True, check=True)
    rows = {line.split()[0]: line.split()[1:] for line in run.stdout.splitlines()[1:]}
    assert rows == {"all": ["2", "0.50", "0.50"], "CUE.SAY": ["2", "0.50", "0.50"]}
