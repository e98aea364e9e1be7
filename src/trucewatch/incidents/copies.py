"""Copies: passages that one page has from another, whole or with edits.

MinHash over word shingles of each paragraph (rensa) proposes pairs of pages; the alignment of their words finds the
passages that agree, and where each word of the copy came from.
The copier is the later page; of two pages of one day the one that credits an agency, then the greater id.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from difflib import Match, SequenceMatcher

import msgspec
import rensa  # type: ignore[import-untyped]

from trucewatch.incidents.page import Page
from trucewatch.model import Reading, Span

SHINGLE = 3
SHORTEST = 12  # words; shorter paragraphs agree by chance
PERMUTATIONS, BAND = 126, 3
CROWD = 40  # passages of one bucket
SAME_WORDS = 0.5  # share of the shorter paragraph's words that stand in aligned runs
_RUN = 3  # words; a run shorter than this proves nothing
_PROVEN = 9  # words that must agree in all
_EDITED = 15  # words put in or left out between two runs of one passage
_SHIFT = 2  # characters
_CREDIT = re.compile(r"\b(with agencies|agencies|wire service|reuters|afp|associated press|\bap\b)\b", re.I)


class Copy(msgspec.Struct, frozen=True, order=True):
    """A passage `span` of `document` that stands, perhaps edited, at `of_span` of the earlier `of`.
    `share` is how much of the passage's words agree, 0 to 1; `runs` are the stretches that agree word by word, each as
    its start here, its start there, and its end here and there (characters)."""

    document: str
    of: str
    span: Span
    of_span: Span
    share: float
    runs: tuple[tuple[int, int, int, int], ...] = ()

    def counterpart(self, offset: int) -> Span | None:
        """The characters of the original where those at an offset of the copy came from: the same place within words
        that agree, the gap where words were edited; None outside the passage."""
        if not self.span.start <= offset < self.span.end:
            return None
        gap = self.of_span.start
        for start, of_start, end, of_end in self.runs:
            if offset < start:
                return Span(gap, of_start)
            if offset < end:
                there = of_start + offset - start
                return Span(max(of_start, there - _SHIFT), min(of_end, there + _SHIFT))
            gap = of_end
        return Span(gap, self.of_span.end)


def copies(readings: Iterable[Reading]) -> tuple[Copy, ...]:
    """All copied paragraphs, sorted; the same for any order of the readings."""
    known = Copies()
    pages = sorted((Page(r) for r in readings), key=lambda p: p.id)
    return tuple(sorted(copy for page in pages for copy in known.add(page)))


class Copies:
    """Copies found page by page: each new page is aligned with those before it that share a bucket of shingles."""

    def __init__(self) -> None:
        self._pages: list[_Text] = []
        self._passages: list[int] = []  # of which page each is
        self._buckets: dict[int, list[int]] = {}

    def add(self, page: Page) -> tuple[Copy, ...]:
        """The copies between this page and those added before, sorted."""
        text = _Text(page)
        if not text.passages:
            return ()
        near: set[int] = set()
        for _, words in text.passages:
            near |= {self._passages[n] for n in self._candidates([text.words[w] for w in words])}
            self._passages.append(len(self._pages))
        self._pages.append(text)
        found: list[Copy] = []
        for number in sorted(near - {len(self._pages) - 1}):
            late, early = _order(text, self._pages[number])
            found += _aligned(late, early)
        return tuple(sorted(found))

    def _candidates(self, words: list[str]) -> set[int]:
        """Passages that share a bucket with these words, which are then put there, too. Of a crowded bucket
        (boilerplate) only the last comer is compared, so that cost stays linear."""
        sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=7)
        sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))])
        digest = sketch.digest()
        found: set[int] = set()
        for band in range(0, PERMUTATIONS, BAND):
            members = self._buckets.setdefault(hash((band, *digest[band : band + BAND])), [])
            found.update(members if len(members) <= CROWD else members[-1:])
            members.append(len(self._passages))
        return found


class _Text:
    """The words of a page that are no furniture, with where they stand, and its passages as ranges of words."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words: list[str] = []
        self.starts = array("l")
        self.ends = array("l")
        self.passages: list[tuple[Span, range]] = []
        marks = page.reading.document.furniture
        for span in page.passages:
            if any(f.start < span.end and span.start < f.end for f in marks):
                continue
            first = len(self.words)
            for m in re.finditer(r"\w+", page.words(span)):
                self.words.append(m[0].lower())
                self.starts.append(span.start + m.start())
                self.ends.append(span.start + m.end())
            if len(self.words) - first >= SHORTEST:
                self.passages.append((span, range(first, len(self.words))))


def _aligned(late: _Text, early: _Text) -> Iterator[Copy]:
    """The passages of the later page that stand in the earlier one, each with the runs of words that agree."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(early.words)
    for _, words in late.passages:
        matcher.set_seq1([late.words[w] for w in words])
        blocks = [b for b in matcher.get_matching_blocks() if b.size >= _RUN]
        for stretch in _stretches(blocks):
            first, last = stretch[0], stretch[-1]
            length = last.a + last.size - first.a
            same = sum(b.size for b in stretch)
            if same >= _PROVEN and same / length >= SAME_WORDS:
                runs = tuple(
                    (late.starts[words[b.a]], early.starts[b.b],
                     late.ends[words[b.a + b.size - 1]], early.ends[b.b + b.size - 1])
                    for b in stretch
                )
                here, there = Span(runs[0][0], runs[-1][2]), Span(runs[0][1], runs[-1][3])
                yield Copy(late.page.id, early.page.id, here, there, round(same / length, 3), runs)


def _stretches(blocks: Iterable[Match]) -> Iterator[list[Match]]:
    """Blocks in order, cut where too many words lie between two, in either text."""
    stretch: list[Match] = []
    for block in blocks:
        if stretch:
            last = stretch[-1]
            if max(block.a - last.a - last.size, block.b - last.b - last.size) > _EDITED:
                yield stretch
                stretch = []
        stretch.append(block)
    if stretch:
        yield stretch


def _order(one: _Text, other: _Text) -> tuple[_Text, _Text]:
    """(copier, original). A page without a date counts as later than one that has one."""

    def rank(text: _Text) -> tuple[str, bool, str]:
        page = text.page
        value = page.reading.document.published.value or "9999"
        return value, bool(_CREDIT.search(page.text)), page.id

    early, late = sorted((one, other), key=rank)
    return late, early
