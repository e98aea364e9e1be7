"""With what: the mode of an act from its trigger's rule and the instruments named in its clause."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.language.clauses import prepositions
from trucewatch.reading.triggers import Candidate
from trucewatch.rules.events import words

# Modes of a rule that no instrument changes.
_ALWAYS = {"abduct", "beat", "torture", "sexual", "destroy", "unconventional", "suicide-attack", "crowd-control"}
_BY_WORD = ("suicide-attack", "unconventional", "drone", "aerial", "explosives", "heavy-weapons", "firearms")


def mode_of(candidate: Candidate, actors: list[Token]) -> str | None:
    """The rule's mode, or for an attack of no given kind the one that its instrument tells."""
    rule = candidate.rule
    if rule.id == "consult.meet" and not candidate.verbal and _led(candidate.token):
        return "third-party"
    if rule.type != "ASSAULT":
        return rule.mode
    instruments = _instruments(candidate, actors)
    if rule.mode in _ALWAYS:
        return rule.mode
    if rule.mode == "aerial":
        return "drone" if instruments & words("mode_drone") else "aerial"
    if rule.mode is not None and not instruments & words("mode_suicide-attack"):
        return rule.mode
    for mode in _BY_WORD:
        if instruments & words(f"mode_{mode}"):
            return mode
    return rule.mode


def _led(talks: Token) -> bool:
    """"talks led by a neighbour"."""
    return any(
        c.dep_ == "acl" and c.lemma_.lower() in words("mediating") and any(g.dep_ == "agent" for g in c.children)
        for c in talks.children
    )


def _instruments(candidate: Candidate, actors: list[Token]) -> set[str]:
    token = candidate.token
    found = {t.lemma_.lower() for t in token.doc[candidate.span[0] : candidate.span[1] + 1]}
    heads = [*candidate.roles.agents, *actors]
    if candidate.rule.id in ("assault.fire-weapon", "assault.strike", "assault.explode"):
        heads += candidate.roles.patients
    heads += [o for h in heads if h.pos_ == "NUM" for o in prepositions(h).get("of", ())]    # "one of its drones"
    for head in heads:
        found.add(head.lemma_.lower())
        found.update(c.lemma_.lower() for c in head.children if c.dep_ in ("compound", "amod", "nmod"))
    modifiers = [c for c in token.children if c.dep_ in ("compound", "amod", "nmod", "npadvmod")]
    modifiers += [g for c in modifiers for g in c.children if g.dep_ in ("compound", "amod")]
    found.update(c.lemma_.lower() for c in modifiers)       # "a chemical weapons attack"
    for name in ("with", "by", "using", "from"):
        behind = [o for p in candidate.roles.patients for o in prepositions(p).get(name, ())] if name == "with" else []
        for obj in (*candidate.roles.preps.get(name, ()), *behind):
            found.add(obj.lemma_.lower())
            found.update(c.lemma_.lower() for c in obj.children if c.dep_ in ("compound", "amod"))
    return found
