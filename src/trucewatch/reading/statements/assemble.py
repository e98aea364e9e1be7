"""Drafts become statements: references, nesting, stances of the cue."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from spacy.tokens import Token

from trucewatch.language.clauses import is_negated, surface_subjects
from trucewatch.language.phrases import apposed, conjuncts, noun_phrase
from trucewatch.model import Because, Source, Span, Statement
from trucewatch.model.reading import Stance
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.draft import Draft, cue_rules, pronoun_for, source_span, words

# What saying "I …" does: "we deny", "I promise", "we demand".
_PERFORMED = ("denies", "promises", "threatens", "demands")


def without_repeats(drafts: list[Draft]) -> list[Draft]:
    """One statement a cue; where two cues bring in the same content, the nearer to the content stands."""
    kept: list[Draft] = []
    for draft in drafts:
        if not draft.content:
            continue
        twin = next((k for k in kept if k.content == draft.content and k.source == draft.source), None)
        if twin is None:
            kept.append(draft)
    return kept


def finish(drafts: list[Draft], mentions: Mentions) -> tuple[Statement, ...]:
    drafts.sort(key=lambda d: (min(c.start for c in d.content), -max(c.end for c in d.content)))
    made: list[Statement] = []
    for number, draft in enumerate(drafts, 1):
        made.append(
            Statement(
                id=f"s{number}",
                kind=draft.kind,  # type: ignore[arg-type]
                source=reference(draft, mentions),
                cue=draft.cue,
                content=tuple(draft.content),
                stance=_stance(draft),
                via=_via(draft, mentions),
                because=because(draft),
            )
        )
    return tuple(_nested(made))


def _nested(statements: list[Statement]) -> Iterator[Statement]:
    """Sets `within`: the tightest statement whose content holds both the cue and the content."""
    for inner in statements:
        outer = [
            s for s in statements
            if s is not inner and _inside(inner, s) and not (_inside(s, inner) and s.id > inner.id)
        ]
        tightest = min(outer, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
        yield msgspec.structs.replace(inner, within=tightest.id if tightest else None)


def _inside(inner: Statement, outer: Statement) -> bool:
    spans = list(inner.content)
    if inner.cue is not None:
        spans.append(inner.cue)
    elif inner.source is not None:
        spans.append(Span(inner.source.start, inner.source.end))
    if inner.content == outer.content:
        return False
    return all(any(o.start <= s.start and s.end <= o.end for o in outer.content) for s in spans)


def reference(draft: Draft, mentions: Mentions) -> Source | None:
    """Who says it: the mention, and whom the page has it stand for."""
    span = source_span(draft)
    if draft.source is None or span is None:
        return None
    index = draft.paragraph.index if draft.source_at is None else draft.source_at
    mention = mentions.at(index, draft.source.i)
    if mention is not None and draft.source_span is None:
        span = mention.span
    source = source_of(draft.source, index, _with_name(draft, span), mentions)
    relative = pronoun_for(draft.cue_token, draft.source)
    if relative is None:
        return source
    return msgspec.structs.replace(source, pronoun=draft.paragraph.span(relative))


def _with_name(draft: Draft, span: Span) -> Span:
    """"its director, Jane Roe, said": the role's words and the name behind them."""
    assert draft.source is not None
    if draft.source_at is not None or draft.cue is None or draft.source.pos_ != "NOUN":
        return span
    names = [draft.paragraph.span(noun_phrase(c)) for c in apposed(draft.source) if c.pos_ == "PROPN"]
    behind = [n.end for n in names if span.end < n.start and not draft.cue.start < n.end <= draft.cue.end]
    return Span(span.start, behind[0]) if behind and not span.end <= draft.cue.start < behind[0] else span


def source_of(head: Token, paragraph: int, span: Span, mentions: Mentions) -> Source:
    """The source that a noun heads in a paragraph (its index), with those coordinated with it."""
    mention = mentions.at(paragraph, head.i)
    others = (mentions.at(paragraph, other.i) for other in conjuncts(head)[1:])
    return Source(
        mention.entity if mention else None, span.start, span.end, tuple(o.entity for o in others if o is not None)
    )


def _via(draft: Draft, mentions: Mentions) -> tuple[str, ...]:
    found = []
    for token in draft.via:
        mention = mentions.at(draft.paragraph.index, token.i)
        if mention is not None and mention.entity not in found:
            found.append(mention.entity)
    return tuple(found)


def because(draft: Draft) -> tuple[Because, ...]:
    """The rule and the models that had a part in it, rule first."""
    span = draft.cue or draft.content[0]
    return tuple(Because(name, span.start, span.end) for name in (draft.rule, draft.model, *draft.mended) if name)


def _stance(draft: Draft) -> Stance:
    """The cue's stance, turned by words of denial or duty in the content."""
    if draft.content_head is None:
        return draft.stance
    text = {t.lower_ for span in draft.content for t in (draft.paragraph.tokens(span) or ())}
    if draft.rule == "cue.describe-as" and text & words("denial.words"):
        return "denies"
    if draft.rule == "cue.dismiss":
        return "denies"
    head = draft.content_head
    if draft.rule == "cue.say" and draft.stance == "asserts" and _obliges(head):
        return "demands"
    own = any(t.lower_ in ("i", "we") for t in surface_subjects(head))
    if draft.rule == "cue.say" and head.tag_ == "VBP" and own:
        if head.lemma_.lower() in words("performative.words"):
            return "demands"
        done = [r.stance for r in cue_rules().get(head.lemma_.lower(), ()) if r.stance in _PERFORMED]
        if done:
            return done[0]
    if draft.rule == "cue.say" and _own_future(head):
        return "promises"
    return draft.stance


def _obliges(head: Token) -> bool:
    if head.lemma_.lower() == "need" and any(c.dep_ == "xcomp" for c in head.children):
        return not any(s.lower_ in ("i", "we") for s in surface_subjects(head))
    return any(c.dep_ == "aux" and c.lower_ in words("obligation.words") for c in head.children)


def _own_future(head: Token) -> bool:
    """"they would hold their fire": the source's own act, to come."""
    modal = any(c.dep_ == "aux" and c.lower_ in ("will", "would", "shall", "'ll") for c in head.children)
    if not modal or is_negated(head):
        return False
    return any(s.lower_ in ("i", "we", "they", "it", "he", "she") for s in surface_subjects(head))
