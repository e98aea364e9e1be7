"""Verbs that bring in what somebody says."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.clauses import is_passive
from trucewatch.model import Span
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.draft import (
    Draft,
    cue_rules,
    has_to,
    is_denied,
    speaks,
    trimmed_spans,
    without_answers,
    words,
)
from trucewatch.reading.statements.frames import find_content
from trucewatch.reading.statements.lesser import by_according, by_account, by_adverb, by_feeling, by_noun
from trucewatch.reading.statements.source import find_source
from trucewatch.rules.types import CueRule

# What only somebody with a will does.
_WILLED = {"promises", "threatens", "believes", "demands"}
# Cues whose infinitive of purpose ("came to say") tells of no speech that took place.
_TOLD = {"cue.say", "cue.tell-of", "cue.believe", "cue.confirm", "cue.show"}


def from_token(paragraph: Paragraph, token: Token, mentions: Mentions) -> Iterator[Draft]:
    if token.lower_ == "according":
        yield from by_according(paragraph, token)
    elif token.lower_ in words("cue.adverb"):
        yield from by_adverb(paragraph, token)
    elif token.lemma_.lower() in words("cue.account") and token.head.lower_ == "by":
        yield from by_account(paragraph, token)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in words("cue.noun"):
        yield from by_noun(paragraph, token, mentions)
    elif token.pos_ == "ADJ" and token.lower_ in words("cue.feeling"):
        yield from by_feeling(paragraph, token, mentions)
    elif token.pos_ in ("VERB", "AUX") and token.dep_ != "compound" and token.lemma_.lower() in cue_rules():
        yield from _verb(paragraph, token, mentions)


def _verb(paragraph: Paragraph, verb: Token, mentions: Mentions) -> Iterator[Draft]:
    if not_said(verb):
        return
    for rule in cue_rules()[verb.lemma_.lower()]:
        if rule.id == "cue.quote" or (rule.id in _TOLD and verb.dep_ == "advcl" and has_to(verb)):
            continue
        found = find_content(verb, rule)
        if found is None:
            continue
        pieces, head = without_answers(found[0], verb), found[1]
        source, via, rule_id = find_source(paragraph, verb, mentions, rule)
        if source is None and not _impersonal(verb):
            continue
        if rule.id == "cue.cite" and verb.tag_ == "VBG" and verb.head.lemma_.lower() in cue_rules():
            continue                                # "accused X, citing a video": grounds, no words of their own
        if rule.things and speaks(paragraph, head, mentions):
            continue
        if rule.subjects and (source is None or source.lemma_.lower() not in rule.subjects):
            continue
        if rule.stance in _WILLED and not _speaker(paragraph, source, mentions):
            continue
        spans = trimmed_spans(paragraph, pieces)
        if not spans:
            continue
        yield Draft(
            paragraph, source, _cue_span(paragraph, verb, rule), spans, rule.stance, rule_id, via, verb,
            content_head=head,
        )
        return


def _speaker(paragraph: Paragraph, source: Token | None, mentions: Mentions) -> bool:
    """Somebody who can promise, threaten or believe, as far as is known."""
    if source is None:
        return False
    mention = mentions.at(paragraph.index, source.i)
    if source.pos_ == "PRON":
        return source.lower_ not in ("that", "this", "which", "what")
    crowd = source.lemma_.lower() in words("crowd.words")
    return crowd or mention is None or mention.kind != "other" or mention.form == "name"


def not_said(verb: Token) -> bool:
    """Denied, refused or merely possible speech is no statement."""
    if is_denied(verb):
        return True
    if verb.tag_ != "VB":
        return False
    if any(c.tag_ == "MD" for c in verb.children):
        return True
    if verb.dep_ == "conj":
        return not_said(verb.head)
    if verb.dep_ == "xcomp":
        return verb.head.lemma_.lower() not in words("cue.phase") or is_denied(verb.head)
    done = any(c.dep_ == "aux" and c.lower_ in ("do", "did", "does") for c in verb.children)
    return verb.dep_ == "ccomp" and not done


def _impersonal(verb: Token) -> bool:
    """"It is reported that": somebody says it, nobody is named."""
    return is_passive(verb) and any(c.dep_ == "ccomp" for c in verb.children)


def _cue_span(paragraph: Paragraph, verb: Token, rule: CueRule) -> Span:
    if rule.id == "cue.concern":
        obj = next((c for c in verb.children if c.dep_ == "dobj"), None)
        if obj is not None and obj.i > verb.i:
            return Span(paragraph.span(verb).start, paragraph.span(obj).end)
    return paragraph.span(verb)
