"""The relation between two marked actors: PLV, tab-separated, one news sentence a line.

`plv` asks the encoder, which sees the marks. `plv_rules` stands beside it: the reader is not told the actors; it reads
the sentence, and of its events that one answers whose actors and recipients touch the marked source and target, else
the sentence's main event. Nothing is tuned here: the encoder was tuned on PLV's training file and on sentences of our
own (`language/model/MODEL_CARD.md`), so a file given as `--train` is accepted and left unread, and a figure on PLV's
training file itself is none. `tools/train_encoder.py fold` cross-validates.
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
from trucewatch.language import encoder
from trucewatch.model import Event, Reading

SET = "plv"
RULES = "plv_rules"
_MARK = re.compile(r"</?([st])>")


@dataclass(frozen=True, slots=True)
class Sentence:
    number: str
    text: str
    source: list[Offsets]
    target: list[Offsets]
    root: str
    quad: str


def run(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """Score the encoder on the sentences of a file."""
    sentences = read_sentences(path)[:limit]
    roots: list[tuple[str, str | None]] = []
    for sentence in sentences:
        shares = encoder.relation(sentence.text, sentence.source, sentence.target)
        root = max(shares, key=shares.__getitem__)
        roots.append((sentence.root, root))
        if root != sentence.root:
            errors(Miss(
                SET, sentence.number, f"{sentence.root} as {root}", sentence.text, sentence.root,
                [root, round(shares[root], 3)],
            ))
    return _scores(sentences, roots)


def run_rules(path: Path, *, limit: int | None, errors: Errors, outcomes: Outcomes | None = None) -> Scores:
    """Score the rules on the sentences of a file."""
    sentences = read_sentences(path)[:limit]
    roots: list[tuple[str, str | None]] = []
    documents = [document(s.number, s.text) for s in sentences]
    for sentence, reading in zip(sentences, readings(documents, RULES), strict=True):
        event = relation(reading, sentence.source, sentence.target)
        root = root_of(event) if event else None
        if outcomes is not None and event is not None:
            outcomes(event, root == sentence.root)
        roots.append((sentence.root, root))
        if root != sentence.root:
            errors(Miss(
                RULES, sentence.number, f"{sentence.root} as {root}", sentence.text, sentence.root,
                None if event is None else [root, sentence.text[event.trigger.start : event.trigger.end]],
            ))
    return _scores(sentences, roots)


def _scores(sentences: list[Sentence], roots: list[tuple[str, str | None]]) -> Scores:
    quads = [(s.quad, QUADS[given] if given else None) for s, (_, given) in zip(sentences, roots, strict=True)]
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
