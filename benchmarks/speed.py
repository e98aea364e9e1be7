"""How fast the whole reading is, beside the bare parser on the same texts in the same run."""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import spacy

from benchmarks.metrics import Scores, plain_metric
from benchmarks.reader import document
from trucewatch.language.pipeline import MODEL
from trucewatch.model import Sourced
from trucewatch.reading import read_many

# Columns or keys that hold a text, the likeliest first.
_TEXT_NAMES = ("text", "article_content", "content", "body", "notes", "article", "sentence")


def run(path: Path, *, limit: int | None) -> Scores:
    """Words a second (split at white space), as a share of the parser's, and peak memory in MB.

    Each is run once over all texts after a warm-up on the first; the parser goes first.
    """
    texts = list(read_texts(path))[:limit]
    words = sum(len(t.split()) for t in texts)
    parser = spacy.load(MODEL)
    pieces = [line for t in texts for line in t.split("\n") if line.strip()]
    list(parser.pipe(pieces[:1]))
    began = time.perf_counter()
    for _ in parser.pipe(pieces, batch_size=64):
        pass
    bare = words / (time.perf_counter() - began)
    sourced = [Sourced(document(n, t)) for n, t in enumerate(texts)]
    list(read_many(sourced[:1]))
    began = time.perf_counter()
    for _ in read_many(sourced):
        pass
    whole = words / (time.perf_counter() - began)
    n = len(texts)
    return {
        "words_per_s": plain_metric(whole, n),
        "ratio_to_parser": plain_metric(whole / bare, n),
        "peak_mb": plain_metric(_peak_mb(), n),
    }


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a CSV or JSON-lines file, of a text file, or of all such files under a folder."""
    files = sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]
    for file in files:
        if file.suffix == ".csv":
            csv.field_size_limit(10_000_000)
            with file.open(encoding="utf-8", newline="") as stream:
                yield from (text for row in csv.DictReader(stream) if (text := _text_of(row)))
        elif file.suffix == ".jsonl":
            with file.open(encoding="utf-8") as stream:
                yield from (text for line in stream if (text := _text_of(json.loads(line))))
        elif file.suffix == ".txt":
            yield file.read_text(encoding="utf-8")


def _text_of(row: dict[str, str]) -> str | None:
    return next((row[name] for name in _TEXT_NAMES if row.get(name)), None)
