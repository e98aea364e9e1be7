"""What happened: events with their parts, status and harm, put together from the candidates of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.language.clauses import charged_with, is_passive, surface_subjects
from trucewatch.language.phrases import conjuncts, noun_phrase
from trucewatch.model import Because, Event, Figure, Harm, Harmed, Reference, Span, Statement
from trucewatch.reading import harm as counts
from trucewatch.reading.modes import mode_of
from trucewatch.reading.shared import Anchor, Mentions
from trucewatch.reading.status import Judgement, judge
from trucewatch.reading.triggers import Candidate, candidates, objects_of, war_words
from trucewatch.rules.events import words

_PHYSICAL = {"ASSAULT", "COERCE", "MOBILIZE", "AID", "SANCTION", "RETREAT", "PROTEST"}
_SPEECH = {"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE", "SUPPORT", "CONCEDE"}
_ANAPHORIC = {"the", "this", "that", "these", "those", "such", "its", "their", "his", "her"}


@dataclass(slots=True, eq=False)
class Found:
    """An event on the way: token heads instead of references."""

    candidate: Candidate
    paragraph: Paragraph
    type: str
    mode: str | None
    actors: list[Token]
    recipients: list[Token]
    judgement: Judgement
    ordered_by: list[Token] = field(default_factory=list)
    harm: dict[str, Figure | None] = field(default_factory=dict)
    who: list[Token] = field(default_factory=list)
    anaphoric: bool = False
    reason: bool = False
    merged: list[Candidate] = field(default_factory=list)

    @property
    def token(self) -> Token:
        return self.candidate.token

    @property
    def only_harm(self) -> bool:
        return self.candidate.rule.harm in ("killed", "injured") and self.type == "ASSAULT"


def find_events(
    parsed: Parsed, mentions: Mentions, statements: tuple[Statement, ...]
) -> tuple[tuple[Event, Anchor], ...]:
    """The events of a page in order of their triggers, each with the anchor by which it is dated and placed.

    Time and place are left as unknown; ids are v1, v2 …
    """
    made: list[tuple[Event, Anchor]] = []
    war = any(war_words(s) for _, s in list(parsed.sentences())[:3])
    for paragraph in parsed.paragraphs:
        if paragraph.dateline:
            continue
        for sentence in paragraph.doc.sents:
            found = [
                _found(paragraph, c, mentions) for c in candidates(paragraph.index, sentence, mentions, war)
            ]
            war = war or war_words(sentence)
            kept = _merge([f for f in found if f is not None], paragraph, statements, mentions)
            for event in kept:
                event.reason = any(_is_reason(event, other) for other in kept if other.type == "PROTEST")
                made.append(_event(event, mentions, statements, len(made) + 1))
    return tuple(made)


# ------------------------------------------------------------------ one candidate


def _found(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> Found | None:
    rule, token = candidate.rule, candidate.token
    speech = rule.type in _SPEECH
    durative = rule.type == "ASSAULT" and token.lemma_.lower() in words("durative")
    judgement = judge(
        token, headline=paragraph.headline, verbal=candidate.verbal, durative=durative, speech=speech
    )
    if candidate.verbal:
        actors, recipients = _verb_parts(paragraph, candidate, mentions)
    else:
        actors, recipients = _noun_parts(paragraph, candidate, mentions)
    found = Found(
        candidate, paragraph, rule.type, mode_of(candidate, actors), actors, recipients, judgement,
        anaphoric=_goes_on_about(candidate.roles.agents) if candidate.verbal else _is_anaphoric(candidate),
    )
    _set_harm(found, mentions)
    return None if _dropped(found, mentions) else found


def _verb_parts(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> tuple[list[Token], list[Token]]:
    rule, parts = candidate.rule, candidate.roles
    by_part: dict[str, list[Token]] = {"actor": [], "recipient": [], "theme": [], "none": []}
    subjects = list(parts.agents)
    if rule.harm is not None and rule.subject == "actor" and subjects and not parts.passive and not objects_of(candidate):
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
            by_part[_object_part(rule, obj, paragraph, mentions, parts.passive)].append(obj)
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
    if rule.id == "threaten.warn":
        by_part["recipient"] += _threatened(candidate.token)
    actors = _actors(paragraph, candidate, by_part["actor"], mentions)
    recipients = _recipients(paragraph, candidate, by_part["recipient"], mentions)
    return actors, [r for r in recipients if r not in actors]


def _object_part(rule, obj: Token, paragraph: Paragraph, mentions: Mentions, passive: bool) -> str:  # type: ignore[no-untyped-def]
    part = rule.object_role.get(obj.lemma_.lower())
    if part is not None:
        return str(part)
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
        if child.dep_ == "poss" or (child.dep_ in ("compound", "amod", "nmod") and child.i < start):
            if child.dep_ == "poss" or _names_a_side(paragraph, child, mentions):
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
        elif lemma in words("side") and head.i + 1 < len(head.doc) and head.dep_ == "compound":
            found.append(head)
        else:
            found.append(head)
            found += _backers(head)
    return _unique(found)


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
    return _unique(found)


def _is_actor_like(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    mention = mentions.at(paragraph.index, token.i)
    if token.pos_ == "PRON":
        return token.lower_ not in ("it", "this", "that", "what")
    if mention is not None and mention.kind not in ("other", "place"):
        return True
    return token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or token.lemma_.lower() in words("person")


def _unique(heads: list[Token]) -> list[Token]:
    out: list[Token] = []
    for head in heads:
        if head not in out:
            out.append(head)
    return out


def _goes_on_about(subjects: tuple[Token, ...]) -> bool:
    """"two of the shells landed": a detail of the shelling already told."""
    return any(
        t.tag_ == "CD" and any(
            d.lower_ in ("the", "these", "those") for c in t.children if c.lower_ == "of" for p in c.children
            if p.lemma_.lower() in words("projectile") for d in p.children
        )
        for t in subjects
    )


def _is_anaphoric(candidate: Candidate) -> bool:
    """"the raids", "the attack": a definite noun that adds nothing of its own."""
    noun = candidate.token
    if candidate.rule.harm is not None:
        return False
    if noun.dep_ == "attr" and any(c.lower_ in ("it", "this", "that") for c in noun.head.children if c.dep_ == "nsubj"):
        return True
    definite = any(c.dep_ in ("det", "poss") and c.lower_ in _ANAPHORIC for c in noun.children)
    if not definite:
        return False
    if any(c.dep_ == "amod" and c.tag_ == "JJS" for c in noun.children):
        return True
    told = {c.lower_ for c in noun.children if c.dep_ == "prep"}
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("comment"):
        told.discard("in")
    if told & {"on", "against", "by", "between", "of", "in", "at", "near", "with"}:
        return False
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in words("light") - {"stop", "halt", "end", "face"}:
        return False
    if any(c.dep_ == "amod" and c.lower_ not in ("same", "latest", "alleged", "reported") for c in noun.children):
        return noun.dep_ in ("dobj", "nsubj", "nsubjpass") and noun.head.lemma_.lower() in words("comment")
    charged = charged_with(noun.head) if noun.dep_ == "pobj" else None
    return charged is None


def _set_harm(found: Found, mentions: Mentions) -> None:
    rule, candidate = found.candidate.rule, found.candidate
    kind = rule.harm
    dead = candidate.verbal and any(
        c.lower_ in ("dead", "death") for c in [*candidate.token.children, *(g for c in candidate.token.children for g in c.children)]
        if c.i > candidate.token.i
    )
    if kind is None and dead and found.type == "ASSAULT":
        kind = "killed"
    if kind is None:
        return
    if candidate.verbal:
        harmed = found.recipients
        number = counts.figure(harmed[0]) if harmed else None
        found.harm[kind] = number
        found.who = list(harmed)
        return
    token = candidate.token
    number = counts.toll(token)
    if number is None and candidate.pattern in ("body", "dead", "corpse", "fatality", "casualty", "death", "injury"):
        number = counts.figure(token)
        if number is not None and token.tag_ == "NN" and not any(c.tag_ == "CD" for c in token.children):
            number = None
    found.harm[kind] = number


def _dropped(found: Found, mentions: Mentions) -> bool:
    """What is told of in words only: asked for, aimed at, or named without being said to happen."""
    judgement, rule = found.judgement, found.candidate.rule
    if judgement.status in ("requested", "purpose", "unrealised", "ended"):
        return True
    if judgement.status in ("threatened", "ordered") and found.type not in _PHYSICAL and rule.mode != "investigate":
        return True
    if _bare_since(found) or _charged_breach(found):
        return True
    if judgement.status in ("planned", "possible") and found.type in ("ACCUSE", "REQUEST", "THREATEN", "SUPPORT", "REJECT", "AGREE"):
        return True
    if judgement.negated and found.type in ("ACCUSE", "REQUEST", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"):
        return True
    if rule.type == "CONSULT" and not found.candidate.verbal:
        return not _told_talks(found)
    if not found.candidate.verbal and rule.id in ("assault.die",) and not _counts_harm(found):
        return True
    return False


def _bare_since(found: Found) -> bool:
    """"since the truce began": a date for something else, no news of the truce."""
    verb = found.token
    return (
        found.candidate.rule.id == "retreat.ceasefire" and found.candidate.verbal and verb.dep_ in ("advcl", "pcomp")
        and any(c.dep_ == "mark" and c.lower_ in ("since", "after", "before", "until") for c in verb.children)
        and any(d.lower_ == "the" for c in verb.children if c.dep_ == "nsubj" for d in c.children)
        and not any(c.dep_ in ("prep", "npadvmod", "tmod") for c in verb.children)
    )


def _charged_breach(found: Found) -> bool:
    """"accused them of breaking the truce": the charge is the event, and its words name no other act."""
    verb = found.token
    return (
        found.candidate.rule.id == "assault.violence" and verb.dep_ == "pcomp" and charged_with(verb.head) is not None
    )


def _told_talks(found: Found) -> bool:
    """Talks that are described, scheduled or held; a bare "the talks" tells of nothing new."""
    noun = found.token
    if any(a.dep_ not in ("amod", "compound", "nmod") for a in found.actors) or found.judgement.status == "planned":
        return True
    if any(c.dep_ in ("compound", "amod", "nmod") for c in noun.children) and not found.anaphoric:
        return noun.dep_ != "pobj" or noun.head.lower_ not in ("for", "of", "about", "to")
    verb = noun.head
    return noun.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.lemma_.lower() in words("holding")


def _counts_harm(found: Found) -> bool:
    if any(v is not None for v in found.harm.values()):
        return True
    noun = found.token
    if found.candidate.pattern in ("death", "fatality", "casualty") and found.paragraph.headline:
        return noun.tag_ == "NNS"
    return False


def _is_reason(event: Found, protest: Found) -> bool:
    """What a protest is about, or what its people went through before: "gathered to condemn the killing"."""
    if event.type == "PROTEST":
        return False
    clauses = {protest.token, *(t for t in protest.token.ancestors if t.pos_ == "VERB")}
    told = False
    for token in (event.token, *event.token.ancestors):
        if token in clauses:
            return told and event.token != token
        if token.dep_ in ("relcl", "acl") or token.lower_ in ("against", "over", "about", "amid", "for"):
            told = True
        if token != event.token and token.lemma_.lower() in words("protesting"):
            told = True
    return False


# ------------------------------------------------------------------ joining within a sentence


def _merge(
    found: list[Found], paragraph: Paragraph, statements: tuple[Statement, ...], mentions: Mentions
) -> list[Found]:
    """One event where a sentence tells of one happening in several words: act and casualties, noun and verb."""
    inner = {id(f): _stated_by(f, statements)[:1] for f in found}
    alive = list(found)

    def join(keep: Found, drop: Found) -> None:
        _absorb(keep, drop)
        if drop in alive:
            alive.remove(drop)

    for harmful in [f for f in found if f.only_harm]:
        if harmful not in alive:
            continue
        act = _act_of(harmful, [f for f in alive if f is not harmful and f.type == "ASSAULT"], inner)
        if act is not None:
            join(act, harmful)
    for later in list(alive):
        if later not in alive:
            continue
        first = next(
            (e for e in alive if e is not later and inner[id(e)] == inner[id(later)] and _same_happening(e, later)), None
        )
        if first is not None:
            join(first, later)
    return [f for f in alive if not (f.anaphoric and not f.merged and not _has_figure(f))]


def _has_figure(found: Found) -> bool:
    return any(v is not None for v in found.harm.values())


def _act_of(harmful: Found, others: list[Found], inner: dict[int, tuple[str, ...]]) -> Found | None:
    """The act that did the harm: nearest by the tree, in the same statement."""
    near: list[tuple[int, int, Found]] = []
    for other in others:
        if inner[id(other)] != inner[id(harmful)]:
            continue
        if other.judgement.negated != harmful.judgement.negated:
            continue
        distance = _linked(harmful.token, other.token)
        if distance is not None:
            near.append((distance + 2 * other.only_harm, abs(other.token.i - harmful.token.i), other))
    return min(near, key=lambda n: n[:2])[2] if near else None


_LINKS = {
    "advcl", "acl", "relcl", "prep", "pobj", "nsubj", "dobj", "pcomp", "xcomp", "nsubjpass", "agent", "appos",
    "npadvmod", "dep", "amod", "compound", "nmod", "oprd", "attr", "obl", "mark", "punct", "advmod", "poss",
}


def _linked(a: Token, b: Token) -> int | None:
    """Steps between two words when nothing but dependents of one clause lie between; None otherwise.

    One coordination is allowed, when its second part has no subject of its own.
    """
    up_a, up_b = [a, *a.ancestors], [b, *b.ancestors]
    common = next((t for t in up_a if t in up_b), None)
    if common is None:
        return None
    conj = 0
    steps = 0
    for side in (up_a, up_b):
        for token in side:
            if token == common:
                break
            steps += 1
            if token.dep_ == "conj":
                if token.pos_ in ("VERB", "AUX") and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
                    if not _counted_only(token):
                        return None
                conj += 1
            elif token.dep_ == "advcl" and any(
                c.dep_ == "mark" and c.lower_ in ("since", "until", "although", "though", "because", "if", "unless", "before")
                for c in token.children
            ):
                return None
            elif token.dep_ not in _LINKS:
                return None
    return steps + 3 * conj if conj <= 1 else None


def _counted_only(verb: Token) -> bool:
    """"one was killed and four wounded": the second clause has no more than a number for its subject."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == "CD" for c in verb.children)


def _same_happening(first: Found, second: Found) -> bool:
    """Two words for one act: a noun and the verb it is the subject or object of, a shot and where it fell,
    an advance and its repulse."""
    a, b = first, second
    if b.candidate.pattern in ("beat back", "repel", "repulse", "fight off", "drive back", "push back") and a.type == "ASSAULT":
        return bool(set(b.recipients) & set(a.actors)) or not b.recipients
    if b.candidate.rule.harm == "displaced" and a.type == "ASSAULT" and a.token in b.candidate.roles.agents:
        return True
    if a.type != b.type or a.type != "ASSAULT":
        if {a.type, b.type} == {"CONSULT"}:
            return _linked_closely(a.token, b.token)
        if a.type == b.type == "CONCEDE" or {a.type, b.type} == {"AID"} or {a.type, b.type} == {"ACCUSE"}:
            return _linked_closely(a.token, b.token)
        return False
    if a.judgement.negated != b.judgement.negated:
        return False
    if _linked_closely(a.token, b.token) or _hit_when(b, a):
        return True
    subjects = _projectiles(b.candidate) | _projectiles(a.candidate)
    return bool(subjects & ({a.token, b.token} | set(_heads_of_participle(a.token)) | set(_heads_of_participle(b.token))))


def _hit_when(passive: Found, act: Found) -> bool:
    """"hit when rockets landed": the clause of time tells the act itself."""
    verb, other = passive.token, act.token
    return (
        passive.candidate.verbal and passive.candidate.roles.passive and not passive.candidate.roles.agents
        and other.dep_ == "advcl" and other.head == verb
        and any(c.lower_ in ("when", "as", "after") for c in other.children)
    )


def _linked_closely(a: Token, b: Token) -> bool:
    """One is the subject, object or by-phrase of the other, or the relative clause that goes on about it."""
    for upper, lower in ((a, b), (b, a)):
        if lower.head == upper and lower.dep_ in ("nsubj", "dobj", "nsubjpass", "relcl", "acl", "xcomp", "compound", "appos"):
            return True
        if lower.dep_ == "pobj" and lower.head.head == upper and lower.head.lower_ in ("in", "by", "with", "during"):
            return True
        if lower.dep_ == "conj" and lower.head.dep_ == "relcl" and lower.head.head == upper:
            return True
        if lower.dep_ == "nsubj" and lower.head.dep_ in ("advcl",) and lower.head.head == upper:
            return True
    return False


def _projectiles(candidate: Candidate) -> set[Token]:
    if not candidate.verbal:
        return set()
    return {t for t in (*candidate.roles.agents, *candidate.roles.patients) if t.lemma_.lower() in words("projectile")}


def _heads_of_participle(token: Token) -> list[Token]:
    return [token.head] if token.dep_ in ("acl", "amod") else []


def _absorb(keep: Found, drop: Found) -> None:
    if drop.candidate.pattern not in ("beat back", "repel", "repulse", "fight off", "drive back", "push back"):
        keep.actors = _unique([*keep.actors, *(t for t in drop.actors if t != keep.token)])
        keep.recipients = _unique([*keep.recipients, *(t for t in drop.recipients if t != keep.token)])
        keep.recipients = [r for r in keep.recipients if r not in keep.actors]
        for kind, number in drop.harm.items():
            if keep.harm.get(kind) is None:
                keep.harm[kind] = number
        keep.who = _unique([*keep.who, *drop.who])
        keep.mode = keep.mode or drop.mode
    if drop.judgement.negated or (keep.judgement.status == "occurred" and drop.judgement.status == "ongoing"):
        keep.judgement = drop.judgement
    keep.merged.append(drop.candidate)


# ------------------------------------------------------------------ the event


def _stated_by(found: Found, statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """The statements whose content holds the trigger, innermost first."""
    span = found.paragraph.span(found.token)
    holding = [
        s for s in statements if any(c.start <= span.start and span.end <= c.end for c in s.content)
    ]
    holding.sort(key=lambda s: sum(c.end - c.start for c in s.content))
    return tuple(s.id for s in holding)


def _event(
    found: Found, mentions: Mentions, statements: tuple[Statement, ...], number: int
) -> tuple[Event, Anchor]:
    paragraph, token = found.paragraph, found.token
    stated = _stated_by(found, statements)
    by_id = {s.id: s for s in statements}
    innermost = by_id[stated[0]] if stated else None
    status, negated = found.judgement.status, found.judgement.negated
    if innermost is not None and innermost.stance == "denies" and not _own_negation(found, innermost):
        negated = True
    if innermost is not None and innermost.stance in ("promises", "threatens") and found.type == "CONCEDE":
        status = "occurred"
    elif innermost is not None and innermost.stance == "threatens" and status in ("planned", "possible"):
        status = "threatened"
    if found.type == "CONCEDE" and status == "planned":
        status = "occurred"
    ordered_by: list[Token] = []
    if status == "ordered" and found.judgement.governor is not None:
        ordered_by = surface_subjects(found.judgement.governor)
    start, end = found.candidate.span
    anchor = Anchor(
        paragraph.index, token.i, status, negated,
        tuple(t.i for t in [*found.actors, *found.recipients]),
        innermost.content[0] if innermost is not None else None,
    )
    event = Event(
        id=f"v{number}",
        type=found.type,
        trigger=paragraph.span(paragraph.doc[start : end + 1]),
        mode=found.mode if found.type != "THREATEN" else _threat_mode(found),
        actors=_references(paragraph, found.actors, mentions),
        recipients=_references(paragraph, found.recipients, mentions),
        ordered_by=_references(paragraph, ordered_by, mentions),
        status=status,  # type: ignore[arg-type]
        polarity="negated" if negated else "affirmed",
        background=_is_background(found, bool(stated)),
        stated_by=stated,
        harm=_harm(found, mentions),
        confidence=_confidence(found),
        because=_because(found),
    )
    return event, anchor


def _own_negation(found: Found, statement: Statement) -> bool:
    """What stands negated inside a denial ("no plane took off") is denied by itself already."""
    return found.judgement.negated or statement.because[0].id not in ("cue.deny", "cue.dismiss")


def _threat_mode(found: Found) -> str | None:
    text = {t.lemma_.lower() for t in found.token.subtree if t.i > found.token.i}
    if text & words("hostile"):
        return "violence"
    if text & words("breaking"):
        return "relations"
    return found.mode


def _references(paragraph: Paragraph, heads: list[Token], mentions: Mentions) -> tuple[Reference, ...]:
    out = []
    for head in heads:
        mention = mentions.at(paragraph.index, head.i)
        if mention is not None:
            out.append(Reference(mention.entity, mention.span.start, mention.span.end))
        else:
            span = paragraph.span(noun_phrase(head) if head.dep_ not in ("compound", "amod", "nmod") else head)
            out.append(Reference(None, span.start, span.end))
    return tuple(out)


def _is_background(found: Found, stated: bool) -> bool:
    """Told as history: in a relative or since-clause of the page's own voice, or in the remote past."""
    if found.reason:
        return True
    verb = found.token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    for _ in range(4):
        if any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children):
            return True
        if verb.dep_ in ("relcl", "acl") and verb.tag_ in ("VBD", "VBN") and verb.head.lemma_.lower() not in words("events"):
            past = verb.tag_ == "VBD" or verb.dep_ == "acl" or any(c.tag_ == "VBD" for c in verb.children)
            return past and not stated and found.type not in ("ASSAULT",) or (past and _long_ago(verb))
        if verb.head == verb or verb.dep_ not in ("conj", "xcomp", "advcl"):
            break
        verb = verb.head
    return _long_ago(verb)


def _long_ago(verb: Token) -> bool:
    """An expression of a time well before the news: "last year", "since 2011", "in 2014"."""
    for child in verb.children:
        if child.dep_ == "advcl" and any(c.lower_ == "since" for c in child.children):
            told = {t.lemma_.lower() for t in child.subtree}
            if told & {"war", "conflict", "uprising", "revolution", "crisis", "revolt", "insurgency"}:
                return True
        text = " ".join(t.lower_ for t in child.subtree)
        if child.dep_ in ("npadvmod", "prep", "nsubj") and any(
            phrase in text for phrase in ("last year", "last month", "years ago", "months ago", "a year ago")
        ):
            return True
        if child.dep_ in ("prep", "nsubj") and any(t.tag_ == "CD" and t.text.isdigit() and t.text[:2] in ("19", "20") and len(t.text) == 4 for t in child.subtree):
            return "since" in text or "in " in text
    return False


def _harm(found: Found, mentions: Mentions) -> Harm | None:
    known = {kind: number for kind, number in found.harm.items() if number is not None}
    if not known or found.judgement.negated:
        return None
    who = tuple(
        Harmed(ref.entity, ref.start, ref.end, _role(found.paragraph, head))
        for head, ref in zip(found.who, _references(found.paragraph, found.who, mentions), strict=True)
    )
    return Harm(
        killed=known.get("killed"), injured=known.get("injured"), arrested=known.get("arrested"),
        displaced=known.get("displaced"), who=who,
    )


def _role(paragraph: Paragraph, head: Token) -> str:  # type: ignore[return]
    phrase = {t.lemma_.lower() for h in conjuncts(head) for t in _told_of(h)}
    for role in ("child", "woman", "journalist", "aid_worker", "combatant", "official", "civilian"):
        if phrase & words(f"role_{role}"):
            return role
    return "unknown"


def _told_of(head: Token) -> list[Token]:
    """The words that say who somebody is: not where they were ("ten people in rebel areas")."""
    found = [head]
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "nummod", "poss"):
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "including", "among"):
            found += child.subtree
    return found


def _confidence(found: Found) -> float:
    """A rough prior by how much grammar stands behind the event: a verb with its subject says more than a noun."""
    score = 0.6 + 0.15 * found.candidate.verbal + 0.1 * bool(found.actors) + 0.05 * bool(found.recipients)
    if found.candidate.pattern in found.candidate.rule.needs_war:
        score -= 0.15
    return round(min(score, 0.95), 2)


def _because(found: Found) -> tuple[Because, ...]:
    out = []
    for candidate in (found.candidate, *found.merged):
        start, end = candidate.span
        span = found.paragraph.span(found.paragraph.doc[start : end + 1])
        out.append(Because(candidate.rule.id, span.start, span.end))
    for rule, token in found.judgement.rules:
        span = found.paragraph.span(token)
        out.append(Because(rule, span.start, span.end))
    return tuple(out)


__all__ = ["find_events"]
