"""Grammar that every reader needs: the phrase round a head, its parts, who does what in a clause.

Labels are those of the ClearNLP scheme that spaCy's English models use.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

# Dependents that belong to the words of a noun phrase proper.
_INSIDE = {
    "det", "predet", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "advmod", "npadvmod",
    "neg", "meta",
}
_KNOWN = {"the", "this", "that", "these", "those"}
_CLAUSES = {"relcl", "acl", "advcl", "ccomp", "parataxis"}


def noun_phrase(head: Token, *, clauses: bool = False, conjuncts: bool = False) -> TokenSpan:
    """The noun phrase that `head` heads: determiners, modifiers, names, prepositional phrases, close
    appositions. Relative and participial clauses only with `clauses`, conjuncts only with `conjuncts`."""
    left, right = head.i, head.i
    for child in head.children:
        if child.dep_ != "punct" and _belongs(head, child, clauses=clauses, conjuncts=conjuncts):
            reach = list(_reach(child, clauses=clauses or child.dep_ != "prep"))
            left, right = min(left, *reach), max(right, *reach)
    return head.doc[left : right + 1]


def _belongs(head: Token, child: Token, *, clauses: bool, conjuncts: bool) -> bool:
    if child.dep_ in _INSIDE:
        return True
    if child.dep_ == "prep":
        return not any(c.dep_ == "pcomp" for c in child.children)     # "accused the rebels | of firing"
    if child.dep_ == "appos":
        return _close(head, child)
    return (clauses and child.dep_ in _CLAUSES) or (conjuncts and child.dep_ in ("cc", "conj"))


def _reach(token: Token, *, clauses: bool) -> Iterator[int]:
    """Indices under `token`, less clauses that hang on it (when asked) and stray punctuation."""
    yield token.i
    for child in token.children:
        if child.is_punct and child.dep_ == "punct" and child.text not in "-'’\"“”()":
            continue
        if not clauses and child.dep_ in _CLAUSES:
            continue
        yield from _reach(child, clauses=clauses)


def _close(head: Token, child: Token) -> bool:
    """An apposition with no comma between: "the agency SANA"."""
    return not any(t.text in (",", "(", "-", "–", "—") for t in head.doc[min(head.i, child.i) : max(head.i, child.i)])


def conjuncts(head: Token) -> list[Token]:
    """`head` and the heads coordinated with it, in order of the text."""
    found = [head]
    queue = [head]
    while queue:
        for child in queue.pop().children:
            if child.dep_ == "conj":
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda t: t.i)


def clause_head(token: Token) -> Token:
    """The nearest verb, auxiliary or root above (or at) `token`."""
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def apposed(noun: Token) -> list[Token]:
    """What stands beside a noun in apposition. In "an aide to the mayor, X" that is the mayor, whatever the parse."""
    own = [c for c in noun.children if c.dep_ == "appos" and c.i > noun.i and host_of(c) == noun]
    others = [c for t in noun.subtree for c in t.children if t != noun]
    if noun.dep_ == "pobj":
        others += noun.head.head.children
    return own + [c for c in others if c.dep_ == "appos" and host_of(c) == noun]


def _subject_round(name: Token, edge: int) -> Token | None:
    """The common noun that is the subject of the verb right behind a name between commas."""
    doc, after = name.doc, name.right_edge.i + 1
    while after < len(doc) and doc[after].text == ",":
        after += 1
    if edge < 2 or doc[edge - 1].text != "," or after >= len(doc) or doc[after - 1].text != ",":
        return None
    verb = doc[after]
    while verb.dep_ in ("aux", "auxpass", "neg", "advmod"):
        verb = verb.head
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < edge and c.pos_ == "NOUN"]
    return subjects[-1] if subjects and name.head.head != verb and subjects[-1].is_ancestor(name) else None


def host_of(name: Token) -> Token:
    """The noun that an apposition stands beside: of "an X of the Y, NAME" the one that is known, Y; of
    "the X at Y, NAME, said" the one that speaks, X."""
    above = name.head
    edge = name.left_edge.i
    if name.dep_ == "appos" and (speaker := _subject_round(name, edge)) is not None:
        return speaker
    near = name.doc[edge - 2] if edge > 1 and name.doc[edge - 1].text == "," else above
    if near == above or near.dep_ != "pobj" or near.head.head != above or name.dep_ != "appos":
        return above
    new = any(c.lower_ in ("a", "an") for c in above.children if c.dep_ == "det")
    known = any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _KNOWN) for c in near.children)
    return near if new and known else above
