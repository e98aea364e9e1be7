"""A statement on the way, the words of the rules, and how token ranges become spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.clauses import is_negated, relative_subject
from trucewatch.language.phrases import noun_phrase
from trucewatch.model import Span
from trucewatch.model.reading import Stance
from trucewatch.reading.shared import Mentions
from trucewatch.rules.loader import load
from trucewatch.rules.types import CueRule, CueRules

# Ranges of token numbers, both ends within.
Pieces: TypeAlias = list[tuple[int, int]]
# What is said, and the head of it.
Found: TypeAlias = tuple[Pieces, Token]
SPEAKERS = {"person", "government", "military", "armed_group", "political_group", "organization", "media", "population"}
OPEN_MARKS = frozenset(("\"", "“", "„", "«", "''", "``"))
CLOSE_MARKS = frozenset(("\"", "”", "»", "''"))
QUOTE_MARKS = OPEN_MARKS | CLOSE_MARKS | {"‘", "’", "'"}


@dataclass(slots=True, eq=False)
class Draft:
    """A statement on the way: token heads instead of entity ids."""

    paragraph: Paragraph
    source: Token | None
    cue: Span | None
    content: list[Span]
    stance: Stance
    rule: str
    via: list[Token] = field(default_factory=list)
    cue_token: Token | None = None
    kind: str = "indirect"
    source_span: Span | None = None
    # Number of the paragraph that the source's token is in, when that is another one.
    source_at: int | None = None
    content_head: Token | None = None
    # The model that found it, where no rule did; `rule` then says only which stance its cue has.
    model: str | None = None
    # What else of it is a model's: its bounds, its source, that it was chosen.
    mended: tuple[str, ...] = ()


@cache
def _rules() -> CueRules:
    return load("cues", CueRules)


@cache
def cue_rules() -> dict[str, tuple[CueRule, ...]]:
    found: dict[str, tuple[CueRule, ...]] = {}
    for rule in _rules().cues:
        for lemma in rule.lemmas:
            found[lemma] = (*found.get(lemma, ()), rule)
    return found


@cache
def words(name: str) -> frozenset[str]:
    return frozenset(next(rule.words for rule in _rules().words if rule.id == name))


def stretches(indices: list[int], doc: object) -> Pieces:
    """Contiguous stretches; lone punctuation does not break one."""
    runs: list[list[int]] = []
    for i in sorted(indices):
        if runs and i - runs[-1][1] <= 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return [(a, b) for a, b in runs if any(t.is_alpha or t.like_num for t in doc[a : b + 1])]  # type: ignore[index]


def answer(noun: Token) -> bool:
    """", a charge that the army denies": the noun by which somebody else's answer is added to what is said."""
    edge = noun.left_edge.i
    return (
        edge > 0 and noun.doc[edge - 1].text == "," and noun.lemma_.lower() in words("cue.noun")
        and any(c.dep_ == "relcl" and c.lemma_.lower() in cue_rules() and own_subject(c) for c in noun.children)
    )


def without_answers(pieces: Pieces, verb: Token) -> Pieces:
    """The pieces, less those answers that hang behind the cue's clause."""
    outside = {
        t.i for first, last in pieces for noun in verb.doc[first : last + 1]
        if noun.i > verb.i and answer(noun) for t in noun.subtree
    }
    if not outside:
        return pieces
    return stretches([i for first, last in pieces for i in range(first, last + 1) if i not in outside], verb.doc)


def is_denied(verb: Token) -> bool:
    """Negated, and not by a "not" that ends the quotation before it (“Probably not,” she said)."""
    if not is_negated(verb):
        return False
    nots = [c for c in verb.children if c.dep_ == "neg"]
    return not nots or not all(any(t.text in CLOSE_MARKS for t in verb.doc[c.i : verb.i]) for c in nots)


def has_to(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def is_finite(head: Token) -> bool:
    """A clause with a subject of its own that is no infinitive."""
    return head.pos_ in ("VERB", "AUX") and not has_to(head) and any(
        c.dep_ in ("nsubj", "nsubjpass", "expl") for c in head.children
    )


def own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def trimmed_spans(paragraph: Paragraph, pieces: Pieces) -> list[Span]:
    """Document spans of token ranges, trimmed of punctuation and of a sentence's leading conjunction."""
    spans = []
    for first, last in _joined(pieces):
        doc = paragraph.doc
        while first < last and _strippable(doc[first], leading=True):
            first += 1
        while last > first and _strippable(doc[last], leading=False):
            last -= 1
        if any(t.is_alpha or t.like_num for t in doc[first : last + 1]):
            spans.append(paragraph.span(doc[first : last + 1]))
    return spans


def _joined(pieces: Pieces) -> Pieces:
    out: Pieces = []
    for first, last in sorted(pieces):
        if out and first - out[-1][1] <= 3:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def _strippable(token: Token, *, leading: bool) -> bool:
    if token.is_space or (token.is_punct and token.text not in "()%"):
        return True
    return token.lower_ in ("that", "and", "but") and token.dep_ in (("mark", "cc") if leading else ("cc",))


def speaks(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    mention = mentions.at(paragraph.index, token.i)
    return mention is not None and mention.kind in SPEAKERS


def source_span(draft: Draft) -> Span | None:
    if draft.source_span is not None:
        return draft.source_span
    if draft.source is None:
        return None
    return draft.paragraph.span(noun_phrase(draft.source))


def pronoun_for(word: Token | None, head: Token) -> Token | None:
    """The "who" of "X, who said": the relative pronoun that stands for the source in the cue's clause."""
    relative = relative_subject(word) if word is not None else None
    return relative if relative is not None and head.is_ancestor(relative) else None
