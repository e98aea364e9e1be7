"""What the encoder takes for attributions: a cue, whose it is, and what it brings in, laid on the page's tokens.

The tagger finds cues; the arcs of a cue tell its source and its content. Nothing here knows which cues are speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trucewatch.language.encoder import PARTS, THREADS, Scores, Window, tag
from trucewatch.language.parsed import Paragraph, Parsed

# Cues are rarer than what they bring in. Tried on articles that were kept out of the training, not swept.
CUE, SOURCE, CONTENT = 0.35, 0.5, 0.5
FIRST = 0.5
# Stretches of a content at most, and the sum over the limit that makes a further one.
MOST, FURTHER = 4, 2.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `[start, end)` of a paragraph."""

    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its source and content; `score` is the mean probability of cue and content, 0 to 1."""

    cue: Stretch
    source: Stretch | None
    content: tuple[Stretch, ...]
    score: float


def attributions(parsed: Parsed, threads: int = THREADS) -> tuple[Attribution, ...]:
    """The attributions of a page, in order of their cues. One whose content cannot be told is left out."""
    if not parsed.paragraphs:
        return ()
    text = "\n".join(p.doc.text for p in parsed.paragraphs)
    tokens = _Tokens(parsed)
    return tuple(found for window in tag(text, threads) for found in _of_window(window, tokens))


class _Tokens:
    """The page's tokens by their place in the paragraphs' joined text."""

    def __init__(self, parsed: Parsed) -> None:
        self.paragraphs = parsed.paragraphs
        starts: list[int] = []
        self.at: list[tuple[int, int]] = []
        shift = 0
        for number, paragraph in enumerate(parsed.paragraphs):
            starts += [shift + token.idx for token in paragraph.doc]
            self.at += [(number, i) for i in range(len(paragraph.doc))]
            shift += len(paragraph.doc.text) + 1
        self._starts = np.array(starts)

    def owners(self, window: Window) -> NDArray[np.int64]:
        """The number of the token that each piece of a window is part of."""
        return np.maximum(np.searchsorted(self._starts, window.offsets[:, 0], side="right") - 1, 0)

    def stretches(self, first: int, chosen: NDArray[np.bool_], gap: int) -> Iterator[tuple[Stretch, slice]]:
        """Runs of chosen tokens within a paragraph, trimmed of punctuation, over gaps of at most `gap` tokens."""
        start = last = -1
        for i in [*np.flatnonzero(chosen).tolist(), len(chosen) + gap + 2]:
            here = self.at[first + i][0] if i < len(chosen) else -1
            if start >= 0 and (i - last > gap + 1 or here != self.at[first + last][0]):
                if (found := self._trimmed(first + start, first + last + 1)) is not None:
                    yield found, slice(start, last + 1)
                start = -1
            if start < 0:
                start = i
            last = i

    def best(self, first: int, scores: Scores) -> Iterator[tuple[Stretch, slice]]:
        """The stretches, each in one paragraph, whose tokens lie furthest above the limit in sum; a further one
        only when it is long or follows right behind: a quotation goes on, a stray word does not."""
        gain = scores - CONTENT
        found: list[tuple[float, int, int]] = []
        while len(found) < MOST:
            start, end, total = self._densest(first, gain)
            if end - start < 1 or total <= 0 or (found and total < FURTHER):
                break
            found.append((total, start, end))
            gain[start:end] = -1
        for _, start, end in sorted(found, key=lambda f: f[1]):
            if (stretch := self._trimmed(first + start, first + end)) is not None:
                yield stretch, slice(start, end)

    def _densest(self, first: int, gain: Scores) -> tuple[int, int, float]:
        """The stretch of the greatest sum that crosses no paragraph's end."""
        best, total, start = (0, 0, 0.0), 0.0, 0
        for i, more in enumerate(gain.tolist()):
            if total <= 0 or (i and self.at[first + i][0] != self.at[first + i - 1][0]):
                total, start = 0.0, i
            total += more
            if total > best[2]:
                best = (start, i + 1, total)
        return best

    def _trimmed(self, start: int, end: int) -> Stretch | None:
        number, a = self.at[start]
        b = self.at[end - 1][1] + 1
        paragraph = self.paragraphs[number]
        while a < b and _loose(paragraph.doc[a].text):
            a += 1
        while b > a and _loose(paragraph.doc[b - 1].text):
            b -= 1
        return Stretch(paragraph, a, b) if a < b else None


def _loose(word: str) -> bool:
    return not any(letter.isalnum() or letter in "%$€£)]" for letter in word)


def _of_window(window: Window, tokens: _Tokens) -> Iterator[Attribution]:
    if not len(window.offsets):
        return
    owners = tokens.owners(window)
    first, size = int(owners[0]), int(owners[-1] - owners[0] + 1)
    owners = owners - first
    counts = np.maximum(np.bincount(owners, minlength=size), 1)

    def by_token(scores: Scores) -> Scores:
        return np.bincount(owners, weights=scores, minlength=size) / counts  # type: ignore[return-value]

    cue = by_token(window.scores[:, PARTS.index("cue")])
    begins = by_token(window.scores[:, len(PARTS) + PARTS.index("cue")])
    for run, where in tokens.stretches(first, cue >= CUE, 1):
        for part in _parted(where, begins):
            pieces = np.flatnonzero((owners >= part.start) & (owners < part.stop))
            if not len(pieces):
                continue
            source, content = (by_token(row) for row in window.arcs(pieces.tolist()))
            source[part] = content[part] = 0
            said = list(tokens.best(first, content))
            if not said:
                continue
            who = max(
                tokens.stretches(first, source >= SOURCE, 0), key=lambda s: float(source[s[1]].sum()), default=None
            )
            mine = run if part == where else _within(run, where, part)
            score = (float(cue[part].mean()) + float(np.mean([content[w].mean() for _, w in said]))) / 2
            yield Attribution(mine, who[0] if who else None, tuple(s for s, _ in said), score)


def _parted(run: slice, begins: Scores) -> Iterator[slice]:
    """A run of cue tokens, parted where a new cue begins."""
    cuts = [run.start, *(i for i in range(run.start + 1, run.stop) if begins[i] >= FIRST), run.stop]
    for start, stop in pairwise(cuts):
        yield slice(start, stop)


def _within(run: Stretch, where: slice, part: slice) -> Stretch:
    start = max(run.start, run.start + part.start - where.start)
    return Stretch(run.paragraph, start, min(run.end, start + part.stop - part.start))
