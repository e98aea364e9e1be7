"""The relation between two marked actors: PLV, tab-separated, one news sentence a line.

The reader is not told the actors. It reads the sentence; of its events that one answers whose
actors and recipients touch the marked source and target, else the sentence's main event.
Nothing here is tuned, so the training file of `--train` is accepted and left unread.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.confidence import Outcomes
from benchmarks.metrics import Errors, Miss, Offsets, Scores, macro_f_metric, share_metric
from benchmarks.plover import QUADS, coded, root_of, touches
from benchmarks.reader import document, readings
from trucewatch.model import Event, Reading

SET = "plv"
_MARK = re.compile(r"</?([st])>")


@dataclass(frozen=True, slots=True)
class Sentence:
    number: str
    text: str
    source: list[Offsets]
    target: list[Offsets]
    root: str
    quad: str


def run(path: Path, *, limit: int | None, errors: Errors, outcomes: Outcomes | None = None) -> Scores:
    """Score the reader on the sentences of a file."""
    sentences = read_sentences(path)[:limit]
    roots: list[tuple[str, str | None]] = []
    quads: list[tuple[str, str | None]] = []
    documents = [document(s.number, s.text) for s in sentences]
    for sentence, reading in zip(sentences, readings(documents, SET), strict=True):
        event = relation(reading, sentence.source, sentence.target)
        root = root_of(event) if event else None
        if outcomes is not None and event is not None:
            outcomes(event, root == sentence.root)
        roots.append((sentence.root, root))
        quads.append((sentence.quad, QUADS[root] if root else None))
        if root != sentence.root:
            errors(Miss(
                SET, sentence.number, f"{sentence.root} as {root}", sentence.text, sentence.root,
                None if event is None else [root, sentence.text[event.trigger.start : event.trigger.end]],
            ))
    return {
        "root_macro_f": macro_f_metric(roots, list(QUADS)),
        "root_accuracy": share_metric([w == g for w, g in roots]),
        "quad_macro_f": macro_f_metric(quads, ["1", "2", "3", "4"]),
    }


def relation(reading: Reading, source: list[Offsets], target: list[Offsets]) -> Event | None:
    """The event between source and target: of those that touch most of the two, in their roles before
    crosswise, the one that stands outermost and first."""

    def merit(event: Event) -> tuple[int, int, int, int]:
        straight = touches(event.actors, source) + touches(event.recipients, target)
        crossed = touches(event.actors, target) + touches(event.recipients, source)
        return (-max(straight, crossed), -straight, len(event.stated_by), event.trigger.start)

    events = coded(reading)
    return min(events, key=merit) if events else None


def read_sentences(path: Path) -> list[Sentence]:
    """The sentences of a file, with the spans of the marked source and target."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [_sentence(row) for row in csv.DictReader(stream, delimiter="\t")]


def _sentence(row: dict[str, str]) -> Sentence:
    spans: dict[str, list[Offsets]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    text, at = "", 0
    marked = row["marked_sentence"]
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[0].startswith("</"):
            spans[mark[1]].append((opened[mark[1]], len(text)))
        else:
            opened[mark[1]] = len(text)
    return Sentence(
        row["sentence_id"], text + marked[at:], spans["s"], spans["t"], row["gold_root"], row["gold_penta"]
    )
