"""Who does it and to whom: the actors and recipients of a candidate, from its clause or its noun phrase."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.clauses import charged_with, is_passive, prepositions, surface_subjects
from trucewatch.language.phrases import conjuncts
from trucewatch.reading.shared import Mentions
from trucewatch.reading.triggers import SPEAKERS, Candidate, objects_of
from trucewatch.rules.events import EventRule, words


def parts_of(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> tuple[list[Token], list[Token]]:
    """The heads of the phrases that name the candidate's actors and its recipients."""
    found = _verb_parts if candidate.verbal else _noun_parts
    return found(paragraph, candidate, mentions)


def _verb_parts(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> tuple[list[Token], list[Token]]:
    rule, parts = candidate.rule, candidate.roles
    by_part: dict[str, list[Token]] = {"actor": [], "recipient": [], "theme": [], "none": []}
    subjects = list(parts.agents)
    active = rule.subject == "actor" and not parts.passive
    if rule.harm is not None and active and subjects and not objects_of(candidate):
        by_part["recipient"] += subjects            # "dozens wounded": the participle was taken for a past tense
        subjects = []
    if rule.id == "agree.accept" and parts.passive:
        subjects = list(parts.patients)
    elif rule.obliges:
        by_part["recipient"] += [
            s for c in candidate.token.children if c.dep_ == "ccomp" for s in surface_subjects(c)
        ]
    by_part[rule.subject if rule.subject in by_part else "none"] += subjects
    if not (rule.id == "agree.accept" and parts.passive):
        for obj in objects_of(candidate):
            part = _object_part(rule, obj, paragraph, mentions, parts.passive, candidate.pattern.partition("~")[2])
            by_part[part].append(obj)
    for name, objects in parts.preps.items():
        part = rule.preps.get(name, "none")
        if name == "by" and parts.passive:
            continue
        by_part[part if part in by_part else "none"] += objects
    if rule.dative != "none":
        by_part[rule.dative] += [c for c in candidate.token.children if c.dep_ == "dative" and c.pos_ != "ADP"]
    if rule.object == "addressee":
        by_part["recipient"] += _addressees(candidate)
    if rule.both:
        by_part["actor"] += by_part["recipient"]
        by_part["recipient"] = []
    if rule.id == "accuse.allege" and candidate.token.lemma_ == "allege":
        by_part["recipient"] += [s for c in candidate.token.children if c.dep_ == "ccomp" for s in surface_subjects(c)]
    if rule.reaches and not parts.passive and not by_part["recipient"]:
        by_part["recipient"] += _reached(paragraph, candidate, mentions)
    if rule.id == "threaten.warn":
        by_part["recipient"] += _threatened(candidate.token)
    actors = _actors(paragraph, candidate, by_part["actor"], mentions)
    recipients = _recipients(paragraph, candidate, by_part["recipient"], mentions)
    return actors, [r for r in recipients if r not in actors]


def _object_part(
    rule: EventRule, obj: Token, paragraph: Paragraph, mentions: Mentions, passive: bool, noun: str
) -> str:
    """The part of an object; the trigger's own noun ("filed a lawsuit") plays none."""
    part = rule.object_role.get(obj.lemma_.lower())
    if part is not None:
        return str(part)
    if obj.lemma_.lower() == noun:
        return "none"
    if rule.object == "addressee":
        return "recipient" if _is_actor_like(paragraph, obj, mentions) else "none"
    if passive and rule.passive_recipient:
        return "recipient"
    if rule.person_object != "none" and _is_actor_like(paragraph, obj, mentions):
        return str(rule.person_object)
    return str(rule.object)


def _addressees(candidate: Candidate) -> list[Token]:
    """"urged them to go", "called on the army to go": whoever is to do it."""
    if candidate.roles.patients:
        return []
    return [
        s for c in candidate.token.children if c.dep_ == "ccomp" and c.i > candidate.token.i
        for s in c.children if s.dep_ == "nsubj" and any(a.lower_ == "to" for a in c.children)
    ]


def _reached(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> list[Token]:
    """Whom a refusal, promise or threat is about: whose offer it is, or whom the act in it would reach."""
    found: list[Token] = []
    for obj in candidate.roles.patients:
        found += [c for c in obj.children if c.dep_ == "poss" and _is_actor_like(paragraph, c, mentions)]
        found += _side_of(paragraph, obj, mentions)
        for name in ("from", "by", "with", "to"):
            found += [t for t in prepositions(obj).get(name, ()) if _is_named(paragraph, t, mentions)]
    for act in candidate.token.children:
        if act.dep_ == "xcomp" and act.i > candidate.token.i:
            behind = [t for name in ("with", "against", "to", "on") for t in prepositions(act).get(name, ())]
            direct = [t for c in act.children if c.dep_ in ("dobj", "dative") for t in conjuncts(c)]
            found += [t for t in [*direct, *behind] if _is_named(paragraph, t, mentions)]
    subjects = {m.entity for t in candidate.roles.agents if (m := mentions.at(paragraph.index, t.i)) is not None}
    seen = [(t, mentions.at(paragraph.index, t.i)) for t in found]
    return [t for t, m in seen if (m is None or m.entity not in subjects)]


def _is_named(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    """A party by name or noun, no pronoun and no mere place or thing."""
    mention = mentions.at(paragraph.index, token.i)
    return token.pos_ != "PRON" and mention is not None and mention.kind in SPEAKERS


def _threatened(verb: Token) -> list[Token]:
    return [
        o for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.lemma_.lower() in words("hostile")
        for o in c.children if o.dep_ == "dobj" and o.pos_ in ("PRON", "NOUN", "PROPN") and o.lower_ != "fire"
    ]


def _noun_parts(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> tuple[list[Token], list[Token]]:
    rule, noun = candidate.rule, candidate.token
    by_part: dict[str, list[Token]] = {"actor": [], "recipient": [], "theme": [], "none": []}
    for name, objects in candidate.roles.preps.items():
        part = rule.preps.get(name, "none")
        by_part[part if part in by_part else "none"] += objects
    if rule.harm is None or rule.type != "ASSAULT":
        by_part["actor"] += _owners(paragraph, candidate, mentions)
    elif candidate.pattern in ("killing", "murder", "assassination", "execution", "wounding"):
        by_part["recipient"] += [c for c in noun.children if c.dep_ == "poss"]
    by_part["actor"] += _light_subject(candidate)
    by_part["actor"] += _participle_agent(noun)
    charged = charged_with(noun.head) if noun.dep_ == "pobj" else None
    if charged is not None and not by_part["actor"]:
        by_part["actor"] += conjuncts(charged)
    if noun.dep_ in ("compound", "nmod", "amod"):
        by_part["recipient"].append(noun.head)
        charged = charged_with(noun.head.head)
        if charged is not None:
            by_part["actor"] += conjuncts(charged)
    if rule.both:
        by_part["actor"] += by_part["recipient"]
        by_part["recipient"] = []
    actors = _actors(paragraph, candidate, by_part["actor"], mentions)
    recipients = _recipients(paragraph, candidate, by_part["recipient"], mentions)
    return actors, [r for r in recipients if r not in actors]


def _owners(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> list[Token]:
    """"the army's offensive", "rebel shelling", "Russian air strikes", "rounds from army positions"."""
    noun, start = candidate.token, candidate.span[0]
    found = []
    for child in noun.children:
        before = child.dep_ in ("compound", "amod", "nmod") and child.i < start
        if child.dep_ == "poss" or (before and _names_a_side(paragraph, child, mentions)):
            found.append(child)
        if child.dep_ == "prep" and child.lower_ == "from" and candidate.rule.type == "ASSAULT":
            for obj in child.children:
                if obj.dep_ == "pobj":
                    found += [obj] if _names_a_side(paragraph, obj, mentions) else _side_of(paragraph, obj, mentions)
    return found


def _side_of(paragraph: Paragraph, noun: Token, mentions: Mentions) -> list[Token]:
    """"army positions", "the separatist side": the side that a noun of place or thing belongs to."""
    return [
        c for c in noun.children
        if c.dep_ in ("compound", "amod", "nmod", "poss") and _names_a_side(paragraph, c, mentions)
    ]


def _names_a_side(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    if token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in ("anti", "pro", "counter", "non"):
        return False                # "anti-government protests" are not the government's
    mention = mentions.at(paragraph.index, token.i)
    if mention is not None and mention.kind in ("military", "armed_group", "government", "political_group"):
        return True
    if token.lemma_.lower() in words("side"):
        return True
    return token.ent_type_ in ("NORP", "GPE") and token.tag_ in ("JJ", "NNP", "NNPS") and token.dep_ != "pobj"


def _light_subject(candidate: Candidate) -> list[Token]:
    """Who launches the offensive, carries out the raid, holds the talks."""
    noun = candidate.token
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    verb = top.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words("light"):
        return []
    if top.dep_ == "dobj":
        if is_passive(verb):
            return []
        return surface_subjects(verb)
    if top.dep_ == "nsubjpass":
        return [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    return []


def _participle_agent(noun: Token) -> list[Token]:
    """"rounds fired by insurgents", "a bomb planted by the group"."""
    return [
        t for c in noun.children if c.dep_ in ("acl", "amod") and c.tag_ == "VBN"
        for a in c.children if a.dep_ == "agent" for p in a.children if p.dep_ == "pobj" for t in conjuncts(p)
    ]


def _actors(paragraph: Paragraph, candidate: Candidate, heads: list[Token], mentions: Mentions) -> list[Token]:
    """Heads that can act. A projectile or an event passes on the one who fired or owns it."""
    found: list[Token] = []
    for head in heads:
        lemma = head.lemma_.lower()
        if lemma in words("projectile") or lemma in words("events") or (
            candidate.rule.id == "assault.explode" and lemma in words("explosive") - {"attacker", "bomber"}
        ):
            found += _participle_agent(head) or _side_of(paragraph, head, mentions)
        elif head.lower_ in ("what", "that", "it") and head.tag_ in ("WP", "WDT"):
            continue
        elif candidate.rule.type == "ASSAULT" and head.pos_ == "NOUN" and lemma in words("settlement"):
            continue                # a town does not attack: the clause was hung on it
        elif lemma in words("side") and head.i + 1 < len(head.doc) and head.dep_ == "compound":
            found.append(head)
        else:
            found.append(head)
            found += _backers(head)
    return unique(found)


def _backers(head: Token) -> list[Token]:
    """"army units backed by militiamen": those who act beside them."""
    return [
        t for c in head.children if c.dep_ == "acl" and c.lemma_.lower() in ("back", "support", "accompany", "assist")
        for a in c.children if a.dep_ == "agent" for p in a.children if p.dep_ == "pobj" for t in conjuncts(p)
        if t.lemma_.lower() not in words("platform") | words("projectile") or t.lemma_.lower() in words("troop")
    ]


def _recipients(paragraph: Paragraph, candidate: Candidate, heads: list[Token], mentions: Mentions) -> list[Token]:
    """Heads that can be acted on: a place that is hit is where it happened, not a recipient."""
    rule = candidate.rule
    found = []
    for head in heads:
        mention = mentions.at(paragraph.index, head.i)
        if rule.object_role.get(head.lemma_.lower()) == "recipient":
            found.append(head)
            continue
        if rule.type == "ASSAULT" and head.lemma_.lower() in words("post") and _side_of(paragraph, head, mentions):
            found.append(head)      # "an army outpost" is whose it is, not only where
            continue
        if rule.type in ("ASSAULT", "COERCE", "MOBILIZE") and rule.mode != "destroy":
            if mention is not None and mention.kind == "place":
                continue
            if head.lemma_.lower() in words("settlement") | {"camp", "truce", "ceasefire"}:
                continue
        if head.lemma_.lower() in words("projectile") or head.ent_type_ in ("DATE", "TIME"):
            continue
        if head.lemma_.lower() in words("events") and rule.type == "ASSAULT":
            continue
        found.append(head)
    return unique(found)


def _is_actor_like(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    mention = mentions.at(paragraph.index, token.i)
    if token.pos_ == "PRON":
        return token.lower_ not in ("it", "this", "that", "what")
    if mention is not None and mention.kind not in ("other", "place"):
        return True
    return token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or token.lemma_.lower() in words("person")


def unique(heads: list[Token]) -> list[Token]:
    """The heads without repeats, in their order."""
    out: list[Token] = []
    for head in heads:
        if head not in out:
            out.append(head)
    return out


__all__ = ["parts_of", "unique"]
