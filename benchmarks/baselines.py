"""Published tools beside ours, on the same texts in the same run, where they are installed."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import spacy

from benchmarks.metrics import Miss, Offsets, Scores, Tally
from benchmarks.polnear import Attribution, read_articles, score
from benchmarks.reader import progress
from benchmarks.timex import Dated, Timex, value_of
from trucewatch.language.pipeline import MODEL


def quotations(path: Path, *, limit: int | None) -> dict[str, Scores]:
    """textacy's quotation extractor on PolNeAR's direct quotations; nothing where it is not installed."""
    if find_spec("textacy") is None:
        return {}
    extract: Any = importlib.import_module("textacy.extract.triples").direct_quotations
    parser = spacy.load(MODEL)
    articles = list(read_articles(path))[:limit]
    tally = Tally()
    for article in progress(articles, len(articles), "polnear, textacy"):
        found = [
            Attribution(_around(start, q.speaker), _around(start, q.cue), _around(start, q.content))
            for start, line in _lines(article.text)
            for q in _quotations(extract, parser(line))
        ]
        score(article, tuple(found), tally, _nobody)
    return {"polnear_textacy": {n: m for n, m in tally.scores().items() if n.endswith("_direct")}}


def _quotations(extract: Any, line: Any) -> Iterator[Any]:
    """The line's quotations; none when its quotation marks do not pair off, which textacy refuses."""
    try:
        yield from extract(line)
    except ValueError:
        return


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((m.start(), m[0]) for m in re.finditer(r"\S.*", text))


def _around(start: int, words: Any) -> tuple[Offsets, ...]:
    """From the first to the last of some spaCy tokens."""
    where = [(t.idx, t.idx + len(t)) for t in words]
    return ((start + where[0][0], start + where[-1][1]),) if where else ()


def _nobody(_miss: Miss) -> None:
    """A baseline's misses are not kept."""


def dateparser_times(item: Dated) -> list[Timex]:
    """What `dateparser.search` finds, each as a day."""
    search: Any = importlib.import_module("dateparser.search").search_dates
    settings = {"RELATIVE_BASE": datetime.fromisoformat(item.published)} if item.published else {}
    times: list[Timex] = []
    at = 0
    for words, moment in search(item.text, languages=["en"], settings=settings) or []:
        start = item.text.find(words, at)
        if start >= 0:
            at = start + len(words)
            day = moment.date().isoformat()
            times.append(Timex(start, at, value_of(day, day, "day")))
    return times
