"""Which expression of time dates an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from spacy.tokens import Doc, Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.model import EventTime, Span
from trucewatch.reading.shared import Anchor, of_which, sentence_at
from trucewatch.reading.times.days import ANCHORED, on_last_day, resolved, uncounted
from trucewatch.reading.times.expression import TimeExpression
from trucewatch.reading.times.finding import publication_day
from trucewatch.reading.times.patterns import rules
from trucewatch.reading.times.tree import looks_ahead, reports, scheduled, verb_of

_AHEAD = ("planned", "ordered", "threatened")
_TIMELESS = ("duration", "repeated", "pointer", "decade", "named")
_WEAK = ("offset", "vague", "anchored", "eve", "clock", "part")
_SINGLE = ("date", "weekday", "deictic", "slashes", "feast", "ago")
_EXPLICIT = ("date", "days", "slashes", "month", "year", "season", "quarter")


def time_of(anchor: Anchor, parsed: Parsed, found: tuple[TimeExpression, ...]) -> EventTime:
    """The time of the event at `anchor`: its own expression, then its clause's, then that of the clauses
    above it within the same statement. With none, an EventTime whose basis is "none"."""
    paragraph = parsed.paragraphs[anchor.paragraph]
    trigger = paragraph.doc[anchor.token]
    sentence = sentence_at(paragraph.doc, trigger.i)
    near = [
        e for e in found
        if e.paragraph == anchor.paragraph and e.kind not in _TIMELESS
        and sentence_at(paragraph.doc, e.root) == sentence
    ]
    ranked = sorted(
        (_same_day(e, paragraph.doc), rank, e.kind in _WEAK, abs(e.root - anchor.token), e.span)
        for e in near
        if (rank := _closeness(e, anchor, paragraph)) is not None
    )
    published = publication_day(parsed)
    if (counted := _counted_back(trigger, near, paragraph, published)) is not None:
        return counted
    if not ranked:
        return EventTime()
    chosen = next(e for e in near if e.span == ranked[0][-1])
    root = paragraph.doc[chosen.root]
    ahead = anchor.status in _AHEAD or scheduled(verb_of(root)) or (anchor.status == "possible" and looks_ahead(root))
    earlier = found[: found.index(chosen)]
    dated = resolved(chosen, published, ahead, earlier)
    if dated.from_ is None and dated.to is None and chosen.lead is None and _same_day(chosen, paragraph.doc):
        dated = on_last_day(dated, earlier)
    return _event_time(_ranged(dated, [resolved(e, published, ahead, ()) for e in near if e != chosen], paragraph))


def _counted_back(
    trigger: Token, near: list[TimeExpression], paragraph: Paragraph, published: date | None
) -> EventTime | None:
    """The time of an event that another is counted from: of "took effect" in "on Sunday, a day after the truce took
    effect", the Saturday."""
    for expression in near:
        tokens = paragraph.tokens(expression.span) if expression.kind == "anchored" else None
        if tokens is None or trigger.i < tokens.end or trigger not in _counted(paragraph.doc[tokens.end]):
            continue
        before = [e for e in near if e.kind in _SINGLE and e.lead is None and e.span.end <= expression.span.start]
        told = resolved(before[-1], published, False, ()) if before else None
        if told is not None and told.from_ is not None and told.from_ == told.to:
            day = uncounted(expression, told.from_)
            return _event_time(day) if day.from_ is not None else None
    return None


def _counted(mark: Token) -> Iterator[Token]:
    """What "after" or "before" leads in: its clause, or its noun with what hangs on that."""
    if mark.dep_ in ("mark", "advmod") and mark.head.i > mark.i:
        yield mark.head
        yield from (c for c in mark.head.children if c.i > mark.i)
    yield from mark.children


def _ranged(one: TimeExpression, others: list[TimeExpression], paragraph: Paragraph) -> TimeExpression:
    """"between 27 February and 3 March", "from May to July": both ends as one interval."""
    text = paragraph.doc.text
    for other in others:
        first, last = sorted((one, other), key=lambda e: e.span)
        joint = text[first.span.end - paragraph.start : last.span.start - paragraph.start].split()
        before = text[: first.span.start - paragraph.start].split()[-1:]
        joined = (before, joint) in ((["between"], ["and"]), (["from"], ["to"]), (["from"], ["until"]))
        if joined and first.from_ and last.to and first.from_ <= last.to:
            return replace(
                first, span=Span(first.span.start, last.span.end), to=last.to, lead=None, precision=last.precision
            )
    return one


def _event_time(expression: TimeExpression) -> EventTime:
    known = expression.from_ is not None or expression.to is not None
    basis: Literal["explicit", "relative", "event_anchored", "none"] = "relative"
    if not known:
        basis = "none"
    elif expression.kind in ("offset", "part", "vague", "clock", *ANCHORED):
        basis = "event_anchored"
    elif expression.kind in _EXPLICIT and "rel" not in dict(expression.parts):
        basis = "explicit"
    return EventTime(
        expression.span.start, expression.span.end, expression.from_, expression.to, expression.precision, basis
    )


def _closeness(expression: TimeExpression, anchor: Anchor, paragraph: Paragraph) -> int | None:
    """How many steps of the tree lie between an event and an expression; None when it dates something else."""
    doc = paragraph.doc
    trigger, root = doc[anchor.token], doc[expression.root]
    if (expression.lead is not None and _superlative(root)) or _compares(expression, paragraph):
        return None
    inside = anchor.content is None or (
        anchor.content.start <= expression.span.start and expression.span.end <= anchor.content.end
    )
    holder = _holder(root)
    if not inside:
        return 9 if _performed(trigger) and reports(holder) else None
    if holder == trigger or trigger in _above(root, until_verb=True):
        return 0
    event_verb = verb_of(trigger)
    if holder == event_verb:
        return 1 if _dates_object(root, trigger, event_verb) else None
    if holder.dep_ == "xcomp" and holder.head == event_verb and not any(c.lower_ == "to" for c in holder.children):
        return 1  # "were let go two days later"
    if holder in of_which(trigger):
        return 1
    for steps, verb in enumerate(_upward(event_verb), 2):
        if verb == holder:
            return steps
    if reports(holder) and anchor.content is not None and not _in(holder, anchor.content, paragraph):
        return 6  # inside the words reported, though the parser hangs it on the verb of saying
    if any(holder == c and _same_time(c) for c in event_verb.children if c.dep_ == "advcl"):
        return 7
    return None


def _in(token: Token, span: Span, paragraph: Paragraph) -> bool:
    return span.start <= paragraph.start + token.idx < span.end


def _holder(root: Token) -> Token:
    """The verb whose clause the expression stands in."""
    return verb_of(root.head if root.pos_ in ("VERB", "AUX") and root.head != root else root)


def _above(token: Token, *, until_verb: bool) -> Iterator[Token]:
    while token.head != token:
        token = token.head
        yield token
        if until_verb and token.pos_ in ("VERB", "AUX"):
            return


def _upward(verb: Token) -> Iterator[Token]:
    """The verbs whose time an event's clause shares: up through complements and coordination, never through
    a relative clause or a verb of saying."""
    soon = False
    for _ in range(4):
        soon = soon or (verb.dep_ == "advcl" and _soon_after(verb))
        shares = verb.dep_ in ("xcomp", "conj", "pcomp", "prep", "aux") or (verb.dep_ == "advcl" and _same_time(verb))
        shares = shares or (verb.dep_ == "relcl" and verb.tag_ == "VBD" and _opens_where(verb))
        shares = shares or soon or (verb.dep_ == "ccomp" and not reports(verb.head))
        if not shares or verb.head == verb:
            return
        above = verb_of(verb.head)
        if verb.dep_ not in ("conj", "xcomp") and not soon and reports(above):
            return
        yield above
        verb = above


def _opens_where(verb: Token) -> bool:
    """"soured on Saturday in X, where growers blocked the road": told on of the same scene."""
    return any(c.lower_ == "where" for c in verb.children)


def _same_time(verb: Token) -> bool:
    return not any(
        c.lower_ in rules().other_time and c.dep_ in ("mark", "advmod", "prep") for c in verb.children
    )


def _soon_after(verb: Token) -> bool:
    """"hours before a bomb went off": a clause of the same day as the one above it."""
    marks = [c for c in verb.children if c.dep_ in ("mark", "advmod") and c.lower_ in ("before", "after")]
    return any(mark.i and mark.nbor(-1).lower_ in rules().soon for mark in marks)


def _same_day(expression: TimeExpression, doc: Doc) -> bool:
    """Words such as "hours before" and "at dawn", which leave the day to be told by others."""
    return expression.kind == "clock" or (
        expression.kind == "vague" and bool({t.lower_ for t in doc[expression.root].subtree} & set(rules().soon))
    )


def _dates_object(root: Token, trigger: Token, verb: Token) -> bool:
    """For a noun under a verb of saying ("reported a build-up on Monday"): only a time that follows the noun."""
    return trigger == verb or not reports(verb) or root.i > trigger.i or trigger.dep_ in ("nsubj", "nsubjpass")


def _performed(trigger: Token) -> bool:
    """An act done by saying it in the first person ("I order all units to …"): it is as old as its saying."""
    return trigger.tag_ in ("VBP", "VB") and any(
        c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in trigger.children
    )


def _compares(expression: TimeExpression, paragraph: Paragraph) -> bool:
    """"half as many as the day before", "more than on Friday": what the news is measured by."""
    tokens = paragraph.tokens(expression.span)
    before = paragraph.doc[max(tokens.start - 2, 0) : tokens.start] if tokens is not None else ()
    words = [t.lower_ for t in before if t.lower_ not in ("on", "in")]
    return words[-1:] in (["as"], ["than"])


def _superlative(root: Token) -> bool:
    """"the first time since …", "the deadliest since …": a measure of the news, not its time."""
    verb = _holder(root)
    between = root.doc[min(verb.i, root.i) : root.i]
    return any(t.tag_ in ("JJS", "RBS") or (t.lower_ == "first" and t.pos_ == "ADJ") for t in between)
