"""What the tree says about time: the verb that words hang from, whether it tells, whether it looks ahead."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.reading.times.patterns import rules


def verb_of(token: Token) -> Token:
    """The nearest verb at or above the token, or the root."""
    while token.head != token and (token.pos_ not in ("VERB", "AUX") or token.dep_ in ("amod", "aux", "auxpass")):
        token = token.head
    return token


def reports(token: Token) -> bool:
    """Whether the token is a verb of saying."""
    return token.pos_ in ("VERB", "AUX") and token.lemma_ in rules().reporting


def looks_ahead(token: Token) -> bool:
    """Whether the clause that the token hangs in speaks of what is to come."""
    verb = verb_of(token)
    for _ in range(3):
        if _future(verb):
            return True
        if verb.dep_ not in ("xcomp", "ccomp", "pcomp", "conj", "advcl", "acl") or reports(verb.head):
            return False
        verb = verb_of(verb.head)
    return False


def _future(verb: Token) -> bool:
    words = rules()
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & set(words.future_auxiliaries):
        return True
    if auxiliaries & set(words.open_auxiliaries) and not auxiliaries & {"have", "'ve", "’ve"}:
        return True
    if "to" in auxiliaries and verb.dep_ in ("acl", "relcl"):  # "an event to be held on Friday"
        return True
    if verb.lemma_ == "go" and verb.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in verb.children):
        return True
    if scheduled(verb):
        return True
    tells = verb.lemma_ in words.forward or any(
        c.lemma_ in words.forward and c.dep_ == "acomp" for c in verb.children
    )
    be_to = verb.lemma_ == "be" and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
    return tells or be_to


def scheduled(verb: Token) -> bool:
    """Whether a verb tells in the present tense of what is on the calendar: "the group meets on Wednesday".

    A headline, which has no full stop, tells so of what has been.
    """
    auxiliaries = any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    present = verb.lemma_ in rules().scheduled and verb.tag_ in ("VBZ", "VBP") and not auxiliaries
    return present and verb.sent[-1].text in (".", "”", '"')
