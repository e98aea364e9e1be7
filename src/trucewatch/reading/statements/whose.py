"""Whose a cue is: the sources that it may have, and the likeliest of them.

The source may be what the rules have, a subject or a possessor by the tree, the noun beside the cue, what the encoder
sees, or nobody. A curve over what is seen of them says which is likeliest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.tokens import Token

from trucewatch.language.attributions import Answer, Sight, Stretch
from trucewatch.language.clauses import is_passive, surface_subjects
from trucewatch.language.phrases import noun_phrase
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.bounds import Table
from trucewatch.reading.statements.draft import CLOSE_MARKS, Draft, pronoun_for, source_span
from trucewatch.reading.statements.likely import Curve, Curves, Eye, odds
from trucewatch.rules.loader import load

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
# How sure the encoder is of the words that it may have for a source, first where it is sure, then elsewhere.
SEEN = (0.5, 0.15)
_ABOVE = 3
_RELATIONS = (
    "subject", "agent", "possessor", "by", "of", "subject above", "possessor above", "noun above", "noun before",
    "noun behind", "encoder's",
)
_FORMS = ("noun", "propn", "num", "it", "relative", "pronoun")
SIGNS = (
    "own by a rule", "own by the tree", *_RELATIONS, *_FORMS, "most", "mean", "head", "share", "tagged", "likeliest",
    "inside of the content", "inside of the content, own", "round the cue", "before", "gap", "another sentence",
    "another paragraph", "behind a quotation", "speaker", "entity",
    "nobody", "nobody, own", "nobody, most elsewhere", "nobody, passive", "nobody, no verb", "nobody, known cue",
)
_SPEAKERS = {"person", "government", "military", "armed_group", "political_group", "organization", "media"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who may be the source: the head and the words of the phrase (neither for nobody), and how it was come by."""

    head: Token | None
    where: Stretch | None
    ways: frozenset[str]


@dataclass(frozen=True, slots=True)
class Owners:
    """Who may be the source of a cue, and what is seen of each (a row of `SIGNS`); the first is who it is so far."""

    owners: list[Owner]
    table: Table

    def likelihoods(self, curve: Curve | None = None) -> list[float]:
        """Of each beside the others; by the shipped curve or another."""
        sums = self.table @ (_weights() if curve is None else row(curve))
        shares = np.exp(sums - sums.max())
        return (shares / shares.sum()).tolist()  # type: ignore[no-any-return]


@cache
def _weights() -> Table:
    return row(load("attributions", Curves).sources)


def row(curve: Curve) -> Table:
    return np.array([curve.weights.get(name, 0.0) for name in SIGNS])


def owners(draft: Draft, eye: Eye, sight: Sight, mentions: Mentions) -> Owners | None:
    """Who may be the source of a draft's cue, where the encoder sees the cue."""
    cue = eye.stretch(draft.cue) if draft.cue is not None else None
    answer = sight.ask(cue) if cue is not None else None
    if cue is None or answer is None or draft.cue_token is None or cue.paragraph is not draft.paragraph:
        return None
    span = source_span(draft)
    own = eye.stretch(span) if span is not None else None
    if draft.source is not None and own is None:
        return None
    found = list(_several(draft, own, cue, answer, sight))
    return Owners(found, _signs(draft, found, cue, answer, eye, sight, mentions))


def _several(draft: Draft, own: Stretch | None, cue: Stretch, answer: Answer, sight: Sight) -> Iterator[Owner]:
    """The own one first, the encoder's own bounds where the tree has no such head, then nobody."""
    ways: dict[tuple[int, int], set[str]] = {}
    seen: dict[tuple[int, int], tuple[Token, Stretch]] = {}

    def add(head: Token, where: Stretch, way: str) -> None:
        key = (where.paragraph.index, head.i)
        seen.setdefault(key, (head, where))
        ways.setdefault(key, set()).add(way)

    if draft.source is not None and own is not None:
        add(draft.source, own, "own")
    assert draft.cue_token is not None
    for way, head in _by_tree(draft.cue_token, cue):
        phrase = noun_phrase(head)
        if not cue.start <= head.i < cue.end:
            add(head, Stretch(cue.paragraph, phrase.start, phrase.end), way)
    for where in sight.sources(answer, SEEN):
        nominal = nominal_of(where)
        if nominal is not None:
            add(nominal, where, "encoder's")
    for key, (head, where) in seen.items():
        yield Owner(head, where, frozenset(ways[key]))
    yield Owner(None, None, frozenset({"own"} if draft.source is None else ()))


def _by_tree(word: Token, cue: Stretch) -> Iterator[tuple[str, Token]]:
    doc = cue.paragraph.doc
    if word.pos_ in ("VERB", "AUX"):
        yield from (("subject", s) for s in surface_subjects(word)[:1])
        yield from (("agent", p) for c in word.children if c.dep_ == "agent" for p in _objects(c))
    for token in {*doc[cue.start : cue.end], word}:
        if token.pos_ not in ("VERB", "AUX"):
            yield from (("possessor", c) for c in token.children if c.dep_ == "poss")
            for way in ("by", "of"):
                yield from ((way, p) for c in token.children if c.lower_ == way for p in _objects(c))
    above = word
    for _ in range(_ABOVE):
        if above.head == above:
            break
        above = above.head
        if above.pos_ in ("VERB", "AUX"):
            yield from (("subject above", s) for s in surface_subjects(above)[:1])
            if not is_passive(above):
                yield from (("noun above", c) for c in above.children if c.dep_ in ("dobj", "dative"))
        elif above.pos_ in NOMINAL:
            yield "noun above", above
            yield from (("possessor above", c) for c in above.children if c.dep_ == "poss")
    before = cue.start - 1
    while before > 0 and doc[before].pos_ in ("ADV", "AUX", "PART"):
        before -= 1
    if before >= 0 and doc[before].pos_ in NOMINAL:
        yield "noun before", doc[before]
    if cue.end < len(doc) and (head := _phrase_from(doc[cue.end])) is not None:
        yield "noun behind", head


def _objects(preposition: Token) -> Iterator[Token]:
    return (c for c in preposition.children if c.dep_ == "pobj")


def _phrase_from(first: Token) -> Token | None:
    """The head of the noun phrase that begins with a token."""
    head = first
    while head.head != head and head.head.left_edge.i >= first.i and head.head.pos_ in NOMINAL:
        head = head.head
    return head if head.pos_ in NOMINAL else None


def nominal_of(stretch: Stretch) -> Token | None:
    """The head of a source: its root, else its first noun or pronoun; none is no source."""
    inside = stretch.paragraph.doc[stretch.start : stretch.end]
    if inside.root.pos_ in NOMINAL:
        return inside.root
    return next((t for t in inside if t.pos_ in NOMINAL and t.dep_ != "compound"), None)


def _signs(
    draft: Draft, found: list[Owner], cue: Stretch, answer: Answer, eye: Eye, sight: Sight, mentions: Mentions
) -> Table:
    table = np.zeros((len(found), len(SIGNS)))
    total = float(answer.source.sum())
    most = odds(float(answer.source.max(initial=0.0)))
    content = [s for s in map(eye.stretch, draft.content) if s is not None]
    sums = []
    for owner in found:
        words = source_words(draft, owner)
        sums.append(float(sight.within(answer, answer.source, words).sum()) if words else 0.0)
    for line, owner, inside in zip(table, found, sums, strict=True):
        if owner.head is None or owner.where is None:
            assert draft.cue_token is not None
            values = {
                "nobody": 1.0, "nobody, own": "own" in owner.ways, "nobody, most elsewhere": most,
                "nobody, passive": is_passive(draft.cue_token),
                "nobody, no verb": draft.cue_token.pos_ not in ("VERB", "AUX"), "nobody, known cue": bool(draft.rule),
            }
        else:
            words = source_words(draft, owner)
            here = sight.within(answer, answer.source, words)
            head = Stretch(owner.where.paragraph, owner.head.i, owner.head.i + 1)
            within = any(_meet(c, owner.where) for c in content)
            mention = mentions.at(owner.where.paragraph.index, owner.head.i)
            near = owner.where.paragraph is cue.paragraph
            values = {
                _form(owner.head): 1.0, **{way: 1.0 for way in owner.ways if way != "own"},
                "own by a rule": "own" in owner.ways and draft.model is None,
                "own by the tree": "own" in owner.ways and draft.model is not None,
                "most": odds(float(here.max(initial=0.0))), "mean": odds(float(here.mean())),
                "head": odds(float(sight.within(answer, answer.source, [head])[0])),
                "share": inside / max(total, 0.5), "likeliest": inside >= max(sums) and inside > 0.5,
                "tagged": odds(float(sight.inside("source", words).max())),
                "inside of the content": within, "inside of the content, own": within and "own" in owner.ways,
                "another paragraph": not near,
                "speaker": mention is not None and mention.kind in _SPEAKERS, "entity": mention is not None,
            }
            if near:
                doc = cue.paragraph.doc
                behind = owner.where.start >= cue.end
                gap = owner.where.start - cue.end if behind else cue.start - owner.where.end
                values |= {
                    "before": not behind, "gap": float(np.log1p(max(gap, 0))),
                    "round the cue": owner.where.start < cue.end and cue.start < owner.where.end,
                    "another sentence": doc[cue.start].sent.start != owner.head.sent.start,
                    "behind a quotation": behind and gap == 0 and any(
                        t.text in CLOSE_MARKS for t in doc[max(cue.start - 2, 0) : cue.start]
                    ),
                }
        for name, value in values.items():
            line[_COLUMN[name]] = value
    return table


def source_words(draft: Draft, owner: Owner) -> list[Stretch]:
    """The words of a source: the phrase, and the pronoun that stands for it beside the cue; nobody has none."""
    if owner.head is None or owner.where is None:
        return []
    words = [owner.where]
    relative = pronoun_for(draft.cue_token, owner.head) if owner.where.paragraph is draft.paragraph else None
    if relative is not None:
        words.append(Stretch(owner.where.paragraph, relative.i, relative.i + 1))
    return words


def _meet(one: Stretch, other: Stretch) -> bool:
    return one.paragraph is other.paragraph and one.start < other.end and other.start < one.end


def _form(head: Token) -> str:
    if head.pos_ != "PRON":
        return {"PROPN": "propn", "NUM": "num"}.get(head.pos_, "noun")
    if head.lower_ == "it":
        return "it"
    return "relative" if head.tag_ in ("WP", "WDT", "WP$") else "pronoun"


_COLUMN = {name: i for i, name in enumerate(SIGNS)}
