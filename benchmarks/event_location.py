"""The place of an event verb: JSON lines of sentences with the verb and the place or places it happens at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy

from benchmarks.metrics import Errors, Miss, Offsets, Scores, Tally, overlap
from benchmarks.probes import event_place
from benchmarks.reader import document, progress

SET = "event_location"


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    verb: Offsets
    places: tuple[Offsets, ...]


def run(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """F of the place given to the verb: right when it touches one of the places; none where there is none."""
    sentences = read_sentences(path)[:limit]
    tally = Tally()
    for number, sentence in enumerate(progress(sentences, len(sentences), SET)):
        place = event_place(document(number, sentence.text), sentence.verb)
        came = (place.start, place.end) if place else None
        right = came is not None and any(overlap(came, p) for p in sentence.places)
        tally.add("place_f", right, came is not None, bool(sentence.places))
        if not right and (came or sentence.places):
            verb = sentence.text[slice(*sentence.verb)]
            errors(Miss(
                SET, str(number), "missed" if came is None else "wrong" if sentence.places else "extra",
                sentence.text, [verb, *(sentence.text[s:e] for s, e in sentence.places)],
                place and place.text,
            ))
    return tally.scores()


def read_sentences(path: Path) -> list[Sentence]:
    """The sentences of a file that have a verb marked."""
    tokenizer = spacy.blank("en")
    sentences = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        text = raw["text"]
        tokens = [(t.idx, t.idx + len(t)) for t in tokenizer(text)]
        verbs = [_offsets(text, tokens, s) for s in raw["spans"] if s["label"] == "VERB"]
        places = [_offsets(text, tokens, s) for s in raw["spans"] if s["label"] == "LOCATION"]
        if verbs and raw.get("answer", "accept") == "accept":
            sentences.append(Sentence(text, verbs[0], tuple(places)))
    return sentences


def _offsets(text: str, tokens: list[Offsets], span: dict[str, Any]) -> Offsets:
    """Character offsets of a span.

    Some of the spans count tokens, the last included: those that do not cut a text at the bounds of
    a word with a capital.
    """
    start, end = span["start"], span["end"]
    starts, ends = {s for s, _ in tokens}, {e for _, e in tokens}
    words = start in starts and end in ends and start < end
    if words and (span["label"] == "VERB" or any(c.isupper() for c in text[start:end])):
        return start, end
    return (tokens[start][0], tokens[end][1]) if end < len(tokens) else (start, end)
