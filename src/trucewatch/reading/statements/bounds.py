"""Where a content begins and ends: the spans that it may have beside a cue, and the likeliest of them.

A span may begin and end where the rules have it, where the encoder has it, where the encoder's probability rises or
falls most, and with what hangs on the cue in the tree. A curve over what is seen of the spans says which is likeliest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from trucewatch.language.encoder import Scores
from trucewatch.reading.statements.draft import CLOSE_MARKS, OPEN_MARKS
from trucewatch.reading.statements.likely import Curve, Curves
from trucewatch.rules.loader import load

# Tokens `[start, end)` of a paragraph.
Range = tuple[int, int]
Table = NDArray[np.float64]
# Steepest rises and falls that are tried.
RISES, FALLS = 2, 4
_HANGING = {
    "dobj", "ccomp", "xcomp", "nsubjpass", "attr", "acomp", "oprd", "prep", "advcl", "dative", "pcomp", "pobj",
    "acl", "poss",
}
# What may be cut off behind a content: clauses and phrases that hang on something in it.
_CUT = ("relcl", "acl", "advcl", "prep", "conj", "cc", "appos", "xcomp", "ccomp")
_SURE = 4.0
SIGNS = (
    "share", "share squared", "gain", "mean odds", "first", "last", "before", "behind", "begins", "length", "single",
    "rule's start", "rule's end", "rule's", "encoder's start", "encoder's end", "encoder's",
    *(f"is {dep}" for dep in sorted(_HANGING)), "is inside of a preposition", "is the antecedent", "ends with the tree",
    "behind the cue", "gap", "marks pair off", "ends quoted", "quoted", "before a comma", "at the sentence's end",
    "over the sentence's end", *(f"less {dep}" for dep in _CUT), "cue inside", "cue behind",
    "begins with that", "begins with a preposition", "begins with to",
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The spans that a content may have, what is seen of each (a row of `SIGNS`), and which it has so far."""

    spans: list[Range]
    table: Table
    own: Range

    def likelihoods(self, curve: Curve | None = None) -> list[float]:
        """Of each span beside the others, given that the cue is one; by the shipped curve or another."""
        odds = self.table @ (_weights() if curve is None else _row(curve))
        shares = np.exp(odds - odds.max())
        return (shares / shares.sum()).tolist()  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder sees of a paragraph when it is asked about a cue, by token: how likely it is in that cue's
    content, the first of some content, in some cue."""

    content: Scores
    begins: Scores
    cues: Scores


def bounds(doc: Doc, cue: Range, word: Token, seen: Seen, rule: Range | None, encoder: Range | None) -> Bounds:
    """The spans for a cue, which the rules and the encoder bound so."""
    spans = ranges(doc, cue, word, seen.content, rule, encoder)
    own = rule or encoder
    assert own is not None
    return Bounds(spans, signs(doc, cue, word, spans, seen, rule, encoder), own)


@cache
def _weights() -> Table:
    return _row(load("attributions", Curves).bounds)


def _row(curve: Curve) -> Table:
    return np.array([curve.weights.get(name, 0.0) for name in SIGNS])


def ranges(
    doc: Doc, cue: Range, word: Token, seen: Scores, rule: Range | None, encoder: Range | None
) -> list[Range]:
    """The spans, in order, none of which holds the cue."""
    known = [r for r in (rule, encoder) if r is not None]
    steps = np.diff(seen, prepend=0.0, append=0.0)
    starts = {r[0] for r in known} | {int(i) for i in np.argsort(-steps)[:RISES] if steps[i] > 0.05}
    ends = {r[1] for r in known} | {int(i) for i in np.argsort(steps)[:FALLS] if steps[i] < -0.05}
    found = {(s, e) for s in starts for e in ends}
    for start, end in _hanging(word):
        found |= {(start, end), *((start, e) for e in ends if start < e <= end)}
    trimmed = {_trimmed(doc, s, e) for s, e in found if s < e and not (s < cue[1] and cue[0] < e)}
    return sorted({*known, *(t for t in trimmed if t is not None)})


def _hanging(word: Token) -> dict[Range, str]:
    """What hangs on the cue's word, and how."""
    found: dict[Range, str] = {}
    for child in word.children:
        if child.dep_ not in _HANGING:
            continue
        found[child.left_edge.i, child.right_edge.i + 1] = f"is {child.dep_}"
        if child.dep_ == "prep":
            for inner in child.children:
                found[inner.left_edge.i, inner.right_edge.i + 1] = "is inside of a preposition"
    if word.dep_ in ("relcl", "acl") and word.head.i < word.i:
        end = min(word.head.i + 1, word.left_edge.i)
        if word.head.left_edge.i < end:
            found[word.head.left_edge.i, end] = "is the antecedent"
    return found


def _trimmed(doc: Doc, start: int, end: int) -> Range | None:
    """Without marks at the ends and the "that" which brings a clause in."""
    while start < end and _loose(doc[start]):
        start += 1
    while start < end and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text not in "%)":
        end -= 1
    return (start, end) if start < end else None


def _loose(token: Token) -> bool:
    if token.lower_ == "that" and token.dep_ == "mark":
        return True
    return not token.is_alpha and not token.like_num and token.text not in "%$€£("


def signs(
    doc: Doc, cue: Range, word: Token, spans: Sequence[Range], seen: Seen, rule: Range | None, encoder: Range | None
) -> Table:
    """What is seen of each span, a row of `SIGNS`."""
    probable = np.clip(seen.content, 0.0, 1.0)
    odds = np.clip(np.log((probable + 1e-4) / (1 - probable + 1e-4)), -_SURE, _SURE)
    total = float(probable.sum())
    sums = np.concatenate([[0.0], np.cumsum(probable)])
    hanging = _hanging(word)
    edges = {end for _, end in hanging}
    marks = np.cumsum([0, *(t.text in OPEN_MARKS or t.text in CLOSE_MARKS for t in doc)])
    table = np.zeros((len(spans), len(SIGNS)))
    for row, (start, end) in zip(table, spans, strict=True):
        size = end - start
        inside = float(sums[end] - sums[start])
        mean = min(max(inside / size, 0.018), 0.982)
        share = inside / max(size, total, 1.0)
        values: dict[str, float] = {
            "share": share, "share squared": share * share, "gain": (2 * inside - size) / (total + 1),
            "mean odds": np.log(mean / (1 - mean)), "first": odds[start], "last": odds[end - 1],
            "before": odds[start - 1] if start else -_SURE, "behind": odds[end] if end < len(doc) else -_SURE,
            "begins": max(seen.begins[start], seen.begins[start - 1] if start else 0.0), "length": np.log(size),
            "single": size == 1, "behind the cue": start >= cue[1],
            "gap": min(start - cue[1] if start >= cue[1] else cue[0] - end, 8) / 8,
            "marks pair off": (marks[end] - marks[start]) % 2 == 0,
            "quoted": start > 0 and doc[start - 1].text in OPEN_MARKS,
            "ends quoted": end < len(doc) and doc[end].text in CLOSE_MARKS,
            "ends with the tree": end in edges,
            "over the sentence's end": any(t.is_sent_start for t in doc[start + 1 : end]),
            "cue inside": seen.cues[start:end].max(),
            "cue behind": seen.cues[end : end + 3].max(initial=0.0),
            "begins with that": doc[start].lower_ == "that", "begins with to": doc[start].lower_ == "to",
            "begins with a preposition": doc[start].pos_ == "ADP",
        }
        for name, known in (("rule's", rule), ("encoder's", encoder)):
            if known is not None:
                values |= {f"{name} start": start == known[0], f"{name} end": end == known[1]}
                values[name] = (start, end) == known
        if (start, end) in hanging:
            values[hanging[start, end]] = 1.0
        for name in _behind(doc, start, end):
            values[name] = 1.0
        for name, value in values.items():
            row[_COLUMN[name]] = value
    return table


_COLUMN = {name: i for i, name in enumerate(SIGNS)}


def _behind(doc: Doc, start: int, end: int) -> Iterator[str]:
    """What stands behind a span: a comma, a stop, something that hangs on a word inside."""
    if end >= len(doc) or doc[end].is_sent_start:
        yield "at the sentence's end"
        return
    token = doc[end]
    if token.text in (",", "-", "–", "—", "(", ";"):
        yield "before a comma"
        if end + 1 >= len(doc):
            return
        token = doc[end + 1]
    elif token.text in ".!?:":
        yield "at the sentence's end"
    while token.left_edge.i >= end and not start <= token.head.i < end and token.head != token:
        token = token.head
    if start <= token.head.i < end and token.dep_ in _CUT:
        yield f"less {token.dep_}"
