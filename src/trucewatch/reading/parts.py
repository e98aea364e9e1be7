"""Who does it and to whom: the actors and recipients of a candidate, from its clause or its noun phrase."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.clauses import charged_with, is_passive, prepositions, surface_subjects
from trucewatch.language.phrases import clause_head, conjuncts
from trucewatch.reading.shared import Mentions
from trucewatch.reading.triggers import SPEAKERS, Candidate, laid_elsewhere, objects_of
from trucewatch.rules.events import EventRule, words

# Participles with the preposition that names whose work an act is held to be.
_LAID_TO = {"attribute": ("to",), "blame": ("on",), "ascribe": ("to",), "trace": ("to",)}


_TIMES = {"yesterday", "today", "week", "month", "year", "night", "weekend"}


def parts_of(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> tuple[list[Token], list[Token]]:
    """The heads of the phrases that name the candidate's actors and its recipients."""
    found = _verb_parts if candidate.verbal else _noun_parts
    return found(paragraph, candidate, mentions)


def _verb_parts(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> tuple[list[Token], list[Token]]:
    rule, parts = candidate.rule, candidate.roles
    by_part: dict[str, list[Token]] = {"actor": [], "recipient": [], "theme": [], "none": []}
    subjects = list(parts.agents)
    active = rule.subject == "actor" and not parts.passive
    hit = rule.harm is not None or (paragraph.headline and _shot_passive(candidate))
    if hit and active and subjects and not objects_of(candidate):
        by_part["recipient"] += subjects            # "dozens wounded": the participle was taken for a past tense
        subjects = []
    if rule.id == "agree.accept" and parts.passive:
        subjects = list(parts.agents or parts.patients)
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
        objects = tuple(o for o in objects if o.lemma_.lower() != candidate.pattern.partition("~")[2])
        if part == "actor" and name in ("by", "of", "from") and by_part["actor"] and not rule.both:
            continue                # "won by a wide margin": the doer of a verb in the active is its subject
        if name in ("on", "at") and part == "recipient" and by_part["recipient"]:
            continue                # "ambushed by gunmen on motorcycles"
        by_part[part if part in by_part else "none"] += objects
    laid_on = parts.preps.get("on", ())
    if candidate.token.lemma_ == "blame" and laid_on and all(o.pos_ != "VERB" for o in laid_on):
        by_part["recipient"] = list(laid_on)        # "blamed the raid on the militia"
    if rule.dative != "none":
        by_part[rule.dative] += [c for c in candidate.token.children if c.dep_ == "dative" and c.pos_ != "ADP"]
    if rule.object == "addressee":
        by_part["recipient"] += _addressees(candidate)
        if rule.type == "REQUEST" and not by_part["recipient"]:
            by_part["recipient"] += _asked_of(paragraph, candidate, mentions)
    if rule.type == "PROTEST":
        by_part["recipient"] = _opposed(paragraph, candidate, by_part["recipient"], mentions)
    if rule.both:
        by_part["actor"] += by_part["recipient"]
        by_part["recipient"] = []
    if rule.id == "accuse.allege" and candidate.token.lemma_ in ("allege", "charge") and (
        candidate.token.lemma_ == "allege" or not by_part["recipient"]
    ):
        by_part["recipient"] = [s for c in candidate.token.children if c.dep_ == "ccomp" for s in surface_subjects(c)]
        by_part["recipient"] += [t for p in parts.patients for t in prepositions(p).get("by", ())]
        by_part["recipient"] += parts.preps.get("by", ()) if not parts.passive else ()
    if rule.id == "reject.bar" and not by_part["recipient"]:      # "denied its patrol passage"
        by_part["recipient"] += [
            c for p in parts.patients for c in p.children
            if c.dep_ == "compound" and c.lemma_.lower() in words("conveyance") | words("person") | words("troop")
        ]
    if rule.type == "COERCE" and not by_part["recipient"]:
        by_part["recipient"] += [t for p in parts.patients for t in _participle_agent(p)]     # "a rally staged by X"
    if rule.reaches and not parts.passive and not by_part["recipient"]:
        by_part["recipient"] += _reached(paragraph, candidate, mentions)
    if rule.id == "threaten.warn":
        by_part["recipient"] += _threatened(candidate.token)
    if rule.type == "THREATEN" and not by_part["recipient"]:
        by_part["recipient"] += _menaced(candidate.token)
    actors = _actors(paragraph, candidate, by_part["actor"], mentions)
    recipients = _recipients(paragraph, candidate, by_part["recipient"], mentions)
    return actors, [r for r in recipients if r not in actors]


def _shot_passive(candidate: Candidate) -> bool:
    """"Three policemen shot in ambush", in a headline: they were shot."""
    return candidate.token.lower_ == "shot" and candidate.token.tag_ == "VBD" and not (
        set(candidate.roles.preps) & {"at", "on", "into", "upon", "towards"}
    )


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


def _asked_of(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> list[Token]:
    """Who is to do what is asked for: "demanded that Y leave", "reiterated its demand that Y leave", "called for Y's
    withdrawal"."""
    verb = candidate.token
    asked = [*candidate.roles.patients, *candidate.roles.preps.get("for", ())]
    clauses = [c for head in (verb, *asked) for c in head.children if c.dep_ in ("ccomp", "acl") and c.i > verb.i]
    written = [t for o in candidate.roles.preps.get("in", ()) if o.lemma_.lower() in words("telling_noun")
               for t in prepositions(o).get("to", ()) if _is_named(paragraph, t, mentions, states=True)]
    if written:
        return written              # "demanded in a letter to the council that the envoy go"
    that = verb.lemma_.lower() in ("demand", "request", "insist", "propose", "urge", "recommend")
    found = [
        t for c in clauses if that or c.tag_ == "VB" or _obliged_clause(c) for s in c.children
        if s.dep_ in ("nsubj", "nsubjpass") for t in conjuncts(s)
    ]
    if not found:
        for thing in asked:
            found += [c for c in thing.children if c.dep_ == "poss"]
            if thing.lemma_.lower() in words("doing"):
                found += _side_of(paragraph, thing, mentions)
    return [
        t for t in found if _is_actor_like(paragraph, t, mentions) or _is_named(paragraph, t, mentions, states=True)
    ]


def _obliged_clause(clause: Token) -> bool:
    return any(c.dep_ == "aux" and (c.lower_ == "to" or c.tag_ == "MD") for c in clause.children)


def _opposed(paragraph: Paragraph, candidate: Candidate, heads: list[Token], mentions: Mentions) -> list[Token]:
    """Whom a protest is against: parties, not what is deplored ("marched against the loss of the town")."""
    parties = [
        h for h in heads if _is_actor_like(paragraph, h, mentions) or _is_named(paragraph, h, mentions, states=True)
    ]
    return parties or _protested_at(paragraph, candidate, mentions)


def _protested_at(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> list[Token]:
    """Whom a protest is against, from what it is about: "marched to demand reforms by the council", "a strike over a
    bill signed by the minister"."""
    act = candidate.token
    holder = act.head if act.dep_ in ("dobj", "nsubjpass") and act.head.pos_ == "VERB" else act
    aims = [
        c for head in (act, holder) for c in head.children
        if c.dep_ in ("xcomp", "advcl", "acl", "conj") and c.i > act.i and c.lemma_.lower() in words("protesting")
    ]
    about = [t for name in ("over", "against", "about", "at") for t in prepositions(act).get(name, ())]
    for aim in aims:
        about += [c for c in aim.children if c.dep_ == "dobj"]
        about += [t for name in ("for", "against", "at", "with", "to") for t in prepositions(aim).get(name, ())]
    own = {m.entity for t in candidate.roles.agents if (m := mentions.at(paragraph.index, t.i)) is not None}
    for thing in about:
        found = [thing] if _is_named(paragraph, thing, mentions, states=True) else []
        found += [c for c in thing.children if c.dep_ == "poss" and _is_named(paragraph, c, mentions, states=True)]
        found += _participle_agent(thing)
        found = found or _towards(paragraph, thing, mentions, {"by", "from", "against"})
        others = [t for t in found if (m := mentions.at(paragraph.index, t.i)) is None or m.entity not in own]
        if others:
            return others
    return []


def _reached(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> list[Token]:
    """Whom a refusal, promise or threat is about: whose offer it is, or whom the act in it would reach."""
    found: list[Token] = []
    consented = candidate.roles.preps.get("to", ())
    found += [t for t in candidate.roles.patients if t.lower_ in ("him", "her", "them")]
    for obj in (*candidate.roles.patients, *consented):
        found += [c for c in obj.children if c.dep_ == "poss" and _is_actor_like(paragraph, c, mentions)]
        if obj not in consented or obj.lemma_.lower() in words("doing"):
            found += _side_of(paragraph, obj, mentions)
        found += _towards(paragraph, obj, mentions, {"from", "by", "with", "to"})
    complements = [c for c in candidate.token.children if c.dep_ == "acomp"]
    for act in (a for head in (candidate.token, *complements) for a in head.children):
        if act.dep_ == "xcomp" and act.i > candidate.token.i:
            direct = [t for c in act.children if c.dep_ in ("dobj", "dative") for t in conjuncts(c)]
            parties = [t for t in direct if t.lemma_.lower() not in words("captive") and not _own(t)]
            found += [t for t in parties if _is_named(paragraph, t, mentions)]
            found += _towards(paragraph, act, mentions, {"with", "against", "to", "on", "from"})
    subjects = {m.entity for t in candidate.roles.agents if (m := mentions.at(paragraph.index, t.i)) is not None}
    seen = [(t, mentions.at(paragraph.index, t.i)) for t in found]
    return [t for t, m in seen if (m is None or m.entity not in subjects)]


def _towards(
    paragraph: Paragraph, head: Token, mentions: Mentions, names: set[str], depth: int = 0
) -> list[Token]:
    """The parties and states that an act or a thing is for or from, down its objects: "70 million dollars of aid for
    the republic", "a formula for ending its dispute with its neighbours"."""
    if depth > 3:
        return []
    found: list[Token] = []
    for child in head.children:
        if child.i < head.i or child.dep_ not in ("prep", "dative", "dobj", "pcomp", "xcomp"):
            continue
        if child.dep_ not in ("prep", "dative"):
            found += _towards(paragraph, child, mentions, names, depth + 1)
            continue
        for obj in (t for p in child.children if p.dep_ == "pobj" for t in conjuncts(p)):
            named = child.lower_ in names | {"for"} and _is_named(paragraph, obj, mentions, states=True)
            found += [obj] if named else _towards(paragraph, obj, mentions, names, depth + 1)
        for act in (p for p in child.children if p.dep_ == "pcomp" and child.lower_ != "without"):
            found += _towards(paragraph, act, mentions, names, depth + 1)
    return found


def _own(token: Token) -> bool:
    """"agreed to pull their men back": one's own."""
    return any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in token.children)


def _is_named(paragraph: Paragraph, token: Token, mentions: Mentions, *, states: bool = False) -> bool:
    """A party by name or noun, no pronoun and no mere place or thing; with `states`, a state meant as a place too."""
    mention = mentions.at(paragraph.index, token.i)
    if token.pos_ == "PRON" or mention is None:
        return False
    return mention.kind in SPEAKERS or (states and mention.kind == "place" and mention.sector is not None)


def _threatened(verb: Token) -> list[Token]:
    return [
        o for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.lemma_.lower() in words("hostile")
        for o in c.children if o.dep_ == "dobj" and o.pos_ in ("PRON", "NOUN", "PROPN") and o.lower_ != "fire"
    ]


def _menaced(verb: Token) -> list[Token]:
    """"threatened to blacklist anyone who …", "warned that any group which … would be erased": who would suffer it."""
    found: list[Token] = []
    for clause in (c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i):
        would_suffer = any(c.tag_ == "MD" for c in clause.children) and is_passive(clause)
        heads = [
            c for c in clause.children
            if (c.dep_ == "dobj" and clause.dep_ == "xcomp") or (c.dep_ == "nsubjpass" and would_suffer)
        ]
        found += [
            t for h in heads for t in conjuncts(h)
            if t.lemma_.lower() in words("person") | words("troop") | words("speaker") or t.lower_.startswith("any")
        ]
    return found


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
    by_part["actor"] += _light_subject(candidate) or partakers(noun)
    by_part["actor"] += _participle_agent(noun)
    if rule.type == "ASSAULT" and not by_part["actor"] and not candidate.roles.preps.get("by"):
        by_part["actor"] += _owned_up(noun)
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
    if rule.type == "PROTEST":
        by_part["recipient"] = _opposed(paragraph, candidate, by_part["recipient"], mentions)
    actors = _actors(paragraph, candidate, by_part["actor"], mentions)
    recipients = _recipients(paragraph, candidate, by_part["recipient"], mentions)
    return actors, [r for r in recipients if r not in actors]


def _owners(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> list[Token]:
    """"the army's offensive", "rebel shelling", "Russian air strikes", "rounds from army positions"."""
    noun, start = candidate.token, candidate.span[0]
    found = []
    for child in noun.children:
        before = child.dep_ in ("compound", "amod", "nmod") and child.i < start
        if child.dep_ == "poss" and _of_a_time(child):
            continue                # "Monday's attack"
        if candidate.rule.type == "CONSULT" and child.ent_type_ == "GPE" and child.dep_ == "compound":
            continue                # "the Geneva talks", "Sudan talks"
        if child.dep_ == "poss" or (before and _names_a_side(paragraph, child, mentions)):
            found.append(child)
        if child.dep_ == "prep" and child.lower_ == "from" and candidate.rule.type == "ASSAULT":
            for obj in child.children:
                if obj.dep_ == "pobj":
                    found += [obj] if _names_a_side(paragraph, obj, mentions) else _side_of(paragraph, obj, mentions)
    return [c for c in found if not _goes_on_in(c, found)]


def _of_a_time(owner: Token) -> bool:
    return owner.ent_type_ in ("DATE", "TIME") or owner.lower_ in _TIMES


def _goes_on_in(word: Token, others: list[Token]) -> bool:
    """"Ukrainian army shelling": the adjective belongs to the noun after it, which names the side."""
    after = word.nbor() if word.i + 1 < len(word.doc) else None
    return after is not None and after in others and word.dep_ != "poss" and after.dep_ != "poss"


def _side_of(paragraph: Paragraph, noun: Token, mentions: Mentions) -> list[Token]:
    """"army positions", "the separatist side": the side that a noun of place or thing belongs to."""
    found = [
        c for c in noun.children
        if c.dep_ in ("compound", "amod", "nmod", "poss") and _names_a_side(paragraph, c, mentions)
    ]
    if noun.lemma_.lower() in words("projectile") | words("post"):      # "rockets of the front", "a camp of the front"
        found += [t for t in prepositions(noun).get("of", ()) if _names_a_side(paragraph, t, mentions)]
    return [c for c in found if not _goes_on_in(c, found)]


def _names_a_side(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    if token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in ("anti", "pro", "counter", "non"):
        return False                # "anti-government protests" are not the government's
    mention = mentions.at(paragraph.index, token.i)
    if mention is not None and mention.kind in ("military", "armed_group", "government", "political_group"):
        return True
    if token.lemma_.lower() in words("side"):
        return True
    if mention is not None and mention.kind == "place" and mention.sector is None and token.tag_ != "JJ":
        return False                # "the Geneva talks", "a Kabul bombing"
    if mention is None and token.ent_type_ == "GPE" and token.tag_ != "JJ":
        return False                # "the Malakal clash": a town that nothing else is known of
    return token.ent_type_ in ("NORP", "GPE") and token.tag_ in ("JJ", "NNP", "NNPS") and token.dep_ != "pobj"


def _light_subject(candidate: Candidate) -> list[Token]:
    """Who launches the offensive, carries out the raid, holds the talks."""
    noun = candidate.token
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    verb = top.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words("light") or laid_elsewhere(verb):
        return []
    if top.dep_ == "dobj":
        if is_passive(verb):
            return []
        return surface_subjects(verb)
    if top.dep_ == "nsubjpass":
        return [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    return []


def partakers(noun: Token) -> list[Token]:
    """Who "took part in", "joined" or "helped in" an act."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "in":
        verb = verb.head
        if verb.dep_ == "dobj" and verb.lower_ in ("part", "role", "share"):
            verb = verb.head
    elif noun.dep_ != "dobj":
        return []
    return surface_subjects(verb) if verb.lemma_.lower() in words("partaking") and not is_passive(verb) else []


def _owned_up(noun: Token) -> list[Token]:
    """"the group claimed an assault", "acknowledged two strikes", "admitted to one raid": whose it is by their word."""
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children)
    verb = noun.head
    if noun.dep_ == "pobj":
        if verb.lower_ not in ("to", "for"):
            return []
        verb = verb.head
        if verb.dep_ == "dobj" and verb.lemma_.lower() == "responsibility":
            verb = verb.head        # "claimed responsibility for a raid"
    elif noun.dep_ != "dobj":
        return []
    lemma = verb.lemma_.lower()
    if lemma not in words("owning") or (definite and noun.dep_ == "dobj") or is_passive(verb):
        return []
    return surface_subjects(verb)


def _participle_agent(noun: Token) -> list[Token]:
    """"rounds fired by insurgents", "a bomb planted by the group"."""
    said = [c for c in noun.children if c.dep_ in ("acl", "amod") and c.tag_ == "VBN"]
    if not said:                    # "died in the attack, reportedly carried out by the group"
        said = [
            c for c in clause_head(noun).children
            if c.dep_ == "advcl" and c.tag_ == "VBN" and c.i > noun.i and c.lemma_.lower() in words("light")
            and c.doc[noun.i + 1].text == ","
        ]
    return [
        t for c in said for a in c.children if a.dep_ == "agent" or (a.lower_ in _LAID_TO.get(c.lemma_.lower(), ()))
        for p in a.children if p.dep_ == "pobj" for t in conjuncts(p)
    ]


def _actors(paragraph: Paragraph, candidate: Candidate, heads: list[Token], mentions: Mentions) -> list[Token]:
    """Heads that can act. A projectile or an event passes on the one who fired or owns it."""
    found: list[Token] = []
    for head in heads:
        lemma = head.lemma_.lower()
        if head.ent_type_ in ("DATE", "TIME") or head.lower_ in ("nobody", "none", "nothing", "time"):
            continue                # "handed in by December", "at about noon local time, which left two dead"
        if lemma in words("reckoning"):
            continue                # "nine were killed, by the mission's count"
        if lemma in words("projectile") or lemma in words("events") or (
            candidate.rule.id == "assault.explode" and lemma in words("explosive") - {"attacker", "bomber"}
        ):
            found += _participle_agent(head) or _side_of(paragraph, head, mentions)
        elif head.lower_ in ("what", "that", "it", "who", "which", "whoever") and head.tag_ in ("WP", "WDT"):
            continue                # "unclear who fired"
        elif candidate.rule.type == "ASSAULT" and head.pos_ == "NOUN" and lemma in words("settlement"):
            continue                # a town does not attack: the clause was hung on it
        elif lemma in words("side") and head.i + 1 < len(head.doc) and head.dep_ == "compound":
            found.append(head)
        else:
            found.append(head)
            found += _backers(head)
    return _told_once(paragraph, unique(found), mentions)


def _told_once(paragraph: Paragraph, heads: list[Token], mentions: Mentions) -> list[Token]:
    """Without the pronouns for those who are named beside them: "the army mounted its offensive"."""
    named = {
        m.entity for h in heads if (m := mentions.at(paragraph.index, h.i)) is not None and h.pos_ != "PRON"
    }
    return [
        h for h in heads
        if h.pos_ != "PRON" or (m := mentions.at(paragraph.index, h.i)) is None or m.entity not in named
    ]


def _backers(head: Token) -> list[Token]:
    """"army units backed by militiamen": those who act beside them."""
    return [
        t for c in head.children if c.dep_ == "acl" and c.lemma_.lower() in ("back", "support", "accompany", "assist")
        for a in c.children if a.dep_ == "agent" for p in a.children if p.dep_ == "pobj" for t in conjuncts(p)
        if t.lemma_.lower() not in words("platform") | words("projectile") | words("events")
        or t.lemma_.lower() in words("troop")
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
        if rule.type == "ASSAULT" and head.lemma_.lower() in words("post") and (
            _side_of(paragraph, head, mentions)
            or (_is_site(head) and not (mention is not None and mention.kind == "place" and mention.form == "name"))
        ):
            found.append(head)      # "an army outpost" is whose it is, not only where
            continue
        if rule.type in ("ASSAULT", "COERCE", "MOBILIZE") and rule.mode != "destroy":
            if mention is not None and mention.kind == "place" and (mention.form == "name" or mention.name):
                continue
            if head.lemma_.lower() in ("village", "town", "hamlet", "settlement") and head.tag_ == "NNS":
                found.append(head)      # "shelled two villages": no name of a place, but what was hit
                continue
            if head.lemma_.lower() in words("settlement") | words("whereabouts") | {"camp", "truce", "ceasefire"}:
                continue
        if head.lower_ in ("nobody", "none", "nothing") or head.tag_ == "WDT":
            continue
        if head.lemma_.lower() in words("measure") or head.lower_ == "time":
            continue                # "advanced four kilometres", "at about noon local time"
        if head.lemma_.lower() in words("projectile") or head.ent_type_ in ("DATE", "TIME"):
            continue
        if head.lemma_.lower() in words("events") and rule.type == "ASSAULT":
            continue
        found.append(head)
    return unique(found)


def _is_site(noun: Token) -> bool:
    """"bases near the town", "his position": a thing that is hit, wherever it lies; a camp may be the place."""
    return noun.tag_ in ("NN", "NNS") and noun.lemma_.lower() not in ("line", "frontline", "trench", "camp")


def _is_actor_like(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    mention = mentions.at(paragraph.index, token.i)
    if token.pos_ == "PRON":
        return token.lower_ not in ("it", "this", "that", "what")
    if mention is not None and mention.kind not in ("other", "place"):
        return True
    lemma = token.lemma_.lower()
    return token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or lemma in words("person") | words("speaker")


def unique(heads: list[Token]) -> list[Token]:
    """The heads without repeats, in their order."""
    out: list[Token] = []
    for head in heads:
        if head not in out:
            out.append(head)
    return out


__all__ = ["partakers", "parts_of", "unique"]
