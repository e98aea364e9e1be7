"""How likely it is that an attribution was found right, from what the rules and the encoder see of it.

A logistic curve over some signs, fitted by `tools/fit_statements.py` to articles that were kept out of the encoder's
training; the figures stand in `rules/data/attributions.yaml`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

import msgspec

from trucewatch.language import Parsed
from trucewatch.language.attributions import Answer, Sight, Stretch
from trucewatch.model import Span
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.draft import Draft, is_finite, source_span
from trucewatch.rules.loader import load

# Log odds are cut here: beyond, the encoder is sure of itself and no more often right.
_SURE = 4.0
_LENGTHS = (2, 4, 8, 16, 32)


class Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`weights` by sign, in units of log odds; `cases` says to how many it was fitted."""

    cases: int
    intercept: float
    weights: dict[str, float]


class Curves(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`bounds`: how likely a span is the content of a cue that is one. `sources`: how likely somebody is its source.
    `attributions`: how likely one is right."""

    fitted_on: str
    bounds: Curve
    sources: Curve
    attributions: Curve


@cache
def curve() -> Curve:
    return load("attributions", Curves).attributions


def likelihood(signs: dict[str, float]) -> float:
    """Between 0 and 1."""
    known = curve()
    return 1 / (1 + math.exp(-known.intercept - sum(known.weights.get(n, 0.0) * v for n, v in signs.items())))


class Eye:
    """Sees the signs of a page's drafts."""

    def __init__(self, parsed: Parsed, sight: Sight, mentions: Mentions) -> None:
        self._sight, self._mentions = sight, mentions
        self._paragraphs = parsed.paragraphs
        self._starts = [p.start for p in parsed.paragraphs]
        self._lengths = [len(p.doc.text) for p in parsed.paragraphs]
        self._known: dict[Span, Stretch | None] = {}

    def stretch(self, span: Span) -> Stretch | None:
        """The tokens of a span of the document."""
        if span not in self._known:
            self._known[span] = self._stretch(span)
        return self._known[span]

    def _stretch(self, span: Span) -> Stretch | None:
        number = bisect_right(self._starts, span.start) - 1
        if number < 0:
            return None
        paragraph, length = self._paragraphs[number], self._lengths[number]
        start, end = span.start - paragraph.start, min(span.end - paragraph.start, length)
        tokens = paragraph.doc.char_span(start, end, alignment_mode="expand") if start < end else None
        return Stretch(paragraph, tokens.start, tokens.end) if tokens else None

    def answer(self, draft: Draft) -> Answer | None:
        """What the encoder says of a draft's cue."""
        cue = self.stretch(draft.cue) if draft.cue is not None else None
        return self._sight.ask(cue) if cue is not None else None

    def signs(self, draft: Draft) -> dict[str, float]:
        """By name; what is not there is 0."""
        content = [s for s in map(self.stretch, draft.content) if s is not None]
        answer = self.answer(draft)
        seen = self._of_words(draft, content)
        if not content:
            return seen
        inside = self._sight.inside("content", content)
        seen["content anywhere"] = odds(float(inside.mean()))
        seen["content begins"] = float(self._sight.firsts("content", [_opening(content[0])]).max())
        if answer is None:
            return seen | {"no cue": 1.0, "no cue, content anywhere": seen["content anywhere"]}
        said = self._sight.within(answer, answer.content, content)
        seen["cue"] = odds(answer.cue)
        seen["cue unseen"] = float(answer.cue < 0.05)
        seen["cue sure"] = float(answer.cue > 0.9)
        seen["content"] = odds(float(said.mean()))
        seen["content share"] = float(said.sum()) / max(len(said), float(answer.content.sum()))
        seen["content share low"] = float(seen["content share"] < 0.5)
        seen["content share high"] = float(seen["content share"] > 0.8)
        return seen | self._of_source(draft, answer)

    def _of_source(self, draft: Draft, answer: Answer) -> dict[str, float]:
        span = source_span(draft)
        who = self.stretch(span) if span is not None else None
        most = float(answer.source.max(initial=0.0))
        if who is None:
            return {"source none": 1.0, "source seen elsewhere": most}
        here = self._sight.within(answer, answer.source, [who])
        return {"source": float(here.max()), "source seen elsewhere": max(0.0, most - float(here.max()))}

    def _of_words(self, draft: Draft, content: Sequence[Stretch]) -> dict[str, float]:
        origin = "learned" if draft.model is not None else "rule"
        size = sum(s.end - s.start for s in content)
        head = draft.content_head
        names = {
            origin: True,
            f"{origin}:{draft.rule or 'attitude'}": True,
            f"kind:{draft.kind}": True,
            f"length:{next((n for n in _LENGTHS if size <= n), 'more')}": True,
            "pieces": len(content) > 1,
            "finite": head is not None and is_finite(head),
            "headline": draft.paragraph.headline,
            "behind": draft.cue is not None and draft.content[0].start > draft.cue.start,
        }
        word = draft.cue_token
        if word is not None and draft.cue is not None:
            names |= {f"cue:{word.pos_}": True, f"cue:{word.tag_}": True, f"cue:{word.dep_}": True}
            names["asked"] = any(c.tag_ == "MD" or c.dep_ == "neg" for c in word.children)
        names[f"source:{self._source_kind(draft)}"] = True
        return {name: 1.0 for name, there in names.items() if there}

    def _source_kind(self, draft: Draft) -> str:
        if draft.source is None:
            return "none"
        index = draft.paragraph.index if draft.source_at is None else draft.source_at
        mention = self._mentions.at(index, draft.source.i)
        if mention is None:
            return draft.source.pos_.lower()
        return f"{mention.kind} {mention.form}"


def odds(chance: float) -> float:
    """The log odds of a chance, cut where the encoder is no more often right."""
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return min(max(math.log(chance / (1 - chance)), -_SURE), _SURE)


def _opening(stretch: Stretch) -> Stretch:
    """The first token, and the one before it: annotators differ on quotation marks and on "that"."""
    return Stretch(stretch.paragraph, max(stretch.start - 1, 0), stretch.start + 1)
