"""A small learned encoder that ships with the package: one file, several heads, on the CPU.

For every word piece it tells how likely it is inside of an attribution's source, cue and content, for a cue which
words are its source and its content, and whether it tells of an act or is meant otherwise ("a war of words"); for a
sentence with two marked actors, which PLOVER type it reports between them. It only proposes: what it is worth, and
on what it was trained, stands in `model/MODEL_CARD.md`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from trucewatch.language.wordpiece import WordPieces

Scores = NDArray[np.float32]

# The tagger's outputs, in order: inside of a part, and first word of a part.
PARTS = ("source", "cue", "content")
TAGS = (*PARTS, *(f"first of {part}" for part in PARTS))
# What a cue asks of every other word.
ARCS = ("source", "content")
ROOTS = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
    "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)
# Unused entries of the vocabulary that stand before and behind the source and the target.
SOURCE_MARKS, TARGET_MARKS = (1, 2), (3, 4)
CLS, SEP = 101, 102
LONGEST = 158                       # word pieces a window, less the two that frame it
LONGEST_SENTENCE = 254              # the same for a sentence with its marks
# Distances between a cue and a word, in steps of half a doubling, either way.
REACH = 16
_BATCH = 8
# The parser keeps one core busy, and before or after it the encoder may have two.
THREADS = min(2, os.cpu_count() or 1)
_FILES = Path(__file__).parent / "model"
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s|\n")


def encoder_version() -> str:
    """Name and version of the encoder, for the record."""
    meta = _session(THREADS).get_modelmeta()
    return f"{meta.graph_name}-{meta.version}"


def windows(
    text: str, offsets: Sequence[tuple[int, int]], longest: int = LONGEST, first: int = 0
) -> list[tuple[int, int]]:
    """Ranges of word pieces that cover a text in order, cut behind sentences where one ends in reach.

    `offsets` are the pieces' places in the text; `first` (when set) is the most that the first range may hold.
    """
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    breaks, e = [], 0
    for i, (start, _) in enumerate(offsets):
        if e < len(ends) and start >= ends[e] - 1:
            breaks.append(i)
            while e < len(ends) and start >= ends[e] - 1:
                e += 1
    breaks.append(len(offsets))
    ranges, at, b, reach = [], 0, 0, first or longest
    while at < len(offsets):
        stop = min(at + reach, len(offsets))
        while b + 1 < len(breaks) and breaks[b + 1] <= stop:
            b += 1
        cut = breaks[b] if at < breaks[b] <= stop else stop
        ranges.append((at, cut))
        at, reach = cut, longest
    return ranges


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text as the encoder saw it at once, `n` word pieces.

    `offsets`: each piece's (start, end) in the text, n x 2. `scores`: probabilities in the order of `TAGS`, n x 6.
    `asking`, `answering`: what each piece asks and answers as a cue and to a cue, n x 2 x width, by `ARCS`.
    `literal`: log odds that a piece that may tell of an act does so, n.
    """

    offsets: NDArray[np.int32]
    scores: Scores
    asking: Scores
    answering: Scores
    literal: Scores

    def arcs(self, cue: Sequence[int]) -> Scores:
        """The probability of each piece to be in the source and in the content of a cue (its pieces): 2 x n."""
        logits = np.einsum("crd,nrd->crn", self.asking[list(cue)], self.answering)
        gaps = np.arange(len(self.offsets))[None, :] - np.array(cue)[:, None]
        steps = np.minimum(np.rint(2 * np.log2(np.abs(gaps) + 1)), REACH).astype(int)
        logits += _distances()[np.sign(gaps) * steps + REACH].transpose(0, 2, 1)
        return _sigmoid(logits).mean(0)  # type: ignore[no-any-return]


def tag(text: str, threads: int = THREADS) -> list[Window]:
    """The windows of a text of any length, in order.

    Windows of one text share batches, windows of two texts never do: the scores of a text are the same
    in whatever company it is read (8-bit sums are scaled by batch).
    """
    ids, offsets = _word_pieces()(text)
    places = np.array(offsets, dtype=np.int32).reshape(-1, 2)
    ranges = windows(text, offsets)
    found: dict[tuple[int, int], Window] = {}
    order = sorted(ranges, key=lambda r: r[1] - r[0])
    for first in range(0, len(order), _BATCH):
        group = order[first : first + _BATCH]
        rows = [[CLS, *ids[a:b], SEP] for a, b in group]
        outputs = _run(("tags", "asking", "answering", "literal"), rows, threads)
        for (a, b), tags, asking, answering, literal in zip(group, *outputs, strict=True):
            inside = slice(1, b - a + 1)
            found[a, b] = Window(
                places[a:b], _sigmoid(tags[inside]), asking[inside], answering[inside], literal[inside]
            )
    return [found[r] for r in ranges]


def relation(
    sentence: str, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]], threads: int = THREADS
) -> dict[str, float]:
    """The probability of each PLOVER type between two actors, each given by its (start, end) spans in the sentence.

    Without a target it is what the source does.

    Raises ValueError where a span is empty or lies outside.
    """
    (logits,) = _run(("relation",), [_marked(sentence, source, target)], threads)
    shares = np.exp(logits[0] - logits[0].max())
    return dict(zip(ROOTS, (shares / shares.sum()).tolist(), strict=True))


def _marked(sentence: str, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]) -> list[int]:
    """Ids of a sentence with marks round source and target, cut to what the encoder takes."""
    spans = [(span, SOURCE_MARKS) for span in source] + [(span, TARGET_MARKS) for span in target]
    if not all(0 <= start < end <= len(sentence) for (start, end), _ in spans):
        raise ValueError(f"source {source!r} and target {target!r} must be spans of the sentence")
    marks = [(span[side], 1 - side, pair[side]) for span, pair in spans for side in (0, 1)]
    ids, at = [CLS], 0
    for place, _, mark in sorted(marks):  # at one place what ends goes before what begins
        ids += [*_word_pieces()(sentence[at:place])[0], mark]
        at = place
    return [*(ids + _word_pieces()(sentence[at:])[0])[:LONGEST_SENTENCE], SEP]


def _sigmoid(logits: Scores) -> Scores:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


@cache
def _word_pieces() -> WordPieces:
    return WordPieces(_FILES / "vocab.txt")


@cache
def _session(threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # wait without keeping a core busy
    return onnxruntime.InferenceSession(_FILES / "encoder.onnx", options, providers=["CPUExecutionProvider"])


@cache
def _distances() -> Scores:
    """What a distance adds to an arc's logit: (2 REACH + 1) x 2, kept in the file as a constant output."""
    (table,) = _run(("distances",), [[CLS, SEP]], THREADS)
    return table


def _run(outputs: tuple[str, ...], rows: list[list[int]], threads: int) -> list[Scores]:
    """Outputs of the encoder for a batch, padded to its longest row."""
    ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
    return _session(threads).run(list(outputs), {"ids": ids, "mask": (ids != 0).astype(np.int64)})  # type: ignore[no-any-return]
