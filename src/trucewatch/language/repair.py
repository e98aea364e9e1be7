"""Mends what the small parser gets wrong in ways that the tags give away."""

from __future__ import annotations

import re
from itertools import groupby

from spacy.tokens import Doc, Token

_ONE_CONSONANT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_FINITE = {"VBD", "VBZ", "VBP"}
# Past tenses that the tagger now and then takes for an infinitive.
_PAST = {
    "froze": "freeze", "fled": "flee", "fought": "fight", "struck": "strike", "drove": "drive", "broke": "break",
    "took": "take", "withdrew": "withdraw", "swore": "swear", "stole": "steal", "shot": "shoot", "sought": "seek",
    "rang": "ring", "spoke": "speak", "slew": "slay", "tore": "tear", "threw": "throw", "gave": "give",
}
# Headline verbs that look like plural nouns.
_HARMS = {"kills": "kill", "wounds": "wound", "injures": "injure", "hurts": "hurt", "maims": "maim"}
_SAYING = {"allege", "claim", "say", "announce", "declare", "warn", "insist", "charge", "argue", "report", "deny"}
_OVER = {"hand", "turn", "give"}
_TEMPORAL = {"as", "after", "before", "since", "until"}
_BEARINGS = {"north", "south", "east", "west", "north-east", "north-west", "south-east", "south-west"}


def repair(doc: Doc) -> Doc:
    """Moves coordinated verbs whose tense does not fit the verb they were joined to, gives sentences
    without a finite verb the one that was taken for a participle, and mends lemmas that lost an "e"."""
    for sentence in list(doc.sents):
        root = sentence.root
        if root.pos_ in ("NOUN", "PROPN") and not any(t.tag_ in _FINITE or t.tag_ == "MD" for t in sentence):
            _revive(root)
        elif root.pos_ in ("NOUN", "PROPN"):
            _revive(root, inner=True)
    for is_time, run in groupby(doc, lambda token: token.ent_type_ in ("DATE", "TIME")):
        if is_time:
            _dated([*run])
    for token in doc:
        if token.lower_ in _PAST and token.lemma_ == token.lower_ and token.pos_ in ("VERB", "AUX"):
            token.lemma_, token.tag_ = _PAST[token.lower_], "VBD"     # taken for an infinitive
        if token.tag_ == "NNS" and token.lower_ in _HARMS:
            _harms(token)
        if token.dep_ == "ccomp" and token.pos_ in ("NOUN", "PROPN") and token.head.lemma_ == "let":
            _let(token)
        if token.tag_ in _FINITE and token.dep_ == "conj":
            _temporal(token)
        if token.dep_ == "ROOT" and token.tag_ in ("VBD", "VBN"):
            _reduced(token)
        if token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "JJ":
            _gerund(token)
        if token.lower_ == "over" and token.head.tag_ == "CD" and token.i > 0 and token.nbor(-1).lemma_ in _OVER:
            token.head, token.dep_, token.tag_ = token.nbor(-1), "prt", "RP"     # "will hand over ten prisoners"
        ending = token.lower_[len(token.lemma_) :]
        if token.pos_ == "VERB" and ending in ("ed", "ing", "es") and _ONE_CONSONANT.fullmatch(token.lemma_):
            token.lemma_ += "e"     # "staged": a verb "stag" would double its consonant
        if token.dep_ == "ccomp" and any(t.text == ";" for t in doc[token.i : token.head.i]):
            token.dep_ = "parataxis"    # what stands before a semicolon is no complement of what stands behind it
        if token.dep_ == "amod" and token.pos_ == "ADJ" and token.head.lower_ in _BEARINGS:
            _swap(token, token.head)
        if token.tag_ in _FINITE and token.dep_ in ("ROOT", "ccomp", "parataxis"):
            _front_subject(token)
        if token.lower_ == "dead" and token.i > 0 and token.nbor(-1).lower_ == "shot" and token.nbor(-1).tag_ == "NN":
            _shot(token.nbor(-1), token)
        coordinated = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and token.head.pos_ in ("VERB", "AUX")
        if coordinated and not _return_subject(token) and token.tag_ in _FINITE:
            _rejoin(token)
    return doc


def _let(noun: Token) -> None:
    """"let observers into a camp": the observers are whom, not what is let happen."""
    verb = noun.head
    noun.dep_ = "dobj"
    for child in list(noun.children):
        if child.dep_ == "prep" and child.i > noun.i and child.lower_ in ("in", "into", "through", "past", "out"):
            child.head = verb


def _harms(noun: Token) -> None:
    """"Tank wounds two": a verb, when a number is its object."""
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else None
    before = next((c for c in noun.children if c.dep_ == "compound" and c.i == noun.i - 1), None)
    if after is None or after.tag_ != "CD" or before is None or after.head != noun:
        return
    noun.tag_, noun.pos_, noun.lemma_ = "VBZ", "VERB", _HARMS[noun.lower_]
    after.dep_, before.dep_ = "dobj", "nsubj"
    for child in list(noun.children):
        if child.i < before.i and child.dep_ in ("amod", "compound", "det", "nmod", "nummod"):
            child.head = before


def _temporal(verb: Token) -> None:
    """"bombs fall as a truce begins", "a day after the pause came into force": a clause of time, whose subject was
    taken for the object of its conjunction."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children):
        return
    if verb.left_edge.i > 0 and verb.left_edge.nbor(-1).dep_ == "cc":
        return
    for conjunction in verb.doc[verb.sent.start : verb.i]:
        if conjunction.lower_ not in _TEMPORAL or conjunction.dep_ != "prep":
            continue
        noun = next((c for c in conjunction.children if c.dep_ == "pobj"), None)
        if noun is not None and noun.right_edge.i == verb.left_edge.i - 1:
            noun.head, noun.dep_ = verb, "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj"
            conjunction.head, conjunction.dep_ = verb, "mark"
            verb.dep_ = "advcl"
            return


def _gerund(adjective: Token) -> None:
    """"Fresh shelling has put the truce in doubt": the shelling is the subject."""
    after = adjective.nbor() if adjective.i + 1 < len(adjective.doc) else None
    if after is None or after.tag_ != "VBG" or after.head != adjective:
        return
    after.head, after.dep_, after.tag_, after.pos_ = adjective.head, adjective.dep_, "NN", "NOUN"
    after.lemma_ = after.lower_
    adjective.head, adjective.dep_ = after, "amod"


def _reduced(verb: Token) -> None:
    """"The pause agreed by both sides was observed": a participle that was taken for the main verb."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    behind = next(
        (c for c in verb.children if c.dep_ in ("conj", "ccomp") and c.i > verb.i and c.tag_ in _FINITE | {"VBN"}), None
    )
    doers = [c for c in verb.children if c.lower_ == "by" and c.dep_ in ("agent", "prep") and c.i > verb.i]
    if subject is None or behind is None or not doers or doers[-1].i > behind.i:
        return
    if any(c.dep_ == "mark" or c.is_punct for c in verb.doc[verb.i : behind.i]):
        return
    finite = behind.tag_ in _FINITE or any(c.tag_ in _FINITE for c in behind.children if c.dep_ in ("aux", "auxpass"))
    if not finite or any(c.dep_ in ("nsubj", "nsubjpass") for c in behind.children):
        return
    if any(c.dep_ == "cc" and verb.i < c.i < behind.i for c in verb.children):
        return
    behind.head, behind.dep_ = behind, "ROOT"
    subject.head = behind
    subject.dep_ = "nsubjpass" if any(c.dep_ == "auxpass" for c in behind.children) else "nsubj"
    for child in list(verb.children):
        if child.i > behind.i:
            child.head = behind
    doers[-1].dep_ = "agent"
    verb.head, verb.dep_, verb.tag_ = subject, "acl", "VBN"


def _return_subject(verb: Token) -> bool:
    """"freed seven women and the army has let nine go": `army` is no second object but the next subject."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children):
        return False
    auxiliaries = [c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    at = min([*auxiliaries, verb.i]) - 1
    if at < 1 or not (auxiliaries or verb.tag_ in ("VBD", "VBZ", "VBP")):
        return False
    noun = verb.doc[at]
    if noun.dep_ != "conj" or noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.head.pos_ not in ("NOUN", "PROPN"):
        return False
    if noun.head.dep_ not in ("dobj", "pobj") or noun.left_edge.nbor(-1).dep_ != "cc":
        return False
    conjunction = noun.left_edge.nbor(-1)
    if conjunction.head == noun.head:
        conjunction.head = verb.head
    noun.head, noun.dep_ = verb, "nsubj"
    return True


def _dated(when: list[Token]) -> None:
    """"On 11 July gunmen stormed it", "On Friday army tanks shelled it": the day is no name of theirs."""
    before = when[0].nbor(-1) if when[0].i > 0 else None
    above = {t.head for t in when if t.head not in when}
    noun = above.pop() if len(above) == 1 else None
    if before is None or before.pos_ != "ADP" or noun is None or noun.i < when[-1].i:
        return
    objects, verb = [c for c in before.children if c.dep_ == "pobj"], before.head
    if noun.pos_ not in ("NOUN", "PROPN") or verb.pos_ not in ("VERB", "AUX") or noun.i > verb.i:
        return
    if objects == [noun] and not any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in verb.children):
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        noun.head, noun.dep_ = verb, "nsubjpass" if passive else "nsubj"
    elif objects or noun.dep_ not in ("nsubj", "nsubjpass"):
        return
    day = next((t for t in reversed(when) if t.pos_ in ("PROPN", "NOUN")), when[-1])
    day.head, day.dep_ = before, "pobj"
    for token in when:
        if token != day and token.head == noun:
            token.head = day


def _front_subject(verb: Token) -> None:
    """"In the capital, Guerrero, teachers blocked a road": `teachers` is no third place but the subject."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in verb.children):
        return
    front = next((c for c in verb.children if c.dep_ == "prep" and c.i == verb.left_edge.i), None)
    place = next((c for c in front.children if c.dep_ == "pobj"), None) if front is not None else None
    label = "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj"
    while place is not None:
        after = next((c for c in place.children if c.dep_ in ("conj", "appos") and place.i < c.i < verb.i), None)
        if after is not None and after.tag_ in ("NN", "NNS") and place.tag_ in ("NNP", "NNPS") and (
            after.left_edge.nbor(-1).text == ","
        ):
            after.head, after.dep_ = verb, label
            return
        place = after


def _shot(verb: Token, dead: Token) -> None:
    """"Gunmen on a motorcycle shot dead a guard", read without a verb."""
    if dead.dep_ != "ROOT":
        return
    above, modifiers = verb.head, [c for c in verb.children if c.dep_ == "compound"]
    label = verb.dep_
    verb.head, verb.dep_, verb.tag_, verb.pos_, verb.lemma_ = verb, "ROOT", "VBD", "VERB", "shoot"
    for child in list(dead.children):
        child.head = verb
    dead.head, dead.dep_ = verb, "acomp"
    if modifiers and above.pos_ == "ADP":
        modifiers[-1].head, modifiers[-1].dep_ = above, label


def _revive(root: Token, *, inner: bool = False) -> None:
    """"The station named the man as the killer.", read as a noun with a participle behind it."""
    for child in root.children:
        told = any(c.dep_ in ("dobj", "oprd", "ccomp", "xcomp") and c.i > child.i for c in child.children)
        if inner:                   # "The bloc, the committee, alleged in a letter that they had broken it"
            told = child.i > 0 and child.nbor(-1).text == "," and child.lemma_ in _SAYING and not any(
                (t.tag_ in _FINITE or t.tag_ == "MD") and not child.is_ancestor(t) for t in root.sent
            )
        if child.dep_ == "acl" and child.tag_ == "VBN" and told:
            for other in list(root.children):
                if other != child and other.i > child.i:
                    other.head = child
            child.head = child
            child.dep_ = "ROOT"
            child.tag_ = "VBD"
            root.head = child
            root.dep_ = "nsubj"
            return


def _swap(noun: Token, bearing: Token) -> None:
    """"an offensive east of the river": the offensive is the noun, the bearing says where."""
    if noun.i + 1 != bearing.i or not any(c.dep_ == "prep" and c.lower_ == "of" for c in bearing.children):
        return
    above, label = bearing.head, bearing.dep_
    if above == bearing:
        return
    noun.head, noun.dep_, noun.pos_, noun.tag_ = above, label, "NOUN", "NN"
    for child in list(bearing.children):
        if child.i < noun.i:
            child.head = noun
    bearing.head, bearing.dep_ = noun, "advmod"


def _rejoin(verb: Token) -> None:
    """"urged them to vote and called it off": `called` goes with `urged`, not with `vote`."""
    partner = verb.head
    if _behind_comma(verb, partner):
        return
    if partner.tag_ == "VBN" and verb.tag_ == "VBD" and verb.lower_.endswith("ed"):
        return                      # "had counted and treated": the form may be a participle
    if _fits(partner, verb) or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return
    candidate = partner.head
    steps = 0
    while steps < 4 and not _fits(candidate, verb):
        if candidate.head == candidate:
            return
        candidate = candidate.head
        steps += 1
    if not _fits(candidate, verb) or candidate.i > verb.i:
        return
    for child in list(partner.children):
        if child.dep_ == "cc" and partner.i < child.i < verb.i:
            child.head = candidate
    verb.head = candidate


def _behind_comma(verb: Token, partner: Token) -> bool:
    """"denied that it fired, and accused the rebels": behind a comma the outer verb goes on."""
    outer = partner.head
    joined = verb.left_edge.i
    if partner.dep_ != "ccomp" or not _fits(outer, verb) or outer.i > partner.i:
        return False
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) or joined < 2:
        return False
    conjunction = verb.doc[joined - 1]
    if conjunction.dep_ != "cc" or conjunction.i == 0 or conjunction.nbor(-1).text != ",":
        return False
    conjunction.head = verb.head = outer
    return True


def _fits(partner: Token, verb: Token) -> bool:
    """Two finite verbs that can be coordinated: the same kind of tense, no auxiliary of its own."""
    if partner.tag_ not in _FINITE:
        return False
    return (partner.tag_ == "VBD") == (verb.tag_ == "VBD")
