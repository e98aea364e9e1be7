"""The main text of HTML pages, against the body text that people marked.

The set is a folder in the form of the article-extraction benchmark (github.com/scrapinghub): the file
`ground-truth.json` ({id: {"articleBody", "url"}}) and `html/<id>.html.gz`. Its own measure is used: the text is
cut into `\\w+` tokens, precision and recall of a page are those of its 4-token shingles, counted with
repetition, both are averaged over pages, and F is their harmonic mean.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path

from benchmarks.metrics import Errors, Miss, Scores, Table, bootstrap, plain_metric
from trucewatch.model import Document
from trucewatch.sources import from_html

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4
# A page below this F goes among the misses.
_POOR = 0.8


def run(articles: Path, *, limit: int | None, errors: Errors) -> Scores:
    """`token_f` of document text less furniture, and pages a second (extraction, marking and dates; no disk).

    The first page is read twice, once before the clock starts, so that loading is not measured.
    """
    wanted = json.loads((articles / "ground-truth.json").read_text("utf-8"))
    ids = sorted(wanted)[:limit]
    rows: list[tuple[float, float, float]] = []
    spent = 0.0
    for number, id in enumerate(ids):
        html = gzip.decompress((articles / "html" / f"{id}.html.gz").read_bytes())
        if number == 0:
            from_html(html, id=id)
        began = time.perf_counter()
        sourced = from_html(html, id=id)
        spent += time.perf_counter() - began
        body = without_furniture(sourced.document)
        row = shingle_scores(wanted[id]["articleBody"], body)
        rows.append((*row, 1.0))
        if _harmonic(*row) < _POOR:
            got = sourced.error.code if sourced.error else body[:500]
            errors(Miss("pages", id, "main_text", "", wanted[id]["articleBody"][:500], got))
    return {"token_f": bootstrap(rows, _f_of_means), "pages_per_s": plain_metric(len(ids) / spent, len(ids))}


def without_furniture(document: Document) -> str:
    """The text of a document with each stretch of furniture made a line end."""
    pieces = []
    at = 0
    for mark in document.furniture:
        pieces.append(document.text[at:mark.start])
        at = mark.end
    return "\n".join([*pieces, document.text[at:]])


def shingle_scores(wanted: str, got: str) -> tuple[float, float]:
    """Precision and recall of the shingles of one page; a page with no text found has neither."""
    gold, found = _shingles(wanted), _shingles(got)
    right = (gold & found).total()
    return right / max(1, found.total()), right / max(1, gold.total())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    if len(tokens) < _SHINGLE:
        return Counter([tuple(tokens)]) if tokens else Counter()
    return Counter(tuple(tokens[i:i + _SHINGLE]) for i in range(len(tokens) - _SHINGLE + 1))


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _f_of_means(sums: Table) -> Table:
    precision, recall = sums[:, 0] / sums[:, 2], sums[:, 1] / sums[:, 2]
    result: Table = 2 * precision * recall / (precision + recall)
    return result
