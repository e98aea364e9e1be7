"""Cues that are no verbs: according to, adverbs, nouns, adjectives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.clauses import is_negated, prepositions, surface_subjects
from trucewatch.model import Span
from trucewatch.model.reading import Stance
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.content import token_range
from trucewatch.reading.statements.draft import Draft, answer, has_to, speaks, stretches, trimmed_spans, words

# The stance of a noun's content by the list of words that the noun is in; the last list holds them all.
_NOUN_STANCES: dict[Stance, str] = {
    "alleges": "noun.charge", "promises": "noun.promise", "threatens": "noun.threat", "denies": "noun.denial",
    "believes": "noun.belief", "demands": "noun.demand", "asserts": "cue.noun",
}


def by_according(paragraph: Paragraph, token: Token) -> Iterator[Draft]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        to = token.nbor(1)
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if source is None or to is None:
        return
    if source.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ") or source.lemma_ in ("rank", "law", "plan", "schedule"):
        return
    own = {t.i for t in token.subtree} | {t.i for t in to.subtree}
    sentence = token.sent
    rest = [t.i for t in sentence if t.i not in own]
    left = [i for i in rest if i < token.i]
    right = [i for i in rest if i > token.i]
    chosen = left if _has_verb(sentence, left) else right
    pieces = stretches(chosen, sentence.doc)
    if not pieces:
        return
    if chosen is left and len(pieces) > 1:
        pieces = [(pieces[0][0], pieces[-1][1])]
    cue = Span(paragraph.span(token).start, paragraph.span(to).end)
    yield Draft(
        paragraph, source, cue, trimmed_spans(paragraph, pieces), "asserts", "cue.according-to", [], token,
        content_head=sentence.root,
    )


def _has_verb(sentence: TokenSpan, indices: Iterable[int]) -> bool:
    return any(sentence.doc[i].pos_ in ("VERB", "AUX") for i in indices)


def by_account(paragraph: Paragraph, noun: Token) -> Iterator[Draft]:
    """"By the account of the mayor, …", "…, by the agency's count": the clause round it is what is told so."""
    by = noun.head
    if noun.dep_ != "pobj" or by.lower_ != "by":
        return
    owners = [c for c in noun.children if c.dep_ == "poss"]
    owners += prepositions(noun).get("of", [])
    edge = by.left_edge.i
    apart = edge == noun.sent.start or noun.doc[edge - 1].text == ","
    if not owners or not apart:
        return
    outside = {t.i for t in by.subtree}
    rest = [t.i for t in noun.sent if t.i not in outside]
    pieces = stretches(rest, noun.doc)
    if pieces and _has_verb(noun.sent, rest):
        yield Draft(
            paragraph, owners[0], Span(paragraph.span(by).start, paragraph.span(noun).end),
            trimmed_spans(paragraph, [(pieces[0][0], pieces[-1][1])] if edge != noun.sent.start else pieces),
            "asserts", "cue.account", [], noun, content_head=noun.sent.root,
        )


def by_adverb(paragraph: Paragraph, token: Token) -> Iterator[Draft]:
    verb = token.head
    if verb.pos_ not in ("VERB", "AUX"):
        return
    subject = {t.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") for t in c.subtree}
    aux = {c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "punct") and c.i < token.i}
    stops = [c.left_edge.i for c in verb.children if c.dep_ in ("conj", "cc") and c.i > verb.i]
    words = [
        t.i for t in verb.subtree
        if t.i not in subject | aux and t != token and t.i > token.i and (not stops or t.i < min(stops))
    ]
    runs = stretches(words, verb.doc)
    if runs:
        yield Draft(
            paragraph, None, paragraph.span(token), trimmed_spans(paragraph, runs[:1]), "unsure", "cue.adverb",
            [], token, content_head=verb,
        )


def by_noun(paragraph: Paragraph, noun: Token, mentions: Mentions) -> Iterator[Draft]:
    """"the rebels' claim that …", "his promise to …", "a report of … by the agency"."""
    behind = [c for c in noun.children if c.i > noun.i and c.dep_ in ("acl", "ccomp", "relcl")]
    clause = next((c for c in behind if _said_by_noun(c)), None) or _matter(noun)
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    source = owner or _holder(paragraph, noun, mentions)
    if clause is None or answer(noun) or (source is None and (has_to(clause) or not _said_by_noun(clause))):
        return
    pieces = [token_range(clause)]
    spans = trimmed_spans(paragraph, pieces) if pieces[0][0] > noun.i else []
    if spans:
        stance = next(s for s, listed in _NOUN_STANCES.items() if noun.lemma_.lower() in words(listed))
        yield Draft(paragraph, source, paragraph.span(noun), spans, stance, "cue.noun", [], noun, content_head=clause)


def _matter(word: Token) -> Token | None:
    """What a noun or adjective is about: "its criticism of the deal", "his concern over the raids"."""
    for child in word.children:
        if child.dep_ == "prep" and child.i > word.i and child.lower_ in ("of", "about", "over", "against", "on"):
            return next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
    return None


def _said_by_noun(clause: Token) -> bool:
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    return marked or (clause.tag_ == "VB" and has_to(clause))


def _holder(paragraph: Paragraph, noun: Token, mentions: Mentions) -> Token | None:
    """Who makes the claim: "X repeated its claim that", "claims by X that", "X has made a promise to"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("cue.light"):
        return next((t for t in surface_subjects(noun.head) if speaks(paragraph, t, mentions)), None)
    return None


def by_feeling(paragraph: Paragraph, adjective: Token, mentions: Mentions) -> Iterator[Draft]:
    """"is confident that …", "were worried about …"."""
    verb = adjective.head
    if adjective.dep_ not in ("acomp", "oprd") or verb.pos_ not in ("VERB", "AUX") or is_negated(verb):
        return
    source = next(iter(surface_subjects(verb)), None)
    if source is None or not speaks(paragraph, source, mentions):
        return
    behind = [c for c in adjective.children if c.dep_ == "ccomp" and c.i > adjective.i]
    clause = behind[0] if behind else _matter(adjective)
    if clause is None:
        return
    spans = trimmed_spans(paragraph, [token_range(clause)])
    if spans:
        yield Draft(
            paragraph, source, paragraph.span(adjective), spans, "believes", "cue.feeling", [], adjective,
            content_head=clause,
        )
