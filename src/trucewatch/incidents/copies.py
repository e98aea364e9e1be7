"""Copies: passages that one page has from another, whole or with edits.

MinHash over word shingles of each paragraph (rensa) proposes pairs, an alignment of the words confirms them.
The copier is the later page; of two pages of one day the one that credits an agency, then the greater id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

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
_CREDIT = re.compile(r"\b(with agencies|agencies|wire service|reuters|afp|associated press|\bap\b)\b", re.I)


class Copy(msgspec.Struct, frozen=True, order=True):
    """A passage `span` of `document` that stands, perhaps edited, at `of_span` of the earlier `of`.
    `share` is how much of the shorter passage's words agree, 0 to 1."""

    document: str
    of: str
    span: Span
    of_span: Span
    share: float


def copies(readings: Iterable[Reading]) -> tuple[Copy, ...]:
    """All copied paragraphs, sorted; the same for any order of the readings."""
    known = Copies()
    pages = sorted((Page(r) for r in readings), key=lambda p: p.id)
    return tuple(sorted(copy for page in pages for copy in known.add(page)))


class Copies:
    """Copies found page by page: each new page is compared with those before it that share a bucket of shingles."""

    def __init__(self) -> None:
        self._passages: list[tuple[Page, Span, list[str]]] = []
        self._buckets: dict[int, list[int]] = {}

    def add(self, page: Page) -> tuple[Copy, ...]:
        """The copies between this page and those added before, sorted."""
        found = []
        for span in _paragraphs(page):
            words = _words(page.words(span))
            for number in sorted(self._candidates(words)):
                other_page, other_span, other_words = self._passages[number]
                share = _share(words, other_words) if other_page.id != page.id else 0.0
                if share >= SAME_WORDS:
                    late, early = _order((page, span), (other_page, other_span))
                    found.append(Copy(late[0].id, early[0].id, late[1], early[1], round(share, 3)))
            self._passages.append((page, span, words))
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


def _paragraphs(page: Page) -> list[Span]:
    marks = page.reading.document.furniture
    spans = []
    for m in re.finditer(r"[^\n]+", page.text):
        if not any(f.start < m.end() and m.start() < f.end for f in marks) and len(m[0].split()) >= SHORTEST:
            spans.append(Span(m.start(), m.end()))
    return spans


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _share(one: list[str], other: list[str]) -> float:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks if b.size >= _RUN) / min(len(one), len(other))


def _order(one: tuple[Page, Span], other: tuple[Page, Span]) -> tuple[tuple[Page, Span], tuple[Page, Span]]:
    """(copier, original). A page without a date counts as later than one that has one."""

    def rank(part: tuple[Page, Span]) -> tuple[str, bool, str]:
        page = part[0]
        value = page.reading.document.published.value or "9999"
        return value, bool(_CREDIT.search(page.text)), page.id

    early, late = sorted((one, other), key=rank)
    return late, early
