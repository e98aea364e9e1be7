"""Copies: passages that one page has from another, whole or with edits.

MinHash over word shingles of each paragraph (rensa) proposes pairs, an alignment of the words confirms them.
The copier is the later page; of two pages of one day the one that credits an agency, then the greater id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import combinations, pairwise

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
    pages = sorted((Page(r) for r in readings), key=lambda p: p.id)
    passages = [(page, span, _words(page.words(span))) for page in pages for span in _paragraphs(page)]
    found = []
    for one, other in sorted(_candidates([words for _, _, words in passages])):
        (page, span, words), (other_page, other_span, other_words) = passages[one], passages[other]
        if page.id == other_page.id:
            continue
        share = _share(words, other_words)
        if share >= SAME_WORDS:
            late, early = _order((page, span), (other_page, other_span))
            found.append(Copy(late[0].id, early[0].id, late[1], early[1], round(share, 3)))
    return tuple(sorted(found))


def _paragraphs(page: Page) -> list[Span]:
    marks = page.reading.document.furniture
    spans = []
    for m in re.finditer(r"[^\n]+", page.text):
        if not any(f.start < m.end() and m.start() < f.end for f in marks) and len(m[0].split()) >= SHORTEST:
            spans.append(Span(m.start(), m.end()))
    return spans


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _candidates(passages: list[list[str]]) -> set[tuple[int, int]]:
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, words in enumerate(passages):
        sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=7)
        sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))])
        digest = sketch.digest()
        for band in range(0, PERMUTATIONS, BAND):
            buckets[(band, *digest[band : band + BAND])].append(number)
    return {pair for members in buckets.values() for pair in _pairs(members)}


def _pairs(members: list[int]) -> Iterable[tuple[int, int]]:
    """Every pair of a bucket; of a crowded one (boilerplate) only neighbours, so that cost stays linear."""
    return combinations(members, 2) if len(members) <= CROWD else pairwise(members)


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
