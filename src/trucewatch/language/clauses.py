"""Who does what in a clause: subjects and objects through passives, relatives, control and coordination."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from trucewatch.language.phrases import conjuncts

_RELATIVE = {"who", "which", "that", "whom", "what"}
_ACCOUNTS = {"report", "account", "rumour", "rumor", "evidence", "footage", "video", "news", "word", "tale", "sound"}
_ADVERBIAL = {"when", "where", "why"}
_SUBJECT = {"nsubj", "nsubjpass", "csubj"}
_PARTICIPLE = {"VBG", "VBN"}
_STANDS = {"oppose": "to", "commit": "to", "resign": "to", "dedicate": "to", "ally": "with"}
_CHARGES = {
    "accuse", "blame", "suspect", "condemn", "criticise", "criticize", "charge", "convict", "fault", "denounce",
    "sentence", "jail",
    "imprison", "indict", "try", "prosecute", "prevent", "stop", "keep", "bar", "prohibit",
    "punish", "arrest", "thank", "praise", "target", "slam",
}


@dataclass(frozen=True, slots=True)
class Roles:
    """The logical arguments of a verb: heads of agent and patient phrases, and its prepositions' objects."""

    agents: tuple[Token, ...] = ()
    patients: tuple[Token, ...] = ()
    preps: dict[str, tuple[Token, ...]] = field(default_factory=dict)
    passive: bool = False


def is_passive(verb: Token) -> bool:
    """Passive voice, or a past participle that is a reduced passive ("the town shelled by rebels")."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.dep_ == "conj" and not any(c.dep_ in _SUBJECT for c in verb.children) and verb.tag_ == "VBN":
        head = verb.head
        return head.pos_ == "VERB" and is_passive(head) and not any(c.dep_ == "dobj" for c in verb.children)
    if verb.dep_ == "acl" and verb.tag_ == "VBD" and any(c.dep_ == "agent" for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    return verb.dep_ in ("advcl", "ccomp", "ROOT", "xcomp") and not any(
        c.dep_ in ("nsubj", "dobj") for c in verb.children
    )


def roles(verb: Token) -> Roles:
    """Agents, patients and prepositional objects of a verb, found by the tree."""
    passive = is_passive(verb) and not _of_mind(verb)
    surface = surface_subjects(verb)
    objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")]
    relative = _relative_object(verb)
    preps = prepositions(verb)
    by = [t for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj" for t in conjuncts(p)]
    if passive:
        agents = by or list(preps.get("by", ()))
        return Roles(tuple(agents), tuple(surface + _with_conjuncts(objects)), preps, passive=True)
    patients = _with_conjuncts([o for o in objects if o.tag_ not in ("WP", "WDT")])
    if not patients and relative is not None:
        patients = [relative]
    if not patients:
        patients = [t for t in preps.get("between", ()) if _counted(t)]
    return Roles(tuple(surface), tuple(patients), preps, passive=False)


def _of_mind(verb: Token) -> bool:
    """"is opposed to", "is committed to": a participle that says what its subject thinks or wants."""
    stands = _STANDS.get(verb.lemma_.lower())
    return stands is not None and any(c.dep_ == "prep" and c.lower_ == stands for c in verb.children) and not any(
        c.dep_ == "agent" for c in verb.children
    )


def _counted(noun: Token) -> bool:
    """"wounding between three and five workers": a number of things, not two sides."""
    return any(c.dep_ == "nummod" and any(g.dep_ == "conj" for g in c.children) for c in noun.children)


def _with_conjuncts(heads: list[Token]) -> list[Token]:
    return [t for h in heads for t in conjuncts(h)]


def prepositions(head: Token) -> dict[str, tuple[Token, ...]]:
    """Objects of the prepositions that hang on `head`, by preposition (two words joined: "because of")."""
    found: dict[str, tuple[Token, ...]] = {}
    for child in head.children:
        if child.dep_ not in ("prep", "agent", "dative") and not (child.dep_ == "advmod" and child.pos_ == "ADP"):
            continue
        objects = [t for p in child.children if p.dep_ == "pobj" for t in conjuncts(p)]
        inner = [(i, p) for i in child.children if i.dep_ == "prep" for p in i.children if p.dep_ == "pobj"]
        name = child.lower_
        found[name] = found.get(name, ()) + tuple(objects)
        for preposition, obj in inner:
            joined = f"{name} {preposition.lower_}"
            found[joined] = found.get(joined, ()) + tuple(conjuncts(obj))
    return found


def relative_subject(verb: Token) -> Token | None:
    """The relative pronoun that is the clause's subject, its own or shared: "X, who came and said"."""
    while True:
        own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own:
            return own[-1] if own[-1].lower_ in _RELATIVE and verb.dep_ in ("relcl", "conj") else None
        if verb.dep_ not in ("conj", "xcomp") or verb.head.pos_ not in ("VERB", "AUX"):
            return None
        verb = verb.head


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subject of a clause: its own, or the one it shares by coordination, control or relation."""
    if depth > 6:
        return []
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not own and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.dep_ != "conj":
        stray = _stray_subject(verb)
        if stray is not None:
            return conjuncts(stray)
    if own:
        subject = own[-1]
        if subject.lower_ == "it" and verb.lemma_ == "be":      # "It was the rebels who fired, wounding two"
            cleft = [c for c in verb.children if c.dep_ == "attr" and any(g.dep_ == "relcl" for g in c.children)]
            if cleft:
                return conjuncts(cleft[0])
        if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
            return conjuncts(verb.head) if _plural_verb(verb) else [verb.head]
        if subject.lower_ in _RELATIVE and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
            return [verb.head.head]
        return conjuncts(subject)
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl") and _owner_before(verb) is not None:
        return [verb.nbor(-1)]
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head, depth + 1)
    if verb.dep_ == "acomp" and verb.lemma_.lower() in _STANDS:
        return surface_subjects(head, depth + 1)        # "is opposed to"
    if verb.dep_ == "ccomp" and verb.i < head.i and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return []                   # "... wounded nine people, a medic said": the speaker is not the one who wounded
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        return _controller(verb, head, depth)
    if verb.dep_ == "pcomp":
        charged = charged_with(head)
        if charged is not None:
            return conjuncts(charged)
        if head.head.lemma_.lower() in _ACCOUNTS:
            return []               # "received reports of shelling": not by those who received them
    if verb.dep_ == "advcl" and verb.i < head.i and not own and any(c.dep_ == "agent" for c in verb.children):
        return []                   # "Shelling by the army wounded nine": a noun in all but its tag
    if verb.dep_ in ("advcl", "pcomp", "dep"):
        clause = head
        while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
            clause = clause.head
        if clause.pos_ in ("VERB", "AUX") and clause != verb:
            return surface_subjects(clause, depth + 1)
        return []
    if verb.dep_ in ("acl", "amod"):
        if verb.tag_ == "VB":
            return _subject_of_noun(head, depth)
        first = head
        while first.dep_ == "conj":
            first = first.head
        if verb.tag_ == "VBN" and first.dep_ == "ROOT" and first != head and first.pos_ in ("NOUN", "PROPN"):
            return conjuncts(first)     # "Two guards and a driver killed": no sentence but for its participle
        return [head]
    if verb.dep_ == "relcl" and verb.tag_ in _PARTICIPLE:
        return [head]
    return []


def _owner_before(verb: Token) -> Token | None:
    """"killed in rebel shelling of the town", where the tagger took the shelling for a verb: the noun before it."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    if before is None or before.dep_ != "pobj" or before.tag_ not in ("NN", "NNP") or before.n_lefts:
        return None
    return before if any(c.dep_ == "prep" and c.lower_ in ("of", "on", "in") for c in verb.children) else None


def charged_with(preposition: Token) -> Token | None:
    """Whom "of", "for" or "from" speaks of behind an object: "accused X of", "blamed X for", "kept X from"."""
    if preposition.lower_ not in ("of", "for", "from", "over") or preposition.dep_ != "prep":
        return None
    above = preposition.head
    if above.lower_ == "turn" and above.head.lower_ == "in":
        above = above.head.head     # "accused them in turn of moving guns"
    if above.dep_ in ("dobj", "nsubjpass") and above.head.lemma_.lower() in _CHARGES:
        return above
    if above.lemma_.lower() not in _CHARGES:
        return None
    return next((c for c in above.children if c.dep_ in ("dobj", "nsubjpass")), None)


def _stray_subject(verb: Token) -> Token | None:
    """The noun phrase right before a finite verb that the parser left without a subject.

    A parenthesis between commas is stepped over: "an officer, quoted by X, suggested".
    """
    at = verb.i - 1
    while at >= verb.sent.start and verb.doc[at].pos_ in ("ADV", "AUX"):
        at -= 1
    if at > verb.sent.start and verb.doc[at].text == ",":
        comma = next((i for i in range(at - 1, max(verb.sent.start, at - 15), -1) if verb.doc[i].text == ","), -1)
        at = comma - 1
    if at < verb.sent.start or verb.doc[at].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    head = verb.doc[at]
    while head.dep_ in ("compound", "pobj", "prep", "appos", "nmod", "poss") and head.head.i < verb.i:
        if head.dep_ == "appos" and any(t.text == "," for t in head.doc[head.head.i : head.i]):
            break
        head = head.head
    fits = head.dep_ in ("dobj", "nsubj", "ROOT", "conj", "dep", "appos")
    return head if head.pos_ in ("NOUN", "PROPN", "PRON") and fits else None


def _plural_verb(verb: Token) -> bool:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_.startswith("aux")}
    return verb.tag_ == "VBP" or bool(auxiliaries & {"are", "were", "have"})


def _controller(verb: Token, head: Token, depth: int) -> list[Token]:
    """Who does what an infinitive names: the object told to do it, else the governing subject."""
    objects = [c for c in head.children if c.dep_ in ("dobj", "obj", "dative") and c.i < verb.i]
    if objects and head.pos_ == "VERB" and verb.tag_ in ("VB", "VBG") and head.lemma_ != "use":
        return conjuncts(objects[-1])
    if head.pos_ == "ADJ":
        return surface_subjects(head.head, depth + 1)
    return surface_subjects(head, depth + 1)


def _subject_of_noun(noun: Token, depth: int) -> list[Token]:
    """"X's plan to storm": X; "X has no plan to storm": the governing subject."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return conjuncts(owners[0])
    if noun.dep_ in ("dobj", "attr", "pobj"):
        clause = noun.head
        while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
            clause = clause.head
        return surface_subjects(clause, depth + 1)
    return []


def _relative_object(verb: Token) -> Token | None:
    """The antecedent when a relative clause has a subject of its own and no object ("a claim he denied")."""
    if verb.dep_ != "relcl":
        return None
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not own or own[-1].lower_ in _RELATIVE or any(c.lower_ in _ADVERBIAL for c in verb.children):
        return None
    return verb.head


def is_negated(token: Token) -> bool:
    """Negation on the token itself: "not", "never", "no longer", or a negative subject or object."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in ("never", "n't", "not"):
            if not _not_only(child):
                return True
            continue
        if child.dep_ in ("nsubj", "nsubjpass") and _negative_phrase(child):
            return True
        if child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children):
            return True
        if child.dep_ in ("preconj", "cc", "advmod") and child.lower_ == "neither":
            return True
    return token.dep_ == "conj" and any(c.lower_ == "nor" for c in token.head.children)


def _not_only(negation: Token) -> bool:
    """"not only troops but also": no negation."""
    at = negation.i + 1
    return at < len(negation.doc) and negation.doc[at].lower_ in ("only", "just", "merely")


def _negative_phrase(noun: Token) -> bool:
    if noun.lower_ in ("nobody", "none", "nothing", "neither"):
        return True
    return any(
        c.dep_ in ("det", "neg", "nummod", "advmod", "preconj") and c.lower_ in ("no", "not", "neither")
        and not _not_only(c) for c in (*noun.children, *_of_one(noun))
    ) or any(c.lower_ in ("no",) for c in noun.lefts)


def _of_one(noun: Token) -> Iterator[Token]:
    """What stands on the number or the adjective of "not one shell", "not a single shot"."""
    for child in noun.children:
        if child.lower_ in ("one", "single"):
            yield from child.children


def negative_noun(noun: Token) -> bool:
    """"no clash", "none of the shells", "not one aircraft"."""
    return _negative_phrase(noun)
