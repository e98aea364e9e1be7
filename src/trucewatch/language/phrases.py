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


def subtree_span(token: Token) -> TokenSpan:
    """From the first to the last token under `token`."""
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


def clause_head(token: Token) -> Token:
    """The nearest verb, auxiliary or root above (or at) `token`."""
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token
