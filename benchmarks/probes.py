"""Questions put to single parts of the reader, where a corpus asks for more than events.

A corpus of times or toponyms wants all of them, one of certainty wants it for words that are no
event of ours. Each function parses a text and asks the part of the reader that knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.metrics import Offsets
from benchmarks.timex import Dated, Timex
from trucewatch.model import Document, Place


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether something is so: a reading's status, and whether it is negated."""

    status: str
    negated: bool


def judge(document: Document, words: Sequence[Offsets]) -> list[Judged]:
    """What the status reader says of each of these words."""
    raise NotImplementedError


def times_of(item: Dated) -> list[Timex]:
    """All time expressions of a text."""
    raise NotImplementedError


def toponyms(document: Document) -> list[Place]:
    """All places that a text names, resolved or not."""
    raise NotImplementedError


def event_place(document: Document, verb: Offsets) -> Place | None:
    """The place of the event that a verb tells of."""
    raise NotImplementedError
