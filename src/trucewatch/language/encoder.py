"""A small learned encoder that ships with the package: one file, several heads, on the CPU.

It marks which words are a source, a cue or a content of a statement, and tells which PLOVER type a
sentence reports between two actors. It only proposes: what it is worth, and on what it was trained,
stands in `model/MODEL_CARD.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.language.wordpiece import WordPieces

Scores = NDArray[np.float32]

# The tagger's outputs, in order: inside of a part, and first word of a part.
PARTS = ("source", "cue", "content")
TAGS = (*PARTS, *(f"first of {part}" for part in PARTS))
ROOTS = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
    "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)
# Unused entries of the vocabulary that stand before and behind the source and the target.
SOURCE_MARKS, TARGET_MARKS = (1, 2), (3, 4)
CLS, SEP = 101, 102
LONGEST = 158                       # word pieces a window, less the two that frame it
LONGEST_SENTENCE = 254              # the same for a sentence with its marks
BATCH = 16
_FILES = Path(__file__).parent / "model"
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s|\n")


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

class Tagged(NamedTuple):
    """A text's word pieces: their (start, end), and one row of probabilities each, in the order of `TAGS`."""

    offsets: NDArray[np.int32]
    scores: Scores


def available() -> bool:
    """Whether the encoder can run: its file is there and so is onnxruntime."""
    return find_spec("onnxruntime") is not None and (_FILES / "encoder.onnx").is_file()


def tag(texts: Iterable[str], threads: int = 1) -> Iterator[Tagged]:
    """The tags of each text, in order; any length.

    Windows of one text share batches, windows of two texts never do: the scores of a text are the same
    in whatever company it is read (8-bit sums are scaled by batch).
    """
    for text in texts:
        ids, offsets = _word_pieces()(text)
        scores = np.zeros((len(ids), len(TAGS)), dtype=np.float32)
        ranges = sorted(windows(text, offsets), key=lambda r: r[1] - r[0])
        for first in range(0, len(ranges), BATCH):
            group = ranges[first : first + BATCH]
            logits, _ = _run([[CLS, *ids[a:b], SEP] for a, b in group], threads)
            for (a, b), row in zip(group, logits, strict=True):
                scores[a:b] = 1 / (1 + np.exp(-row[1 : b - a + 1]))
        yield Tagged(np.array(offsets, dtype=np.int32).reshape(-1, 2), scores)


def relation(
    sentence: str, source: tuple[int, int], target: tuple[int, int] | None, threads: int = 1
) -> dict[str, float]:
    """The probability of each PLOVER type between two actors, given as (start, end) in the sentence.

    Without a target it is what the source does.

    Raises ValueError where a span is empty or lies outside.
    """
    ids = _marked(sentence, source, target)
    _, logits = _run([ids], threads)
    shares = np.exp(logits[0] - logits[0].max())
    return dict(zip(ROOTS, (shares / shares.sum()).tolist(), strict=True))


def _marked(sentence: str, source: tuple[int, int], target: tuple[int, int] | None) -> list[int]:
    """Ids of a sentence with marks round source and target, cut to what the encoder takes."""
    spans = [(span, pair) for span, pair in ((source, SOURCE_MARKS), (target, TARGET_MARKS)) if span is not None]
    if not all(0 <= start < end <= len(sentence) for (start, end), _ in spans):
        raise ValueError(f"source {source} and target {target} must be spans of the sentence")
    marks = [(span[side], 1 - side, pair[side]) for span, pair in spans for side in (0, 1)]
    ids, at = [CLS], 0
    for place, _, mark in sorted(marks):  # at one place what ends goes before what begins
        ids += [*_word_pieces()(sentence[at:place])[0], mark]
        at = place
    return [*(ids + _word_pieces()(sentence[at:])[0])[:LONGEST_SENTENCE], SEP]


@cache
def _word_pieces() -> WordPieces:
    return WordPieces(_FILES / "vocab.txt")


@cache
def _session(threads: int) -> Any:
    onnxruntime: Any = import_module("onnxruntime")  # not at the top: only who asks for scores loads it
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(_FILES / "encoder.onnx", options, providers=["CPUExecutionProvider"])


def _run(rows: list[list[int]], threads: int) -> tuple[Scores, Scores]:
    """Logits of the tagging and of the relation head for a batch, padded to its longest row."""
    ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
    tags, roots = _session(threads).run(None, {"ids": ids, "mask": (ids != 0).astype(np.int64)})
    return tags, roots
