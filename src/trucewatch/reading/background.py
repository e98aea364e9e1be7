"""Told as history, not as news."""

from __future__ import annotations

import re

from spacy.tokens import Token

from trucewatch.reading.merging import Found
from trucewatch.rules.events import words

_YEAR = re.compile(r"(19|20)\d\d")
_REMOTE = ("last year", "last month", "years ago", "months ago", "a year ago")
_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
]
_WHOLE_WAR = {"war", "conflict", "uprising", "revolution", "crisis", "revolt", "insurgency"}


def is_background(found: Found, stated: bool, published: str | None) -> bool:
    """Told as history: in a relative or since-clause of the page's own voice, or in the remote past.

    `published` is the page's day as ISO date, when it is known."""
    if found.reason or _earlier(found.token) or _answered_for(found.token):
        return True
    year = published[:4] if published else None
    verb = found.token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if not stated and ((found.candidate.verbal and _had_before(verb)) or _months_ago(verb, published)):
        return True
    if found.candidate.rule.id == "assault.outbreak" and verb.dep_ in ("relcl", "advcl", "acl", "pcomp"):
        return True                 # "the day the war broke out"
    if found.paragraph.headline and verb.dep_ == "acl" and verb.head.dep_ == "ROOT":
        return False                # "Three editors detained by police": the news itself
    deal = found.type in ("CONSULT", "AGREE", "SUPPORT") and verb.head.lemma_.lower() in words("ceasefire")
    if deal and verb.dep_ in ("relcl", "acl") and verb.tag_ in ("VBD", "VBN"):
        return True                 # "the truce brokered by two powers"
    for _ in range(4):
        if any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children):
            return True
        about = verb.head.lemma_.lower()
        if verb.dep_ in ("relcl", "acl") and verb.tag_ in ("VBD", "VBN") and about not in words("events"):
            if any(c.lower_ in ("where", "when") for c in verb.children):
                break               # "where growers blocked the road": the tale goes on
            if _goes_on_telling(verb) and not _long_ago(verb, year):
                return False
            past = verb.tag_ == "VBD" or verb.dep_ == "acl" or any(c.tag_ == "VBD" for c in verb.children)
            told = _long_ago(verb, year) or _other_month(verb, published)
            return past and (told or (not stated and found.type != "ASSAULT"))
        if verb.head == verb or verb.dep_ not in ("conj", "xcomp", "advcl"):
            break
        verb = verb.head
    return _long_ago(verb, year)


def _had_before(verb: Token) -> bool:
    """"had recalled its ambassador": before what is told."""
    return verb.tag_ == "VBN" and verb.dep_ in ("ROOT", "conj") and any(
        c.dep_ == "aux" and c.lower_ == "had" for c in verb.children
    )


def _months_ago(verb: Token, published: str | None) -> bool:
    """"in January", "last September": more than a month before the page's own day."""
    if published is None:
        return False
    for child in verb.children:
        named = [p for p in child.children if p.dep_ == "pobj"] if child.lower_ == "in" else [child]
        for month in (t for t in named if t.lower_ in _MONTHS and child.dep_ in ("prep", "npadvmod", "tmod")):
            if not month.text[:1].isupper() or month.n_lefts > 1:
                continue            # "in a march"
            if child.lower_ == "in" and any(c.tag_ == "CD" for c in month.children):
                continue
            if any(c.lower_ == "last" for c in month.children):
                return True
            if child.lower_ == "in" and (int(published[5:7]) - _MONTHS.index(month.lower_) - 1) % 12 > 1:
                return verb.tag_ in ("VBD", "VBN")
    return False


def _goes_on_telling(clause: Token) -> bool:
    """"received a delegation of elders, who promised …": behind a comma, at the sentence's end, the news goes on."""
    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.lower_ != "who" or clause.tag_ != "VBD" or clause.dep_ != "relcl":
        return False
    left, end = clause.left_edge.i, clause.sent[-1].i
    return left > 0 and clause.doc[left - 1].text == "," and clause.right_edge.i >= end - 2


def _earlier(noun: Token) -> bool:
    """"an earlier bombing", "last year's raid"."""
    return noun.pos_ != "VERB" and any(
        c.dep_ == "amod" and c.lower_ in ("earlier", "previous", "past", "former", "old") for c in noun.children
    )


def _answered_for(act: Token) -> bool:
    """What a court or police hold somebody to account for: "convicted of kidnapping", "sentenced for a massacre"."""
    preposition = act.head
    if act.dep_ not in ("pobj", "pcomp") or preposition.lower_ not in ("of", "for", "over"):
        return False
    verb = preposition.head if preposition.head.pos_ == "VERB" else preposition.head.head
    return verb.lemma_.lower() in words("judging")


def _long_ago(verb: Token, year: str | None) -> bool:
    """An expression of a time well before the news: "last year", "since 2011", "in 2014"."""
    for child in verb.children:
        if child.dep_ == "advcl" and any(c.lower_ == "since" for c in child.children):
            told = {t.lemma_.lower() for t in child.subtree}
            if told & _WHOLE_WAR:
                return True
        text = " ".join(t.lower_ for t in child.subtree if not _in_a_clause(t, child))
        if child.dep_ in ("npadvmod", "prep", "nsubj") and any(phrase in text for phrase in _REMOTE):
            return True
        if child.dep_ == "prep" and child.lower_ in ("in", "since", "on") and _names_a_year(child, year):
            return True
    return False


def _other_month(verb: Token, published: str | None) -> bool:
    """"who rejected the accord in July", on a page of another month."""
    if published is None:
        return False
    named = [p.lower_ for c in verb.children if c.dep_ == "prep" and c.lower_ == "in" for p in c.children]
    return any(m in _MONTHS and _MONTHS.index(m) + 1 != int(published[5:7]) for m in named)


def _in_a_clause(token: Token, top: Token) -> bool:
    """Whether a relative clause lies between: "the group, which lost the town last year"."""
    while token != top:
        if token.dep_ in ("relcl", "acl"):
            return True
        token = token.head
    return False


def _names_a_year(preposition: Token, year: str | None) -> bool:
    """"in 2014", "since March 2011"; the year of the page itself is no history."""
    for obj in preposition.children:
        named = [t.text for t in (obj, *obj.children) if _YEAR.fullmatch(t.text)]
        if obj.dep_ == "pobj" and any(n != year for n in named):
            return True
    return False


__all__ = ["is_background"]
