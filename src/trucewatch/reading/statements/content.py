"""What is said, when it is a clause: complements, parentheses, what follows a colon or stands beside a quotation."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.language.clauses import surface_subjects
from trucewatch.reading.statements.draft import (
    CLOSE_MARKS,
    OPEN_MARKS,
    QUOTE_MARKS,
    Found,
    Pieces,
    cue_rules,
    stretches,
)
from trucewatch.reading.statements.source import is_quoted_as, speaker_goes_on
from trucewatch.rules.types import CueRule

TRAILING = {"prep", "npadvmod", "advmod", "oprd", "acl", "xcomp", "dative", "prt"}


def token_range(token: Token) -> tuple[int, int]:
    return token.left_edge.i, token.right_edge.i


def clause(verb: Token, rule: CueRule) -> Found | None:
    holder = verb.head.head if is_quoted_as(verb) else verb
    comps = [
        c for side in {verb, holder} for c in side.children
        if (c.dep_ == "ccomp" and not _small_clause(c) and not _parenthesis(c))
        or (rule.stance == "asks" and _question(c))
    ]
    if comps:
        comp = _main_complement(verb, comps)
        pieces = _pieces(comp, verb)
        pieces += _carried_on(verb, comp)
        other = [c for c in comps if c != comp and _quoted(c) and _quoted(comp)]
        for extra in other:
            pieces += _pieces(extra, verb)
        return sorted(pieces), comp
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        return _main_clause(verb) if not any(c.dep_ in ("dobj", "xcomp") for c in verb.children) else None
    if verb.dep_ in ("parataxis", "dep", "advcl", "ccomp") and _set_off(verb):
        head = verb.head
        if head.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and (verb.dep_ == "parataxis" or head.i < verb.i):
            return _round(verb, head), head
    if rule.id not in ("cue.say", "cue.allege"):
        return None
    return _after_colon(verb) or beside_quote(verb) or _next_clause(verb)


def _round(verb: Token, head: Token) -> Pieces:
    """The clause that "…, the army said, …" stands in: before it, and after it where it goes on."""
    own = {t.i for t in verb.subtree}
    words = [t for t in head.subtree if t.i not in own]
    if head.i < verb.i:
        later = [c for c in head.children if c.left_edge.i > verb.i and c.dep_ in ("conj", "advcl", "cc", "appos")]
        dropped = {t.i for c in later for t in c.subtree}
        words = [t for t in words if t.i not in dropped]
    elif head.dep_ == "relcl":
        words = [t for t in words if t.i > verb.i]
    return stretches([t.i for t in words], head.doc)


def _main_clause(verb: Token) -> Found | None:
    """"As the daily reported, …": all of the clause that the parenthesis hangs on."""
    head = verb.head
    beside = verb.right_edge.i + 1 if verb.i < head.i else verb.right_edge.i
    if head.pos_ not in ("VERB", "AUX") or beside >= len(verb.doc):
        return None
    if verb.i < head.i and verb.doc[beside].text != ",":
        return None
    own = {t.i for t in verb.subtree}
    return stretches([t.i for t in head.subtree if t.i not in own], verb.doc), head


def _question(clause: Token) -> bool:
    """"asked the mayor if …", hung as a condition."""
    return clause.dep_ == "advcl" and clause.i > clause.head.i and any(
        c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in clause.children
    )


def _parenthesis(comp: Token) -> bool:
    """", the daily reported" hung as a complement on the verb of what it reports."""
    return (
        comp.lemma_.lower() in cue_rules() and _set_off(comp) and comp.i > comp.head.i
        and not any(c.dep_ in ("ccomp", "dobj", "xcomp", "mark") for c in comp.children)
    )


def _main_complement(verb: Token, comps: list[Token]) -> Token:
    right = [c for c in comps if c.i > verb.i]
    left = [c for c in comps if c.i < verb.i]
    if left and right:
        marked = any(t.dep_ == "mark" for t in right[0].children)
        broken = any(t.text in ";:" for t in verb.doc[left[-1].right_edge.i : verb.i])
        apart = any(t.text == ";" for t in verb.doc[verb.i : right[0].left_edge.i])
        return right[0] if (marked or broken) and not apart else left[-1]
    return right[0] if right else left[-1]


def _small_clause(comp: Token) -> bool:
    return comp.tag_ in ("WRB", "WP")


def _quoted(token: Token) -> bool:
    edge = token.left_edge
    return edge.text in QUOTE_MARKS or (edge.i > 0 and edge.nbor(-1).text in QUOTE_MARKS)


def _pieces(comp: Token, verb: Token) -> Pieces:
    """The complement's words, less the cue, its subject and the word that brings it in."""
    outside = {verb.i}
    for child in verb.children:
        if child != comp and child.dep_ in ("nsubj", "nsubjpass", "agent", "dative", "advmod", "punct"):
            outside.update(t.i for t in child.subtree)
    outside.update(c.i for c in comp.children if c.dep_ == "mark" and c.lower_ == "that")
    for subject in surface_subjects(verb)[:1]:
        if comp.i < subject.i < verb.i:
            outside.update(t.i for t in subject.subtree)
    outside.update(t.i for c in comp.children if speaker_goes_on(c) or _aside(c) for t in c.subtree)
    return stretches([t.i for t in comp.subtree if t.i not in outside], comp.doc)


def _aside(clause: Token) -> bool:
    """"…, hours before a bomb killed three": time told by the page, set off behind what is said."""
    edge = clause.left_edge
    told = clause.tag_ == "VBD" and any(c.tag_ == "MD" for c in clause.head.children)
    return (
        told and clause.dep_ == "advcl" and clause.i > clause.head.i and edge.i > 0 and edge.nbor(-1).text == ","
        and any(c.dep_ == "mark" and c.lower_ in ("before", "after", "as") for c in clause.children)
    )


def _carried_on(verb: Token, comp: Token) -> Pieces:
    """"says it helps, but has no plan": a clause joined to the cue that belongs to what is said."""
    if comp.i < verb.i:
        return []
    found = []
    for child in verb.children:
        if child.dep_ != "conj" or child.pos_ not in ("VERB", "AUX") or child.i < comp.i:
            continue
        if child.lemma_.lower() in cue_rules() and any(g.dep_ in ("ccomp", "dobj", "xcomp") for g in child.children):
            continue
        if _same_tense_as_said(child, verb):
            found.append(token_range(child))
    return found


def _same_tense_as_said(clause: Token, verb: Token) -> bool:
    if clause.tag_ == "VBD":
        return False
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    if clause.tag_ in ("VBZ", "VBP") or auxiliaries & {"has", "have", "is", "are", "will", "had", "would", "could"}:
        return True
    return clause.tag_ == "VB" and verb.tag_ != "VB"


def _set_off(verb: Token) -> bool:
    """", the army said" — the clause stands between commas or at the end, with a subject of its own."""
    if not any(c.dep_ == "nsubj" for c in verb.children):
        return False
    first = next(t for t in verb.subtree if not t.is_punct)
    return first.i > 0 and first.nbor(-1).is_punct


def _after_colon(verb: Token) -> Found | None:
    sentence = verb.sent
    for token in sentence.doc[verb.i + 1 : sentence.end]:
        if token.text == ":" and token.i + 1 < sentence.end and token.i - verb.i < 8:
            return [(token.i + 1, sentence.end - 1)], sentence.doc[token.i + 1]
    return None


def _next_clause(verb: Token) -> Found | None:
    """"… the station reporting it had seen tanks": a clause right behind the cue that was hung elsewhere."""
    if verb.i + 1 >= verb.sent.end or any(c.dep_ in ("dobj", "dative", "prep") for c in verb.children):
        return None
    behind = verb.doc[verb.i + 1 : min(verb.i + 5, verb.sent.end)]
    subject = next((t for t in behind if t.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.left_edge.i != verb.i + 1 or subject.head.i < verb.i:
        return None
    clause = subject.head
    return [(verb.i + 1, clause.right_edge.i)], clause


def beside_quote(verb: Token) -> Found | None:
    """A quotation right before the cue's clause or right after it, that the parser hung elsewhere."""
    sentence = verb.sent
    left = next((t for t in reversed(sentence.doc[sentence.start : verb.i]) if t.text in CLOSE_MARKS), None)
    if left is not None and verb.i - left.i < 12:
        start = next((t.i for t in reversed(sentence.doc[: left.i]) if t.text in OPEN_MARKS), sentence.start)
        if left.i - start > 2:
            return [(start + 1, left.i - 1)], sentence.doc[left.i - 1]
    right = next((t for t in sentence.doc[verb.i + 1 : sentence.end] if t.text in OPEN_MARKS), None)
    if right is not None and right.i - verb.i < 4 and right.i + 2 < sentence.end:
        end = next((t.i for t in sentence.doc[right.i + 1 :] if t.text in CLOSE_MARKS), sentence.end)
        if end - right.i > 2:
            return [(right.i + 1, end - 1)], sentence.doc[right.i + 1]
    return None
