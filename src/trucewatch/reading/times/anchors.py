"""Times counted from another event of the page: "two days before the vote", "on the eve of the talks"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.reading.times.days import ANCHORED, counted_from
from trucewatch.reading.times.expression import TimeExpression
from trucewatch.reading.times.tree import verb_of

_REACH = 5  # tokens behind "before", "eve of" in which the event is named
_SINGLE = ("date", "days", "weekday", "deictic", "slashes", "feast", "ago")


def anchored(found: Sequence[TimeExpression], parsed: Parsed) -> tuple[TimeExpression, ...]:
    """The expressions, those that count from an event with its days where the page dates that event elsewhere.

    An event that the page dates twice, and differently, dates nothing.
    """
    paragraphs = {p.index: p for p in parsed.paragraphs}
    dated = [e for e in found if e.kind in _SINGLE and e.from_ and e.to and e.lead is None]
    done = []
    for expression in found:
        if expression.kind in ANCHORED and (event := _event(expression, paragraphs[expression.paragraph])) is not None:
            days = {(e.from_, e.to) for e in dated if _dates(e, event, paragraphs[e.paragraph])}
            if len(days) == 1 and (day := days.pop())[0] and day[1]:
                expression = counted_from(expression, day[0], day[1])
        done.append(expression)
    return tuple(done)


def _event(expression: TimeExpression, paragraph: Paragraph) -> Token | None:
    """The noun or verb that the expression counts from: "vote" of "two days before the disputed vote"."""
    tokens = paragraph.tokens(expression.span)
    if tokens is None:
        return None
    for token in paragraph.doc[tokens.end : tokens.end + _REACH]:
        if token.is_punct:
            return None
        if token.pos_ == "VERB" or (token.pos_ == "NOUN" and token.dep_ not in ("compound", "amod", "nmod")):
            return token
    return None


def _dates(expression: TimeExpression, event: Token, paragraph: Paragraph) -> bool:
    """Whether an expression dates an event of this name: it hangs on the noun, or on the verb that tells of it."""
    root = paragraph.doc[expression.root]
    above = [t for t in _up(root) if t.doc is not event.doc or t.i != event.i]
    if any(_named(t, event) for t in above):
        return True
    verb = verb_of(root)
    return any(_named(c, event) for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj"))


def _named(token: Token, event: Token) -> bool:
    same = token.lemma_.lower() == event.lemma_.lower()
    return same and (token.doc is not event.doc or token.i != event.i)


def _up(token: Token) -> Iterator[Token]:
    """The words that a time hangs on, up to its verb."""
    while token.head != token:
        token = token.head
        yield token
        if token.pos_ in ("VERB", "AUX"):
            return
