"""Figures: precision, recall, F, one-to-one matching, and bootstrap intervals. Pure.

Every figure is a function of counts summed over items (documents, sentences, notes). An interval is
the 2.5th and 97.5th percentile of the figure over resamples of the *items*, drawn with replacement
(Efron's percentile bootstrap), so items that hang together (all statements of a page) stay together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]

RESAMPLES = 1000
SEED = 20160227
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure, its 95 % interval (None where there is nothing to resample) and the number of items."""

    value: float | None
    low: float | None
    high: float | None
    n: int


Scores = dict[str, Metric]


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing the reader got wrong: where, what was wanted, what came."""

    set: str
    item: str
    kind: str
    sentence: str
    wanted: object
    got: object


Errors = Callable[[Miss], None]


@cache
def _draws(items: int) -> Table:
    """How often each item is drawn in each resample: `RESAMPLES` rows."""
    random = np.random.default_rng(SEED)
    return random.multinomial(items, np.full(items, 1 / items), size=RESAMPLES).astype(float)


def bootstrap(
    rows: Sequence[Sequence[float]], figure: Callable[[Table], Table], n: int | None = None
) -> Metric:
    """`figure` of the summed rows, with its interval.

    `rows` has one row of counts an item; `figure` takes sums, one a row, and gives one value a row
    (nan where it is undefined); `n` is the number to report when it is not the number of rows.
    """
    if not len(rows):
        return Metric(None, None, None, 0 if n is None else n)
    counts = np.asarray(rows, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = figure(counts.sum(axis=0, keepdims=True))[0]
        spread = figure(_draws(len(counts)) @ counts)
    spread = spread[~np.isnan(spread)]
    number = len(counts) if n is None else n
    if np.isnan(value) or not len(spread):
        return Metric(None, None, None, number)
    low, high = np.percentile(spread, [2.5, 97.5])
    return Metric(float(value), float(low), float(high), number)


def f_of(sums: Table) -> Table:
    """F1 of columns right, given, wanted; several such triples side by side are averaged (macro-F).

    A class that is neither given nor wanted has no F and is left out of the average.
    """
    triples = sums.reshape(len(sums), -1, 3)
    total = triples[:, :, 1] + triples[:, :, 2]
    each = np.where(total > 0, 2 * triples[:, :, 0] / np.where(total > 0, total, 1), np.nan)
    known = ~np.isnan(each)
    return np.where(known.any(axis=1), np.nansum(each, axis=1) / known.sum(axis=1), np.nan)


def ratio_of(sums: Table) -> Table:
    """First column over second."""
    return sums[:, 0] / np.where(sums[:, 1] > 0, sums[:, 1], np.nan)


def f_metric(rows: Sequence[Sequence[float]], n: int | None = None) -> Metric:
    """Micro-F over rows of (right, given, wanted); `n` defaults to the number wanted."""
    return bootstrap(rows, f_of, int(sum(r[2] for r in rows)) if n is None else n)


def share_metric(rows: Sequence[bool | tuple[float, float]]) -> Metric:
    """The share that is right, over booleans or rows of (right, all); `n` is the number of all."""
    pairs = [r if isinstance(r, tuple) else (float(r), 1.0) for r in rows]
    return bootstrap(pairs, ratio_of, int(sum(p[1] for p in pairs)))


def macro_f_metric(pairs: Sequence[tuple[str, str | None]], classes: Sequence[str]) -> Metric:
    """Macro-F over `classes` of pairs (wanted, got); no answer is a wrong answer.

    Only classes that are wanted somewhere count; an answer outside of `classes` hurts recall alone.
    """
    wanted = {w for w, _ in pairs}
    kept = [c for c in classes if c in wanted]
    rows = [
        [float(v) for c in kept for v in (w == c and g == c, g == c, w == c)]
        for w, g in pairs
    ]
    return bootstrap(rows, f_of)


def median_metric(values: Sequence[float]) -> Metric:
    """The median, with its interval."""
    if not values:
        return Metric(None, None, None, 0)
    data = np.asarray(values, dtype=float)
    random = np.random.default_rng(SEED)
    drawn = np.median(random.choice(data, size=(RESAMPLES, len(data))), axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Metric(float(np.median(data)), float(low), float(high), len(values))


def plain_metric(value: float, n: int) -> Metric:
    """A figure that is measured once: no interval."""
    return Metric(value, None, None, n)


# Spans of a text, as half-open (start, end) offsets.
Offsets = tuple[int, int]


class Words:
    """The words of a text, numbered; spans become sets of word numbers (a word that is cut is inside)."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [m.span() for m in _WORD.finditer(text)]
        self.starts = [s for s, _ in spans]
        self.ends = [e for _, e in spans]

    def within(self, spans: Iterable[Offsets]) -> frozenset[int]:
        return frozenset(
            number
            for start, end in spans
            if start < end
            for number in range(bisect_right(self.ends, start), bisect_left(self.starts, end))
        )


def share_of_longer(one: frozenset[int], other: frozenset[int]) -> float:
    """What two token sets have in common, as a share of the longer."""
    longer = max(len(one), len(other))
    return len(one & other) / longer if longer else 0.0


def overlap(one: Offsets, other: Offsets) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def pair_off(weights: Mapping[tuple[int, int], tuple[float, ...] | float]) -> list[tuple[int, int]]:
    """One-to-one pairs of (gold, predicted) numbers, greatest weight first; ties by number."""
    pairs: list[tuple[int, int]] = []
    gold: set[int] = set()
    given: set[int] = set()
    for g, p in sorted(weights, key=lambda pair: (_falling(weights[pair]), pair)):
        if g not in gold and p not in given:
            gold.add(g)
            given.add(p)
            pairs.append((g, p))
    return pairs


def _falling(weight: tuple[float, ...] | float) -> tuple[float, ...]:
    return tuple(-w for w in (weight if isinstance(weight, tuple) else (weight,)))


@dataclass(slots=True)
class Tally:
    """Rows of (right, given, wanted) by metric name, one row an item."""

    rows: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)

    def add(self, name: str, right: float, given: float, wanted: float) -> None:
        self.rows.setdefault(name, []).append((right, given, wanted))

    def scores(self) -> Scores:
        return {name: f_metric(rows) for name, rows in self.rows.items()}
