"""What the learned tagger proposes: sources, cues and contents, laid on the tokens of a page.

The tagger finds; the tree links: a content to its cue, a cue to its subject. `unfound` gives the
statements that the rules have not found, each with the probability that it is one.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.language.clauses import surface_subjects
from trucewatch.language.encoder import PARTS, TAGS, tag
from trucewatch.language.phrases import noun_phrase

Part = Literal["source", "cue", "content"]
Shares = NDArray[np.float32]

# Best on the training half of the corpus; cues and sources are rarer than contents.
LIMITS: dict[Part, float] = {"source": 0.5, "cue": 0.35, "content": 0.5}
FIRST = 0.5
# Contents that share this much of the longer are the same statement.
HALF = 0.5
# Proposals less likely than this cost more than they bring.
LIKELY = 0.35
# Tokens below the limit that do not break a content, such as a comma or a cue in its midst.
GAPS: dict[Part, int] = {"source": 0, "cue": 0, "content": 1}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens of a paragraph that the tagger takes for a part of a statement.

    `start` and `end` are token indices, half-open; `score` is the mean probability of the run.
    """

    paragraph: Paragraph
    part: Part
    start: int
    end: int
    score: float


def token_scores(parsed: Parsed, threads: int = 1) -> tuple[Shares, ...]:
    """For each paragraph one row a token, one column a tag (`encoder.TAGS`): its probability."""
    if not parsed.paragraphs:
        return ()
    text = "\n".join(p.doc.text for p in parsed.paragraphs)
    tagged = next(tag([text], threads))
    starts, shift = [], 0
    for paragraph in parsed.paragraphs:
        starts += [shift + token.idx for token in paragraph.doc]
        shift += len(paragraph.doc.text) + 1
    owner = np.searchsorted(np.array(starts), tagged.offsets[:, 0], side="right") - 1
    sums = np.zeros((len(starts), len(TAGS)), dtype=np.float32)
    np.add.at(sums, owner, tagged.scores)
    means = sums / np.maximum(np.bincount(owner, minlength=len(starts)), 1)[:, None].astype(np.float32)
    cuts = np.cumsum([len(p.doc) for p in parsed.paragraphs])[:-1]
    return tuple(np.split(means, cuts))


def candidate_spans(parsed: Parsed, threads: int = 1) -> tuple[Candidate, ...]:
    """The tagger's sources, cues and contents, paragraph by paragraph."""
    return tuple(
        candidate
        for paragraph, scores in zip(parsed.paragraphs, token_scores(parsed, threads), strict=True)
        for candidate in of_paragraph(paragraph, scores)
    )


def of_paragraph(paragraph: Paragraph, scores: Shares) -> Iterator[Candidate]:
    """The candidates of one paragraph, given its tokens' scores."""
    for number, part in enumerate(("source", "cue", "content")):
        inside = scores[:, number]
        for start, end in _runs(inside >= LIMITS[part], scores[:, len(PARTS) + number] >= FIRST, GAPS[part]):  # type: ignore[index]
            while start < end and paragraph.doc[start].is_punct:
                start += 1
            while end > start and paragraph.doc[end - 1].is_punct:
                end -= 1
            if start < end:
                yield Candidate(paragraph, part, start, end, float(inside[start:end].mean()))  # type: ignore[arg-type]


def _runs(inside: NDArray[np.bool_], first: NDArray[np.bool_], gap: int) -> Iterator[tuple[int, int]]:
    """Half-open runs of tokens that are inside, over gaps of at most `gap`, parted at a first word."""
    start = last = -1
    for i in np.flatnonzero(inside).tolist():
        if start >= 0 and (i - last > gap + 1 or (first[i] and i > start)):
            yield start, last + 1
            start = -1
        if start < 0:
            start = i
        last = i
    if start >= 0:
        yield start, last + 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement that the tagger sees: its parts as half-open token ranges of the paragraph.

    `source_head` is the source's head word; `facts` are what its probability is reckoned from.
    """

    paragraph: Paragraph
    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    source_head: Token | None
    facts: tuple[float, ...]

    @property
    def probability(self) -> float:
        """That some annotator marked it, with this source: a logistic function of the facts."""
        weights, bias = _linking()
        return float(1 / (1 + np.exp(-(np.dot(weights, self.facts) + bias))))


@cache
def _linking() -> tuple[tuple[float, ...], float]:
    """Weights fitted by `tools/fit_linking.py`."""
    fitted = json.loads((files("trucewatch.language") / "model/linking.json").read_text(encoding="utf-8"))
    return tuple(fitted["weights"]), fitted["bias"]


def unfound(
    paragraph: Paragraph, scores: Shares, known: Sequence[Sequence[tuple[int, int]]]
) -> list[Proposal]:
    """The likely statements of a paragraph beside the `known` ones, likeliest first; none overlaps another by half.

    `scores` are the paragraph's rows of `token_scores`, `known` the token ranges of contents already found.
    """
    kept: list[Proposal] = []
    for proposal in sorted(propose(paragraph, scores, known), key=lambda p: (-p.probability, p.content)):
        if proposal.probability < LIKELY:
            break
        if _overlap(proposal.content, [[k.content] for k in kept])[0] < HALF:
            kept.append(proposal)
    return kept


def propose(paragraph: Paragraph, scores: Shares, known: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Proposal]:
    """Statements of one paragraph beside the `known` ones (the token ranges of their contents)."""
    candidates = list(of_paragraph(paragraph, scores))
    cues = [c for c in candidates if c.part == "cue"]
    sources = [c for c in candidates if c.part == "source"]
    options = {(c.start, c.end): None for c in candidates if c.part == "content"}
    linked: dict[tuple[int, int], Candidate] = {}
    for cue in cues:
        for option in _governed(paragraph, cue, scores):
            options.setdefault(option)
            linked.setdefault(option, cue)
    for content in options:
        best, covered = _overlap(content, known)
        if best >= HALF:
            continue
        brings = linked.get(content) or _nearest(paragraph, content, cues, content)
        source, head = _source(paragraph, brings, content, sources)
        yield Proposal(
            paragraph, content, (brings.start, brings.end) if brings else None, source, head,
            _facts(scores, content, brings, source, best, covered, content in linked),
        )


def _governed(paragraph: Paragraph, cue: Candidate, scores: Shares) -> Iterator[tuple[int, int]]:
    """Phrases and clauses that hang on a cue and that the tagger takes for content."""
    for word in paragraph.doc[cue.start : cue.end]:
        for child in word.children:
            if cue.start <= child.i < cue.end or child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "punct", "neg"):
                continue
            start, end = child.left_edge.i, child.right_edge.i + 1
            if child.dep_ in ("prep", "agent", "mark") or paragraph.doc[start].lower_ in ("that", "as"):
                start += 1
            while end > start and paragraph.doc[end - 1].is_punct:
                end -= 1
            while start < end and paragraph.doc[start].is_punct:
                start += 1
            outside = end <= cue.start or start >= cue.end
            if end - start > 1 and outside and scores[start:end, 2].mean() >= LIMITS["content"]:
                yield start, end


def _overlap(content: tuple[int, int], known: Sequence[Sequence[tuple[int, int]]]) -> tuple[float, float]:
    """The greatest share of the longer that a known content has in common, and how much any covers."""
    best, covered = 0.0, 0.0
    for ranges in known:
        shared = sum(max(0, min(content[1], b) - max(content[0], a)) for a, b in ranges)
        length = content[1] - content[0]
        best = max(best, shared / max(length, sum(b - a for a, b in ranges), 1))
        covered = max(covered, shared / length)
    return best, covered


def _sentences(paragraph: Paragraph, start: int, end: int) -> set[int]:
    firsts = [t.i for t in paragraph.doc if t.is_sent_start]
    return {bisect_right(firsts, start), bisect_right(firsts, end - 1)}


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[1], one[0] - other[1])


def _nearest(
    paragraph: Paragraph, content: tuple[int, int], candidates: list[Candidate], to: tuple[int, int]
) -> Candidate | None:
    """The candidate nearest to `to`, in the content's sentences and outside of the content."""
    here = _sentences(paragraph, *content)
    near = [
        c for c in candidates
        if _gap((c.start, c.end), content) >= 0 and _sentences(paragraph, c.start, c.end) & here
    ]
    return min(near, key=lambda c: _gap((c.start, c.end), to), default=None)


def _source(
    paragraph: Paragraph, cue: Candidate | None, content: tuple[int, int], sources: list[Candidate]
) -> tuple[tuple[int, int] | None, Token | None]:
    """The subject of the cue, or the source that stands nearest to it."""
    for word in paragraph.doc[cue.start : cue.end] if cue else ():
        owners = [c for c in word.children if c.dep_ == "poss"]
        for head in surface_subjects(word) if word.pos_ in ("VERB", "AUX") else owners:
            if any(s.start <= head.i < s.end for s in sources):
                phrase = noun_phrase(head)
                return (phrase.start, phrase.end), head
    found = _nearest(paragraph, content, sources, (cue.start, cue.end) if cue else content)
    if found is None:
        return None, None
    return (found.start, found.end), paragraph.doc[found.start : found.end].root


def _facts(
    scores: Shares, content: tuple[int, int], cue: Candidate | None, source: tuple[int, int] | None,
    best: float, covered: float, governed: bool,
) -> tuple[float, ...]:
    start, end = content
    inside = scores[start:end, 2]
    edges = [float(scores[i, 2]) if 0 <= i < len(scores) else 0.0 for i in (start - 1, end)]
    where = (cue.start, cue.end) if cue else content
    return (
        best, covered, float(governed), float(inside.mean()), float(inside.min()), *edges,
        float(scores[start : start + 2, 5].max()), min(end - start, 40) / 40,
        cue.score if cue else 0.0, float(cue is None), min(_gap(where, content), 30) / 30 if cue else 1.0,
        float(scores[source[0] : source[1], 0].mean()) if source else 0.0, float(source is None),
        min(max(_gap(source, where), 0), 30) / 30 if source else 1.0,
    )
