"""What the encoder takes for attributions: a cue, whose it is, and what it brings in, laid on the page's tokens.

The tagger finds cues; the arcs of a cue tell its source and its content. Any other word may be asked as if it were a
cue, too. Nothing here knows which cues are speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trucewatch.language.encoder import PARTS, THREADS, Scores, Window, tag
from trucewatch.language.parsed import Paragraph, Parsed

# What a run of cue tokens needs to be proposed, first where a cue is likely, then elsewhere.
CUES = (0.35, 0.25)
SOURCE, CONTENT = 0.5, 0.5
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
    """A cue with its source and content."""

    cue: Stretch
    source: Stretch | None
    content: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the encoder says of one cue, as probabilities by token of the page, from token `first` on.

    `cue`: how likely its tokens are a cue, on average. `source`, `content`: how likely each token is its source, its
    content. What lies outside of the window that the encoder sees at once is not in it.
    """

    first: int
    cue: float
    source: Scores
    content: Scores


class Sight:
    """A page as the encoder sees it."""

    def __init__(self, parsed: Parsed, threads: int = THREADS) -> None:
        text = "\n".join(p.doc.text for p in parsed.paragraphs)
        self._tokens = _Tokens(parsed)
        self._views = [_View(w, self._tokens) for w in tag(text, threads) if len(w.offsets)] if text.strip() else []
        self._tags = np.zeros((len(self._tokens.at), 2 * len(PARTS)), dtype=np.float32)
        self._answers: dict[tuple[int, int], Answer] = {}
        self._view_of = np.full(len(self._tokens.at), -1)
        self._literal = np.zeros(len(self._tokens.at), dtype=np.float32)
        for number, view in enumerate(self._views):
            where = slice(view.first, view.first + view.size)
            self._tags[where] = np.maximum(self._tags[where], view.tags)
            self._view_of[where] = number
            self._literal[where] = view.literal

    def literal(self, word: Stretch) -> float:
        """How likely a word of force tells of an act, 0 to 1, and is not meant otherwise ("a war of words")."""
        return float(1 / (1 + np.exp(-self._literal[self._tokens.where(word)].mean())))

    def proposals(self) -> Iterator[Attribution]:
        """Cues with what they bring in, in order of the cues; one whose content cannot be told is left out."""
        for view in self._views:
            for cue in self._cues(view):
                answer = self._answer(view, cue)
                content = self.content(answer)
                if content:
                    yield Attribution(self._tokens.stretch(cue.start, cue.stop), self.source(answer), content)

    def ask(self, cue: Stretch) -> Answer | None:
        """What the encoder says of any words as a cue; None where it does not see them in one window."""
        where = self._tokens.where(cue)
        seen = set(self._view_of[where].tolist())
        number = seen.pop() if len(seen) == 1 else -1
        return self._answer(self._views[number], where) if number >= 0 else None

    def source(self, answer: Answer) -> Stretch | None:
        """The likeliest source of a cue."""
        runs = self._tokens.stretches(answer.first, answer.source >= SOURCE, 0)
        best = max(runs, key=lambda run: float(answer.source[run[1]].sum()), default=None)
        return best[0] if best is not None else None

    def sources(self, answer: Answer, levels: Sequence[float]) -> Iterator[Stretch]:
        """Words that may be a cue's source, at several levels of likelihood."""
        for least in levels:
            yield from (found for found, _ in self._tokens.stretches(answer.first, answer.source >= least, 0))

    def content(self, answer: Answer) -> tuple[Stretch, ...]:
        """What a cue brings in; nothing where that cannot be told."""
        return tuple(stretch for stretch, _ in self._tokens.best(answer.first, answer.content))

    def inside(self, part: str, stretches: Sequence[Stretch]) -> Scores:
        """How likely each token of some stretches is inside of a part (source, cue, content) of any attribution."""
        return np.concatenate([self._tags[self._tokens.where(s), PARTS.index(part)] for s in stretches])

    def firsts(self, part: str, stretches: Sequence[Stretch]) -> Scores:
        """How likely each token of some stretches is the first of a part."""
        column = len(PARTS) + PARTS.index(part)
        return np.concatenate([self._tags[self._tokens.where(s), column] for s in stretches])

    def within(self, answer: Answer, part: Scores, stretches: Sequence[Stretch]) -> Scores:
        """The scores of one part of an answer that fall on some stretches; tokens out of sight count as 0."""
        found = []
        for stretch in stretches:
            where = self._tokens.where(stretch)
            row = np.zeros(where.stop - where.start, dtype=np.float32)
            start, stop = max(where.start, answer.first), min(where.stop, answer.first + len(part))
            if start < stop:
                row[start - where.start : stop - where.start] = part[start - answer.first : stop - answer.first]
            found.append(row)
        return np.concatenate(found)

    def _cues(self, view: _View) -> Iterator[slice]:
        """Runs of tokens of the page that may be cues: the likely ones, then what is left of the less likely."""
        scores, begins = view.tags[:, PARTS.index("cue")].copy(), view.tags[:, len(PARTS) + PARTS.index("cue")]
        found = []
        for least in CUES:
            for run, where in self._tokens.stretches(view.first, scores >= least, 1):
                start = self._tokens.where(run).start - view.first
                stop = start + run.end - run.start
                found += list(_parted(slice(start, stop), begins))
                scores[max(where.start - 1, 0) : where.stop + 1] = 0
        for part in sorted(found, key=lambda p: p.start):
            yield slice(view.first + part.start, view.first + part.stop)

    def _answer(self, view: _View, cue: slice) -> Answer:
        key = (cue.start, cue.stop)
        if key not in self._answers:
            inside = slice(cue.start - view.first, cue.stop - view.first)
            source, content = view.arcs(inside)
            source[inside] = content[inside] = 0
            sure = float(view.tags[inside, PARTS.index("cue")].mean())
            self._answers[key] = Answer(view.first, sure, source, content)
        return self._answers[key]


class _View:
    """A window of the encoder, its word pieces' scores averaged over the page's tokens `[first, first + size)`."""

    def __init__(self, window: Window, tokens: _Tokens) -> None:
        owners = tokens.owners(window)
        self.first, self.size = int(owners[0]), int(owners[-1] - owners[0] + 1)
        self._window, self._owners = window, owners - self.first
        self._counts = np.maximum(np.bincount(self._owners, minlength=self.size), 1)
        self.tags = np.stack([self._by_token(column) for column in window.scores.T], axis=1)
        self.literal = self._by_token(window.literal)

    def arcs(self, cue: slice) -> list[Scores]:
        """For the cue's tokens (numbered from `first`): how likely each token is its source, its content."""
        pieces = np.flatnonzero((self._owners >= cue.start) & (self._owners < cue.stop))
        if not len(pieces):
            return [np.zeros(self.size, dtype=np.float32) for _ in range(2)]
        return [self._by_token(row) for row in self._window.arcs(pieces.tolist())]

    def _by_token(self, scores: Scores) -> Scores:
        return np.bincount(self._owners, weights=scores, minlength=self.size) / self._counts  # type: ignore[return-value]


class _Tokens:
    """The page's tokens by their place in the paragraphs' joined text."""

    def __init__(self, parsed: Parsed) -> None:
        self.paragraphs = parsed.paragraphs
        starts: list[int] = []
        self.at: list[tuple[int, int]] = []
        self._first: dict[int, int] = {}
        shift = 0
        for number, paragraph in enumerate(parsed.paragraphs):
            self._first[paragraph.index] = len(starts)
            starts += [shift + token.idx for token in paragraph.doc]
            self.at += [(number, i) for i in range(len(paragraph.doc))]
            shift += len(paragraph.doc.text) + 1
        self._starts = np.array(starts)

    def owners(self, window: Window) -> NDArray[np.int64]:
        """The number of the token that each piece of a window is part of."""
        return np.maximum(np.searchsorted(self._starts, window.offsets[:, 0], side="right") - 1, 0)

    def where(self, stretch: Stretch) -> slice:
        """The numbers of a stretch's tokens."""
        first = self._first[stretch.paragraph.index]
        return slice(first + stretch.start, first + stretch.end)

    def stretch(self, start: int, end: int) -> Stretch:
        """Tokens `[start, end)` of the page, which lie in one paragraph."""
        number, first = self.at[start]
        return Stretch(self.paragraphs[number], first, first + end - start)

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


def _parted(run: slice, begins: Scores) -> Iterator[slice]:
    """A run of cue tokens, parted where a new cue begins."""
    cuts = [run.start, *(i for i in range(run.start + 1, run.stop) if begins[i] >= FIRST), run.stop]
    for start, stop in pairwise(cuts):
        yield slice(start, stop)
